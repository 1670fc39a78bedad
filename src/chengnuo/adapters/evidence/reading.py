"""Reading a log: records, proofs and its state, beside whoever writes it."""

import os
from bisect import bisect_left
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from time import sleep

from chengnuo.adapters.evidence.checkpoint_file import read_checkpoint
from chengnuo.adapters.evidence.file_system import FileSystem
from chengnuo.adapters.evidence.index import FILE_NAME, Index
from chengnuo.adapters.evidence.kept_batches import BatchesOf, KeptBatches, batches_in
from chengnuo.adapters.evidence.log_keys import LOG_JSON, read_log_keys
from chengnuo.base.instant import from_us
from chengnuo.domain.evidence.checkpoint import SignedCheckpoint
from chengnuo.domain.evidence.leaf import read_leaf
from chengnuo.domain.evidence.log_keys import LogKeys
from chengnuo.engines.merkle.hashing import HASH_BYTES
from chengnuo.engines.merkle.sparse_map import MapProof
from chengnuo.engines.merkle.tiles import TILE_WIDTH, node_in_tiles, tile_path
from chengnuo.engines.merkle.tree import (
    consistency_proof,
    frontier_nodes,
    inclusion_proof,
    root_of,
)
from chengnuo.ports.evidence_log import (
    LogDamagedError,
    LogUnavailableError,
    NoLogError,
    NoSuchRecordError,
    Position,
    Record,
)
from chengnuo.ports.log_status import Growth, LogStatus

PUBLIC = "log"
WAL = "wal"
_TRIES = 50
_TRIES_OF_TILE = 3
_TRY_S = 0.02
_OTHER_MAP = "its map does not become that of the newest checkpoint"


