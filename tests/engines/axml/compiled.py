"""Compiled XML for tests, written field by field as ResourceTypes.h lays it out."""

import struct
from collections.abc import Sequence

STRING, DECIMAL, BOOLEAN, REFERENCE = 3, 0x10, 0x12, 1
NONE = 0xFFFFFFFF


def chunk(kind: int, head: bytes, body: bytes = b"") -> bytes:
    header = 8 + len(head)
    return struct.pack("<2HI", kind, header, header + len(body)) + head + body


def pool(texts: Sequence[str], *, utf8: bool = True) -> bytes:
    offsets, data = b"", b""
    for text in texts:
        offsets += struct.pack("<I", len(data))
        raw = text.encode("utf-8" if utf8 else "utf-16-le")
        if utf8:
            data += _short8(len(text)) + _short8(len(raw)) + raw + b"\0"
        else:
            data += _short16(len(raw) // 2) + raw + b"\0\0"
    data += bytes(-len(data) % 4)
    flags = 1 << 8 if utf8 else 0
    head = struct.pack("<5I", len(texts), 0, flags, 28 + len(offsets), 0)
    return chunk(1, head, offsets + data)


def _short8(length: int) -> bytes:
    return bytes([length]) if length < 0x80 else bytes([0x80 | length >> 8, length & 0xFF])


def _short16(length: int) -> bytes:
    if length < 0x8000:
        return struct.pack("<H", length)
    return struct.pack("<2H", 0x8000 | length >> 16, length & 0xFFFF)


def start(
    name: int, attributes: Sequence[tuple[int, int, int, int]] = (), *, step: int = 20
) -> bytes:
    """Return the start of an element; attributes are namespace, name, type and data."""
    body = struct.pack("<2I6H", NONE, name, 20, step, len(attributes), 0, 0, 0)
    for namespace, key, kind, data in attributes:
        body += struct.pack("<3IH2BI", namespace, key, NONE, 8, 0, kind, data).ljust(step, b"\0")
    return chunk(0x0102, struct.pack("<2I", 7, NONE), body)


def end(name: int) -> bytes:
    return chunk(0x0103, struct.pack("<2I", 7, NONE), struct.pack("<2I", NONE, name))


def document(*chunks: bytes, kind: int = 3) -> bytes:
    return chunk(kind, b"", b"".join(chunks))


def ids(*numbers: int) -> bytes:
    return chunk(0x0180, b"", struct.pack(f"<{len(numbers)}I", *numbers))
