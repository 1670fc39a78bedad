"""The console's pages of vetted kits: submit the package of an SDK, see what it can do, decide.

Who may do what is as for releases, and so is how a package comes in.
"""

from collections.abc import Callable
from dataclasses import dataclass

from litestar import MediaType, Response, Router, get, post
from litestar.concurrency import sync_to_thread
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency, Provide
from litestar.response import Redirect

from chengnuo.base.errors import ConflictError, InvalidInputError
from chengnuo.domain.finding.package_words import ReportWords
from chengnuo.domain.governance.kit_vetting import (
    KitNotInForceError,
    KitVettingId,
    check_can_withdraw,
)
from chengnuo.doors.error_texts import error_text
from chengnuo.doors.http.envelope import KIT_UPLOAD_PATH
from chengnuo.doors.http.exchange import exchange_of
from chengnuo.doors.http.forms import UPLOAD
from chengnuo.doors.web.console_kit_view import FoundKit, kit_page
from chengnuo.doors.web.console_kits_view import KITS_PATH, Given, kits_page
from chengnuo.doors.web.console_release_files import (
    ACTORS,
    ALL,
    FORM_BYTES,
    LONGEST_FIELD,
    IdPath,
    file_answer,
    page_answer,
    pieces,
)
from chengnuo.doors.web.console_releases import ReleaseHouse
from chengnuo.doors.web.console_releases_view import FieldError
from chengnuo.doors.web.form_parts import field, signed_in
from chengnuo.doors.web.four_eyes import eyes_for
from chengnuo.doors.web.frames import console_frame
from chengnuo.doors.web.given import GivenServices, GivenStaff
from chengnuo.doors.web.rendering import render
from chengnuo.doors.web.services import Services
from chengnuo.doors.web.showing import Asked, Page, go
from chengnuo.ports.accounts import Account
from chengnuo.ports.releases import ReleasePaper
from chengnuo.usecases.governance.kit_desk import LONGEST_VERSION, KitDesk
from chengnuo.usecases.governance.papers import PAGES

