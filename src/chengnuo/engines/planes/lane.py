"""One number of two bits for each individual, four to a byte, by dense ordinal.

A byte is written whole, so whoever reads while somebody writes sees the number before or after,
never a mixture. An ordinal that nobody has yet, or beyond the end, reads 0; it never reads what
stands for somebody else.
"""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Bytes: TypeAlias = NDArray[np.uint8]
Ordinals: TypeAlias = NDArray[np.int64]

PER_BYTE = 4
VALUES = 4
_CHUNK = 1 << 16
_LOW = np.uint64(0x5555_5555_5555_5555)
_ONE = np.uint64(1)


def bytes_for(capacity: int) -> int:
    """Return how many bytes a lane takes, rounded up to whole words."""
    return -(-capacity // (PER_BYTE * 8)) * 8


@dataclass(frozen=True, slots=True)
class Lane:
    """Two-bit numbers over some memory, which may be shared and may be read-only.

    Attributes:
        view: The memory, a byte for four ordinals; a multiple of eight bytes.

    """

    view: memoryview

    def __getitem__(self, ordinal: int) -> int:
        """Return the number of an ordinal; 0 beyond the end."""
        at = ordinal >> 2
        if not 0 <= at < len(self.view):
            return 0
        return self.view[at] >> ((ordinal & 3) << 1) & 3

    def put(self, ordinal: int, value: int) -> None:
        """Write the number of an ordinal within the capacity, in one store of one byte."""
        at, shift = ordinal >> 2, (ordinal & 3) << 1
        self.view[at] = self.view[at] & ~(3 << shift) & 0xFF | value << shift

    def array(self) -> Bytes:
        """Return the memory as an array."""
        return np.frombuffer(self.view, np.uint8)

    def take_over(self, source: "Lane", meaning: tuple[int, int, int, int]) -> None:
        """Write `meaning[value]` for every value of another lane; what it lacks stays as it is.

        Args:
            source: A lane that is no longer than this one.
            meaning: What becomes of each value; 0 becomes 0, so that untouched pages stay so.

        """
        table, worth = np.arange(256, dtype=np.uint8), np.asarray(meaning, np.uint8)
        parts = [worth[table >> shift & 3] << shift for shift in (0, 2, 4, 6)]
        changed = (parts[0] | parts[1] | parts[2] | parts[3]).astype(np.uint8)
        whole, given = self.array(), source.array()
        for start in range(0, len(given), _CHUNK):
            chunk = given[start : start + _CHUNK]
            if chunk.any():
                whole[start : start + len(chunk)] = changed[chunk]

    def counts(self) -> tuple[int, int, int, int]:
        """Return how many ordinals have each number; what nobody has counts as 0."""
        words = np.frombuffer(self.view, np.uint64)
        low = high = both = 0
        for start in range(0, len(words), _CHUNK >> 3):
            chunk = words[start : start + (_CHUNK >> 3)]
            first = chunk & _LOW
            second = chunk >> _ONE & _LOW
            low += int(np.bitwise_count(first).sum())
            high += int(np.bitwise_count(second).sum())
            both += int(np.bitwise_count(first & second).sum())
        total = len(words) * 8 * PER_BYTE
        return total - low - high + both, low - both, high - both, both
