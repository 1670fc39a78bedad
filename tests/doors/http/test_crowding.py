"""One request more than are worked on at once is told to come again; the others are answered."""

import asyncio
import re
from collections import Counter
from typing import Any

import httpx
import pytest
from litestar.types import Receive, Scope, Send
from tests.running import run

from chengnuo.doors.http.crowding import Crowding, leave_place, place_given_away
from chengnuo.doors.http.envelope import Envelope
from chengnuo.doors.http.metrics import Metrics
from chengnuo.doors.http.security_headers import SECURITY_HEADERS
from chengnuo.doors.settings import WebSettings

WEB = WebSettings(public_url="http://shop", hosts=frozenset({"shop"}), requests_per_minute=100_000)


class House:
    """An app whose answers wait until it is let go, and that counts what it is given."""

    def __init__(self) -> None:
        self.go, self.came = asyncio.Event(), asyncio.Event()
        self.busy = self.most_busy = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        del receive
        self.busy += 1
        self.came.set()
        self.most_busy = max(self.busy, self.most_busy)
        try:
            if scope["path"] == "/wrong":
                raise ValueError
            if scope["path"] != "/healthz":
                await self.go.wait()
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": b"yes", "more_body": False})
        finally:
            self.busy -= 1


def crowded(
    inner: Any,  # noqa: ANN401  an app, whose scopes are litestar's
    most: int,
    metrics: Metrics | None = None,
) -> Crowding:
    return Crowding(Envelope(inner, WEB, metrics or Metrics()), most=most)


async def asked(app: Crowding, path: str, lang: str = "zh") -> httpx.Response:
    transport = httpx.ASGITransport(app)  # type: ignore[arg-type]  # litestar's scopes are TypedDicts
    async with httpx.AsyncClient(transport=transport, base_url="http://shop") as client:
        return await client.get(path, headers={"accept-language": lang})


def test_as_many_as_may_are_answered_and_the_rest_told_to_come_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("INFO", "chengnuo.requests")

    async def crowd() -> None:
        house, metrics = House(), Metrics()
        app = crowded(house, 3, metrics)
        tasks = [asyncio.create_task(asked(app, "/x")) for _ in range(8)]
        refusals = asyncio.as_completed(tasks)
        for _ in range(5):
            assert (await next(refusals)).status_code == 503
        assert (await asked(app, "/healthz")).status_code == 200
        refused = await asked(app, "/x", "en")
        assert (refused.status_code, refused.json()["code"]) == (503, "too-busy")
        assert refused.headers["retry-after"] == "1"
        assert SECURITY_HEADERS.items() <= dict(refused.headers).items()
        assert refused.json()["instance"].endswith(refused.headers["x-request-id"])
        assert re.search(r'status="503"} 6\n', metrics.as_text())
        house.go.set()
        answers = Counter([task.status_code for task in await asyncio.gather(*tasks)])
        assert answers == {200: 3, 503: 5}
        assert (await asked(app, "/x")).status_code == 200
        assert house.most_busy == 4  # with the one that looks whether it is well

    run(crowd())
    told = [one.getMessage() for one in caplog.records if one.name == "chengnuo.requests"]
    assert told
    assert not [line for line in told if " 503 " in line]  # it would be more to do


def test_whoever_breaks_or_hangs_up_takes_no_place_for_ever() -> None:
    async def crowd() -> None:
        house = House()
        app = crowded(house, 1)
        for _ in range(3):
            with pytest.raises(ValueError, match=r"^$"):
                await asked(app, "/wrong")
        house.came.clear()
        hung_up = asyncio.create_task(asked(app, "/x"))
        await house.came.wait()
        hung_up.cancel()
        await asyncio.gather(hung_up, return_exceptions=True)
        house.go.set()
        assert (await asked(app, "/x")).status_code == 200

    run(crowd())


