"""Numbers of consent and decisions, every day of a time, days without any among them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

from chengnuo.ports.consent_figures import STANDING

_DAY_ONE = date(1970, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class DayFigures:
    """How many acts of each sort there were on a civil day."""

    day: date
    counts: tuple[int, ...]


def number_of(day: date) -> int:
    """Return the days from 1970 to a civil day."""
    return (day - _DAY_ONE).days


def by_days(
    first: date, days: int, counts: dict[tuple[int, str], int], sorts: Sequence[str]
) -> tuple[DayFigures, ...]:
    """Return the counts of some sorts on every day, by day number and sort."""
    start = number_of(first)
    return tuple(
        DayFigures(
            day=first + timedelta(days=number),
            counts=tuple(counts.get((start + number, sort), 0) for sort in sorts),
        )
        for number in range(days)
    )


def standing_by_days(
    first: date, days: int, changes: dict[tuple[int, str], int], before: int
) -> tuple[tuple[date, int], ...]:
    """Return how many consents stood at the end of every day, by those before and the changes."""
    start = number_of(first)
    steps = (changes.get((start + number, STANDING), 0) for number in range(days))
    counts = accumulate(steps, initial=before)
    next(counts)
    return tuple((first + timedelta(days=number), count) for number, count in enumerate(counts))
