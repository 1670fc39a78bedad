"""The civil day that planes are for, and who comes into another age from one day to another."""

from collections.abc import Iterator
from datetime import date

from chengnuo.base.instant import to_us
from chengnuo.law.age import ADULT_FROM_YEARS, GUARDIAN_CONSENT_BELOW_YEARS, first_birth_date_below
from chengnuo.law.civil import civil_date, end_of, start_of
from chengnuo.ports.planes import Good


def good_on(day: date) -> Good:
    """Return the instants between which planes of a day count."""
    return Good(since=to_us(start_of(day)), until=to_us(end_of(day)))


def turned(was: date, today: date) -> Iterator[tuple[date, date]]:
    """Yield from and before which day those were born who are in another band on another day."""
    first, last = sorted((was, today))
    for years in (GUARDIAN_CONSENT_BELOW_YEARS, ADULT_FROM_YEARS):
        yield first_birth_date_below(years, first), first_birth_date_below(years, last)
    yield civil_date(end_of(first)), civil_date(end_of(last))
