"""Packets of pcap and pcapng files, in either byte order, whole or cut off.

pcap: magic `a1b2c3d4` (microseconds) or `a1b23c4d` (nanoseconds), 24 octets of header, 16 before
each packet (draft-ietf-opsawg-pcap). pcapng: blocks, of which the Section Header tells the byte
order, the Interface Description the link type and resolution, and the Enhanced and Simple Packet
hold packets (draft-ietf-opsawg-pcapng).
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from chengnuo.domain.observation.runtime_event import Lost

MOST_PACKET: Final = 1 << 18
"""Octets of one packet; the largest that a capture of a phone has are 64 KiB."""
_MOST_BLOCK: Final = 1 << 24
_SECTION, _INTERFACE, _SIMPLE, _ENHANCED = 0x0A0D0D0A, 1, 3, 6
_RESOLUTION: Final = 9
_BIG: Final = b"\x1a\x2b\x3c\x4d"
_US: Final = 1_000_000
_MAGICS: Final = {
    b"\xa1\xb2\xc3\xd4": (">", _US),
    b"\xd4\xc3\xb2\xa1": ("<", _US),
    b"\xa1\xb2\x3c\x4d": (">", 1000 * _US),
    b"\x4d\x3c\xb2\xa1": ("<", 1000 * _US),
}
PCAP_MAGICS: Final = frozenset(_MAGICS)
PCAPNG_MAGIC: Final = b"\x0a\x0d\x0d\x0a"


@dataclass(frozen=True, slots=True)
class Packet:
    """A packet.

    Attributes:
        at: When, microseconds since 1970; None where a block does not tell.
        link: Link type.
        data: Its octets, as far as they were kept.

    """

    at: int | None
    link: int
    data: bytes


def pcap_packets(source: BinaryIO, lost: list[Lost]) -> Iterator[Packet]:
    """Yield the packets of a pcap file."""
    head = source.read(24)
    order, per_second = _MAGICS.get(head[:4], ("<", _US))
    if len(head) < 24:  # noqa: PLR2004  the header above
        lost.append(Lost(row=0, why="the header of the capture is cut off"))
        return
    link = struct.unpack_from(f"{order}I", head, 20)[0] & 0xFFFF
    row = 0
    while front := source.read(16):
        row += 1
        if len(front) < 16:  # noqa: PLR2004  the front above
            lost.append(Lost(row=row, why="the capture ends in the middle of a packet"))
            return
        seconds, part, size, _ = struct.unpack(f"{order}IIII", front)
        if size > MOST_PACKET:
            lost.append(Lost(row=row, why="a packet says that it is larger than any can be"))
            return
        data = source.read(size)
        if len(data) < size:
            lost.append(Lost(row=row, why="the capture ends in the middle of a packet"))
        yield Packet(seconds * _US + part * _US // per_second, link, data)


def pcapng_packets(source: BinaryIO, lost: list[Lost]) -> Iterator[Packet]:
    """Yield the packets of a pcapng file."""
    order, row = "<", 0
    interfaces: list[tuple[int, int]] = []
    while front := source.read(8):
        if len(front) < 8:  # noqa: PLR2004  the front above
            lost.append(Lost(row=row + 1, why="the capture ends in the middle of a block"))
            return
        if front[:4] == PCAPNG_MAGIC:
            mark = source.read(4)
            order = ">" if mark == _BIG else "<"
            interfaces = []
            read = 4
        else:
            read = 0
        kind, size = struct.unpack(f"{order}II", front)
        if size < 12 or size > _MOST_BLOCK or size % 4:  # noqa: PLR2004  two lengths and a type
            lost.append(Lost(row=row + 1, why="a block has a length that cannot be"))
            return
        body = source.read(size - 8 - read)
        if len(body) < size - 8 - read:
            lost.append(Lost(row=row + 1, why="the capture ends in the middle of a block"))
            return
        body = body[:-4]
        if kind == _INTERFACE and len(body) >= 8:  # noqa: PLR2004
            interfaces.append((struct.unpack_from(f"{order}H", body)[0], _ticks(body[8:], order)))
        elif kind == _ENHANCED and len(body) >= 20:  # noqa: PLR2004
            row += 1
            number, high, low, kept = struct.unpack_from(f"{order}IIII", body)
            if number < len(interfaces):
                link, ticks = interfaces[number]
                at = ((high << 32) | low) * _US // ticks
                yield Packet(at, link, body[20 : 20 + kept])
        elif kind == _SIMPLE and len(body) >= 4 and interfaces:  # noqa: PLR2004
            row += 1
            whole = struct.unpack_from(f"{order}I", body)[0]
            yield Packet(None, interfaces[0][0], body[4 : 4 + whole])


def _ticks(options: bytes, order: str) -> int:
    """Return how many ticks of an interface make a second: its option 9, else a million."""
    at = 0
    while at + 4 <= len(options):
        code, size = struct.unpack_from(f"{order}HH", options, at)
        if code == 0:
            break
        if code == _RESOLUTION and size >= 1 and at + 4 < len(options):
            value = options[at + 4]
            power = value & 0x7F
            return 1 << min(power, 63) if value & 0x80 else 10 ** min(power, 18)
        at += 4 + size + (-size) % 4
    return _US
