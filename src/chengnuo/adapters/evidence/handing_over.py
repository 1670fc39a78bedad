"""Handing records over to the process that writes the log, in batches."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from threading import Condition, Thread
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
    refuses holds up nothing else: it is tried again after all the others, for another process, of
    another version, may write by then.
    """

    def __init__(self, handed: Handed) -> None:
        """Start the thread."""
        self._handed = handed
        self._queue: deque[Waiting] = deque()
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
        """Hand over what is queued, once, and end the thread."""
        with self._changed:
            self._over = True
            self._changed.notify_all()
        self._thread.join()

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._over or bool(self._queue))
                if not self._queue:
                    return
                some = self._taken()
            self._hand_over(some)

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

    def _hand_over(self, some: list[Waiting]) -> None:
        drafts = [draft for one in some for draft in one.drafts]
        try:
            appended = self._handed(drafts)
        except RecordsRefusedError:
            half = len(some) // 2
            if half:  # one of them is refused, and which is found by halves
                self._hand_over(some[:half])
                self._hand_over(some[half:])
            else:
                LOG.error("the process that writes refuses records of this one")  # noqa: TRY400  where from is known
                self._not_taken(some, LogUnavailableError("these records are refused"), last=True)
            return
        except UnavailableError as error:
            self._not_taken(some, error)
            return
        except Exception as error:  # noqa: BLE001  whatever it is: who waits is told, the rest goes again
            LOG.error("handing records over failed by a fault: %s", type(error).__name__)  # noqa: TRY400  its message may hold values
            self._not_taken(some, NoLeaderError())
            return
        first: int = appended.first
        for one in some:
            if one.done is not None:
                one.done(Appended(Position(first), appended.at))
            first += len(one.drafts)

    def _not_taken(
        self, some: list[Waiting], error: UnavailableError, *, last: bool = False
    ) -> None:
        """Tell whoever waits, and keep the rest for another time: first of all, or last."""
        left = [one for one in some if one.done is None]
        for one in some:
            if one.done is not None:
                one.done(error)
        with self._changed:
            if self._over:
                self.lost += sum(len(one.drafts) for one in left)
                return
            has_others = last and bool(self._queue)
            if last:
                self._queue.extend(left)
            else:
                self._queue.extendleft(reversed(left))
            self._count += sum(len(one.drafts) for one in left)
            if left and not has_others:
                self._changed.wait_for(lambda: self._over, _AGAIN_S)


def _settle(
    came: asyncio.Future[Appended | UnavailableError], result: Appended | UnavailableError
) -> None:
    if not came.done():  # else the caller hung up
        came.set_result(result)
