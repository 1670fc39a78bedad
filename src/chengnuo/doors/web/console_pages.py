"""The pages of the console: each asks the desk once and shows what it returns.

Any role may read them: they hold the register and what follows from it, and no information of
an individual.
"""

from collections.abc import Callable, Container
from dataclasses import replace
from typing import Annotated

from litestar import MediaType, Response, Router, get
from litestar.di import Provide
from litestar.exceptions import NotFoundException
from litestar.params import QueryParameter

from chengnuo.base.digest import short
from chengnuo.base.text import Lang
from chengnuo.domain.finding.finding import Severity
from chengnuo.domain.register.ids import ActivityId, AppId, RecipientId, StoreId
from chengnuo.domain.register.kinds import RowRef
from chengnuo.doors.http.audience import ROLES, requires
from chengnuo.doors.http.exchange import exchange_of
from chengnuo.doors.web.console_activity import activity_page, prompts_of
from chengnuo.doors.web.console_app import app_page
from chengnuo.doors.web.console_findings import findings_page
from chengnuo.doors.web.console_findings_file import findings_table
from chengnuo.doors.web.console_found import findings_on
from chengnuo.doors.web.console_recipient import recipient_page
from chengnuo.doors.web.console_register import EntryPage, register_page
from chengnuo.doors.web.console_store import store_page
from chengnuo.doors.web.console_versions import diff_page, versions_page
from chengnuo.doors.web.frames import console_frame
from chengnuo.doors.web.given import GivenServices
from chengnuo.doors.web.list_files import csv_answer, xlsx_answer
from chengnuo.doors.web.page_parts import Section
from chengnuo.doors.web.register_edit_href import edit_href
from chengnuo.doors.web.register_words import Speaker
from chengnuo.doors.web.rendering import render
from chengnuo.doors.web.showing import Asked, Page
from chengnuo.doors.web.who_reads import may_read
from chengnuo.ports.accounts import Role
from chengnuo.usecases.finding.boards import LiveBoard
from chengnuo.usecases.register_desk import Desk, Served

_STAFF = requires(*sorted(ROLES))
VersionQuery = Annotated[str, QueryParameter(pattern=r"^[0-9a-f]{7,64}$")]


@get("/register", sync_to_thread=True)
def register(request: Asked, register_desk: Desk) -> Page:
    """Show the register at a glance, with the data map."""
    served = register_desk.served
    page = register_page(_told_to(request, register_desk, served))
    return _shown(request, served, "console/register.html", page)


@get("/register/activities/{row:str}", sync_to_thread=True)
def activity(request: Asked, register_desk: Desk, row: str) -> Page:
    """Show one processing activity."""

    def made(say: Speaker, findings: Section) -> EntryPage:
        wanted = ActivityId(row)
        return activity_page(say, wanted, findings, prompts_of(say, wanted))

    known = register_desk.served.register.activity_by_id
    return _entry(request, register_desk, RowRef("activity", row), known, made)


@get("/register/recipients/{row:str}", sync_to_thread=True)
def recipient(request: Asked, register_desk: Desk, row: str) -> Page:
    """Show one recipient."""

    def made(say: Speaker, findings: Section) -> EntryPage:
        return recipient_page(say, RecipientId(row), findings)

    known = register_desk.served.register.recipient_by_id
    return _entry(request, register_desk, RowRef("recipient", row), known, made)


@get("/register/stores/{row:str}", sync_to_thread=True)
def store(request: Asked, register_desk: Desk, row: str) -> Page:
    """Show one store."""

    def made(say: Speaker, findings: Section) -> EntryPage:
        return store_page(say, StoreId(row), findings)

    known = register_desk.served.register.store_by_id
    return _entry(request, register_desk, RowRef("store", row), known, made)


@get("/register/apps/{row:str}", sync_to_thread=True)
def app(request: Asked, register_desk: Desk, row: str) -> Page:
    """Show one app with its services."""

    def made(say: Speaker, findings: Section) -> EntryPage:
        return app_page(say, AppId(row), findings)

    known = register_desk.served.register.app_by_id
    return _entry(request, register_desk, RowRef("app", row), known, made)


