"""Sending a request on to the process that writes, and its answer back, piece by piece.

What belongs to one connection only stays behind (RFC 9110 section 7.6.1). Nothing is tried twice:
whether an act was recorded the caller finds out as after any silence. Where nobody writes just now,
or who writes cannot be reached, it is 503, and the caller asks again.
"""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import suppress
from hashlib import sha256
from typing import Any, Final

import httpx
import msgspec
from litestar.types import Receive, Scope, Send

from chengnuo.base.shapes import ready
from chengnuo.doors.http.followers import (
    CLIENT,
    OURS,
    RECORDS_PATH,
    REFUSED,
    SCHEME,
    SEAL,
    Forwarded,
    Sealed,
    refuse_unavailable,
)
from chengnuo.doors.http.programs import header
from chengnuo.ports.evidence_log import Appended, Draft
from chengnuo.ports.following import Holder, NoLeaderError

_CONNECT_S: Final = 2.0
_RECORDS_S: Final = 15.0
_KEPT_S: Final = 3.0
"""How long a connection is kept idle: less than the other side keeps it."""
_MOST: Final = httpx.Limits(
    max_connections=256, max_keepalive_connections=64, keepalive_expiry=_KEPT_S
)
_HOP_BY_HOP: Final = frozenset(
    {
        *(b"connection", b"keep-alive", b"proxy-authenticate", b"proxy-authorization", b"te"),
        *(b"proxy-connection", b"trailer", b"transfer-encoding", b"upgrade", b"expect"),
    }
)
_NOT_TOLD: Final = frozenset({b"x-forwarded-for", b"x-forwarded-proto", b"x-forwarded-host"})
"""The address of the caller was made out by this process; it goes under the seal."""
_APPENDED = msgspec.json.Decoder(ready(Appended))
_OK: Final = 200


class Forwarding:
    """The ASGI callable.

    Attributes:
        timeout_s: How long one request may take; who writes holds each to the limit of its route.

    """

    timeout_s: Final = 1800.0

    def __init__(
        self, holder: Callable[[], Holder | None], sealed: Sealed, *, answer_s: float
    ) -> None:
        """Send nothing yet.

        Args:
            holder: Tells who writes; None for nobody.
            sealed: Makes seals.
            answer_s: How long an answer may keep silent.

        """
        self._holder = holder
        self._sealed = sealed
        self._client = httpx.AsyncClient(
            limits=_MOST,
            timeout=httpx.Timeout(answer_s, connect=_CONNECT_S),
            trust_env=False,
            follow_redirects=False,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one connection."""
        raw: dict[str, Any] = scope  # type: ignore[assignment]  # litestar's scopes are TypedDicts
        holder = self._holder()
        # What another follower sent on goes no further: nobody knows who writes just now.
        if holder is None or not holder.address or header(raw, SEAL):
            await refuse_unavailable(raw, send, NoLeaderError())
            return
        request = self._request(raw, receive, holder)
        try:
            answer = await self._client.send(request, stream=True)
        except httpx.HTTPError:
            await refuse_unavailable(raw, send, NoLeaderError())
            return
        try:
            if REFUSED.decode() in answer.headers:  # our seal is over a lease that is over
                await refuse_unavailable(raw, send, NoLeaderError())
                return
            start: Any = {
                "type": "http.response.start",
                "status": answer.status_code,
                "headers": _without(answer.headers.raw, _HOP_BY_HOP),
            }
            await send(start)
            async for chunk in answer.aiter_raw():
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        finally:
            with suppress(httpx.HTTPError):
                await answer.aclose()

    async def close(self) -> None:
        """Let go of all connections."""
        await self._client.aclose()

    def _request(self, scope: Mapping[str, Any], receive: Receive, holder: Holder) -> httpx.Request:
        query: bytes = scope["query_string"]
        path: bytes = scope["raw_path"].partition(b"?")[0]
        client = scope.get("client")
        said = Forwarded(
            method=scope["method"],
            target=path + (b"?" + query if query else b""),
            host=header(scope, b"host"),
            client=client[0] if client else "",
            scheme=scope["scheme"],
        )
        has_body = any(
            name.lower() in {b"content-length", b"transfer-encoding"}
            for name, _ in scope["headers"]
        )
        return httpx.Request(
            said.method,
            _url(holder, said.target),
            headers=[
                *_without(scope["headers"], _HOP_BY_HOP | _NOT_TOLD | OURS),
                *_shown(said, self._sealed, holder),
            ],
            content=_body(receive) if has_body else None,
            extensions={"timeout": self._client.timeout.as_dict()},
        )


class RecordsToLeader:
    """Hands the records of this process's answers to the process that writes."""

    def __init__(self, holder: Callable[[], Holder | None], sealed: Sealed) -> None:
        """Send nothing yet; see `Forwarding`."""
        self._holder = holder
        self._sealed = sealed
        self._client = httpx.Client(
            limits=_MOST, timeout=httpx.Timeout(_RECORDS_S, connect=_CONNECT_S), trust_env=False
        )

    def __call__(self, drafts: Sequence[Draft]) -> Appended:
        """Return where they stand, once they are durable.

        Raises:
            NoLeaderError: They may not be.

        """
        holder = self._holder()
        if holder is None or not holder.address:
            raise NoLeaderError
        body = msgspec.msgpack.encode(drafts)
        said = Forwarded(
            method="POST",
            target=RECORDS_PATH.encode(),
            host=httpx.URL(holder.address).netloc.decode("ascii"),
            client="",
            scheme="",
            digest=_digest(body),
        )
        try:
            answer = self._client.post(
                _url(holder, said.target),
                content=body,
                headers=_shown(said, self._sealed, holder),
            )
        except httpx.HTTPError as error:
            raise NoLeaderError from error
        if answer.status_code != _OK:
            raise NoLeaderError
        return _APPENDED.decode(answer.content)

    def close(self) -> None:
        """Let go of the connection."""
        self._client.close()


def _url(holder: Holder, target: bytes) -> httpx.URL:
    return httpx.URL(holder.address).copy_with(raw_path=target)


def _digest(body: bytes) -> str:
    return sha256(body).hexdigest()


def _shown(said: Forwarded, sealed: Sealed, holder: Holder) -> list[tuple[bytes, bytes]]:
    return [
        (SEAL, sealed(said.text(holder.fence)).encode()),
        (CLIENT, said.client.encode("latin-1", "replace")),
        (SCHEME, said.scheme.encode()),
        *([(b"host", said.host.encode())] if said.digest else []),
    ]


def _without(
    headers: Sequence[tuple[bytes, bytes]], names: frozenset[bytes]
) -> list[tuple[bytes, bytes]]:
    """Return headers without some, and without those that `Connection` names."""
    named = {
        one.strip().lower()
        for name, value in headers
        if name.lower() == b"connection"
        for one in value.split(b",")
    }
    return [pair for pair in headers if pair[0].lower() not in names | named]


async def _body(receive: Receive) -> AsyncIterator[bytes]:
    while True:
        message: Any = await receive()
        if message["type"] == "http.disconnect":
            raise httpx.ReadError("the caller hung up")
        if chunk := message.get("body", b""):
            yield chunk
        if not message.get("more_body", False):
            return
