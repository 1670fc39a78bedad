"""Chunks of Android's resource format (`ResChunk_header` of ResourceTypes.h).

Every chunk begins with its type and the size of its header, 16 bits each, and its whole size, 32
bits; all little-endian. A walk ends at the first chunk whose sizes do not fit, as Android's does.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from struct import Struct

HEADER = Struct("<2HI")

STRING_POOL = 0x0001
TABLE = 0x0002
XML = 0x0003
XML_START_NAMESPACE = 0x0100
XML_END_NAMESPACE = 0x0101
XML_START_ELEMENT = 0x0102
XML_END_ELEMENT = 0x0103
XML_CDATA = 0x0104
XML_RESOURCE_MAP = 0x0180
PACKAGE = 0x0200
TYPE = 0x0201


@dataclass(frozen=True, slots=True)
class Chunk:
    """One chunk: `data[at:at + size]`, its contents from `at + header` on."""

    type: int
    at: int
    header: int
    size: int

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.at + self.size


def chunk_at(data: bytes, at: int, end: int) -> Chunk | None:
    """Return the chunk at a place, None if none fits between there and the end."""
    if at < 0 or at + HEADER.size > end:
        return None
    kind, header, size = HEADER.unpack_from(data, at)
    if not HEADER.size <= header <= size <= end - at:
        return None
    return Chunk(kind, at, header, size)


def chunks(data: bytes, at: int, end: int) -> Iterator[Chunk]:
    """Yield the chunks that follow each other from a place on, up to one that does not fit."""
    while (chunk := chunk_at(data, at, end)) is not None:
        yield chunk
        at = chunk.end
