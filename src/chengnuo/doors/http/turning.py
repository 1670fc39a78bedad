"""An app in whose place another is put while it runs, as when a process that follows takes over.

Requests under way are answered by the app that began them. Each app lives as an ASGI server would
let it (lifespan protocol 2.0): the other has started before it gets its first request.
"""

import asyncio
import logging
from typing import TYPE_CHECKING, Any, Final

from litestar.types import ASGIApp, Receive, Scope, Send

if TYPE_CHECKING:
    from collections.abc import MutableMapping

LOG = logging.getLogger("chengnuo.following")
_LIFESPAN: Final = {"type": "lifespan", "asgi": {"version": "3.0", "spec_version": "2.0"}}


class NotStartedError(Exception):
    """An app did not start."""


class _Life:
    """The life of one app, from its start to its end."""

    def __init__(self, app: ASGIApp) -> None:
        self._inbox: asyncio.Queue[MutableMapping[str, Any]] = asyncio.Queue()
        self._said: asyncio.Queue[str] = asyncio.Queue()
        scope: Any = {**_LIFESPAN, "state": {}}
        self._task = asyncio.ensure_future(self._run(app, scope))

    async def _run(self, app: ASGIApp, scope: Scope) -> None:
        receive: Any = self._inbox.get
        try:
            await app(scope, receive, self._send)
        finally:
            await self._said.put("over")

    async def _send(self, message: Any) -> None:  # noqa: ANN401  one of Litestar's messages
        await self._said.put(message["type"])

    async def begin(self) -> None:
        """Let the app start.

        Raises:
            NotStartedError: It did not.

        """
        await self._inbox.put({"type": "lifespan.startup"})
        if await self._said.get() != "lifespan.startup.complete":
            raise NotStartedError

    async def end(self) -> None:
        """Let the app end."""
        await self._inbox.put({"type": "lifespan.shutdown"})
        await self._task


class Turning:
    """The ASGI app."""

    def __init__(self, app: ASGIApp) -> None:
        """Answer by an app."""
        self._app = app
        self._life: _Life | None = None
        self._older: _Life | None = None
        self.loop: asyncio.AbstractEventLoop | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one connection."""
        kind: Any = scope["type"]
        if kind == "lifespan":
            await self._live(receive, send)
        else:
            await self._app(scope, receive, send)

    async def turn(self, app: ASGIApp) -> None:
        """Answer by another app from now on, once it has started; `end_older` ends the one before.

        Raises:
            NotStartedError: It did not start; all is as it was.

        """
        life = _Life(app)
        await life.begin()
        self._older, self._life, self._app = self._life, life, app

    async def end_older(self) -> None:
        """Let the app end that answered before; what goes wrong there touches nobody any more."""
        older, self._older = self._older, None
        if older is None:
            return
        try:
            await older.end()
        except Exception as error:  # noqa: BLE001  it is no reason to end the other
            LOG.warning("what followed did not end well: %s", type(error).__name__)

    async def _live(self, receive: Receive, send: Send) -> None:
        self.loop = asyncio.get_running_loop()
        await receive()  # that it starts
        self._life = _Life(self._app)
        await self._life.begin()
        started: Any = {"type": "lifespan.startup.complete"}
        await send(started)
        await receive()  # that it ends
        await self.end_older()
        await self._life.end()
        ended: Any = {"type": "lifespan.shutdown.complete"}
        await send(ended)
