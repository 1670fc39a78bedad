"""What one pass over a log of quotes leaves, and how two passes add up to one.

`Statistics` of two parts of a log add up to those of both, as long as no cell lies in both parts.
Cells never cross an hour (every window divides one), so parts that share no hour share no cell.
Counts come out the same to the last one, sums to about 1e-12.

Nothing in here names a person: keys are keyed digests, and the sample holds them beside prices, so
a file of statistics is as secret as the salt of the keys.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from chengnuo.base.errors import InvalidInputError
from chengnuo.engines.fairness.moments import Floats, Ints, Moments

Keys = NDArray[np.uint64]
Singles = NDArray[np.float32]

BIN_WIDTH: Final = 0.0005
"""Width of a bin of gaps, in logarithms: about 0.05 %."""
HALF_BINS: Final = 2000
"""Bins to either side of the one around zero; the outermost hold all that is further out."""
SAMPLE_LIMIT: Final = 2_000_000
"""The most quotes that a sample of cells holds."""
ALL_CELLS: Final = 2**64 - 1
"""The threshold of a sample that left no cell out."""


def sums_by(place: Ints, values: Floats | Ints, size: int) -> Floats:
    """Return `(size,)` float64 sums of values by their place."""
    return np.bincount(place, values, size).astype(np.float64)


class PartsDifferError(InvalidInputError):
    """Two passes were made by different configurations; their sums do not belong together."""

    code = "price-parts-differ"

    def __init__(self, one: str, other: str) -> None:
        super().__init__(f"part of configuration `{one}` does not add to one of `{other}`")
        self.one = one
        self.other = other


class PartsOverlapError(InvalidInputError):
    """Two parts of a log share an hour, so that a cell may lie in both."""

    code = "price-parts-overlap"

    def __init__(self, hour: int) -> None:
        super().__init__(f"both parts hold quotes of the hour that starts at {hour * 3600} s UTC")
        self.hour = hour


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many rows were read and what became of them; `used` and the reasons add up to `read`.

    Attributes:
        read: Rows read.
        used: Quotes used, those alone in their cell too.
        duplicated: Further rows with a quote id already seen.
        unpriced: Without a price, or with one that is not above zero.
        undated: Without a time.
        unnamed: Without a person or an item.
        incomplete: Without a value in a column of the profile or of a factor.

    """

    read: int = 0
    used: int = 0
    duplicated: int = 0
    unpriced: int = 0
    undated: int = 0
    unnamed: int = 0
    incomplete: int = 0

    def __add__(self, other: Self) -> Self:
        """Return the counts of both."""
        return type(self)(
            **{one.name: getattr(self, one.name) + getattr(other, one.name) for one in fields(self)}
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonSums:
    """Sums of gaps by person, over cells of two quotes and more; `P` persons.

    The gap of a quote is `n / (n - 1) y~`: its distance from the mean of the others in its cell.

    Attributes:
        key: `(P,)` uint64, ascending.
        count: `(P,)` int64, quotes.
        gap: `(P,)` float64, sums of gaps.
        square: `(P,)` float64, sums of squares of gaps.
        shared: `(P,)` float64, sums of products of two gaps of the person in one cell, each
            ordered pair of different quotes once: they are no sign of persistence.
        shared_pairs: `(P,)` int64, how many such pairs there are.

    """

    key: Keys
    count: Ints
    gap: Floats
    square: Floats
    shared: Floats
    shared_pairs: Ints

    def __add__(self, other: Self) -> Self:
        """Return the sums of both, a person in both once."""
        key, place = np.unique(np.concatenate((self.key, other.key)), return_inverse=True)

        def added(one: Floats | Ints, two: Floats | Ints) -> Floats:
            both = np.concatenate((one.astype(np.float64), two.astype(np.float64)))
            return sums_by(place, both, len(key))

        return type(self)(
            key=key,
            count=added(self.count, other.count).astype(np.int64),
            gap=added(self.gap, other.gap),
            square=added(self.square, other.square),
            shared=added(self.shared, other.shared),
            shared_pairs=added(self.shared_pairs, other.shared_pairs).astype(np.int64),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class GapHistogram:
    """How many quotes have which gap.

    Attributes:
        count: `(4001,)` int64; bin `i` is centred at `(i - 2000) * 0.0005`, so that a gap of zero
            up to rounding falls into one bin. The first and the last hold all beyond them.

    """

    count: Ints

    def __add__(self, other: Self) -> Self:
        """Return the counts of both."""
        return type(self)(count=self.count + other.count)


@dataclass(frozen=True, slots=True, kw_only=True)
class CellSample:
    """Whole cells of two quotes and more, those with the smallest hashes.

    Rows are ordered by cell, then person, then all else, so that the order read does not show.

    Attributes:
        cell: `(n,)` uint64, hash of the cell's key, ascending.
        person: `(n,)` uint64.
        y: `(n,)` float64, the outcome.
        paid: `(n,)` float64, the price paid, in the currency.
        x: `(n, K)` float32, the regressors.
        below: Every cell with a hash below this is in the sample, and no other.
        limit: The most quotes held.

    """

    cell: Keys
    person: Keys
    y: Floats
    paid: Floats
    x: Singles
    below: int
    limit: int = SAMPLE_LIMIT

    def __add__(self, other: Self) -> Self:
        """Return the sample that one pass over both parts takes."""
        return type(self)(
            cell=np.concatenate((self.cell, other.cell)),
            person=np.concatenate((self.person, other.person)),
            y=np.concatenate((self.y, other.y)),
            paid=np.concatenate((self.paid, other.paid)),
            x=np.concatenate((self.x, other.x)),
            below=min(self.below, other.below),
            limit=min(self.limit, other.limit),
        ).bounded()

    def bounded(self) -> Self:
        """Return it ordered, without cells not below the threshold or beyond the limit."""
        columns = (self.cell, self.person, self.y, self.paid, *self.x.T)
        order = np.lexsort(columns[::-1])
        order = order[self.cell[order] < self.below] if self.below < ALL_CELLS else order
        below = self.below
        if len(order) > self.limit:
            below = int(self.cell[order[self.limit]])
            order = order[: int(np.searchsorted(self.cell[order], np.uint64(below)))]
        return type(self)(
            cell=self.cell[order],
            person=self.person[order],
            y=self.y[order],
            paid=self.paid[order],
            x=self.x[order],
            below=below,
            limit=self.limit,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """All that an audit is made of; a few megabytes and the sample, whatever the log's size.

    Attributes:
        config: SHA-256 of specification and coding.
        ladder: Moments of the quote channel `y = ln(paid + add-backs)`, by window in seconds.
        outcomes: Moments of every other outcome, by its name, at the window of the specification.
        persons: Sums by person at that window.
        gaps: Histogram of gaps at that window.
        sample: Whole cells at that window.
        counts: What became of the rows read.
        hours: `(H,)` int64, hours since 1970 UTC in which there are quotes, ascending.
        sources: SHA-256 of what was read, ascending.

    """

    config: str
    ladder: Mapping[int, Moments]
    outcomes: Mapping[str, Moments]
    persons: PersonSums
    gaps: GapHistogram
    sample: CellSample
    counts: Counts
    hours: Ints
    sources: tuple[str, ...] = ()

    def __add__(self, other: Self) -> Self:
        """Return the statistics of both parts.

        Raises:
            PartsDifferError: They were made by different configurations.
            PartsOverlapError: They share an hour.

        """
        if self.config != other.config:
            raise PartsDifferError(self.config[:12], other.config[:12])
        both = np.intersect1d(self.hours, other.hours)
        if len(both):
            raise PartsOverlapError(int(both[0]))
        return type(self)(
            config=self.config,
            ladder={window: one + other.ladder[window] for window, one in self.ladder.items()},
            outcomes={name: one + other.outcomes[name] for name, one in self.outcomes.items()},
            persons=self.persons + other.persons,
            gaps=self.gaps + other.gaps,
            sample=self.sample + other.sample,
            counts=self.counts + other.counts,
            hours=np.union1d(self.hours, other.hours),
            sources=tuple(sorted({*self.sources, *other.sources})),
        )
