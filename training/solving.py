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
) -> tuple[NDArray[np.float32], float]:
    """Return the weights, float32[width], and the bias.

    Args:
        rows: The n rows.
        is_so: bool[n], of the class or not.
        cost: float32[n], what an error on a row costs; 0 leaves the row out.
        rounds: How often all rows are gone through.

    """
    signs = np.where(is_so, np.float32(1), np.float32(-1)).astype(np.float32)
    found = _compiled()(rows.starts, rows.column, rows.value, signs, cost, rows.width, rounds)
    return found[:-1], float(found[-1])


@cache
def _compiled() -> Callable[..., NDArray[np.float32]]:
    return compiled(_descend)


def _descend(  # noqa: PLR0913, PLR0917
    starts: NDArray[np.int64],
    column: NDArray[np.int64],
    value: NDArray[np.float32],
    sign: NDArray[np.float32],
    cost: NDArray[np.float32],
    width: int,
    rounds: int,
) -> NDArray[np.float32]:
    count = len(starts) - 1
    one, half = np.float32(1), np.float32(0.5)
    weights = np.zeros(width + 1, dtype=np.float32)
    dual = np.zeros(count, dtype=np.float32)
    length = np.empty(count, dtype=np.float32)
    for first in range(count):
        total = one
        for at in range(starts[first], starts[first + 1]):
            total += value[at] * value[at]
        length[first] = total
    order = np.arange(count)
    drawn = np.uint64(1)
    for _ in range(rounds):
        for last in range(count - 1, 0, -1):
            drawn = drawn * np.uint64(6364136223846793005) + np.uint64(1442695040888963407)
            other = np.int64((drawn >> np.uint64(33)) % np.uint64(last + 1))
            order[last], order[other] = order[other], order[last]
        for row in order:
            if cost[row] <= 0:
                continue
            total = weights[width]
            for at in range(starts[row], starts[row + 1]):
                total += weights[column[at]] * value[at]
            slack = half / cost[row]
            slope = sign[row] * total - one + slack * dual[row]
            if dual[row] == 0 and slope >= 0:
                continue
            moved = max(dual[row] - slope / (length[row] + slack), np.float32(0))
            step = (moved - dual[row]) * sign[row]
            dual[row] = moved
            for at in range(starts[row], starts[row + 1]):
                weights[column[at]] += step * value[at]
            weights[width] += step
    return weights
