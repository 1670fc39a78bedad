"""What an app answers is masked, whatever its form, and what cannot be masked is not sent."""

import gzip
import json
from collections.abc import Sequence

import httpx
import pytest
from tests.running import run

from chengnuo import text
from chengnuo.doors.library.text_responses import MOST_BYTES, App, Message, Receive, Send

# Made up.
MOBILE, HIDDEN = "13812345678", "138****5678"


def answering(body: bytes | list[bytes], sort: str, *, status: int = 200, **headers: str) -> App:
    """Return an app that gives one answer, in pieces if there are several."""
    pieces = body if isinstance(body, list) else [body]

    async def app(_scope: Message, _receive: Receive, send: Send) -> None:
        given = {"content-type": sort, "content-length": str(sum(map(len, pieces))), **headers}
        pairs = [(name.replace("_", "-").encode(), value.encode()) for name, value in given.items()]
        await send({"type": "http.response.start", "status": status, "headers": pairs})
        for number, piece in enumerate(pieces, start=1):
            more = number < len(pieces)
            await send({"type": "http.response.body", "body": piece, "more_body": more})

    return app


def asked(
    app: App,
    path: str = "/",
    method: str = "GET",
    *,
    under: Sequence[str] = ("/",),
    most_bytes: int = MOST_BYTES,
) -> httpx.Response:
    async def ask() -> httpx.Response:
        masked = text.mask_responses(app, under=under, most_bytes=most_bytes)
        transport = httpx.ASGITransport(masked)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            return await client.request(method, path)

    return run(ask())


def test_text_is_masked_and_the_length_is_that_of_what_is_sent() -> None:
    body = f"<p>中奖：{MOBILE}</p>".encode()
    answer = asked(answering(body, "text/html; charset=utf-8", etag='"x"'))
    assert answer.text == f"<p>中奖：{HIDDEN}</p>"
    assert answer.headers["content-length"] == str(len(body))
    assert "etag" not in answer.headers


def test_pieces_are_one_text() -> None:
    body = f"tel {MOBILE} end".encode()
    answer = asked(answering([body[:9], body[9:12], body[12:]], "text/plain"))
    assert answer.text == f"tel {HIDDEN} end"


def test_other_characters_are_read_as_the_type_says() -> None:
    answer = asked(answering(f"中奖\n{MOBILE}".encode("gb18030"), "text/plain; charset=gb18030"))
    assert answer.content.decode("gb18030") == f"中奖\n{HIDDEN}"


def test_json_is_masked_by_its_keys_and_numbers_stay_as_they_are_written() -> None:
    body = json.dumps({"note": f"a\n{MOBILE}", "qq": 123456789, "price": 0})
    body = body.replace('"price": 0', '"price": 1.10, "id": 123456789012345678901')
    answer = asked(answering(body.encode(), "application/json"))
    assert answer.text == (
        f'{{"note":"a\\n{HIDDEN}","qq":"1******89","price":1.10,"id":123456789012345678901}}'
    )


def test_json_without_values_is_sent_as_it_is() -> None:
    body = b'{ "a" : 1.0 }'
    assert asked(answering(body, "application/problem+json")).content == body


def test_json_lines_are_masked_one_by_one() -> None:
    body = f'{{"qq":"123456789"}}\n\n{{"t":"\\n{MOBILE}"}}'.encode()
    answer = asked(answering(body, "application/x-ndjson"))
    assert answer.text == f'{{"qq":"1******89"}}\n\n{{"t":"\\n{HIDDEN}"}}'


def test_events_are_sent_when_they_are_whole() -> None:
    sent: list[bytes] = []
    pieces = [b"data: 138", b"12345678\n\nda", f"ta: {MOBILE}\n\n".encode(), b"data: end"]

    async def send(message: Message) -> None:
        sent.append(message.get("body", b""))

    async def receive() -> Message:
        raise AssertionError

    app = text.mask_responses(answering(pieces, "text/event-stream"))
    scope = {"type": "http", "path": "/", "method": "GET", "headers": []}
    run(app(scope, receive, send))
    event = f"data: {HIDDEN}\n\n".encode()
    assert sent == [b"", event, event, b"data: end"]


@pytest.mark.parametrize(
    ("app", "why"),
    [
        (answering(gzip.compress(b"x"), "text/plain", content_encoding="gzip"), "compressed"),
        (answering(b"x" * 101, "text/plain"), "too large"),
        (answering(b"{", "application/json"), "not what its type says"),
        (answering(b"[" * 100_000, "application/json"), "not what its type says"),
        (answering(b"\xff\xfe", "text/plain"), "not what its type says"),
        (answering(MOBILE[:4].encode(), "text/plain", status=206), "a part"),
    ],
    ids=["compressed", "large", "json", "deep", "charset", "part"],
)
def test_what_cannot_be_masked_is_not_sent(app: App, why: str) -> None:
    most = 200_000 if why != "too large" else 100
    answer = asked(app, most_bytes=most)
    assert answer.status_code == 500
    assert why in answer.text
    assert MOBILE[:4] not in answer.text


def test_what_is_no_text_passes() -> None:
    body = MOBILE.encode() * 10
    answer = asked(answering([body, body], "image/png"))
    assert answer.content == body * 2
    assert answer.headers["content-length"] == str(len(body) * 2)


def test_only_paths_that_are_named_are_masked() -> None:
    app = answering(MOBILE.encode(), "text/plain")
    assert asked(app, "/winners/1", under=("/winners/",)).text == HIDDEN
    assert asked(app, "/winnersx", under=("/winners/",)).text == MOBILE
    assert asked(app, "/one", under=("/one",)).text == HIDDEN
    assert asked(app, "/one/two", under=("/one",)).text == MOBILE


def test_an_answer_to_head_has_no_length_that_is_wrong() -> None:
    answer = asked(answering(b"", "text/plain", x="y"), method="HEAD")
    assert "content-length" not in answer.headers
    assert answer.headers["x"] == "y"


def test_the_app_is_not_asked_for_what_could_not_be_masked() -> None:
    seen: list[Message] = []

    async def app(scope: Message, receive: Receive, send: Send) -> None:
        seen.append(scope)
        await answering(b"x", "text/plain")(scope, receive, send)

    async def ask() -> None:
        transport = httpx.ASGITransport(text.mask_responses(app))
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            await client.get("/", headers={"range": "bytes=0-3", "x-kept": "1"})

    run(ask())
    names = {name for name, _ in seen[0]["headers"]}
    assert b"x-kept" in names
    assert not names & {b"range", b"accept-encoding"}


def test_messages_of_a_web_socket_are_masked() -> None:
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        raise AssertionError

    async def app(_scope: Message, _receive: Receive, send: Send) -> None:
        await send({"type": "websocket.accept"})
        await send({"type": "websocket.send", "text": '{"qq":123456789}'})
        await send({"type": "websocket.send", "text": MOBILE + "，"})
        await send({"type": "websocket.send", "bytes": b"1"})

    run(text.mask_responses(app)({"type": "websocket", "path": "/"}, receive, send))
    assert [message.get("text") for message in sent] == [
        None,
        '{"qq":"1******89"}',
        HIDDEN + "，",
        None,
    ]
