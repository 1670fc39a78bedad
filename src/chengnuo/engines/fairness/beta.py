"""The regularised incomplete beta function, its inverse, and exact bounds of a share.

`I_x(a, b)` is the chance that a Beta(a, b) variable is at most `x`. It is summed as the continued
fraction of NIST DLMF 8.17.22 by Lentz's method (DLMF 3.10), on the side of the mean where it
converges fast; the inverse is found by bisection. Bounds of a share are those of Clopper and
Pearson (Biometrika 26, 1934).
"""

import math

_TINY = 1e-300
_NEAR = 1e-15
_MOST_TERMS = 100_000
_HALVINGS = 200


class BetaArgumentError(ValueError):
    """An argument is outside of what the functions of this module are defined on."""


def incomplete_beta(x: float, a: float, b: float) -> float:
    """Return `I_x(a, b)`, within about 1e-12.

    Args:
        x: From 0 to 1.
        a: Above 0.
        b: Above 0.

    Raises:
        BetaArgumentError: An argument is out of its range.

    >>> round(incomplete_beta(0.5, 2, 3), 12)
    0.6875

    """
    if not (0 <= x <= 1 and a > 0 and b > 0):
        raise BetaArgumentError(f"I_{x!r}({a!r}, {b!r}) is not defined")
    if x in {0, 1}:
        return float(x)
    if x > (a + 1) / (a + b + 2):
        return 1 - _by_fraction(1 - x, b, a)
    return _by_fraction(x, a, b)


def inverse_incomplete_beta(share: float, a: float, b: float) -> float:
    """Return the `x` at which `I_x(a, b)` is a share, to the last digits of a float.

    Args:
        share: From 0 to 1.
        a: Above 0.
        b: Above 0.

    Raises:
        BetaArgumentError: An argument is out of its range.

    """
    if not 0 <= share <= 1:
        raise BetaArgumentError(f"a share is from 0 to 1, not {share!r}")
    if share in {0, 1}:
        return float(share)
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if middle in {low, high}:
            break
        if incomplete_beta(middle, a, b) < share:
            low = middle
        else:
            high = middle
    return high


def share_upper_bound(hits: int, trials: int, alpha: float) -> float:
    """Return the upper bound of a share, that holds with confidence `1 - alpha`.

    Args:
        hits: From 0 to `trials`.
        trials: How many were looked at; with none the bound is 1.
        alpha: Above 0, below 1.

    >>> [trials for trials in (58, 59) if share_upper_bound(0, trials, 0.05) <= 0.05]
    [59]

    """
    return 1.0 if hits == trials else inverse_incomplete_beta(1 - alpha, hits + 1, trials - hits)


def share_lower_bound(hits: int, trials: int, alpha: float) -> float:
    """Return the lower bound of a share, that holds with confidence `1 - alpha`.

    Args:
        hits: From 0 to `trials`.
        trials: How many were looked at; with none the bound is 0.
        alpha: Above 0, below 1.

    """
    return 0.0 if hits == 0 else inverse_incomplete_beta(alpha, hits, trials - hits + 1)


def _by_fraction(x: float, a: float, b: float) -> float:
    """Return `I_x(a, b)` for `x` not above the mean, where the fraction converges fast."""
    scale = math.exp(
        math.lgamma(a + b)
        - math.lgamma(a)
        - math.lgamma(b)
        + a * math.log(x)
        + b * math.log1p(-x)
        - math.log(a)
    )
    fraction = ratio = 1.0
    inverse = 0.0
    for term in range(1, _MOST_TERMS):
        half = term // 2
        even, odd = half * (b - half), -(a + half) * (a + b + half)
        part = (odd if term % 2 else even) * x
        part /= (a + term - 1) * (a + term)
        inverse = 1 / _not_zero(1 + part * inverse)
        ratio = _not_zero(1 + part / ratio)
        step = ratio * inverse
        fraction *= step
        if abs(step - 1) < _NEAR:
            break
    return min(1.0, scale / fraction)


def _not_zero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY
