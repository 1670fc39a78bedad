"""Deadlines in working days.

The day of the event does not count; counting begins on the day after it (Civil Code Art. 201),
and a deadline is kept on its last day until the day is over. Weekends and legal holidays do not
count, make-up days do.

Where a deadline reaches beyond the days that the calendar knows, the earliest possible date is
given and marked provisional. It is found by counting every unknown day as a working day, weekends
too: a notice may make any weekend day a working day (both days of one weekend have been), so no
smaller guess is safe, and no calendar that may come can lead to an earlier date. Beside it stands
the likely date, which takes unknown weeks for plain ones. Both are recomputed when the calendar
grows, and the provisional date can only move to a later day.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import ClassVar

from chengnuo.base.errors import InvalidInputError
from chengnuo.law.working_calendar import WorkingCalendar

MAX_COUNT = 2_000

_ONE_DAY = timedelta(days=1)


class WrongWorkingDaysError(InvalidInputError):
    """A number of working days is negative or beyond all use."""

    code: ClassVar[str] = "wrong-working-days"

    def __init__(self, count: int) -> None:
        super().__init__(f"`{count}` working days; expected 0 to {MAX_COUNT}")
        self.count = count


@dataclass(frozen=True, slots=True, order=True)
class WorkingDays:
    """A number of working days, 0 to 2,000; never a number of calendar days.

    Raises:
        WrongWorkingDaysError: The number is outside these bounds.

    """

    count: int

    def __post_init__(self) -> None:
        if not 0 <= self.count <= MAX_COUNT:
            raise WrongWorkingDaysError(self.count)

    def __str__(self) -> str:
        return f"{self.count} working day{'' if self.count == 1 else 's'}"


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDate:
    """The last day of a deadline.

    Attributes:
        on: The date, exact unless provisional; then the earliest it can be.
        provisional: True if the calendar does not reach so far.
        likely: The same date taking unknown weeks for plain ones; equal to `on` when exact.

    """

    on: date
    provisional: bool
    likely: date


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingDayCount:
    """How many working days lie in a span; at most so many if provisional."""

    days: WorkingDays
    provisional: bool


def add_working_days(start: date, length: WorkingDays, calendar: WorkingCalendar) -> DueDate:
    """Return the last day of a deadline that an event on `start` sets running.

    Args:
        start: Civil date of the event; it does not count, whatever day it is.
        length: Length of the deadline. Zero gives `start` itself.
        calendar: The official calendar.

    """
    on, known = _step(start, length.count, calendar, unknown_works_weekends=True)
    if known:
        return DueDate(on=on, provisional=False, likely=on)
    likely, _ = _step(start, length.count, calendar, unknown_works_weekends=False)
    return DueDate(on=on, provisional=True, likely=likely)


def working_days_between(start: date, end: date, calendar: WorkingCalendar) -> WorkingDayCount:
    """Return how many working days have passed: `start` does not count, `end` does.

    Days that the calendar does not know all count, so that no delay looks shorter than it may
    be; the answer is then provisional. An `end` not after `start` gives none.

    Raises:
        WrongWorkingDaysError: There are more than 2,000.

    """
    count, provisional, day = 0, False, start
    while day < end and count <= MAX_COUNT:
        day += _ONE_DAY
        known = calendar.knows(day)
        provisional = provisional or not known
        count += not known or calendar.is_working_day(day)
    return WorkingDayCount(days=WorkingDays(count), provisional=provisional)


@lru_cache(maxsize=4_096)
def _step(
    start: date, count: int, calendar: WorkingCalendar, *, unknown_works_weekends: bool
) -> tuple[date, bool]:
    """Return the day reached after so many working days, and whether every day was known.

    A queue asks for the same days again and again: each is walked once.
    """
    day, left, known = start, count, True
    while left:
        day += _ONE_DAY
        if calendar.knows(day):
            left -= calendar.is_working_day(day)
        else:
            known = False
            left -= unknown_works_weekends or calendar.is_working_day(day)
    return day, known
