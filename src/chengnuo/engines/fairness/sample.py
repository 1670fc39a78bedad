"""The sample of a log: whole hours of the same goods, in which every cell of any window lies whole.

What needs single quotes (which window to read an effect at, groups of persons, the two controls, a
permutation) is worked out from these, so that it costs the same whatever the size of the log. Half
a million quotes are enough for what is decided: with prices that scatter by a tenth inside cells
and an attribute that three in ten have, an estimate that moves by an eighth of a percent from one
window to the next is told from chance.

Hours are drawn by the smallest hashes of goods and hour, so that two samples add up to the one that
a single pass over both parts takes, and none depends on the order of rows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from chengnuo.engines.fairness.moments import Floats, Ints, Keys, Moments
from chengnuo.engines.fairness.quick_moments import Column, in_groups, quick_moments

Singles = NDArray[np.float32]

HOUR: Final = 3600
SAMPLE_LIMIT: Final = 500_000
"""The most quotes that a sample holds."""
ALL_CELLS: Final = 2**64 - 1
"""The threshold of a sample that left nothing out."""
_SECONDS: Final = np.uint64(0xFFFF)
"""The last bits of a key, which are zero, hold the second of the hour."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CellSample:
    """Whole cells of two quotes and more, those with the smallest keys.

    Attributes:
        cell: `(n,)` uint64, key of the cell, ascending.
        person: `(n,)` uint64.
        y: `(n,)` float64, the outcome.
        paid: `(n,)` float64, the price paid, in the currency.
        x: `(n, K)` float32, the regressors.
        below: Every cell with a key below this is in the sample, and no other.

    """

    cell: Keys
    person: Keys
    y: Floats
    paid: Floats
    x: Singles
    below: int

    def few(self, most: int) -> Self:
        """Return whole cells of at most so many quotes."""
        if len(self.cell) <= most:
            return self
        below = self.cell[most]
        end = int(np.searchsorted(self.cell, below))
        return type(self)(
            cell=self.cell[:end],
            person=self.person[:end],
            y=self.y[:end],
            paid=self.paid[:end],
            x=self.x[:end],
            below=int(below),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class HourSample:
    """Whole hours of the same goods, those with the smallest hashes.

    Rows are ordered by place, then person, then all else, so that the order read does not show.

    Attributes:
        place: `(n,)` uint64, hash of goods and hour, and in the last 16 bits the second of it.
        person: `(n,)` uint64.
        y: `(n,)` float64, the outcome.
        paid: `(n,)` float64, the price paid, in the currency.
        x: `(n, K)` float32, the regressors.
        below: Every hour with a hash below this is in the sample, and no other.
        limit: The most quotes held.

    """

    place: Keys
    person: Keys
    y: Floats
    paid: Floats
    x: Singles
    below: int = ALL_CELLS
    limit: int = SAMPLE_LIMIT

    def __add__(self, other: "HourSample") -> "HourSample":
        """Return the sample that one pass over both parts takes."""
        return joined((self, other)).ordered()

    def cut(self) -> "HourSample":
        """Return it without hours that are not below the threshold or beyond the limit."""
        hashes = self.place & ~_SECONDS
        below, kept = self.below, np.ones(len(hashes), np.bool_)
        if below < ALL_CELLS:
            kept = hashes < np.uint64(below)
        if np.count_nonzero(kept) > self.limit:
            below = int(np.sort(hashes[kept])[self.limit])
            kept = hashes < np.uint64(below)
        return self._rows(slice(None) if kept.all() else np.flatnonzero(kept), below)

    def ordered(self) -> "HourSample":
        """Return it in its order."""
        order = np.argsort(self.place, kind="stable")
        place = self.place[order]
        is_tied = np.zeros(len(place) + 1, np.bool_)
        is_tied[1:-1] = place[1:] == place[:-1]
        ties = np.flatnonzero(is_tied[:-1] | is_tied[1:])
        rows = order[ties]
        # The outcome comes last: of a logarithm, engines may differ in the last digit.
        columns = (self.place, self.person, self.paid, *self.x.T, self.y)
        order[ties] = rows[np.lexsort([one[rows] for one in columns[::-1]])]
        return self._rows(order, self.below)

    def cells(self, window_s: int) -> CellSample:
        """Return the cells of two and more at a window that divides the hour."""
        cell = self._cell_keys(window_s)
        is_first = np.ones(len(cell) + 1, np.bool_)
        is_first[1:-1] = cell[1:] != cell[:-1]
        rows = np.flatnonzero(~(is_first[:-1] & is_first[1:]))
        return CellSample(
            cell=cell[rows],
            person=self.person[rows],
            y=self.y[rows],
            paid=self.paid[rows],
            x=self.x[rows],
            below=self.below,
        )

    def moments(self, windows: Sequence[int]) -> Mapping[int, Moments]:
        """Return the moments at windows that divide the hour.

        Rows lie in the order of place, in which the cells of every window lie together: nothing is
        sorted for any of them.
        """
        # Once, so that it need not be done again for every window.
        order = in_groups(self.person)
        person, y, paid = self.person[order], self.y[order], self.paid[order]
        x = [_narrow(column[order]) for column in self.x.T]
        found = {}
        for window_s in windows:
            key = self._cell_keys(window_s)
            number = np.zeros(len(key), np.int64)
            np.cumsum(key[1:] != key[:-1], out=number[1:])
            cells = int(number[-1]) + 1 if len(number) else 0
            found[window_s] = quick_moments(
                number[order], cells, person=person, y=y, paid=paid, x=x
            ).moments
        return found

    def _cell_keys(self, window_s: int) -> Keys:
        slot = (self.place & _SECONDS) // np.uint64(window_s)
        return (self.place & ~_SECONDS) | slot

    def _rows(self, rows: Ints | slice, below: int) -> "HourSample":
        return HourSample(
            place=self.place[rows],
            person=self.person[rows],
            y=self.y[rows],
            paid=self.paid[rows],
            x=self.x[rows],
            below=below,
            limit=self.limit,
        )


def joined(parts: Sequence[HourSample]) -> HourSample:
    """Return the sample that one pass over all parts takes, not yet in its order."""
    return HourSample(
        place=np.concatenate([one.place for one in parts]),
        person=np.concatenate([one.person for one in parts]),
        y=np.concatenate([one.y for one in parts]),
        paid=np.concatenate([one.paid for one in parts]),
        x=np.concatenate([one.x for one in parts]),
        below=min(one.below for one in parts),
        limit=min(one.limit for one in parts),
    ).cut()


def places(hashes: Keys, time: Ints) -> Keys:
    """Return `(n,)` the places of quotes.

    Args:
        hashes: `(n,)` hashes of goods and hour, their last 16 bits zero.
        time: `(n,)` seconds since 1970 UTC.

    """
    return hashes | (time % HOUR).astype(np.uint64)


def _narrow(column: Singles) -> Column:
    """Return a regressor as single bytes if it is 0 or 1 everywhere."""
    is_flag = bool(((column == 0) | (column == 1)).all())
    return column.astype(np.int8) if is_flag else column.astype(np.float64)
