"""What comes to the process that writes from those that follow it.

A follower sends on what it cannot answer, and hands over the records of its own answers. It shows
that it is one by a seal that only who has the keys of the installation can make, over the lease
under which this process writes and over all that is believed because of it: whose request it was,
by which host name, how it came, and for records the digest of the body, so that nothing is read of
a body before it is known whose it is. Nobody else can say so. While the lease does not stand
nothing is answered at all, for another process may write by then.
"""

import asyncio
import hmac
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

import msgspec
from litestar.exceptions import NotFoundException
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from chengnuo.base.errors import ChengnuoError, UnavailableError
from chengnuo.base.shapes import ready
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.doors.http.exchange import name_request, request_number
from chengnuo.doors.http.passing import REFUSAL
from chengnuo.doors.http.problems import problem_of
from chengnuo.doors.http.programs import (
    ENCODER,
    BodyTooLargeError,
    ClientGoneError,
    Headers,
    QuestionMalformedError,
    encoded,
    header,
    lang_of,
    problem_with,
)
from chengnuo.doors.http.security_headers import SECURITY_HEADERS
from chengnuo.ports.evidence_log import Appended, Draft
from chengnuo.ports.following import Holder, NoLeaderError

RECORDS_PATH: Final = "/followers/records"
SEAL_OF: Final = "follower"
"""What the keyed names of seals are for."""
SEAL, CLIENT, SCHEME = b"chengnuo-follower", b"chengnuo-client", b"chengnuo-scheme"
DIGEST: Final = b"chengnuo-digest"
"""SHA-256 of the body in hexadecimal, under the seal: who may send one is known before it comes."""
OURS: Final = frozenset({SEAL, CLIENT, SCHEME, DIGEST})
HOST_KNOWN: Final = "chengnuo.host-known"
"""Member of a scope: the follower has held the host name to its own list."""
ANSWERED: Final = "chengnuo.answered"
"""Member of a scope: the status that was sent in the place of the one that was ready."""
RECORDS_LIMIT_BYTES: Final = 16 << 20
_RECORDS_S: Final = 10.0
"""How long the body of a follower may take, which gives up after fifteen."""
_BODIES_AT_ONCE: Final = 8
"""Bodies of followers that are held in memory; each follower sends one at a time."""
_DRAFTS = msgspec.msgpack.Decoder(ready(tuple[Draft, ...]))
_ALWAYS: Final = "/metrics"
"""What is answered without a lease too: it tells of this process alone."""
_UNSEALED: Final = 403
REFUSED = b"chengnuo-seal-refused"
"""Stands in the answer to a seal that does not fit: to a follower, that another leads now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forwarded:
    """What a follower says of a request that it sends on.

    Attributes:
        method: Its method.
        target: Path and query as they are sent.
        host: `Host` as the caller said it.
        client: Address of the caller.
        scheme: How the caller came, `http` or `https`.
        digest: SHA-256 of a body that the seal is over, in hexadecimal; empty for none.

    """

    method: str
    target: bytes
    host: str
    client: str
    scheme: str
    digest: str = ""

    def text(self, fence: int) -> str:
        """Return what the seal is over, for the lease that the receiver holds."""
        target = self.target.decode("latin-1")
        parts = (self.method, target, self.host, self.client, self.scheme, self.digest)
        return "\n".join((str(fence), *parts))


Sealed = Callable[[str], str]
"""Makes the seal over a text."""


def shown(said: Forwarded, sealed: Sealed, holder: Holder) -> list[tuple[bytes, bytes]]:
    """Return the headers by which a follower shows that it is one."""
    return [
        (SEAL, sealed(said.text(holder.fence)).encode()),
        (CLIENT, said.client.encode("latin-1", "replace")),
        (SCHEME, said.scheme.encode()),
        *([(b"host", said.host.encode()), (DIGEST, said.digest.encode())] if said.digest else []),
    ]


class Leading:
    """The ASGI app of the process that writes, with what followers ask of it.

    Attributes:
        inner: Answers requests.

    """

    def __init__(
        self,
        inner: ASGIApp,
        *,
        sealed: Sealed,
        fence: int,
        left_s: Callable[[], float],
        record: Callable[[Sequence[Draft]], Awaitable[Appended]],
    ) -> None:
        """Wrap the app.

        Args:
            inner: Answers requests.
            sealed: Makes seals.
            fence: Number of the lease.
            left_s: For how long the lease stands still.
            record: Makes records durable.

        """
        self.inner = inner
        self._sealed = sealed
        self._fence = fence
        self._left_s = left_s
        self._record = record
        self._bodies = asyncio.Semaphore(_BODIES_AT_ONCE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one connection."""
        raw: dict[str, Any] = scope  # type: ignore[assignment]  # litestar's scopes are TypedDicts
        if raw["type"] != "http" or REFUSAL in raw:
            await self.inner(scope, receive, send)
            return
        sender = send if raw["path"] == _ALWAYS else _WhileHeld(self._left_s, raw, send)
        seal = header(raw, SEAL)
        if raw["path"] == RECORDS_PATH:
            await self._take_records(raw, seal, receive, sender)
            return
        if seal:
            said = _said(raw)
            if not self._is_sealed(seal, said):
                await _refuse(raw, sender)
                return
            raw["client"], raw["scheme"] = (said.client, 0), said.scheme
            raw[HOST_KNOWN] = True
            raw["headers"] = [pair for pair in raw["headers"] if pair[0].lower() not in OURS]
        await self.inner(scope, receive, sender)

    def _is_sealed(self, seal: str, said: Forwarded) -> bool:
        return hmac.compare_digest(seal.encode(), self._sealed(said.text(self._fence)).encode())

    async def _take_records(
        self, scope: Mapping[str, Any], seal: str, receive: Receive, send: Send
    ) -> None:
        """Make the records of a follower's answers durable, and say where they stand.

        Nothing of the body is read before the seal is known to be right.
        """
        headers: Headers = []
        said = _said(scope, digest=header(scope, DIGEST))
        if not said.digest or not self._is_sealed(seal, said):
            await _refuse(scope, send)
            return
        try:
            async with asyncio.timeout(_RECORDS_S), self._bodies:
                body = await _whole(receive)
            if not hmac.compare_digest(sha256(body).hexdigest().encode(), said.digest.encode()):
                await _refuse(scope, send)
                return
            appended = await self._record(_drafts(body))
            status, answer = 200, ENCODER.encode(appended)
        except TimeoutError:
            status, answer, headers = encoded(problem_with(ClientGoneError(), lang_of(scope)))
        except ChengnuoError as error:
            status, answer, headers = encoded(problem_with(error, lang_of(scope)))
        await _send(send, status, answer, headers)


