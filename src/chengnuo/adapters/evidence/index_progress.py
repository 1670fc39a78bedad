"""How far the projection of the log has come, and how that stands in its one row.

The row carries a digest of itself: SQLite notices a damaged page, not a damaged value.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from chengnuo.engines.merkle.sparse_map import Entry
from chengnuo.engines.merkle.tiles import RightEdge
from chengnuo.ports.evidence_log import LogDamagedError

COLUMNS = "size, last, map_root, signed_at, synced, edge, digest"
_Value = int | bytes | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far the projection has come.

    Attributes:
        size: Records that it covers.
        last: Leaf hash of the newest of them, which tells whose projection this is; else empty.
        map_root: Root of the map over their chains.
        signed_at: Microseconds of the newest checkpoint; None before the first.
        synced: Records whose tiles are known to be durable.
        edge: Right edge of the tree at `synced`.

    """

    size: int
    last: bytes
    map_root: bytes
    signed_at: int | None
    synced: int
    edge: RightEdge


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What one publication adds.

    Attributes:
        size: Records covered after it.
        last: Leaf hash of the newest of them.
        heads: New heads of the chains that grew.
        kinds: How many records of each kind.
        days: Size at the end of each day touched.
        signed_at: Microseconds of the checkpoint that follows.

    """

    size: int
    last: bytes
    heads: Sequence[Entry]
    kinds: Mapping[str, int]
    days: Mapping[str, int]
    signed_at: int


def to_row(progress: Progress) -> tuple[_Value, ...]:
    """Return the values of `COLUMNS`."""
    values: list[_Value] = [
        progress.size,
        progress.last,
        progress.map_root,
        progress.signed_at,
        progress.synced,
        _edge_bytes(progress.edge),
    ]
    return (*values, _digest(values))


def from_row(row: tuple[Any, ...], file: str) -> Progress:
    """Return what a row of a file says.

    Raises:
        LogDamagedError: It is not what was written.

    """
    *values, digest = row
    if _digest(values) != digest:
        raise LogDamagedError(file, "how far it has come is not what was written")
    size, last, map_root, signed_at, synced, edge = values
    return Progress(
        size=size,
        last=last,
        map_root=map_root,
        signed_at=signed_at,
        synced=synced,
        edge=_edge_from(edge, synced),
    )


def _digest(values: Sequence[_Value]) -> bytes:
    return sha256(repr(tuple(values)).encode()).digest()


def _edge_bytes(edge: RightEdge) -> bytes:
    parts: list[bytes] = []
    for level in edge.levels:
        parts += (len(level).to_bytes(2, "big"), bytes(level))
    return b"".join(parts)


def _edge_from(data: bytes, size: int) -> RightEdge:
    levels: list[bytes] = []
    full: list[int] = []
    at = 0
    nodes = size
    while at < len(data):
        stop = at + 2 + int.from_bytes(data[at : at + 2], "big")
        levels.append(data[at + 2 : stop])
        full.append(nodes >> 8)
        nodes >>= 8
        at = stop
    return RightEdge(levels, full)
