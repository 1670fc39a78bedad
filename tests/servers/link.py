"""A link between a process and a server, made of two sockets, that a test may spoil."""

import socket
from contextlib import suppress
from threading import Event, Thread
from time import sleep

_BYTES = 65_536


class Link:
    """Passes on what comes, until told otherwise.

    Attributes:
        port: Where it listens on 127.0.0.1.
        delay_s: How long each piece of an answer is held back.
        bytes_per_s: How fast answers go at most; 0 for as fast as can be.
        swallows: Bytes; an answer that holds them is not passed on, and the connection ends.
        swallowed: Set once one was.

    """

    def __init__(self, to: int, host: str = "127.0.0.1") -> None:
        self.delay_s = 0.0
        self.bytes_per_s = 0
        self.swallows = b""
        self.swallowed = Event()
        self._to = (host, to)
        self._closed = Event()
        self._down = Event()
        self._ends: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        Thread(target=self._accept, daemon=True).start()

    def down(self) -> None:
        """End every connection and take no other."""
        self._down.set()
        for end in self._ends:
            _end(end)
        self._ends.clear()

    def up(self) -> None:
        """Take connections again."""
        self._down.clear()

    def close(self) -> None:
        """End it all."""
        self._closed.set()
        self.down()
        _end(self._listener)

    def _accept(self) -> None:
        while not self._closed.is_set():
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            if self._down.is_set():
                _end(near)
                continue
            try:
                far = socket.create_connection(self._to)
            except OSError:
                _end(near)
                continue
            self._ends += [near, far]
            Thread(target=self._ask, args=(near, far), daemon=True).start()
            Thread(target=self._answer, args=(far, near), daemon=True).start()

    def _ask(self, near: socket.socket, far: socket.socket) -> None:
        with suppress(OSError):
            while data := near.recv(_BYTES):
                far.sendall(data)
        _end(near)
        _end(far)

    def _answer(self, far: socket.socket, near: socket.socket) -> None:
        with suppress(OSError):
            while data := far.recv(_BYTES):
                if self.swallows and self.swallows in data:
                    self.swallowed.set()
                    break
                if wait := self.delay_s + (len(data) / self.bytes_per_s if self.bytes_per_s else 0):
                    sleep(wait)
                near.sendall(data)
        _end(near)
        _end(far)


def _end(one: socket.socket) -> None:
    with suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()
