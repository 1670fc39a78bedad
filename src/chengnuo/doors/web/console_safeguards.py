"""The console's page of the measures of PIPL Art. 51: what shows each, and what the service sees.

What was observed by the service and what people recorded are told apart in every line. The button
records what is seen now in the safeguards that were declared; a scan of the stores, which the
service does not run itself, is handed in as a file.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from litestar import MediaType, Response, Router, get, post
from litestar.concurrency import sync_to_thread
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency, Provide
from litestar.exceptions import NotFoundException
from litestar.response import Redirect

from chengnuo.domain.dossier.dossier import DossierId
from chengnuo.domain.dossier.sorts.safeguard import DE_IDENTIFICATION, DRILL, MEASURES, SAFEGUARD
from chengnuo.domain.finding.live import LiveOutcome, LiveRun
from chengnuo.domain.finding.safeguard_controls import REQUIRED
from chengnuo.domain.finding.safeguard_records import SafeguardSeen
from chengnuo.doors.http.envelope import SCAN_LIMIT_BYTES, SCAN_PATH
from chengnuo.doors.http.exchange import exchange_of
from chengnuo.doors.http.forms import UPLOAD
from chengnuo.doors.inspection_form import InspectionFormError
from chengnuo.doors.web.console_dossier_house import WORKERS, actor_of
from chengnuo.doors.web.console_mends import cited, run_mend, with_mend
from chengnuo.doors.web.console_release_files import FORM_BYTES
from chengnuo.doors.web.console_releases_view import FieldError
from chengnuo.doors.web.form_parts import signed_in
from chengnuo.doors.web.frames import console_frame
from chengnuo.doors.web.given import GivenStaff
from chengnuo.doors.web.page_parts import Cell, Mend, Row, Status, StatusKind, Table, Words, said
from chengnuo.doors.web.register_words import Speaker
from chengnuo.doors.web.rendering import Link, render
from chengnuo.doors.web.showing import Asked, Page, go
from chengnuo.doors.web.who_reads import FOR_READERS
from chengnuo.doors.web.wording import wording
from chengnuo.ports.accounts import Role
from chengnuo.ports.dossiers import NoSuchDossierError
from chengnuo.usecases.dossier.checking_file import check_file
from chengnuo.usecases.dossier.desk import DossierDesk
from chengnuo.usecases.dossier.safeguard_figures import SafeguardFigures
from chengnuo.usecases.dossier.safeguard_looks import SafeguardLook
from chengnuo.usecases.dossier.safeguarding import Safeguarding, ScanCame
from chengnuo.usecases.dossier.seen import Actor

LIST = f"/console/{SAFEGUARD.path}"
PATH = f"{LIST}/measures"
_STATES = {
    LiveOutcome.PASSED: ("shown", StatusKind.FINE),
    LiveOutcome.FAILED: ("failing", StatusKind.GRAVE),
    LiveOutcome.STALE: ("stale", StatusKind.WARN),
}
_NAMES = {one.value: one.text for one in MEASURES}
_DIGEST = re.compile(r"[0-9a-f]{64}")
_MOST_TYPED = 100
_WORKING = frozenset({Role.STAFF, Role.REVIEWER})
_TAKEN = frozenset({ScanCame.RECORDED, ScanCame.KNOWN})


@dataclass(frozen=True, slots=True, kw_only=True)
class SafeguardHouse:
    """What the page is made from."""

    safeguarding: Safeguarding
    figures: SafeguardFigures


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuresPage:
    """The page.

    Attributes:
        table: One row a measure.
        list_href: Where the safeguards are.
        observe_href: Where the button goes; empty for whoever may not.
        declare: To declare one.
        dossier: Id of the dossier whose file is checked, as it was typed.
        file: SHA-256 that it is held to, as it was typed.
        checked: What came of it; None where nothing was asked.
        scan_href: Where a report of a scan is handed in; empty for whoever may not.
        scan_limit: How large it may be.
        scanned: What came of it; None where none was handed in.
        errors: What was wrong with it.

    """

    table: Table
    list_href: str
    observe_href: str
    declare: Link
    dossier: str
    file: str
    checked: Status | None
    scan_href: str = ""
    scan_limit: str = f"{SCAN_LIMIT_BYTES >> 20} MB"
    scanned: Status | None = None
    errors: tuple[FieldError, ...] = ()


GivenSafeguards = NamedDependency[SafeguardHouse]


@get("/", guards=[FOR_READERS], sync_to_thread=True)
def measures(request: Asked, safeguard_house: GivenSafeguards, staff: GivenStaff) -> Page:
    """Show every measure with its evidence and what is seen now."""
    return _measures(request, safeguard_house, staff)


@get("/", guards=[FOR_READERS], sync_to_thread=True)
def measures_again(request: Asked, safeguard_house: GivenSafeguards, staff: GivenStaff) -> Page:
    """Show the same where a report was handed in, for who loads that address."""
    return _measures(request, safeguard_house, staff)


@post("/", guards=[WORKERS], sync_to_thread=True)
def observe_now(safeguard_house: GivenSafeguards) -> Redirect:
    """Record what is seen now."""
    safeguard_house.safeguarding.observe()
    return go(PATH)


@post("/", guards=[WORKERS], opt={UPLOAD: WORKERS})
async def hand_scan_in(
    request: Asked, safeguard_house: GivenSafeguards, staff: GivenStaff
) -> Page | Redirect:
    """Record what a scan of the stores shows."""
    file = (await request.form()).get("report")
    report = b""
    if isinstance(file, UploadFile):
        report = await file.read(SCAN_LIMIT_BYTES + 1)
        await file.close()
    return await sync_to_thread(_handed_in, request, safeguard_house, staff, report)


def _handed_in(
    request: Asked, house: SafeguardHouse, staff: GivenStaff, report: bytes
) -> Page | Redirect:
    safeguarding = house.safeguarding
    if safeguarding.scans is None:
        raise NotFoundException
    came = "needed" if not report else "no-report"
    if 0 < len(report) <= SCAN_LIMIT_BYTES:
        try:
            by = signed_in(staff).account.id
            came = safeguarding.hand_in(safeguarding.scans, report, by)
        except InspectionFormError:
            came = "no-report"
    if came in _TAKEN:
        return go(f"{PATH}?scan={came}")
    say = wording(exchange_of(request.scope).lang)
    return _measures(request, house, staff, say(f"measures.scan-{came}"))


def _measures(
    request: Asked, safeguard_house: SafeguardHouse, staff: GivenStaff, wrong: str = ""
) -> Page:
    register = safeguard_house.safeguarding.register
    exchange = exchange_of(request.scope)
    say = Speaker(
        lang=exchange.lang, register=register.served.register, catalogue=register.catalogue
    )
    figures, now = safeguard_house.figures, safeguard_house.figures.desk.clock.now()
    records = figures.of(now)
    runs = {run.control.id: run for run in figures.runs(now)}
    looks = {one.measure: one for one in safeguard_house.safeguarding.looks()}
    works = exchange.staff is not None and exchange.staff.account.role in _WORKING
    page = MeasuresPage(
        table=Table(
            caption=say.t("measures.title"),
            heads=tuple(
                say.t(f"measures.{head}") for head in ("measure", "state", "evidence", "seen")
            ),
            rows=tuple(
                _row(say, measure, article, runs, records.safeguards, looks.get(measure))
                for measure, article in REQUIRED.items()
            ),
        ),
        list_href=LIST,
        observe_href=PATH if works else "",
        scan_href=SCAN_PATH if works and safeguard_house.safeguarding.scans is not None else "",
        scanned=_scanned(say, request.query_params.get("scan")),
        errors=(FieldError(field="report", text=wrong),) if wrong else (),
        declare=Link(href=f"{LIST}/new/declare", name=say.t("measures.declare"), current=False),
        dossier=request.query_params.get("dossier", "").strip()[:_MOST_TYPED],
        file=request.query_params.get("file", "").strip().lower()[:_MOST_TYPED],
        checked=None,
    )
    page = replace(
        page, checked=_checked(say, page, figures.desk, actor_of(signed_in(staff).account))
    )
    html = render(
        "console/measures.html", frame=console_frame(request, register.current()), page=page
    )
    return Response(html, media_type=MediaType.HTML, status_code=400 if wrong else 200)


def _scanned(say: Speaker, came: str | None) -> Status | None:
    if came not in _TAKEN:
        return None
    return Status(kind=StatusKind.FINE, word=say.t(f"measures.scan-{came}"))


def _checked(say: Speaker, page: MeasuresPage, desk: DossierDesk, me: Actor) -> Status | None:
    """Return whether a file is one that was entered in a dossier, by its hash."""
    if not page.dossier and not page.file:
        return None
    if _DIGEST.fullmatch(page.file) is None:
        return Status(kind=StatusKind.WARN, word=say.t("measures.check-digest"))
    try:
        seen = desk.one(DossierId(page.dossier), me)
    except NoSuchDossierError:
        return Status(kind=StatusKind.WARN, word=say.t("measures.check-none"))
    found = check_file(seen.sort, seen.dossier, page.file)
    if found.is_same:
        numbers = say.joined(str(act.number) for act in found.acts)
        return Status(kind=StatusKind.FINE, word=say.t("measures.check-same", steps=numbers))
    href = f"{LIST}/{page.dossier}"
    return Status(
        kind=StatusKind.GRAVE,
        word=say.t("measures.check-other", n=found.entered),
        mend=Mend(
            citation=cited(say, "PIPL-51"),
            row=Words(text=page.dossier, href=href, code=True),
            proof=Words(text=say.t("red.steps"), href=f"{href}#steps"),
            fix=Words(text=say.t("red.see-acts"), href=f"{href}#acts"),
        ),
    )


def _row(  # noqa: PLR0913, PLR0917  what a row is made from
    say: Speaker,
    measure: str,
    article: str,
    runs: Mapping[str, LiveRun],
    safeguards: tuple[SafeguardSeen, ...],
    look: SafeguardLook | None,
) -> Row:
    result = runs[f"safeguard-{measure}-shown"].result
    key, kind = _STATES.get(result.outcome, ("not-shown", StatusKind.NONE))
    status = Status(kind=kind, word=say.t(f"measures.{key}"))
    status = with_mend(status, run_mend(say, runs[f"safeguard-{measure}-shown"]))
    mine = [one for one in safeguards if one.measure == measure]
    why = "" if result.outcome is LiveOutcome.PASSED else say.text(result.why)
    return Row(
        cells=(
            said(say.text(_NAMES[measure]), say.catalogue.citation(article, say.lang)),
            (Words(status=status), *_why(why)),
            tuple(_evidence(say, one) for one in mine) or said(say.t("measures.none")),
            _seen(say, measure, look),
        )
    )


def _why(why: str) -> Cell:
    return (Words(text=why),) if why else ()


def _evidence(say: Speaker, one: SafeguardSeen) -> Words:
    if one.shown_on is None:
        return Words(text=say.t("measures.no-evidence"), href=f"{LIST}/{one.dossier}")
    source = say.t("measures.observed" if one.observed else "measures.recorded")
    due = "" if one.next_due is None else one.next_due.isoformat()
    return Words(
        text=one.shown_on.isoformat(),
        href=f"{LIST}/{one.dossier}",
        notes=(source, say.t("measures.again", day=due)),
    )


def _seen(say: Speaker, measure: str, look: SafeguardLook | None) -> Cell:
    if look is None:
        return said(say.t(_UNSEEN.get(measure, "measures.not-seen")))
    more = (*look.faults, *(() if look.unseen is None else (look.unseen,)))
    return (Words(text=say.text(look.said)), *(Words(text=say.text(one)) for one in more))


_UNSEEN = {DRILL: "measures.no-drill", DE_IDENTIFICATION: "measures.no-scan"}


def safeguard_pages(safeguarding: Safeguarding) -> list[Router]:
    """Return the routes."""
    house = SafeguardHouse(
        safeguarding=safeguarding, figures=SafeguardFigures(desk=safeguarding.desk)
    )

    def safeguard_house() -> SafeguardHouse:
        return house

    given = {"safeguard_house": Provide(safeguard_house, sync_to_thread=False)}
    return [
        Router(
            path=PATH,
            route_handlers=[measures, observe_now],
            include_in_schema=False,
            dependencies=given,
        ),
        Router(
            path=SCAN_PATH,
            route_handlers=[measures_again, hand_scan_in],
            include_in_schema=False,
            dependencies=given,
            request_max_body_size=SCAN_LIMIT_BYTES + FORM_BYTES,
        ),
    ]
