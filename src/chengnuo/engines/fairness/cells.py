"""The pass over quotes in memory, in the plainest way: what a faster one is held to.

A cell is what is compared: quotes of the same goods, under the same declared conditions (both in
`goods`), in the same slot of time. A slot is `floor(time / window)`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import md5
from typing import Final

import numpy as np
from numpy.typing import NDArray

from chengnuo.engines.fairness.moments import GROUPS, Floats, Ints, Keys, Moments
from chengnuo.engines.fairness.sample import HOUR, SAMPLE_LIMIT, HourSample, places
from chengnuo.engines.fairness.statistics import (
    BIN_WIDTH,
    HALF_BINS,
    Counts,
    GapHistogram,
    PersonSums,
    Statistics,
    sums_by,
)

KEY_DIGITS: Final = 12
"""Hex digits of a key, from the highest bit down."""
_KEY_SHIFT: Final = 64 - 4 * KEY_DIGITS
_GROUP_SHIFT: Final = np.uint64(56)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Another outcome than the price.

    Attributes:
        rows: `(m,)` int64, the quotes that have it, ascending.
        y: `(m,)` float64, the outcome of each.

    """

    rows: Ints
    y: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotes:
    """Quotes in memory; `n` quotes, `K` regressors.

    Attributes:
        person: `(n,)` uint64, keys of persons.
        goods: `(n,)` uint64, keys of item, cell factors and arms together.
        time: `(n,)` int64, seconds since 1970 UTC.
        y: `(n,)` float64, logarithm of price paid and add-backs.
        paid: `(n,)` float64, the price paid.
        x: `(n, K)` float64.
        outcomes: Other outcomes by name.

    """

    person: Keys
    goods: Keys
    time: Ints
    y: Floats
    paid: Floats
    x: Floats
    outcomes: Mapping[str, Outcome] = field(default_factory=dict)

    def part(self, rows: Ints | NDArray[np.bool_]) -> "Quotes":
        """Return some of the quotes, in the order given; without the other outcomes."""
        return Quotes(
            person=self.person[rows],
            goods=self.goods[rows],
            time=self.time[rows],
            y=self.y[rows],
            paid=self.paid[rows],
            x=self.x[rows],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a pass over quotes is to measure.

    Attributes:
        config: SHA-256 of specification and coding.
        window_s: The window of the specification.
        windows: Windows of the ladder, `window_s` among them.
        limit: The most quotes of the sample.

    """

    config: str
    window_s: int
    windows: tuple[int, ...]
    limit: int = SAMPLE_LIMIT


@dataclass(frozen=True, slots=True, kw_only=True)
class Within:
    """Columns within the cells of two quotes and more; `n` rows, `C` cells.

    Attributes:
        rows: `(n,)` int64, which of the rows given they are, ascending.
        cell: `(n,)` int64, the cell of each, from 0 to `C - 1`.
        size: `(C,)` int64, quotes of each cell.
        weight: `(n,)` float64, `n / (n - 1)` of the cell.

    """

    rows: Ints
    cell: Ints
    size: Ints
    weight: Floats

    def centred(self, column: Floats) -> Floats:
        """Return `(n,)` a column of these rows from its mean in the cell."""
        means = sums_by(self.cell, column, len(self.size)) / self.size
        return column - means[self.cell]


def within_cells(labels: Ints) -> Within:
    """Return the cells of two and more that labels make.

    Args:
        labels: `(n,)` any integers; equal ones make a cell.

    """
    _, cell, size = np.unique(labels, return_inverse=True, return_counts=True)
    rows = np.flatnonzero(size[cell] > 1)
    kept = np.cumsum(size > 1) - 1
    size_kept = size[size > 1].astype(np.int64)
    cell_kept = kept[cell[rows]].astype(np.int64)
    sizes = size_kept[cell_kept].astype(np.float64)
    return Within(rows=rows, cell=cell_kept, size=size_kept, weight=sizes / (sizes - 1))


def cell_labels(quotes: Quotes, window_s: int) -> Ints:
    """Return `(n,)` int64 labels of the cells at a window, the same for quotes of one cell."""
    pairs = np.stack((quotes.goods, (quotes.time // window_s).astype(np.uint64)), axis=1)
    return np.unique(pairs, axis=0, return_inverse=True)[1].reshape(-1).astype(np.int64)


def groups_of(person: Keys) -> Ints:
    """Return `(n,)` int64 the group that errors are clustered by: the first byte of the key."""
    return (person >> _GROUP_SHIFT).astype(np.int64)


def moments_of(labels: Ints, person: Keys, y: Floats, paid: Floats, x: Floats) -> Moments:
    """Return the moments of one outcome.

    Args:
        labels: `(n,)` cells.
        person: `(n,)` keys.
        y: `(n,)` the outcome.
        paid: `(n,)` prices.
        x: `(n, K)` regressors.

    """
    within = within_cells(labels)
    inner = x[within.rows]
    x_within = np.empty_like(inner)
    informative = np.zeros(x.shape[1], np.int64)
    for k in range(x.shape[1]):
        x_within[:, k] = within.centred(inner[:, k])
        informative[k] = _varying(within, inner[:, k])
    y_within = within.centred(y[within.rows])
    group = groups_of(person[within.rows])
    upper = np.triu_indices(x.shape[1])
    order = np.argsort(group, kind="stable")
    ends = np.searchsorted(group[order], np.arange(GROUPS + 1))
    xx, weighted_xx = np.zeros((GROUPS, len(upper[0]))), np.zeros((GROUPS, len(upper[0])))
    xy, weighted_xy = np.zeros((GROUPS, x.shape[1])), np.zeros((GROUPS, x.shape[1]))
    for g in range(GROUPS):
        rows = order[ends[g] : ends[g + 1]]
        plain, heavy = x_within[rows], x_within[rows] * within.weight[rows, None]
        xx[g], weighted_xx[g] = (plain.T @ plain)[upper], (heavy.T @ plain)[upper]
        xy[g], weighted_xy[g] = plain.T @ y_within[rows], heavy.T @ y_within[rows]
    return Moments(
        count=np.bincount(group, minlength=GROUPS).astype(np.int64),
        xx=xx,
        xy=xy,
        yy=sums_by(group, y_within * y_within, GROUPS),
        weighted_xx=weighted_xx,
        weighted_xy=weighted_xy,
        cells=np.array([len(within.size)], np.int64),
        informative=informative,
        rows=np.array([len(y)], np.int64),
        sum_y=np.array([y.sum(), y @ y]),
        sum_x=x.sum(axis=0),
        sum_xx=(x * x).sum(axis=0),
        sum_xy=y @ x,
        paid_x=paid @ x,
    )


def _varying(within: Within, column: Floats) -> int:
    """Return in how many cells a column takes more than one value."""
    first = np.zeros(len(within.size))
    first[within.cell] = column
    return len(np.unique(within.cell[column != first[within.cell]]))


def gaps_of(within: Within, y: Floats) -> Floats:
    """Return `(n,)` the distance of each quote from the mean of the others in its cell.

    Args:
        within: The cells.
        y: `(n,)` the outcome of its rows.

    """
    return within.weight * within.centred(y)


def person_sums(cell: Ints, person: Keys, gap: Floats) -> PersonSums:
    """Return the sums of gaps by person.

    Args:
        cell: `(n,)` int64, cells.
        person: `(n,)` uint64.
        gap: `(n,)` float64.

    """
    key, who = np.unique(person, return_inverse=True)
    met, place = np.unique(cell * len(key) + who, return_inverse=True)
    owner, times = met % max(len(key), 1), np.bincount(place, minlength=len(met))
    sums, squares = sums_by(place, gap, len(met)), sums_by(place, gap * gap, len(met))
    return PersonSums(
        key=key,
        count=np.bincount(who, minlength=len(key)).astype(np.int64),
        gap=sums_by(who, gap, len(key)),
        square=sums_by(who, gap * gap, len(key)),
        # A person alone in a cell has no pair there, which rounding would not make zero.
        shared=sums_by(owner, np.where(times > 1, sums * sums - squares, 0.0), len(key)),
        shared_pairs=sums_by(owner, times * (times - 1), len(key)).astype(np.int64),
    )


def histogram_of(gap: Floats) -> GapHistogram:
    """Return how many gaps fall into each bin."""
    bins = np.floor(gap / BIN_WIDTH + 0.5) + HALF_BINS
    inside = np.clip(bins, 0, 2 * HALF_BINS).astype(np.int64)
    return GapHistogram(count=np.bincount(inside, minlength=2 * HALF_BINS + 1).astype(np.int64))


def hour_hash(goods: int, hour: int) -> int:
    """Return the hash hours are sampled by: the key of twelve digits of goods and the hour."""
    return key_of(f"{goods >> _KEY_SHIFT:0{KEY_DIGITS}x}|hour|{hour}")


def key_of(text: str) -> int:
    """Return the key of a text: the first 48 bits of its MD5, above 16 bits of zero.

    MD5 is what engines of tables have in common, and twelve hex digits are what they compare
    fastest. A key hides nothing and is not meant to.

    >>> hex(key_of("u-1"))
    '0xa6048cbdca020000'

    """
    digest = md5(text.encode(), usedforsecurity=False).hexdigest()
    return int(digest[:KEY_DIGITS], 16) << _KEY_SHIFT


def sample_of(quotes: Quotes, limit: int) -> HourSample:
    """Return whole hours of the same goods with the smallest hashes, of at most `limit` quotes."""
    hashes = [
        hour_hash(int(goods), int(time) // HOUR)
        for goods, time in zip(quotes.goods, quotes.time, strict=True)
    ]
    return (
        HourSample(
            place=places(np.array(hashes, np.uint64), quotes.time),
            person=quotes.person,
            y=quotes.y,
            paid=quotes.paid,
            x=quotes.x.astype(np.float32),
            limit=limit,
        )
        .cut()
        .ordered()
    )


def measured(quotes: Quotes, plan: Plan, counts: Counts | None = None) -> Statistics:
    """Return the statistics of quotes in memory.

    Args:
        quotes: Priced, dated and complete, each once.
        plan: What to measure.
        counts: What became of the rows read; all of them used if left out.

    """
    labels = cell_labels(quotes, plan.window_s)
    within = within_cells(labels)
    gap = gaps_of(within, quotes.y[within.rows])
    n = len(quotes.y)
    return Statistics(
        config=plan.config,
        window_s=plan.window_s,
        windows=plan.windows,
        quotes=moments_of(labels, quotes.person, quotes.y, quotes.paid, quotes.x),
        outcomes={
            name: moments_of(
                labels[one.rows],
                quotes.person[one.rows],
                one.y,
                quotes.paid[one.rows],
                quotes.x[one.rows],
            )
            for name, one in quotes.outcomes.items()
        },
        persons=person_sums(within.cell, quotes.person[within.rows], gap),
        gaps=histogram_of(gap),
        hour_sample=sample_of(quotes, plan.limit),
        counts=Counts(read=n, used=n) if counts is None else counts,
        hours=np.unique(quotes.time // HOUR).astype(np.int64),
    )
