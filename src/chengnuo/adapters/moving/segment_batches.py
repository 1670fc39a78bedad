"""The batches of a log as their bytes stand in the segments, whole and checked."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from chengnuo.adapters.evidence.batch import HEAD_BYTES, is_whole, read_head
from chengnuo.adapters.evidence.file_system import File, FileSystem
from chengnuo.adapters.evidence.one_segment import (
    Segment,
    damaged,
    listed,
    read_through,
    refuse_gap,
    segment_name,
)
from chengnuo.ports.evidence_log import LogDamagedError


class RawBatch(NamedTuple):
    """A batch: position of its first record, how many it holds, its bytes."""

    first: int
    records: int
    data: bytes


def raw_batches(
    files: FileSystem, folder: Path, origin: str, start: int, stop: int
) -> Iterator[RawBatch]:
    """Yield the batches that begin at a position or later and end at another or before.

    Args:
        files: How the segments are read.
        folder: Where they are.
        origin: Name of their log.
        start: Where a batch begins, or the end of the log.
        stop: Up to where; a batch that goes beyond is left out.

    Raises:
        LogDamagedError: A batch is not what was written, or is not there.

    """
    firsts = listed(files, folder)
    if firsts:
        refuse_gap(firsts)
    at = start
    for place, first in enumerate(firsts):
        ends = firsts[place + 1] if place + 1 < len(firsts) else stop
        if ends <= at or first >= stop:
            continue
        with closing(files.open(folder / segment_name(first), write=False)) as file:
            segment = read_through(file, first, origin)
            for number, begins in enumerate(segment.firsts):
                if begins < at:
                    continue
                batch = _batch(file, first, segment, number)
                if batch.first != at:
                    raise damaged(first, segment.offsets[number], at)
                if at + batch.records > stop:
                    return
                yield batch
                at += batch.records
        if at < min(ends, stop):
            raise damaged(first, segment.end, at)


def _batch(file: File, first: int, segment: Segment, place: int) -> RawBatch:
    offset = segment.offsets[place]
    head = read_head(file.read(offset, HEAD_BYTES))
    data = b"" if head is None else file.read(offset, HEAD_BYTES + head.body_bytes)
    if head is None or head.first != segment.firsts[place] or not is_whole(data, head):
        raise LogDamagedError(segment_name(first), f"the batch at byte {offset} was changed")
    return RawBatch(head.first, head.records, data)