class ReadableLog:
    """`LogReader` over a log's folder."""

    def __init__(
        self, folder: Path, files: FileSystem, *, segments: KeptBatches, index: Index
    ) -> None:
        """Read a log whose parts are open already; see `open_to_read`."""
        self._folder = folder
        self._public = folder / PUBLIC
        self._files = files
        self._segments = segments
        self._index = index
        self._reached = 0  # size of the newest checkpoint that was looked at

    @property
    def origin(self) -> str:
        """Name of the log."""
        return self.keys().origin

    def close(self) -> None:
        """Close files and projection."""
        self._segments.close()
        self._index.close()

    def checkpoint(self) -> SignedCheckpoint | None:
        """See `LogReader.checkpoint`."""
        return read_checkpoint(self._files, self._public)

    def keys(self) -> LogKeys:
        """See `LogReader.keys`."""
        return read_log_keys(self._files, self._public)

    def record(self, position: Position) -> Record:
        """See `LogReader.record`."""
        if position >= self._segments.size:
            self._segments.refresh()
        if not 0 <= position < self._segments.size:
            raise NoSuchRecordError(position, self._segments.size)
        row = self._segments.row(position)
        return Record(
            position=position,
            leaf=read_leaf(row.entry),
            entry=row.entry,
            sealed=row.sealed,
            ordinal=row.ordinal,
            before=Position(row.before - 1) if row.before else None,
            also_before=Position(row.also - 1) if row.also else None,
        )

    def newest(self, *, before: Position | None = None) -> Iterator[Record]:
        """See `LogReader.newest`."""
        if before is None:
            self._segments.refresh()  # a reader beside a writer would go on with an older end
        end = self._segments.size if before is None else min(before, self._segments.size)
        for position in range(end - 1, -1, -1):
            yield self.record(Position(position))

    def entries(self, first: Position, stop: int) -> Iterator[bytes]:
        """See `LogReader.entries`."""
        if stop > self._segments.size:
            self._segments.refresh()
        if stop > self._segments.size:
            raise NoSuchRecordError(stop - 1, self._segments.size)
        for begins, rows in self._segments.batches(first) if first < stop else ():
            for row in rows[: stop - begins]:
                yield row.entry
            if begins + len(rows) >= stop:
                return

    def at(self, instant: int) -> Position:
        """See `LogReader.at`."""
        return Position(
            bisect_left(
                range(self._segments.size),
                instant,
                key=lambda position: read_leaf(self._segments.row(position).entry).at,
            )
        )

    def head(self, tag: bytes) -> tuple[SignedCheckpoint, MapProof]:
        """See `LogReader.head`."""
        size = covered = 0
        for _ in range(_TRIES):
            size, map_root, proof = self._index.proof(tag)
            signed = self.checkpoint()
            if signed is None:
                raise NoSuchRecordError(0, 0)
            found = signed.checkpoint
            covered = found.size
            if covered == size and found.map_root == map_root:
                return signed, proof
            sleep(_TRY_S)  # the writer is between its projection and its checkpoint
        if covered < size:
            raise LogUnavailableError("its newest records are not under a checkpoint yet")
        raise LogDamagedError(FILE_NAME, _OTHER_MAP)

    def last(self, tag: bytes) -> tuple[int, Position | None]:
        """See `LogReader.last`.

        A writer that was killed between its projection and its checkpoint leaves them unequal
        until another comes, so only what is of the same size has to be the same.
        """
        size, map_root, proof = self._index.proof(tag)
        signed, end = self.checkpoint(), proof.end
        found = None if signed is None else signed.checkpoint
        if found is not None and found.size == size and found.map_root != map_root:
            raise LogDamagedError(FILE_NAME, _OTHER_MAP)
        return size, None if end is None or end.key != tag else Position(end.position)

    def inclusion(self, position: Position, size: int) -> tuple[bytes, ...]:
        """See `LogReader.inclusion`."""
        if not 0 <= position < size:
            raise NoSuchRecordError(position, size)
        self._refuse_unreached(size)
        return tuple(inclusion_proof(position, size, partial(self._node, size)))

    def consistency(self, old: int, new: int) -> tuple[bytes, ...]:
        """See `LogReader.consistency`."""
        if not 0 <= old <= new:
            raise NoSuchRecordError(old, new)
        self._refuse_unreached(new)
        return tuple(consistency_proof(old, new, partial(self._node, new)))

    def root_at(self, size: int) -> bytes:
        """See `LogReader.root_at`."""
        if size < 0:
            raise NoSuchRecordError(size, self._reached)
        self._refuse_unreached(size)
        return root_of([self._node(self._reached, *node) for node in frontier_nodes(size)])

    def _refuse_unreached(self, size: int) -> None:
        """Refuse a size that no checkpoint has reached; it only grows, so it is remembered."""
        if size > self._reached:
            signed = self.checkpoint()
            self._reached = 0 if signed is None else signed.checkpoint.size
        if size > self._reached:
            raise NoSuchRecordError(size - 1, self._reached)

    def status(self) -> LogStatus:
        """See `LogReader.status`."""
        progress = self._index.progress()
        return LogStatus(
            origin=self.origin,
            size=self._segments.size,
            published=progress.size,
            checkpoint_at=None if progress.signed_at is None else from_us(progress.signed_at),
            queued=0,
            kinds=self._index.kinds(),
            growth=tuple(Growth(day=day, size=size) for day, size in self._index.growth()),
            bytes=_bytes_below(self._folder),
            recovered="",
            failed="",
        )

    def _node(self, size: int, level: int, index: int) -> bytes:
        return node_in_tiles(level, index, size, self._tile)

    def _tile(self, level: int, index: int, width: int) -> bytes:
        """Return the first hashes of a tile, from the file that has them.

        A begun tile gives way to fuller ones, so a reader takes any that holds enough.
        """
        path = tile_path(level, index)
        for number in range(_TRIES_OF_TILE):
            if number:
                sleep(_TRY_S)  # the writer was between making the fuller one and taking this away
            data = self._files.read(self._public / path)
            if data is None and width < TILE_WIDTH:
                data = self._files.read(self._public / tile_path(level, index, width))
            if data is None:
                data = self._fuller(self._public / f"{path}.p", width)
            if data is not None and len(data) >= width * HASH_BYTES:
                return data[: width * HASH_BYTES]
        raise LogDamagedError(f"{PUBLIC}/{path}", "it is not there, or too short")

    def _fuller(self, folder: Path, width: int) -> bytes | None:
        found = sorted(int(name) for name in self._files.names(folder) if name.isdecimal())
        fit = next((one for one in found if one >= width), None)
        return None if fit is None else self._files.read(folder / str(fit))


def open_to_read(folder: Path, files: FileSystem, batches: BatchesOf | None = None) -> ReadableLog:
    """Open a log to read it; whoever writes it is not disturbed, and nothing is changed.

    Args:
        folder: Where its files are.
        files: How they are read.
        batches: Returns its records by the name of the log; None if they are in the folder.

    Raises:
        NoLogError: There is none.
        LogDamagedError: Its key list, projection or newest segment is not what was written.

    """
    if files.read(folder / PUBLIC / LOG_JSON) is None:
        raise NoLogError(folder.name)
    keys = read_log_keys(files, folder / PUBLIC)
    segments = batches_in(folder / WAL, files, keys.origin, batches)
    segments.look()
    return ReadableLog(
        folder, files, segments=segments, index=Index(folder / FILE_NAME, write=False)
    )


def _bytes_below(folder: Path) -> int:
    total = 0
    for where, _, names in os.walk(folder):
        for name in names:
            try:
                total += os.stat(os.path.join(where, name)).st_size  # noqa: PTH116, PTH118  many files
            except FileNotFoundError:  # a begun tile that was replaced meanwhile
                continue
    return total
