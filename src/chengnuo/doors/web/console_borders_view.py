"""What the page of provision abroad shows: the year against the lines, routes, hosts, tasks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from chengnuo.domain.borders.counting import Sort, course
from chengnuo.domain.borders.route import NEAR_PERMILLE, Line, lines_of
from chengnuo.domain.register.assessing import InDossiers
from chengnuo.doors.border_words import NOBODY_YET, SORTS, near_words, reason_words, task_words
from chengnuo.doors.web.border_picture import border_picture
from chengnuo.doors.web.console_borders_countries import CountriesSeen, countries_seen
from chengnuo.doors.web.console_borders_parts import (
    YearSeen,
    exempt_section,
    hosts_section,
    recipients_section,
)
from chengnuo.doors.web.console_mends import with_mend
from chengnuo.doors.web.dossier_list_view import dossier_heads, dossier_row
from chengnuo.doors.web.dossier_view import cited
from chengnuo.doors.web.page_parts import (
    Citation,
    Empty,
    Fact,
    Figure,
    Mend,
    Row,
    Section,
    Status,
    StatusKind,
    Table,
    Words,
    said,
)
from chengnuo.doors.web.register_words import Speaker
from chengnuo.engines.drawing.parts import Drawing, Told
from chengnuo.usecases.borders.outlook import Counted, Outlook, routes_of
from chengnuo.usecases.dossier.seen import Seen
from chengnuo.usecases.inspection.drift_history import DriftSeen

PATH = "/console/borders"


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """The course of one sort over the year, as a picture and as tables.

    Attributes:
        anchor: Id of the heading.
        name: Which sort.
        picture: The picture; None where nobody was counted.
        lines: The lines of the law beside what was counted.
        points: The points as a table.

    """

    anchor: str
    name: str
    picture: Drawing | None
    lines: Table
    points: Table


@dataclass(frozen=True, slots=True, kw_only=True)
class BordersPage:
    """The page.

    Attributes:
        year: The year shown.
        years: Other years, by their addresses.
        behind: How many records are not counted yet.
        figures: The numbers at its head.
        route: Which route is asked for.
        curves: The two sorts.
        countries: Where it went.
        sections: Everything else.
        cited: The articles it rests on.

    """

    year: int
    years: tuple[tuple[int, str], ...]
    behind: int
    figures: tuple[Figure, ...]
    route: Section
    curves: tuple[Curve, ...]
    countries: CountriesSeen
    sections: tuple[Section, ...]
    cited: tuple[Citation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BordersSeen:
    """What the page is made of.

    Attributes:
        outlook: How the year stands.
        counted: Who went.
        assessed: What was concluded of assessments.
        filings: Dossiers of filings that a route asks for.
        requests: Dossiers of foreign authorities.
        drift: The newest recorded run of drift; None where there is none.
        behind: How many records are not counted yet.
        now: The present.
        today: Its civil day.

    """

    outlook: Outlook
    counted: Counted
    assessed: InDossiers
    filings: tuple[Seen, ...]
    requests: tuple[Seen, ...]
    drift: DriftSeen | None
    behind: int
    now: datetime
    today: date


def borders_page(say: Speaker, seen: BordersSeen) -> BordersPage:
    """Return the page of a year."""
    found = seen.outlook
    routes = routes_of(found, say.register, say.catalogue)
    year = found.count.year
    of_year = YearSeen(
        outlook=found,
        counted=seen.counted,
        routes=routes,
        assessed=seen.assessed,
        today=seen.today,
    )
    return BordersPage(
        year=year,
        years=tuple(
            (one, f"{PATH}?year={one}") for one in (year - 1, year + 1) if one <= seen.today.year
        ),
        behind=seen.behind,
        figures=(
            *(
                Figure(
                    name=SORTS[sort].in_lang(say.lang),
                    count=f"{found.count.counted.of(sort):,}",
                    measure=True,
                )
                for sort in Sort
            ),
            Figure(name=say.t("borders.recipients"), count=str(len(routes)), href="#recipients"),
            Figure(name=say.t("borders.open-tasks"), count=str(len(seen.filings)), href="#tasks"),
        ),
        route=_route(say, found),
        curves=tuple(_curve(say, seen, sort) for sort in Sort),
        countries=countries_seen(say, of_year),
        sections=(
            recipients_section(say, of_year),
            exempt_section(say, found),
            hosts_section(say, seen.drift),
            _dossiers(say, "tasks", seen.filings, "/console/filings", seen.now),
            _dossiers(say, "requests", seen.requests, "/console/foreign-requests", seen.now),
        ),
        cited=tuple(cited(say, duty) for duty in ("PIPL-38", "PIPL-39", "PIPL-41", "XB-2024")),
    )


def _route(say: Speaker, found: Outlook) -> Section:
    asked, lang = found.demanded, say.lang
    facts = [
        Fact(
            name=say.t("borders.why"),
            value=tuple(Words(text=reason_words(one, lang)) for one in asked.reasons),
        )
    ]
    for key, words in (
        ("near", [near_words(*one, lang) for one in asked.near]),
        ("todo", [task_words(one, lang) for one in found.tasks]),
        ("stays", [f"{one.text.in_lang(lang)} · {one.duty}" for one in asked.stays]),
    ):
        if words:
            value = tuple(Words(text=one) for one in words)
            facts.append(Fact(name=say.t(f"borders.{key}"), value=value))
    return Section(
        anchor="route",
        name=say.t("borders.route"),
        term=asked.demand.text.in_lang(lang),
        facts=tuple(facts),
    )


def _curve(say: Speaker, seen: BordersSeen, sort: Sort) -> Curve:
    year, name = seen.outlook.count.year, SORTS[sort].in_lang(say.lang)
    points = course(seen.counted.planes, year, sort, seen.counted.same)
    lines = [line for line in lines_of(say.catalogue) if line.sort is sort]
    people = seen.outlook.count.counted.of(sort)
    told = Told(
        key=f"curve-{sort}",
        title=say.t("borders.caption"),
        words=say.t("borders.label", sort=name, year=year, n=f"{people:,}"),
        lang=say.lang,
    )
    limits = [(one.limit, f"{one.limit:,} · {one.demand.text.in_lang(say.lang)}") for one in lines]
    picture = border_picture(told, points, limits, year=year, today=seen.today)
    return Curve(
        anchor=f"curve-{sort}",
        name=say.t("borders.curve", sort=name),
        picture=picture,
        lines=Table(
            caption=say.t("borders.lines"),
            heads=tuple(say.t(f"borders.head.{one}") for one in ("line", "now", "then")),
            rows=tuple(_line(say, one, people) for one in lines),
        ),
        points=Table(
            caption=name,
            heads=(say.t("borders.head.day"), say.t("borders.head.people")),
            rows=tuple(
                Row(cells=(said(day.isoformat()), said(f"{count:,}"))) for day, count in points
            ),
            numbers=(1,),
            empty=Empty(
                name=say.t("borders.nobody"),
                text="" if seen.counted.planes else NOBODY_YET.in_lang(say.lang),
                href="/console/settings#keys-of-programs",
                act=say.t("nav.settings"),
            ),
        ),
    )


def _line(say: Speaker, line: Line, people: int) -> Row:
    share = 100 * people // line.limit
    is_near = people * 1000 >= line.limit * NEAR_PERMILLE
    kind = StatusKind.WARN if is_near else StatusKind.FINE
    kind = StatusKind.GRAVE if people >= line.limit else kind
    return Row(
        cells=(
            said(f"{line.limit:,}", str(line.figure)),
            (Words(status=with_mend(Status(kind=kind, word=f"{share}%"), _over(say, line))),),
            said(line.demand.text.in_lang(say.lang)),
        )
    )


def _over(say: Speaker, line: Line) -> Mend:
    """Return what mends a line that is reached: the route that the law asks for from there on."""
    return Mend(
        citation=Citation(
            label=say.catalogue.figure_citation(line.figure, say.lang),
            summary=say.catalogue.duty("PIPL-38").summary.in_lang(say.lang),
        ),
        row=Words(text=say.t("borders.recipients"), href="#recipients"),
        proof=Words(text=say.t("red.by-day"), href=f"#curve-{line.sort}"),
        fix=Words(text=line.demand.text.in_lang(say.lang), href="#route"),
    )


def _dossiers(
    say: Speaker, anchor: str, found: Sequence[Seen], path: str, now: datetime
) -> Section:
    name = say.t(f"borders.{anchor}")
    return Section(
        anchor=anchor,
        name=name,
        tables=(
            Table(
                caption=name,
                heads=dossier_heads(say),
                rows=tuple(dossier_row(say, one, now, path) for one in found),
                empty=Empty(
                    name=say.t(f"borders.no-{anchor}"),
                    text=say.t(f"borders.{anchor}-text"),
                    href=path if say.opens else "/console/obligations",
                    act=say.t("nav.dossiers" if say.opens else "nav.obligations"),
                ),
            ),
        ),
        more=Words(text=say.t("borders.all"), href=path) if say.opens else None,
    )
