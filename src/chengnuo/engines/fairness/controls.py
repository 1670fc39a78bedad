"""Two controls on the operator's own quotes: nothing there is not found, something there is.

Inside every cell the prices are dealt anew to its quotes, so that none can depend on a person: what
is then found is false. Onto such a copy a mark-up of the margin is laid for one attribute after the
other: what is then not found would have been missed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from chengnuo.engines.fairness.cells import groups_of, moments_of, within_cells
from chengnuo.engines.fairness.claims import beyond_p, found_among
from chengnuo.engines.fairness.fitting import fitted
from chengnuo.engines.fairness.moments import GROUPS, Floats, Ints
from chengnuo.engines.fairness.statistics import CellSample, sums_by

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
    return replace(sample, limit=most).bounded() if len(sample.y) > most else sample


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
    labels = few.cell.astype(np.int64)
    within = within_cells(labels)
    x = few.x.astype(np.float64)
    moments = moments_of(labels, few.person, few.y, few.paid, x)
    inside = np.stack([within.centred(column) for column in x[within.rows].T], axis=1)
    group = groups_of(few.person[within.rows])
    random = np.random.default_rng(seed)
    by_cell = np.argsort(within.cell, kind="stable")
    y = within.centred(few.y[within.rows])
    false = planted = found = 0
    for _ in range(RUNS if audited else 0):
        dealt = np.empty_like(y)
        dealt[by_cell] = y[np.argsort(within.cell + random.random(len(y)))]
        # Only what holds the outcome changes.
        fit = fitted(
            replace(
                moments,
                xy=_by_group(group, inside * dealt[:, None]),
                weighted_xy=_by_group(group, inside * (within.weight * dealt)[:, None]),
            ),
            factors,
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


def _by_group(group: Ints, products: Floats) -> Floats:
    return np.stack([sums_by(group, column, GROUPS) for column in products.T], axis=1)


def _p(effect: float, error: float, dust: float, freedom: int) -> float:
    return beyond_p(float(effect), float(error), dust, freedom)
