"""The console's pages of consent: numbers, the rows behind them, and what a change asks of whom.

Everybody on the staff sees numbers. Rows are for staff, reviewer and auditor; they say of nobody
whose they are.
"""

from typing import Annotated

from litestar import MediaType, Response, Router, get
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import QueryParameter

from chengnuo.base.digest import short
from chengnuo.base.text import Lang
from chengnuo.doors.http.audience import ROLES, requires
from chengnuo.doors.texts import moment
from chengnuo.doors.web.consent_words import ConsentWords
from chengnuo.doors.web.console_consent_lists import ActRows, DecisionRows
from chengnuo.doors.web.console_consent_rows import change_page
from chengnuo.doors.web.console_consents_view import PATH, PERIODS, consents_page, items_table
from chengnuo.doors.web.console_hub import GivenRegister, hub_router
from chengnuo.doors.web.form_parts import signed_in
from chengnuo.doors.web.frames import console_frame
from chengnuo.doors.web.given import GivenLang, GivenServices, GivenStaff
from chengnuo.doors.web.list_files import csv_answer, lines_of, xlsx_answer
from chengnuo.doors.web.page_parts import Table
from chengnuo.doors.web.rendering import Link, render
from chengnuo.doors.web.services import Services
from chengnuo.doors.web.showing import Asked, Page
from chengnuo.doors.web.who_reads import FOR_READERS, may_read
from chengnuo.usecases.consent.kept_figures import USUAL_DAYS, KeptFigures
from chengnuo.usecases.register_desk import Desk

_ALL = requires(*sorted(ROLES))
DaysQuery = Annotated[int, QueryParameter(ge=1, le=3660)]
ItemQuery = Annotated[str, QueryParameter(pattern=r"^[A-Za-z0-9:/._-]{0,200}$")]
WordQuery = Annotated[str, QueryParameter(pattern=r"^[a-z-]{0,40}$")]
DayQuery = Annotated[str, QueryParameter(pattern=r"^(\d{4}-\d\d-\d\d)?$")]
BeforeQuery = Annotated[str, QueryParameter(pattern=r"^(0|[1-9][0-9]{0,14})?$")]
VersionQuery = Annotated[str, QueryParameter(pattern=r"^[0-9a-f]{7,64}$")]
GivenFigures = NamedDependency[KeptFigures]


@get("/", guards=[_ALL], sync_to_thread=True)
def consents(  # noqa: PLR0913, PLR0917  what the page is made from
    request: Asked,
    lang: GivenLang,
    figures: GivenFigures,
    register_desk: GivenRegister,
    staff: GivenStaff,
    days: DaysQuery = USUAL_DAYS,
    item: ItemQuery = "",
) -> Page:
    """Show consent and decisions in numbers."""
    if days not in PERIODS:
        raise NotFoundException
    overview = figures.overview(days, item=item)
    page = consents_page(
        _words(lang, register_desk),
        overview.value,
        figures.due().value,
        days=days,
        item=item,
        versions=_versions(register_desk, lang),
        counted=moment(overview.at),
        reads=may_read(signed_in(staff).account.role),
    )
    return _shown(request, register_desk, "console/consents.html", page)


@get("/acts", guards=[FOR_READERS], sync_to_thread=True)
def acts(  # noqa: PLR0913, PLR0917  what the rows are narrowed by
    request: Asked,
    lang: GivenLang,
    figures: GivenFigures,
    register_desk: GivenRegister,
    days: DaysQuery = USUAL_DAYS,
    item: ItemQuery = "",
    act: WordQuery = "",
    day: DayQuery = "",
    before: BeforeQuery = "",
) -> Page:
    """Show acts on consent items, newest first."""
    say, rows = _words(lang, register_desk), ActRows(days, item, act, day)
    page = rows.page(say, figures.figures, before)
    return _shown(request, register_desk, "console/consent_rows.html", page)


def acts_file(  # noqa: PLR0913, PLR0917  what the rows are narrowed by
    request: Asked,
    lang: GivenLang,
    services: GivenServices,
    figures: GivenFigures,
    register_desk: GivenRegister,
    days: DaysQuery = USUAL_DAYS,
    item: ItemQuery = "",
    act: WordQuery = "",
    day: DayQuery = "",
) -> Response[bytes]:
    """Return the same as a file."""
    table = ActRows(days, item, act, day).table(_words(lang, register_desk), figures.figures)
    return _file(request, services, lang, "acts", table)


