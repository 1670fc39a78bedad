"""Another app takes the place of one that runs: started before, ended after, nothing cut short."""

import asyncio
from typing import Any

import pytest
from litestar.types import Receive, Scope, Send
from tests.running import run

from chengnuo.doors.http.turning import NotStartedError, Turning


class App:
    """Says its name, and notes how it lives."""

    def __init__(self, name: str, seen: list[str], *, starts: bool = True) -> None:
        self.name, self.seen, self.starts = name, seen, starts
        self.may_answer = asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        kind: Any = scope["type"]
        if kind != "lifespan":
            await self.may_answer.wait()
            self.seen.append(f"{self.name} answers")
            return
        said: Any
        for said in ("startup", "shutdown"):
            message: Any = await receive()
            assert message["type"] == f"lifespan.{said}"
            self.seen.append(f"{self.name} {said}")
            if not self.starts:
                failed: Any = {"type": "lifespan.startup.failed"}
                await send(failed)
                return
            done: Any = {"type": f"lifespan.{said}.complete"}
            await send(done)


async def nothing() -> Any:  # noqa: ANN401  there is no message
    return {}


async def living(front: Turning) -> tuple["asyncio.Queue[Any]", "asyncio.Queue[Any]", Any]:
    """Let an app live as a server does, and return what goes in, what comes out, and its task."""
    inbox: asyncio.Queue[Any] = asyncio.Queue()
    out: asyncio.Queue[Any] = asyncio.Queue()
    scope: Any = {"type": "lifespan"}
    task = asyncio.ensure_future(front(scope, inbox.get, out.put))
    await inbox.put({"type": "lifespan.startup"})
    assert (await out.get())["type"] == "lifespan.startup.complete"
    return inbox, out, task


def test_the_other_starts_first_and_a_request_under_way_is_finished_where_it_began() -> None:
    seen: list[str] = []

    async def turned() -> None:
        one, other = App("one", seen), App("other", seen)
        front = Turning(one)
        inbox, out, task = await living(front)
        scope: Any = {"type": "http"}
        under_way = asyncio.ensure_future(front(scope, nothing, out.put))
        await asyncio.sleep(0)
        await front.turn(other)
        await front.end_older()
        other.may_answer.set()
        await front(scope, nothing, out.put)
        one.may_answer.set()
        await under_way
        await inbox.put({"type": "lifespan.shutdown"})
        assert (await out.get())["type"] == "lifespan.shutdown.complete"
        await task

    run(turned())
    assert seen == [
        *("one startup", "other startup", "one shutdown"),
        *("other answers", "one answers", "other shutdown"),
    ]


def test_one_that_does_not_start_takes_no_place() -> None:
    seen: list[str] = []

    async def turned() -> None:
        one = App("one", seen)
        front = Turning(one)
        inbox, out, task = await living(front)
        with pytest.raises(NotStartedError):
            await front.turn(App("other", seen, starts=False))
        one.may_answer.set()
        scope: Any = {"type": "http"}
        await front(scope, nothing, out.put)
        await inbox.put({"type": "lifespan.shutdown"})
        await out.get()
        await task

    run(turned())
    assert seen == ["one startup", "other startup", "one answers", "one shutdown"]
