"""Two controls on the operator's own quotes: nothing there is not found, something there is.

Inside every cell the prices are dealt anew to its quotes, so that none can depend on a person: what
is then found is false. Onto such a copy a mark-up of the margin is laid for one attribute after the
other: what is then not found would have been missed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from chengnuo.engines.fairness.cells import groups_of, within_cells
from chengnuo.engines.fairness.claims import beyond_p, found_among
from chengnuo.engines.fairness.dealing import Dealing
from chengnuo.engines.fairness.fitting import fitted
from chengnuo.engines.fairness.moments import GROUPS, Floats, Ints
from chengnuo.engines.fairness.quick_moments import numbered, quick_moments
from chengnuo.engines.fairness.sample import CellSample

RUNS: Final = 20
MOST_QUOTES: Final = 200_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Controls:
    """What two controls saw.

    Attributes:
        runs: Copies made.
        false: Copies in which something was found though nothing is there.
        planted: Mark-ups laid onto copies.
        found: Those of them that were found.

    """

    runs: int
    false: int
    planted: int
    found: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """What a difference has to pass to be called found.

    Attributes:
        dust: A difference up to this is not.
        rate: Share of false ones among those found.
        margin: The mark-up that is planted.

    """

    dust: float
    rate: float
    margin: float


def few_cells(sample: CellSample, most: int) -> CellSample:
    """Return the sample bounded to fewer quotes."""
    return sample.few(most)


def controlled(
    sample: CellSample, factors: int, audited: Sequence[int], bar: Bar, seed: int
) -> Controls:
    """Return what the controls see.

    Args:
        sample: Whole cells.
        factors: How many regressors, from the first, are declared linear factors.
        audited: Regressors that are audited.
        bar: What has to be passed.
        seed: Of the dealing.

    """
    few = few_cells(sample, MOST_QUOTES)
    within = within_cells(few.cell.astype(np.int64))
    x = few.x.astype(np.float64)
    number, first = numbered(few.cell)
    moments = quick_moments(
        number, len(first), person=few.person, y=few.y, paid=few.paid, x=list(x.T)
    ).moments
    group = groups_of(few.person[within.rows])
    order = np.argsort(group, kind="stable")
    ends = np.searchsorted(group[order], np.arange(GROUPS + 1))
    inside = np.stack([within.centred(column) for column in x[within.rows].T])[:, order]
    weight = within.weight[order]
    y = within.centred(few.y[within.rows])
    random, dealing = np.random.default_rng(seed), Dealing(within.cell)
    dealt = np.empty((RUNS if audited else 0, len(y)))
    for one in dealt:
        one[:] = y[dealing.order(random)][order]
    # Only what holds the outcome changes from copy to copy.
    xy, weighted_xy = _by_group(inside, dealt, ends), _by_group(inside * weight, dealt, ends)
    false = planted = found = 0
    for run in range(len(dealt)):
        fit = fitted(
            replace(moments, xy=xy[:, :, run], weighted_xy=weighted_xy[:, :, run]), factors
        )
        p_values = [_p(fit.effect[k], fit.error[k], bar.dust, fit.freedom) for k in audited]
        false += any(found_among(p_values, bar.rate))
        for place, k in enumerate(audited):
            # Laying `margin * x` onto the outcome moves its effect by the margin and no residual.
            raised = _p(fit.effect[k] + bar.margin, fit.error[k], bar.dust, fit.freedom)
            with_it = [*p_values[:place], raised, *p_values[place + 1 :]]
            planted += 1
            found += found_among(with_it, bar.rate)[place]
    return Controls(runs=RUNS if audited else 0, false=false, planted=planted, found=found)


def _by_group(inside: Floats, dealt: Floats, ends: Ints) -> Floats:
    """Return `(G, K, R)` sums of products of regressors and dealt outcomes by group of persons."""
    sums = np.zeros((GROUPS, len(inside), len(dealt)))
    for g in range(GROUPS):
        rows = slice(ends[g], ends[g + 1])
        sums[g] = inside[:, rows] @ dealt[:, rows].T
    return sums


def _p(effect: float, error: float, dust: float, freedom: int) -> float:
    return beyond_p(float(effect), float(error), dust, freedom)
