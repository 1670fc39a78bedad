"""Running the service until it is told to stop: the port, and the socket for decisions beside it.

SIGTERM and SIGINT let running requests finish for three seconds, and end in a clean exit. So does
a log that has given up: what the disk holds is then known only by opening it anew, which a
supervisor does by starting the service again. A process that has lost the right to write ends too,
to begin anew.
"""

import asyncio
import resource
import socket
from collections.abc import Callable
from types import FrameType

import uvicorn
from litestar.types import ASGIApp

from chengnuo.doors.cli.beginning_anew import ANEW
from chengnuo.doors.cli.http_protocol import BoundedHeads
from chengnuo.doors.cli.stopping import Stop
from chengnuo.doors.cli.supervision import Supervisor
from chengnuo.doors.http.crowding import Crowding
from chengnuo.doors.settings import ServeSettings
from chengnuo.doors.socket.server import DecisionSocket, SocketTakenError

_GRACE_S = 3
_MOST_CONNECTIONS = 8192
"""Open at once; each takes a descriptor. How many are answered at once, `Crowding` says."""
_OTHER_FILES = 256
_REFRESH_KEPT_S = 5
_LOOK_EVERY = 10
"""How often it is looked whether to go on, in ticks of uvicorn, of which a second has ten."""


class _Server(uvicorn.Server):
    """Says when it really answers, over the port and over the socket for decisions."""

    refusal: SocketTakenError | None = None

    def __init__(  # noqa: PLR0913, PLR0917  what it says and looks at
        self,
        config: uvicorn.Config,
        announce: Callable[[], None],
        decisions: DecisionSocket | None,
        given_up: Callable[[], bool],
        stop: Stop,
        supervisor: Supervisor,
    ) -> None:
        super().__init__(config)
        self._stop = stop
        self._supervisor = supervisor
        self._watching: asyncio.Task[None] | None = None
        self._announce = announce
        self._decisions = decisions
        self._given_up = given_up

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        if not self.started:
            return
        if self._decisions is not None:
            try:
                await self._decisions.open()
            except SocketTakenError as error:
                self.refusal = error
                self.should_exit = True
                return
        if self._ends():
            self.should_exit = True
            return
        self._announce()
        self._supervisor.ready()
        self._watching = asyncio.create_task(self._supervisor.watch(self._given_up))

    async def on_tick(self, counter: int) -> bool:
        if self._ends() or (counter % _LOOK_EVERY == 0 and self._given_up()):
            self.should_exit = True
        return await super().on_tick(counter)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self._stop.note()
        super().handle_exit(sig, frame)

    def _ends(self) -> bool:
        return self._stop.asked or ANEW.is_set()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        if ANEW.is_set() and not self._stop.asked:
            self._supervisor.beginning_anew()
        else:
            self._supervisor.stopping()
        if self._watching is not None:
            self._watching.cancel()
        if self._decisions is not None:
            await self._decisions.close()
        await super().shutdown(sockets=sockets)


def run(  # noqa: PLR0913  what it runs
    app: ASGIApp,
    listener: socket.socket,
    settings: ServeSettings,
    *,
    announce: Callable[[], None],
    given_up: Callable[[], bool],
    stop: Stop,
    decisions: DecisionSocket | None,
    supervisor: Supervisor,
) -> None:
    """Serve until SIGTERM or SIGINT, or until it is no use any more.

    Args:
        app: The ASGI app.
        listener: A listening socket.
        settings: Trusted proxies.
        announce: Called once, when the service answers.
        given_up: Tells whether only a new start would help.
        stop: Notes SIGTERM and SIGINT.
        decisions: The socket for decisions, if there shall be one.
        supervisor: Who is told how it is.

    Raises:
        SocketTakenError: The path of that socket cannot be had.

    """
    config = uvicorn.Config(
        Crowding(app),
        http=BoundedHeads,
        ws="none",
        loop="asyncio",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=list(settings.trusted_proxies),
        limit_concurrency=_most_connections(),
        timeout_keep_alive=_REFRESH_KEPT_S,
        timeout_graceful_shutdown=_GRACE_S,
    )
    server = _Server(config, announce, decisions, given_up, stop, supervisor)
    server.run(sockets=[listener])
    if server.refusal is not None:
        raise server.refusal


def _most_connections() -> int:
    """Return how many connections there may be, as far as the system gives descriptors."""
    wanted = _MOST_CONNECTIONS + _OTHER_FILES
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY or soft >= wanted:
        return _MOST_CONNECTIONS
    had = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (had, hard))
    return max(_OTHER_FILES, had - _OTHER_FILES)
