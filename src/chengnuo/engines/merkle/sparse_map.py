"""A sparse Merkle map: 32-byte keys to chain heads, with proofs of presence and of absence.

A subtree with one key is that key's entry, at whatever depth; an empty one is 32 zero bytes
(`docs/formats/evidence.md`). Keys are never taken out. On disk the tree is cut into pages of four
levels: a page has 16 slots, each empty, one entry, or the page below. Any store of bytes by path
will do; the map is written once per checkpoint, so many changes share the pages near the root.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from struct import Struct
from typing import NamedTuple, Protocol

from chengnuo.engines.merkle.tiles import subtree_root

KEY_BYTES = 32
EMPTY = bytes(32)
_SLOTS = 16
_LEVELS = 4  # within a page
_BITS = 8 * KEY_BYTES
_NOTHING, _ENTRY, _BELOW = 0, 1, 2
_PACKED = Struct(">32sQQ32s")
_ENTRY_BYTES = _PACKED.size
_SLOT_BYTES = (1, 1 + _ENTRY_BYTES, 1 + KEY_BYTES)  # by what the slot holds
_NIBBLES = [bytes((nibble,)) for nibble in range(_SLOTS)]


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
        return _PACKED.pack(*self)

    def hashed(self) -> bytes:
        """Return the hash of a subtree that holds this entry alone."""
        return sha256(b"\x00" + self.packed()).digest()


def unpack_entry(data: bytes) -> Entry:
    """Return the entry of its 80 bytes.

    Raises:
        ValueError: They are not so many.

    """
    if len(data) != _ENTRY_BYTES:
        raise ValueError(len(data))
    return Entry(*_PACKED.unpack(data))


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


_Slot = bytes | None
"""The hash of the page below, the packed bytes of an entry (told by their length), or nothing."""


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
        return self._update(b"", self._slots(b""), sorted([entry.packed() for entry in entries]))

    def find(self, key: bytes) -> Entry | None:
        """Return the entry of a key, or None; hashes nothing, so it is no proof.

        Raises:
            IndexError: A page is not what was written.
            ValueError: The same.

        """
        place = b""
        while page := self._store.page(place):
            nibble = _nibble(key, len(place))
            at = 0
            for _ in range(nibble):
                at += _SLOT_BYTES[page[at]]
            if page[at] == _BELOW:
                place += _NIBBLES[nibble]
            elif page[at] == _NOTHING or page[at + 1 : at + 1 + KEY_BYTES] != key:
                return None
            else:
                return unpack_entry(page[at + 1 : at + _SLOT_BYTES[_ENTRY]])
        return None

    def proof(self, key: bytes) -> MapProof:
        """Return what the map holds for a key, provably."""
        path: list[bytes] = []
        place = b""
        while True:
            nibble = _nibble(key, len(place))
            found, siblings = _descend(self._slots(place), nibble)
            path += siblings
            if found is None or len(found) == _ENTRY_BYTES:
                end = None if found is None else unpack_entry(found)
                return MapProof(path=tuple(path), end=end)
            place += _NIBBLES[nibble]

    def _update(self, place: bytes, slots: list[_Slot], entries: Sequence[bytes]) -> bytes:
        """Set packed entries, sorted, below a page and return the hash over it."""
        depth = len(place)
        at, high = depth >> 1, not depth & 1
        start, count = 0, len(entries)
        while start < count:
            first = entries[start]
            nibble = first[at] >> 4 if high else first[at] & 15
            stop = start + 1
            while (
                stop < count
                and (entries[stop][at] >> 4 if high else entries[stop][at] & 15) == nibble
            ):
                stop += 1
            new = entries[start:stop]
            start = stop
            old = slots[nibble]
            if old is not None and len(old) == KEY_BYTES:
                below = place + _NIBBLES[nibble]
                slots[nibble] = self._update(below, self._slots(below), new)
            elif len(new) == 1 and (old is None or old[:KEY_BYTES] == first[:KEY_BYTES]):
                slots[nibble] = first
            else:
                if old is not None and all(one[:KEY_BYTES] != old[:KEY_BYTES] for one in new):
                    new = sorted((*new, old))
                below = place + _NIBBLES[nibble]
                slots[nibble] = (
                    new[0] if len(new) == 1 else self._update(below, [None] * _SLOTS, new)
                )
        self._store.keep(place, _pack(slots))
        return _fold(slots)

    def _slots(self, place: bytes) -> list[_Slot]:
        page = self._store.page(place)
        return [None] * _SLOTS if page is None else _unpack(page)


def _nibble(key: bytes, depth: int) -> int:
    byte = key[depth >> 1]
    return byte & 15 if depth & 1 else byte >> 4


def _pack(slots: Sequence[_Slot]) -> bytes:
    return b"".join(
        [
            b"\x00" if slot is None else (b"\x02" if len(slot) == KEY_BYTES else b"\x01") + slot
            for slot in slots
        ]
    )


def _unpack(page: bytes) -> list[_Slot]:
    slots: list[_Slot] = []
    at = 0
    for _ in range(_SLOTS):
        what = page[at]
        if what:
            stop = at + _SLOT_BYTES[what]
            slots.append(page[at + 1 : stop])
            at = stop
        else:
            slots.append(None)
            at += 1
    if at != len(page):
        raise ValueError(at)
    return slots


def _fold(slots: Sequence[_Slot]) -> bytes:
    """Return the hash over a page: what `_levels` ends with, without a look at what is empty."""
    nodes = [slot for slot in slots if slot is not None]
    if len(nodes) == _SLOTS:
        row = b"".join(nodes)
        if len(row) == _SLOTS * KEY_BYTES:
            return subtree_root(row)
    places = [place for place, slot in enumerate(slots) if slot is not None]
    for _ in range(_LEVELS):
        if len(nodes) == 1 and len(nodes[0]) == _ENTRY_BYTES:
            break  # it stands for all above it
        above: list[bytes] = []
        halves: list[int] = []
        at, count = 0, len(nodes)
        while at < count:
            place, node = places[at], nodes[at]
            at += 1
            halves.append(place >> 1)
            if at < count and places[at] >> 1 == place >> 1:
                left, right = node, nodes[at]
                at += 1
            elif len(node) == _ENTRY_BYTES:
                above.append(node)
                continue
            else:
                left, right = (EMPTY, node) if place & 1 else (node, EMPTY)
            if len(left) == _ENTRY_BYTES:
                left = sha256(b"\x00" + left).digest()
            if len(right) == _ENTRY_BYTES:
                right = sha256(b"\x00" + right).digest()
            above.append(sha256(b"\x01" + left + right).digest())
        nodes, places = above, halves
    return _hash_of(nodes[0]) if nodes else EMPTY


def _levels(slots: Sequence[_Slot]) -> list[Sequence[_Slot]]:
    """Return the nodes within a page, its slots first: nothing, one entry, or a hash."""
    levels = [slots]
    row = slots
    while len(row) > 1:
        row = [
            (right if left is None else left)
            # One side is empty, the other holds nothing or a single entry: it stands for both.
            if (left is None and (right is None or len(right) == _ENTRY_BYTES))
            or (right is None and left is not None and len(left) == _ENTRY_BYTES)
            else sha256(b"\x01" + _hash_of(left) + _hash_of(right)).digest()
            for left, right in zip(row[::2], row[1::2], strict=True)
        ]
        levels.append(row)
    return levels


def _hash_of(slot: _Slot) -> bytes:
    if slot is None:
        return EMPTY
    return slot if len(slot) == KEY_BYTES else sha256(b"\x00" + slot).digest()


def _descend(slots: Sequence[_Slot], nibble: int) -> tuple[_Slot, list[bytes]]:
    """Walk four levels down within a page; stop early where one entry or nothing is left."""
    levels = _levels(slots)
    siblings: list[bytes] = []
    for height in range(len(levels) - 1, 0, -1):
        found = levels[height][nibble >> height]
        if found is None or len(found) == _ENTRY_BYTES:
            return found, siblings
        siblings.append(_hash_of(levels[height - 1][nibble >> (height - 1) ^ 1]))
    return slots[nibble], siblings
