"""Ordinals as arrays, from what callers have."""

from collections.abc import Iterable

from chengnuo.engines.planes.lane import Ordinals
from chengnuo.engines.planes.late_numpy import np


def ordinals_of(numbers: Iterable[int]) -> Ordinals:
    """Return ordinals as an array; a number too great for one counts as nobody's."""
    return np.fromiter((one if -1 <= one < 2**62 else -1 for one in numbers), np.int64)
