"""What the process that writes believes of a follower, and when it answers nothing at all."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import sha256
from typing import Any

import httpx
import msgspec
import pytest
from litestar.types import Receive, Scope, Send
from tests.running import run

from chengnuo.domain.evidence.kinds import Kind
from chengnuo.doors.http import followers
from chengnuo.doors.http.crowding import Crowding
from chengnuo.doors.http.envelope import Envelope
from chengnuo.doors.http.followers import (
    CLIENT,
    DIGEST,
    HOST_KNOWN,
    RECORDS_PATH,
    SCHEME,
    SEAL,
    Forwarded,
    Leading,
)
from chengnuo.doors.http.metrics import Metrics
from chengnuo.doors.http.security_headers import SECURITY_HEADERS
from chengnuo.doors.settings import WebSettings
from chengnuo.ports.evidence_log import Appended, Draft, Position

FENCE = 7
SAID = Forwarded(
    method="POST",
    target=b"/v1/x?y=%2F",
    host="shop.example",
    client="10.1.2.3",
    scheme="https",
)


def sealed(text: str) -> str:
    return sha256(b"tenant" + text.encode()).hexdigest()


@dataclass
class House:
    """A process that writes, with what came to it."""

    left_s: float = 5.0
    scopes: list[Any] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    recorded: list[Draft] = field(default_factory=list)
    ends_while_answering: bool = False

    def app(self, around: Callable[[Any], Any] = lambda inner: inner) -> Leading:
        async def inner(scope: Scope, receive: Receive, send: Send) -> None:
            self.scopes.append(scope)
            body, more = b"", True
            while more:
                message: Any = await receive()
                body, more = body + message.get("body", b""), message.get("more_body", False)
            self.bodies.append(body)
            if self.ends_while_answering:
                self.left_s = 0.0
            start: Any = {"type": "http.response.start", "status": 200, "headers": []}
            await send(start)
            await send({"type": "http.response.body", "body": b"yes", "more_body": False})

        async def record(drafts: Sequence[Draft]) -> Appended:
            await asyncio.sleep(0)
            self.recorded += drafts
            return Appended(Position(40), 9)

        return Leading(
            around(inner), sealed=sealed, fence=FENCE, left_s=lambda: self.left_s, record=record
        )

    def asked(
        self,
        said: Forwarded,
        *,
        seal: str | None = None,
        body: bytes | AsyncIterator[bytes] = b"",
        around: Callable[[Any], Any] = lambda inner: inner,
        before: Callable[[Any], Any] = lambda leading: leading,
    ) -> httpx.Response:
        """Send a request as a follower would; the seal is right unless another is given."""
        headers = {
            SEAL.decode(): sealed(said.text(FENCE)) if seal is None else seal,
            CLIENT.decode(): said.client,
            SCHEME.decode(): said.scheme,
            DIGEST.decode(): said.digest,
            "host": said.host,
        }

        async def ask() -> httpx.Response:
            transport = httpx.ASGITransport(before(self.app(around)))  # type: ignore[arg-type]  # another spelling of ASGI
            async with httpx.AsyncClient(transport=transport) as client:
                url = httpx.URL("http://here").copy_with(raw_path=said.target)
                return await client.request(said.method, url, headers=headers, content=body)

        return run(ask())


def test_a_sealed_request_is_the_callers_own() -> None:
    house = House()
    assert house.asked(SAID).text == "yes"
    (scope,) = house.scopes
    assert (scope["client"][0], scope["scheme"], scope[HOST_KNOWN]) == ("10.1.2.3", "https", True)
    names = {name for name, _ in scope["headers"]}
    assert names.isdisjoint({SEAL, CLIENT, SCHEME})


@pytest.mark.parametrize(
    "other",
    [
        replace(SAID, client="10.9.9.9"),
        replace(SAID, scheme="http"),
        replace(SAID, host="other.example"),
        replace(SAID, target=b"/v1/z?y=%2F"),
        replace(SAID, method="PUT"),
    ],
    ids=["client", "scheme", "host", "target", "method"],
)
def test_a_seal_over_something_else_is_refused(other: Forwarded) -> None:
    house = House()
    assert house.asked(other, seal=sealed(SAID.text(FENCE))).status_code == 403
    assert house.asked(SAID, seal=sealed(SAID.text(FENCE - 1))).status_code == 403
    assert house.scopes == []


def test_without_the_lease_nothing_is_answered() -> None:
    house = House(left_s=0.0)
    assert house.asked(SAID).status_code == 503
    health = house.asked(replace(SAID, target=b"/healthz"))  # by which a balancer leaves it out
    assert (health.status_code, health.json()["code"]) == (503, "no-leader")
    assert house.asked(replace(SAID, target=b"/metrics")).status_code == 200
    ending = House(ends_while_answering=True)
    answer = ending.asked(SAID)
    assert (answer.status_code, answer.json()["code"]) == (503, "no-leader")
    assert answer.headers["retry-after"] == "1"


def records(drafts: Sequence[object], *, digest: str = "") -> tuple[Forwarded, bytes]:
    body = msgspec.msgpack.encode(drafts)
    found = digest or sha256(body).hexdigest()
    said = replace(SAID, target=RECORDS_PATH.encode(), client="", scheme="", digest=found)
    return said, body


def test_records_of_decisions_are_taken_and_nothing_else() -> None:
    house = House()
    decision = Draft(kind=Kind.DECISION, payload=b"{}")
    said, body = records([decision, decision])
    answer = house.asked(said, body=body)
    assert (answer.status_code, answer.json()) == (200, {"first": 40, "at": 9})
    assert house.recorded == [decision, decision]
    for wrong in ([Draft(kind=Kind.CONSENT_GIVEN, payload=b"{}")], [], ["text"], [{"kind": "x"}]):
        said, body = records(wrong)
        assert house.asked(said, body=body).status_code == 400
    said, body = records([decision], digest="00" * 32)
    assert house.asked(said, body=body).status_code == 403
    assert house.recorded == [decision, decision]


def test_records_are_taken_however_much_else_is_asked() -> None:
    """Each answer of every host that follows waits for them."""
    house = House()
    web = WebSettings(public_url="http://shop", hosts=frozenset())
    full: dict[str, Callable[[Any], Any]] = {
        "around": lambda inner: Envelope(inner, web, Metrics()),
        "before": partial(Crowding, most=0),
    }
    assert house.asked(SAID, **full).json()["code"] == "too-busy"
    decision = Draft(kind=Kind.DECISION, payload=b"{}")
    said, body = records([decision])
    assert house.asked(said, body=body, **full).status_code == 200
    assert house.recorded == [decision]
    assert house.asked(said, seal="00", body=body, **full).status_code == 403


def test_nothing_of_a_body_is_read_before_its_seal_is_right() -> None:
    """Else anybody could have this process keep megabytes, for as long as they like."""
    house = House()
    said, _ = records([Draft(kind=Kind.DECISION, payload=b"{}")])
    right = sealed(said.text(FENCE))
    wrong = [
        {SEAL: "00" * 32, DIGEST: said.digest},
        {SEAL: right, DIGEST: "00" * 32},
        {SEAL: sealed(replace(said, digest="").text(FENCE))},  # as over any other request
    ]

    async def never() -> Any:  # noqa: ANN401  a message of ASGI
        raise AssertionError

    async def asked(headers: dict[bytes, str]) -> int:
        told: list[Any] = []

        async def send(message: Any) -> None:  # noqa: ANN401  a message of ASGI
            await asyncio.sleep(0)
            told.append(message)

        shown = {b"host": said.host, CLIENT: "", SCHEME: "", **headers}
        scope: Any = {
            "type": "http",
            "method": "POST",
            "path": RECORDS_PATH,
            "raw_path": RECORDS_PATH.encode(),
            "query_string": b"",
            "headers": [(name, value.encode()) for name, value in shown.items()],
        }
        await house.app()(scope, never, send)
        status: int = told[0]["status"]
        return status

    assert [run(asked(headers)) for headers in wrong] == [403, 403, 403]
    with pytest.raises(AssertionError):  # with the right seal it is read
        run(asked({SEAL: right, DIGEST: said.digest}))


def test_a_body_that_is_not_the_one_under_the_seal_is_refused() -> None:
    house = House()
    said, _ = records([Draft(kind=Kind.DECISION, payload=b"{}")])
    other = msgspec.msgpack.encode([Draft(kind=Kind.DECISION, payload=b"[]")])
    assert house.asked(said, body=other).status_code == 403
    assert house.recorded == []


def test_a_body_that_does_not_come_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(followers, "_RECORDS_S", 0.05)
    house = House()
    said, _ = records([Draft(kind=Kind.DECISION, payload=b"{}")])

    async def slowly() -> AsyncIterator[bytes]:
        yield b"x"
        await asyncio.sleep(5)

    answer = house.asked(said, body=slowly())
    assert (answer.status_code, answer.json()["code"]) == (503, "caller-gone")


def test_an_answer_in_the_place_of_another_carries_what_every_answer_does() -> None:
    for answer in (House(left_s=0.0).asked(SAID), House().asked(SAID, seal="00")):
        assert SECURITY_HEADERS.items() <= dict(answer.headers).items()
        assert answer.headers["x-request-id"]


def test_what_was_sent_is_counted_and_not_what_was_ready() -> None:
    house, metrics = House(left_s=0.0), Metrics()
    web = WebSettings(public_url="http://shop", hosts=frozenset())

    def enveloped(inner: Any) -> Any:  # noqa: ANN401  apps, whose scopes are litestar's
        return Envelope(inner, web, metrics)

    assert house.asked(SAID, around=enveloped).status_code == 503
    assert 'status="503"} 1' in metrics.as_text()
