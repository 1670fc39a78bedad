"""Two claims about one effect, each with its own burden: that it is there, that it is not.

*There*: the effect is beyond dust, by a test of a minimum effect, and of many such tests the share
of false ones is held down (Benjamini and Hochberg, 1995). *Not there*: the effect is within a
margin, by two one-sided tests (Schuirmann, 1987). Many claims of the second sort together need no
correction: each must pass (Berger's intersection-union test, 1982).
"""

import math
from collections.abc import Sequence

from chengnuo.engines.fairness.quantiles import normal_quantile, t_beyond, t_quantile


def beyond_p(effect: float, error: float, dust: float, freedom: float) -> float:
    """Return the p-value of "the effect is at most `dust`, either way"."""
    if error <= 0:
        return 0.0 if abs(effect) > dust else 1.0
    above = t_beyond((abs(effect) - dust) / error, freedom)
    return min(1.0, above + t_beyond((abs(effect) + dust) / error, freedom))


def reach(effect: float, error: float, alpha: float, freedom: float) -> float:
    """Return the smallest margin within which the effect is shown to be, at level `alpha`."""
    return abs(effect) + t_quantile(1 - alpha, freedom) * error


def within_p(effect: float, error: float, margin: float, freedom: float) -> float:
    """Return the p-value of "the effect is the margin or more": the larger of two one-sided."""
    if error <= 0:
        return 0.0 if abs(effect) < margin else 1.0
    return t_beyond((margin - abs(effect)) / error, freedom)


def found_among(p_values: Sequence[float], rate: float) -> tuple[bool, ...]:
    """Return which of several are found, so that at most a share `rate` of them is false."""
    order = sorted(range(len(p_values)), key=p_values.__getitem__)
    last = 0
    for rank, place in enumerate(order, 1):
        if p_values[place] <= rate * rank / len(p_values):
            last = rank
    found = {*order[:last]}
    return tuple(place in found for place in range(len(p_values)))


def quotes_needed(
    effect: float, error: float, margin: float, quotes: int, alpha: float
) -> int | None:
    """Return about how many quotes would show the effect within the margin, in 19 cases of 20.

    None if the effect as estimated is not within the margin.
    """
    room = margin - abs(effect)
    if room <= 0:
        return None
    times = (normal_quantile(1 - alpha) + normal_quantile(0.95)) * error / room
    return math.ceil(quotes * times * times)
