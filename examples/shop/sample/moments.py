"""Instants and dates of the sample: everything happened before one fixed evening.

Instants are written as the database keeps them, UTC and without a zone mark.
"""

from datetime import date, datetime, timedelta

AS_OF = datetime(2026, 10, 31, 12, 0, 0)  # noqa: DTZ001 - UTC, as the database keeps it
AS_OF_DATE = date(2026, 10, 31)
DAY_S = 86_400
OPENED_DAYS_AGO = 1_065


def written(instant: datetime) -> str:
    """Return an instant in the form the database keeps."""
    return instant.isoformat(sep=" ")


def ago(seconds: int) -> datetime:
    """Return the instant so many seconds before the sample was taken."""
    return AS_OF - timedelta(seconds=seconds)


def age_on(born: date, day: date) -> int:
    """Return the full years of life on a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
