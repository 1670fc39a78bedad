"""Being told to stop: SIGTERM and SIGINT, from before the service is put together to its end.

While it is put together they break that off; from then on they are noted, and whoever runs looks.
A SIGINT after one that was noted breaks off what the process still does to end.
Between two programs of one process that begins anew in place (`held`) none is lost: it waits for
the next program, or ends the process there and then, where it comes to another thread.
"""

import signal
from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

_SIGNALS: Final = (signal.SIGTERM, signal.SIGINT)
_HELD: Final = frozenset({*_SIGNALS, signal.SIGHUP})
_BROKEN_OFF: Final = 128 + signal.SIGINT


class Stop:
    """Whether the process was told to stop.

    Attributes:
        asked: It was.

    """

    def __init__(self) -> None:
        self.asked = False
        self._breaks_off = True
        self._come_again = 0

    @contextmanager
    def heard(self) -> Generator[None]:
        """Take the signals over until the end, in the main thread; SIGHUP does nothing yet."""
        before = {which: signal.signal(which, self._note) for which in _SIGNALS}
        before[signal.SIGHUP] = signal.signal(signal.SIGHUP, _ignore)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _HELD)  # where this process began anew
        try:
            yield
        finally:
            for which, handler in before.items():
                signal.signal(which, handler)

    def is_looked_at(self) -> None:
        """Break nothing off from now on."""
        self._breaks_off = False

    def held(self) -> bool:
        """Keep signals waiting for the next program of this process; tell whether one came before.

        What is told of is kept waiting no more.
        """
        signal.pthread_sigmask(signal.SIG_BLOCK, _HELD)
        # Blocked in this thread alone: others take them still, and what they then note is gone with
        # this program. All is closed by now, so the process may as well end by it.
        for which in _SIGNALS:
            signal.signal(which, signal.SIG_DFL)
        signal.signal(signal.SIGHUP, signal.SIG_IGN)  # the next program reads the register anyway
        if self.asked:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, _HELD)
        return self.asked

    def note(self) -> None:
        """Note that it was told, by a signal that whoever took it over meanwhile raises again."""
        self.asked = True
        self._come_again += 1

    def _note(self, which: int, _: object) -> None:
        if self._come_again:
            self._come_again -= 1
            return
        is_again, self.asked = self.asked, True
        if self._breaks_off:
            raise SystemExit(0)
        if is_again and which == signal.SIGINT:
            raise SystemExit(_BROKEN_OFF)


def _ignore(_: int, __: object) -> None:
    """Wait for the service, which is about to read the register anyway."""
