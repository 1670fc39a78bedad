"""The page of duties that are heavier or lighter by how many people a handler knows of.

It shows, and applies nothing: the check of the register and the deadlines have rules of their own.
"""

from dataclasses import dataclass

from litestar import MediaType, Response, Router, get
from litestar.di import NamedDependency, Provide

from chengnuo.domain.governance.handler_size import Meets, SizeRow, size_rows
from chengnuo.doors.http.audience import requires
from chengnuo.doors.http.exchange import exchange_of
from chengnuo.doors.web.frames import console_frame
from chengnuo.doors.web.page_parts import (
    Figure,
    Row,
    Status,
    StatusKind,
    Table,
    Words,
    said,
)
from chengnuo.doors.web.register_words import Speaker
from chengnuo.doors.web.rendering import render
from chengnuo.doors.web.showing import Asked, Page
from chengnuo.law.civil import civil_date
from chengnuo.law.figure import Comparator
from chengnuo.ports.accounts import Role
from chengnuo.ports.clock import Clock
from chengnuo.ports.consents import ConsentStore
from chengnuo.usecases.register_desk import Desk

PATH = "/console/obligations"
_SIGNS = {
    Comparator.BELOW: "< ",
    Comparator.AT_MOST: "≤ ",
    Comparator.AT_LEAST: "≥ ",
    Comparator.ABOVE: "> ",
}
_MEETS = {
    Meets.YES: StatusKind.FINE,
    Meets.NO: StatusKind.NONE,
    Meets.UNKNOWN: StatusKind.WARN,
    Meets.NOT_IN_FORCE: StatusKind.NOTE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SizeHouse:
    """What the page is made from.

    Attributes:
        register: The register in force.
        people: Counts whom this service has records of.
        clock: Tells the day.

    """

    register: Desk
    people: ConsentStore
    clock: Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class SizePage:
    """The page."""

    figures: tuple[Figure, ...]
    table: Table


GivenSize = NamedDependency[SizeHouse]


@get("/", guards=[requires(*Role)], sync_to_thread=True)
def obligations(request: Asked, size_house: GivenSize) -> Page:
    """Show which duties are heavier or lighter for this handler."""
    desk = size_house.register
    say = Speaker(
        lang=exchange_of(request.scope).lang,
        register=desk.served.register,
        catalogue=desk.catalogue,
    )
    rows = size_rows(say.register.handler, say.catalogue, civil_date(size_house.clock.now()))
    page = size_page(say, rows, size_house.people.how_many())
    html = render(
        "console/obligations.html", frame=console_frame(request, desk.current()), page=page
    )
    return Response(html, media_type=MediaType.HTML)


def size_page(say: Speaker, rows: tuple[SizeRow, ...], known: int) -> SizePage:
    """Return the page.

    Args:
        say: Words.
        rows: The duties beside the handler.
        known: Of how many people this service has records.

    """
    people = say.register.handler.individuals
    shown = say.t("obligations.unknown") if people is None else f"{people:,}"
    heads = ("duty", "line", "meets", "source", "here")
    return SizePage(
        figures=(
            Figure(name=say.t("obligations.people"), count=shown, measure=True),
            Figure(name=say.t("obligations.known"), count=f"{known:,}", measure=True),
        ),
        table=Table(
            caption=say.t("obligations.caption"),
            heads=tuple(say.t(f"obligations.{head}") for head in heads),
            rows=tuple(_row(say, one) for one in rows),
        ),
    )


def _row(say: Speaker, one: SizeRow) -> Row:
    figure, duty = one.figure, one.duty
    line = f"{figure.value:,}" if isinstance(figure.value, int) else ""
    sign = "" if figure.comparator is None else _SIGNS.get(figure.comparator, "")
    return Row(
        cells=(
            said(say.text(duty.what), say.text(duty.effect.text), _term(say, one)),
            said(f"{sign}{line}", say.text(figure.text)),
            (Words(status=Status(kind=_MEETS[one.meets], word=say.text(one.meets.text))),),
            said(
                say.catalogue.figure_citation(figure.id, say.lang),
                say.text(say.catalogue.instruments[figure.instrument].title),
                say.text(figure.standing.label),
                say.text(figure.confidence.text),
                say.text(figure.note),
            ),
            said(say.text(duty.here) or say.t("obligations.nothing-here")),
        )
    )


def _term(say: Speaker, one: SizeRow) -> str:
    if one.duty.term is None:
        return ""
    term = say.catalogue.figure(one.duty.term)
    unit = say.t(f"obligations.unit.{term.unit}")
    return say.t("obligations.term-of", text=say.text(term.text), value=term.value, unit=unit)


def size_pages(register: Desk, people: ConsentStore, clock: Clock) -> Router:
    """Return the route."""
    house = SizeHouse(register=register, people=people, clock=clock)

    def size_house() -> SizeHouse:
        return house

    return Router(
        path=PATH,
        route_handlers=[obligations],
        include_in_schema=False,
        dependencies={"size_house": Provide(size_house, sync_to_thread=False)},
    )
