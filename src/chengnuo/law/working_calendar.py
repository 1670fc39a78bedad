"""The official calendar as a value: days off by law, and weekend days made working days (调休).

The State Council's office publishes it a year at a time, usually in November. What lies outside
the years published is not known: nobody can say yet whether such a day is a working day.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from chengnuo.base.errors import InvalidInputError

SATURDAY = 5


class CalendarFault(StrEnum):
    """How a calendar can contradict itself."""

    EMPTY_SPAN = "it ends before it begins"
    BOTH = "is both a holiday and a make-up day"
    NO_WEEKEND_DAY = "is a make-up day, but no weekend day"


class WrongWorkingCalendarError(InvalidInputError):
    """A working-day calendar contradicts itself on a day."""

    code: ClassVar[str] = "wrong-working-calendar"

    def __init__(self, fault: CalendarFault, day: date) -> None:
        super().__init__(f"working-day calendar: `{day}`: {fault}")
        self.fault = fault
        self.day = day


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingCalendar:
    """Which days of a span are working days.

    Attributes:
        holidays: Days off other than plain weekends; a holiday on a weekend may be listed too.
        makeup_days: Weekend days on which people work.
        first: First day that is known.
        last: Last day that is known.

    Raises:
        WrongWorkingCalendarError: `first` is after `last`, a day is in both sets, or a make-up
            day is no weekend day.

    """

    holidays: frozenset[date]
    makeup_days: frozenset[date]
    first: date
    last: date

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise WrongWorkingCalendarError(CalendarFault.EMPTY_SPAN, self.last)
        for day in sorted(self.holidays & self.makeup_days):
            raise WrongWorkingCalendarError(CalendarFault.BOTH, day)
        for day in sorted(self.makeup_days):
            if day.weekday() < SATURDAY:
                raise WrongWorkingCalendarError(CalendarFault.NO_WEEKEND_DAY, day)

    def knows(self, day: date) -> bool:
        """Tell whether it is known what this day is."""
        return self.first <= day <= self.last

    def is_working_day(self, day: date) -> bool:
        """Tell whether a day that is known is a working day.

        Outside the span the answer is that of a plain week; ask `knows` first.
        """
        if day.weekday() < SATURDAY:
            return day not in self.holidays
        return day in self.makeup_days
