"""Tokens: maximal runs of ASCII letters and digits in a buffer, with what they are made of.

Chinese is written without spaces, so no boundary of words helps; what an identifier is made of is
ASCII, and ends where a byte is no letter and no digit. Every shape is looked for over tokens and
the bytes between them. A long token counts as `LONG` bytes.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Places = NDArray[np.int64]
Flags = NDArray[np.bool_]

LONG: Final = 63
"""The greatest length that a token's code tells; a longer one has it too."""
MADE: Final = 0xC0
"""The part of a token's code that tells what it is made of: one of the four that follow."""
MIXED: Final = 0x00
LETTERS: Final = 0x40
HEXES: Final = 0x80
DIGITS: Final = 0xC0

_DIGIT: Final = 1
_HEX: Final = 2
_LETTER: Final = 4


def _classes() -> Bytes:
    table = np.zeros(256, np.uint8)
    table[ord("0") : ord("9") + 1] = _DIGIT | _HEX
    for first, last in ((b"a", b"z"), (b"A", b"Z")):
        table[first[0] : last[0] + 1] = _LETTER
        table[first[0] : first[0] + 6] |= _HEX
    return table


CLASSES: Final = _classes()


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a buffer, in order.

    Attributes:
        start: `(n,)` int64, the first byte of each.
        end: `(n,)` int64, the byte after the last of each.
        code: `(n,)` uint8, its length, at most `LONG`, with what it is made of: `DIGITS`; `HEXES`,
            other hexadecimal digits; `LETTERS`, not all of them hexadecimal; or `MIXED`.

    """

    start: Places
    end: Places
    code: Bytes


def tokens_of(of_sign: Bytes) -> Tokens:
    """Return the tokens of signs, by whole arrays.

    Args:
        of_sign: `(m,)` uint8, what each sign is (`CLASSES` for ASCII), 0 for none of a token.

    """
    inside = np.zeros(len(of_sign) + 2, np.bool_)
    inside[1:-1] = of_sign != 0
    edges = np.flatnonzero(inside[1:] != inside[:-1])
    start, end = edges[::2], edges[1::2]
    if not len(start):
        return Tokens(start, end, np.zeros(0, np.uint8))
    # What every sign of a token shares: the signs between tokens share everything.
    shared = np.bitwise_and.reduceat(np.where(of_sign, of_sign, np.uint8(0xFF)), start)
    return Tokens(start, end, np.minimum(end - start, LONG).astype(np.uint8) | _MADE[shared])


_MADE: Final = np.full(256, MIXED, np.uint8)
_MADE[_LETTER] = LETTERS
_MADE[[_HEX, _HEX | _LETTER]] = HEXES
_MADE[_DIGIT | _HEX] = DIGITS
