"""Two samples of rates: their quantiles, and how one is to the other, with an interval.

Rates of transfers are skewed, so that their logarithms are compared: the ratio is one of
geometric means. What the same account did is one sample, its mean logarithm, as its transfers go
together; accounts are compared within each stratum (the network that they were on), by Welch's
unequal variances, and strata are put together by the inverse of their variances.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chengnuo.engines.fairness.quantiles import t_quantile
from chengnuo.engines.fairness.statistics import sums_by

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

FEWEST = 5
"""Accounts of each side that a stratum needs; with fewer it is left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RateRatio:
    """How one sample is to the other.

    Attributes:
        ratio: Of the first to the second, as geometric means; NaN where nothing was compared.
        low: Lower end of the interval.
        high: Upper end.
        compared: Accounts of both sides that were compared.

    """

    ratio: float
    low: float
    high: float
    compared: tuple[int, int]


NOT_COMPARED = RateRatio(ratio=math.nan, low=0.0, high=math.inf, compared=(0, 0))


def rate_ratio(
    rate: Floats, is_first: NDArray[np.bool_], account: Ints, stratum: Ints, *, alpha: float
) -> RateRatio:
    """Return how the rates of the first side are to those of the second.

    Args:
        rate: `(n,)` float64, above 0.
        is_first: `(n,)` which side each is of; an account may be of both, at different times.
        account: `(n,)` int64, from 0.
        stratum: `(n,)` int64, from 0.
        alpha: The interval holds with confidence `1 - alpha`, both ends together.

    """
    if not rate.size:
        return NOT_COMPARED
    accounts = int(account.max()) + 1
    place = (stratum * 2 + is_first) * accounts + account
    used, unit = np.unique(place, return_inverse=True)
    count = sums_by(unit, np.ones(rate.size), used.size)
    mean = sums_by(unit, np.log(rate), used.size) / count
    side, of = used // accounts % 2, used // (2 * accounts)
    parts = []
    for one in np.unique(of).tolist():
        first, second = mean[(of == one) & (side == 1)], mean[(of == one) & (side == 0)]
        if min(first.size, second.size) >= FEWEST:
            parts.append(_compared(first, second))
    if not parts:
        return NOT_COMPARED
    weights = np.array([1 / max(part[1], 1e-12) for part in parts])
    weights /= weights.sum()
    gap = float(sum(w * part[0] for w, part in zip(weights, parts, strict=True)))
    shares = [w * w * part[1] for w, part in zip(weights, parts, strict=True)]
    variance = float(sum(shares))
    bends = sum(s * s / part[2] for s, part in zip(shares, parts, strict=True))
    freedom = variance * variance / bends if bends > 0 else 1e9
    reach = t_quantile(1 - alpha / 2, freedom) * math.sqrt(variance)
    return RateRatio(
        ratio=math.exp(gap),
        low=math.exp(gap - reach),
        high=math.exp(gap + reach),
        compared=(sum(part[3] for part in parts), sum(part[4] for part in parts)),
    )


def _compared(first: Floats, second: Floats) -> tuple[float, float, float, int, int]:
    """Return the gap of two samples, its variance and degrees of freedom (Welch), and sizes."""
    a, b = float(first.var(ddof=1)) / first.size, float(second.var(ddof=1)) / second.size
    bend = a * a / (first.size - 1) + b * b / (second.size - 1)
    freedom = (a + b) ** 2 / bend if bend > 0 else 1e9
    return float(first.mean() - second.mean()), a + b, freedom, first.size, second.size
