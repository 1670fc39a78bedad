"""The HTTP that the service speaks, byte by byte, against a service in a process of its own."""

import asyncio
import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from tests.doors.server_kit import STARTED, Server
from tests.running import run

from chengnuo.doors.cli.serve import listen

pytestmark = pytest.mark.real

HEAD = "GET /healthz HTTP/1.1\r\nhost: {}\r\n"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a service listens, as `host:port`."""
    folder = tmp_path_factory.mktemp("http")
    server = Server.start("--data", str(folder / "data"), "--port", "0", folder=folder)
    STARTED.remove(server.process)  # it outlives each test, and is stopped here
    yield urlsplit(server.address()).netloc
    server.stop()


def said(place: str, *parts: bytes) -> bytes:
    """Return what is answered; whoever still sends may lose the answer, and asks again then."""
    return next(filter(None, (_said_once(place, *parts) for _ in range(5))), b"")


def _said_once(place: str, *parts: bytes) -> bytes:
    """Return everything that is answered until the other side closes, or falls silent."""
    host, _, port = place.partition(":")
    got = b""
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        try:
            for part in parts:
                connection.sendall(part)
            while more := connection.recv(65536):
                got += more
                connection.settimeout(1)
        except (TimeoutError, ConnectionError):
            pass
    return got


def statuses(answer: bytes) -> list[int]:
    """Return the status of each answer."""
    return [int(one[:3]) for one in answer.split(b"HTTP/1.1 ")[1:]]


def head(place: str, *lines: str) -> bytes:
    return (HEAD.format(place) + "".join(f"{line}\r\n" for line in lines) + "\r\n").encode()


def test_a_head_beyond_the_bound_is_answered_431(place: str) -> None:
    many = [f"x-{number}: {'a' * 1000}" for number in range(20)]
    assert statuses(said(place, head(place, *many))) == [431]
    assert statuses(said(place, head(place, f"x-long: {'a' * 20_000}"))) == [431]
    assert statuses(said(place, head(place, *many[:10]))) == [200]


def test_a_head_that_never_ends_is_answered_431(place: str) -> None:
    begun = HEAD.format(place).encode() + b"x-long: "
    assert statuses(said(place, begun, *([b"a" * 4000] * 5))) == [431]
    with_lines = [f"x-{number}: {'a' * 900}\r\n".encode() for number in range(40)]
    assert statuses(said(place, HEAD.format(place).encode(), *with_lines)) == [431]


def test_a_long_address_is_answered_431(place: str) -> None:
    asked = f"GET /{'a' * 17_000} HTTP/1.1\r\nhost: {place}\r\n\r\n".encode()
    assert statuses(said(place, asked)) == [431]


def test_a_body_counts_for_no_head(place: str) -> None:
    body = b" " * 100_000
    asked = (
        f"POST /v1/decisions HTTP/1.1\r\nhost: {place}\r\ncontent-type: application/json\r\n"
        f"content-length: {len(body)}\r\n\r\n"
    ).encode()
    assert statuses(said(place, asked + body))[:1] == [401]


def test_requests_behind_each_other_are_answered_in_turn(place: str) -> None:
    assert statuses(said(place, head(place) * 3)) == [200, 200, 200]


def test_nothing_behind_a_refused_head_is_answered(place: str) -> None:
    long = head(place, f"x-long: {'a' * 17_000}", "content-length: 5")
    assert statuses(said(place, long + b"hello" + head(place))) == [431]


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(["content-length: 5", "content-length: 6"], id="two lengths"),
        pytest.param(["content-length: 5", "transfer-encoding: chunked"], id="length and chunks"),
        pytest.param(["content-length: -1"], id="length below nothing"),
        pytest.param(["x y: z"], id="name with a space"),
    ],
)
def test_what_two_readers_could_read_in_two_ways_is_refused(place: str, lines: list[str]) -> None:
    assert statuses(said(place, head(place, *lines) + b"0\r\n\r\n")) == [400]


def test_what_is_no_http_is_refused(place: str) -> None:
    assert statuses(said(place, b"\x16\x03\x01\x02\x00\x01\x00\x01")) == [400]


def test_an_offer_to_speak_otherwise_is_passed_over(place: str) -> None:
    asked = head(place, "connection: upgrade", "upgrade: websocket")
    assert statuses(said(place, asked))[:1] == [200]


def test_an_answer_does_not_wait_for_an_acknowledgement() -> None:
    """Head and body are two writes; with Nagle's algorithm the second waits 40 ms."""
    delays: list[bool] = []

    async def accept_one() -> None:
        accepted = asyncio.Event()

        def note(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            one = writer.get_extra_info("socket")
            delays.append(one.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) == 0)
            writer.close()
            accepted.set()

        listener = listen("127.0.0.1", 0)
        async with await asyncio.start_server(note, sock=listener):
            with socket.create_connection(listener.getsockname()):
                await asyncio.wait_for(accepted.wait(), 10)

    run(accept_one())
    assert delays == [False]
