"""The log that is written: lock, recovery, sequencer and publisher as one thing."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Condition, Thread

from chengnuo.adapters.evidence.checkpoint_file import read_checkpoint
from chengnuo.adapters.evidence.file_system import FileSystem, RealFiles
from chengnuo.adapters.evidence.index import FILE_NAME, Index
from chengnuo.adapters.evidence.kept_batches import KeptBatches, last_instant
from chengnuo.adapters.evidence.publishing import Publisher, Taken
from chengnuo.adapters.evidence.reading import PUBLIC, WAL, ReadableLog
from chengnuo.adapters.evidence.sealing import SealedBatch, Sealing
from chengnuo.adapters.evidence.segments import SEGMENT_BYTES, Recovered, Segments
from chengnuo.adapters.evidence.sequencer import MOST_QUEUED, WAIT_S, Sequencer
from chengnuo.adapters.evidence.unfinished_erasures import finish_erasures, refuse_lost_keys
from chengnuo.adapters.evidence.writer_lock import WriterLock
from chengnuo.base.errors import ChengnuoError
from chengnuo.base.instant import to_us
from chengnuo.domain.evidence.checkpoint import SignedCheckpoint
from chengnuo.domain.evidence.kinds import RULES
from chengnuo.engines.merkle.sparse_map import Entry
from chengnuo.ports.checkpoint_signing import LogSigner
from chengnuo.ports.clock import Clock
from chengnuo.ports.evidence_keys import Erasure, KeyVault
from chengnuo.ports.evidence_log import Appended, Draft, LogUnavailableError, StrictKindError
from chengnuo.ports.individuals import PersonKey
from chengnuo.ports.log_status import LogStatus

PUBLISH_EVERY_S = 1.0
_PUBLISH_AT = 32_768
_MOST_UNPUBLISHED = 65_536
_MOST_HEADS = 131_072
_MOST_HEADS_UNPUBLISHED = 1_048_576


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How fast and how much: sizes and intervals, with the defaults of a service."""

    segment_bytes: int = SEGMENT_BYTES
    most_queued: int = MOST_QUEUED
    wait_s: float = WAIT_S
    publish_every_s: float = PUBLISH_EVERY_S


