"""How many requests are worked on at once: one more is told to come again, at once and cheaply.

The limit is on requests that are worked on, not on connections nor on clients that are waited for.
Whoever keeps many connections open, or sends slowly, keeps nobody out; and under too much load as
many are answered well as can be, and not nearly none.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, Final

from litestar.types import ASGIApp, Message, Receive, Scope, Send

from chengnuo.base.errors import UnavailableError
from chengnuo.doors.http.passing import let_pass
from chengnuo.doors.http.programs import encoded, lang_of, problem_with

MOST_AT_ONCE: Final = 256
"""Requests that are worked on: some tenths of a second of decisions for one process."""
_PASS_S: Final = 5.0
_ALWAYS: Final = frozenset({"/healthz"})


class TooBusyError(UnavailableError):
    """As many requests are being answered as can be; nothing was done."""

    code = "too-busy"

    def __init__(self) -> None:
        super().__init__("as many requests are being answered as can be; ask again in a moment")


class Crowding:
    """An ASGI app around another."""

    def __init__(self, inner: ASGIApp, *, most: int = MOST_AT_ONCE) -> None:
        """Wrap the app.

        Args:
            inner: Answers.
            most: How many requests it is given at once.

        """
        self._inner = inner
        self._most = most
        self._busy = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one connection."""
        raw: dict[str, Any] = scope  # type: ignore[assignment]  # litestar's scopes are TypedDicts
        if raw["type"] == "http" and self._busy >= self._most and raw["path"] not in _ALWAYS:
            await _refuse(raw, receive, send)
            return

        async def received() -> Any:  # noqa: ANN401  a message of ASGI
            with self._waiting():
                return await receive()

        async def sent(message: Message) -> None:
            with self._waiting():
                await send(message)

        self._busy += 1
        try:
            await self._inner(scope, received, sent)
        finally:
            self._busy -= 1

    @contextmanager
    def _waiting(self) -> Iterator[None]:
        """Give the place away while a client is waited for: who is slow keeps nobody else out."""
        self._busy -= 1
        try:
            yield
        finally:
            self._busy += 1


async def _refuse(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    with suppress(TimeoutError):  # who is still sending when it is closed sees no answer at all
        async with asyncio.timeout(_PASS_S):
            await let_pass(receive)
    status, body, further = encoded(problem_with(TooBusyError(), lang_of(scope)))
    headers = [
        *further,
        (b"content-type", b"application/problem+json"),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": False})
