"""Moments within cells: all that a regression of one outcome within cells needs, and they add up.

A cell holds the quotes of the same thing under the same declared conditions in the same window of
time. Within it every column is taken from its mean: `y~ = y - mean(y)`, `x~ = x - mean(x)`. Sums of
their products, kept apart by groups of persons, give the estimate and its error clustered by person
whatever the number of quotes; sums of two parts of the quotes add up to those of both, as long as
no cell lies in both parts.

Only cells of two quotes and more count. The weight of a quote is `n / (n - 1)`, `n` the quotes of
its cell: it turns a residual into the one left when the quote itself is left out, and keeps errors
of small cells from being understated.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Self

import numpy as np
from numpy.typing import NDArray

GROUPS = 256
"""Groups of persons that errors are clustered by: the first two hex digits of a person's key."""

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Keys = NDArray[np.uint64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moments:
    """Sums of one outcome `y` and `K` regressors `x` over quotes, by `G` groups of persons.

    `T = K (K + 1) / 2`: the upper triangle of a symmetric matrix, row by row.

    Attributes:
        count: `(G,)` int64, quotes in cells of two and more.
        xx: `(G, T)` float64, sums of `x~ x~'`.
        xy: `(G, K)` float64, sums of `x~ y~`.
        yy: `(G,)` float64, sums of `y~ y~`.
        weighted_xx: `(G, T)` float64, sums of `n / (n - 1) x~ x~'`.
        weighted_xy: `(G, K)` float64, sums of `n / (n - 1) x~ y~`.
        cells: `(1,)` int64, cells of two quotes and more.
        informative: `(K,)` int64, those of them in which the regressor takes more than one value.
        rows: `(1,)` int64, all quotes, those alone in their cell too.
        sum_y: `(2,)` float64, sums of `y` and of `y y` over all quotes.
        sum_x: `(K,)` float64, sums of `x` over all quotes.
        sum_xx: `(K,)` float64, sums of `x x`, each regressor with itself, over all quotes.
        sum_xy: `(K,)` float64, sums of `x y` over all quotes.
        paid_x: `(K,)` float64, sums of the price paid times `x` over all quotes, in the currency.

    """

    count: Ints
    xx: Floats
    xy: Floats
    yy: Floats
    weighted_xx: Floats
    weighted_xy: Floats
    cells: Ints
    informative: Ints
    rows: Ints
    sum_y: Floats
    sum_x: Floats
    sum_xx: Floats
    sum_xy: Floats
    paid_x: Floats

    @property
    def regressors(self) -> int:
        """How many regressors there are, `K`."""
        return len(self.sum_x)

    def __add__(self, other: Self) -> Self:
        """Return the sums over both; no cell may lie in both."""
        return type(self)(
            **{one.name: getattr(self, one.name) + getattr(other, one.name) for one in fields(self)}
        )


def no_moments(regressors: int) -> Moments:
    """Return the sums over no quotes, for `regressors` columns."""
    triangle = regressors * (regressors + 1) // 2
    return Moments(
        count=np.zeros(GROUPS, np.int64),
        xx=np.zeros((GROUPS, triangle)),
        xy=np.zeros((GROUPS, regressors)),
        yy=np.zeros(GROUPS),
        weighted_xx=np.zeros((GROUPS, triangle)),
        weighted_xy=np.zeros((GROUPS, regressors)),
        cells=np.zeros(1, np.int64),
        informative=np.zeros(regressors, np.int64),
        rows=np.zeros(1, np.int64),
        sum_y=np.zeros(2),
        sum_x=np.zeros(regressors),
        sum_xx=np.zeros(regressors),
        sum_xy=np.zeros(regressors),
        paid_x=np.zeros(regressors),
    )


def total(parts: Sequence[Moments], regressors: int) -> Moments:
    """Return the sums over all parts, of which no two share a cell."""
    return sum(parts, no_moments(regressors))