@get("/findings", sync_to_thread=True)
def findings(
    request: Asked,
    register_desk: Desk,
    live: LiveBoard,
    severity: Severity | None = None,
) -> Page:
    """Show what the check of the register and the controls over records find, the worst first."""
    served = register_desk.served
    say = _told_to(request, register_desk, served)
    page = findings_page(say, served.report, live.runs(), severity)
    return _shown(request, served, "console/findings.html", page)


@get("/findings/list.csv", sync_to_thread=True)
def findings_csv(
    lang: Lang, register_desk: Desk, live: LiveBoard, severity: Severity | None = None
) -> Response[bytes]:
    """Give the findings, as they are narrowed, as a CSV file."""
    served = register_desk.served
    say = _speaker(lang, register_desk, served)
    table = findings_table(say, served.report, live.runs(), severity)
    return csv_answer(_findings_name(served), *table)


@get("/findings/list.xlsx", sync_to_thread=True)
def findings_sheet(
    lang: Lang,
    services: GivenServices,
    register_desk: Desk,
    live: LiveBoard,
    severity: Severity | None = None,
) -> Response[bytes]:
    """Give the same as a workbook."""
    served = register_desk.served
    say = _speaker(lang, register_desk, served)
    table = findings_table(say, served.report, live.runs(), severity)
    title = say.t("console.findings.title")
    return xlsx_answer(services, lang, _findings_name(served), title, *table)


@get("/versions", sync_to_thread=True)
def versions(request: Asked, lang: Lang, register_desk: Desk) -> Page:
    """Show every kept version of the register."""
    page = versions_page(lang, register_desk.kept())
    return _shown(request, register_desk.current(), "console/versions.html", page)


@get("/versions/diff", sync_to_thread=True)
def version_diff(
    request: Asked, lang: Lang, register_desk: Desk, old: VersionQuery, new: VersionQuery
) -> Page:
    """Show what changed between two kept versions."""
    served = register_desk.current()
    page = diff_page(
        lang,
        register_desk.diff(old, new),
        register_desk.kept(),
        in_force="" if served is None else served.version,
    )
    return _shown(request, served, "console/diff.html", page)


ROUTES = (
    register,
    activity,
    recipient,
    store,
    app,
    findings,
    findings_csv,
    findings_sheet,
    versions,
    version_diff,
)


def console_pages(desk: Desk, live_board: LiveBoard) -> Router:
    """Return the routes of the console.

    Args:
        desk: The register in force, its versions and its findings.
        live_board: Joins to the board what the controls over records find.

    """

    def register_desk() -> Desk:
        return desk

    def live() -> LiveBoard:
        return live_board

    return Router(
        path="/console",
        route_handlers=ROUTES,
        guards=[_STAFF],
        include_in_schema=False,
        dependencies={
            "register_desk": Provide(register_desk, sync_to_thread=False),
            "live": Provide(live, sync_to_thread=False),
        },
    )


def _findings_name(served: Served) -> str:
    return f"findings-{short(served.version)}-{served.report.on}"


def _speaker(lang: Lang, desk: Desk, served: Served) -> Speaker:
    return Speaker(lang=lang, register=served.register, catalogue=desk.catalogue)


def _told_to(request: Asked, desk: Desk, served: Served) -> Speaker:
    """Return the words for whoever looks: what they may not open is not linked."""
    exchange = exchange_of(request.scope)
    role = None if exchange.staff is None else exchange.staff.account.role
    opens, edits = role is not None and may_read(role), role in {Role.STAFF, Role.REVIEWER}
    return replace(_speaker(exchange.lang, desk, served), opens=opens, edits=edits)


def _entry(
    request: Asked,
    desk: Desk,
    row: RowRef,
    known: Container[str],
    made: Callable[[Speaker, Section], EntryPage],
) -> Page:
    if row.id not in known:
        raise NotFoundException
    served = desk.served
    say = _told_to(request, desk, served)
    page = made(say, findings_on(say, served.report, row))
    if say.edits:
        page = replace(page, edit_href=edit_href(row.kind, row.id))
    return _shown(request, served, "console/register_entry.html", page)


def _shown(request: Asked, served: Served | None, template: str, page: object) -> Page:
    html = render(template, frame=console_frame(request, served), page=page)
    return Response(html, media_type=MediaType.HTML)
