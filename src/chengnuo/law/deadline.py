"""From a figure of the catalogue and the instant at which its clock starts to a deadline.

Days, months and years are counted as the Civil Code does (Arts. 200 to 203): the day of the event
does not count, and the last day counts until it is over, in Beijing time. Hours run from the
instant itself (Art. 201 para. 2).
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from chengnuo.base.instant import from_us, to_us
from chengnuo.base.period import Period
from chengnuo.law.civil import after, civil_date, end_of
from chengnuo.law.figure import Figure, Unit
from chengnuo.law.ids import FigureId
from chengnuo.law.working_calendar import WorkingCalendar
from chengnuo.law.working_days import WorkingDays, add_working_days

_AT_ONCE = frozenset({Unit.IMMEDIATELY, Unit.PROMPTLY, Unit.BEFORE_PROCESSING})


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """By when something has to be done.

    Attributes:
        figure: The figure that sets it; None where people set the day.
        until: It is kept before this instant; the start itself where the law says "at once".
        on: Last civil day; None where hours are counted, or none are.
        provisional: The working calendar does not reach so far; this is the earliest it can be.
        at_once: The law sets no length and asks for it at once.

    """

    figure: FigureId | None
    until: datetime
    on: date | None = None
    provisional: bool = False
    at_once: bool = False


def deadline_of(
    figure: Figure, start: datetime, calendar: WorkingCalendar, *, at_most: int | None = None
) -> Deadline | None:
    """Return the deadline that an event sets running, or None where the figure sets none.

    Args:
        figure: The figure.
        start: Instant of the event.
        calendar: The official working days.
        at_most: A shorter length that was promised, in the unit of the figure; a longer one does
            not count.

    Raises:
        NaiveInstantError: `start` has no time zone.

    """
    if figure.unit in _AT_ONCE:
        return Deadline(figure=figure.id, until=start, at_once=True)
    if figure.unit is Unit.DATE_EACH_YEAR:
        day = date(
            civil_date(start).year + 1, int(figure.values["month"]), int(figure.values["day"])
        )
        return Deadline(figure=figure.id, until=end_of(day), on=day)
    if not isinstance(figure.value, int):
        return None
    length = figure.value if at_most is None else min(figure.value, at_most)
    return _after_length(figure, start, length, calendar)


def _after_length(
    figure: Figure, start: datetime, length: int, calendar: WorkingCalendar
) -> Deadline | None:
    match figure.unit:
        case Unit.HOURS:
            return Deadline(figure=figure.id, until=start + timedelta(hours=length))
        case Unit.WORKING_DAYS:
            due = add_working_days(civil_date(start), WorkingDays(length), calendar)
            return Deadline(
                figure=figure.id, until=end_of(due.on), on=due.on, provisional=due.provisional
            )
        case Unit.CALENDAR_DAYS:
            return _by_day(figure, civil_date(start) + timedelta(days=length))
        case Unit.MONTHS:
            return _by_day(figure, _later(start, Period(months=length)))
        case Unit.YEARS:
            return _by_day(figure, _later(start, Period(years=length)))
        case _:
            return None


def _by_day(figure: Figure, day: date) -> Deadline:
    return Deadline(figure=figure.id, until=end_of(day), on=day)


def _later(start: datetime, period: Period) -> date:
    return civil_date(from_us(after(to_us(start), period)))
