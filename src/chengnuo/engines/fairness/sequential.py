"""Tests on pairs that may be looked at after every pair, and the test on a number fixed before.

A pair gives one difference `d`, cut to `[-clip, clip]`. An *e-process* starts at 1 and is, while
its null hypothesis is true, a fair or losing bet at every step: by Ville's inequality it ever
reaches `1 / alpha` with a chance of at most `alpha`, so one may look after each pair and stop at
will (Ramdas, Gruenwald, Vovk, Shafer: "Game-theoretic statistics and safe anytime-valid inference",
Statistical Science 38, 2023). Bets of several sizes `t` are held at once and the mean of their
fortunes is taken: `mean over t of the product of 1 + t (d - bound) / clip`.

The test with signs flipped is exact for a number of pairs that was fixed before (Fisher 1935).
All arrays of differences are `(n,)` float64, in the order in which the pairs came.
"""

import math
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

STAKES: Final = tuple(round(0.05 * step, 2) for step in range(1, 19))
"""Sizes of the bets that are held at once: 0.05 to 0.90; both ways, 36 bets."""
MOST_EXACT: Final = 20
"""Pairs for which all patterns of signs are tried."""
_ROUNDING = 1e-9
_DRAWS_AT_ONCE = 1024


def log_wealth_above(
    differences: Sequence[float], bound: float, clip: float, stakes: Sequence[float] = STAKES
) -> Floats:
    """Return the logarithm of the e-process against "the mean is at most `bound`".

    Args:
        differences: The differences.
        bound: Not beyond `clip`, either way.
        clip: What differences are cut to, above 0. The mean is that of cut differences.
        stakes: Sizes of the bets, above 0 and below `1 / (1 + bound / clip)`, or 1 for a bound
            below 0; smaller ones are taken as they are.

    Returns:
        `(n,)` float64: the logarithm after each pair.

    """
    cut = np.clip(np.asarray(differences, dtype=np.float64), -clip, clip)
    return _log_mean_wealth((cut - bound) / clip, stakes, clip / (clip + max(bound, 0.0)))


def log_wealth_either(
    differences: Sequence[float], bound: float, clip: float, stakes: Sequence[float] = STAKES
) -> Floats:
    """Return the logarithm of the e-process against "the mean is within `bound` of 0".

    Half of the stakes is on each side; the arguments are those of `log_wealth_above`.
    """
    turned = [-one for one in differences]
    above = log_wealth_above(differences, bound, clip, stakes)
    below = log_wealth_above(turned, bound, clip, stakes)
    return np.logaddexp(above, below) - math.log(2)


def log_wealth_within(
    differences: Sequence[float], margin: float, clip: float, stakes: Sequence[float] = STAKES
) -> Floats:
    """Return the smaller logarithm of the two e-processes against "a mean of `margin` or more".

    One is against a mean of at least `margin`, one against a mean of at most `-margin`. Absence is
    shown once both reach `1 / alpha` (an intersection-union test: no correction); so it is once the
    smaller does after the same pair.

    Args:
        differences: The differences.
        margin: Above 0, below `clip`.
        clip: What differences are cut to.
        stakes: Sizes of the bets.

    """
    turned = [-one for one in differences]
    not_above = log_wealth_above(turned, -margin, clip, stakes)
    not_below = log_wealth_above(differences, -margin, clip, stakes)
    return np.minimum(not_above, not_below)


def log_wealth_rare(
    hits: Sequence[bool], share: float, stakes: Sequence[float] = (1.0, *STAKES)
) -> Floats:
    """Return the logarithm of the e-process against "a hit has a chance of at least `share`".

    A stake of 1 loses everything at the first hit, and without any hit reaches `1 / alpha` after
    as many trials as the bound of Clopper and Pearson needs; half is put on it. The other stakes
    live on.

    Args:
        hits: Whether each trial was a hit.
        share: Above 0, below 1.
        stakes: Sizes of the bets, above 0, at most 1; the first gets half of the wealth.

    """
    steps = (share - np.asarray(hits, dtype=np.float64)) / (1 - share)
    first = _log_mean_wealth(steps, stakes[:1], 1.0)
    return np.logaddexp(first, _log_mean_wealth(steps, stakes[1:], 1.0)) - math.log(2)


def sign_flip_p(
    differences: Sequence[float], *, one_sided: bool = False, seed: int = 0, draws: int = 9999
) -> float:
    """Return the p-value of "each difference could as well have the other sign".

    Up to `MOST_EXACT` differences all patterns of signs are tried. Beyond, `draws` patterns are
    drawn, and the p-value is `(b + 1) / (draws + 1)`, `b` of them at least as far out: never too
    small (Phipson and Smyth, 2010).

    Args:
        differences: The differences; none give 1.
        one_sided: Whether only a sum above 0 counts as far out.
        seed: Of the draws.
        draws: How many patterns are drawn.

    """
    given = np.asarray(differences, dtype=np.float64)
    seen = float(given.sum()) if one_sided else abs(float(given.sum()))
    # A sum in another order may differ in its last digits from what it equals.
    reached = seen - _ROUNDING * float(np.abs(given).sum())
    if len(given) <= MOST_EXACT:
        sums = _all_sums(given)
        return float(np.count_nonzero((sums if one_sided else np.abs(sums)) >= reached) / len(sums))
    generator = np.random.default_rng(seed)
    beyond = 0
    for start in range(0, draws, _DRAWS_AT_ONCE):
        count = min(_DRAWS_AT_ONCE, draws - start)
        signs = 2.0 * generator.integers(0, 2, size=(count, len(given)), dtype=np.int8) - 1.0
        sums = signs @ given
        beyond += int(np.count_nonzero((sums if one_sided else np.abs(sums)) >= reached))
    return (beyond + 1) / (draws + 1)


def _all_sums(given: Floats) -> Floats:
    """Return the sums under all `2 ** n` patterns of signs."""
    sums = np.zeros(1)
    for one in given:
        sums = np.concatenate((sums + one, sums - one))
    return sums


def _log_mean_wealth(steps: Floats, stakes: Sequence[float], most: float) -> Floats:
    """Return the logarithm of the mean wealth of bets on `(n,)` steps.

    A stake of `most` may lose everything at one step and no more.
    """
    held = np.minimum(np.asarray(stakes, dtype=np.float64), most)
    with np.errstate(divide="ignore"):
        logs = np.log(np.maximum(1.0 + steps[:, None] * held[None, :], 0.0)).cumsum(axis=0)
    logs = np.nan_to_num(logs, nan=-np.inf, posinf=np.inf, neginf=-np.inf)
    top = logs.max(axis=1, initial=-np.inf)
    base = np.where(np.isneginf(top), 0.0, top)
    with np.errstate(divide="ignore"):
        mean = np.log(np.exp(logs - base[:, None]).mean(axis=1))
    return np.asarray(mean + base, dtype=np.float64)
