"""The sequencer: one thread that gives records their order and makes them durable in groups.

Whoever appends waits in a bounded queue. The thread takes what has gathered while the disk was
busy, seals it, writes one batch, syncs once, and tells everybody. A full queue makes callers wait,
then refuses them; nothing is ever dropped unseen.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from threading import Condition, Lock, Thread

from chengnuo.adapters.evidence.batch import pack
from chengnuo.adapters.evidence.sealing import SealedBatch, Sealing
from chengnuo.adapters.evidence.segments import Segments
from chengnuo.base.errors import ChengnuoError, UnavailableError
from chengnuo.ports.evidence_log import Appended, Draft, LogBusyError, LogUnavailableError, Position

MOST_QUEUED = 65_536
_MOST_QUEUED_BYTES = 64 << 20
MOST_IN_BATCH = 4_096
_MOST_BATCH_BYTES = 8 << 20
WAIT_S = 10.0
_RETRY_S = 0.2
_FATAL = "a write was not confirmed by the disk; restart so that the log is read anew"


class Submission:
    """Some drafts on their way, and whom to tell."""

    __slots__ = ("drafts", "future", "loop", "size")

    def __init__(
        self,
        drafts: Sequence[Draft],
        future: "Future[Appended] | asyncio.Future[Appended] | None",
        loop: asyncio.AbstractEventLoop | None,
    ) -> None:
        self.drafts = drafts
        self.future = future
        self.loop = loop
        self.size = sum([len(draft.payload) for draft in drafts])


class Sequencer:
    """Gives order, makes durable, acknowledges."""

    def __init__(  # noqa: PLR0913  the parts of a log
        self,
        segments: Segments,
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
        self._writing = Lock()
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
        """Queue drafts and wait until they are durable.

        Raises:
            LogBusyError: The queue stayed full.
            LogUnavailableError: The log cannot be written.

        """
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
        count = len(submission.drafts)

        def has_room() -> bool:
            return not self._queued or (
                self._queued + count <= self._most_queued
                and self._queued_bytes + submission.size <= _MOST_QUEUED_BYTES
            )

        with self._changed:
            if not has_room() and not (
                wait_s
                and self._changed.wait_for(
                    lambda: has_room() or bool(self.failed) or self._closed, wait_s
                )
            ):
                raise LogBusyError
            if self.failed or self._closed:
                raise LogUnavailableError(self.failed or "it is closed")
            self._queue.append(submission)
            self._queued += count
            self._queued_bytes += submission.size
            if len(self._queue) == 1:
                self._changed.notify_all()

    @property
    def trouble(self) -> str:
        """What is wrong; empty while all is well."""
        lost = f"{self.lost} records that nobody waited for were lost" if self.lost else ""
        return self.failed or lost or self._held_back

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Hold the writer between two batches."""
        with self._writing:
            yield

    def close(self) -> None:
        """Write what is queued, then end the thread."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        self._thread.join()

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: bool(self._queue) or self._closed)
                if not self._queue:
                    return
                batch, count, size = self._gather()
            held: list[Submission] = []
            try:
                with self._writing:
                    held = self._write(batch)
            except BaseException:  # a fault of ours: nobody may wait for ever
                with self._changed:
                    self.failed = "the writer met a fault of its own; restart, and report it"
                    batch += self._queue
                    self.lost += sum(len(one.drafts) for one in batch if one.future is None)
                    self._queue.clear()
                    self._queued = self._queued_bytes = 0
                    self._changed.notify_all()
                _tell_all(batch, None, LogUnavailableError(self.failed))
                raise
            with self._changed:
                self._queued -= count - sum(len(one.drafts) for one in held)
                self._queued_bytes -= size - sum(one.size for one in held)
                self._changed.notify_all()
                if held and not self._hold(held):
                    return

    def _hold(self, held: list[Submission]) -> bool:
        """Put what nobody waits for back in front, to be tried again; False once it is no use."""
        self._queue.extendleft(reversed(held))
        if self._closed or self.failed:
            self.lost += sum(len(one.drafts) for one in self._queue if one.future is None)
            _tell_all(list(self._queue), None, LogUnavailableError(self.failed or "it is closed"))
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
            _tell_all(batch, None, LogUnavailableError(self.failed))
            return [one for one in batch if one.future is None]
        drafts = (
            batch[0].drafts
            if len(batch) == 1
            else [draft for submission in batch for draft in submission.drafts]
        )
        first = self._segments.size
        at = max(self._now(), self._last_at + 1)
        try:
            sealed = self._sealing.seal(first, at, drafts)
            batch_bytes = pack(first, sealed.links, sealed.entries, sealed.sealed)
            self._segments.append(batch_bytes, len(drafts))
        except ChengnuoError as error:
            if len(batch) > 1:  # one of them may be at fault; the others must not suffer for it
                return [held for submission in batch for held in self._write([submission])]
            return self._refused(batch, error)
        except OSError as error:
            if self._segments.unsure:
                self.failed = _FATAL
            return self._refused(batch, LogUnavailableError(error.strerror or "the disk refused"))
        self._last_at = at
        self._held_back = ""
        self._taken(first, at, drafts, sealed)
        _tell_all(batch, first, None, at=at)
        return []

    def _refused(self, batch: list[Submission], error: ChengnuoError) -> list[Submission]:
        """Tell whoever waits; what nobody waits for is kept if another try may help."""
        _tell_all(batch, None, error)
        alone = [one for one in batch if one.future is None]
        if isinstance(error, UnavailableError):
            self._held_back = str(error) if alone else ""
            return alone
        self.lost += sum(len(one.drafts) for one in alone)
        return []


def _tell_all(
    batch: list[Submission], first: int | None, error: ChengnuoError | None, *, at: int = 0
) -> None:
    """Tell everybody of a batch; one call into each event loop, however many wait there."""
    loops: dict[asyncio.AbstractEventLoop, list[_Told]] = {}
    position = first or 0
    for submission in batch:
        answer = Appended(Position(position), at)
        position += len(submission.drafts)
        future = submission.future
        if isinstance(future, asyncio.Future):
            if submission.loop is not None:
                loops.setdefault(submission.loop, []).append((future, answer, error))
        elif future is not None and not future.done():
            if error is None:
                future.set_result(answer)
            else:
                future.set_exception(error)
    for loop, told in loops.items():
        if not loop.is_closed():
            loop.call_soon_threadsafe(_settle, told)


_Told = tuple["asyncio.Future[Appended]", Appended, ChengnuoError | None]


def _settle(told: list[_Told]) -> None:
    for future, answer, error in told:
        if future.done():
            continue
        if error is None:
            future.set_result(answer)
        else:
            future.set_exception(error)
