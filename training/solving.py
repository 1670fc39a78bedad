"""Fits linear classifiers so that the same rows give the same weights on every machine.

A support vector machine with squared loss, solved in the dual by coordinate descent: row after
row, in an order drawn by a generator of whole numbers written here. The loop adds, multiplies and
divides single numbers of 32 bits one after the other, on one thread: no sum depends on how a
processor or a library would reorder it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from chengnuo.engines.jit import compiled


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Sparse rows.

    Attributes:
        starts: int64[n + 1].
        column: int64[entries].
        value: float32[entries].
        width: Number of columns.

    """

    starts: NDArray[np.int64]
    column: NDArray[np.int64]
    value: NDArray[np.float32]
    width: int


def dense(values: NDArray[np.float32]) -> Rows:
    """Return a matrix as rows."""
    count, width = values.shape
    return Rows(
        starts=np.arange(count + 1, dtype=np.int64) * width,
        column=np.tile(np.arange(width, dtype=np.int64), count),
        value=np.ascontiguousarray(values).ravel(),
        width=width,
    )


def fit(
    rows: Rows, is_so: NDArray[np.bool_], cost: NDArray[np.float32], rounds: int
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the weights, float32[width, classes], and the biases, float32[classes].

    All classes go through the rows together, because what takes long is to fetch the weights of a
    row; none of them changes what another one finds.

    Args:
        rows: The n rows.
        is_so: bool[n, classes], of the class or not.
        cost: float32[n, classes], what an error on a row costs; 0 leaves the row out.
        rounds: How often all rows are gone through.

    """
    signs = np.where(is_so, np.float32(1), np.float32(-1)).astype(np.float32)
    costs = np.ascontiguousarray(cost, dtype=np.float32)
    found = _compiled()(rows.starts, rows.column, rows.value, signs, costs, rows.width, rounds)
    return found[:-1], found[-1]


@cache
def _compiled() -> Callable[..., NDArray[np.float32]]:
    return compiled(descend)


def descend(  # noqa: C901, PLR0912, PLR0913, PLR0917  one loop, compiled as one
    starts: NDArray[np.int64],
    column: NDArray[np.int64],
    value: NDArray[np.float32],
    sign: NDArray[np.float32],
    cost: NDArray[np.float32],
    width: int,
    rounds: int,
) -> NDArray[np.float32]:
    """Return the weights and, in the last row, the biases: what `fit` has compiled.

    Its numbers are drawn modulo 2**64, which numpy warns of where this is not compiled.
    """
    count, classes = sign.shape
    one, half, none = np.float32(1), np.float32(0.5), np.float32(0)
    weights = np.zeros((width + 1, classes), dtype=np.float32)
    dual = np.zeros((count, classes), dtype=np.float32)
    length = np.empty(count, dtype=np.float32)
    for first in range(count):
        square = one
        for at in range(starts[first], starts[first + 1]):
            square += value[at] * value[at]
        length[first] = square
    order = np.arange(count)
    drawn = np.uint64(1)
    total = np.empty(classes, dtype=np.float32)
    step = np.empty(classes, dtype=np.float32)
    for _ in range(rounds):
        for last in range(count - 1, 0, -1):
            drawn = drawn * np.uint64(6364136223846793005) + np.uint64(1442695040888963407)
            other = np.int64((drawn >> np.uint64(33)) % np.uint64(last + 1))
            order[last], order[other] = order[other], order[last]
        for row in order:
            for each in range(classes):
                total[each] = weights[width, each]
            for at in range(starts[row], starts[row + 1]):
                place, part = column[at], value[at]
                for each in range(classes):
                    total[each] += weights[place, each] * part
            is_moved = False
            for each in range(classes):
                step[each] = none
                if cost[row, each] <= 0:
                    continue
                slack = half / cost[row, each]
                slope = sign[row, each] * total[each] - one + slack * dual[row, each]
                if dual[row, each] == 0 and slope >= 0:
                    continue
                moved = max(dual[row, each] - slope / (length[row] + slack), none)
                step[each] = (moved - dual[row, each]) * sign[row, each]
                dual[row, each] = moved
                is_moved = True
            if is_moved:
                for at in range(starts[row], starts[row + 1]):
                    place, part = column[at], value[at]
                    for each in range(classes):
                        weights[place, each] += step[each] * part
                for each in range(classes):
                    weights[width, each] += step[each]
    return weights
