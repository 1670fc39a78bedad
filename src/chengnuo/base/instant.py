"""Instants as microseconds since 1970 in UTC: integers compare and sort as they should."""

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_US = timedelta(microseconds=1)


def to_us(at: datetime) -> int:
    """Return an aware instant as microseconds since 1970."""
    return (at - _EPOCH) // _US


def from_us(us: int) -> datetime:
    """Return the UTC instant of microseconds since 1970."""
    return _EPOCH + timedelta(microseconds=us)


def day_of(us: int) -> str:
    """Return the civil day (UTC) of microseconds since 1970, as ISO text."""
    return from_us(us).date().isoformat()
