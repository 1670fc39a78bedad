"""What the counts of a year come to: the route asked for, what is near, what has to be done."""

from dataclasses import dataclass
from datetime import date

from chengnuo.domain.borders.counting import Heads, Planes, YearCount, count_year
from chengnuo.domain.borders.gate import special_of
from chengnuo.domain.borders.route import Demanded, Special, demanded, lines_of
from chengnuo.domain.borders.tasks import Task, crossed, ending
from chengnuo.domain.register.model import Register
from chengnuo.domain.register.recipient import CrossBorder, Recipient
from chengnuo.engines.planes.people import Joined, joined_of
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.working_calendar import WorkingCalendar
from chengnuo.ports.borders import BorderStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """A civil year as it stands.

    Attributes:
        count: Who was counted.
        demanded: The route that these ask for.
        tasks: Lines that were reached, by day, then routes that end.
        at_most: Records of any year that count as the most they can have been.
        recounted: The count out of every record again; None where that was not asked for.

    """

    count: YearCount
    demanded: Demanded
    tasks: tuple[Task, ...]
    at_most: int
    recounted: YearCount | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What the counts of a year are made of.

    Attributes:
        planes: Who went, by day, recipient, sort and occasion.
        same: Which ordinals are names of one individual.
        at_most: Records of any year that count as the most they can have been.

    """

    planes: Planes
    same: Joined
    at_most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteSeen:
    """A recipient abroad of the register beside what was counted.

    Attributes:
        recipient: The recipient.
        border: What providing to it rests on.
        heads: Whose information went to it in the year.
        suffices: Whether its route is enough for all who were counted.

    """

    recipient: Recipient
    border: CrossBorder
    heads: Heads
    suffices: bool


def counted_in(store: BorderStore, year: int) -> Counted:
    """Return what a store holds of a year, as far as the log is taken in."""
    return Counted(
        planes=store.planes(year),
        same=joined_of(store.same()),
        at_most=store.reached().at_most,
    )


def outlook(  # noqa: PLR0913  what it is made of
    counted: Counted,
    register: Register,
    catalogue: Catalogue,
    calendar: WorkingCalendar,
    *,
    year: int,
    today: date,
) -> Outlook:
    """Return how a civil year stands.

    Args:
        counted: Who went.
        register: The register in force.
        catalogue: The law.
        calendar: The official working days.
        year: The year.
        today: Civil day, for what ends.

    """
    planes, same, lines = counted.planes, counted.same, lines_of(catalogue)
    count = count_year(planes, year, same)
    special = Special(
        critical=register.handler.critical_infrastructure,
        important=any(
            one.cross_border is not None and one.cross_border.important_data
            for one in register.recipients
        ),
    )
    return Outlook(
        count=count,
        demanded=demanded(count.counted, lines, special),
        tasks=(
            *crossed(planes, year, lines, same),
            *ending(register, catalogue, calendar, today),
        ),
        at_most=counted.at_most,
    )


def routes_of(found: Outlook, register: Register, catalogue: Catalogue) -> tuple[RouteSeen, ...]:
    """Return the recipients abroad with their routes, in the order of the register."""
    lines = lines_of(catalogue)
    return tuple(
        RouteSeen(
            recipient=one,
            border=border,
            heads=found.count.by_recipient.get(one.recipient, Heads()),
            suffices=border.route.is_scene
            or demanded(found.count.counted, lines, special_of(register, one)).met_by(border.route),
        )
        for one in register.recipients
        if one.is_overseas and (border := one.cross_border) is not None
    )