class Slow:
    """Bodies that come when they are let go, and an app that works on each until it may end."""

    def __init__(self) -> None:
        self.body_came, self.may_end = asyncio.Event(), asyncio.Event()
        self.working = self.most_working = 0
        self.answered: list[int] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] == "/slow":
            await receive()
            await self.work()
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"yes", "more_body": False})

    async def work(self) -> None:
        self.working += 1
        self.most_working = max(self.most_working, self.working)
        await self.may_end.wait()
        self.working -= 1

    async def body(self) -> Any:  # noqa: ANN401  a message of ASGI
        await self.body_came.wait()
        return {"type": "http.request", "body": b"x", "more_body": False}

    async def told(self, message: Any) -> None:  # noqa: ANN401  a message of ASGI
        self.answered.append(message.get("status", 0))

    def begin(self, app: Crowding, count: int) -> list[asyncio.Task[None]]:
        scope: Any = {
            "type": "http",
            "path": "/slow",
            "method": "POST",
            "query_string": b"",
            "headers": [(b"host", b"shop")],
        }
        return [asyncio.create_task(app({**scope}, self.body, self.told)) for _ in range(count)]


def test_whoever_sends_slowly_keeps_nobody_out() -> None:
    async def crowd() -> None:
        slow = Slow()
        app = crowded(slow, 1)
        sending = slow.begin(app, 5)
        await asyncio.sleep(0)
        assert (await asked(app, "/x")).status_code == 200
        slow.body_came.set()
        slow.may_end.set()
        await asyncio.gather(*sending)
        assert sorted(slow.answered) == [0] * 5 + [200] * 5

    run(crowd())


def test_bodies_that_become_whole_in_one_moment_are_not_all_worked_on() -> None:
    async def crowd() -> None:
        slow = Slow()
        app = crowded(slow, 2)
        sending = slow.begin(app, 9)
        await asyncio.sleep(0)
        slow.body_came.set()
        for _ in range(5):
            await asyncio.sleep(0)
        assert slow.working == 2
        assert (await asked(app, "/x")).status_code == 503
        slow.may_end.set()
        await asyncio.gather(*sending)
        assert slow.most_working == 2
        assert sorted(slow.answered) == [0] * 9 + [200] * 9

    run(crowd())


def test_whoever_looks_for_the_callers_end_while_working_is_at_work() -> None:
    async def crowd() -> None:
        may_end = asyncio.Event()

        async def looks(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["path"] == "/slow":
                more = True
                while more:
                    message: Any = await receive()
                    more = message.get("more_body", False)
                gone = asyncio.ensure_future(receive())
                await may_end.wait()
                gone.cancel()
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": b"yes", "more_body": False})

        app = crowded(looks, 1)
        at_work = asyncio.create_task(asked(app, "/slow"))
        for _ in range(5):
            await asyncio.sleep(0)
        assert (await asked(app, "/x")).status_code == 503
        may_end.set()
        assert (await at_work).status_code == 200
        assert (await asked(app, "/x")).status_code == 200

    run(crowd())


@pytest.mark.parametrize("for_good", [True, False])
def test_whoever_waits_for_somebody_else_keeps_nobody_out(for_good: bool) -> None:
    async def crowd() -> None:
        came = asyncio.Event()

        async def waits(scope: Scope, receive: Receive, send: Send) -> None:
            del receive
            if scope["path"] == "/slow" and for_good:
                leave_place()
                await came.wait()
            elif scope["path"] == "/slow":
                async with place_given_away():
                    await came.wait()
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": b"yes", "more_body": False})

        app = crowded(waits, 1)
        waiting = [asyncio.create_task(asked(app, "/slow")) for _ in range(5)]
        for _ in range(5):
            await asyncio.sleep(0)
            assert (await asked(app, "/x")).status_code == 200
        came.set()
        assert [one.status_code for one in await asyncio.gather(*waiting)] == [200] * 5
        assert (await asked(app, "/x")).status_code == 200

    run(crowd())
