"""The compiled resource table `resources.arsc` (`ResTable_header` of ResourceTypes.h).

Only the headers of its chunks are read at first; a resource is looked up when it is asked for,
in each chunk of its type. Entries may be kept with offsets of 32 or 16 bits, or sparsely, sorted
by number; an entry may have one value, several (a bag), or be compact: flags, key and value in
eight bytes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from struct import Struct

import numpy as np
from numpy.typing import NDArray

from chengnuo.engines.axml import chunk as chunks
from chengnuo.engines.axml.chunk import Chunk
from chengnuo.engines.axml.config import config_at
from chengnuo.engines.axml.element import ResourceFormatError, Value
from chengnuo.engines.axml.res_value import RES_VALUE, value_of
from chengnuo.engines.axml.string_pool import StringPool
from chengnuo.engines.axml.table import Bag, Config, Item, Row
from chengnuo.engines.program.unit import Damage

PACKAGE = Struct("<I256s4I")
PACKAGE_LEAST = 8 + 4 + 256 + 16
TYPE = Struct("<2BH2I")
TYPE_LEAST = 8 + TYPE.size
ENTRY = Struct("<2HI")
BAG = Struct("<2I")
BAG_ITEM = Struct("<IH2BI")
SPARSE, OFFSET16 = 1, 2
COMPLEX, COMPACT = 1, 8
NO_ENTRY, NO_ENTRY16 = 0xFFFFFFFF, 0xFFFF
TYPE_CHUNKS = 50_000
ENTRIES = 1 << 16
ROWS = 2_000
ITEMS = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Type:
    """One chunk: all entries of a type for one configuration."""

    offsets: NDArray[np.uint32]
    """`(n,)`: where each entry is behind `at`; `NO_ENTRY` for none."""
    numbers: NDArray[np.uint16] | None
    """Sparse: the number of each, ascending; else None and they are 0 to n - 1."""
    at: int
    end: int
    config: Config

    def place(self, number: int) -> int | None:
        """Return where an entry is, None if it is not for this configuration."""
        index = number
        if self.numbers is not None:
            index = int(np.searchsorted(self.numbers, number))
            if index == len(self.numbers) or self.numbers[index] != number:
                return None
        if index >= len(self.offsets) or self.offsets[index] == NO_ENTRY:
            return None
        place = self.at + int(self.offsets[index])
        return place if place + ENTRY.size <= self.end else None

    def present(self) -> NDArray[np.int64]:
        """Return the numbers of its entries, `(n,)` int64."""
        found = np.flatnonzero(self.offsets != NO_ENTRY)
        return found if self.numbers is None else self.numbers[found].astype(np.int64)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Package:
    """One package of the table; types by number."""

    number: int
    kinds: StringPool
    keys: StringPool
    types: dict[int, list[_Type]]


class BinaryTable:
    """A compiled table; see `Table`."""

    __slots__ = ("_data", "_packages", "_pool", "damages")

    def __init__(self, data: bytes, where: str) -> None:
        """Read the headers of a table.

        Args:
            data: The whole file.
            where: Its name, for damages.

        Raises:
            ResourceFormatError: It is no table.

        """
        outer = chunks.chunk_at(data, 0, len(data))
        if outer is None or outer.type != chunks.TABLE:
            raise ResourceFormatError(f"`{where}` is no compiled table of resources")
        found: list[Damage] = []
        if outer.size != len(data):
            found.append(Damage(where=where, why="its size is not that of the file"))
        self._data = data
        self._pool = StringPool(data, None)
        self._packages: list[_Package] = []
        has_pool, last = False, outer.header
        for chunk in chunks.chunks(data, outer.header, outer.end):
            if chunk.type == chunks.STRING_POOL and not has_pool:
                self._pool, has_pool = StringPool(data, chunk), True
            elif chunk.type == chunks.PACKAGE and chunk.header >= PACKAGE_LEAST:
                self._packages.append(_package(data, chunk, where, found))
            last = chunk.end
        if last < outer.end:
            found.append(Damage(where=where, why="bytes at its end are no chunk"))
        self.damages: tuple[Damage, ...] = tuple(found)

    def rows(self, resource_id: int) -> tuple[Row, ...]:
        """Return the values of a resource in the order of the table."""
        found: list[Row] = []
        for _, chunk in self._chunks(resource_id):
            place = chunk.place(resource_id & 0xFFFF)
            value = None if place is None else self._value(place, chunk.end)
            if value is not None:
                found.append(Row(config=chunk.config, value=value))
            if len(found) == ROWS:
                break
        return tuple(found)

    def name(self, resource_id: int) -> str:
        """Return the name as `string/app_name`, empty if it is not there."""
        for package, chunk in self._chunks(resource_id):
            place = chunk.place(resource_id & 0xFFFF)
            if place is not None:
                first, flags, key = ENTRY.unpack_from(self._data, place)
                entry = package.keys.get(first if flags & COMPACT else key)
                return f"{_kind(package, resource_id >> 16 & 0xFF)}/{entry or ''}"
        return ""

    def ids(self, kind: str) -> tuple[int, ...]:
        """Return the ids of all resources of a type, ascending."""
        found = [
            np.concatenate([chunk.present() for chunk in types])
            + (package.number << 24 | number << 16)
            for package in self._packages
            for number, types in package.types.items()
            if _kind(package, number) == kind
        ]
        return tuple(np.unique(np.concatenate(found)).tolist()) if found else ()

    def strings(self) -> Iterator[str]:
        """Yield every string of the pool of values."""
        for index in range(self._pool.count):
            text = self._pool.get(index)
            if text:
                yield text

    def _chunks(self, resource_id: int) -> Iterator[tuple[_Package, _Type]]:
        for package in self._packages:
            if package.number == resource_id >> 24:
                for chunk in package.types.get(resource_id >> 16 & 0xFF, ()):
                    yield package, chunk

    def _value(self, at: int, end: int) -> Value | Bag | None:
        """Return the value of the entry at a place, None if it is cut off."""
        size, flags, word = ENTRY.unpack_from(self._data, at)
        if flags & COMPACT:
            return value_of(flags >> 8, word, self._pool)
        if flags & COMPLEX:
            return self._bag(at + ENTRY.size, at + size, end)
        at += size
        if at + RES_VALUE.size > end:
            return None
        _, _, kind, data = RES_VALUE.unpack_from(self._data, at)
        return value_of(kind, data, self._pool)

    def _bag(self, head: int, at: int, end: int) -> Bag | None:
        if head + BAG.size > end:
            return None
        parent, count = BAG.unpack_from(self._data, head)
        fit = max(0, min(count, ITEMS, (end - at) // BAG_ITEM.size))
        items = []
        for index in range(fit):
            key, _, _, kind, data = BAG_ITEM.unpack_from(self._data, at + BAG_ITEM.size * index)
            items.append(Item(key=key, value=value_of(kind, data, self._pool)))
        return Bag(parent=parent, items=tuple(items))


def _kind(package: _Package, number: int) -> str:
    return package.kinds.get(number - 1) or ""


def _package(data: bytes, chunk: Chunk, where: str, damages: list[Damage]) -> _Package:
    number, _, kinds_at, _, keys_at, _ = PACKAGE.unpack_from(data, chunk.at + 8)
    types: dict[int, list[_Type]] = {}
    left = TYPE_CHUNKS
    for inner in chunks.chunks(data, chunk.at + chunk.header, chunk.end):
        if inner.type != chunks.TYPE or inner.header < TYPE_LEAST:
            continue
        if not left:
            damages.append(Damage(where=where, why="it has too many configurations"))
            break
        left -= 1
        types.setdefault(data[inner.at + 8], []).append(_type(data, inner))
    return _Package(
        number=number & 0xFF,
        kinds=StringPool(data, _pool_at(data, chunk, kinds_at)),
        keys=StringPool(data, _pool_at(data, chunk, keys_at)),
        types=types,
    )


def _pool_at(data: bytes, chunk: Chunk, offset: int) -> Chunk | None:
    pool = chunks.chunk_at(data, chunk.at + offset, chunk.end)
    return pool if pool is not None and pool.type == chunks.STRING_POOL else None


def _type(data: bytes, chunk: Chunk) -> _Type:
    _, flags, _, count, start = TYPE.unpack_from(data, chunk.at + 8)
    at = chunk.at + chunk.header
    wide = 2 if flags & OFFSET16 and not flags & SPARSE else 4
    count = min(count, ENTRIES, (chunk.end - at) // wide)
    numbers = None
    if flags & SPARSE:
        pairs = np.frombuffer(data, dtype="<u2", count=2 * count, offset=at).reshape(-1, 2)
        numbers, offsets = pairs[:, 0], pairs[:, 1].astype(np.uint32) * 4
    elif wide == 2:  # noqa: PLR2004  bytes of an offset
        short = np.frombuffer(data, dtype="<u2", count=count, offset=at).astype(np.uint32)
        offsets = np.where(short == NO_ENTRY16, np.uint32(NO_ENTRY), short * 4)
    else:
        offsets = np.frombuffer(data, dtype="<u4", count=count, offset=at)
    return _Type(
        offsets=offsets,
        numbers=numbers,
        at=chunk.at + start,
        end=chunk.end,
        config=config_at(data, chunk.at + TYPE_LEAST, at),
    )
