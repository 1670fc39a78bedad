"""What each declared factor does: the price variance it removes, and estimates without it.

Every estimate is within cells of quotes of the same item in the same window under the same values
of the factors. To leave a factor out is: cells no longer told apart by it, its linear effect not
taken out, or its amount not added back. The residual variance of log prices then tells what the
factor removes beside the others, and the effects of attributes tell what hangs on declaring it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeVar

import numpy as np

from chengnuo.engines.fairness.cells import moments_of
from chengnuo.engines.fairness.fitting import Fit, fitted, square
from chengnuo.engines.fairness.moments import Floats, Ints, Keys, Moments
from chengnuo.engines.fairness.quick_moments import numbered, quick_moments

Part = TypeVar("Part")
_MOST_LABEL: Final = 2**62


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorQuotes:
    """Quotes with their declared factors apart; `n` quotes, whole windows of items.

    Attributes:
        person: `(n,)` uint64 keys.
        base: `(n,)` int64, item and window together, from 0.
        keys: Of each factor that cells are told apart by: `(n,)` int64 codes, from 0.
        backs: Of each add-back: `(n,)` float64 amounts.
        paid: `(n,)` float64 prices paid.
        x: `(n, K)` float64 regressors.
        linear: How many of them, from the first, are declared linear factors.

    """

    person: Keys
    base: Ints
    keys: tuple[Ints, ...]
    backs: tuple[Floats, ...]
    paid: Floats
    x: Floats
    linear: int

    @property
    def y(self) -> Floats:
        """The logarithm of price and add-backs."""
        listed: Floats = self.paid + sum(self.backs, np.zeros(len(self.paid)))
        return np.asarray(np.log(listed), np.float64)

    @property
    def cell(self) -> Ints:
        """Labels of the cells."""
        label, size = self.base, int(self.base.max(initial=0)) + 1
        for one in self.keys:
            values = int(one.max(initial=0)) + 1
            if size * values > _MOST_LABEL:
                label = np.unique(label, return_inverse=True)[1].reshape(-1).astype(np.int64)
                size = len(label)
            label, size = label * values + one, size * values
        return label

    def left_out(self) -> "tuple[FactorQuotes, ...]":
        """Return the quotes without each factor: first `keys`, then linear ones, then `backs`."""
        return (
            *(replace(self, keys=_but(self.keys, one)) for one in range(len(self.keys))),
            *(
                replace(self, x=np.delete(self.x, one, axis=1), linear=self.linear - 1)
                for one in range(self.linear)
            ),
            *(replace(self, backs=_but(self.backs, one)) for one in range(len(self.backs))),
        )

    def without_any(self) -> "FactorQuotes":
        """Return the quotes with item and window alone."""
        return replace(self, keys=(), backs=(), x=self.x[:, self.linear :], linear=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """Effects of attributes, and the variance of log prices that is left within cells.

    Attributes:
        effect: `(A,)` of the regressors that are no factor; nan where nothing can be said.
        error: `(A,)` standard errors; nan likewise.
        variance: What is left of the variance once the factors are taken out, unbiased.

    """

    effect: Floats
    error: Floats
    variance: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Factored:
    """What declared factors do.

    Attributes:
        variance: Of log prices, add-backs added, over all quotes.
        bare: With item and window taken out alone.
        whole: With all factors.
        without: Without each of them, in the order of `FactorQuotes.left_out`.

    """

    variance: float
    bare: float
    whole: Estimate
    without: tuple[Estimate, ...]


def factored_plainly(quotes: FactorQuotes) -> Factored:
    """Return what declared factors do, each by moments of its own."""
    return _factored(quotes, [_moments_plainly(one) for one in _all(quotes)])


def factored(quotes: FactorQuotes) -> Factored:
    """Return what declared factors do."""
    made: list[tuple[tuple[Ints, ...], Ints, int]] = []
    moments = []
    for one in _all(quotes):
        cell, cells = _cells(one, made)
        columns = [np.ascontiguousarray(column) for column in one.x.T]
        seen = quick_moments(cell, cells, person=one.person, y=one.y, paid=one.paid, x=columns)
        moments.append(seen.moments)
    return _factored(quotes, moments)


def _cells(
    quotes: FactorQuotes, made: list[tuple[tuple[Ints, ...], Ints, int]]
) -> tuple[Ints, int]:
    """Return numbers of cells and how many there are, those worked out before for the same keys."""
    for keys, cell, cells in made:
        # Quotes without a linear factor or an add-back lie in the same cells.
        if keys is quotes.keys:
            return cell, cells
    cell, first = numbered(quotes.cell.astype(np.uint64))
    made.append((quotes.keys, cell, len(first)))
    return cell, len(first)


def _all(quotes: FactorQuotes) -> Sequence[FactorQuotes]:
    return (quotes, quotes.without_any(), *quotes.left_out())


def _factored(quotes: FactorQuotes, moments: Sequence[Moments]) -> Factored:
    whole, bare, *without = (
        _estimate(one, each.linear) for one, each in zip(moments, _all(quotes), strict=True)
    )
    return Factored(
        variance=float(np.var(quotes.y, ddof=1)) if len(quotes.paid) > 1 else 0.0,
        bare=bare.variance,
        whole=whole,
        without=tuple(without),
    )


def _estimate(moments: Moments, linear: int) -> Estimate:
    fit: Fit = fitted(moments, linear)
    is_said = fit.is_estimable[linear:] & (fit.left[linear:] > 0)
    return Estimate(
        effect=np.where(is_said, fit.effect[linear:], np.nan),
        error=np.where(is_said, fit.error[linear:], np.nan),
        variance=_variance(moments, linear),
    )


def _variance(moments: Moments, linear: int) -> float:
    inner = square(moments.xx.sum(axis=0), moments.regressors)[:linear, :linear]
    shared = moments.xy.sum(axis=0)[:linear]
    taken = np.linalg.lstsq(inner, shared, rcond=None)[0] if linear else shared
    freedom = int(moments.count.sum()) - int(moments.cells[0]) - linear
    rest = float(moments.yy.sum() - shared @ taken)
    return max(rest, 0.0) / freedom if freedom > 0 else 0.0


def _moments_plainly(quotes: FactorQuotes) -> Moments:
    return moments_of(quotes.cell, quotes.person, quotes.y, quotes.paid, quotes.x)


def _but(parts: tuple[Part, ...], one: int) -> tuple[Part, ...]:
    return (*parts[:one], *parts[one + 1 :])
