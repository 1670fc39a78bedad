"""Another estimate of the same effects, that needs no cells: residuals from the local price.

Every quote is taken from what other persons were quoted for the same goods just before and after,
and so is every regressor; the one residual is then regressed on the others. That is the double
residual of Robinson (Econometrica 56(4), 1988), and "double machine learning" with a local line as
its learner and every person as a fold of its own: no quote of a person has a say in what he is
expected to pay. It also sees the quotes that are alone in their cell.

What it cannot do: it takes the price of goods to change smoothly over a few neighbouring quotes, so
it is blurred where prices jump, and wrong about an attribute that moves with the price from minute
to minute, as views do; it takes declared linear factors as linear, and learns nothing from other
goods, nor across the hour. Goods seldom quoted are not seen.
"""

from dataclasses import dataclass, replace
from typing import Final, Self

import numpy as np

from chengnuo.engines.fairness.cells import groups_of, within_cells
from chengnuo.engines.fairness.fitting import Flags
from chengnuo.engines.fairness.moments import GROUPS, Floats, Ints
from chengnuo.engines.fairness.sample import HourSample
from chengnuo.engines.fairness.statistics import sums_by

REACH: Final = 6
"""Neighbours looked at on either side, in the order of time."""
FARTHEST_S: Final = 1800
"""Neighbours farther away than this are none."""
_SINGULAR: Final = 1e-9
_SECONDS: Final = np.uint64(0xFFFF)
"""The last bits of a place hold the second of the hour."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """Effects of `K` regressors together, on some quotes.

    Attributes:
        effect: `(K,)` effects; NaN where nothing is left to tell them by.
        error: `(K,)` standard errors, clustered by person.
        freedom: Degrees of freedom: groups of persons with quotes, less one.
        quotes: Quotes that were seen.

    """

    effect: Floats
    error: Floats
    freedom: int
    quotes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """Quotes apart from their local price; `n` quotes in the order of hour, goods and time.

    Attributes:
        order: `(n,)` int64, which of the quotes given each one is.
        seen: `(n,)` whether other persons were quoted both before and after it.
        group: `(n,)` int64, groups of persons.
        y: `(n,)` residuals of the outcome, 0 where not seen.
        x: `(n, K)` residuals of regressors.
        weight: `(2 R, n)` float64, what the neighbour at each offset of `-R..-1, 1..R` adds to the
            local price of a quote.

    """

    order: Ints
    seen: Flags
    group: Ints
    y: Floats
    x: Floats
    weight: Floats

    @classmethod
    def of(cls, quotes: HourSample) -> Self:
        """Return quotes apart from their local price."""
        order = np.lexsort((quotes.person, quotes.place))
        hour, person = quotes.place[order] & ~_SECONDS, quotes.person[order]
        time = (quotes.place[order] & _SECONDS).astype(np.float64)
        n = len(order)
        kernel, apart = np.zeros((2 * REACH, n)), np.zeros((2 * REACH, n))
        for place, offset in enumerate(_OFFSETS):
            here, there = _pairs(n, offset)
            near = (hour[here] == hour[there]) & (person[here] != person[there])
            distance = time[there] - time[here]
            near &= np.abs(distance) <= FARTHEST_S
            kernel[place, here] = near
            apart[place, here] = np.where(near, distance, 0.0)
        weight, seen = _local_line(kernel, apart)
        bare = cls(
            order=order,
            seen=seen,
            group=groups_of(person),
            y=np.zeros(n),
            x=np.zeros((n, 0)),
            weight=weight,
        )
        columns = [bare.residual(one.astype(np.float64)) for one in quotes.x[order].T]
        return replace(
            bare,
            y=bare.residual(quotes.y[order]),
            x=np.column_stack(columns) if columns else bare.x,
        )

    def residual(self, column: Floats) -> Floats:
        """Return `(n,)` a column less its local mean; 0 where not seen."""
        local = np.zeros(len(column))
        for place, offset in enumerate(_OFFSETS):
            here, there = _pairs(len(column), offset)
            local[here] += self.weight[place, here] * column[there]
        return np.where(self.seen, column - local, 0.0)

    def reach(self, column: Floats) -> Floats:
        """Return `(n,)` what each quote's own deviation adds to `sum column * residual`."""
        own = np.where(self.seen, column, 0.0)
        found = own.copy()
        for place, offset in enumerate(_OFFSETS):
            here, there = _pairs(len(column), offset)
            found[there] -= self.weight[place, here] * own[here]
        return found

    def opinion(self, among: Flags) -> Opinion:
        """Return the effects as the quotes tell them that `among` `(n,)`, as given, marks."""
        rows = self.seen & among[self.order]
        x = np.where(rows[:, None], self.x, 0.0)
        inner = x.T @ x
        effect, error = np.full(len(inner), np.nan), np.full(len(inner), np.nan)
        scale = np.sqrt(np.diag(inner))
        kept = np.flatnonzero(scale > 0)
        unit = inner[np.ix_(kept, kept)] / np.outer(scale[kept], scale[kept])
        freedom = max(len(np.unique(self.group[rows])) - 1, 1)
        quotes = int(rows.sum())
        if not len(kept) or np.linalg.eigvalsh(unit)[0] < _SINGULAR:
            return Opinion(effect=effect, error=error, freedom=freedom, quotes=quotes)
        inverse = np.linalg.inv(unit) / np.outer(scale[kept], scale[kept])
        effect[kept] = inverse @ (x[:, kept].T @ self.y)
        left = np.where(self.seen, self.y - self.x[:, kept] @ effect[kept], 0.0)
        # Neighbours share in each other's residual; what counts is by how much the deviation of
        # each quote moves the estimate, wherever it enters.
        scores = np.stack(
            [sums_by(self.group, self.reach(x[:, k]) * left, GROUPS) for k in kept], axis=1
        )
        moved = scores @ inverse
        error[kept] = np.sqrt((moved * moved).sum(axis=0))
        return Opinion(effect=effect, error=error, freedom=freedom, quotes=quotes)


