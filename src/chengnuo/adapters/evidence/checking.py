"""Checking everything that is kept of a log against everything else, from nothing.

The separate verifier reads the public files only. This reads the private ones too: segments, sealed
payloads, projection and keys. Each thing wrong is named by its file. What grows in memory is the
table of chain heads.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from hashlib import sha256
from itertools import starmap
from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING

from chengnuo.adapters.evidence.batch import Row
from chengnuo.adapters.evidence.checkpoint_file import CHECKPOINT, read_checkpoint
from chengnuo.adapters.evidence.file_system import FileSystem
from chengnuo.adapters.evidence.index import FILE_NAME, Index
from chengnuo.adapters.evidence.kept_batches import BatchesOf, KeptBatches, batches_in
from chengnuo.adapters.evidence.log_keys import read_log_keys
from chengnuo.adapters.evidence.reading import PUBLIC, WAL
from chengnuo.adapters.evidence.segment_check import check_segments, check_set_aside
from chengnuo.adapters.evidence.tile_check import Problem, TileCheck
from chengnuo.base.errors import ChengnuoError
from chengnuo.base.instant import day_of
from chengnuo.domain.evidence.checkpoint import Checkpoint, SignedCheckpoint
from chengnuo.domain.evidence.leaf import Leaf, LeafMalformedError, read_leaf
from chengnuo.engines.merkle.hashing import HASH_BYTES, leaf_hash
from chengnuo.engines.merkle.sparse_map import Entry, PagedMap
from chengnuo.engines.merkle.tiles import (
    TILE_WIDTH,
    RightEdge,
    bundle_path,
    pack_bundle,
    tile_path,
)
from chengnuo.ports.evidence_log import LogDamagedError

if TYPE_CHECKING:
    from chengnuo.adapters.evidence.index_progress import Progress

_TRIES = 30
_TRY_S = 0.1
Verify = Callable[[SignedCheckpoint], bool]
"""Tells whether a checkpoint is signed by a key of the log that stood at its size."""


class _Pages(dict[bytes, bytes]):
    """Pages of a map in memory."""

    def page(self, path: bytes) -> bytes | None:
        return self.get(path)

    def keep(self, path: bytes, page: bytes) -> None:
        self[path] = page


class LogCheck:
    """One reading of a whole log."""

    def __init__(
        self,
        folder: Path,
        files: FileSystem,
        verify: Verify,
        *,
        on_records: Callable[[int], None] = lambda _: None,
        batches: BatchesOf | None = None,
    ) -> None:
        """Get ready to read; `on_records` is told how many have been read.

        The records are in the segments of the folder, unless `batches` returns them by its name.
        """
        self._batches = batches
        self._folder = folder
        self._public = folder / PUBLIC
        self._files = files
        self._verify = verify
        self._on_records = on_records
        self._edge = RightEdge()
        self._tail: list[bytes] = []
        self._heads: dict[bytes, Entry] = {}
        self._pages = _Pages()
        self._last_at = 0
        self._last = b""
        self._tiles = TileCheck(files, folder / PUBLIC, PUBLIC)
        self._signed: Checkpoint | None = None
        self._projection: Index | None = None
        self._progress: Progress | None = None
        self._kinds: Counter[str] = Counter()
        self._days: dict[str, int] = {}
        self.size = 0
        """Records read so far."""
        self.most_ordinal = 0
        """The highest ordinal of an individual in a record read so far."""

    def problems(self) -> Iterator[Problem]:
        """Yield everything that is wrong; nothing if the log is whole.

        A log may be checked while it is written: what is held to each other is what there was at
        the start. A file of more records than that is one that was made meanwhile, unless there
        are not so many records even at the end.
        """
        try:
            keys = read_log_keys(self._files, self._public)
        except LogDamagedError as error:
            yield Problem(f"{PUBLIC}/{error.file}", error.what)
            return
        with ExitStack() as stack:
            try:
                self._read_projection(stack)
            except ChengnuoError as error:
                yield Problem(FILE_NAME, getattr(error, "what", str(error)))
            try:
                signed = read_checkpoint(self._files, self._public)
            except LogDamagedError as error:
                yield Problem(f"{PUBLIC}/{error.file}", error.what)
                return
            wal = self._folder / WAL
            segments = batches_in(wal, self._files, keys.origin, self._batches)
            stack.callback(segments.close)
            try:
                yield from self._all(segments, signed)
            except ChengnuoError as error:
                yield Problem(getattr(error, "file", WAL), getattr(error, "what", str(error)))

    def _read_projection(self, stack: ExitStack) -> None:
        """Open the projection; a log that has no segment yet may still be at making it."""
        for number in range(_TRIES):
            young = not self._files.names(self._folder / WAL)
            try:
                self._projection = Index(self._folder / FILE_NAME, write=False)
            except ChengnuoError:
                if not young or number == _TRIES - 1:
                    raise
                sleep(_TRY_S)
            else:
                stack.callback(self._projection.close)
                stack.enter_context(self._projection.snapshot())
                self._progress = self._projection.progress()
                return

    def _all(self, segments: KeptBatches, signed: SignedCheckpoint | None) -> Iterator[Problem]:
        segments.look()
        wal = self._folder / WAL
        yield from starmap(Problem, check_set_aside(self._files, wal))
        # Batches that are kept elsewhere are checked one by one as they are read below.
        wrong = () if self._batches else tuple(check_segments(self._files, wal, segments.origin))
        yield from starmap(Problem, wrong)
        if wrong:
            return
        missing = signed is None and segments.size > 0 and self._was_published()
        if missing:
            signed = self._first_checkpoint()
            segments.look()
        self._signed = None if signed is None else signed.checkpoint
        for what in self._wrong_of(signed, segments.origin, missing=missing):
            yield Problem(f"{PUBLIC}/{CHECKPOINT}", what)
        outrun = False
        for file, size in self._sizes():
            if size > segments.size:
                outrun = True
                yield Problem(file, f"it speaks of {size} records; the log holds {segments.size}")
        if outrun:
            return
        yield from self._at_mark()
        for first, rows in segments.batches(0):
            yield from self._batch(first, rows)
        yield from self._edge_files()
        yield from self._tiles.rest(lambda: _grown(segments))

    def _was_published(self) -> bool:
        """Tell whether anything speaks of a publication, which ends with a checkpoint."""
        projected = self._progress is None or self._progress.size > 0
        return projected or self._tiles.has_any()

    def _first_checkpoint(self) -> SignedCheckpoint | None:
        """Return the checkpoint that is not there yet, if a writer is about to put it there."""
        for _ in range(_TRIES):
            sleep(_TRY_S)
            found = read_checkpoint(self._files, self._public)
            if found is not None:
                return found
        return None

    def _wrong_of(
        self, signed: SignedCheckpoint | None, origin: str, *, missing: bool
    ) -> Iterator[str]:
        if signed is None:
            if missing:
                yield "it is not there, although there are records"
            return
        if signed.checkpoint.origin != origin:
            yield f"its origin is not `{origin}`"
        if not self._verify(signed):
            yield "it is signed by no key of this log"

    def _sizes(self) -> Iterator[tuple[str, int]]:
        if self._signed is not None:
            yield f"{PUBLIC}/{CHECKPOINT}", self._signed.size
        if self._progress is not None:
            yield FILE_NAME, self._progress.size
            yield FILE_NAME, self._progress.synced

    def _batch(self, first: int, rows: list[Row]) -> Iterator[Problem]:
        marks = {size - first for _, size in self._sizes()}
        stops = sorted({len(rows), *(mark for mark in marks if 0 < mark < len(rows))})
        start = 0
        for stop in stops:
            hashes: list[bytes] = []
            for number in range(start, stop):
                row = rows[number]
                self._last = leaf_hash(row.entry)
                hashes.append(self._last)
                yield from self._record(first + number, row, self._last)
            yield from self._files_of([row.entry for row in rows[start:stop]], b"".join(hashes))
            self.size += stop - start
            start = stop
            yield from self._at_mark()
        self._on_records(self.size)

    def _at_mark(self) -> Iterator[Problem]:
        """Hold checkpoint and projection to the records once there are as many as they cover."""
        signed, progress = self._signed, self._progress
        covers = progress is not None and progress.size == self.size
        if self._heads and (covers or (signed is not None and signed.size == self.size)):
            PagedMap(self._pages).update(list(self._heads.values()))
        if signed is not None and signed.size == self.size:
            yield from self._at_checkpoint(signed)
        if progress is not None and progress.synced == self.size:
            edge = (self._edge.levels, self._edge.full) if self.size else ([], [])
            if (progress.edge.levels, progress.edge.full) != edge:
                yield Problem(FILE_NAME, "its edge is not that of the tree")
        if covers:
            try:
                yield from self._at_progress()
            except ChengnuoError as error:
                yield Problem(FILE_NAME, getattr(error, "what", str(error)))

    def _record(self, position: int, row: Row, hashed: bytes) -> Iterator[Problem]:
        where = f"{WAL}: record {position}"
        self.most_ordinal = max(self.most_ordinal, row.ordinal)
        try:
            leaf = read_leaf(row.entry)
        except LeafMalformedError as error:
            yield Problem(where, error.what)
            return
        if sha256(row.sealed).hexdigest() != leaf.payload:
            yield Problem(where, "its payload is not the one that its leaf names")
        if leaf.at < self._last_at:
            yield Problem(where, "its instant is before that of the record before")
        self._last_at = leaf.at
        if self._progress is not None and position < self._progress.size:
            self._kinds[leaf.kind] += 1
            self._days[day_of(leaf.at)] = position + 1
        yield from self._links(where, position, row, leaf, hashed)

    def _links(
        self, where: str, position: int, row: Row, leaf: Leaf, hashed: bytes
    ) -> Iterator[Problem]:
        links = [(leaf.tag, leaf.seq, leaf.prev, row.before)]
        if leaf.also is not None:
            links.append((leaf.also.tag, leaf.also.seq, leaf.also.prev, row.also))
        for tag_hex, seq, prev, before in links:
            tag = bytes.fromhex(tag_hex)
            known = self._heads.get(tag)
            expected = (1, "", 0)
            if known is not None:
                expected = (known.seq + 1, known.head.hex(), known.position + 1)
            if (seq, prev, before) != expected:
                yield Problem(where, "it does not follow the record before in its chain")
            self._heads[tag] = Entry(tag, seq, position, hashed)

    def _files_of(self, entries: list[bytes], hashes: bytes) -> Iterator[Problem]:
        """Hold every bundle and tile that these records fill to its file."""
        number = self._edge.size // TILE_WIDTH
        due = self._signed is not None and self.size < self._signed.size
        self._tail += entries
        while len(self._tail) >= TILE_WIDTH:
            filled = [pack_bundle([entry]) for entry in self._tail[:TILE_WIDTH]]
            yield from self._tiles.hold(bundle_path(number), filled, due=due)
            del self._tail[:TILE_WIDTH]
            number += 1
        for level, index, tile in self._edge.extend(hashes):
            yield from self._tiles.hold(tile_path(level, index), _hashes(tile), due=due)

    def _at_checkpoint(self, checkpoint: Checkpoint) -> Iterator[Problem]:
        if self._edge.root() != checkpoint.root:
            yield Problem(f"{PUBLIC}/{CHECKPOINT}", "its root is not that of the records")
        if PagedMap(self._pages).root() != checkpoint.map_root:
            yield Problem(f"{PUBLIC}/{CHECKPOINT}", "its map is not that of the chains")
        begun = [(bundle_path(checkpoint.size // TILE_WIDTH), len(self._tail))]
        begun += [
            (tile_path(level, index), len(tile) // HASH_BYTES)
            for level, index, tile in self._edge.partials()
        ]
        for path, width in begun:
            # Whether it is the newest is asked last: the tiles of an older one may go.
            if width and self._tiles.lacks(path, width) and self._is_newest(checkpoint):
                yield Problem(f"{PUBLIC}/{path}.p/{width}", "it is not there")

    def _is_newest(self, checkpoint: Checkpoint) -> bool:
        found = read_checkpoint(self._files, self._public)
        return found is not None and found.checkpoint == checkpoint

    def _edge_files(self) -> Iterator[Problem]:
        """Hold the files of tiles that are not full at the end of the log."""
        parts = [pack_bundle([entry]) for entry in self._tail]
        yield from self._tiles.hold(bundle_path(self._edge.size // TILE_WIDTH), parts, due=False)
        for level, index, tile in self._edge.partials():
            yield from self._tiles.hold(tile_path(level, index), _hashes(tile), due=False)

    def _at_progress(self) -> Iterator[Problem]:
        """Hold the projection to one made anew."""
        index, progress = self._projection, self._progress
        if index is None or progress is None:
            return
        if not index.is_sound():
            yield Problem(FILE_NAME, "SQLite finds its structure broken")
            return
        root = PagedMap(self._pages).root()
        if progress.map_root != root or dict(index.pages()) != self._pages:
            yield Problem(FILE_NAME, "its map is not the one that the records make")
        if dict(index.kinds()) != self._kinds or dict(index.growth()) != self._days:
            yield Problem(FILE_NAME, "its counts are not those of the records")
        if progress.last != self._last:
            yield Problem(FILE_NAME, "it is not that of these records")


def _grown(segments: KeptBatches) -> int:
    segments.look()
    return segments.size


def _hashes(tile: bytes) -> list[bytes]:
    return [tile[start : start + HASH_BYTES] for start in range(0, len(tile), HASH_BYTES)]
