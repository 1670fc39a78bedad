"""Single large gaps, which a mean hides.

What counts as large is told from the bulk of the gaps by a robust scale, the median distance from
the median: a standard deviation would be widened by the very quotes that are looked for. Bounds of
their share are those of Clopper and Pearson.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from chengnuo.engines.fairness.beta import share_upper_bound
from chengnuo.engines.fairness.moments import Floats, Ints
from chengnuo.engines.fairness.statistics import BIN_WIDTH, HALF_BINS, GapHistogram

_TO_SCALE: Final = 1.4826
"""Makes the median distance of a normal distribution its standard deviation."""
_SCALES: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Tail:
    """Large gaps.

    Attributes:
        scale: Robust scale of gaps.
        large: Beyond which a gap is a large one.
        quotes: Quotes in cells of two and more.
        above: Those with a gap above `large`.
        below: Those with a gap below `-large`.
        bound: Upper bound of the share of either, at the level asked for.

    """

    scale: float
    large: float
    quotes: int
    above: int
    below: int
    bound: float


def tail(gaps: GapHistogram, least: float, alpha: float) -> Tail:
    """Return the large gaps.

    Args:
        gaps: Histogram of gaps.
        least: A gap up to this is never a large one.
        alpha: Level of the bound.

    """
    centre: Floats = (np.arange(2 * HALF_BINS + 1, dtype=np.float64) - HALF_BINS) * BIN_WIDTH
    middle = _median(centre, gaps.count)
    scale = _TO_SCALE * _median(np.absolute(centre - np.float64(middle)), gaps.count)
    large = max(least, _SCALES * scale)
    quotes = int(gaps.count.sum())
    above = int(gaps.count[centre > large].sum())
    below = int(gaps.count[centre < -large].sum())
    return Tail(
        scale=scale,
        large=large,
        quotes=quotes,
        above=above,
        below=below,
        bound=share_upper_bound(above + below, quotes, alpha),
    )


def _median(value: Floats, count: Ints) -> float:
    order = np.argsort(value, kind="stable")
    reached = np.cumsum(count[order])
    if reached[-1] == 0:
        return 0.0
    return float(value[order[np.searchsorted(reached, (reached[-1] + 1) // 2)]])
