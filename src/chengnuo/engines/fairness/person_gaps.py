"""How far each person's prices lie from those of others on average, and how far chance puts them.

The mean gap of a person is over all of the person's quotes that have another one in their cell.
Chance alone spreads it too, the more the fewer quotes there are, so beside the counts stands what
is expected if prices do not depend on the person: a normal distribution for each person, whose
variance is that of single gaps, less the one of lasting mark-ups, over the number of quotes.
"""

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from chengnuo.engines.fairness.moments import Floats, Ints
from chengnuo.engines.fairness.statistics import PersonSums

HALF: Final = 30
"""Bins to either side of the one around zero."""
_INSIDE: Final = 0.99
_STEPS: Final = (1.0, 2.0, 5.0)
_MANY: Final = 256
"""Beyond so many quotes of a person chance is told for numbers of quotes within an eighth."""
_PERSONS: Final = 500_000


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonGaps:
    """Mean gaps of persons with quotes in different cells.

    Attributes:
        width: Width of a bin, a logarithm.
        count: `(2h + 1,)` persons by bin, the middle one around zero; the outermost hold all that
            is further out.
        chance: `(2h + 1,)` persons expected in each if prices do not depend on the person.

    """

    width: float
    count: Ints
    chance: Floats


def person_gaps_plainly(sums: PersonSums, least: float, variance: float) -> PersonGaps:
    """Return mean gaps of persons, one person after the other."""
    means, numbers = _means(sums)
    width = width_of(means, least)
    spread = _spread(sums, variance)
    count, chance = [0] * (2 * HALF + 1), [0.0] * (2 * HALF + 1)
    for mean, number in zip(means.tolist(), numbers.tolist(), strict=True):
        at = math.floor(mean / width + 0.5)
        count[min(max(at, -HALF), HALF) + HALF] += 1
        for place, share in enumerate(_shares(width, spread / math.sqrt(_rounded(number)))):
            chance[place] += share
    return PersonGaps(width=width, count=np.array(count), chance=np.array(chance))


def person_gaps(sums: PersonSums, least: float, variance: float) -> PersonGaps:
    """Return mean gaps of persons.

    Args:
        sums: Sums of gaps by person.
        least: The bins reach at least so far.
        variance: Of lasting mark-ups, as estimated.

    """
    means, numbers = _means(sums)
    width = width_of(means, least)
    spread = _spread(sums, variance)
    count = np.zeros(2 * HALF + 1, np.int64)
    # Some persons after others, so that what is worked out of millions is never much.
    for first in range(0, len(means), _PERSONS):
        some = means[first : first + _PERSONS]
        at = np.clip(np.floor(some / width + 0.5), -HALF, HALF).astype(np.int64) + HALF
        count += np.bincount(at, minlength=2 * HALF + 1)
    chance = np.zeros(2 * HALF + 1)
    times: dict[int, int] = {}
    persons_of = np.bincount(numbers)
    values = np.flatnonzero(persons_of)
    for number, persons in zip(values.tolist(), persons_of[values].tolist(), strict=True):
        times[_rounded(number)] = times.get(_rounded(number), 0) + persons
    for number, persons in times.items():
        chance += persons * np.array(_shares(width, spread / math.sqrt(number)))
    return PersonGaps(width=width, count=count, chance=chance)


def _means(sums: PersonSums) -> tuple[Floats, Ints]:
    has = sums.count * (sums.count - 1) - sums.shared_pairs > 0
    return sums.gap[has] / sums.count[has], sums.count[has]


def width_of(means: Floats, least: float) -> float:
    """Return the width of a bin, 1, 2 or 5 of some power of ten, for 99 of 100 means and `least`.

    >>> width_of(np.array([0.001, -0.002]), 0.025)
    0.001

    """
    size = np.abs(means)
    size.sort()
    far = float(size[int(_INSIDE * (len(size) - 1))]) if len(size) else 0.0
    wanted = max(far, least) / HALF
    power = math.floor(math.log10(wanted))
    return next(
        float(f"{step}e{exponent}")
        for exponent in (power, power + 1)
        for step in _STEPS
        if float(f"{step}e{exponent}") >= wanted * (1 - 1e-9)
    )


def _spread(sums: PersonSums, variance: float) -> float:
    quotes = int(sums.count.sum())
    single = float(sums.square.sum()) / quotes if quotes else 0.0
    return math.sqrt(max(single - max(variance, 0.0), 0.0))


def _rounded(number: int) -> int:
    """Return a number of quotes, a large one to an eighth: there are few with so many."""
    if number <= _MANY:
        return number
    unit = 1 << (number.bit_length() - 4)
    return number // unit * unit


def _shares(width: float, spread: float) -> list[float]:
    """Return the share of each bin of a normal distribution around zero."""
    if spread <= 0:
        return [float(at == HALF) for at in range(2 * HALF + 1)]
    ends = [math.erf((at - HALF + 0.5) * width / spread / math.sqrt(2)) for at in range(2 * HALF)]
    below = [0.0, *((1 + one) / 2 for one in ends), 1.0]
    return [high - low for low, high in pairwise(below)]
