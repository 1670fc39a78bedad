"""A sparse Merkle map: 32-byte keys to chain heads, with proofs of presence and of absence.

A subtree with one key is that key's entry, at whatever depth; an empty one is 32 zero bytes
(`docs/formats/evidence.md`). Keys are never taken out. On disk the tree is cut into pages of four
levels: a page has 16 slots, each empty, one entry, or the page below. Any store of bytes by path
will do; the map is written once per checkpoint, so many changes share the pages near the root.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby
from typing import NamedTuple, Protocol

KEY_BYTES = 32
EMPTY = bytes(32)
_SLOTS = 16
_BITS = 8 * KEY_BYTES
_NOTHING, _ENTRY, _BELOW = 0, 1, 2
_ENTRY_BYTES = 80


class Entry(NamedTuple):
    """What the map says of a key.

    Attributes:
        key: 32 bytes.
        seq: How many records the chain has.
        position: Where in the log the newest of them stands.
        head: Its leaf hash.

    """

    key: bytes
    seq: int
    position: int
    head: bytes

    def packed(self) -> bytes:
        """Return the 80 bytes of an entry."""
        return b"".join(
            (self.key, self.seq.to_bytes(8, "big"), self.position.to_bytes(8, "big"), self.head)
        )

    def hashed(self) -> bytes:
        """Return the hash of a subtree that holds this entry alone."""
        return sha256(b"\x00" + self.packed()).digest()


def unpack_entry(data: bytes) -> Entry:
    """Return the entry of its 80 bytes."""
    return Entry(
        data[:32], int.from_bytes(data[32:40], "big"), int.from_bytes(data[40:48], "big"), data[48:]
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class MapProof:
    """What the map holds for a key.

    Attributes:
        path: Siblings from the root down.
        end: The entry where the path ends; its key is the one asked for, or another (then the
            key asked for is absent); None where the path ends in nothing.

    """

    path: tuple[bytes, ...]
    end: Entry | None

    def root(self, key: bytes) -> bytes | None:
        """Return the root that this proof belongs to, or None if it cannot be one for the key."""
        depth = len(self.path)
        if depth > _BITS or any(len(node) != KEY_BYTES for node in self.path):
            return None
        found = EMPTY
        if self.end is not None:
            if any(bit_at(self.end.key, at) != bit_at(key, at) for at in range(depth)):
                return None
            found = self.end.hashed()
        for at in range(depth - 1, -1, -1):
            sibling = self.path[at]
            left, right = (sibling, found) if bit_at(key, at) else (found, sibling)
            found = sha256(b"\x01" + left + right).digest()
        return found


class PageStore(Protocol):
    """Keeps pages by path: one byte for each four bits from the root."""

    def page(self, path: bytes) -> bytes | None:
        """Return a page, or None."""
        ...

    def keep(self, path: bytes, page: bytes) -> None:
        """Keep a page in place of the one before."""
        ...


def bit_at(key: bytes, position: int) -> int:
    """Return a bit of a key, most significant first."""
    return key[position >> 3] >> (7 - (position & 7)) & 1


def reference_root(entries: Mapping[bytes, Entry], depth: int = 0) -> bytes:
    """Return the root of a map as its definition says, for holding the paged one to."""
    if not entries:
        return EMPTY
    if len(entries) == 1:
        return next(iter(entries.values())).hashed()
    halves = [
        reference_root(
            {key: entry for key, entry in entries.items() if bit_at(key, depth) == side}, depth + 1
        )
        for side in (0, 1)
    ]
    return sha256(b"\x01" + halves[0] + halves[1]).digest()


_Slot = bytes | Entry | None
"""The hash of the page below, an entry, or nothing."""


class PagedMap:
    """The map over a store of pages."""

    def __init__(self, store: PageStore) -> None:
        """Read and write pages of a store."""
        self._store = store

    def root(self) -> bytes:
        """Return the root of the whole map."""
        return _fold(self._slots(b""))

    def update(self, entries: Sequence[Entry]) -> bytes:
        """Set entries (one for each key) and return the new root."""
        return self._update(b"", self._slots(b""), sorted(entries))

    def proof(self, key: bytes) -> MapProof:
        """Return what the map holds for a key, provably."""
        path: list[bytes] = []
        place = b""
        while True:
            slots = self._slots(place)
            found, siblings = _descend(slots, _nibble(key, len(place)))
            path += siblings
            if not isinstance(found, bytes):
                return MapProof(path=tuple(path), end=found)
            place += bytes((_nibble(key, len(place)),))

    def _update(self, place: bytes, slots: list[_Slot], entries: Sequence[Entry]) -> bytes:
        depth = len(place)
        for nibble, group in groupby(entries, key=lambda entry: _nibble(entry.key, depth)):
            new = list(group)
            old = slots[nibble]
            below = place + bytes((nibble,))
            if isinstance(old, bytes):
                slots[nibble] = self._update(below, self._slots(below), new)
                continue
            if old is not None and all(entry.key != old.key for entry in new):
                new = sorted((*new, old))
            if len(new) == 1:
                slots[nibble] = new[0]
            else:
                slots[nibble] = self._update(below, [None] * _SLOTS, new)
        self._store.keep(place, _pack(slots))
        return _fold(slots)

    def _slots(self, place: bytes) -> list[_Slot]:
        page = self._store.page(place)
        return [None] * _SLOTS if page is None else _unpack(page)


def _nibble(key: bytes, depth: int) -> int:
    byte = key[depth >> 1]
    return byte & 15 if depth & 1 else byte >> 4


def _pack(slots: Sequence[_Slot]) -> bytes:
    parts: list[bytes] = []
    for slot in slots:
        if slot is None:
            parts.append(b"\x00")
        elif isinstance(slot, bytes):
            parts += (b"\x02", slot)
        else:
            parts += (b"\x01", slot.packed())
    return b"".join(parts)


def _unpack(page: bytes) -> list[_Slot]:
    slots: list[_Slot] = []
    at = 0
    for _ in range(_SLOTS):
        what, at = page[at], at + 1
        if what == _NOTHING:
            slots.append(None)
        elif what == _BELOW:
            slots.append(page[at : at + KEY_BYTES])
            at += KEY_BYTES
        else:
            slots.append(unpack_entry(page[at : at + _ENTRY_BYTES]))
            at += _ENTRY_BYTES
    return slots


def _fold(slots: Sequence[_Slot]) -> bytes:
    return _hash_of(_joined(slots))


def _joined(slots: Sequence[_Slot]) -> _Slot:
    """Return what a run of slots comes to: nothing, one entry, or the hash over several."""
    row = list(slots)
    while len(row) > 1:
        row = [_pair(row[at], row[at + 1]) for at in range(0, len(row), 2)]
    return row[0]


def _pair(left: _Slot, right: _Slot) -> _Slot:
    if left is None and not isinstance(right, bytes):
        return right
    if right is None and not isinstance(left, bytes):
        return left
    return sha256(b"\x01" + _hash_of(left) + _hash_of(right)).digest()


def _hash_of(slot: _Slot) -> bytes:
    if slot is None:
        return EMPTY
    return slot if isinstance(slot, bytes) else slot.hashed()


def _descend(slots: Sequence[_Slot], nibble: int) -> tuple[_Slot, list[bytes]]:
    """Walk four levels down within a page; stop early where one entry or nothing is left."""
    run: Sequence[_Slot] = slots
    siblings: list[bytes] = []
    for shift in (3, 2, 1, 0):
        found = _joined(run)
        if not isinstance(found, bytes):
            return found, siblings
        half = len(run) // 2
        near, far = (run[half:], run[:half]) if nibble >> shift & 1 else (run[:half], run[half:])
        siblings.append(_fold(far))
        run = near
    return run[0], siblings
