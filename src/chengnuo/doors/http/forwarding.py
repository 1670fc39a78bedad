"""Sending a request on to the process that writes, and its answer back, piece by piece.

What belongs to one connection only stays behind (RFC 9110 section 7.6.1). Nothing is tried twice:
whether an act was recorded the caller finds out as after any silence. Where nobody writes just now,
or who writes cannot be reached, it is 503, and the caller asks again.

What hangs here holds up nothing else. A short body is whole before a connection to the process that
writes is taken, and all of them together take so much memory and no more; a long one goes along as
it comes and is one of few; so many wait for an answer at once and no more, beside the requests that
this process answers itself; and whoever waits for a process that writes no more is told so.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import Any, Final

import httpx
from litestar.types import Receive, Scope, Send

from chengnuo.base.errors import UnavailableError
from chengnuo.doors.http.crowding import TooBusyError, leave_place
from chengnuo.doors.http.followers import (
    OURS,
    RECORDS_PATH,
    REFUSED,
    SEAL,
    Forwarded,
    Sealed,
    refuse_unavailable,
    refuse_unknown,
    shown,
)
from chengnuo.doors.http.programs import ClientGoneError, header
from chengnuo.ports.following import Holder, NoLeaderError

_CONNECT_S: Final = 2.0
_KEPT_S: Final = 3.0
"""How long a connection is kept idle: less than the other side keeps it."""
MOST_WAITING: Final = 64
"""Requests that wait for the process that writes to begin its answer."""
MOST_UPLOADS: Final = 16
"""Bodies longer than a short one that are sent along at once."""
SHORT_BYTES: Final = 64 << 10
"""A body up to this length is kept until it is whole: as long as a page takes."""
MOST_KEPT_BYTES: Final = 64 << 20
"""Of all bodies that are being collected, or wait for the begin of an answer."""
_BODY_S: Final = 30.0
"""How long a short body may take, and how much time a longer one has beside that of its bytes."""
_SLOWEST_BYTES_S: Final = 16 << 10
"""A longer body has to come this fast."""
_TURN_S: Final = 2.0
_TURNS_OF_LOOP: Final = 6
"""Within so many the loop has seen that a connection ended whose request it has just read."""
_LOOK_S: Final = 0.5
"""How often is looked whether who is waited for still writes."""
_MOST: Final = httpx.Limits(
    max_connections=512, max_keepalive_connections=64, keepalive_expiry=_KEPT_S
)
"""With those whose answers are being sent back, which the callers may take slowly."""
_HOP_BY_HOP: Final = frozenset(
    {
        *(b"connection", b"keep-alive", b"proxy-authenticate", b"proxy-authorization", b"te"),
        *(b"proxy-connection", b"trailer", b"transfer-encoding", b"upgrade", b"expect"),
    }
)
_NOT_TOLD: Final = frozenset({b"x-forwarded-for", b"x-forwarded-proto", b"x-forwarded-host"})
"""The address of the caller was made out by this process; it goes under the seal."""


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
            timeout=httpx.Timeout(answer_s, connect=_CONNECT_S, pool=_TURN_S),
            trust_env=False,
            follow_redirects=False,
        )
        self._kept_bytes = 0
        self._waiting = asyncio.Semaphore(MOST_WAITING)
        self._uploads = asyncio.Semaphore(MOST_UPLOADS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one connection."""
        raw: dict[str, Any] = scope  # type: ignore[assignment]  # litestar's scopes are TypedDicts
        leave_place()
        if raw["path"] == RECORDS_PATH:  # it is asked of who writes alone
            await refuse_unknown(raw, send)
            return
        try:
            answer = await self._answer(raw, receive)
        except UnavailableError as error:
            await refuse_unavailable(raw, send, error)
            return
        except httpx.PoolTimeout:
            await refuse_unavailable(raw, send, TooBusyError())
            return
        except httpx.HTTPError:
            await refuse_unavailable(raw, send, NoLeaderError())
            return
        except RuntimeError:
            if not self._client.is_closed:
                raise
            # This process has begun to write while the request waited here: ask it again.
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

    async def _answer(self, scope: Mapping[str, Any], receive: Receive) -> httpx.Response:
        """Return the answer once it begins.

        Raises:
            NoLeaderError: Nobody writes, or who was asked writes no more.
            TooBusyError: As many wait as can, or as much is kept of them.
            TimeoutError: The body comes too slowly.
            httpx.HTTPError: Who writes cannot be reached, or the caller hung up.

        """
        self._leader(scope)
        has_body = any(
            name.lower() in {b"content-length", b"transfer-encoding"}
            for name, _ in scope["headers"]
        )
        content: bytes | AsyncIterator[bytes] | None = None
        turns = self._waiting
        with self._room() as keep:
            if has_body:
                async with asyncio.timeout(_BODY_S):
                    content, is_whole = await _beginning(receive, keep)
                if is_whole:
                    await _refuse_gone(receive)
                else:
                    content, turns = _longer(content, receive), self._uploads
            async with _turn(turns):
                holder = self._leader(scope)
                return await self._begun(self._request(scope, content, holder), holder)

    @contextmanager
    def _room(self) -> Iterator[Callable[[int], None]]:
        """Yield what counts the bytes that are kept until the end, and refuses too many."""
        kept = 0

        def keep(count: int) -> None:
            nonlocal kept
            if self._kept_bytes + count > MOST_KEPT_BYTES:
                raise TooBusyError
            kept += count
            self._kept_bytes += count

        try:
            yield keep
        finally:
            self._kept_bytes -= kept

    def _leader(self, scope: Mapping[str, Any]) -> Holder:
        holder = self._holder()
        # What another follower sent on goes no further: nobody knows who writes just now.
        if holder is None or not holder.address or header(scope, SEAL):
            raise NoLeaderError
        return holder

    async def _begun(self, request: httpx.Request, holder: Holder) -> httpx.Response:
        """Send a request and return its answer once it begins, if who is asked writes till then."""
        sending = asyncio.ensure_future(self._client.send(request, stream=True))
        try:
            while not (await asyncio.wait({sending}, timeout=_LOOK_S))[0]:
                self._refuse_another(holder)
            return sending.result()
        except BaseException:
            sending.cancel()
            with suppress(httpx.HTTPError, TimeoutError, asyncio.CancelledError):
                await (await sending).aclose()
            raise

    def _refuse_another(self, holder: Holder) -> None:
        now = self._holder()
        if now is None or now.fence != holder.fence:
            raise NoLeaderError

    def _request(
        self,
        scope: Mapping[str, Any],
        content: bytes | AsyncIterator[bytes] | None,
        holder: Holder,
    ) -> httpx.Request:
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
        return httpx.Request(
            said.method,
            url_of(holder, said.target),
            headers=[
                *_without(scope["headers"], _HOP_BY_HOP | _NOT_TOLD | OURS),
                *shown(said, self._sealed, holder),
            ],
            content=content,
            extensions={"timeout": self._client.timeout.as_dict()},
        )


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


