"""What a follower sends on, over a real connection to the process that it believes to write."""

import asyncio
import socket
import threading
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
import uvicorn
from tests.doors.http.test_followers import FENCE, House, sealed
from tests.running import run
from tests.waiting import until

from chengnuo.domain.evidence.kinds import Kind
from chengnuo.doors.http import forwarding as forwarding_module
from chengnuo.doors.http.crowding import MOST_AT_ONCE, Crowding
from chengnuo.doors.http.envelope import UPLOAD_PATH, Envelope
from chengnuo.doors.http.followers import RECORDS_PATH
from chengnuo.doors.http.forwarding import Forwarding
from chengnuo.doors.http.metrics import Metrics
from chengnuo.doors.http.records_to_leader import RecordsToLeader
from chengnuo.doors.settings import WebSettings
from chengnuo.ports.evidence_log import Draft
from chengnuo.ports.following import Holder, NoLeaderError, RecordsRefusedError

pytestmark = pytest.mark.real


@pytest.fixture
def house() -> House:
    return House()


@pytest.fixture
def address(house: House) -> Iterator[str]:
    """Where the process that writes answers."""
    with served(house.app()) as where:
        yield where


@contextmanager
def served(app: Any) -> Iterator[str]:  # noqa: ANN401  an app of ASGI, typed by litestar or uvicorn
    """Answer by an app, and yield where."""
    config = uvicorn.Config(app, port=0, log_level="error", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    until(lambda: server.started)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


def asked_of_a_follower(holder: Holder) -> httpx.Response:
    forwarding = Forwarding(lambda: holder, sealed, answer_s=5.0)

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(forwarding)  # type: ignore[arg-type]  # as above
        async with httpx.AsyncClient(transport=transport, base_url="http://shop") as client:
            answer = await client.get("/v1/x", headers={"x-forwarded-for": "10.9.9.9"})
        await forwarding.close()
        return answer

    return run(ask())


def test_a_request_arrives_as_the_follower_saw_it(house: House, address: str) -> None:
    answer = asked_of_a_follower(Holder(fence=FENCE, address=address))
    assert (answer.status_code, answer.content) == (200, b"yes")
    [scope] = house.scopes
    assert scope["client"][0] == "127.0.0.1"  # not what the caller said of itself
    assert (scope["path"], dict(scope["headers"])[b"host"]) == ("/v1/x", b"shop")


def test_a_lease_that_is_over_is_no_refusal_of_whoever_asks(house: House, address: str) -> None:
    """The sleeper woke, or the follower has not heard of the new lease: ask again."""
    answer = asked_of_a_follower(Holder(fence=FENCE - 1, address=address))
    assert (answer.status_code, answer.json()["code"]) == (503, "no-leader")
    assert "retry-after" in answer.headers
    assert house.scopes == []


def test_what_waited_while_this_process_became_the_one_that_writes_is_asked_again(
    house: House, address: str
) -> None:
    async def ask() -> httpx.Response:
        forwarding = Forwarding(lambda: Holder(fence=FENCE, address=address), sealed, answer_s=5.0)
        await forwarding.close()  # as its end does
        transport = httpx.ASGITransport(forwarding)  # type: ignore[arg-type]  # litestar's scopes are TypedDicts
        async with httpx.AsyncClient(transport=transport, base_url="http://shop") as client:
            return await client.post("/v1/x", content=b"x")

    answer = run(ask())
    assert (answer.status_code, answer.json()["code"]) == (503, "no-leader")
    assert house.scopes == []


def test_where_nobody_answers_whoever_asks_is_told_to_ask_again() -> None:
    answer = asked_of_a_follower(Holder(fence=FENCE, address="http://127.0.0.1:9"))
    assert (answer.status_code, answer.json()["code"]) == (503, "no-leader")


class Follower:
    """A process that follows, as requests come to it: `/own` is its own, the rest is sent on."""

    def __init__(self, holder: Holder) -> None:
        self.holder: Holder | None = holder
        self.forwarding = Forwarding(lambda: self.holder, sealed, answer_s=20.0)
        web = WebSettings(
            public_url="http://shop", hosts=frozenset({"shop"}), requests_per_minute=100_000
        )
        raw: Any = {"/own": self._own}
        self.app = Crowding(Envelope(self.forwarding, web, Metrics(), raw=raw))
        transport = httpx.ASGITransport(self.app)  # type: ignore[arg-type]  # as above
        self.client = httpx.AsyncClient(transport=transport, base_url="http://shop", timeout=30)

    async def _own(self, scope: object, receive: object, send: Any) -> None:  # noqa: ANN401  one of ASGI
        del scope, receive
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def close(self, *tasks: asyncio.Task[Any]) -> None:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self.client.aclose()
        await self.forwarding.close()


@pytest.fixture
def silent() -> Iterator[str]:
    """Where every connection is taken and nothing is ever answered."""
    with socket.create_server(("127.0.0.1", 0), backlog=512) as listener:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"


async def never(begin: bytes = b"x") -> AsyncIterator[bytes]:
    yield begin
    await asyncio.sleep(60)


def test_a_leader_that_hangs_takes_no_place_of_own_answers(
    silent: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forwarding_module, "_TURN_S", 0.2)

    async def crowd() -> Counter[tuple[int, str]]:
        follower = Follower(Holder(fence=FENCE, address=silent))
        ask = follower.client.get
        waiting = [asyncio.create_task(ask("/page")) for _ in range(MOST_AT_ONCE + 44)]
        while sum(task.done() for task in waiting) < len(waiting) - forwarding_module.MOST_WAITING:
            assert (await ask("/own")).status_code == 200
            await asyncio.sleep(0.01)
        assert (await ask("/own")).status_code == 200
        # Another writes by now: whoever waits for the one before is told so.
        follower.holder = Holder(fence=FENCE + 1, address=silent)
        answers = await asyncio.wait_for(asyncio.gather(*waiting), 5)
        await follower.close()
        return Counter((one.status_code, one.json()["code"]) for one in answers)

    found = run(crowd())
    most = forwarding_module.MOST_WAITING
    assert found == {(503, "no-leader"): most, (503, "too-busy"): MOST_AT_ONCE + 44 - most}


def test_slow_bodies_hold_up_nothing_that_is_sent_on(house: House, address: str) -> None:
    async def crowd() -> list[int]:
        follower = Follower(Holder(fence=FENCE, address=address))
        post = follower.client.post
        slow = [
            asyncio.create_task(post("/act", content=never(), headers={"content-length": "1000"}))
            for _ in range(MOST_AT_ONCE)
        ]
        await asyncio.sleep(0.1)
        got = await asyncio.wait_for(follower.client.get("/page"), 5)
        said = await asyncio.wait_for(post("/act", content=b"whole"), 5)
        await follower.close(*slow)
        return [got.status_code, said.status_code]

    assert run(crowd()) == [200, 200]
    assert house.bodies == [b"", b"whole"]


def test_what_was_asked_of_one_that_slept_is_not_sent_on_once_the_caller_has_gone(
    house: House, address: str
) -> None:
    """The request and its end have both come by the time that the process wakes."""
    forwarding = Forwarding(lambda: Holder(fence=FENCE, address=address), sealed, answer_s=5.0)
    loops: list[asyncio.AbstractEventLoop] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:  # noqa: ANN401  those of ASGI
        loops.append(asyncio.get_running_loop())
        await forwarding(scope, receive, send)

    with served(app) as follower:
        where = urlsplit(follower)
        assert httpx.post(f"{follower}/act", content=b"first").status_code == 200
        loops[0].call_soon_threadsafe(time.sleep, 0.5)
        time.sleep(0.1)
        for _ in range(20):
            with socket.create_connection((str(where.hostname), where.port or 0)) as gone:
                gone.sendall(b"POST /act HTTP/1.1\r\nhost: x\r\ncontent-length: 4\r\n\r\nlate")
        assert httpx.post(f"{follower}/act", content=b"last").status_code == 200
        asyncio.run_coroutine_threadsafe(forwarding.close(), loops[0]).result(5)
    assert house.bodies == [b"first", b"last"]


def test_a_body_that_comes_too_slowly_is_given_up(
    silent: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forwarding_module, "_BODY_S", 0.05)

    async def asked(begin: bytes) -> httpx.Response:
        follower = Follower(Holder(fence=FENCE, address=silent))
        answer = await follower.client.post("/act", content=never(begin))
        await follower.close()
        return answer

    for begin in (b"x", b"x" * 2 * forwarding_module.SHORT_BYTES):
        answer = run(asked(begin))
        assert (answer.status_code, answer.json()["code"]) == (503, "too-slow")


def test_bodies_that_do_not_become_whole_take_so_much_memory_and_no_more(
    house: House, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forwarding_module, "MOST_KEPT_BYTES", 10_000)

    async def crowd() -> list[int]:
        follower = Follower(Holder(fence=FENCE, address=address))
        post = follower.client.post
        slow = [asyncio.create_task(post("/act", content=never(b"x" * 3_000))) for _ in range(3)]
        await asyncio.sleep(0.1)
        answers = [await post("/act", content=b"y" * size) for size in (1_001, 1_000)]
        for one in slow:
            one.cancel()
        await asyncio.gather(*slow, return_exceptions=True)
        answers += [await post("/act", content=b"y" * 10_000) for _ in range(2)]
        await follower.close()
        assert answers[0].json()["code"] == "too-busy"
        return [one.status_code for one in answers]

    assert run(crowd()) == [503, 200, 200, 200]
    assert [len(body) for body in house.bodies] == [1_000, 10_000, 10_000]


def test_long_bodies_go_along_as_they_come_and_few_at_once(
    house: House, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forwarding_module, "MOST_UPLOADS", 1)
    monkeypatch.setattr(forwarding_module, "_TURN_S", 0.1)
    half = b"x" * 2 * forwarding_module.SHORT_BYTES

    async def crowd() -> list[int]:
        follower, go_on = Follower(Holder(fence=FENCE, address=address)), asyncio.Event()

        async def long() -> AsyncIterator[bytes]:
            yield half
            await go_on.wait()
            yield half

        post = follower.client.post
        first = asyncio.create_task(post(UPLOAD_PATH, content=long()))
        while not house.scopes:  # noqa: ASYNC110  it is told by another thread
            await asyncio.sleep(0.01)
        second = await post(UPLOAD_PATH, content=half)
        short = await post("/act", content=b"short")
        go_on.set()
        codes = [(await first).status_code, second.status_code, short.status_code]
        await follower.close()
        return codes

    assert run(crowd()) == [200, 503, 200]
    assert house.bodies == [b"short", half + half]


def test_records_go_to_the_process_that_writes_alone(house: House, address: str) -> None:
    async def asked() -> httpx.Response:
        follower = Follower(Holder(fence=FENCE, address=address))
        answer = await follower.client.post(RECORDS_PATH, content=b"\x90")
        await follower.close()
        return answer

    answer = run(asked())
    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")
    assert house.scopes == []


def test_records_are_handed_over_or_refused_for_ever_or_for_now(house: House, address: str) -> None:
    holder = Holder(fence=FENCE, address=address)
    decision = Draft(kind=Kind.DECISION, payload=b"{}")
    records = RecordsToLeader(lambda: holder, sealed)
    assert records([decision]).first == 40
    assert house.recorded == [decision]
    with pytest.raises(RecordsRefusedError):
        records([Draft(kind=Kind.CONSENT_GIVEN, payload=b"{}")])
    house.left_s = 0.0
    with pytest.raises(NoLeaderError):
        records([decision])
    records.close()
    other = RecordsToLeader(lambda: Holder(fence=FENCE - 1, address=address), sealed)
    with pytest.raises(NoLeaderError):
        other([decision])
    other.close()
