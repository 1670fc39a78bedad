"""The socket: a file that only its owner may open, and the connections to it.

A connection reads on while it answers, up to a limit of bytes waiting; a caller that does not read
its answers is not read from. A socket file left by a process that died is taken away; one behind
which somebody listens is not, and a lock beside it keeps two that start together apart.
"""

import asyncio
import fcntl
import os
import socket
import stat
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from chengnuo.base.errors import ChengnuoError, ConflictError
from chengnuo.doors.http.decisions import Decisions
from chengnuo.doors.socket.answering import Asker
from chengnuo.doors.socket.frames import FrameKind, FrameReader

_MODE = 0o600
_BACKLOG = 64
_PROBE_S = 1.0
_MOST_CONNECTIONS = 128
_MOST_WAITING_BYTES = 8 * 1024 * 1024
_MOST_AT_ONCE = 128
_KEY_WITHIN_S = 10.0
_FRAME_WITHIN_S = 30.0
_LAST_ANSWERS_S = 3.0


class SocketTakenError(ConflictError):
    """The path of the socket cannot be had."""

    code = "socket-taken"

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"cannot listen on socket `{name}`: {why}")
        self.name = name
        self.why = why


@dataclass(frozen=True, slots=True)
class _Held:
    """A listening socket, its file, and the lock beside it."""

    listener: socket.socket
    path: Path
    inode: int
    lock: int

    def release(self) -> None:
        """Take the file away, if it is still ours, and give the lock back."""
        with suppress(OSError):
            if self.path.lstat().st_ino == self.inode:
                self.path.unlink()
        os.close(self.lock)


def listen_at(path: Path) -> _Held:
    """Return a socket that listens at a path; only the owner of the process may connect.

    Raises:
        SocketTakenError: Somebody listens there, something else is there, or it cannot be made.

    """
    try:
        lock = os.open(
            path.with_name(path.name + ".lock"),
            os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW,
            _MODE,
        )
    except OSError as error:
        raise SocketTakenError(path.name, error.strerror or "its lock cannot be made") from error
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise SocketTakenError(path.name, "another process listens on it") from error
        _clear(path)
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            listener.bind(str(path))
            path.chmod(_MODE)  # before it listens: until then nobody can connect
            listener.listen(_BACKLOG)
            listener.setblocking(False)  # noqa: FBT003  the name of socket's own
            return _Held(listener, path, path.lstat().st_ino, lock)
        except OSError as error:
            listener.close()
            raise SocketTakenError(path.name, error.strerror or str(error)) from error
    except BaseException:
        os.close(lock)
        raise


def _clear(path: Path) -> None:
    """Take a socket file away behind which nobody listens.

    Raises:
        SocketTakenError: Somebody does, or it is no socket.

    """
    try:
        found = path.lstat()
    except FileNotFoundError:
        return
    if not stat.S_ISSOCK(found.st_mode):
        raise SocketTakenError(path.name, "something that is no socket is there")
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        probe.settimeout(_PROBE_S)
        try:
            probe.connect(str(path))
        except ConnectionRefusedError:
            path.unlink()
        except OSError as error:
            raise SocketTakenError(path.name, error.strerror or "it is there") from error
        else:
            raise SocketTakenError(path.name, "another process listens on it")


@dataclass(slots=True)
class DecisionSocket:
    """Answers decisions on a socket, in the event loop that opened it.

    Attributes:
        decisions: Decides, and knows the keys.
        path: Where the socket is.

    """

    decisions: Decisions
    path: Path
    connections: set["Connection"] = field(default_factory=set)
    _held: _Held | None = None
    _server: asyncio.Server | None = None

    async def open(self) -> None:
        """Listen.

        Raises:
            SocketTakenError: The path cannot be had.

        """
        self._held = listen_at(self.path)
        loop = asyncio.get_running_loop()
        self._server = await loop.create_unix_server(
            lambda: Connection(self), sock=self._held.listener
        )

    async def close(self) -> None:
        """Take no more, answer what was asked for a while, and take the socket away."""
        if self._server is None or self._held is None:
            return
        self._server.close()
        workers = [one.finish() for one in tuple(self.connections)]
        if workers:
            await asyncio.wait(workers, timeout=_LAST_ANSWERS_S)
        for one in tuple(self.connections):
            one.abort()
        self._held.release()
        self._server = self._held = None


