"""A batch: what one fdatasync makes durable, as it stands in a segment.

    magic "CNB1" | records (4) | first position (8) | body bytes (4) | SHA-256 of all of it (32)
    body: per record  leaf length (2) | sealed length (4) | ordinal (8) | before (8) | also (8)
          then all leaves, then all sealed payloads

Numbers are big-endian; `before` and `also` are positions plus one, 0 for none. The hash covers the
first twenty bytes and the body, so a batch that was torn, or changed in one bit, is known.
"""

import struct
from collections.abc import Sequence
from hashlib import sha256
from typing import NamedTuple

MAGIC = b"CNB1"
_HEAD = struct.Struct(">4sIQI")
HEAD_BYTES = _HEAD.size + 32
_ROW = struct.Struct(">HIQQQ")
MOST_BODY_BYTES = 1 << 30


class Row(NamedTuple):
    """One record of a batch.

    Attributes:
        entry: The leaf.
        sealed: The sealed payload.
        ordinal: Of the individual; 0 for none.
        before: Position plus one of the record before in its chain; 0 for none.
        also: The same in its second chain.

    """

    entry: bytes
    sealed: bytes
    ordinal: int
    before: int
    also: int


class Head(NamedTuple):
    """The head of a batch."""

    records: int
    first: int
    body_bytes: int
    digest: bytes


pack_link = _ROW.pack
"""Returns how a record stands in the table of its batch, from its lengths and links."""


def pack(
    first: int, links: Sequence[bytes], entries: Sequence[bytes], sealed: Sequence[bytes]
) -> bytes:
    """Return the bytes of a batch from the columns of its table, the leaves and the payloads."""
    body = b"".join((*links, *entries, *sealed))
    head = _HEAD.pack(MAGIC, len(links), first, len(body))
    digest = sha256(head)
    digest.update(body)
    return b"".join((head, digest.digest(), body))


def read_head(data: bytes) -> Head | None:
    """Return the head of a batch, or None if the bytes cannot be one."""
    if len(data) < HEAD_BYTES:
        return None
    magic, count, first, body_bytes = _HEAD.unpack_from(data)
    if magic != MAGIC or not count or not count * _ROW.size <= body_bytes <= MOST_BODY_BYTES:
        return None
    return Head(count, first, body_bytes, data[_HEAD.size : HEAD_BYTES])


def is_whole(data: bytes, head: Head) -> bool:
    """Tell whether the bytes of a batch, head included, are the ones that were written."""
    body = data[HEAD_BYTES : HEAD_BYTES + head.body_bytes]
    return (
        len(body) == head.body_bytes
        and sha256(data[: _HEAD.size] + body).digest() == head.digest
        and _told_bytes(body, head.records) == head.body_bytes
    )


def rows_of(data: bytes, head: Head) -> list[Row]:
    """Return the records of a whole batch, head included in the bytes."""
    body = data[HEAD_BYTES : HEAD_BYTES + head.body_bytes]
    count = head.records
    table = list(_ROW.iter_unpack(body[: count * _ROW.size]))
    entry_at = count * _ROW.size
    sealed_at = entry_at + sum(row[0] for row in table)
    rows: list[Row] = []
    for entry_bytes, sealed_bytes, ordinal, before, also in table:
        entry_end, sealed_end = entry_at + entry_bytes, sealed_at + sealed_bytes
        rows.append(
            Row(body[entry_at:entry_end], body[sealed_at:sealed_end], ordinal, before, also)
        )
        entry_at, sealed_at = entry_end, sealed_end
    return rows


def _told_bytes(body: bytes, count: int) -> int:
    """Return how long the body is by its own table."""
    table = count * _ROW.size
    told: int = sum(row[0] + row[1] for row in _ROW.iter_unpack(body[:table]))
    return table + told
