"""What one pass over a log of quotes leaves, and how two passes add up to one.

`Statistics` of two parts of a log add up to those of both, as long as no cell lies in both parts.
Cells never cross an hour (every window divides one), so parts that share no hour share no cell.
Counts come out the same to the last one, sums to about 1e-12.

Nothing in here names a person: keys are keyed digests, and the sample holds them beside prices, so
a file of statistics is as secret as the salt of the keys.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Final, Self

import numpy as np

from chengnuo.base.errors import InvalidInputError
from chengnuo.engines.fairness.moments import Floats, Ints, Keys, Moments
from chengnuo.engines.fairness.sample import CellSample, HourSample

BIN_WIDTH: Final = 0.0005
"""Width of a bin of gaps, in logarithms: about 0.05 %."""
HALF_BINS: Final = 2000
"""Bins to either side of the one around zero; the outermost hold all that is further out."""


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
        key = np.union1d(self.key, other.key)
        mine, others = np.searchsorted(key, self.key), np.searchsorted(key, other.key)

        def added(one: Floats, two: Floats) -> Floats:
            both = np.zeros(len(key), one.dtype)
            both[mine] = one
            both[others] += two
            return both

        def counted(one: Ints, two: Ints) -> Ints:
            both = np.zeros(len(key), np.int64)
            both[mine] = one
            both[others] += two
            return both

        return type(self)(
            key=key,
            count=counted(self.count, other.count),
            gap=added(self.gap, other.gap),
            square=added(self.square, other.square),
            shared=added(self.shared, other.shared),
            shared_pairs=counted(self.shared_pairs, other.shared_pairs),
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


@dataclass(frozen=True, kw_only=True)
class Statistics:
    """All that an audit is made of; a few megabytes and the sample, whatever the log's size.

    Attributes:
        config: SHA-256 of specification and coding.
        window_s: The window of the specification.
        windows: Those that the estimate is held against each other at, `window_s` among them.
        quotes: Moments of the quote channel `y = ln(paid + add-backs)`, at `window_s`.
        outcomes: Moments of every other outcome, by its name, at that window.
        persons: Sums by person at that window.
        gaps: Histogram of gaps at that window.
        hour_sample: Whole hours of the same goods.
        counts: What became of the rows read.
        hours: `(H,)` int64, hours since 1970 UTC in which there are quotes, ascending.
        sources: SHA-256 of what was read, ascending.

    """

    config: str
    window_s: int
    windows: tuple[int, ...]
    quotes: Moments
    outcomes: Mapping[str, Moments]
    persons: PersonSums
    gaps: GapHistogram
    hour_sample: HourSample
    counts: Counts
    hours: Ints
    sources: tuple[str, ...] = ()

    @cached_property
    def sample(self) -> CellSample:
        """Whole cells of two quotes and more at the window of the specification."""
        return self.hour_sample.cells(self.window_s)

    @cached_property
    def rungs(self) -> Mapping[int, Moments]:
        """Moments of the quote channel at every window, all over the quotes of the sample."""
        return self.hour_sample.moments(self.windows)

    @property
    def ladder(self) -> Mapping[int, Moments]:
        """Moments at every window: over all quotes at that of the specification."""
        return {**self.rungs, self.window_s: self.quotes}

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
            window_s=self.window_s,
            windows=self.windows,
            quotes=self.quotes + other.quotes,
            outcomes={name: one + other.outcomes[name] for name, one in self.outcomes.items()},
            persons=self.persons + other.persons,
            gaps=self.gaps + other.gaps,
            hour_sample=self.hour_sample + other.hour_sample,
            counts=self.counts + other.counts,
            hours=np.union1d(self.hours, other.hours),
            sources=tuple(sorted({*self.sources, *other.sources})),
        )
