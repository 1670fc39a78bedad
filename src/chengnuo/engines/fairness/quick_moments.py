"""Moments within cells, fast: what `cells.moments_of` gives in the plainest way.

Rows are ordered by the group of their person once, so that the sums of products of a group are one
product of a matrix with itself over rows that lie together. Cells are numbered and not sorted
together: a mean by cell is a sum by number, and taken off by number.

Products of long vectors are left to `einsum`: the library behind `@` cuts them up over threads,
which then wait for each other longer than one of them would take. Those of a group are short.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from chengnuo.engines.fairness.moments import GROUPS, Floats, Ints, Keys, Moments

Column = NDArray[Any]
"""A regressor: of single bytes if it is 0 or 1, else of floating point numbers."""

_SPREAD: Final = np.uint64(0x9E3779B97F4A7C15)
_GROUP_SHIFT: Final = np.uint64(56)
_SLOT_BITS: Final = 16
_WIDE_SLOT_BITS: Final = 40
_TOGETHER: Final = 32
_LANE: Final = 8


def in_groups(person: Keys) -> Ints:
    """Return the order of rows that brings the groups of persons together, ascending."""
    group = (person >> _GROUP_SHIFT).astype(np.uint8)
    return np.argsort(group, kind="stable")


def numbered(key: Keys) -> tuple[Ints, Ints]:
    """Return `(n,)` int64 numbers from 0, the same for equal keys alone, and the first row of each.

    They are given in the order keys appear: where rows are in the order of time, those of one time
    are close together, and so is what is looked up by them.
    """
    if not len(key):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    order = order_of(key)
    ordered = key[order]
    is_new = np.empty(len(key), np.bool_)
    is_new[0] = True
    np.not_equal(ordered[1:], ordered[:-1], out=is_new[1:])
    first = order[is_new]
    by_first = np.argsort(first)
    rank = np.empty(len(first), np.int64)
    rank[by_first] = np.arange(len(first))
    number = np.empty(len(key), np.int64)
    number[order] = np.repeat(rank, np.diff(np.flatnonzero(is_new), append=len(key)))
    return number, first[by_first]


def order_of(key: Keys) -> Ints:
    """Return an order that brings equal keys together; of rows with equal keys the first first.

    A row's number is sorted along in the last bits of its key, spread over the bits before them:
    to sort numbers is several times as fast as to sort an order.
    """
    bits = np.uint64(max(len(key) - 1, 1).bit_length())
    mixed = key * _SPREAD
    mixed >>= bits
    mixed <<= bits
    mixed |= np.arange(len(key), dtype=np.uint64)
    mixed.sort()
    order = (mixed & np.uint64((1 << int(bits)) - 1)).astype(np.int64)
    mixed >>= bits
    ordered = key[order]
    fell_together = (ordered[1:] != ordered[:-1]) & (mixed[1:] == mixed[:-1])
    return np.argsort(key, kind="stable") if fell_together.any() else order


def dot(one: Floats, other: Floats) -> float:
    """Return the sum of products of two vectors, by one thread."""
    return float(np.einsum("n,n->", one, other))


def cell_keys(goods: Keys, time: Ints, window_s: int) -> Keys:
    """Return `(n,)` uint64 keys, equal for the same goods in the same slot of time alone.

    Args:
        goods: `(n,)` keys of goods.
        time: `(n,)` seconds.
        window_s: The window.

    """
    slot = time // window_s
    slot -= slot.min(initial=2**62)
    within = slot.astype(np.uint64)
    most = int(within.max(initial=0))
    # The last bits of a key are zero, and a part of a log is of few hours.
    if most < 1 << _SLOT_BITS and not (goods & np.uint64((1 << _SLOT_BITS) - 1)).any():
        return goods | within
    return (numbered(goods)[0].astype(np.uint64) << np.uint64(_WIDE_SLOT_BITS)) | within


@dataclass(frozen=True, slots=True, kw_only=True)
class Centred:
    """What is left of columns within cells; `n` rows, `C` cells, `K` regressors.

    Attributes:
        moments: Their moments.
        order: `(n,)` int64, the order that brings groups of persons together, ascending.
        gap: `(n,)` float64 in that order, `n / (n - 1) y~`; zero of a quote alone in its cell.
        size: `(C,)` int64, quotes of each cell.

    """

    moments: Moments
    order: Ints
    gap: Floats
    size: Ints


def quick_moments(  # noqa: PLR0913  columns of one table
    cell: Ints, cells: int, *, person: Keys, y: Floats, paid: Floats, x: Sequence[Column]
) -> Centred:
    """Return the moments of one outcome.

    Args:
        cell: `(n,)` numbers of cells from 0.
        cells: How many there are.
        person: `(n,)` keys.
        y: `(n,)` the outcome.
        paid: `(n,)` prices.
        x: `K` columns `(n,)`.

    """
    many = len(x)
    size = np.bincount(cell, minlength=cells)
    is_shared = size > 1
    means = np.empty((many + 1, cells))
    informative = np.zeros(many, np.int64)
    for k, column in enumerate((*x, y)):
        of_cells = np.bincount(cell, column, cells)
        np.divide(of_cells, np.maximum(size, 1), out=means[k])
        if k < many:
            informative[k] = (
                np.count_nonzero((of_cells > 0) & (of_cells < size))
                if _is_flag(column)
                else _varying(cell, cells, column)
            )
    weight = np.where(is_shared, size / np.maximum(size - 1, 1), 0.0)
    sums = _Sums(many)
    order = in_groups(person)
    gap = np.empty(len(y))
    root = np.sqrt(weight)
    rows = _Rows(x)
    ends = np.searchsorted((person >> _GROUP_SHIFT).astype(np.uint8)[order], np.arange(GROUPS + 1))
    most = int(np.diff(ends[::_TOGETHER]).max(initial=0))
    space, scratch = np.empty((many + 1) * most), np.empty((many + 1) * most)
    for group in range(0, GROUPS, _TOGETHER):
        first, last = ends[group], ends[group + _TOGETHER]
        if first == last:
            continue
        at = order[first:last]
        where = cell[at]
        values = space[: (many + 1) * len(at)].reshape(many + 1, len(at))
        rows.take(at, values)
        values[many] = y[at]
        sums.add_over_all(values, paid[at])
        for k in range(many + 1):
            values[k] -= means[k][where]
        heavy = weight[where]
        gap[first:last] = heavy * values[many]
        # By the root on either side: a matrix times itself takes half the work.
        heavier = np.multiply(values, root[where], out=scratch[: values.size].reshape(values.shape))
        for g in range(group, group + _TOGETHER):
            if ends[g] == ends[g + 1]:
                continue
            part = slice(ends[g] - first, ends[g + 1] - first)
            sums.count[g] = np.count_nonzero(heavy[part])
            sums.plain[g] = values[:, part] @ values[:, part].T
            sums.heavy[g] = heavier[:, part] @ heavier[:, part].T
    return Centred(
        moments=sums.moments(int(np.count_nonzero(is_shared)), informative, len(y)),
        order=order,
        gap=gap,
        size=size,
    )


class _Rows:
    """Regressors by row, those of single bytes side by side, so that one look fetches eight."""

    def __init__(self, x: Sequence[Column]) -> None:
        self._flags = [k for k, column in enumerate(x) if _is_flag(column)]
        self._others = {k: column for k, column in enumerate(x) if not _is_flag(column)}
        rows = len(x[0]) if x else 0
        lanes = -(-len(self._flags) // _LANE)
        packed = np.zeros((lanes, rows, _LANE), np.uint8)
        for i, k in enumerate(self._flags):
            packed[i // _LANE, :, i % _LANE] = x[k]
        self._packed = packed.view(np.uint64)[:, :, 0]

    def take(self, at: Ints, into: Floats) -> None:
        """Write columns of some rows into the first rows of an array."""
        lanes = [lane[at].view(np.uint8).reshape(-1, _LANE) for lane in self._packed]
        for i, k in enumerate(self._flags):
            into[k] = lanes[i // _LANE][:, i % _LANE]
        for k, column in self._others.items():
            into[k] = column[at]


class _Sums:
    """Sums over rows, added up block by block; the outcome is the last column."""

    def __init__(self, regressors: int) -> None:
        many = regressors + 1
        self.count = np.zeros(GROUPS, np.int64)
        self.plain = np.zeros((GROUPS, many, many))
        self.heavy = np.zeros((GROUPS, many, many))
        self.alone = np.zeros(many)
        self.squares = np.zeros(many)
        self.with_last = np.zeros(many)
        self.paid = np.zeros(many)

    def add_over_all(self, values: Floats, paid: Floats) -> None:
        """Add what is summed over all quotes, whatever their cell."""
        self.alone += values.sum(axis=1)
        self.squares += np.einsum("kn,kn->k", values, values)
        self.with_last += np.einsum("kn,n->k", values, values[-1])
        self.paid += np.einsum("kn,n->k", values, paid)

    def moments(self, cells: int, informative: Ints, rows: int) -> Moments:
        """Return the moments."""
        last = len(self.alone) - 1
        upper = np.triu_indices(last)
        return Moments(
            count=self.count,
            xx=self.plain[:, upper[0], upper[1]],
            xy=self.plain[:, :last, last].copy(),
            yy=self.plain[:, last, last].copy(),
            weighted_xx=self.heavy[:, upper[0], upper[1]],
            weighted_xy=self.heavy[:, :last, last].copy(),
            cells=np.array([cells], np.int64),
            informative=informative,
            rows=np.array([rows], np.int64),
            sum_y=np.array([self.alone[last], self.squares[last]]),
            sum_x=self.alone[:last].copy(),
            sum_xx=self.squares[:last].copy(),
            sum_xy=self.with_last[:last].copy(),
            paid_x=self.paid[:last].copy(),
        )


def _is_flag(column: Column) -> bool:
    return column.dtype.itemsize == 1


def _varying(cell: Ints, cells: int, column: Column) -> int:
    """Return in how many cells a column takes more than one value."""
    some = np.empty(cells, column.dtype)
    some[cell] = column
    varies = np.zeros(cells, np.bool_)
    varies[cell[column != some[cell]]] = True
    return int(np.count_nonzero(varies))
