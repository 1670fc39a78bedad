"""Tokens: maximal runs of ASCII letters and digits in a buffer, with what they are made of.

Chinese is written without spaces, so no boundary of words helps; what an identifier is made of is
ASCII, and ends where a byte is no letter and no digit. Every shape is looked for over tokens and
the bytes between them. A long token counts as `LONG` bytes.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from chengnuo.engines.jit import Kernel

Bytes = NDArray[np.uint8]
Places = NDArray[np.int64]
Flags = NDArray[np.bool_]

LONG: Final = 63
"""The greatest length that a token's code tells; a longer one has it too."""
DIGITS_ONLY: Final = 0x40
HEX_ONLY: Final = 0x80

_DIGIT: Final = 1
_HEX: Final = 2
_LETTER: Final = 4
_WORTH: Final = 1 << 22


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
        code: `(n,)` uint8, its length, at most `LONG`, with `DIGITS_ONLY` and `HEX_ONLY`.

    """

    start: Places
    end: Places
    code: Bytes


def tokens_of(data: Bytes) -> Tokens:
    """Return the tokens of `(m,)` bytes."""
    return Tokens(*_scan.best(len(data))(data, CLASSES))


def scan_in_numpy(data: Bytes, classes: Bytes) -> tuple[Places, Places, Bytes]:
    """Return start, end and code of each token, by whole arrays."""
    of_byte = classes[data]
    inside = np.zeros(len(data) + 2, np.bool_)
    inside[1:-1] = of_byte != 0
    edges = np.flatnonzero(inside[1:] != inside[:-1])
    start, end = edges[::2], edges[1::2]
    if not len(start):
        return start, end, np.zeros(0, np.uint8)
    length = end - start
    code = np.minimum(length, LONG).astype(np.uint8)
    # What every byte of a token shares: the bytes between tokens share everything.
    of_byte[~inside[1:-1]] = 0xFF
    shared = np.bitwise_and.reduceat(of_byte, start)
    code |= np.where(shared & _DIGIT, np.uint8(DIGITS_ONLY), np.uint8(0))
    code |= np.where(shared & _HEX, np.uint8(HEX_ONLY), np.uint8(0))
    return start, end, code


def scan_byte_by_byte(data: Bytes, classes: Bytes) -> tuple[Places, Places, Bytes]:
    """Return the same, by one loop over the bytes."""
    size = len(data)
    start = np.empty(size // 2 + 1, np.int64)
    end = np.empty(size // 2 + 1, np.int64)
    code = np.empty(size // 2 + 1, np.uint8)
    found, at = 0, 0
    while at < size:
        shared = classes[data[at]]
        if shared == 0:
            at += 1
            continue
        first = at
        at += 1
        while at < size:
            of_byte = classes[data[at]]
            if of_byte == 0:
                break
            shared &= of_byte
            at += 1
        start[found] = first
        end[found] = at
        made = min(at - first, 63)
        if shared & 1:
            made |= 0x40
        if shared & 2:
            made |= 0x80
        code[found] = made
        found += 1
    return start[:found].copy(), end[:found].copy(), code[:found].copy()


_scan = Kernel(loop=scan_byte_by_byte, plain=scan_in_numpy, worth=_WORTH)
