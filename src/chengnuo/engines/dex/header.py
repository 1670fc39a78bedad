"""Headers of a DEX file ("header_item"); several in a container of version 041.

What the runtime refuses is refused: another magic, swapped bytes, a header of another size. A
checksum or signature that does not fit is accepted, as the runtime does, and said. In a container
all offsets count from the start of the file.
"""

import struct
from dataclasses import dataclass
from hashlib import sha1
from typing import Final
from zlib import adler32

from chengnuo.engines.dex.errors import UnreadableDexError
from chengnuo.engines.dex.limits import Limits
from chengnuo.engines.program.damages import Damages

HEADER_BYTES: Final = 0x70
CONTAINER_HEADER_BYTES: Final = 0x78
VERSIONS: Final = (b"035", b"036", b"037", b"038", b"039", b"040", b"041")
CONTAINER_VERSION: Final = b"041"
LITTLE_ENDIAN: Final = 0x12345678
_FIELDS = struct.Struct("<20I")
_OTHERS: Final = (
    (b"cdex", "it is a compact DEX (cdex), which only a system image holds"),
    (b"dey\n", "it is an optimised DEX (odex) of an old system"),
    (b"vdex", "it is a verified DEX (vdex), which the device makes"),
    (b"\x7fELF", "it is an ELF file, perhaps compiled code (oat)"),
    (b"PK\x03\x04", "it is a ZIP archive"),
    (b"\xca\xfe\xba\xbe", "it is a Java class file"),
)


@dataclass(frozen=True, slots=True)
class Section:
    """A table: `count` items from `offset` on."""

    count: int
    offset: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """Where the tables of one DEX file are; every table lies inside the file.

    Attributes:
        start: Where the header is.
        end: Where the file that it heads ends.
        map_offset: Where the list of all sections is; 0 if it is outside.

    """

    start: int
    end: int
    map_offset: int
    strings: Section
    types: Section
    protos: Section
    fields: Section
    methods: Section
    classes: Section


def _why_not_dex(magic: bytes) -> str:
    for prefix, why in _OTHERS:
        if magic.startswith(prefix):
            return why
    if not magic.startswith(b"dex\n"):
        return "it does not begin with the magic of DEX"
    return "its version is not one of 035 to 041"


def _checked(name: str, data: bytes, start: int) -> tuple[int, ...]:
    """Return the numbers of the header from file_size on, if the runtime would take it."""
    magic = data[start : start + 8]
    if magic[:4] != b"dex\n" or magic[4:7] not in VERSIONS or magic[7:] != b"\0":
        raise UnreadableDexError(name, _why_not_dex(magic))
    wanted = CONTAINER_HEADER_BYTES if magic[4:7] == CONTAINER_VERSION else HEADER_BYTES
    if len(data) - start < wanted:
        raise UnreadableDexError(name, "it ends within the header")
    numbers = _FIELDS.unpack_from(data, start + 32)
    if numbers[2] != LITTLE_ENDIAN:
        raise UnreadableDexError(name, "its byte order is not little-endian")
    if numbers[1] != wanted:
        raise UnreadableDexError(name, f"its header has {numbers[1]} bytes; expected {wanted}")
    return numbers


_TABLES: Final = (
    ("string_ids", 4),
    ("type_ids", 4),
    ("proto_ids", 12),
    ("field_ids", 8),
    ("method_ids", 8),
    ("class_defs", 32),
)
"""Tables in the order of the header, and the bytes of their items."""


MOST_TYPES: Final = 1 << 16
"""Types and prototypes; their ids have 16 bits everywhere."""


def _sections(
    numbers: tuple[int, ...], size: int, limits: Limits, damages: Damages
) -> list[Section]:
    """Return the tables as far as they lie in a file of `size` bytes and within the limits."""
    bounds = (limits.strings, MOST_TYPES, MOST_TYPES, limits.items, limits.items, limits.items)
    sections = []
    for (label, item_bytes), most, count, offset in zip(
        _TABLES, bounds, numbers[::2], numbers[1::2], strict=True
    ):
        room = min(most, max(0, size - offset) // item_bytes)
        if count > room:
            damages.add(label, f"says {count} items at {offset}, of which {room} are read")
        taken = min(count, room)
        sections.append(Section(taken, offset if taken else 0))
    return sections


def _sums(data: bytes, start: int, end: int, damages: Damages) -> None:
    view = memoryview(data)
    if adler32(view[start + 12 : end]) != int.from_bytes(view[start + 8 : start + 12], "little"):
        damages.add("header", "the checksum (Adler-32) does not fit the bytes")
    signed = sha1(view[start + 32 : end], usedforsecurity=False)
    if signed.digest() != view[start + 12 : start + 32]:
        damages.add("header", "the signature (SHA-1) does not fit the bytes")


def header_at(name: str, data: bytes, start: int, limits: Limits, damages: Damages) -> Header:
    """Return the header at a place.

    Raises:
        UnreadableDexError: The runtime would not take it, or it is another kind of file.

    """
    numbers = _checked(name, data, start)
    end = start + numbers[0]
    if end > len(data) or numbers[0] < numbers[1]:
        damages.add("header", f"says {numbers[0]} bytes; the file has {len(data) - start}")
        end = len(data)
    else:
        _sums(data, start, end, damages)
    map_offset = numbers[5]
    strings, types, protos, fields, methods, classes = _sections(
        numbers[6:18], len(data), limits, damages
    )
    return Header(
        start=start,
        end=end,
        map_offset=map_offset if map_offset + 4 <= len(data) else 0,
        strings=strings,
        types=types,
        protos=protos,
        fields=fields,
        methods=methods,
        classes=classes,
    )


def is_container(data: bytes, start: int) -> bool:
    """Tell whether the header at a place is of the version that others may follow."""
    return data[start + 4 : start + 7] == CONTAINER_VERSION


def check_size(name: str, data: bytes, limits: Limits) -> None:
    """Refuse a file over the limit.

    Raises:
        UnreadableDexError: It is.

    """
    if len(data) > limits.file_bytes:
        raise UnreadableDexError(
            name, f"it has {len(data)} bytes; the limit is {limits.file_bytes}"
        )
