"""What the counts of a year come to: the route asked for, what is near, what has to be done."""

from dataclasses import dataclass
from datetime import date

from chengnuo.domain.borders.counting import YearCount, count_year
from chengnuo.domain.borders.route import Demanded, Special, demanded, lines_of
from chengnuo.domain.borders.tasks import Task, crossed, ending
from chengnuo.domain.register.model import Register
from chengnuo.engines.planes.people import joined_of
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


def outlook(  # noqa: PLR0913  what it is made of
    store: BorderStore,
    register: Register,
    catalogue: Catalogue,
    calendar: WorkingCalendar,
    *,
    year: int,
    today: date,
) -> Outlook:
    """Return how a civil year stands, as far as the log is taken in.

    Args:
        store: The planes.
        register: The register in force.
        catalogue: The law.
        calendar: The official working days.
        year: The year.
        today: Civil day, for what ends.

    """
    planes, same, lines = store.planes(year), joined_of(store.same()), lines_of(catalogue)
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
        at_most=store.reached().at_most,
    )
