"""Handing records over to the process that writes the log, in batches."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from threading import Condition, Thread
from time import monotonic
from typing import Final

from chengnuo.base.errors import UnavailableError
from chengnuo.ports.evidence_log import (
    Appended,
    Draft,
    LogBusyError,
    LogUnavailableError,
    Position,
)
from chengnuo.ports.following import NoLeaderError, RecordsRefusedError

LOG = logging.getLogger("chengnuo.following")
ANSWER_S: Final = 30.0
"""How long is waited for an answer: over this, who asked has gone."""
_MOST_QUEUED: Final = 16_384
_AT_ONCE: Final = 512
_AGAIN_S: Final = 0.5
_REFUSED_S: Final = 60.0
"""How often it is tried whether what was refused is taken by now, and said that it is not."""
_CLOSES_S: Final = 30.0
"""How long the end waits for what is queued; whoever stops the process kills it in the end."""
Handed = Callable[[Sequence[Draft]], Appended]
"""Hands drafts to the process that writes; durable on return.

Raises `UnavailableError`, and `RecordsRefusedError` where trying again does not help.
"""


@dataclass(slots=True)
class Waiting:
    """Drafts that wait to be handed over.

    Attributes:
        drafts: All or none of them are recorded.
        done: Told where they went, or why not; None where nobody waits.

    """

    drafts: Sequence[Draft]
    done: Callable[[Appended | UnavailableError], None] | None


class HandingOver:
    """Hands drafts over in batches, one at a time, in the order in which they came.

    What nobody waits for is tried again until it is taken; if an answer was lost it may then be
    recorded twice, but never not at all while this process lives. What the process that writes
    refuses holds up nothing else: it is kept apart, and one of it goes alone once in a while, for
    another process, of another version, may write by then; if that is taken the rest goes again.
    """

    def __init__(self, handed: Handed) -> None:
        """Start the thread."""
        self._handed = handed
        self._queue: deque[Waiting] = deque()
        self._under_way: list[Waiting] = []
        self._refused: deque[Waiting] = deque()
        self._refused_until = self._said_until = 0.0
        self._count = 0
        self._changed = Condition()
        self._over = False
        self.lost = 0
        """How many drafts that nobody waited for could not be handed over at the end."""
        self._thread = Thread(target=self._run, name="handing-over", daemon=True)
        self._thread.start()

    @property
    def queued(self) -> int:
        """How many drafts wait."""
        return self._count

    def put(self, one: Waiting, *, wait_s: float) -> None:
        """Queue drafts; a full queue makes it wait.

        Raises:
            LogBusyError: It stayed full, or nothing is handed over any more.

        """
        with self._changed:
            has_room = self._changed.wait_for(
                lambda: self._over or self._count + len(one.drafts) <= _MOST_QUEUED, wait_s
            )
            if not has_room or self._over or not self._thread.is_alive():
                raise LogBusyError
            self._queue.append(one)
            self._count += len(one.drafts)
            self._changed.notify_all()

    async def handed(self, drafts: Sequence[Draft]) -> Appended | UnavailableError:
        """Queue drafts and return where they went, or why not.

        Raises:
            LogBusyError: The queue is full.

        """
        loop = asyncio.get_running_loop()
        came: asyncio.Future[Appended | UnavailableError] = loop.create_future()

        def told(result: Appended | UnavailableError) -> None:
            with suppress(RuntimeError):  # the loop is closed, and nobody waits any more
                loop.call_soon_threadsafe(_settle, came, result)

        self.put(Waiting(drafts, told), wait_s=0.0)
        try:
            async with asyncio.timeout(ANSWER_S):
                return await came
        except TimeoutError:
            return NoLeaderError()

    def close(self) -> None:
        """Hand over what is queued, once, and end the thread; what takes too long is lost."""
        with self._changed:
            self._over = True
            self._changed.notify_all()
        self._thread.join(_CLOSES_S)
        with self._changed:
            self._take_back()
            left = [*self._under_way, *self._queue]
            self._queue.clear()
            self.lost += sum(len(one.drafts) for one in left if one.done is None)

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._over or bool(self._queue), self._rests_s())
                if self._over:
                    self._take_back()
                is_trial = self._rests_s() == 0
                if is_trial:
                    self._under_way = [self._refused.popleft()]
                    self._refused_until = monotonic() + _REFUSED_S
                    self._count -= len(self._under_way[0].drafts)
                elif self._queue:
                    self._under_way = self._taken()
                elif self._over:
                    return
                else:
                    continue
            if self._hand_over(self._under_way) and is_trial:
                with self._changed:
                    self._take_back()
            self._under_way = []

    def _rests_s(self) -> float | None:
        """Return how long what was refused is left alone still; None if there is nothing."""
        return max(0.0, self._refused_until - monotonic()) if self._refused else None

    def _take_back(self) -> None:
        self._queue.extend(self._refused)
        self._refused.clear()

    def _taken(self) -> list[Waiting]:
        """Take the first of the queue, as many as fit into one batch."""
        some: list[Waiting] = []
        count = 0
        while self._queue and (not some or count + len(self._queue[0].drafts) <= _AT_ONCE):
            some.append(self._queue.popleft())
            count += len(some[-1].drafts)
        self._count -= count
        self._changed.notify_all()
        return some

    def _hand_over(self, some: list[Waiting]) -> bool:
        """Hand a batch over, and tell whether all of it was taken."""
        parts, are_taken = [some], True
        while parts:
            part = parts.pop()
            self._under_way = [*part, *(one for other in reversed(parts) for one in other)]
            half = len(part) // 2
            try:
                appended = self._handed([draft for one in part for draft in one.drafts])
            except RecordsRefusedError:
                are_taken = False
                if half:  # one of them is refused, and which is found by halves
                    parts += [part[half:], part[:half]]
                else:
                    self._keep_apart(part[0])
                continue
            except UnavailableError as error:
                why = error
            except Exception as error:  # noqa: BLE001  whatever it is: who waits is told, the rest goes again
                LOG.error("handing records over failed by a fault: %s", type(error).__name__)  # noqa: TRY400  its message may hold values
                why = NoLeaderError()
            else:
                _tell(part, appended)
                continue
            # What came later goes no earlier than it.
            self._not_taken(self._under_way, why)
            return False
        return are_taken

    def _keep_apart(self, one: Waiting) -> None:
        """Keep what was refused for another time, and tell whoever waits."""
        if monotonic() >= self._said_until:
            LOG.error("the process that writes refuses records of this one")
            self._said_until = monotonic() + _REFUSED_S
        if one.done is not None:
            one.done(LogUnavailableError("these records are refused"))
            return
        with self._changed:
            if self._over:
                self.lost += len(one.drafts)
                return
            if not self._refused:
                self._refused_until = monotonic() + _REFUSED_S
            self._refused.append(one)
            self._count += len(one.drafts)

    def _not_taken(self, some: list[Waiting], error: UnavailableError) -> None:
        """Tell whoever waits, and keep the rest for another time: first of all, in their order."""
        left = [one for one in some if one.done is None]
        for one in some:
            if one.done is not None:
                one.done(error)
        with self._changed:
            if self._over:
                self.lost += sum(len(one.drafts) for one in left)
                return
            self._queue.extendleft(reversed(left))
            self._count += sum(len(one.drafts) for one in left)
            if left:
                self._changed.wait_for(lambda: self._over, _AGAIN_S)


def _tell(some: list[Waiting], appended: Appended) -> None:
    first: int = appended.first
    for one in some:
        if one.done is not None:
            one.done(Appended(Position(first), appended.at))
        first += len(one.drafts)


def _settle(
    came: asyncio.Future[Appended | UnavailableError], result: Appended | UnavailableError
) -> None:
    if not came.done():  # else the caller hung up
        came.set_result(result)
