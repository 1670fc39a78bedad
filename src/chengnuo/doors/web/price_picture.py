"""Two pictures of an explained price: the steps to it, and where it lies among others.

Drawn by the server as strips in boxes of fixed size that the page stretches; no text stands in
them, names and amounts stand beside them. Lays out only.
"""

from collections.abc import Sequence
from itertools import pairwise

from chengnuo.domain.pricing.explaining import Explanation, Range
from chengnuo.doors.price_words import StepWords
from chengnuo.doors.web.price_strips import WIDTH, RangePicture, StepsPicture, Strip

_EDGE = 0.04
_NEAR = 0.5
"""Steps that together move the price by less than this share are drawn from near its lowest."""
_LEAST = 3.0
"""What is drawn is at least as wide."""


def steps_picture(steps: Sequence[StepWords]) -> StepsPicture:
    """Lay the steps out.

    Args:
        steps: The first is the usual price, which all others change.

    """
    reached = [one.reached for one in steps]
    low, high = min(reached), max(reached)
    spread = high - low
    first = 0 if spread > _NEAR * high else max(0, low - max(spread, high // 20))
    unit = WIDTH * (1 - _EDGE) / max(high - first, 1)
    ends = [(first, reached[0])]
    ends += pairwise(reached)
    ends.append((first, reached[-1]))
    strips = []
    for one, other in ends:
        left = (min(one, other) - first) * unit
        strips.append(_strip(left, abs(other - one) * unit))
    return StepsPicture(strips=tuple(strips), first=first)


def range_picture(told: Explanation) -> RangePicture | None:
    """Lay out where a price lies among others; None where nothing about others is told."""
    if told.among is None:
        return None
    known = (told.among, told.expected or told.among)
    low = min(told.listed, *(one.low for one in known))
    high = max(told.listed, *(one.high for one in known))
    pad = _EDGE * (high - low) or 1.0
    unit = WIDTH / (high - low + 2 * pad)

    def strip(one: Range) -> Strip:
        return _strip((one.low - low + pad) * unit, (one.high - one.low) * unit)

    return RangePicture(
        others=strip(told.among),
        expected=None if told.expected is None else strip(told.expected),
        mine=round((told.listed - low + pad) * unit, 2),
    )


def _strip(left: float, wide: float) -> Strip:
    return Strip(left=round(min(left, WIDTH - _LEAST), 2), wide=round(max(wide, _LEAST), 2))
