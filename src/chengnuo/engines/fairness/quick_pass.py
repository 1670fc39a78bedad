"""One pass over a part of a log in memory, fast: what `cells.measured` gives in the plainest way.

Nothing is sorted but numbers of 64 bits that carry the number of their row in their last bits, and
everything a row belongs to (its cell, its person, its hour) is looked up by a small number.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import md5
from typing import Final

import numpy as np

from chengnuo.engines.fairness.cells import KEY_DIGITS, histogram_of
from chengnuo.engines.fairness.moments import GROUPS, Floats, Ints, Keys
from chengnuo.engines.fairness.quick_moments import (
    Column,
    cell_keys,
    numbered,
    quick_moments,
)
from chengnuo.engines.fairness.sample import ALL_CELLS, HOUR, HourSample, places
from chengnuo.engines.fairness.statistics import Counts, PersonSums, Statistics, sums_by

_BLANK: Final = np.uint64(16)
_ROW_BITS: Final = np.uint64(24)
_GROUP_SHIFT: Final = np.uint64(56)


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Quotes in memory as columns; `n` quotes, all priced, dated and complete, each once.

    Attributes:
        person: `(n,)` uint64, keys of persons, their last 16 bits zero.
        goods: `(n,)` uint64, keys of item, cell factors and arms together, likewise.
        time: `(n,)` int64, seconds since 1970 UTC.
        y: `(n,)` float64, logarithm of price paid and add-backs.
        paid: `(n,)` float64, the price paid.
        x: The regressors, each `(n,)`.
        outcomes: Other outcomes by name, `(n,)` float64, NaN of a quote that does not have it.

    """

    person: Keys
    goods: Keys
    time: Ints
    y: Floats
    paid: Floats
    x: Sequence[Column]
    outcomes: Mapping[str, Floats] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """What a pass measures.

    Attributes:
        config: SHA-256 of specification and coding.
        window_s: The window of the specification.
        windows: Windows that the estimate is held against each other at.
        below: Only hours with a hash below this are drawn into the sample.

    """

    config: str
    window_s: int
    windows: tuple[int, ...]
    below: int = ALL_CELLS