class Connection(asyncio.Protocol):
    """One caller."""

    def __init__(self, server: DecisionSocket) -> None:
        """Wait for the caller's key."""
        self._server = server
        self._asker = Asker(decisions=server.decisions)
        self._reader = FrameReader()
        self._waiting: deque[tuple[FrameKind, bytes]] = deque()
        self._waiting_bytes = 0
        self._last_problem: bytes | None = None
        self._no_more = False
        self._news = asyncio.Event()
        self._may_write = asyncio.Event()
        self._may_write.set()
        self._transport: asyncio.Transport | None = None
        self._worker: asyncio.Task[None] | None = None
        self._timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin, unless there are too many already."""
        if not isinstance(transport, asyncio.Transport):
            transport.close()
            return
        if len(self._server.connections) >= _MOST_CONNECTIONS:
            transport.abort()
            return
        self._transport = transport
        self._server.connections.add(self)
        self._worker = asyncio.get_running_loop().create_task(self._work())
        self._limit(_KEY_WITHIN_S)

    def data_received(self, data: bytes) -> None:
        """Take frames in."""
        if self._no_more:
            return
        try:
            for kind, body in self._reader.feed(data):
                self._waiting.append((kind, body))
                self._waiting_bytes += len(body) + 64
                self._limit(None)
        except ChengnuoError as error:
            self._last_problem = self._asker.problem(error)
            self._no_more = True
        if not self._reader.is_between and self._timer is None:
            self._limit(_FRAME_WITHIN_S)
        if self._transport is not None and self._waiting_bytes > _MOST_WAITING_BYTES:
            self._transport.pause_reading()
        self._news.set()

    def eof_received(self) -> bool:
        """Answer what was asked before the caller closed its side."""
        self._no_more = True
        self._news.set()
        return True

    def pause_writing(self) -> None:
        """Wait with answers until the caller reads."""
        self._may_write.clear()

    def resume_writing(self) -> None:
        """Go on."""
        self._may_write.set()

    def connection_lost(self, error: Exception | None) -> None:
        """Forget the caller."""
        del error
        self._limit(None)
        self._server.connections.discard(self)
        if self._worker is not None:
            self._worker.cancel()

    def finish(self) -> asyncio.Task[None]:
        """Take no more, and return what answers the rest."""
        self._no_more = True
        self._news.set()
        if self._worker is None:
            self._worker = asyncio.get_running_loop().create_task(self._work())
        return self._worker

    def abort(self) -> None:
        """End at once."""
        if self._transport is not None:
            self._transport.abort()

    async def _work(self) -> None:
        """Answer until the caller is gone."""
        transport = self._transport
        if transport is None:
            return
        while not self._asker.ended:
            await self._news.wait()
            self._news.clear()
            while self._waiting and not self._asker.ended:
                count = min(len(self._waiting), _MOST_AT_ONCE)
                frames = [self._waiting.popleft() for _ in range(count)]
                transport.write(b"".join(await self._asker.answers(frames)))
                if not await self._is_read():
                    return
                self._waiting_bytes -= sum(len(body) + 64 for _, body in frames)
                if self._waiting_bytes <= _MOST_WAITING_BYTES and not self._no_more:
                    transport.resume_reading()
            if self._no_more:
                break
        if self._last_problem is not None and not self._asker.ended:
            transport.write(self._last_problem)
        transport.close()

    async def _is_read(self) -> bool:
        """Wait until the caller reads; end the connection of one that does not."""
        try:
            async with asyncio.timeout(_FRAME_WITHIN_S):
                await self._may_write.wait()
        except TimeoutError:
            self.abort()
            return False
        return True

    def _limit(self, seconds: float | None) -> None:
        """End the connection unless something comes within a time."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if seconds is not None:
            self._timer = asyncio.get_running_loop().call_later(seconds, self.abort)