def compared(quotes: HourSample, window_s: int) -> Flags:
    """Return `(n,)` which quotes have another one in their cell."""
    slot = (quotes.place & _SECONDS) // np.uint64(window_s)
    cell = (quotes.place & ~_SECONDS) | slot
    found = np.zeros(len(cell), np.bool_)
    found[within_cells(cell.astype(np.int64)).rows] = True
    return found


_OFFSETS: Final = (*range(-REACH, 0), *range(1, REACH + 1))


def _pairs(n: int, offset: int) -> tuple[slice, slice]:
    """Return where a row and its neighbour stand."""
    first, last = max(0, -offset), max(min(n, n - offset), 0)
    return slice(min(first, last), last), slice(min(first, last) + offset, last + offset)


def _local_line(kernel: Floats, apart: Floats) -> tuple[Floats, Flags]:
    """Return the weights of a line through neighbours, read off at the quote, and who has them.

    Neighbours weigh by Epanechnikov's kernel over the farthest of them.
    """
    has = kernel > 0
    before = (has & (apart <= 0)).any(axis=0)
    after = (has & (apart >= 0)).any(axis=0)
    seen = np.asarray(before & after, np.bool_)
    width = np.maximum(np.abs(apart).max(axis=0, initial=0.0) * 1.01, 1.0)
    weight = np.where(has, 1 - (apart / width) ** 2, 0.0)
    total, first = weight.sum(axis=0), (weight * apart).sum(axis=0)
    second = (weight * apart * apart).sum(axis=0)
    spread = total * second - first * first
    is_line = spread > _SINGULAR * np.maximum(total * second, 1.0)
    line = weight * (second - first * apart) / np.where(is_line, spread, 1.0)
    flat = weight / np.where(total > 0, total, 1.0)
    return np.where(seen, np.where(is_line, line, flat), 0.0), seen
