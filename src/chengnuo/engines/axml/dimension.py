"""Lengths in layouts: how many density-independent pixels, whichever form they were kept in.

ResourceTypes.h, "complex" data: bits 0 to 3 name the unit, 4 to 5 where the point stands, 8 to 31
the number with a sign. A text form writes the unit behind the number (`24dp`). One dp is 1/160
inch; a pixel is at most one dp on the screens of phones, which have 160 of them in an inch or more.
"""

import re

from chengnuo.engines.axml.element import Raw, Value
from chengnuo.engines.axml.res_value import DIMENSION

_WRITTEN = re.compile(r"\s*(-?[0-9]{1,6}(?:\.[0-9]{0,6})?)\s*(dip|dp|sp|pt|px|in|mm)\s*")
_UNITS = ("px", "dp", "sp", "pt", "in", "mm")
_DP = {"px": 1.0, "dp": 1.0, "dip": 1.0, "sp": 1.0, "pt": 160 / 72, "in": 160.0, "mm": 160 / 25.4}
_POINTS = (1 << 0, 1 << 7, 1 << 15, 1 << 23)
_SIGN, _WHOLE = 1 << 23, 1 << 24
MATCH_PARENT = -1
"""What `match_parent` and `fill_parent` are kept as."""
_MATCHES = frozenset({"match_parent", "fill_parent"})


def dp_of(value: Value | None) -> float | None:
    """Return a length in dp, that of pixels as the most that it can be; None for no length."""
    if isinstance(value, Raw) and value.kind == DIMENSION:
        unit = value.data & 0xF
        number = value.data >> 8
        if unit >= len(_UNITS):
            return None
        number -= _WHOLE if number & _SIGN else 0
        return number / _POINTS[value.data >> 4 & 3] * _DP[_UNITS[unit]]
    if isinstance(value, str) and (written := _WRITTEN.fullmatch(value)):
        return float(written[1]) * _DP[written[2]]
    return None


def is_pixels(value: Value | None) -> bool:
    """Tell whether a length is in pixels, so that how long it is depends on the screen."""
    if isinstance(value, Raw):
        return value.kind == DIMENSION and value.data & 0xF == 0
    return isinstance(value, str) and value.strip().endswith("px")


def fills_parent(value: Value | None) -> bool:
    """Tell whether a width or height is that of what is around."""
    return value == MATCH_PARENT or value in _MATCHES
