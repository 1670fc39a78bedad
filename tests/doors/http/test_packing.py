"""What is sent compressed: pages asked for from our own pages, and nothing for another site."""

import gzip
import re
from typing import Any

import httpx
import pytest
from tests.doors.browser_kit import FORM_TOKEN, ORIGIN, Browser
from tests.doors.service_kit import Kit, start
from tests.duties.duty_kit import SAMPLE
from tests.running import run

from chengnuo.doors.http.packing import LEAST_BYTES, packing, takes_gzip

OURS = {"accept-encoding": "gzip, deflate, br", "sec-fetch-site": "same-origin"}
PAGE = "/console/sign-in"
LONG = b"<p>" + b"word " * 1_000


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Kit:
    return start(tmp_path_factory.mktemp("packing") / "data", demo=True, register=str(SAMPLE))


def sent(kit: Kit, path: str, headers: dict[str, str], method: str = "GET") -> tuple[Any, bytes]:
    """Return the headers and the bytes as they go over the wire."""

    async def ask() -> tuple[Any, bytes]:
        app = httpx.ASGITransport(kit.service.app, client=("127.0.0.1", 50_000))
        async with httpx.AsyncClient(transport=app, base_url=ORIGIN) as client:
            plain = {"accept-encoding": "identity", **headers}
            async with client.stream(method, path, headers=plain) as answer:
                return answer.headers, b"".join([part async for part in answer.aiter_raw()])

    return run(ask())


def answered(
    request: dict[str, str], given: list[tuple[bytes, bytes]], *bodies: bytes
) -> list[dict[str, Any]]:
    """Return the messages that come through, for an answer in some pieces."""
    came: list[dict[str, Any]] = []

    async def send(message: Any) -> None:  # noqa: ANN401  one of Litestar's messages
        came.append(message)

    async def go() -> None:
        sender = packing(send, "GET", request)
        await sender({"type": "http.response.start", "status": 200, "headers": given})
        for number, body in enumerate(bodies, 1):
            more = number < len(bodies)
            await sender({"type": "http.response.body", "body": body, "more_body": more})

    run(go())
    return came


def test_a_page_that_our_own_page_asks_for_is_sent_compressed(house: Kit) -> None:
    headers, body = sent(house, PAGE, OURS)
    plain_headers, plain = sent(house, PAGE, {"sec-fetch-site": "same-origin"})
    assert headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain_headers
    assert int(headers["content-length"]) == len(body) < len(plain) / 2

    def but_tokens(page: bytes) -> str:
        return re.sub(r"[0-9a-f]{64}", "", page.decode())

    assert but_tokens(gzip.decompress(body)) == but_tokens(plain)
    assert headers["vary"] == "accept-encoding, sec-fetch-site"
    assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param({**OURS, "sec-fetch-site": "cross-site"}, id="from another site"),
        pytest.param({**OURS, "sec-fetch-site": "same-site"}, id="from a neighbour"),
        pytest.param({"accept-encoding": "gzip"}, id="from nobody knows where"),
        pytest.param({**OURS, "accept-encoding": "br, gzip;q=0"}, id="who takes no gzip"),
    ],
)
def test_a_page_is_sent_plain_to_who_might_measure_it(house: Kit, asked: dict[str, str]) -> None:
    headers, body = sent(house, PAGE, asked)
    assert "content-encoding" not in headers
    assert b"</html>" in body


def test_what_the_head_of_a_page_says_is_not_of_a_compressed_one(house: Kit) -> None:
    headers, body = sent(house, PAGE, OURS, "HEAD")
    assert "content-encoding" not in headers
    assert body == b""


def test_the_token_of_the_forms_is_another_each_time(house: Kit) -> None:
    client = Browser(house.service.app)
    tokens = [FORM_TOKEN.findall(client.get(PAGE).text)[0] for _ in range(3)]
    assert len(set(tokens)) == 3
    assert len({token[16:] for token in tokens}) == 3


@pytest.mark.parametrize(
    ("given", "bodies"),
    [
        pytest.param([(b"content-type", b"image/png")], [LONG], id="a picture"),
        pytest.param([(b"content-type", b"text/html")], [LONG[: LEAST_BYTES - 1]], id="short"),
        pytest.param([(b"content-type", b"text/csv")], [LONG, LONG], id="in pieces"),
        pytest.param(
            [(b"content-type", b"text/css"), (b"content-encoding", b"gzip")], [LONG], id="packed"
        ),
        pytest.param([(b"content-type", b"text/plain"), (b"ETag", b'"1"')], [LONG], id="tagged"),
        pytest.param(
            [(b"content-type", b"text/plain"), (b"content-range", b"bytes 0-9/99")],
            [LONG],
            id="a part",
        ),
    ],
)
def test_these_are_sent_as_they_are(given: list[tuple[bytes, bytes]], bodies: list[bytes]) -> None:
    start, *parts = answered(OURS, given, *bodies)
    assert start["headers"] == given
    assert [part["body"] for part in parts] == bodies


def test_what_an_answer_varied_by_already_stays_said() -> None:
    given = [(b"content-type", b"text/html"), (b"Vary", b"cookie"), (b"content-length", b"5003")]
    start, part = answered(OURS, given, LONG)
    said = dict(start["headers"])
    assert said[b"vary"] == b"cookie, accept-encoding, sec-fetch-site"
    assert said[b"content-length"] == str(len(part["body"])).encode()
    assert gzip.decompress(part["body"]) == LONG


@pytest.mark.parametrize(
    ("accepts", "takes"),
    [
        ("gzip", True),
        ("GZIP", True),
        ("br;q=1, gzip ; q=0.1", True),
        ("gzip;q=0", False),
        ("gzip; q=0.000", False),
        ("deflate, br", False),
        ("x-gzip-like", False),
        ("", False),
    ],
)
def test_who_takes_gzip(accepts: str, takes: bool) -> None:
    assert takes_gzip(accepts) is takes
