"""Many individuals at once: what is so about each, put side by side in one number, the key.

The key is six bits of flags and two bits for each lane that is asked for. Equal keys get equal
answers, so answers are looked up by key: in a table while keys are short, else among the distinct
keys of a chunk. While keys are very short, they are counted and not their answers. Chunks are
small enough to stay in the processor's cache.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from chengnuo.engines.planes.lane import Bytes, Ordinals
from chengnuo.engines.planes.planes import HAS_NO_END, TIMED, Planes

Keys: TypeAlias = NDArray[np.int64]

FLAG_BITS: Final = 6
MOST_LANES: Final = 28
"""A key of more lanes does not fit."""
_COUNTED_BITS, _TABLE_BITS = 14, 20
_CHUNK = 1 << 15
_FLAGS = np.uint8((1 << FLAG_BITS) - 1)
_THREE, _TIMED, _END = np.uint8(3), np.uint8(TIMED), np.uint8(HAS_NO_END)


@dataclass(frozen=True, slots=True)
class Answered:
    """What was answered for many.

    Attributes:
        codes: `(m,)` uint8, the code of each one's answer, in the order of the ordinals.
        counts: How many got each answer, by its number.

    """

    codes: Bytes
    counts: dict[int, int]


def split(key: int, lanes: int) -> tuple[int, tuple[int, ...]]:
    """Return flags and values that a key is made of."""
    return key & (1 << FLAG_BITS) - 1, tuple(key >> FLAG_BITS + 2 * n & 3 for n in range(lanes))


def keys_of(planes: Planes, ordinals: Ordinals, lanes: Sequence[str], *, at: int) -> Keys:
    """Return the key of each individual.

    Args:
        planes: State of everybody.
        ordinals: `(m,)` int64, any numbers; beyond the capacity nothing is known.
        lanes: The lanes that are asked for, at most `MOST_LANES`.
        at: Microseconds since 1970; a value that ended by then counts as 0.

    """
    numbers = ordinals.view(np.uint64)
    if len(numbers) and numbers.max() >= planes.capacity:
        return _keys_of_some(planes, ordinals, lanes, at=at)
    quarter = ordinals >> 2
    shift = (ordinals.astype(np.uint8) & _THREE) * np.uint8(2)
    # The lanes are read before the flags: a value with an end is written after its flag.
    values = {
        number: planes.lanes[name].array().take(quarter, mode="clip") >> shift & _THREE
        for number, name in enumerate(lanes)
        if name in planes.lanes
    }
    flags = np.frombuffer(planes.flags, np.uint8).take(ordinals, mode="clip")
    if len(flags) and flags.max() > _FLAGS:
        timed = np.flatnonzero((flags & _TIMED) != 0)
        for number, found in values.items():
            some = found[timed]
            ends = planes.untils.gathered(ordinals[timed], planes.numbers[lanes[number]])
            some[(ends <= at) & (some != _END)] = 0
            found[timed] = some
        flags &= _FLAGS
    return _put_together(flags, values, len(lanes))


def _keys_of_some(planes: Planes, ordinals: Ordinals, lanes: Sequence[str], *, at: int) -> Keys:
    """Return the keys where some lie beyond the capacity, of whom nothing is known."""
    found = np.zeros(len(ordinals), np.int64)
    within = ordinals.view(np.uint64) < np.uint64(planes.capacity)
    if within.any():
        found[within] = keys_of(planes, ordinals[within], lanes, at=at)
    return found


def _put_together(flags: Bytes, values: Mapping[int, Bytes], lanes: int) -> Keys:
    """Return flags and values side by side, in numbers no wider than they need to be.

    Values go four to a byte first: work on bytes costs an eighth of work on words.
    """
    wide = np.min_scalar_type((1 << FLAG_BITS + 2 * lanes) - 1)
    keys: NDArray[Any] = flags.astype(wide)
    for first in range(0, lanes, 4):
        four = [number for number in range(first, first + 4) if number in values]
        if four:
            byte = np.zeros(len(flags), np.uint8)
            for number in four:
                byte |= values[number] * np.uint8(1 << 2 * (number - first))
            keys |= np.left_shift(byte.astype(wide), FLAG_BITS + 2 * first)
    return keys.astype(np.int64)


class Answers:
    """The answers to keys of one kind, kept from one question to the next."""

    def __init__(self, answer: Callable[[int], tuple[int, int]], *, lanes: int) -> None:
        """Know no answer yet.

        Args:
            answer: Returns number and code of the answer to a key; asked once for each key.
            lanes: How many lanes the keys are made of.

        """
        bits = FLAG_BITS + 2 * lanes
        self._answer = answer
        self._counted = bits <= _COUNTED_BITS
        self._look = self._by_table if bits <= _TABLE_BITS else self._by_sorting
        size = 1 << bits if bits <= _TABLE_BITS else 0
        self._numbers = np.full(size, -1, np.int64)
        self._codes = np.zeros(size, np.uint8)
        self._known: dict[int, tuple[int, int]] = {}

    def of(self, ordinals: Ordinals, keys: Callable[[Ordinals], Keys]) -> Answered:
        """Return what each one is answered.

        Args:
            ordinals: `(m,)` int64.
            keys: Returns the keys of a part of them.

        """
        codes = np.empty(len(ordinals), np.uint8)
        counts = np.zeros(0, np.int64)
        for start in range(0, len(ordinals), _CHUNK):
            part = keys(ordinals[start : start + _CHUNK])
            here = self._count(part, codes[start : start + _CHUNK])
            if len(here) < len(counts):
                here, counts = counts, here
            here[: len(counts)] += counts
            counts = here
        found = Counter[int]()
        for place in np.flatnonzero(counts).tolist():
            found[int(self._numbers[place]) if self._counted else place] += int(counts[place])
        return Answered(codes, dict(found))

    def _count(self, keys: Keys, codes: Bytes) -> NDArray[np.int64]:
        """Fill in the codes and return how often each number, or if few each key, came."""
        if not self._counted:
            numbers, codes[:] = self._look(keys)
            return np.bincount(numbers)
        counts = np.bincount(keys)
        lacking = self._numbers[: len(counts)] < 0
        if counts[lacking].any():
            self._ask(np.flatnonzero(lacking & (counts > 0)))
        self._codes.take(keys, mode="clip", out=codes)
        return counts

    def _ask(self, keys: Keys) -> None:
        for key in keys.tolist():
            number, self._codes[key] = self._answer(key)
            self._numbers[key] = number  # last: whoever finds a number finds its code

    def _by_table(self, keys: Keys) -> tuple[NDArray[np.int64], Bytes]:
        found = self._numbers.take(keys, mode="clip")
        lacking = found < 0
        if lacking.any():
            self._ask(np.unique(keys[lacking]))
            found = self._numbers.take(keys)
        return found, self._codes.take(keys, mode="clip")

    def _by_sorting(self, keys: Keys) -> tuple[NDArray[np.int64], Bytes]:
        distinct, back = np.unique(keys, return_inverse=True)
        known = self._known if len(self._known) < 1 << _TABLE_BITS else {}
        for key in distinct.tolist():
            if key not in known:
                known[key] = self._answer(key)
        self._known = known
        both = np.asarray([known[key] for key in distinct.tolist()], np.int64).reshape(-1, 2)
        return both[back, 0], both[back, 1].astype(np.uint8)