class WritableLog(ReadableLog):
    """`EvidenceLog` over a folder that this process alone writes."""

    def __init__(  # noqa: PLR0913  what a log stands on
        self,
        folder: Path,
        *,
        signer: LogSigner,
        vault: KeyVault,
        clock: Clock,
        files: FileSystem | None = None,
        pace: Pace | None = None,
        lock: WriterLock | None = None,
        batches: KeptBatches | None = None,
    ) -> None:
        """Open the log, bring it to its last whole batch, and start to write.

        The records are in the segments of the folder unless batches are given, kept elsewhere.

        A lock that is held already is taken over; without one it is taken first.

        Raises:
            LogLockedError: Another process writes it; nothing was changed.
            LogDamagedError: Something kept is not what was written; nothing was changed.
            LogUnavailableError: The folder cannot be written to.

        """
        files = RealFiles() if files is None else files
        pace = Pace() if pace is None else pace
        self._lock = WriterLock(folder) if lock is None else lock
        self._closed = False
        segments: KeptBatches = batches or Segments(
            folder / WAL, signer.keys().origin, files, segment_bytes=pace.segment_bytes
        )
        try:
            (folder / WAL).mkdir(exist_ok=True, mode=0o700)
            signed = read_checkpoint(files, folder / PUBLIC)
            least = 0 if signed is None else signed.checkpoint.size
            self.recovered: Recovered = segments.recover(least=least)
            index = Index(folder / FILE_NAME, write=True)
        except OSError as error:
            segments.close()
            self._lock.close()
            raise LogUnavailableError(error.strerror or "the disk refused") from error
        except ChengnuoError:
            segments.close()
            self._lock.close()
            raise
        super().__init__(folder, files, segments=segments, index=index)
        self._vault = vault
        self._clock = clock
        self._heads: dict[bytes, Entry] = {}
        self._unpublished: list[Taken] = []
        self._unpublished_count = 0
        self._unpublished_heads: set[bytes] = set()
        self._changed = Condition()
        self._stale = False
        self._trouble = ""
        self._publisher = Publisher(
            folder / PUBLIC,
            origin=signer.keys().origin,
            files=files,
            segments=segments,
            index=index,
            signer=signer,
            now=self._now,
        )
        try:
            self._publisher.restore()
            last_at = last_instant(segments)
            # Then a chain that is not among them is new: no look at the disk is needed.
            self._heads_are_all = not segments.size
            refuse_lost_keys(segments, vault)
            finish_erasures(self, index, vault, segments.size)
        except OSError as error:
            self._release()
            raise LogUnavailableError(error.strerror or "the disk refused") from error
        except ChengnuoError:
            self._release()
            raise
        self._sealing = Sealing(vault, self._find_head)
        self._sequencer = Sequencer(
            segments,
            self._sealing,
            now=self._now,
            last_at=last_at,
            taken=self._take,
            most_queued=pace.most_queued,
            wait_s=pace.wait_s,
        )
        self._every_s = pace.publish_every_s
        self._thread = Thread(target=self._publish_along, name="evidence-publisher", daemon=True)
        self._thread.start()

    def append(self, drafts: Sequence[Draft]) -> Appended:
        """See `EvidenceLog.append`."""
        self._check(drafts)
        return self._sequencer.append(drafts)

    def enqueue(self, drafts: Sequence[Draft]) -> None:
        """See `EvidenceLog.enqueue`."""
        for draft in drafts:
            if RULES[draft.kind].strict:
                raise StrictKindError(draft.kind)
        self._check(drafts)
        self._sequencer.enqueue(drafts)

    async def append_soon(self, drafts: Sequence[Draft]) -> Appended:
        """See `EvidenceLog.append_soon`."""
        self._check(drafts)
        return await self._sequencer.append_soon(drafts)

    def _check(self, drafts: Sequence[Draft]) -> None:
        self._sealing.check(drafts)
        if self._stale and len(self._unpublished_heads) > _MOST_HEADS_UNPUBLISHED:
            raise LogUnavailableError(f"{self._trouble}; too much waits for it")

    def publish(self) -> SignedCheckpoint:
        """See `EvidenceLog.publish`."""
        found = self._publish_once(settle=False)
        if found is None:
            raise LogUnavailableError("it holds no record yet")
        return found

    def erase(self, persons: Mapping[PersonKey, Erasure]) -> None:
        """See `EvidenceLog.erase`."""
        self._vault.erase(persons, during=lambda: self._sealing_held(persons))

    @contextmanager
    def _sealing_held(self, persons: Iterable[PersonKey]) -> Iterator[int]:
        """Hold the writer while keys go; yields how many records were sealed until now."""
        with self._sequencer.paused():
            try:
                yield self._segments.size
            finally:  # a key may be gone though not all of it went well
                self._sealing.forget(persons)

    def keep_cosigned(self, signed: SignedCheckpoint) -> None:
        """Put a checkpoint with cosignatures in place if it is still the newest."""
        self._publisher.keep_cosigned(signed)

    def status(self) -> LogStatus:
        """See `LogReader.status`."""
        aside = self.recovered.set_aside
        return replace(
            super().status(),
            queued=self._sequencer.queued,
            recovered=f"{aside} ({self.recovered.bytes} B)" if aside else "",
            failed=self._sequencer.trouble or self._trouble,
        )

    @property
    def given_up(self) -> str:
        """See `EvidenceLog.given_up`."""
        return self._sequencer.failed

    @property
    def waiting_to_be_published(self) -> int:
        """How many durable records are held in memory for the publisher."""
        return self._unpublished_count

    def close(self) -> None:
        """Write what is queued, publish it, sync everything, let go of the folder.

        Raises:
            LogUnavailableError: Records that nobody waited for are lost, or something could not be
                published now; that is made up for at the next opening.

        """
        if self._closed:
            return
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        self._sequencer.close()
        self._thread.join()
        try:
            if self._segments.size:
                self._publish_once(settle=True)
        finally:
            self._release()
        if self._sequencer.lost:
            raise LogUnavailableError(self._sequencer.trouble)

    def _release(self) -> None:
        super().close()
        self._lock.close()

    def _now(self) -> int:
        return to_us(self._clock.now())

    def _find_head(self, tag: bytes) -> Entry | None:
        found = self._heads.get(tag)
        return self._index.head(tag) if found is None and not self._heads_are_all else found

    def _take(self, first: int, at: int, drafts: Sequence[Draft], sealed: SealedBatch) -> None:
        """Take durable records over from the sequencer; waits while publishing lags far behind."""
        with self._changed:
            self._heads.update(sealed.heads)
            self._unpublished_heads.update(sealed.heads)
            if self._stale:
                return  # publishing fails just now; once it does not, it reads the segments
            self._unpublished.append(
                Taken(
                    first,
                    sealed.entries,
                    sealed.hashes,
                    sealed.heads,
                    _count(drafts),
                    at,
                )
            )
            self._unpublished_count += len(drafts)
            if self._unpublished_count >= _PUBLISH_AT:
                self._changed.notify_all()
                self._changed.wait_for(
                    lambda: (
                        self._unpublished_count < _MOST_UNPUBLISHED or self._stale or self._closed
                    )
                )

    def _publish_along(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(
                    lambda: self._closed or self._unpublished_count >= _PUBLISH_AT, self._every_s
                )
                if self._closed:
                    return
                nothing = not self._unpublished and not self._stale
            if nothing:
                continue
            try:
                self._publish_once(settle=False)
                self._segments.prepare()
            except Exception as error:  # noqa: BLE001  the thread must live: `_take` waits for it
                self._trouble = f"publishing: {error}"
            else:
                self._trouble = ""

    def _publish_once(self, *, settle: bool) -> SignedCheckpoint | None:
        """Publish what is durable; if an earlier try failed, from the segments."""
        with self._publisher.lock:
            with self._changed:
                taken, self._unpublished = self._unpublished, []
                heads, self._unpublished_heads = self._unpublished_heads, set()
                self._unpublished_count = 0
                # What comes from here on is handed over; what came before, `restore` reads.
                stale, self._stale = self._stale, False
                self._changed.notify_all()
            try:
                if stale:
                    self._publisher.restore()
                found = self._publisher.publish(taken, settle=settle)
            except BaseException as error:  # an interrupt too: what was taken over is lost
                with self._changed:
                    self._stale = True
                    self._unpublished.clear()
                    self._unpublished_count = 0
                    self._unpublished_heads |= heads
                    self._changed.notify_all()
                if isinstance(error, OSError):
                    raise LogUnavailableError(error.strerror or "the disk refused") from error
                raise
            with self._changed:
                self._forget_heads()
            return found

    def _forget_heads(self) -> None:
        """Keep the memory flat: heads that the projection has can be looked up there."""
        over = len(self._heads) - _MOST_HEADS
        if over > 0:
            self._heads_are_all = False  # first: somebody may just be looking one up
            gone = [tag for tag in self._heads if tag not in self._unpublished_heads][:over]
            for tag in gone:
                del self._heads[tag]


def _count(drafts: Sequence[Draft]) -> Mapping[str, int]:
    if len(drafts) == 1:
        return {drafts[0].kind.value: 1}
    # Member first, value after: reading the value of a member for each record is slow.
    found = Counter([draft.kind for draft in drafts])
    return {kind.value: count for kind, count in found.items()}
