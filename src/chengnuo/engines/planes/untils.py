"""Until when a value counts, for the few that count for a time: an open table of 16 bytes a slot.

The key is an ordinal and the number of a lane. Nothing is ever taken out: what has no end any more
gets the greatest end. The end is written before the key, so that whoever reads meanwhile finds
the entry whole or not at all.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from chengnuo.engines.planes.lane import Ordinals
from chengnuo.engines.planes.late_numpy import np

if TYPE_CHECKING:
    from numpy.typing import NDArray

NEVER: Final = 2**63 - 1
SLOT_BYTES: Final = 16
_LANE_BITS = 12
LANES_AT_MOST: Final = (1 << _LANE_BITS) - 1
_SPREAD = 0x9E3779B97F4A7C15
_MASK = 2**64 - 1


def key_of(ordinal: int, lane: int) -> int:
    """Return the key of a lane's value; lanes count from 1, so no key is 0."""
    return ordinal << _LANE_BITS | lane


@dataclass(frozen=True, slots=True)
class Untils:
    """The table over some memory.

    Attributes:
        keys: A number of 64 bits for each slot; 0 where the slot is free. A power of two of them.
        ends: Microseconds since 1970 for each slot.

    """

    keys: memoryview
    ends: memoryview

    @classmethod
    def over(cls, memory: memoryview) -> "Untils":
        """Return the table over some memory, keys first and ends after them."""
        half = len(memory) // 2
        return cls(memory[:half].cast("Q"), memory[half:].cast("q"))

    def get(self, ordinal: int, lane: int) -> int:
        """Return until when a value counts; `NEVER` where nothing was written."""
        slot = self._slot(key_of(ordinal, lane))
        return NEVER if slot is None or not self.keys[slot] else self.ends[slot]

    def put(self, ordinal: int, lane: int, end: int) -> bool:
        """Write until when a value counts; False, with nothing written, if there is no room."""
        key = key_of(ordinal, lane)
        slot = self._slot(key)
        if slot is None:
            return False
        self.ends[slot] = end
        self.keys[slot] = key
        return True

    def entries(self) -> Iterator[tuple[int, int, int]]:
        """Yield ordinal, lane and end of all that is written."""
        for slot in np.flatnonzero(np.frombuffer(self.keys, np.uint64)).tolist():
            key = self.keys[slot]
            yield key >> _LANE_BITS, key & LANES_AT_MOST, self.ends[slot]

    def filled(self) -> int:
        """Return how many slots are taken."""
        return int(np.count_nonzero(np.frombuffer(self.keys, np.uint64)))

    def gathered(self, ordinals: Ordinals, lane: int) -> "NDArray[np.int64]":
        """Return until when the values of ordinals count, in their order."""
        found = np.full(len(ordinals), NEVER, np.int64)
        if not len(self.keys):
            return found
        keys = np.frombuffer(self.keys, np.uint64)
        ends = np.frombuffer(self.ends, np.int64)
        wanted = ordinals.astype(np.uint64) << np.uint64(_LANE_BITS) | np.uint64(lane)
        slots = _spread(wanted) & np.uint64(len(keys) - 1)
        left = np.arange(len(ordinals))
        for _ in range(len(keys)):
            there = keys[slots]
            hit = there == wanted
            found[left[hit]] = ends[slots[hit]]
            more = ~hit & (there != 0)
            if not more.any():
                break
            left, wanted = left[more], wanted[more]
            slots = slots[more] + np.uint64(1) & np.uint64(len(keys) - 1)
        return found

    def _slot(self, key: int) -> int | None:
        """Return the slot of a key, or the free one where it would go; None if there is none."""
        size = len(self.keys)
        at = (key * _SPREAD & _MASK) >> 20
        for step in range(size):
            slot = at + step & size - 1
            if self.keys[slot] in {0, key}:
                return slot
        return None


def _spread(keys: "NDArray[np.uint64]") -> "NDArray[np.uint64]":
    with np.errstate(over="ignore"):
        return keys * np.uint64(_SPREAD) >> np.uint64(20)
