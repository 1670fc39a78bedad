"""Publishing: tree, map and checkpoint follow what is durable.

Everything here can be made again from the segments, and after a crash it is. A checkpoint is signed
only over records that are durable; tiles and bundles are synced in the background, and how far is
noted, so that the next opening writes anew what a lost power may have taken.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from threading import RLock
from time import monotonic
from typing import NamedTuple

from chengnuo.adapters.evidence.checkpoint_file import CHECKPOINT, read_checkpoint
from chengnuo.adapters.evidence.file_system import FileSystem
from chengnuo.adapters.evidence.index import FILE_NAME, Index
from chengnuo.adapters.evidence.index_progress import Progress, Step
from chengnuo.adapters.evidence.kept_batches import KeptBatches
from chengnuo.base.instant import day_of
from chengnuo.domain.evidence.checkpoint import Checkpoint, SignedCheckpoint
from chengnuo.domain.evidence.leaf import read_leaf
from chengnuo.engines.merkle.hashing import HASH_BYTES, leaf_hash
from chengnuo.engines.merkle.sparse_map import Entry
from chengnuo.engines.merkle.tiles import (
    TILE_WIDTH,
    RightEdge,
    bundle_path,
    pack_bundle,
    tile_path,
    widths,
)
from chengnuo.ports.checkpoint_signing import LogSigner
from chengnuo.ports.evidence_log import LogDamagedError

SYNC_EVERY_S = 10.0
_REPLAYED_AT_ONCE = 65_536


class Taken(NamedTuple):
    """Durable records that are not under a checkpoint yet, the first at a position."""

    first: int
    entries: Sequence[bytes]
    hashes: bytes
    heads: dict[bytes, Entry]
    kinds: Mapping[str, int]
    at: int


class Publisher:
    """Makes tiles, map and checkpoint. One thread at a time may publish."""

    def __init__(  # noqa: PLR0913  the parts of a log
        self,
        folder: Path,
        *,
        origin: str,
        files: FileSystem,
        segments: KeptBatches,
        index: Index,
        signer: LogSigner,
        now: Callable[[], int],
    ) -> None:
        """Take up where the projection was left; `restore` must follow."""
        self._folder = folder
        self._origin = origin
        self._files = files
        self._segments = segments
        self._index = index
        self._signer = signer
        self._now = now
        self.lock = RLock()
        """Held while publishing; whoever hands records over holds it from taking them on."""
        self._edge = RightEdge()
        self._tail: list[bytes] = []
        self._covered = 0
        self._unsynced: list[Path] = []
        self._synced_at = monotonic()
        self._partials: list[Path] = []
        self._stale: list[Path] = []
        self.checkpoint: SignedCheckpoint | None = None

    def restore(self, *, signs: bool = True) -> None:
        """Replay what the projection lacks, hold the newest checkpoint to it; sign one if it signs.

        Raises:
            LogDamagedError: The checkpoint speaks of records that are not there, or its root is
                not theirs.
            OSError: Something cannot be written now.
            LogUnavailableError: The projection cannot be written now.

        """
        with self.lock:
            progress = self._index.progress()
            signed = read_checkpoint(self._files, self._folder)
            held_to = None if signed is None else signed.checkpoint
            self._refuse_what_outruns(progress.size, FILE_NAME)
            if held_to is not None:
                self._refuse_what_outruns(held_to.size, CHECKPOINT)
                if held_to.origin != self._origin:
                    raise LogDamagedError(CHECKPOINT, f"its origin is not `{self._origin}`")
            self._refuse_foreign(progress)
            self._covered = progress.size
            self._tail = []
            self._partials, self._stale = [], []
            # A checkpoint older than the tiles known to be durable is held to all records anew.
            anew = held_to is not None and held_to.size < progress.synced
            self._edge = RightEdge() if anew else progress.edge
            started = self._edge.size
            self._replay(held_to)
            self.checkpoint = signed
            behind = held_to is None or held_to.size < self._edge.size
            if signs and self._segments.size and behind:
                self._finish()
            self._sweep(started)

    def follow(self) -> None:
        """Bring projection and tiles up to what another process wrote; raises as `publish`."""
        with self.lock:
            if self._edge.size < self._segments.size:
                self._tail = []
                self._replay(None)
            if monotonic() - self._synced_at > SYNC_EVERY_S:
                self._settle()

    def publish(self, taken: Sequence[Taken], *, settle: bool = False) -> SignedCheckpoint | None:
        """Bring everything up to some records that are durable.

        Args:
            taken: In order, the first following what was published before.
            settle: Sync tiles and bundles now.

        Raises:
            OSError: Something cannot be written; `restore` must be called before the next time.
            LogUnavailableError: The same, of the projection.

        """
        with self.lock:
            heads: dict[bytes, Entry] = {}
            kinds: Counter[str] = Counter()
            days: dict[str, int] = {}
            size = self._edge.size
            for one in taken:
                if one.first < size:
                    continue  # `restore` saw them, durable already, before they were handed over
                if one.first != size:
                    raise LogDamagedError(FILE_NAME, f"record {size} was not handed over")
                self._extend(one.entries, one.hashes)
                heads.update(one.heads)
                kinds.update(one.kinds)
                size += len(one.entries)
                days[day_of(one.at)] = size
            if heads:
                self._advance(taken[-1].hashes[-HASH_BYTES:], heads, kinds, days)
                self._finish()
            if self._edge.size != self._covered:
                raise LogDamagedError(FILE_NAME, "a publication before was cut short")
            if settle or monotonic() - self._synced_at > SYNC_EVERY_S:
                self._settle()
            return self.checkpoint

    def keep_cosigned(self, signed: SignedCheckpoint) -> None:
        """Put a checkpoint with cosignatures in place if it is still the newest."""
        with self.lock:
            if self.checkpoint is not None and self.checkpoint.checkpoint == signed.checkpoint:
                self._files.replace(self._folder / CHECKPOINT, signed.text.encode())
                self.checkpoint = signed

    def _refuse_what_outruns(self, size: int, file: str) -> None:
        if size > self._segments.size:
            raise LogDamagedError(
                file, f"it speaks of {size} records; the log holds {self._segments.size}"
            )

    def _refuse_foreign(self, progress: Progress) -> None:
        """Hold the projection to the newest record it covers, and its edge to the last ones."""
        size = progress.size
        covers = leaf_hash(self._segments.row(size - 1).entry) if size else b""
        edge = progress.edge
        tail = bytes(edge.levels[0]) if edge.levels else b""
        start = edge.size - len(tail) // HASH_BYTES
        known = [self._segments.row(at).entry for at in range(start, min(edge.size, size))]
        if (
            covers != progress.last
            or not edge.size == progress.synced <= size
            or b"".join(map(leaf_hash, known)) != tail
        ):
            raise LogDamagedError(
                FILE_NAME, "it is not that of these records; taken away, it is made anew"
            )

    def _replay(self, held_to: Checkpoint | None) -> None:
        start = self._edge.size
        marks = sorted({self._covered, 0 if held_to is None else held_to.size})
        self._at_mark(held_to)
        waiting: list[bytes] = []
        for first, rows in self._segments.batches(start - start % TILE_WIDTH):
            entries = [row.entry for row in rows]
            if first < start:
                self._tail += entries[: start - first]
                entries = entries[start - first :]
                self._at_mark(held_to)
            waiting += entries
            for mark in marks:
                stop = mark - self._edge.size
                if 0 < stop <= len(waiting):
                    self._replay_part(mark - stop, waiting[:stop])
                    del waiting[:stop]
                    self._at_mark(held_to)
            if len(waiting) >= _REPLAYED_AT_ONCE:
                self._replay_part(self._edge.size, waiting)
                waiting = []
        if waiting:
            self._replay_part(self._edge.size, waiting)

    def _replay_part(self, first: int, entries: Sequence[bytes]) -> None:
        hashes = [leaf_hash(entry) for entry in entries]
        self._extend(entries, b"".join(hashes))
        if first < self._covered:
            return
        heads: dict[bytes, Entry] = {}
        kinds: Counter[str] = Counter()
        days: dict[str, int] = {}
        for number, (entry, hashed) in enumerate(zip(entries, hashes, strict=True)):
            leaf = read_leaf(entry)
            position = first + number
            tag = bytes.fromhex(leaf.tag)
            heads[tag] = Entry(tag, leaf.seq, position, hashed)
            if leaf.also is not None:
                other = bytes.fromhex(leaf.also.tag)
                heads[other] = Entry(other, leaf.also.seq, position, hashed)
            kinds[leaf.kind] += 1
            days[day_of(leaf.at)] = position + 1
        self._advance(hashes[-1], heads, kinds, days)

    def _at_mark(self, held_to: Checkpoint | None) -> None:
        """Hold the checkpoint to the records once they are as many, and write its begun tiles."""
        size = self._edge.size
        if held_to is None or held_to.size != size:
            return
        if held_to.root != self._edge.root():
            raise LogDamagedError(
                CHECKPOINT, f"its root at {size} is not that of the records in the log"
            )
        if size == self._covered and held_to.map_root != self._index.progress().map_root:
            raise LogDamagedError(
                FILE_NAME,
                f"its map at {size} is not that of the checkpoint; taken away, it is made anew",
            )
        if len(self._tail) == size % TILE_WIDTH:
            self._partials = self._begun()

    def _sweep(self, start: int) -> None:
        """Take away begun tiles that a stop has left behind: torn, perhaps, and of no use."""
        kept = {*self._partials, *self._stale}
        for level, nodes in widths(self._edge.size):
            for index in range((start >> 8 * level) // TILE_WIDTH, nodes // TILE_WIDTH + 1):
                paths = [tile_path(level, index)]
                if level == 0:
                    paths.append(bundle_path(index))
                for path in paths:
                    folder = self._folder / f"{path}.p"
                    for name in self._files.names(folder):
                        if folder / name not in kept:
                            self._files.remove(folder / name)

    def _extend(self, entries: Sequence[bytes], hashes: bytes) -> None:
        """Add records to the right edge and write every tile and bundle that becomes full."""
        number = self._edge.size // TILE_WIDTH
        tail = self._tail
        tail += entries
        for start in range(0, len(tail) - TILE_WIDTH + 1, TILE_WIDTH):
            self._put(bundle_path(number), pack_bundle(tail[start : start + TILE_WIDTH]))
            number += 1
        del tail[: len(tail) // TILE_WIDTH * TILE_WIDTH]
        for level, index, tile in self._edge.extend(hashes):
            self._put(tile_path(level, index), tile)

    def _put(self, path: str, data: bytes) -> None:
        place = self._folder / path
        self._files.put(place, data)
        self._unsynced.append(place)

    def _advance(
        self, last: bytes, heads: dict[bytes, Entry], kinds: Counter[str], days: dict[str, int]
    ) -> None:
        self._index.advance(
            Step(
                size=self._edge.size,
                last=last,
                heads=list(heads.values()),
                kinds=kinds,
                days=days,
                signed_at=self._now(),
            )
        )
        self._covered = self._edge.size

    def _finish(self) -> None:
        """Write the tiles that are begun, then sign and put the checkpoint in place."""
        begun = self._begun()
        checkpoint = Checkpoint(
            origin=self._origin,
            size=self._edge.size,
            root=self._edge.root(),
            map_root=self._index.progress().map_root,
        )
        text = self._signer.sign_note(checkpoint.text())
        self._files.replace(self._folder / CHECKPOINT, text.encode())
        self.checkpoint = SignedCheckpoint.parse(text)
        # The tiles of the checkpoint before stay for whoever reads along; older ones go.
        current = set(begun)
        for old in self._stale:
            if old not in current:
                self._files.remove(old)
        self._stale = [old for old in self._partials if old not in current]
        self._partials = begun

    def _begun(self) -> list[Path]:
        """Write the tiles and the bundle that are begun, and return where they are."""
        begun: list[str] = []
        if self._tail:
            begun.append(bundle_path(self._edge.size // TILE_WIDTH, len(self._tail)))
            self._put(begun[0], pack_bundle(self._tail))
        for level, index, tile in self._edge.partials():
            begun.append(tile_path(level, index, len(tile) // HASH_BYTES))
            self._put(begun[-1], tile)
        return [self._folder / path for path in begun]

    def _settle(self) -> None:
        """Sync what was written and note how far."""
        self._synced_at = monotonic()
        if self._unsynced:
            self._files.sync_paths(self._unsynced)
            self._unsynced.clear()
            self._index.synced(self._edge)
