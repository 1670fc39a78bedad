"""What a follower sends on, over a real connection to the process that it believes to write."""

import threading
from collections.abc import Iterator

import httpx
import pytest
import uvicorn
from tests.doors.http.test_followers import FENCE, House, sealed
from tests.running import run
from tests.waiting import until

from chengnuo.doors.http.forwarding import Forwarding
from chengnuo.ports.following import Holder

pytestmark = pytest.mark.real


@pytest.fixture
def house() -> House:
    return House()


@pytest.fixture
def address(house: House) -> Iterator[str]:
    """Where the process that writes answers."""
    config = uvicorn.Config(house.app(), port=0, log_level="error", lifespan="off")  # type: ignore[arg-type]  # litestar's scopes are TypedDicts
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


def test_where_nobody_answers_whoever_asks_is_told_to_ask_again() -> None:
    answer = asked_of_a_follower(Holder(fence=FENCE, address="http://127.0.0.1:9"))
    assert (answer.status_code, answer.json()["code"]) == (503, "no-leader")
