"""What the process that writes believes of a follower, and when it answers nothing at all."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any

import httpx
import msgspec
import pytest
from litestar.types import Receive, Scope, Send
from tests.running import run

from chengnuo.domain.evidence.kinds import Kind
from chengnuo.doors.http.followers import (
    CLIENT,
    HOST_KNOWN,
    RECORDS_PATH,
    SCHEME,
    SEAL,
    Forwarded,
    Leading,
)
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
    recorded: list[Draft] = field(default_factory=list)
    ends_while_answering: bool = False

    def app(self) -> Leading:
        async def inner(scope: Scope, receive: Receive, send: Send) -> None:
            del receive
            self.scopes.append(scope)
            if self.ends_while_answering:
                self.left_s = 0.0
            start: Any = {"type": "http.response.start", "status": 200, "headers": []}
            await send(start)
            await send({"type": "http.response.body", "body": b"yes", "more_body": False})

        async def record(drafts: Sequence[Draft]) -> Appended:
            await asyncio.sleep(0)
            self.recorded += drafts
            return Appended(Position(40), 9)

        return Leading(inner, sealed=sealed, fence=FENCE, left_s=lambda: self.left_s, record=record)

    def asked(
        self, said: Forwarded, *, seal: str | None = None, body: bytes = b""
    ) -> httpx.Response:
        """Send a request as a follower would; the seal is right unless another is given."""
        headers = {
            SEAL.decode(): sealed(said.text(FENCE)) if seal is None else seal,
            CLIENT.decode(): said.client,
            SCHEME.decode(): said.scheme,
            "host": said.host,
        }

        async def ask() -> httpx.Response:
            transport = httpx.ASGITransport(self.app())  # type: ignore[arg-type]  # another spelling of ASGI
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
    assert house.asked(replace(SAID, target=b"/healthz")).status_code == 200
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
