"""What is in a packet: link layer, IP, and TCP or UDP, with the app where PCAPdroid says it.

Link types (draft-ietf-opsawg-pcaplinktype): 1 Ethernet, 101 raw IP, 113 and 276 Linux cooked, 228
IPv4. PCAPdroid puts a trailer behind the IP packet: magic, uid, name of the app, checksum.
"""

import struct
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Final

from chengnuo.adapters.behaviour_logs.packets import Packet

_ETHERNET, _RAW, _COOKED, _COOKED2, _IPV4 = 1, 101, 113, 276, 228
LINKS: Final = frozenset((_ETHERNET, _RAW, _COOKED, _COOKED2, _IPV4))
_IP4, _IP6, _VLAN = 0x0800, 0x86DD, 0x8100
_TCP, _UDP = 6, 17
_SYN, _ACK = 2, 16
_TRAILER: Final = struct.Struct(">Ii20sI")
_TRAILER_MAGIC: Final = 0x01072021
_EXTENSIONS: Final = frozenset((0, 43, 60))


@dataclass(frozen=True, slots=True)
class Datagram:
    """What one packet carries.

    Attributes:
        source, target: Addresses, as text.
        source_port, target_port: Ports.
        is_tcp: Whether it is TCP; else UDP.
        payload: What is in it.
        size: Octets of the IP packet.
        app: Name of the app that PCAPdroid tells, or empty.
        sequence: Number of the first octet of TCP, or of the SYN.
        opens: Whether it is the SYN of a client.

    """

    source: str
    target: str
    source_port: int
    target_port: int
    is_tcp: bool
    payload: bytes
    size: int
    app: str
    sequence: int = 0
    opens: bool = False


def datagram_of(packet: Packet) -> Datagram | None:
    """Return what a packet carries; None for other protocols, fragments, or damage."""
    try:
        return _read(packet)
    except (struct.error, IndexError, ValueError):
        return None


def _read(packet: Packet) -> Datagram | None:
    data = _network(packet)
    if not data:
        return None
    whole, protocol, source, target, at = _ip(data)
    if at < 0:
        return None
    body, rest = data[at:whole], data[whole:]
    source_port, target_port, sequence = struct.unpack_from(">HHI", body)
    if protocol == _TCP:
        payload = body[(body[12] >> 4) * 4 :]
    elif protocol == _UDP:
        payload = body[8 : struct.unpack_from(">H", body, 4)[0]]
    else:
        return None
    return Datagram(
        source=source,
        target=target,
        source_port=source_port,
        target_port=target_port,
        is_tcp=protocol == _TCP,
        payload=payload,
        size=whole,
        app=_app(rest),
        sequence=sequence,
        opens=protocol == _TCP and body[13] & (_SYN | _ACK) == _SYN,
    )


def _network(packet: Packet) -> bytes:
    data = packet.data
    match packet.link:
        case 1:
            kind, at = struct.unpack_from(">H", data, 12)[0], 14
            while kind == _VLAN:
                kind, at = struct.unpack_from(">H", data, at + 2)[0], at + 4
        case 113:
            kind, at = struct.unpack_from(">H", data, 14)[0], 16
        case 276:
            kind, at = struct.unpack_from(">H", data)[0], 20
        case 101 | 228:
            return data
        case _:
            return b""
    return data[at:] if kind in {_IP4, _IP6} else b""


def _ip(data: bytes) -> tuple[int, int, str, str, int]:
    """Return size, protocol, addresses and where the body begins, -1 where there is none."""
    if data[0] >> 4 == 4:  # noqa: PLR2004  version of the protocol
        head = (data[0] & 15) * 4
        whole = struct.unpack_from(">H", data, 2)[0] or len(data)  # 0 where a card splits it
        fragment = struct.unpack_from(">H", data, 6)[0] & 0x1FFF
        source, target = str(ip_address(data[12:16])), str(ip_address(data[16:20]))
        return whole, data[9], source, target, -1 if fragment else head
    whole = 40 + struct.unpack_from(">H", data, 4)[0]
    protocol, at = data[6], 40
    while protocol in _EXTENSIONS:
        protocol, at = data[at], at + 8 + data[at + 1] * 8
    return whole, protocol, str(ip_address(data[8:24])), str(ip_address(data[24:40])), at


def _app(rest: bytes) -> str:
    if len(rest) < _TRAILER.size:
        return ""
    magic, _, name, _ = _TRAILER.unpack_from(rest)
    if magic != _TRAILER_MAGIC:
        return ""
    return str(name.partition(b"\0")[0].decode("utf-8", errors="replace"))
