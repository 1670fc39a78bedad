"""How many requests are worked on at once: one more is told to come again, at once and cheaply.

The limit is on work, not on connections nor on clients that are waited for: a request takes one of
the places while it is worked on, and none while its body comes, while its answer is taken slowly
or while another process is waited for. Whoever keeps many connections open, or sends slowly, keeps
nobody out; and under too much load as many are answered well as can be, and not nearly none.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from contextvars import ContextVar
from typing import Any, Final

from litestar.types import ASGIApp, Message, Receive, Scope, Send

from chengnuo.base.errors import UnavailableError
from chengnuo.doors.http.followers import RECORDS_PATH
from chengnuo.doors.http.passing import REFUSAL, let_pass

MOST_AT_ONCE: Final = 256
"""Requests that are worked on: some tenths of a second of decisions for one process."""
_PASS_S: Final = 5.0
_ALWAYS: Final = frozenset({"/healthz", RECORDS_PATH})
"""What takes no place: who follows hands over what many decisions wait for, one body at a time."""


class TooBusyError(UnavailableError):
    """As many requests are being answered as can be; nothing was done."""

    code = "too-busy"

    def __init__(self) -> None:
        super().__init__("as many requests are being answered as can be; ask again in a moment")


class _Places:
    """So many places, and who waits for one."""

    def __init__(self, most: int) -> None:
        self._free = most
        self._waiting: deque[asyncio.Future[None]] = deque()

    @property
    def are_taken(self) -> bool:
        """Whether one who comes now has to wait."""
        return self._free <= 0 or bool(self._waiting)

    def give(self) -> None:
        self._free += 1
        if self._waiting:
            # Whoever gave it away for no more than a moment takes it back before it is called.
            asyncio.get_running_loop().call_soon(self._let_in)

    async def take(self) -> None:
        if self._free > 0:
            self._free -= 1
            return
        came: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(came)
        try:
            await came
        except asyncio.CancelledError:
            if not came.cancelled():  # it got the place in the same moment
                self.give()
            raise

    def _let_in(self) -> None:
        while self._free > 0 and self._waiting:
            came = self._waiting.popleft()
            if not came.done():
                self._free -= 1
                came.set_result(None)


class _Place:
    """The place of one request, given away while somebody else is waited for."""

    def __init__(self, places: _Places, receive: Receive, send: Send) -> None:
        """Hold one that was taken."""
        self._places = places
        self._receive = receive
        self._send = send
        self._is_held, self._is_left, self._is_whole = True, False, False

    def give(self) -> None:
        if self._is_held:
            self._is_held = False
            self._places.give()

    async def take(self) -> None:
        if not self._is_wanted():
            return
        await self._places.take()
        if self._is_wanted():
            self._is_held = True
        else:  # it is no more
            self._places.give()

    def _is_wanted(self) -> bool:
        return not (self._is_held or self._is_left)

    def leave(self) -> None:
        self._is_left = True
        self.give()

    async def received(self) -> Any:  # noqa: ANN401  a message of ASGI
        """Return what the client sends; from the first piece to the last no place is taken."""
        if self._is_whole:  # what is left to come is that the client hangs up: work goes on
            return await self._receive()
        self.give()
        message: Any = await self._receive()
        if not message.get("more_body", False):
            self._is_whole = True
            await self.take()
        return message

    async def sent(self, message: Message) -> None:
        """Send a piece of an answer; after the last one there is nothing left to work on."""
        if not self._is_held:
            await self._send(message)
            return
        self.give()
        await self._send(message)
        if message["type"] == "http.response.start" or message.get("more_body", False):
            await self.take()


_PLACE: ContextVar[_Place | None] = ContextVar("place", default=None)


def leave_place() -> None:
    """Take no place any more for the request in hand: what it waits for has a bound of its own."""
    if (place := _PLACE.get()) is not None:
        place.leave()


@asynccontextmanager
async def place_given_away() -> AsyncIterator[None]:
    """Take no place for the request in hand while somebody else is waited for."""
    place = _PLACE.get()
    if place is not None:
        place.give()
    yield
    if place is not None:
        await place.take()


class Crowding:
    """An ASGI app around another, which answers what is refused: see `REFUSAL`."""

    def __init__(self, inner: ASGIApp, *, most: int = MOST_AT_ONCE) -> None:
        """Wrap the app.

        Args:
            inner: Answers.
            most: How many requests it works on at once.

        """
        self._inner = inner
        self._places = _Places(most)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one connection."""
        raw: dict[str, Any] = scope  # type: ignore[assignment]  # litestar's scopes are TypedDicts
        if raw["type"] != "http" or raw["path"] in _ALWAYS:
            await self._inner(scope, receive, send)
            return
        if self._places.are_taken:
            with suppress(TimeoutError):  # who is still sending when it is closed sees no answer
                async with asyncio.timeout(_PASS_S):
                    await let_pass(receive)
            raw[REFUSAL] = TooBusyError()
            await self._inner(scope, receive, send)
            return
        await self._places.take()
        place = _Place(self._places, receive, send)
        _PLACE.set(place)
        try:
            await self._inner(scope, place.received, place.sent)
        finally:
            place.leave()
