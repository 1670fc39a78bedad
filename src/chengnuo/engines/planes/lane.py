"""One number of two bits for each individual, four to a byte, by dense ordinal.

A byte is written whole, so whoever reads while somebody writes sees the number before or after,
never a mixture. An ordinal that nobody has yet, or beyond the end, reads 0; it never reads what
stands for somebody else.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from chengnuo.engines.planes.late_numpy import np

if TYPE_CHECKING:
    from numpy.typing import NDArray

Bytes: TypeAlias = "NDArray[np.uint8]"
Ordinals: TypeAlias = "NDArray[np.int64]"

PER_BYTE = 4
VALUES = 4
_CHUNK = 1 << 16
_COUNTED_AT_ONCE = 1 << 17
_LOW = 0x5555_5555_5555_5555


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

    def count(self, value: int) -> int:
        """Return how many ordinals have a number other than 0."""
        words = np.frombuffer(self.view, np.uint64)
        one, every = np.uint64(1), np.uint64(_LOW)
        turning = every * np.uint64(3 ^ value)  # makes the number 3, and no other one
        room, other = np.empty((2, _COUNTED_AT_ONCE), np.uint64)
        found = 0
        for start in range(0, len(words), _COUNTED_AT_ONCE):
            chunk = words[start : start + _COUNTED_AT_ONCE]
            both = room[: len(chunk)]
            turned = np.bitwise_xor(chunk, turning, out=other[: len(chunk)])
            np.right_shift(turned, one, out=both)
            both &= turned
            both &= every
            found += _bits_in(both)
        return found

    def counts(self) -> tuple[int, int, int, int]:
        """Return how many ordinals have each number; what nobody has counts as 0."""
        words = np.frombuffer(self.view, np.uint64)
        room, one, every = np.empty(_COUNTED_AT_ONCE, np.uint64), np.uint64(1), np.uint64(_LOW)
        bits = low = both = 0
        for start in range(0, len(words), _COUNTED_AT_ONCE):
            chunk = words[start : start + _COUNTED_AT_ONCE]
            some = room[: len(chunk)]
            bits += _bits_in(chunk)
            low += _bits_in(np.bitwise_and(chunk, every, out=some))
            np.right_shift(chunk, one, out=some)
            some &= chunk
            some &= every
            both += _bits_in(some)
        total, high = len(words) * 8 * PER_BYTE, bits - low
        return total - bits + both, low - both, high - both, both


def _bits_in(words: "NDArray[np.uint64]") -> int:
    """Return how many bits are set: counted by words, then added up in words of eight counts."""
    counts = np.bitwise_count(words)
    whole = len(counts) // 24 * 24
    found = int(counts[whole:].sum(dtype=np.uint64))
    # Three counts of at most 64 fit into a byte.
    three = np.add.reduce(counts[:whole].reshape(3, -1), axis=0, dtype=np.uint8).view(np.uint64)
    for shift, mask in ((8, 0x00FF_00FF_00FF_00FF), (16, 0x0000_FFFF_0000_FFFF)):
        three = (three & np.uint64(mask)) + (three >> np.uint64(shift) & np.uint64(mask))
    return found + int(three.view(np.uint32).sum(dtype=np.uint64))
