"""Intervals of effects within cells whose spread is learnt from the quotes, by a wild bootstrap.

The error of `fitting` never understates; in cells of two it overstates by up to two fifths, and an
interval made of it is wider than need be. Here the same ratio of estimate and error is held against
what it does in made-up outcomes: residuals under "the effect is `b`", all those of one group of
persons turned or kept together (Cameron, Gelbach and Miller, Review of Economics and Statistics
90(3), 2008). An interval is all `b` that this test does not refuse.

Made-up outcomes are taken from the means of cells again, so that what two persons in one cell do to
each other's residual happens in them as in the truth; that is what makes the interval sharp where
cells are small. No row is touched for it: sums by group, and by pairs of groups that meet in a
cell, are all it takes, and of each made-up outcome only a ratio of polynomials in `b` is left.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from chengnuo.engines.fairness.cells import Within, groups_of, within_cells
from chengnuo.engines.fairness.moments import GROUPS, Floats, Ints
from chengnuo.engines.fairness.sample import CellSample
from chengnuo.engines.fairness.statistics import sums_by

DRAWS: Final = 999
FEW_GROUPS: Final = 12
"""Below so many groups there are too few ways to turn them (Webb, Canadian Journal of Economics
56(3), 2023): six weights are drawn from then, and two otherwise."""
_WEBB: Final = (-(1.5**0.5), -1.0, -(0.5**0.5), 0.5**0.5, 1.0, 1.5**0.5)
_CELLS_AT_ONCE: Final = 2048
_VANISHING: Final = 1e-12
_WIDEST: Final = 64.0
_HALVINGS: Final = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Inside:
    """Quotes of a sample within their cells; `n` quotes, `K` regressors.

    Attributes:
        within: The cells.
        group: `(n,)` int64, groups of persons.
        x: `(n, K)` float64, from the mean of the cell.
        y: `(n,)` float64, from the mean of the cell.

    """

    within: Within
    group: Ints
    x: Floats
    y: Floats


def inside_of(sample: CellSample) -> Inside:
    """Return a sample within its cells."""
    within = within_cells(sample.cell.astype(np.int64))
    x = sample.x[within.rows].astype(np.float64)
    for k in range(x.shape[1]):
        x[:, k] = within.centred(x[:, k])
    return Inside(
        within=within,
        group=groups_of(sample.person[within.rows]),
        x=x,
        y=within.centred(sample.y[within.rows]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class WildBootstrap:
    """One effect, and what its ratio does in `B` made-up outcomes.

    With `b` the effect that is tested, the made-up estimate is off by `moved - b * turned`, its
    squared error is `square - 2 b * cross + b^2 * slope`.

    Attributes:
        effect: The estimate.
        error: Its standard error, that of `fitting`.
        groups: Groups of persons with quotes.
        moved: `(B,)`; so are those below.
        turned: What the regressor itself moves.
        square: Of the error.
        cross: Of the error.
        slope: Of the error.

    """

    effect: float
    error: float
    groups: int
    moved: Floats
    turned: Floats
    square: Floats
    cross: Floats
    slope: Floats

    def p(self, at: float) -> float:
        """Return the p-value of "the effect is `at`", two-sided."""
        variance = self.square - 2 * at * self.cross + at * at * self.slope
        size = np.abs(self.moved - at * self.turned)
        as_large = size * self.error >= abs(self.effect - at) * np.sqrt(np.maximum(variance, 0))
        return float((1 + as_large.sum()) / (1 + len(size)))

    def interval(self, level: float) -> tuple[float, float]:
        """Return the interval that holds the effect with a confidence `level`."""
        if self.error <= 0:
            return self.effect, self.effect
        alpha = round(1 - level, 12)  # so that 0.1 is what 0.9 leaves
        return self._end(alpha, -self.error), self._end(alpha, self.error)

    def _end(self, alpha: float, step: float) -> float:
        while self.p(self.effect + step) > alpha:
            step *= 2
            if abs(step) > _WIDEST * self.error:
                return float(np.copysign(np.inf, step))
        near, far = 0.0, step
        for _ in range(_HALVINGS):
            middle = (near + far) / 2
            if self.p(self.effect + middle) > alpha:
                near = middle
            else:
                far = middle
        return self.effect + far


def wild_bootstrap(
    inside: Inside, k: int, seed: int, *, draws: int = DRAWS
) -> WildBootstrap | None:
    """Return the wild bootstrap of the effect of one regressor beside all others.

    None if it does not vary in cells, or is made up of others.

    Args:
        inside: Quotes within cells.
        k: The regressor.
        seed: Of the weights.
        draws: How many made-up outcomes.

    """
    others = np.delete(inside.x, k, axis=1)
    own = _apart(inside.x[:, k], others)
    y = _apart(inside.y, others)
    spread = float(own @ own)
    if spread <= _VANISHING * max(float(inside.x[:, k] @ inside.x[:, k]), _VANISHING):
        return None
    effect = float(own @ y) / spread
    heavy = inside.within.weight * own
    scores = sums_by(inside.group, heavy * (y - effect * own), GROUPS)
    weights = _weights(inside.group, seed, draws)
    of_y = _Turned(inside, own, heavy, y, weights, spread)
    of_x = _Turned(inside, own, heavy, own, weights, spread)
    return WildBootstrap(
        effect=effect,
        error=float(np.sqrt(scores @ scores)) / spread,
        groups=len(np.unique(inside.group)),
        moved=of_y.effect,
        turned=of_x.effect,
        square=(of_y.scores * of_y.scores).sum(axis=1) / spread**2,
        cross=(of_y.scores * of_x.scores).sum(axis=1) / spread**2,
        slope=(of_x.scores * of_x.scores).sum(axis=1) / spread**2,
    )


class _Turned:
    """What turned residuals do: `effect` `(B,)` to the estimate, `scores` `(B, G)` to its error."""

    def __init__(  # noqa: PLR0913, PLR0917  the regression, spelt out
        self,
        inside: Inside,
        own: Floats,
        heavy: Floats,
        residual: Floats,
        weights: Floats,
        spread: float,
    ) -> None:
        by_group = np.stack(
            [sums_by(inside.group, column * residual, GROUPS) for column in inside.x.T], axis=1
        )
        heavy_x = np.stack(
            [sums_by(inside.group, column * heavy, GROUPS) for column in inside.x.T], axis=1
        )
        # A turned outcome is fitted anew by all regressors, from the means of its cells.
        beta = weights @ by_group @ np.linalg.pinv(inside.x.T @ inside.x, hermitian=True)
        self.effect: Floats = weights @ sums_by(inside.group, own * residual, GROUPS) / spread
        self.scores: Floats = (
            weights * sums_by(inside.group, heavy * residual, GROUPS)
            - weights @ _met(inside, heavy, residual).T
            - beta @ heavy_x.T
        )


def _met(inside: Inside, heavy: Floats, residual: Floats) -> Floats:
    """Return `(G, G)`: `[g, h]` sums `heavy` of `g` times what `h` adds to the means of cells."""
    cell, size = inside.within.cell, inside.within.size
    order = np.argsort(cell, kind="stable")
    many = min(_CELLS_AT_ONCE, len(size))
    ends = np.searchsorted(cell[order], np.arange(0, len(size) + many, many))
    found = np.zeros((GROUPS, GROUPS))
    for number in range(len(ends) - 1):
        rows = order[ends[number] : ends[number + 1]]
        place = inside.group[rows] * many + cell[rows] - number * many
        one = sums_by(place, heavy[rows], GROUPS * many)
        other = sums_by(place, residual[rows] / size[cell[rows]], GROUPS * many)
        found += one.reshape(GROUPS, many) @ other.reshape(GROUPS, many).T
    return found


def _apart(column: Floats, others: Floats) -> Floats:
    """Return what of a column other columns do not make up."""
    if not others.shape[1]:
        return column
    inner = np.linalg.pinv(others.T @ others, hermitian=True)
    return np.asarray(column - others @ (inner @ (others.T @ column)), np.float64)


def _weights(group: Ints, seed: int, draws: int) -> Floats:
    """Return `(B, G)` weights of mean 0 and spread 1, drawn in the order of the groups."""
    random = np.random.default_rng(seed)
    values = _WEBB if len(np.unique(group)) < FEW_GROUPS else (-1.0, 1.0)
    return np.asarray(random.choice(values, (draws, GROUPS)), np.float64)