def quickly_measured(quotes: Columns, aim: Aim, counts: Counts | None = None) -> Statistics:
    """Return the statistics of quotes; their sample is not yet in its order.

    Args:
        quotes: The quotes.
        aim: What to measure.
        counts: What became of the rows read; all of them used if left out.

    """
    n = len(quotes.y)
    cell, first = numbered(cell_keys(quotes.goods, quotes.time, aim.window_s))
    own = quick_moments(
        cell, len(first), person=quotes.person, y=quotes.y, paid=quotes.paid, x=quotes.x
    )
    is_shared = own.size[cell[own.order]] > 1
    rows, gap = own.order[is_shared], own.gap[is_shared]
    outcomes = {}
    for name, y in quotes.outcomes.items():
        some = np.flatnonzero(~np.isnan(y))
        outcomes[name] = quick_moments(
            cell[some],
            len(first),
            person=quotes.person[some],
            y=y[some],
            paid=quotes.paid[some],
            x=[one[some] for one in quotes.x],
        ).moments
    return Statistics(
        config=aim.config,
        window_s=aim.window_s,
        windows=aim.windows,
        quotes=own.moments,
        outcomes=outcomes,
        persons=quick_persons(quotes.person[rows], cell[rows], gap),
        gaps=histogram_of(gap),
        hour_sample=_sample(quotes, cell, first, aim.below),
        counts=Counts(read=n, used=n) if counts is None else counts,
        hours=np.unique(quotes.time[first] // HOUR),
    )


def quick_persons(person: Keys, cell: Ints, gap: Floats) -> PersonSums:
    """Return the sums of gaps by person.

    Args:
        person: `(n,)` keys, their groups ascending.
        cell: `(n,)` numbers of cells.
        gap: `(n,)` gaps.

    """
    order = _ascending(person)
    person, cell, gap = person[order], cell[order], gap[order]
    is_first = np.ones(len(person), np.bool_)
    is_first[1:] = person[1:] != person[:-1]
    start = np.flatnonzero(is_first)
    if not len(start):
        nothing = np.zeros(0)
        none = np.zeros(0, np.int64)
        return PersonSums(
            key=person, count=none, gap=nothing, square=nothing, shared=nothing, shared_pairs=none
        )
    square = gap * gap
    shared, pairs = _shared(np.cumsum(is_first) - 1, cell, gap, len(start))
    return PersonSums(
        key=person[start],
        count=np.diff(start, append=len(person)),
        gap=np.add.reduceat(gap, start),
        square=np.add.reduceat(square, start),
        shared=shared,
        shared_pairs=pairs,
    )


def _shared(who: Ints, cell: Ints, gap: Floats, persons: int) -> tuple[Floats, Ints]:
    """Return `(P,)` sums of products of gaps of a person in one cell, and how many pairs."""
    key = who.astype(np.uint64) * np.uint64(int(cell.max()) + 1) + cell.astype(np.uint64)
    ordered = np.sort(key)
    often = ordered[1:][ordered[1:] == ordered[:-1]]
    if not len(often):
        return np.zeros(persons), np.zeros(persons, np.int64)
    often = np.unique(often)
    place = np.minimum(np.searchsorted(often, key), len(often) - 1)
    rows = np.flatnonzero(often[place] == key)
    place = place[rows]
    owner = np.zeros(len(often), np.int64)
    owner[place] = who[rows]
    times = np.bincount(place)
    total = np.bincount(place, gap[rows])
    apart = total * total - np.bincount(place, gap[rows] ** 2)
    pairs = np.bincount(owner, times * (times - 1), persons)
    return sums_by(owner, apart, persons), pairs.astype(np.int64)


def _ascending(person: Keys) -> Ints:
    """Return the order that makes keys ascend, whose groups already do."""
    ends = np.searchsorted((person >> _GROUP_SHIFT).astype(np.uint8), np.arange(GROUPS + 1))
    longest = int(np.diff(ends).max())
    if longest >= 1 << int(_ROW_BITS) or (person & np.uint64((1 << int(_BLANK)) - 1)).any():
        return np.argsort(person, kind="stable")
    # A group is the first byte: what is left of a key and the number of a row fit into 64 bits.
    mixed = (person >> _BLANK) << _ROW_BITS
    for g in range(GROUPS):
        part = mixed[ends[g] : ends[g + 1]]
        part |= np.arange(len(part), dtype=np.uint64)
        part.sort()
    order = (mixed & np.uint64((1 << int(_ROW_BITS)) - 1)).astype(np.int64)
    order += np.repeat(ends[:-1], np.diff(ends))
    return order


def hour_hashes(goods: Keys, hour: Ints) -> Keys:
    """Return `(n,)` what `cells.hour_hash` gives of each: texts and numbers all at once."""
    digits = (goods.astype(">u8").tobytes()).hex().encode()
    hours, place = np.unique(hour, return_inverse=True)
    ends = [f"|hour|{one}".encode() for one in hours.tolist()]
    texts = (
        digits[at : at + KEY_DIGITS] + ends[one]
        for at, one in zip(range(0, len(digits), 16), place.reshape(-1).tolist(), strict=True)
    )
    digests = b"".join([md5(one, usedforsecurity=False).digest()[:8] for one in texts])
    return np.frombuffer(digests, ">u8").astype(np.uint64) & ~np.uint64((1 << int(_BLANK)) - 1)


def _sample(quotes: Columns, cell: Ints, first: Ints, below: int) -> HourSample:
    """Return the hours below a threshold."""
    goods, hour = quotes.goods[first], quotes.time[first] // HOUR
    block, first_of = numbered(cell_keys(goods, hour, 1))
    hashes = hour_hashes(goods[first_of], hour[first_of])[block]
    is_drawn = hashes < np.uint64(below)
    rows = np.flatnonzero(is_drawn[cell])
    x = np.empty((len(rows), len(quotes.x)), np.float32)
    for k, column in enumerate(quotes.x):
        x[:, k] = column[rows]
    return HourSample(
        place=places(hashes[cell[rows]], quotes.time[rows]),
        person=quotes.person[rows],
        y=quotes.y[rows],
        paid=quotes.paid[rows],
        x=x,
        below=below,
    )