class _WhileHeld:
    """Sends an answer if the lease stands once it is ready, else that nothing can be said."""

    def __init__(self, left_s: Callable[[], float], scope: dict[str, Any], send: Send) -> None:
        self._left_s = left_s
        self._scope = scope
        self._send = send
        self._refused = False

    async def __call__(self, message: Message) -> None:
        if self._refused:
            return
        if message["type"] == "http.response.start" and not self._left_s():
            self._refused = True
            self._scope[ANSWERED] = 503
            await refuse_unavailable(self._scope, self._send, NoLeaderError())
            return
        await self._send(message)


async def refuse_unavailable(scope: Mapping[str, Any], send: Send, error: UnavailableError) -> None:
    """Answer that this cannot be answered now."""
    await _send(send, *encoded(problem_with(error, lang_of(scope))))


async def refuse_unknown(scope: Mapping[str, Any], send: Send) -> None:
    """Answer that there is nothing here."""
    await _send(send, *encoded(problem_of(NotFoundException(), lang_of(scope))))


def _said(scope: Mapping[str, Any], *, digest: str = "") -> Forwarded:
    query: bytes = scope["query_string"]
    return Forwarded(
        method=scope["method"],
        target=scope["raw_path"].partition(b"?")[0] + (b"?" + query if query else b""),
        host=header(scope, b"host"),
        client=header(scope, CLIENT),
        scheme=header(scope, SCHEME),
        digest=digest,
    )


def _drafts(body: bytes) -> tuple[Draft, ...]:
    """Return drafts of decisions; nothing else comes from a follower.

    Raises:
        QuestionMalformedError: They are something else.

    """
    try:
        drafts = _DRAFTS.decode(body)
    except (msgspec.DecodeError, ValueError) as error:
        raise QuestionMalformedError("they are no records") from error
    if not drafts or any(draft.kind is not Kind.DECISION for draft in drafts):
        raise QuestionMalformedError("they are no records of decisions")
    return drafts


async def _whole(receive: Receive) -> bytes:
    body = bytearray()
    while True:
        message: Any = await receive()
        if message["type"] == "http.disconnect":
            raise ClientGoneError
        body += message.get("body", b"")
        if len(body) > RECORDS_LIMIT_BYTES:
            raise BodyTooLargeError(RECORDS_LIMIT_BYTES)
        if not message.get("more_body", False):
            return bytes(body)


async def _refuse(scope: Mapping[str, Any], send: Send) -> None:
    """Refuse whoever says that they follow and cannot show it."""
    problem = problem_with(NoLeaderError(), lang_of(scope))
    body = ENCODER.encode(msgspec.structs.replace(problem, status=_UNSEALED))
    await _send(send, _UNSEALED, body, [(REFUSED, b"1")])


async def _send(
    send: Send, status: int, body: bytes, headers: Sequence[tuple[bytes, bytes]] = ()
) -> None:
    kind = b"application/json" if status < 400 else b"application/problem+json"  # noqa: PLR2004  client errors on
    named = {"x-request-id": request_number() or name_request(), **SECURITY_HEADERS}
    all_of_them = [
        *headers,
        *((name.encode(), value.encode()) for name, value in named.items()),
        (b"content-type", kind),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
    ]
    start: Any = {"type": "http.response.start", "status": status, "headers": all_of_them}
    await send(start)
    await send({"type": "http.response.body", "body": body, "more_body": False})
