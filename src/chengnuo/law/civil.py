"""From instants to civil dates, at +08:00 all year; the law counts days in Beijing time.

The offset is written out: China has one time zone and no summer time, and nothing that the
machine's zone files say may move a deadline.
"""

from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import ClassVar

from chengnuo.base.errors import InvalidInputError

BEIJING = timezone(timedelta(hours=8), "+08:00")


class NaiveInstantError(InvalidInputError):
    """An instant came without a time zone."""

    code: ClassVar[str] = "naive-instant"

    def __init__(self, field: str) -> None:
        super().__init__(f"instant `{field}` has no time zone; expected UTC")
        self.field = field


def civil_date(at: datetime, *, field: str = "at") -> date:
    """Return the civil date of an instant.

    Args:
        at: An aware instant; the day turns at 16:00 UTC.
        field: What the instant is called, for the error.

    Raises:
        NaiveInstantError: `at` has no time zone.

    >>> civil_date(datetime(2026, 9, 30, 16, 0, tzinfo=UTC))
    datetime.date(2026, 10, 1)

    """
    if at.tzinfo is None or at.utcoffset() is None:
        raise NaiveInstantError(field)
    return at.astimezone(BEIJING).date()


def start_of(day: date) -> datetime:
    """Return the instant at which a civil day begins, in UTC."""
    return datetime.combine(day, time.min, BEIJING).astimezone(UTC)


def end_of(day: date) -> datetime:
    """Return the instant at which a civil day is over, in UTC: the beginning of the next.

    A deadline on a day is kept before this instant (Civil Code Art. 203).
    """
    return start_of(day + timedelta(days=1))
