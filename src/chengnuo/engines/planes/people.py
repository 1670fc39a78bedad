"""Who is among them: a set of dense ordinals, one bit each, in chunks of 65,536.

A chunk is kept in the shorter of two forms: up to 4,095 members as ascending 16-bit numbers, more
as 8,192 bytes of bits, lowest first; the length tells which. There is one form for each set, so
that equal sets have equal bytes. Union is an OR: order, repetition and how the parts were cut make
no difference.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeAlias

from chengnuo.engines.planes.lane import Bytes, Ordinals
from chengnuo.engines.planes.late_numpy import np
from chengnuo.engines.planes.ordinals import ordinals_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

CHUNK_BITS: Final = 16
CHUNK_BYTES: Final = (1 << CHUNK_BITS) // 8
_LOW: Final = (1 << CHUNK_BITS) - 1
_MOST_LISTED: Final = CHUNK_BYTES // 2 - 1
_LISTED: Final = "<u2"

Joined: TypeAlias = "tuple[Ordinals, Ordinals] | None"
"""Two arrays of one length: an ordinal, ascending, and the one that stands for it; or None."""


@dataclass(frozen=True, slots=True)
class People:
    """A set of ordinals.

    Attributes:
        chunks: Members by `ordinal >> 16`, in the form described above; no chunk is empty.

    """

    chunks: Mapping[int, bytes] = field(default_factory=dict)

    def __len__(self) -> int:
        """Return how many there are."""
        return sum(map(_members_in, self.chunks.values()))

    def ordinals(self) -> Ordinals:
        """Return the members, ascending."""
        parts = [
            (number << CHUNK_BITS) + _listed(chunk).astype(np.int64)
            for number, chunk in sorted(self.chunks.items())
        ]
        return np.concatenate(parts) if parts else np.empty(0, np.int64)

    def joined(self, same: Joined) -> "People":
        """Return the set with each ordinal that another stands for replaced by that other."""
        if same is None or not self.chunks:
            return self
        names, roots = same
        chunks, moved = dict(self.chunks), [np.empty(0, np.int64)]
        for number in np.unique(names >> CHUNK_BITS).tolist():
            if number not in chunks:
                continue
            start, end = np.searchsorted(names, (number << CHUNK_BITS, (number + 1) << CHUNK_BITS))
            low = (names[start:end] & _LOW).astype(_LISTED)
            members = _listed(chunks.pop(number))
            is_in = np.isin(low, members, assume_unique=True)
            moved.append(roots[start:end][is_in])
            left = np.setdiff1d(members, low[is_in], assume_unique=True)
            if len(left):
                chunks[number] = _chunk(left)
        return union((People(chunks), people_of(np.concatenate(moved))))


NOBODY: Final = People()


def people_of(ordinals: "Iterable[int] | Ordinals") -> People:
    """Return a set of ordinals, given in any order and any number of times; 0 is nobody's."""
    given = ordinals if isinstance(ordinals, np.ndarray) else ordinals_of(ordinals)
    members = np.unique(given[given > 0])
    numbers = members >> CHUNK_BITS
    starts = np.flatnonzero(np.diff(numbers, prepend=-1))
    low = (members & _LOW).astype(_LISTED)
    return People(
        {
            int(numbers[start]): _chunk(part)
            for start, part in zip(starts, np.split(low, starts[1:]), strict=False)
        }
        if len(members)
        else {}
    )


def union(sets: Iterable[People]) -> People:
    """Return who is in any of some sets."""
    by_number: dict[int, list[bytes]] = {}
    for one in sets:
        for number, chunk in one.chunks.items():
            by_number.setdefault(number, []).append(chunk)
    return People({number: _either(chunks) for number, chunks in by_number.items()})


def growing(sets: Iterable[People]) -> Iterator[People]:
    """Yield the union of the first set, of the first two, and so on."""
    so_far = NOBODY
    for one in sets:
        so_far = union((so_far, one))
        yield so_far


def joined_of(pairs: Iterable[tuple[int, int]]) -> Joined:
    """Return what `joined` takes, of pairs of an ordinal and the one that stands for it."""
    given = sorted(pairs)
    if not given:
        return None
    found = np.array(given, np.int64).reshape(-1, 2)
    return found[:, 0], found[:, 1]


def _either(chunks: list[bytes]) -> bytes:
    if len(chunks) == 1:
        return chunks[0]
    bits = np.zeros(CHUNK_BYTES, np.uint8)
    for chunk in chunks:
        if len(chunk) == CHUNK_BYTES:
            bits |= np.frombuffer(chunk, np.uint8)
        else:
            low = np.frombuffer(chunk, _LISTED)
            np.bitwise_or.at(bits, low >> 3, np.left_shift(1, low & 7).astype(np.uint8))
    return _shortest(bits)


def _chunk(low: "NDArray[np.uint16]") -> bytes:
    if len(low) <= _MOST_LISTED:
        return low.tobytes()
    bits = np.zeros(1 << CHUNK_BITS, np.uint8)
    bits[low] = 1
    return np.packbits(bits, bitorder="little").tobytes()


def _shortest(bits: Bytes) -> bytes:
    members = int(np.bitwise_count(bits.view(np.uint64)).sum(dtype=np.int64))
    if members > _MOST_LISTED:
        return bits.tobytes()
    return _listed(bits.tobytes()).astype(_LISTED).tobytes()


def _listed(chunk: bytes) -> "NDArray[np.uint16]":
    if len(chunk) < CHUNK_BYTES:
        return np.frombuffer(chunk, _LISTED)
    set_bits = np.unpackbits(np.frombuffer(chunk, np.uint8), bitorder="little")
    return np.flatnonzero(set_bits).astype(_LISTED)


def _members_in(chunk: bytes) -> int:
    if len(chunk) < CHUNK_BYTES:
        return len(chunk) // 2
    return int(np.bitwise_count(np.frombuffer(chunk, np.uint64)).sum(dtype=np.int64))
