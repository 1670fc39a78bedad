"""Telling a supervisor how the service is: `sd_notify` of systemd, datagrams to a local socket.

`READY=1` once it answers, `STOPPING=1` when it ends, and `WATCHDOG=1` twice within the time that
the supervisor allows, as long as it is well: it is being put together, or the event loop runs, a
thread of those that answer requests is free in time, and the evidence log has not given up. A log
or store that refuses for now is no reason to start again; the service says so and comes back by
itself.

A process that begins anew in place is `RELOADING=1` until it is `READY=1` again: after `STOPPING=1`
systemd waits for its end alone, and kills it. Signs of life begin with the start, and go on while
it closes to begin anew, since the time that the supervisor allows goes on through both. How long a
start may take is the unit's (`TimeoutStartSec`), so no more is asked for.
"""

import asyncio
import os
import socket
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from math import inf
from threading import Event, Thread
from time import CLOCK_MONOTONIC, clock_gettime_ns, monotonic

_US = 1_000_000
_ALIVE = "WATCHDOG=1"
_CLOSES_S = 300.0
"""Whoever takes longer than this to close, to begin anew, is stuck."""


@dataclass(frozen=True, slots=True)
class Supervisor:
    """Who started the service and waits for word of it; nobody if the address is empty.

    Attributes:
        address: Path of its socket; with `@` before it an abstract one.
        every_s: Seconds between two signs of life; 0 if none are asked for.

    """

    address: str = ""
    every_s: float = 0.0

    @classmethod
    def of(cls, environ: Mapping[str, str]) -> "Supervisor":
        """Return the supervisor that the environment names, as sd_notify(3) says."""
        address = environ.get("NOTIFY_SOCKET", "")
        within_us = environ.get("WATCHDOG_USEC", "")
        whom = environ.get("WATCHDOG_PID", "")
        ours = not whom or whom == str(os.getpid())
        if not address.startswith(("/", "@")):
            return cls()
        if not (ours and within_us.isascii() and within_us.isdecimal()):
            return cls(address)
        return cls(address, int(within_us) / _US / 2)

    def ready(self) -> None:
        """Say that the service answers."""
        self._tell("READY=1\nSTATUS=serving")

    def stopping(self) -> None:
        """Say that it ends."""
        self._tell("STOPPING=1\nSTATUS=stopping")

    def beginning_anew(self) -> None:
        """Say that the same process answers again soon, and give signs of life until it begins."""
        now_us = clock_gettime_ns(CLOCK_MONOTONIC) // 1000
        self._tell(f"RELOADING=1\nMONOTONIC_USEC={now_us}\nSTATUS=beginning anew")
        if self.every_s:
            self._live(Event(), _CLOSES_S)  # the new program takes the place of the thread too

    def alive(self) -> None:
        """Give one sign of life."""
        if self.every_s:
            self._tell(_ALIVE)

    @contextmanager
    def starting(self) -> Generator[None]:
        """Give signs of life while the service is put together."""
        if not self.address or not self.every_s:
            yield
            return
        over = Event()
        thread = self._live(over, inf)
        try:
            yield
        finally:
            over.set()
            thread.join()

    def _live(self, over: Event, most_s: float) -> Thread:
        """Give signs of life from a thread, until told or for so many seconds."""
        until = monotonic() + most_s

        def live() -> None:
            while not over.is_set() and monotonic() < until:
                self.alive()
                over.wait(self.every_s)

        thread = Thread(target=live, name="signs of life", daemon=True)
        thread.start()
        return thread

    async def watch(self, given_up: Callable[[], bool]) -> None:
        """Give signs of life until cancelled, unless the service is stuck.

        Args:
            given_up: Tells whether only a new start would help; asked in a thread of those that
                answer requests, so that it waits where they wait.

        """
        if not self.address or not self.every_s:
            return
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(self.every_s):
                    if not await asyncio.to_thread(given_up):
                        self.alive()
            await asyncio.sleep(self.every_s)

    def _tell(self, words: str) -> None:
        if not self.address:
            return
        name = f"\0{self.address[1:]}" if self.address.startswith("@") else self.address
        with (
            suppress(OSError),  # it may be gone: that ends nothing
            socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as told,
        ):
            told.settimeout(0)
            told.connect(name)
            told.send(words.encode())
