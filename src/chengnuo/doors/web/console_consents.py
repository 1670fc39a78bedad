"""The console's pages of consent: numbers, the rows behind them, and what a change asks of whom.

Everybody on the staff sees numbers. Rows are for staff, reviewer and auditor; they say of nobody
whose they are.
"""

from dataclasses import replace
from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from litestar import MediaType, Response, Router, get
from litestar.di import NamedDependency, Provide
from litestar.exceptions import NotFoundException
from litestar.params import QueryParameter

from chengnuo.base.digest import short
from chengnuo.base.text import Lang
from chengnuo.domain.consent.event import Act
from chengnuo.doors.http.audience import ROLES, requires
from chengnuo.doors.texts import moment
from chengnuo.doors.web.consent_words import ConsentWords
from chengnuo.doors.web.console_consent_rows import (
    RowsPage,
    acts_table,
    change_page,
    decisions_table,
)
from chengnuo.doors.web.console_consents_view import OUTCOMES, PATH, PERIODS, consents_page
from chengnuo.doors.web.form_parts import signed_in
from chengnuo.doors.web.frames import console_frame
from chengnuo.doors.web.given import GivenLang, GivenStaff
from chengnuo.doors.web.page_parts import Table
from chengnuo.doors.web.rendering import Link, render
from chengnuo.doors.web.showing import Asked, Page
from chengnuo.doors.web.who_reads import FOR_READERS, may_read
from chengnuo.usecases.consent.kept_figures import USUAL_DAYS, KeptFigures
from chengnuo.usecases.register_desk import Desk

_ALL = requires(*sorted(ROLES))
_PAGE_SIZE = 30
DaysQuery = Annotated[int, QueryParameter(ge=1, le=3660)]
ItemQuery = Annotated[str, QueryParameter(pattern=r"^[A-Za-z0-9:/._-]{0,200}$")]
WordQuery = Annotated[str, QueryParameter(pattern=r"^[a-z-]{0,40}$")]
DayQuery = Annotated[str, QueryParameter(pattern=r"^(\d{4}-\d\d-\d\d)?$")]
BeforeQuery = Annotated[str, QueryParameter(pattern=r"^(0|[1-9][0-9]{0,14})?$")]
VersionQuery = Annotated[str, QueryParameter(pattern=r"^[0-9a-f]{7,64}$")]
GivenFigures = NamedDependency[KeptFigures]
GivenRegister = NamedDependency[Desk]


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
    if act and act not in set(Act):
        raise NotFoundException
    say = _words(lang, register_desk)
    found = figures.figures.acts(
        days,
        item=item,
        act=act,
        day=_day(day),
        before=_before(before),
        limit=_PAGE_SIZE + 1,
    )
    lead = (
        say.t(f"consents.act.{act}") if act else "",
        say.item(item) if item else "",
        day or say.t("consents.days", n=days),
    )
    last = found[_PAGE_SIZE - 1].event.position if len(found) > _PAGE_SIZE else None
    narrow = {"days": str(days), "item": item, "act": act, "day": day}
    page = _rows(
        say, "acts", lead, acts_table(say, found[:_PAGE_SIZE]), narrow, before=before, last=last
    )
    return _shown(request, register_desk, "console/consent_rows.html", page)


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
    if outcome and outcome not in OUTCOMES:
        raise NotFoundException
    say = _words(lang, register_desk)
    found = figures.figures.decisions(
        days,
        outcome=outcome,
        rule=rule,
        activity=activity,
        before=_before(before),
        limit=_PAGE_SIZE + 1,
    )
    total = figures.figures.decisions_in_all(days, outcome=outcome, rule=rule, activity=activity)
    lead = (
        say.t(f"consents.outcome.{outcome}") if outcome else "",
        rule,
        say.activity(activity) if activity else "",
        say.t("consents.days", n=days),
    )
    last = found[_PAGE_SIZE - 1].position if len(found) > _PAGE_SIZE else None
    narrow = {"days": str(days), "outcome": outcome, "rule": rule, "activity": activity}
    table = decisions_table(say, found[:_PAGE_SIZE])
    page = _rows(say, "decisions", lead, table, narrow, before=before, last=last)
    page = replace(page, total=total)
    return _shown(request, register_desk, "console/consent_rows.html", page)


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


ROUTES = (consents, acts, decisions, change)


def console_consent_pages(desk: Desk, counted: KeptFigures) -> Router:
    """Return the routes of the console below `/console/consents`.

    Args:
        desk: The register in force and its versions.
        counted: Counts.

    """

    def register_desk() -> Desk:
        return desk

    def figures() -> KeptFigures:
        return counted

    return Router(
        path=PATH,
        route_handlers=ROUTES,
        include_in_schema=False,
        dependencies={
            "register_desk": Provide(register_desk, sync_to_thread=False),
            "figures": Provide(figures, sync_to_thread=False),
        },
    )


def _rows(  # noqa: PLR0913  what a page of rows is made from
    say: ConsentWords,
    what: str,
    lead: tuple[str, ...],
    table: Table,
    narrow: dict[str, str],
    *,
    before: str,
    last: int | None,
) -> RowsPage:
    def way(at: int | None) -> str:
        given = {name: value for name, value in narrow.items() if value}
        if at is not None:
            given["before"] = str(at)
        return f"{PATH}/{what}?{urlencode(given)}"

    return RowsPage(
        title=say.t(f"consents.{what}"),
        lead=tuple(one for one in lead if one),
        table=table,
        newest=way(None) if before else "",
        older="" if last is None else way(last),
    )


def _day(given: str) -> date | None:
    try:
        return date.fromisoformat(given) if given else None
    except ValueError as error:
        raise NotFoundException from error


def _before(given: str) -> int | None:
    return int(given) if given else None


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
