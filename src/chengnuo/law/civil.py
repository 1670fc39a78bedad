"""From instants to civil dates, at +08:00 all year; the law counts days in Beijing time.

The offset is written out: China has one time zone and no summer time, and nothing that the
machine's zone files say may move a deadline.
"""

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import ClassVar

from chengnuo.base.errors import InvalidInputError
from chengnuo.base.instant import from_us, to_us
from chengnuo.base.period import Period

BEIJING = timezone(timedelta(hours=8), "+08:00")
_FIRST_YEAR, _LAST_YEAR = 2, 9998


class NaiveInstantError(InvalidInputError):
    """An instant came without a time zone."""

    code: ClassVar[str] = "naive-instant"

    def __init__(self, field: str) -> None:
        super().__init__(f"instant `{field}` has no time zone; expected UTC")
        self.field = field


class InstantBeyondCalendarError(InvalidInputError):
    """An instant lies so near to an end of the calendar that it has no civil date."""

    code: ClassVar[str] = "instant-beyond-calendar"

    def __init__(self, field: str) -> None:
        super().__init__(f"instant `{field}` has no civil date; expected years 2 to 9998")
        self.field = field


def civil_date(at: datetime, *, field: str = "at") -> date:
    """Return the civil date of an instant.

    Args:
        at: An aware instant; the day turns at 16:00 UTC.
        field: What the instant is called, for the error.

    Raises:
        NaiveInstantError: `at` has no time zone.
        InstantBeyondCalendarError: It is not of the years 2 to 9998.

    >>> civil_date(datetime(2026, 9, 30, 16, 0, tzinfo=UTC))
    datetime.date(2026, 10, 1)

    """
    if at.tzinfo is None or at.utcoffset() is None:
        raise NaiveInstantError(field)
    if not _FIRST_YEAR <= at.year <= _LAST_YEAR:  # so that a day before and after it exists, too
        raise InstantBeyondCalendarError(field)
    return at.astimezone(BEIJING).date()


def start_of(day: date) -> datetime:
    """Return the instant at which a civil day begins, in UTC."""
    return datetime.combine(day, time.min, BEIJING).astimezone(UTC)


def end_of(day: date) -> datetime:
    """Return the instant at which a civil day is over, in UTC: the beginning of the next.

    A deadline on a day is kept before this instant (Civil Code Art. 203).
    """
    return start_of(day + timedelta(days=1))


def instant_us(at: datetime, field: str) -> int:
    """Return an instant as microseconds since 1970.

    Raises:
        NaiveInstantError: It has no time zone.

    """
    civil_date(at, field=field)
    return to_us(at)


def after(at: int, period: Period) -> int:
    """Return the instant a period later: months and years by the calendar at +08:00, never less.

    Where a month has no such day, its last day stands for it.

    >>> a_day = 86_400_000_000
    >>> after(30 * a_day, Period(months=1)) == 58 * a_day
    True

    """
    start = from_us(at).astimezone(BEIJING)
    months = start.month - 1 + period.months
    year, month = start.year + period.years + months // 12, months % 12 + 1
    day = min(start.day, monthrange(year, month)[1])
    return to_us(
        start.replace(year=year, month=month, day=day)
        + timedelta(
            weeks=period.weeks, days=period.days, hours=period.hours, minutes=period.minutes
        )
    )


def before(at: int, period: Period) -> int:
    """Return an instant a period earlier, such that `after` it the period is over at `at`.

    Where a month has no such day, its last day stands for it: three years from the first of June
    2025 are not over on the last of May 2028, however many days the years between have.

    >>> a_day = 86_400_000_000
    >>> before(58 * a_day, Period(months=1)) == 27 * a_day
    True

    """
    end = from_us(at).astimezone(BEIJING) - timedelta(
        weeks=period.weeks, days=period.days, hours=period.hours, minutes=period.minutes
    )
    months = end.month - 1 - period.months
    year, month = end.year - period.years + months // 12, months % 12 + 1
    day = min(end.day, monthrange(year, month)[1])
    return to_us(end.replace(year=year, month=month, day=day))