def url_of(holder: Holder, target: bytes) -> httpx.URL:
    """Return where who writes takes a path and a query."""
    return httpx.URL(holder.address).copy_with(raw_path=target)


@asynccontextmanager
async def _turn(turns: asyncio.Semaphore) -> AsyncIterator[None]:
    """Wait a moment for a turn, and have it.

    Raises:
        TooBusyError: It did not come.

    """
    try:
        async with asyncio.timeout(_TURN_S):
            await turns.acquire()
    except TimeoutError:
        raise TooBusyError from None
    try:
        yield
    finally:
        turns.release()


async def _beginning(receive: Receive, keep: Callable[[int], None]) -> tuple[bytes, bool]:
    """Return a body, and whether it is whole; of a long one it is the beginning."""
    body, more = bytearray(), True
    while more and len(body) <= SHORT_BYTES:
        piece, more = await _piece(receive)
        keep(len(piece))
        body += piece
    return bytes(body), not more


async def _refuse_gone(receive: Receive) -> None:
    """Send on nothing for a caller who has hung up: it may have stood in the queue for long.

    So it does where a process slept, or began anew: whoever asked has asked another host since,
    and what was done after that must not be undone by it.

    Raises:
        ClientGoneError: The caller has hung up.

    """
    looking = asyncio.ensure_future(receive())
    try:
        for _ in range(_TURNS_OF_LOOP):
            await asyncio.sleep(0)
        if looking.done() and looking.result()["type"] == "http.disconnect":
            raise ClientGoneError
    finally:
        looking.cancel()


async def _longer(beginning: bytes, receive: Receive) -> AsyncIterator[bytes]:
    """Yield a body as it comes.

    Raises:
        TimeoutError: It comes too slowly.

    """
    began_s, size, more = asyncio.get_running_loop().time(), 0, True
    yield beginning
    while more:
        async with asyncio.timeout_at(began_s + _BODY_S + size / _SLOWEST_BYTES_S):
            piece, more = await _piece(receive)
        size += len(piece)
        if piece:
            yield piece


async def _piece(receive: Receive) -> tuple[bytes, bool]:
    message: Any = await receive()
    if message["type"] == "http.disconnect":
        raise httpx.ReadError("the caller hung up")
    return message.get("body", b""), message.get("more_body", False)
