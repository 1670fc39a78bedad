"""Being told to stop: SIGTERM and SIGINT, from before the service is put together to its end.

While it is put together they break that off; from then on they are noted, and whoever runs looks.
Whoever begins anew in place keeps them waiting meanwhile (`held`), so that none is lost between
two programs of one process.
"""

import signal
from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

_SIGNALS: Final = (signal.SIGTERM, signal.SIGINT)
_HELD: Final = frozenset({*_SIGNALS, signal.SIGHUP})


class Stop:
    """Whether the process was told to stop.

    Attributes:
        asked: It was.

    """

    def __init__(self) -> None:
        self.asked = False
        self._breaks_off = True

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
        if self.asked:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, _HELD)
        return self.asked

    def note(self) -> None:
        """Note that it was told."""
        self.asked = True

    def _note(self, _: int, __: object) -> None:
        self.note()
        if self._breaks_off:
            raise SystemExit(0)


def _ignore(_: int, __: object) -> None:
    """Wait for the service, which is about to read the register anyway."""
