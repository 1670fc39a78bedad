"""The clock of a release: by which day a submitted version should have its answer.

Seven calendar days are what a detection before listing took under the guidance of 2021 (figure
TD-H7 of the catalogue), which has ended: the clock is practice and no deadline of law. It is
counted in civil days of the mainland; the day of submission does not count (Civil Code Art. 201).
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from chengnuo.law.civil import civil_date
from chengnuo.law.ids import FigureId

PRACTICE = FigureId("TD-H7")
DAYS = 7
MOST_DAYS = 365


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseClock:
    """The clock of one release.

    Attributes:
        due: Last civil day on which an answer is in time.

    """

    due: date

    def days_left(self, at: datetime) -> int:
        """Return how many days are left at an instant: 0 on the last day, less when overdue."""
        return (self.due - civil_date(at)).days

    def is_overdue(self, at: datetime) -> bool:
        """Tell whether the last day is over."""
        return self.days_left(at) < 0


def clock_of(submitted: datetime, days: int = DAYS) -> ReleaseClock:
    """Return the clock of a release.

    Args:
        submitted: When the version was submitted, aware.
        days: How many calendar days an answer may take.

    Raises:
        NaiveInstantError: `submitted` has no time zone.

    """
    return ReleaseClock(due=civil_date(submitted) + timedelta(days=days))
