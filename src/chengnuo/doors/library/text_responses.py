"""An ASGI middleware that masks what an app answers: lists of winners, comments, orders.

What is text is masked as text, JSON as a tree, an event stream event by event, messages of
WebSockets one by one. What cannot be masked is not sent: a body that is too large, compressed or
broken becomes an answer with status 500 that says so. Put it inside whatever compresses.
"""

import codecs
import re
from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from decimal import Decimal
from typing import Any, Final

import msgspec

from chengnuo.doors.library.text_masker import Masker

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

MOST_BYTES: Final = 16 << 20
"""How large a body may be that is masked as a whole."""
_NOT_ASKED: Final = frozenset({b"accept-encoding", b"range", b"if-range"})
"""Headers of a request that would have the answer compressed or cut."""
_NOT_SENT: Final = frozenset(
    {b"content-length", b"etag", b"content-md5", b"digest", b"repr-digest"}
)
"""Headers of an answer that tell of the bytes before they were masked."""
_PAST_US: Final = frozenset({"http.response.pathsend", "http.response.zerocopysend"})
"""Ways of sending a body that go past a middleware."""
_REFUSED: Final = b"the answer could not be masked and is not sent: "


class MaskResponses:
    """Masks the personal information in the answers of an app."""

    def __init__(
        self,
        app: App,
        masker: Masker,
        *,
        under: Sequence[str] = ("/",),
        most_bytes: int = MOST_BYTES,
    ) -> None:
        """Stand before an app.

        Args:
            app: The app, of ASGI 3.
            masker: Masks.
            under: Paths below which answers are masked; each ends with a slash or is a whole path.
            most_bytes: How large a body may be.

        """
        self._app = app
        self._masker = masker
        self._under = tuple(under)
        self._most_bytes = most_bytes

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer a request, or take part in a WebSocket."""
        if scope["type"] == "http" and self._is_masked(scope["path"]):
            answer = _Answer(self._masker, send, self._most_bytes, scope["method"])
            await self._app(_without_ways_past(scope), receive, answer.take)
        elif scope["type"] == "websocket" and self._is_masked(scope["path"]):
            await self._app(scope, receive, _masked_messages(self._masker, send))
        else:
            await self._app(scope, receive, send)

    def _is_masked(self, path: str) -> bool:
        return any(
            path == one or (one.endswith("/") and path.startswith(one)) for one in self._under
        )


class _Answer:
    """One answer on its way: held until it is whole, or sent on if it is no text."""

    def __init__(self, masker: Masker, send: Send, most_bytes: int, method: str) -> None:
        self._masker = masker
        self._send = send
        self._most_bytes = most_bytes
        self._method = method
        self._start: Message = {}
        self._sort = ""
        self._charset = "utf-8"
        self._held = bytearray()
        self._refused = False

    async def take(self, message: Message) -> None:
        """Take what the app sends."""
        if message["type"] == "http.response.start":
            await self._begin(message)
        elif message["type"] != "http.response.body" or not self._sort:
            await self._send(message)
        elif not self._refused:
            self._held += message.get("body", b"")
            await self._go_on(more=message.get("more_body", False))

    async def _begin(self, start: Message) -> None:
        headers = {name.lower(): value for name, value in start.get("headers", ())}
        sort, _, rest = headers.get(b"content-type", b"").decode("latin-1").partition(";")
        if not _is_text(sort.strip().lower()):
            await self._send(start)
            return
        self._sort = sort.strip().lower()
        self._charset = _charset(rest)
        kept = [one for one in start.get("headers", ()) if one[0].lower() not in _NOT_SENT]
        self._start = {**start, "headers": kept}
        coding = headers.get(b"content-encoding", b"identity").lower()
        if coding != b"identity":
            await self._refuse(b"it is compressed")
        elif start["status"] == 206:  # noqa: PLR2004  RFC 9110, 15.3.7
            await self._refuse(b"it is a part")
        elif self._sort == "text/event-stream":
            await self._send(self._start)

    async def _go_on(self, *, more: bool) -> None:
        if len(self._held) > self._most_bytes:
            await self._refuse(b"it is too large")
        elif self._sort == "text/event-stream":
            await self._send_events(more=more)
        elif not more:
            await self._send_whole()

    async def _send_events(self, *, more: bool) -> None:
        ends = [found.end() for found in _EVENT_END.finditer(self._held)] if more else []
        end = ends[-1] if ends else 0 if more else len(self._held)
        whole, self._held = bytes(self._held[:end]), self._held[end:]
        try:
            body = self._masked_text(whole)
        except ValueError:
            # The start is sent already: the stream ends here.
            self._refused, more, body = True, False, b""
        if body or not more:
            await self._send({"type": "http.response.body", "body": body, "more_body": more})

    async def _send_whole(self) -> None:
        try:
            body = self._masked(bytes(self._held))
        except (ValueError, RecursionError, msgspec.DecodeError):
            await self._refuse(b"it is not what its type says")
            return
        if self._method != "HEAD":
            self._start["headers"].append((b"content-length", b"%d" % len(body)))
        await self._send(self._start)
        await self._send({"type": "http.response.body", "body": body})

    async def _refuse(self, why: bytes) -> None:
        self._refused = True
        if self._sort == "text/event-stream" and self._held:
            await self._send({"type": "http.response.body", "body": b""})
            return
        body = _REFUSED + why
        headers = [
            (b"content-type", b"text/plain; charset=utf-8"),
            (b"content-length", b"%d" % len(body)),
        ]
        await self._send({"type": "http.response.start", "status": 500, "headers": headers})
        await self._send({"type": "http.response.body", "body": body})

    def _masked(self, body: bytes) -> bytes:
        if not body:
            return body
        if _is_json(self._sort):
            return _masked_json(body, self._masker)
        if self._sort in _JSON_LINES:
            lines = body.splitlines(keepends=True)
            return b"".join(_masked_line(line, self._masker) for line in lines)
        return self._masked_text(body)

    def _masked_text(self, body: bytes) -> bytes:
        return self._masker(body.decode(self._charset)).encode(self._charset)


def _masked_messages(masker: Masker, send: Send) -> Send:
    async def masked(message: Message) -> None:
        text = message.get("text") if message["type"] == "websocket.send" else None
        if text is not None:
            try:
                told = _masked_json(text.encode(), masker).decode()
            except msgspec.DecodeError:
                told = masker(text)
            message = {**message, "text": told}
        await send(message)

    return masked


def _masked_json(body: bytes, masker: Masker) -> bytes:
    """Return JSON with its values masked; the same bytes if there are none.

    Raises:
        msgspec.DecodeError: It is no JSON.

    """
    tree = _DECODER.decode(body.removeprefix(codecs.BOM_UTF8))
    new = masker.tree(tree)
    return body if new is tree else _ENCODER.encode(new)


def _masked_line(line: bytes, masker: Masker) -> bytes:
    content = line.rstrip(b"\r\n")
    return _masked_json(content, masker) + line[len(content) :] if content.strip() else line


_DECODER: Final = msgspec.json.Decoder(float_hook=Decimal)
_ENCODER: Final = msgspec.json.Encoder(decimal_format="number")


def _without_ways_past(scope: Message) -> Message:
    headers = [one for one in scope["headers"] if one[0].lower() not in _NOT_ASKED]
    extensions = {
        name: value
        for name, value in (scope.get("extensions") or {}).items()
        if name not in _PAST_US
    }
    return {**scope, "headers": headers, "extensions": extensions}


def _is_json(sort: str) -> bool:
    return sort == "application/json" or sort.endswith("+json")


def _is_text(sort: str) -> bool:
    return sort.startswith("text/") or _is_json(sort) or sort in _OTHER_TEXTS


_JSON_LINES: Final = frozenset({"application/x-ndjson", "application/jsonl"})
_OTHER_TEXTS: Final = _JSON_LINES | {
    "application/javascript",
    "application/xhtml+xml",
    "application/xml",
}
_EVENT_END: Final = re.compile(rb"\r\n\r\n|\n\n|\r\r")


def _charset(parameters: str) -> str:
    """Return the character set that a content type names; UTF-8 if it names none that is known."""
    for each in parameters.split(";"):
        name, _, value = each.strip().partition("=")
        if name.lower() == "charset":
            try:
                return codecs.lookup(value.strip().strip('"')).name
            except LookupError:
                return "utf-8"
    return "utf-8"
