"""One request more than are worked on at once is told to come again; the others are answered."""

import asyncio
from collections import Counter
from typing import Any

import httpx
import pytest
from litestar.types import Receive, Scope, Send
from tests.running import run

from chengnuo.doors.http.crowding import Crowding


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


async def asked(app: Crowding, path: str, lang: str = "zh") -> httpx.Response:
    transport = httpx.ASGITransport(app)  # type: ignore[arg-type]  # litestar's scopes are TypedDicts
    async with httpx.AsyncClient(transport=transport, base_url="http://shop") as client:
        return await client.get(path, headers={"accept-language": lang})


def test_as_many_as_may_are_answered_and_the_rest_told_to_come_again() -> None:
    async def crowd() -> None:
        house = House()
        app = Crowding(house, most=3)
        tasks = [asyncio.create_task(asked(app, "/x")) for _ in range(8)]
        refusals = asyncio.as_completed(tasks)
        for _ in range(5):
            assert (await next(refusals)).status_code == 503
        assert (await asked(app, "/healthz")).status_code == 200
        refused = await asked(app, "/x", "en")
        assert (refused.status_code, refused.json()["code"]) == (503, "too-busy")
        assert refused.headers["retry-after"] == "1"
        house.go.set()
        answers = Counter([task.status_code for task in await asyncio.gather(*tasks)])
        assert answers == {200: 3, 503: 5}
        assert (await asked(app, "/x")).status_code == 200
        assert house.most_busy == 4  # with the one that looks whether it is well

    run(crowd())


def test_whoever_breaks_or_hangs_up_takes_no_place_for_ever() -> None:
    async def crowd() -> None:
        house = House()
        app = Crowding(house, most=1)
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


def test_whoever_sends_slowly_keeps_nobody_out() -> None:
    async def crowd() -> None:
        body_came = asyncio.Event()
        answered: list[int] = []

        async def reads(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["path"] == "/slow":
                await receive()
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": b"yes", "more_body": False})

        async def slowly() -> Any:  # noqa: ANN401  a message of ASGI
            await body_came.wait()
            return {"type": "http.request", "body": b"x", "more_body": False}

        async def told(message: Any) -> None:  # noqa: ANN401  a message of ASGI
            answered.append(message.get("status", 0))

        app = Crowding(reads, most=1)
        scope: Any = {"type": "http", "path": "/slow", "method": "POST", "headers": []}
        slow = [asyncio.create_task(app(scope, slowly, told)) for _ in range(5)]
        await asyncio.sleep(0)
        assert (await asked(app, "/x")).status_code == 200
        body_came.set()
        await asyncio.gather(*slow)
        assert answered == [200, 0] * 5

    run(crowd())
