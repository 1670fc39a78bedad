"""The sequencer: one writer at a time gives records their order and makes them durable in groups.

Whoever appends waits in a bounded queue. Its thread takes what has gathered while the disk was
busy, seals it, writes one batch, syncs once, and tells everybody. A full queue makes callers wait,
then refuses them; nothing is ever dropped unseen.

Whoever would wait for a write of their own only, because nobody is before them, writes it
themselves: that spares two changes of thread. The main thread never does, since an interrupt
could come between the disk and what is known of it.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from threading import Condition, Thread, current_thread, main_thread

from chengnuo.adapters.evidence.batch import pack
from chengnuo.adapters.evidence.kept_batches import KeptBatches
from chengnuo.adapters.evidence.sealing import SealedBatch, Sealing
from chengnuo.adapters.evidence.submission import Submission, tell_all
from chengnuo.base.errors import ChengnuoError, UnavailableError
from chengnuo.ports.evidence_log import Appended, Draft, LogBusyError, LogUnavailableError, Position

MOST_QUEUED = 65_536
_MOST_QUEUED_BYTES = 64 << 20
MOST_IN_BATCH = 4_096
_MOST_BATCH_BYTES = 8 << 20
WAIT_S = 10.0
_RETRY_S = 0.2
_FATAL = "a write was not confirmed by the disk; restart so that the log is read anew"


class Sequencer:
    """Gives order, makes durable, acknowledges."""

    def __init__(  # noqa: PLR0913  the parts of a log
        self,
        segments: KeptBatches,
        sealing: Sealing,
        *,
        now: Callable[[], int],
        last_at: int,
        taken: Callable[[int, int, Sequence[Draft], SealedBatch], None],
        most_queued: int = MOST_QUEUED,
        wait_s: float = WAIT_S,
    ) -> None:
        """Start the thread.

        Args:
            segments: Recovered and ready.
            sealing: Makes records.
            now: Microseconds since 1970.
            last_at: Instant of the newest record; no later one is before it.
            taken: Called with first position, instant, drafts and records once they are durable.
            most_queued: Records that may wait.
            wait_s: How long a caller waits for room in the queue.

        """
        self._segments = segments
        self._sealing = sealing
        self._now = now
        self._last_at = last_at
        self._taken = taken
        self._most_queued = most_queued
        self._wait_s = wait_s
        self._queue: deque[Submission] = deque()
        self._queued = 0
        self._queued_bytes = 0
        self._changed = Condition()
        self._closed = False
        self._busy = False  # somebody writes, or holds the writer
        self._pauses = 0  # who waits to hold the writer; they go before the next batch
        self._waiting = 0  # who waits for room in the queue
        self.failed = ""
        """Why nothing can be written any more; empty while all is well."""
        self.lost = 0
        """Records that nobody waited for and that could not be recorded."""
        self._held_back = ""
        self._thread = Thread(target=self._run, name="evidence-sequencer", daemon=True)
        self._thread.start()

    @property
    def queued(self) -> int:
        """How many records wait."""
        return self._queued

    def append(self, drafts: Sequence[Draft]) -> Appended:
        """Write drafts, or queue them and wait until they are durable.

        Raises:
            LogBusyError: The queue stayed full.
            LogUnavailableError: The log cannot be written.

        """
        if current_thread() is not main_thread() and self._begin_alone(len(drafts)):
            return self._write_alone(drafts)
        future: Future[Appended] = Future()
        self._enter(Submission(drafts, future, None), self._wait_s)
        return future.result()

    def enqueue(self, drafts: Sequence[Draft]) -> None:
        """Queue drafts.

        Raises:
            LogBusyError: The queue stayed full.
            LogUnavailableError: The log cannot be written.

        """
        self._enter(Submission(drafts, None, None), self._wait_s)

    def append_soon(self, drafts: Sequence[Draft]) -> "asyncio.Future[Appended]":
        """Queue drafts from an event loop and return what resolves once they are durable.

        Raises:
            LogBusyError: The queue is full just now.
            LogUnavailableError: The log cannot be written.

        """
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Appended] = loop.create_future()
        self._enter(Submission(drafts, future, loop), 0.0)
        return future

    def _enter(self, submission: Submission, wait_s: float) -> None:
        count, size = len(submission.drafts), submission.size
        with self._changed:
            if not self._has_room(count, size):
                self._waiting += 1
                try:
                    waited = wait_s and self._changed.wait_for(
                        lambda: self._has_room(count, size) or bool(self.failed) or self._closed,
                        wait_s,
                    )
                finally:
                    self._waiting -= 1
                if not waited:
                    raise LogBusyError
            if self.failed or self._closed:
                raise LogUnavailableError(self.failed or "it is closed")
            self._queue.append(submission)
            self._queued += count
            self._queued_bytes += size
            if len(self._queue) == 1 and not self._busy:
                self._changed.notify_all()

    def _has_room(self, count: int, size: int) -> bool:
        return not self._queued or (
            self._queued + count <= self._most_queued
            and self._queued_bytes + size <= _MOST_QUEUED_BYTES
        )

    @property
    def trouble(self) -> str:
        """What is wrong; empty while all is well."""
        lost = f"{self.lost} records that nobody waited for were lost" if self.lost else ""
        return self.failed or lost or self._held_back

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Hold the writer between two batches."""
        with self._changed:
            self._pauses += 1
            try:
                self._changed.wait_for(lambda: not self._busy)
                self._busy = True
            finally:
                self._pauses -= 1
                self._changed.notify_all()
        try:
            yield
        finally:
            self._let_go()

    def _let_go(self, written: int = 0) -> None:
        with self._changed:
            self._busy = False
            self._queued -= written
            # Else nobody could go on, and waking the thread costs as much as a small write.
            if self._queue or self._pauses or self._waiting or self._closed:
                self._changed.notify_all()

    def _begin_alone(self, count: int) -> bool:
        """Take the writer's place if nobody is before; `_let_go` must follow."""
        with self._changed:
            free = not (self._busy or self._queue or self._pauses or self._closed or self.failed)
            if free and count <= MOST_IN_BATCH:
                self._busy = True
                self._queued += count
                return True
            return False

    def _write_alone(self, drafts: Sequence[Draft]) -> Appended:
        durable = False
        try:
            first, at, sealed = self._commit(drafts)
            durable = True
            self._taken(first, at, drafts, sealed)
            return Appended(Position(first), at)
        except BaseException as error:
            if not durable and isinstance(error, OSError):
                raise self._unavailable(error) from error
            if durable or not isinstance(error, ChengnuoError):
                self._fail([])
                self._queued = len(drafts)
            raise
        finally:
            self._let_go(len(drafts))

    def close(self) -> None:
        """Write what is queued, then end the thread."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        self._thread.join()

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(self._has_turn)
                if not self._queue:
                    return
                batch, count, size = self._gather()
                self._busy = True
            held: list[Submission] = []
            try:
                held = self._write(batch)
            except BaseException:
                self._fail(batch)
                self._let_go()
                raise
            with self._changed:
                self._busy = False
                self._queued -= count - sum(len(one.drafts) for one in held)
                self._queued_bytes -= size - sum(one.size for one in held)
                self._changed.notify_all()
                if held and not self._hold(held):
                    return

    def _has_turn(self) -> bool:
        return not (self._busy or self._pauses) and (bool(self._queue) or self._closed)

    def _fail(self, batch: list[Submission]) -> None:
        """Write no more, after a fault of ours; nobody may wait for ever."""
        with self._changed:
            self.failed = "the writer met a fault of its own; restart, and report it"
            batch += self._queue
            self.lost += sum(len(one.drafts) for one in batch if one.future is None)
            self._queue.clear()
            self._queued = self._queued_bytes = 0
            self._changed.notify_all()
        tell_all(batch, None, LogUnavailableError(self.failed))

    def _hold(self, held: list[Submission]) -> bool:
        """Put what nobody waits for back in front, to be tried again; False once it is no use."""
        self._queue.extendleft(reversed(held))
        if self._closed or self.failed:
            self.lost += sum(len(one.drafts) for one in self._queue if one.future is None)
            tell_all(list(self._queue), None, LogUnavailableError(self.failed or "it is closed"))
            self._queue.clear()
            self._queued = self._queued_bytes = 0
            self._changed.notify_all()
            return False
        self._changed.wait_for(lambda: self._closed, _RETRY_S)
        return True

    def _gather(self) -> tuple[list[Submission], int, int]:
        """Take what has gathered, up to a batch; always at least one submission."""
        batch: list[Submission] = []
        count = size = 0
        while self._queue:
            one = self._queue[0]
            over = count + len(one.drafts) > MOST_IN_BATCH or size + one.size > _MOST_BATCH_BYTES
            if batch and over:
                break
            batch.append(self._queue.popleft())
            count += len(one.drafts)
            size += one.size
        return batch, count, size

    def _write(self, batch: list[Submission]) -> list[Submission]:
        """Write a batch and tell everybody; return what is to be tried again."""
        if self.failed:
            tell_all(batch, None, LogUnavailableError(self.failed))
            return [one for one in batch if one.future is None]
        drafts = (
            batch[0].drafts
            if len(batch) == 1
            else [draft for submission in batch for draft in submission.drafts]
        )
        try:
            first, at, sealed = self._commit(drafts)
        except ChengnuoError as error:
            if len(batch) > 1:  # one of them may be at fault; the others must not suffer for it
                return [held for submission in batch for held in self._write([submission])]
            return self._refused(batch, error)
        except OSError as error:
            return self._refused(batch, self._unavailable(error))
        self._taken(first, at, drafts, sealed)
        tell_all(batch, first, None, at=at)
        return []

    def _commit(self, drafts: Sequence[Draft]) -> tuple[int, int, SealedBatch]:
        """Make drafts durable and return where, at what instant, and as what."""
        first = self._segments.size
        at = max(self._now(), self._last_at + 1)
        sealed = self._sealing.seal(first, at, drafts)
        batch_bytes = pack(first, sealed.links, sealed.entries, sealed.sealed)
        self._segments.append(batch_bytes, len(drafts))
        self._last_at = at
        self._held_back = ""
        return first, at, sealed

    def _unavailable(self, error: OSError) -> LogUnavailableError:
        if self._segments.unsure:
            self.failed = _FATAL
        return LogUnavailableError(error.strerror or "the disk refused")

    def _refused(self, batch: list[Submission], error: ChengnuoError) -> list[Submission]:
        """Tell whoever waits; what nobody waits for is kept if another try may help."""
        tell_all(batch, None, error)
        alone = [one for one in batch if one.future is None]
        if isinstance(error, UnavailableError):
            self._held_back = str(error) if alone else ""
            return alone
        self.lost += sum(len(one.drafts) for one in alone)
        return []
