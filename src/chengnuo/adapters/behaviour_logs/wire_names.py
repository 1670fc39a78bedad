"""Names of hosts that can be read without keys: in DNS, TLS ClientHello and plain HTTP."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Final

_CLIENT_HELLO: Final = 1
_SERVER_NAME: Final = 0
_A, _AAAA, _CNAME = 1, 28, 5
_MOST_RECORDS: Final = 64
_METHODS: Final = (b"GET ", b"POST ", b"PUT ", b"HEAD ", b"DELETE ", b"PATCH ", b"OPTIONS ")


@dataclass(frozen=True, slots=True)
class Asked:
    """A message of DNS.

    Attributes:
        name: The name that was asked for.
        is_answer: Whether it is the answer.
        addresses: The addresses in it, as text.

    """

    name: str
    is_answer: bool
    addresses: tuple[str, ...]


def dns_of(data: bytes) -> Asked | None:
    """Return a message of DNS (RFC 1035 section 4); None where it is none."""
    try:
        _, flags, questions, answers = struct.unpack_from(">HHHH", data)
        if questions != 1 or flags & 0x7800:
            return None
        name, at = _name(data, 12)
        at += 4
        found: list[str] = []
        for _ in range(min(answers, _MOST_RECORDS)):
            _, at = _name(data, at)
            kind, _, _, size = struct.unpack_from(">HHIH", data, at)
            at += 10
            if kind in {_A, _AAAA}:
                found.append(str(ip_address(data[at : at + size])))
            at += size
    except (struct.error, IndexError, ValueError):
        return None
    return Asked(name, bool(flags & 0x8000), tuple(found)) if name else None


def _name(data: bytes, at: int) -> tuple[str, int]:
    """Return a name and where it ends; a pointer is followed a few times at most."""
    labels: list[str] = []
    end, jumps = -1, 0
    while (size := data[at]) != 0:
        if size >= 0xC0:  # noqa: PLR2004  a pointer
            end = at + 2 if end < 0 else end
            at = struct.unpack_from(">H", data, at)[0] & 0x3FFF
            jumps += 1
            if jumps > 8:  # noqa: PLR2004
                raise ValueError
            continue
        labels.append(data[at + 1 : at + 1 + size].decode("ascii"))
        at += 1 + size
    return ".".join(labels).lower(), at + 1 if end < 0 else end


def hello_in_records(data: bytes) -> str | None:
    """Return the name in a ClientHello of TLS over TCP (RFC 8446 section 5.1).

    Returns:
        The name; empty where it has none; None where more is needed or it is none.

    """
    handshake = bytearray()
    at = 0
    while at + 5 <= len(data) and data[at] == 22:  # noqa: PLR2004  a record of handshake
        size = struct.unpack_from(">H", data, at + 3)[0]
        handshake += data[at + 5 : at + 5 + size]
        at += 5 + size
    return hello_name(bytes(handshake))


def hello_name(data: bytes) -> str | None:
    """Return the name of a ClientHello (RFC 8446 section 4.1.2, RFC 6066 section 3).

    Returns:
        The name; empty where it has none; None where it is not whole or is none.

    """
    if len(data) < 4 or data[0] != _CLIENT_HELLO:  # noqa: PLR2004  type and length
        return None
    size = int.from_bytes(data[1:4])
    if len(data) < 4 + size:
        return None
    try:
        return next(_server_names(data[4 : 4 + size]), "")
    except (struct.error, IndexError, UnicodeDecodeError):
        return ""


def _server_names(hello: bytes) -> Iterator[str]:
    at = 34
    at += 1 + hello[at]
    at += 2 + struct.unpack_from(">H", hello, at)[0]
    at += 1 + hello[at]
    at += 2
    while at + 4 <= len(hello):
        kind, size = struct.unpack_from(">HH", hello, at)
        if kind == _SERVER_NAME and size >= 5:  # noqa: PLR2004  lengths and a type
            long = struct.unpack_from(">H", hello, at + 7)[0]
            yield hello[at + 9 : at + 9 + long].decode("ascii").lower()
        at += 4 + size


def http_head(data: bytes) -> bytes | None:
    """Return the head of a plain request of HTTP/1, as far as it came; None where it is none."""
    return data.partition(b"\r\n\r\n")[0] if data.startswith(_METHODS) else None
