"""Times as the tools write them: of the phone's clock, taken for mainland time (UTC+8)."""

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Final

from chengnuo.base.instant import to_us

MAINLAND: Final = timezone(timedelta(hours=8))
_CAMILLE: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2}) (\d{1,2}):(\d{1,2}):(\d{1,2})")
_SENTRY: Final = re.compile(r"(\d{2})-(\d{2}) (\d{2}):(\d{2}):(\d{2})\.(\d{3})")
_MILLISECONDS_FROM: Final = 100_000_000_000
_US: Final = 1_000_000


def zero_based_month(text: str) -> int | None:
    """Return a time whose month counts from 0, as JavaScript gives it without adding 1.

    >>> zero_based_month("2022-0-14 9:5:3") == zero_based_month("2022-00-14 09:05:03")
    True

    """
    found = _CAMILLE.search(text)
    if found is None:
        return None
    year, month, *rest = map(int, found.groups())
    return _us(year, month + 1, *rest)


def without_year(text: str, year: int | None) -> tuple[int | None, tuple[int, ...] | None]:
    """Return a time without a year, and its parts to sort by; None where it is no time."""
    found = _SENTRY.search(text)
    if found is None:
        return None, None
    month, day, hour, minute, second, milli = parts = tuple(map(int, found.groups()))
    at = None if year is None else _us(year, month, day, hour, minute, second)
    return None if at is None else at + milli * 1000, parts


def any_time(value: object) -> int | None:
    """Return a time in seconds, milliseconds, or text with or without a zone."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        scaled = value * 1000 if value >= _MILLISECONDS_FROM else value * _US
        return int(scaled) if 0 < scaled < 1 << 62 else None
    if isinstance(value, str):
        try:
            at = datetime.fromisoformat(value.strip())
        except ValueError:
            return any_time(float(value)) if value.replace(".", "", 1).isdigit() else None
        return to_us(at if at.tzinfo is not None else at.replace(tzinfo=MAINLAND))
    return None


def _us(*parts: int) -> int | None:
    try:
        return to_us(datetime(*parts, tzinfo=MAINLAND).astimezone(UTC))  # type: ignore[misc, arg-type]  # six of them
    except ValueError:
        return None
