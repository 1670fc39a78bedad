"""A process that follows, over HTTP: what it answers by itself, and what it sends on.

It answers questions of decisions and of audiences from its own state, and says with each answer how
old what that rests on can be at most. All else goes to the process that writes.
"""

import hmac
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from litestar.types import ASGIApp, Message, Receive, Scope, Send

from chengnuo.base.errors import UnavailableError
from chengnuo.doors.http.api import Health
from chengnuo.doors.http.followers import refuse_unavailable
from chengnuo.doors.http.metrics import Metrics
from chengnuo.doors.http.programs import ENCODER, header
from chengnuo.doors.version import VERSION
from chengnuo.usecases.planes.status import PlanesWatch
from chengnuo.usecases.register_desk import Desk

BEHIND: Final = b"chengnuo-behind-ms"
HEALTH_PATH, METRICS_PATH = "/healthz", "/metrics"
_READ: Final = frozenset({"GET", "HEAD"})

BehindMs = Callable[[], int]
"""Tells how old the state can be at most; raises `StaleStateError` where it is too old."""
AsOf = Callable[[], BehindMs]
"""Called before anything is read; returns what tells how old that can be once it was read. Both
raise `StaleStateError`."""


class FollowerHealth(Health, frozen=True, rename="camel", kw_only=True):
    """That a process that follows is up, with what, and how old its state can be."""

    role: str = "follower"
    behind_ms: int | None = None


class Stated:
    """A route of programs whose answers say how old what they rest on can be.

    The age counts from the last look before anything was read, which the route does once it has the
    whole question, to the begin of the answer.

    Attributes:
        timeout_s: How long an answer may take, where the route says so.
        is_only_counted: Whether good answers are counted and no line is written.

    """

    def __init__(self, app: ASGIApp, as_of: AsOf, *, timeout_s: float) -> None:
        """Wrap a route."""
        self._app = app
        self._as_of = as_of
        self.timeout_s = getattr(app, "timeout_s", timeout_s)
        self.is_only_counted = getattr(app, "is_only_counted", False)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; nothing that was found is given once the state is too old."""
        raw: dict[str, Any] = scope  # type: ignore[assignment]  # litestar's scopes are TypedDicts
        refused, behind_ms = False, self._begun()

        async def received() -> Any:  # noqa: ANN401  one of Litestar's messages
            nonlocal behind_ms
            message = await receive()
            if message["type"] == "http.request":
                behind_ms = self._begun()
            return message

        async def stated(message: Message) -> None:
            nonlocal refused
            if refused:
                return
            if message["type"] == "http.response.start":
                try:
                    behind = (BEHIND, str(behind_ms()).encode())
                except UnavailableError as error:
                    refused = True
                    await refuse_unavailable(raw, send, error)
                    return
                message["headers"] = [*message["headers"], behind]
            await send(message)

        await self._app(scope, received, stated)

    def _begun(self) -> BehindMs:
        """Return what tells the age of what is read from now on; that refuses if this does."""
        try:
            return self._as_of()
        except UnavailableError as error:
            return partial(_too_old, error)


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowerDoor:
    """The ASGI app of what is not a route of programs.

    Attributes:
        forward: Answers what is sent on.
        desk: The register in force.
        planes: Tells how the planes are.
        behind_ms: Tells how old the state can be.
        metrics: Counts.
        metrics_token: What a monitor shows; empty for no monitor.
        begin: Called once the app begins.
        end: Called when it ends.

    """

    forward: ASGIApp
    desk: Desk
    planes: PlanesWatch
    behind_ms: BehindMs
    metrics: Metrics
    metrics_token: str
    begin: Callable[[], None]
    end: Callable[[], Awaitable[None]]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one connection."""
        raw: dict[str, Any] = scope  # type: ignore[assignment]  # litestar's scopes are TypedDicts
        if raw["type"] == "lifespan":
            await self._live(receive, send)
        elif raw["type"] != "http":
            return
        elif raw["path"] == HEALTH_PATH and raw["method"] in _READ:
            raw["path_template"] = HEALTH_PATH
            await self._health(raw, send)
        elif raw["path"] == METRICS_PATH and raw["method"] in _READ and self._is_meter(raw):
            raw["path_template"] = METRICS_PATH
            await _send(send, 200, b"text/plain; version=0.0.4", self.metrics.as_text().encode())
        else:
            raw["path_template"] = "(forwarded)"
            await self.forward(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            message: Any = await receive()
            if message["type"] == "lifespan.startup":
                self.begin()
                complete: Any = {"type": "lifespan.startup.complete"}
                await send(complete)
            elif message["type"] == "lifespan.shutdown":
                await self.end()
                over: Any = {"type": "lifespan.shutdown.complete"}
                await send(over)
                return

    async def _health(self, scope: dict[str, Any], send: Send) -> None:
        served, planes, behind = self.desk.current(), self.planes(), None
        with suppress(UnavailableError):
            behind = self.behind_ms()
        said = FollowerHealth(
            status="ok" if behind is not None else "stale",
            version=VERSION,
            register_version="" if served is None else served.version,
            law_version=str(self.desk.catalogue.version),
            planes="off" if planes is None else "current" if planes.current else "behind",
            behind_ms=behind,
        )
        body = b"" if scope["method"] == "HEAD" else ENCODER.encode(said)
        await _send(send, 503 if behind is None else 200, b"application/json", body)

    def _is_meter(self, scope: dict[str, Any]) -> bool:
        given = header(scope, b"authorization").removeprefix("Bearer ")
        expected = self.metrics_token
        return bool(expected) and hmac.compare_digest(given.encode(), expected.encode())


def _too_old(error: UnavailableError) -> int:
    raise error


async def _send(send: Send, status: int, kind: bytes, body: bytes) -> None:
    start: Any = {
        "type": "http.response.start",
        "status": status,
        "headers": [(b"content-type", kind), (b"content-length", str(len(body)).encode())],
    }
    await send(start)
    await send({"type": "http.response.body", "body": body, "more_body": False})
