"""A linear model of names in running text: hashed features of a name and of what stands beside it.

A candidate is a surname with one or two signs after it. What speaks for it are its signs, alone
and in pairs, and up to three signs on either side, each hashed into a table of whole numbers;
their sum is the score. Everything is whole numbers, so that a score is the same on any machine.
"""

from dataclasses import dataclass
from enum import IntEnum
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.uint32]
Places = NDArray[np.int64]
Weights = NDArray[np.int8]

OPAQUE: Final = 1
"""What letters and digits, brackets, stars and values found already look like beside a name: what
a mask leaves of a value looks the same as the value."""
EDGE: Final = 2
"""What stands before a line and after it."""
NEIGHBOURS: Final = 3
"""How many signs on either side speak for a name."""


class _Part(IntEnum):
    """The rows that features are put together from."""

    NOTHING = 0
    FORM = 1
    SURNAME = 2
    FIRST = 3
    SECOND = 4
    LAST = 5
    CLASSES = 6
    LEFT = 7
    LEFT_2 = 8
    LEFT_3 = 9
    RIGHT = 10
    RIGHT_2 = 11
    RIGHT_3 = 12


_FEATURES: Final = np.array(
    [
        (_Part.FORM, _Part.NOTHING, _Part.NOTHING),
        (_Part.FORM, _Part.SURNAME, _Part.NOTHING),
        (_Part.FORM, _Part.FIRST, _Part.NOTHING),
        (_Part.FORM, _Part.SECOND, _Part.NOTHING),
        (_Part.FORM, _Part.SURNAME, _Part.FIRST),
        (_Part.FORM, _Part.FIRST, _Part.SECOND),
        (_Part.SURNAME, _Part.FIRST, _Part.SECOND),
        (_Part.FORM, _Part.CLASSES, _Part.NOTHING),
        (_Part.LEFT, _Part.NOTHING, _Part.NOTHING),
        (_Part.LEFT, _Part.LEFT_2, _Part.NOTHING),
        (_Part.LEFT, _Part.LEFT_2, _Part.LEFT_3),
        (_Part.RIGHT, _Part.NOTHING, _Part.NOTHING),
        (_Part.RIGHT, _Part.RIGHT_2, _Part.NOTHING),
        (_Part.RIGHT, _Part.RIGHT_2, _Part.RIGHT_3),
        (_Part.LEFT, _Part.SURNAME, _Part.NOTHING),
        (_Part.LEFT, _Part.SURNAME, _Part.FIRST),
        (_Part.LAST, _Part.RIGHT, _Part.FORM),
        (_Part.LAST, _Part.RIGHT, _Part.RIGHT_2),
        (_Part.LEFT, _Part.RIGHT, _Part.NOTHING),
        (_Part.LEFT, _Part.LEFT_2, _Part.RIGHT),
        (_Part.FORM, _Part.LEFT, _Part.CLASSES),
        (_Part.FORM, _Part.RIGHT, _Part.CLASSES),
    ]
)
_BACK: Final = np.arange(1, NEIGHBOURS + 1)[:, None]
_ONWARD: Final = np.arange(NEIGHBOURS)[:, None]
_MIX: Final = tuple(np.uint32(each) for each in (0x9E3779B1, 0x85EBCA6B, 0xC2B2AE35))
_LAST_MIX: Final = np.uint32(0x2C1B3C6D)
_FIRST: Final = (np.arange(1, len(_FEATURES) + 1, dtype=np.uint32) * np.uint32(0x27D4EB2F))[:, None]
_LAST_OF_PLANE: Final = 0xFFFF


@dataclass(frozen=True, slots=True)
class Names:
    """Where names may stand in a text, and what they are made of.

    Attributes:
        start: `(n,)` int64, the place of the first sign of each.
        size: `(n,)` int64, how many signs it has.
        surname: `(n,)` uint32, the sign of the surname; of a long one both, each 16 bits.
        given: `(2, n)` uint32, the signs after it; 0 where there is one.
        classes: `(n,)` uint32, the classes of surname and given signs, each 4 bits.

    """

    start: Places
    size: Places
    surname: Codes
    given: Codes
    classes: Codes

    def only(self, chosen: NDArray[np.bool_] | Places) -> "Names":
        """Return some of them."""
        return Names(
            self.start[chosen],
            self.size[chosen],
            self.surname[chosen],
            self.given[:, chosen],
            self.classes[chosen],
        )


class Beside(Protocol):
    """The signs of a text as they look from a name beside them, by places."""

    def __getitem__(self, places: Places, /) -> Codes:
        """Return how the signs at some places look, of the same shape."""

    def __len__(self) -> int:
        """Return how many signs there are."""