@get("/decisions", guards=[FOR_READERS], sync_to_thread=True)
def decisions(  # noqa: PLR0913, PLR0917  what the rows are narrowed by
    request: Asked,
    lang: GivenLang,
    figures: GivenFigures,
    register_desk: GivenRegister,
    days: DaysQuery = USUAL_DAYS,
    outcome: WordQuery = "",
    rule: WordQuery = "",
    activity: ItemQuery = "",
    before: BeforeQuery = "",
) -> Page:
    """Show decisions, newest first."""
    say, rows = _words(lang, register_desk), DecisionRows(days, outcome, rule, activity)
    page = rows.page(say, figures.figures, before)
    return _shown(request, register_desk, "console/consent_rows.html", page)


def decisions_file(  # noqa: PLR0913, PLR0917  what the rows are narrowed by
    request: Asked,
    lang: GivenLang,
    services: GivenServices,
    figures: GivenFigures,
    register_desk: GivenRegister,
    days: DaysQuery = USUAL_DAYS,
    outcome: WordQuery = "",
    rule: WordQuery = "",
    activity: ItemQuery = "",
) -> Response[bytes]:
    """Return the same as a file."""
    rows = DecisionRows(days, outcome, rule, activity)
    table = rows.table(_words(lang, register_desk), figures.figures)
    return _file(request, services, lang, "decisions", table)


def consents_file(  # noqa: PLR0913, PLR0917  what the numbers are narrowed by
    request: Asked,
    lang: GivenLang,
    services: GivenServices,
    figures: GivenFigures,
    register_desk: GivenRegister,
    days: DaysQuery = USUAL_DAYS,
) -> Response[bytes]:
    """Return the numbers item by item as a file."""
    if days not in PERIODS:
        raise NotFoundException
    say = _words(lang, register_desk)
    table = items_table(say, figures.overview(days).value.items, days=days)
    return _file(request, services, lang, "consents", table)


@get("/change", guards=[_ALL], sync_to_thread=True)
def change(
    request: Asked,
    lang: GivenLang,
    figures: GivenFigures,
    register_desk: GivenRegister,
    version: VersionQuery,
) -> Page:
    """Show what the register in force becoming a kept version asks of whom."""
    kept = register_desk.versions.one(version)
    asked = figures.change(kept.id).value
    say = _words(lang, register_desk)
    page = change_page(say, asked, register_desk.served.version, kept)
    return _shown(request, register_desk, "console/consent_change.html", page)


# A handler for each address: one for both would be taken to a thread twice, and answer nothing.
_FILES = tuple(
    get(f"{path}/list.{ends}", guards=[guard], sync_to_thread=True)(made)
    for path, guard, made in (
        ("", _ALL, consents_file),
        ("/acts", FOR_READERS, acts_file),
        ("/decisions", FOR_READERS, decisions_file),
    )
    for ends in ("csv", "xlsx")
)
ROUTES = (consents, acts, decisions, change, *_FILES)


def console_consent_pages(desk: Desk, counted: KeptFigures) -> Router:
    """Return the routes of the console below `/console/consents`.

    Args:
        desk: The register in force and its versions.
        counted: Counts.

    """
    return hub_router(PATH, ROUTES, desk, figures=counted)


def _file(
    request: Asked, services: Services, lang: Lang, what: str, table: Table
) -> Response[bytes]:
    """Return a table in the form that the address ends in."""
    name = "chengnuo-consents" if what == "consents" else f"chengnuo-consents-{what}"
    if request.url.path.endswith(".csv"):
        return csv_answer(name, *lines_of(table))
    return xlsx_answer(services, lang, name, table.caption, *lines_of(table))


def _versions(desk: Desk, lang: Lang) -> tuple[Link, ...]:
    current = desk.current()
    return tuple(
        Link(
            href=f"{PATH}/change?version={short(kept.id)}",
            name=f"{moment(kept.at)} · {short(kept.id)}"
            + (f" · {kept.note}" if kept.note and lang == Lang.ZH else ""),
        )
        for kept in desk.kept()
        if current is None or str(kept.id) != current.version
    )


def _words(lang: Lang, desk: Desk) -> ConsentWords:
    served = desk.current()
    register = None if served is None else served.register
    return ConsentWords(lang=lang, register=register, catalogue=desk.catalogue)


def _shown(request: Asked, desk: Desk, template: str, page: object) -> Page:
    html = render(template, frame=console_frame(request, desk.current()), page=page)
    return Response(html, media_type=MediaType.HTML)
