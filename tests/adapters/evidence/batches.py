"""Batches of records that need no keys: leaves and payloads are any bytes."""

from collections.abc import Sequence

from chengnuo.adapters.evidence.batch import Row, pack, pack_link


def some_rows(first: int, count: int, size: int = 40) -> list[Row]:
    """Return some records, each unlike the others."""
    return [
        Row(b"leaf %d" % at, b"\x01" * size, at % 5, at, 0) for at in range(first, first + count)
    ]


def packed(first: int, some: Sequence[Row]) -> bytes:
    """Return the bytes of a batch of records."""
    links = [
        pack_link(len(one.entry), len(one.sealed), one.ordinal, one.before, one.also)
        for one in some
    ]
    return pack(first, links, [one.entry for one in some], [one.sealed for one in some])


def batch_of(first: int, count: int) -> bytes:
    """Return the bytes of a batch of some records."""
    return packed(first, some_rows(first, count))
