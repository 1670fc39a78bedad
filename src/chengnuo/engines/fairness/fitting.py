"""The regression of an outcome within cells, its errors clustered by person, from moments alone.

`beta = (sum x~x~')^-1 sum x~y~`. Its variance is `A^-1 (sum_g s_g s_g') A^-1` with
`s_g = sum over g of w x~ e` and `w = n / (n - 1)`: the residual that is left when the quote itself
is left out of its cell. That never understates the error of small cells; what it overstates leads
to "inconclusive", the right side for both claims.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from chengnuo.engines.fairness.moments import Floats, Ints, Moments

Flags = NDArray[np.bool_]

_SINGULAR: Final = 1e-9
_INVOLVED: Final = 1e-4
_VANISHING: Final = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """The regression on all regressors together; `K` of them.

    Attributes:
        effect: `(K,)` effects; zero where `is_estimable` is false.
        error: `(K,)` standard errors.
        influence: `(G, K)` what each group of persons adds to the effect's deviation.
        left: `(K,)` share of the regressor's variation over all quotes that is left inside cells
            when the declared linear factors are taken out.
        is_estimable: `(K,)` whether there is variation that no other regressor shares whole.
        freedom: Degrees of freedom: groups with quotes, less one.
        quotes: Quotes in cells of two and more.
        rows: All quotes.
        cells: Cells of two and more.
        informative: `(K,)` those in which the regressor takes more than one value.

    """

    effect: Floats
    error: Floats
    influence: Floats
    left: Floats
    is_estimable: Flags
    freedom: int
    quotes: int
    rows: int
    cells: int
    informative: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Gaps:
    """Effects of each regressor alone, nothing else in the regression.

    Attributes:
        marginal: `(K,)` the effect within cells: how the group fares.
        marginal_error: `(K,)` its standard errors.
        naive: `(K,)` the slope over all quotes, cells left out of account: what a headline shows.

    """

    marginal: Floats
    marginal_error: Floats
    naive: Floats


def square(triangle: Floats, size: int) -> Floats:
    """Return `(..., K, K)` symmetric matrices of their upper triangles, row by row."""
    rows, columns = np.triu_indices(size)
    whole = np.zeros((*triangle.shape[:-1], size, size))
    whole[..., rows, columns] = triangle
    whole[..., columns, rows] = triangle
    return whole


def fitted(moments: Moments, factors: int) -> Fit:
    """Return the regression on all regressors together.

    Args:
        moments: The moments.
        factors: How many regressors, from the first, are declared linear factors.

    """
    size = moments.regressors
    inner = square(moments.xx.sum(axis=0), size)
    scale = np.sqrt(np.diag(inner))
    varies = np.diag(inner) > _VANISHING * np.maximum(moments.sum_xx, 1e-300)
    safe = np.where(varies, scale, 1.0)
    unit = inner / np.outer(safe, safe)
    entangled = _entangled(unit, varies)
    kept = _independent(unit, varies)
    inverse = np.zeros((size, size))
    block = np.ix_(kept, kept)
    inverse[block] = np.linalg.inv(unit[block]) / np.outer(safe[kept], safe[kept])
    effect = inverse @ moments.xy.sum(axis=0)
    scores = moments.weighted_xy - square(moments.weighted_xx, size) @ effect
    influence = scores @ inverse
    groups = int((moments.count > 0).sum())
    return Fit(
        effect=effect,
        error=np.sqrt((influence * influence).sum(axis=0)),
        influence=influence,
        left=_left(moments, inner, factors),
        is_estimable=varies & ~entangled,
        freedom=max(groups - 1, 1),
        quotes=int(moments.count.sum()),
        rows=int(moments.rows[0]),
        cells=int(moments.cells[0]),
        informative=moments.informative,
    )


def gaps(moments: Moments) -> Gaps:
    """Return the effects of each regressor alone."""
    size = moments.regressors
    diagonal = np.cumsum([0, *range(size, 1, -1)])
    inner = moments.xx[:, diagonal].sum(axis=0)
    safe = np.where(inner > 0, inner, np.inf)
    marginal = moments.xy.sum(axis=0) / safe
    scores = moments.weighted_xy - moments.weighted_xx[:, diagonal] * marginal
    rows = max(int(moments.rows[0]), 1)
    spread = moments.sum_xx - moments.sum_x**2 / rows
    shared = moments.sum_xy - moments.sum_x * moments.sum_y[0] / rows
    return Gaps(
        marginal=marginal,
        marginal_error=np.sqrt((scores * scores).sum(axis=0)) / safe,
        naive=shared / np.where(spread > 0, spread, np.inf),
    )


def contrast(wide: Fit, narrow: Fit, regressor: int) -> tuple[float, float]:
    """Return by how much an effect moves to a narrower window, and the error of that.

    Both fits are of the same persons, so the error is that of the difference of influences: no
    assumption about which of the two is the better one.
    """
    moved = narrow.influence[:, regressor] - wide.influence[:, regressor]
    return (
        float(narrow.effect[regressor] - wide.effect[regressor]),
        float(np.sqrt(moved @ moved)),
    )


def _independent(unit: Floats, varies: Flags) -> list[int]:
    """Return regressors from the first on, without those that the ones before make up."""
    kept: list[int] = []
    for k in np.flatnonzero(varies):
        row = unit[k, kept]
        rest = unit[k, k] - row @ np.linalg.solve(unit[np.ix_(kept, kept)], row)
        if rest > _SINGULAR:
            kept.append(int(k))
    return kept


def _entangled(unit: Floats, varies: Flags) -> Flags:
    """Tell which regressors take part in a relation that makes the matrix singular."""
    place = np.flatnonzero(varies)
    found = np.zeros(len(unit), np.bool_)
    if len(place):
        values, vectors = np.linalg.eigh(unit[np.ix_(place, place)])
        null = vectors[:, values < _SINGULAR]
        found[place] = (np.abs(null) > _INVOLVED).any(axis=1)
    return found


def _left(moments: Moments, inner: Floats, factors: int) -> Floats:
    rows = max(int(moments.rows[0]), 1)
    spread = moments.sum_xx - moments.sum_x**2 / rows
    rest = np.diag(inner).copy()
    if factors:
        head = inner[:factors]
        taken = np.linalg.pinv(inner[:factors, :factors], hermitian=True) @ head
        rest[factors:] -= (head * taken).sum(axis=0)[factors:]
    share = rest / np.where(spread > 0, spread, np.inf)
    # What rounding leaves of an attribute that a factor takes out whole is nothing.
    return np.where(share > _SINGULAR, share, 0.0)
