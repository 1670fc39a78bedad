"""Some drafts on their way through the sequencer, and how whoever waits for them is told."""

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

from chengnuo.base.errors import ChengnuoError
from chengnuo.ports.evidence_log import Appended, Draft, Position

if TYPE_CHECKING:
    from concurrent.futures import Future

_Told = tuple["asyncio.Future[Appended]", Appended, ChengnuoError | None]


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


def tell_all(
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


def _settle(told: list[_Told]) -> None:
    for future, answer, error in told:
        if future.done():
            continue
        if error is None:
            future.set_result(answer)
        else:
            future.set_exception(error)
