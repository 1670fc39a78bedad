"""Where in a long text an address may be told, so that the rest need not be looked at.

Each of these says more places than there are addresses, and leaves none out that the patterns of
`addresses.py` match.
"""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from chengnuo.engines.text.codes import PAD
from chengnuo.engines.text.name_words import HAN
from chengnuo.engines.text.signs_marked import Marks, has, marks_of
from chengnuo.engines.text.tokens import Places
from chengnuo.engines.text.viewed import Viewed

_UNIT: Final = 1
_NUMBER: Final = 2
_KEY: Final = 4
_JOINT: Final = 8
_HAN: Final = 16
_REGION: Final = 32
_REGION_END: Final = 64
_NEEDS_MORE: Final = 128
_BEFORE_KEY: Final = 256

_PLANE: Final = "".join(map(chr, range(0xD800)))
_DIGITS: Final = "0123456789"
_TABLE: Final = marks_of(
    {
        _UNIT: "号弄栋幢座单室组",
        _NUMBER: re.findall("[0-9A-Za-z一二三四五六七八九十百]", _PLANE),
        _KEY: "址住于地ADdSsOoEeZzRr",
        _JOINT: [*re.findall(r"\s", _PLANE), *"\"'”》>为是:：=“（("],
        _HAN: re.findall(f"[{HAN}]", _PLANE),
        _REGION: "省市区州盟",
        _REGION_END: "市区县旗州",
        _NEEDS_MORE: "于地",
        _BEFORE_KEY: "位住在",
    }
)
_MOST_JOINTS: Final = 8
_NEAREST_END, _FARTHEST_END = 2, 16


@dataclass(frozen=True)
class AddressSpots:
    """Where addresses may be told in a text."""

    viewed: Viewed

    @cached_property
    def _marks(self) -> Marks:
        marks: Marks = _TABLE[self.viewed.signs]
        return marks

    def units(self) -> Places:
        """Return where the unit of a number of a house may begin: right behind a number."""
        return self._pairs(_NUMBER, _UNIT)

    def keys(self) -> Places:
        """Return where the last sign of a key may stand, behind which Chinese signs follow."""
        marks = self._marks
        last = np.flatnonzero(has(marks[1:-1], _KEY) & has(marks[2:], _JOINT | _HAN)) + 1
        more = has(marks[last], _NEEDS_MORE)
        last = last[~more | has(marks[last - 1], _BEFORE_KEY)]
        at, follows = last + 1, np.zeros(len(last), np.bool_)
        for _ in range(_MOST_JOINTS):
            follows |= has(marks[at], _HAN)
            at = np.minimum(at + has(marks[at], _JOINT), len(marks) - 1)
        return last[follows | has(marks[at], _HAN | _JOINT)] - PAD

    def regions(self) -> Places:
        """Return where the word of a division may end behind which another follows."""
        first = np.flatnonzero(has(self._marks, _REGION))
        then = np.flatnonzero(has(self._marks, _REGION_END))
        if not len(then):
            return then
        after = np.searchsorted(then, first + _NEAREST_END)
        near = then[np.minimum(after, len(then) - 1)] - first
        return first[(near >= _NEAREST_END) & (near <= _FARTHEST_END)] - PAD

    def _pairs(self, first: int, then: int) -> Places:
        """Return where a sign of one mark stands right behind one of another."""
        places = np.flatnonzero(has(self._marks[1:], then) & has(self._marks[:-1], first))
        return places + 1 - PAD