_FIELDS = {
    "kit-recipient": "recipient",
    "kit-conditions": "conditions",
    "release-critical": "conditions",
    "kit-term": "expires",
    "no-reason": "reason",
}
"""The field of a form that an error is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KitHouse:
    """What the pages are made from.

    Attributes:
        desk: The vettings.
        releases: What the pages of releases are made from.

    """

    desk: KitDesk
    releases: ReleaseHouse

    @property
    def words(self) -> Callable[[], ReportWords]:
        """What gives names of SDKs and categories; called once a kit has a report."""
        return self.releases.words


GivenKits = NamedDependency[KitHouse]


@get("/", guards=[ALL], sync_to_thread=True)
def kits(request: Asked, services: GivenServices, kit_house: GivenKits, staff: GivenStaff) -> Page:
    """Show the list and the form; a link may say what stands in it."""
    asked = request.query_params
    given = Given(
        recipient=asked.get("recipient", "")[:LONGEST_FIELD],
        version=asked.get("version", "")[:LONGEST_VERSION],
    )
    return _list(request, services, kit_house, signed_in(staff).account, given)


@get("/", guards=[ALL], sync_to_thread=True)
def kits_again(
    request: Asked, services: GivenServices, kit_house: GivenKits, staff: GivenStaff
) -> Page:
    """Show the same where a form was sent to, for who loads that address."""
    return _list(request, services, kit_house, signed_in(staff).account, Given())


@post("/", guards=[ACTORS], opt={UPLOAD: ACTORS})
async def submit_kit(
    request: Asked, services: GivenServices, kit_house: GivenKits, staff: GivenStaff
) -> Page | Redirect:
    """Take the package of a kit in."""
    me = signed_in(staff).account
    given = Given(
        recipient=await field(request, "recipient", most=LONGEST_FIELD),
        version=await field(request, "version", most=LONGEST_VERSION),
    )
    file = (await request.form()).get("package")
    lang = exchange_of(request.scope).lang
    if not isinstance(file, UploadFile):
        text = kit_house.releases.say(request, services).t("releases.file-needed")
        error = FieldError(field="package", text=text)
        return await sync_to_thread(_list, request, services, kit_house, me, given, (error,))
    try:
        kit = await kit_house.desk.submit(
            me,
            recipient=given.recipient,
            version=given.version,
            file_name=file.filename,
            pieces=pieces(file),
        )
    except (InvalidInputError, ConflictError) as refused:
        name = _FIELDS.get(refused.code, "package")
        error = FieldError(field=name, text=error_text(refused.code, lang))
        return await sync_to_thread(_list, request, services, kit_house, me, given, (error,))
    finally:
        await file.close()
    kit_house.releases.wake()
    return go(f"{KITS_PATH}/{kit.id}")


@get("/{wanted:str}", guards=[ALL], sync_to_thread=True)
def one_kit(
    request: Asked, services: GivenServices, kit_house: GivenKits, staff: GivenStaff, wanted: IdPath
) -> Page:
    """Show one vetting."""
    return _one(request, services, kit_house, signed_in(staff).account, KitVettingId(wanted))


@post("/{wanted:str}/approve", guards=[ACTORS])
async def approve_kit(
    request: Asked, services: GivenServices, kit_house: GivenKits, staff: GivenStaff, wanted: IdPath
) -> Page | Redirect:
    """Approve a kit, or sign the withdrawal of an approval off."""
    me, desk = signed_in(staff).account, kit_house.desk
    conditions = await field(request, "conditions", most=LONGEST_FIELD)
    expires = await field(request, "expires", most=LONGEST_FIELD)

    def act() -> KitVettingId:
        found = KitVettingId(wanted)
        return desk.approve(found, me, conditions=conditions, expires=expires).id

    return await sync_to_thread(_done, request, services, kit_house, me, wanted, act)


@post("/{wanted:str}/refuse", guards=[ACTORS])
async def refuse_kit(
    request: Asked, services: GivenServices, kit_house: GivenKits, staff: GivenStaff, wanted: IdPath
) -> Page | Redirect:
    """Refuse what is asked for."""
    me, desk = signed_in(staff).account, kit_house.desk
    reason = await field(request, "reason", most=LONGEST_FIELD)

    def act() -> KitVettingId:
        return desk.refuse(KitVettingId(wanted), me, reason).id

    return await sync_to_thread(_done, request, services, kit_house, me, wanted, act)


@post("/{wanted:str}/ask-withdrawal", guards=[ACTORS])
async def ask_withdrawal(
    request: Asked, services: GivenServices, kit_house: GivenKits, staff: GivenStaff, wanted: IdPath
) -> Page | Redirect:
    """Ask that an approval be withdrawn."""
    me, desk = signed_in(staff).account, kit_house.desk
    reason = await field(request, "reason", most=LONGEST_FIELD)

    def act() -> KitVettingId:
        return desk.ask_withdrawal(KitVettingId(wanted), me, reason).id

    return await sync_to_thread(_done, request, services, kit_house, me, wanted, act)


@post("/{wanted:str}/take-back", guards=[ACTORS], sync_to_thread=True)
def take_back(kit_house: GivenKits, staff: GivenStaff, wanted: IdPath) -> Redirect:
    """Take back what one asked for oneself."""
    kit_house.desk.take_back(KitVettingId(wanted), signed_in(staff).account)
    return go(f"{KITS_PATH}/{wanted}")


@get("/{wanted:str}/report.html", guards=[ALL], sync_to_thread=True)
def kit_report_page(request: Asked, kit_house: GivenKits, wanted: IdPath) -> Response[bytes]:
    """Show the whole report."""
    kit = kit_house.desk.store.one(KitVettingId(wanted))
    paper = PAGES[exchange_of(request.scope).lang]
    return page_answer(kit_house.desk.files, kit.report_of, paper)


@get("/{wanted:str}/report.json", guards=[ALL], sync_to_thread=True)
def kit_report_json(kit_house: GivenKits, wanted: IdPath) -> Response[bytes]:
    """Hand out the whole report as JSON."""
    kit = kit_house.desk.store.one(KitVettingId(wanted))
    return file_answer(kit_house.desk.files, kit.report_of, ReleasePaper.REPORT, begin="kit")


@get("/{wanted:str}/attestation.json", guards=[ALL], sync_to_thread=True)
def kit_attestation(kit_house: GivenKits, wanted: IdPath) -> Response[bytes]:
    """Hand out the attestation."""
    kit = kit_house.desk.store.one(KitVettingId(wanted))
    return file_answer(kit_house.desk.files, kit.id, ReleasePaper.ATTESTATION, begin="kit")


ROUTES = (
    kits,
    one_kit,
    approve_kit,
    refuse_kit,
    ask_withdrawal,
    take_back,
    kit_report_page,
    kit_report_json,
    kit_attestation,
)


def kit_pages(made: KitHouse) -> list[Router]:
    """Return the routes of the console below `/console/releases/kits`."""

    def kit_house() -> KitHouse:
        return made

    given = {"kit_house": Provide(kit_house, sync_to_thread=False)}
    return [
        Router(path=KITS_PATH, route_handlers=ROUTES, include_in_schema=False, dependencies=given),
        Router(
            path=KIT_UPLOAD_PATH,
            route_handlers=[kits_again, submit_kit],
            include_in_schema=False,
            dependencies=given,
            request_max_body_size=made.releases.limit_bytes + FORM_BYTES,
        ),
    ]


def _done(  # noqa: PLR0913, PLR0917  what every act is made from
    request: Asked,
    services: Services,
    house: KitHouse,
    me: Account,
    wanted: str,
    act: Callable[[], KitVettingId],
) -> Page | Redirect:
    """Act, and show the row that came of it; or the page again with what was wrong."""
    try:
        return go(f"{KITS_PATH}/{act()}")
    except (InvalidInputError, ConflictError) as error:
        if error.code not in _FIELDS:
            raise
        text = error_text(error.code, exchange_of(request.scope).lang)
        errors = (FieldError(field=_FIELDS[error.code], text=text),)
        return _one(request, services, house, me, KitVettingId(wanted), errors=errors)


def _list(  # noqa: PLR0913, PLR0917  what the page is made from
    request: Asked,
    services: Services,
    house: KitHouse,
    me: Account,
    given: Given,
    errors: tuple[FieldError, ...] = (),
) -> Page:
    page = kits_page(
        house.releases.say(request, services),
        me,
        house.desk.store.every(),
        house.desk.today(),
        single_person=house.desk.releases.single_person(),
        limit_bytes=house.releases.limit_bytes,
        given=given,
        errors=errors,
    )
    return _shown(request, house, "console/kits.html", page, status=400 if errors else 200)


def _one(  # noqa: PLR0913  what the page is made from
    request: Asked,
    services: Services,
    house: KitHouse,
    me: Account,
    wanted: KitVettingId,
    *,
    errors: tuple[FieldError, ...] = (),
) -> Page:
    desk = house.desk
    kit = desk.store.one(wanted)
    try:
        check_can_withdraw(kit, desk.store.every())
        may_ask = True
    except KitNotInForceError:
        may_ask = False
    report = None if kit.result is None else desk.report(kit)
    say = house.releases.say(request, services)
    page = kit_page(
        say,
        me,
        kit,
        desk.today(),
        may_decide=desk.may_decide(kit, me),
        may_ask=may_ask,
        found=None if report is None else FoundKit(report=report, words=house.words()),
        eyes=eyes_for(request, kit.submitted_by, say.t("second-person.missing-kit")),
        errors=errors,
    )
    return _shown(request, house, "console/kit.html", page, status=400 if errors else 200)


def _shown(request: Asked, house: KitHouse, template: str, page: object, *, status: int) -> Page:
    frame = console_frame(request, house.releases.register.current())
    html = render(template, frame=frame, page=page)
    return Response(html, media_type=MediaType.HTML, status_code=status)
