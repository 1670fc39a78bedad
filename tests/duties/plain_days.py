"""Deadlines counted the plain way: one day after the other over a table written by hand.

The holidays of 2026 are those of the State Council's notice of November 2025. What comes after is
not announced: the earliest day that any notice can bring counts every day.
"""

from datetime import UTC, date, datetime, timedelta

DAY = timedelta(days=1)
KNOWN_FROM, KNOWN_UNTIL = date(2026, 1, 1), date(2026, 12, 31)
OFF_2026 = (
    ("01-01", "01-03"),  # New Year
    ("02-15", "02-23"),  # Spring Festival
    ("04-04", "04-06"),  # Qingming
    ("05-01", "05-05"),  # Labour Day
    ("06-19", "06-21"),  # Dragon Boat
    ("09-25", "09-27"),  # Mid-Autumn
    ("10-01", "10-07"),  # National Day
)
WORKED_2026 = ("01-04", "02-14", "02-28", "05-09", "09-20", "10-10")


def beijing_day(at: datetime) -> date:
    """Return the day it is in Beijing, eight hours ahead all year."""
    return (at.astimezone(UTC) + timedelta(hours=8)).date()


def begins(day: date) -> datetime:
    """Return the instant at which a day begins in Beijing."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=8)


def is_worked(day: date) -> bool:
    """Tell whether people work on a day; on one that is not announced they may."""
    if not KNOWN_FROM <= day <= KNOWN_UNTIL:
        return True
    said = day.isoformat()[5:]
    if said in WORKED_2026:
        return True
    off = any(first <= said <= last for first, last in OFF_2026)
    return not off and day.isoweekday() <= 5


def until(length: str, since: datetime, said: date | None = None) -> tuple[datetime, bool]:
    """Return the instant before which a deadline is kept, and whether it may only move later.

    Args:
        length: In words: `15 working days`, `15 days`, `2 months`, `3 years`, `4 hours`, `at once`,
            `31 January of the next year`, `the day said`.
        since: From when on it counts.
        said: The day that people set.

    """
    number, _, unit = length.partition(" ")
    day = beijing_day(since)
    if length == "at once":
        return since, False
    if length == "the day said":
        assert said is not None
        return begins(said + DAY), False
    if length == "31 January of the next year":
        return begins(date(day.year + 1, 2, 1)), False
    left, known = int(number), True
    if unit == "hours":
        return since + timedelta(hours=left), False
    if unit in {"months", "years"}:
        return begins(_months_later(day, left * (12 if unit == "years" else 1)) + DAY), False
    while left:
        day += DAY
        known = known and KNOWN_FROM <= day <= KNOWN_UNTIL
        left -= unit == "days" or is_worked(day)
    return begins(day + DAY), unit == "working days" and not known


def _months_later(day: date, months: int) -> date:
    """Walk on until so many months have begun, and in the last one to the same number of a day."""
    wanted, walked = day.day, day
    while months:
        before = walked
        walked += DAY
        months -= walked.month != before.month
    while walked.day < wanted and (walked + DAY).month == walked.month:
        walked += DAY
    return walked
