"""The console's pages of releases: submit a version, see its result, sign it off, take the papers.

Staff, reviewer and admin submit; a reviewer other than who submitted decides; an auditor reads.
A package comes as a form with a file. Nobody who is not signed in can make the service take one:
for this route the form is read only once it is known who sends it.
"""

from collections.abc import Callable
from dataclasses import dataclass

from litestar import MediaType, Response, Router, get, post
from litestar.concurrency import sync_to_thread
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency, Provide
from litestar.response import Redirect
from markupsafe import Markup

from chengnuo.base.errors import ConflictError, InvalidInputError
from chengnuo.base.text import Lang
from chengnuo.domain.finding.package_report import PackageReport
from chengnuo.domain.finding.package_words import ReportWords
from chengnuo.domain.governance.release import Release, ReleaseId
from chengnuo.doors.error_texts import error_text
from chengnuo.doors.http.envelope import UPLOAD_PATH
from chengnuo.doors.http.exchange import exchange_of
from chengnuo.doors.http.forms import UPLOAD
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
from chengnuo.doors.web.console_release_view import Found, release_page
from chengnuo.doors.web.console_releases_view import PATH, FieldError, ReleaseWords, queue_page
from chengnuo.doors.web.form_parts import field, signed_in
from chengnuo.doors.web.four_eyes import eyes_for
from chengnuo.doors.web.frames import console_frame
from chengnuo.doors.web.given import GivenServices, GivenStaff
from chengnuo.doors.web.rendering import render
from chengnuo.doors.web.services import Services
from chengnuo.doors.web.showing import Asked, Page, go
from chengnuo.ports.accounts import Account
from chengnuo.ports.releases import ReleasePaper
from chengnuo.usecases.governance.papers import PAGES
from chengnuo.usecases.governance.releasing import ReleaseDesk
from chengnuo.usecases.register_desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseHouse:
    """What the pages are made from.

    Attributes:
        desk: The releases.
        register: The register in force.
        words: Gives names of SDKs and categories; called once a release has a report.
        picture: Draws the first start, as SVG elements; empty where nothing runs.
        wake: Lets what was submitted be inspected now.
        limit_bytes: How large a package may be.
        days: How many calendar days an answer may take.

    """

    desk: ReleaseDesk
    register: Desk
    words: Callable[[], ReportWords]
    picture: Callable[[PackageReport, ReportWords, Lang], str]
    wake: Callable[[], None]
    limit_bytes: int
    days: int

    def say(self, request: Asked, services: Services) -> ReleaseWords:
        """Return the words of a page."""
        served = self.register.current()
        return ReleaseWords(
            lang=exchange_of(request.scope).lang,
            register=None if served is None else served.register,
            names={one.id: one.name for one in services.accounts.store.accounts()},
            now=self.desk.clock.now(),
            days=self.days,
            catalogue=self.register.catalogue,
        )


GivenHouse = NamedDependency[ReleaseHouse]


@get("/", guards=[ALL], sync_to_thread=True)
def queue(request: Asked, services: GivenServices, house: GivenHouse, staff: GivenStaff) -> Page:
    """Show the form and the releases."""
    return _queue(request, services, house, signed_in(staff).account)


@get("/", guards=[ALL], sync_to_thread=True)
def again(request: Asked, services: GivenServices, house: GivenHouse, staff: GivenStaff) -> Page:
    """Show the same where a form was sent to, for who loads that address."""
    return _queue(request, services, house, signed_in(staff).account)


@post("/", guards=[ACTORS], opt={UPLOAD: ACTORS})
async def submit(
    request: Asked, services: GivenServices, house: GivenHouse, staff: GivenStaff
) -> Page | Redirect:
    """Take a package in."""
    me = signed_in(staff).account
    app = await field(request, "app", most=LONGEST_FIELD)
    given = (await request.form()).get("package")
    lang = exchange_of(request.scope).lang
    if not isinstance(given, UploadFile):
        text = house.say(request, services).t("releases.file-needed")
        return await sync_to_thread(_wrong, request, services, house, me, "package", text)
    try:
        release = await house.desk.submit(me, app, given.filename, pieces(given))
    except (InvalidInputError, ConflictError) as error:
        name = "app" if error.code == "no-such-app" else "package"
        text = error_text(error.code, lang)
        return await sync_to_thread(_wrong, request, services, house, me, name, text)
    finally:
        await given.close()
    house.wake()
    return go(f"{PATH}/{release.id}")


@get("/{wanted:str}", guards=[ALL], sync_to_thread=True)
def one(
    request: Asked, services: GivenServices, house: GivenHouse, staff: GivenStaff, wanted: IdPath
) -> Page:
    """Show one release."""
    return _one(request, services, house, signed_in(staff).account, ReleaseId(wanted))


@post("/{wanted:str}/sign-off", guards=[ACTORS])
async def sign_off(
    request: Asked, services: GivenServices, house: GivenHouse, staff: GivenStaff, wanted: IdPath
) -> Page | Redirect:
    """Sign a release off."""
    return await _decide(request, services, house, signed_in(staff).account, wanted, "sign-off")


@post("/{wanted:str}/send-back", guards=[ACTORS])
async def send_back(
    request: Asked, services: GivenServices, house: GivenHouse, staff: GivenStaff, wanted: IdPath
) -> Page | Redirect:
    """Send a release back."""
    return await _decide(request, services, house, signed_in(staff).account, wanted, "send-back")


