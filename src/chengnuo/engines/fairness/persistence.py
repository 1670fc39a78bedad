"""Whether a person's prices stay off those of others, whatever is known of the person.

`sigma^2` is the mean of products of two gaps of the same person in different cells. If a price does
not depend on the person given its cell, that mean is zero; a hidden list of persons who pay more
makes it positive, although no logged attribute shows it. Its square root is the spread of lasting
personal mark-ups.

The test permutes persons inside cells and is exact where errors are exchangeable there. The bound
comes from a jackknife that leaves out one of fifty groups of persons at a time.
"""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from chengnuo.engines.fairness.cells import gaps_of, within_cells
from chengnuo.engines.fairness.dealing import Dealing
from chengnuo.engines.fairness.moments import Floats
from chengnuo.engines.fairness.quantiles import t_beyond, t_quantile
from chengnuo.engines.fairness.quick_moments import dot
from chengnuo.engines.fairness.sample import CellSample
from chengnuo.engines.fairness.statistics import PersonSums, sums_by

FOLDS: Final = 50
_PERSONS: Final = 500_000
_BLANK: Final = np.uint64(16)
"""The last bits of a key are zero."""
_ENOUGH: Final = 20
"""Permutations as large as the truth after which a p-value is known well enough to stop
(Besag and Clifford, 1991)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Persistence:
    """Lasting personal mark-ups.

    Attributes:
        variance: Estimate of `sigma^2`, may be below zero.
        error: Its standard error by the jackknife; infinite where there are too few persons.
        persons: Persons with two quotes and more in different cells.

    """

    variance: float
    error: float
    persons: int

    @property
    def sigma(self) -> float:
        """The spread of lasting personal mark-ups, in logarithms."""
        return math.sqrt(max(self.variance, 0.0))

    def bound(self, alpha: float) -> float:
        """Return what sigma is at most, with confidence `1 - alpha`."""
        if math.isinf(self.error):
            return math.inf
        top = self.variance + t_quantile(1 - alpha, FOLDS - 1) * self.error
        return math.sqrt(max(top, 0.0))

    def beyond_p(self, dust: float) -> float:
        """Return the p-value of "sigma is at most `dust`"."""
        if math.isinf(self.error):
            return 1.0
        over = self.variance - dust * dust
        if self.error <= 0:
            return 0.0 if over > 0 else 1.0
        return t_beyond(over / self.error, FOLDS - 1)


def persistence(sums: PersonSums) -> Persistence:
    """Return the lasting personal mark-ups that sums by person tell of."""
    top, bottom, persons = np.zeros(FOLDS), np.zeros(FOLDS), 0
    # Some persons after others, so that what is worked out of millions is never much.
    for first in range(0, len(sums.key), _PERSONS):
        rows = slice(first, first + _PERSONS)
        count, gap = sums.count[rows], sums.gap[rows]
        pairs = count * (count - 1) - sums.shared_pairs[rows]
        has = pairs > 0
        # By the number of quotes less one, so that who asks often does not decide.
        weight = 1 / np.maximum(count[has] - 1, 1)
        product = (gap[has] ** 2 - sums.square[rows][has] - sums.shared[rows][has]) * weight
        fold = ((sums.key[rows][has] >> _BLANK) % np.uint64(FOLDS)).astype(np.int64)
        top += sums_by(fold, product, FOLDS)
        bottom += sums_by(fold, pairs[has] * weight, FOLDS)
        persons += int(has.sum())
    if (bottom.sum() - bottom <= 0).any() or (bottom > 0).sum() < FOLDS:
        whole = float(top.sum() / bottom.sum()) if bottom.sum() > 0 else 0.0
        return Persistence(variance=whole, error=math.inf, persons=persons)
    without = (top.sum() - top) / (bottom.sum() - bottom)
    apart = without - without.mean()
    return Persistence(
        variance=float(top.sum() / bottom.sum()),
        error=float(np.sqrt((FOLDS - 1) / FOLDS * (apart @ apart))),
        persons=persons,
    )


def permutation_p(sample: CellSample, seed: int, *, most: int = 999) -> float:
    """Return the p-value of "which person got which price of a cell is chance".

    Args:
        sample: Whole cells.
        seed: Of the permutations.
        most: The most permutations.

    """
    within = within_cells(sample.cell.astype(np.int64))
    gap = gaps_of(within, sample.y[within.rows])
    _, who = np.unique(sample.person[within.rows], return_inverse=True)
    met, place = np.unique(within.cell * (int(who.max(initial=0)) + 1) + who, return_inverse=True)
    count = np.bincount(who)
    weight = 1 / np.maximum(count - 1, 1)
    # The gap of a person in a cell is the sum of his gaps there: products inside it do not count.
    owner = (met % (int(who.max(initial=0)) + 1)).astype(np.int64)

    def mean_of(gaps: Floats) -> float:
        inside = sums_by(place, gaps, len(met))
        between = sums_by(who, gaps, len(count)) ** 2
        return dot(weight, between) - dot(weight[owner], inside * inside)

    truth = mean_of(gap)
    random = np.random.default_rng(seed)
    dealing = Dealing(within.cell)
    as_large = done = 0
    while done < most and as_large < _ENOUGH:
        as_large += mean_of(gap[dealing.order(random)]) >= truth
        done += 1
    # Stopped early, the p-value is the share itself; else the truth counts as one permutation.
    return as_large / done if as_large >= _ENOUGH else (as_large + 1) / (done + 1)
