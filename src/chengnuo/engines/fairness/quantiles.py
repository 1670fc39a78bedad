"""Normal and Student's t distribution: chances and quantiles."""

import math
from functools import lru_cache
from statistics import NormalDist

from chengnuo.engines.fairness.beta import incomplete_beta, inverse_incomplete_beta

_NORMAL = NormalDist()


def normal_quantile(share: float) -> float:
    """Return the quantile of the standard normal distribution, `share` between 0 and 1.

    >>> round(normal_quantile(0.975), 6)
    1.959964

    """
    return _NORMAL.inv_cdf(share)


def t_beyond(t: float, freedom: float) -> float:
    """Return the chance that Student's t is above `t` (NIST DLMF 8.17, by the beta function).

    >>> round(t_beyond(2.0, 10), 6)
    0.036694

    """
    if math.isinf(t):
        return 0.0 if t > 0 else 1.0
    whole = freedom + t * t
    if t * t < freedom:
        # Near zero the share below is the one that keeps its digits.
        half = (1 - incomplete_beta(t * t / whole, 0.5, freedom / 2)) / 2
    else:
        half = incomplete_beta(freedom / whole, freedom / 2, 0.5) / 2
    return half if t >= 0 else 1 - half


@lru_cache(maxsize=1024)
def t_quantile(share: float, freedom: float) -> float:
    """Return the quantile of Student's t, `share` between 0 and 1.

    >>> round(t_quantile(0.975, 10), 6)
    2.228139

    """
    if share == 0.5:  # noqa: PLR2004 (the middle)
        return 0.0
    tail = min(share, 1 - share)
    x = inverse_incomplete_beta(2 * tail, freedom / 2, 0.5)
    size = math.sqrt(freedom * (1 - x) / x)
    return size if share > tail else -size