@post("/{wanted:str}/withdraw", guards=[ACTORS], sync_to_thread=True)
def withdraw(house: GivenHouse, staff: GivenStaff, wanted: IdPath) -> Redirect:
    """Take back what one submitted oneself."""
    house.desk.withdraw(ReleaseId(wanted), signed_in(staff).account)
    return go(f"{PATH}/{wanted}")


@get("/{wanted:str}/report.html", guards=[ALL], sync_to_thread=True)
def report_page(request: Asked, house: GivenHouse, wanted: IdPath) -> Response[bytes]:
    """Show the whole report."""
    release = house.desk.store.one(ReleaseId(wanted))
    return page_answer(house.desk.files, release.id, PAGES[exchange_of(request.scope).lang])


@get("/{wanted:str}/report.json", guards=[ALL], sync_to_thread=True)
def report_json(house: GivenHouse, wanted: IdPath) -> Response[bytes]:
    """Hand out the whole report as JSON."""
    return _file(house, wanted, ReleasePaper.REPORT)


@get("/{wanted:str}/attestation.json", guards=[ALL], sync_to_thread=True)
def attestation(house: GivenHouse, wanted: IdPath) -> Response[bytes]:
    """Hand out the attestation."""
    return _file(house, wanted, ReleasePaper.ATTESTATION)


ROUTES = (queue, one, sign_off, send_back, withdraw, report_page, report_json, attestation)


def release_pages(made: ReleaseHouse) -> list[Router]:
    """Return the routes of the console below `/console/releases`."""

    def house() -> ReleaseHouse:
        return made

    given = {"house": Provide(house, sync_to_thread=False)}
    return [
        Router(path=PATH, route_handlers=ROUTES, include_in_schema=False, dependencies=given),
        Router(
            path=UPLOAD_PATH,
            route_handlers=[again, submit],
            include_in_schema=False,
            dependencies=given,
            request_max_body_size=made.limit_bytes + FORM_BYTES,
        ),
    ]


async def _decide(  # noqa: PLR0913, PLR0917  what both decisions are made from
    request: Asked,
    services: Services,
    house: ReleaseHouse,
    me: Account,
    wanted: str,
    act: str,
) -> Page | Redirect:
    reason = await field(request, "reason", most=LONGEST_FIELD)
    return await sync_to_thread(_decided, request, services, house, me, wanted, act, reason)


def _decided(  # noqa: PLR0913, PLR0917  what both decisions are made from
    request: Asked,
    services: Services,
    house: ReleaseHouse,
    me: Account,
    wanted: str,
    act: str,
    reason: str,
) -> Page | Redirect:
    decide = house.desk.sign_off if act == "sign-off" else house.desk.send_back
    try:
        decide(ReleaseId(wanted), me, reason)
    except InvalidInputError as error:
        if error.code not in {"release-reason", "no-reason"}:
            raise
        text = error_text(error.code, exchange_of(request.scope).lang)
        errors = (FieldError(field=f"{act}-reason", text=text),)
        return _one(request, services, house, me, ReleaseId(wanted), errors=errors)
    return go(f"{PATH}/{wanted}")


def _wrong(  # noqa: PLR0913, PLR0917  what the page is made from
    request: Asked, services: Services, house: ReleaseHouse, me: Account, name: str, text: str
) -> Page:
    return _queue(request, services, house, me, errors=(FieldError(field=name, text=text),))


def _queue(
    request: Asked,
    services: Services,
    house: ReleaseHouse,
    me: Account,
    *,
    errors: tuple[FieldError, ...] = (),
) -> Page:
    page = queue_page(
        house.say(request, services),
        me,
        house.desk.store.every(),
        single_person=house.desk.single_person(),
        limit_bytes=house.limit_bytes,
        errors=errors,
        only=request.query_params.get("only", ""),
    )
    return _shown(request, house, "console/releases.html", page, status=400 if errors else 200)


def _one(  # noqa: PLR0913  what the page is made from
    request: Asked,
    services: Services,
    house: ReleaseHouse,
    me: Account,
    wanted: ReleaseId,
    *,
    errors: tuple[FieldError, ...] = (),
) -> Page:
    release = house.desk.store.one(wanted)
    say = house.say(request, services)
    page = release_page(
        say,
        me,
        release,
        may_decide=house.desk.may_decide(release.submitted_by, me),
        found=_found(house, release, say.lang),
        eyes=eyes_for(request, release.submitted_by, say.t("second-person.missing-release")),
        errors=errors,
    )
    return _shown(request, house, "console/release.html", page, status=400 if errors else 200)


def _found(house: ReleaseHouse, release: Release, lang: Lang) -> Found | None:
    if release.result is None:
        return None
    report, words = house.desk.report(release), house.words()
    picture = Markup(house.picture(report, words, lang))  # noqa: S704  drawn by us, escaped there
    return Found(
        report=report,
        gate=house.desk.gate(report),
        missing=house.desk.unvetted(report),
        words=words,
        picture=picture,
    )


def _shown(
    request: Asked, house: ReleaseHouse, template: str, page: object, *, status: int
) -> Page:
    html = render(template, frame=console_frame(request, house.register.current()), page=page)
    return Response(html, media_type=MediaType.HTML, status_code=status)


def _file(house: ReleaseHouse, wanted: str, paper: ReleasePaper) -> Response[bytes]:
    release = house.desk.store.one(ReleaseId(wanted))
    return file_answer(house.desk.files, release.id, paper, begin="release")