@dataclass(frozen=True, slots=True)
class NameModel:
    """Weights of the features.

    Attributes:
        weights: `(2**k,)` int8, by the hash of a feature.
        bar: From which score on a candidate is a name.
        beside: From which on in a line that has a number of a person.
        keyed: From which on right after a key that announces a name.

    """

    weights: Weights
    bar: int
    beside: int
    keyed: int

    def scores(self, names: Names, beside: Beside) -> NDArray[np.int32]:
        """Return the `(n,)` int32 scores of candidates.

        Args:
            names: The candidates.
            beside: The signs of the text as they look from a name; see `looks`, `LooksAt`.

        """
        slots = features(names, beside, len(self.weights))
        scores: NDArray[np.int32] = self.weights[slots].sum(axis=0, dtype=np.int32)
        return scores


def features(names: Names, beside: Beside, size: int) -> Codes:
    """Return the slots of the features of candidates, `(features, n)` below a power of two."""
    form = (names.given[1] != 0).astype(np.uint32) + 2 * (names.surname > _LAST_OF_PLANE)
    last = np.where(names.given[1] != 0, names.given[1], names.given[0])
    after = names.start + names.size
    parts = np.empty((len(_Part), len(names.start)), np.uint32)
    parts[_Part.NOTHING] = 0
    parts[_Part.FORM] = form
    parts[_Part.SURNAME] = names.surname
    parts[_Part.FIRST : _Part.SECOND + 1] = names.given
    parts[_Part.LAST] = last
    parts[_Part.CLASSES] = names.classes
    parts[_Part.LEFT : _Part.LEFT + NEIGHBOURS] = _reaching(names.start - _BACK, beside)
    parts[_Part.RIGHT : _Part.RIGHT + NEIGHBOURS] = _reaching(after + _ONWARD, beside)
    mixed = np.empty((len(_FEATURES), len(names.start)), np.uint32)
    mixed[:] = _FIRST
    for place, factor in enumerate(_MIX):
        mixed += parts[_FEATURES[:, place]] * factor
        mixed ^= mixed >> np.uint32(15)
        mixed *= _LAST_MIX
    mixed ^= mixed >> np.uint32(13)
    mixed &= np.uint32(size - 1)
    return mixed


def looks(codes: Codes, found: NDArray[np.bool_]) -> Codes:
    """Return the signs of a text as they look from a name beside them.

    Args:
        codes: `(m,)` uint32, the code points.
        found: `(m,)` bool, which signs are of values found already.

    """
    beside = codes.copy()
    beside[_OPAQUE[np.minimum(codes, len(_OPAQUE) - 1)] | found] = OPAQUE
    # What a mask left of a name before its stars is as opaque as they are.
    stars = codes == _STAR
    if stars.any():
        beside[:-1][stars[1:]] = OPAQUE
        beside[:-2][stars[2:]] = OPAQUE
    beside[(codes == _LINE_FEED) | (codes == _RETURN)] = EDGE
    return beside


@dataclass(frozen=True, slots=True)
class LooksAt:
    """What `looks` says, of the places asked for alone.

    Attributes:
        codes: `(m,)` uint32, the code points.
        found: `(m,)` bool, which signs are of values found already.
        has_star: Whether a sign is a star.

    """

    codes: Codes
    found: NDArray[np.bool_]
    has_star: bool

    def __len__(self) -> int:
        """Return how many signs there are."""
        return len(self.codes)

    def __getitem__(self, places: Places, /) -> Codes:
        """Return how the signs at some places look, of the same shape."""
        signs = self.codes[places]
        is_edge = (signs == _LINE_FEED) | (signs == _RETURN)
        opaque = _OPAQUE[np.minimum(signs, len(_OPAQUE) - 1)] | self.found[places]
        if self.has_star:
            for step in (1, 2):
                after = np.minimum(places + step, len(self.codes) - 1)
                opaque |= (self.codes[after] == _STAR) & (after > places)
        signs[opaque] = OPAQUE
        signs[is_edge] = EDGE
        return signs


_STAR: Final = ord("*")
_LINE_FEED: Final = ord("\n")
_RETURN: Final = ord("\r")
_ASCII: Final = [chr(code) for code in range(128)]
# The last stands for all signs that are not of ASCII.
_OPAQUE: Final = np.array([*(sign.isalnum() or sign in "*[]" for sign in _ASCII), False])


def _reaching(places: Places, beside: Beside) -> Codes:
    """Return the signs at `(3, n)` places, the nearest first; none behind what ends the sight."""
    outside = (places < 0) | (places >= len(beside))
    signs = np.array(beside[np.where(outside, 0, places)])
    signs[outside] = EDGE
    ended = np.logical_or.accumulate(signs <= EDGE, axis=0)
    signs[1:][ended[:-1]] = OPAQUE
    return signs
