"""The thread that follows: it looks by the clock, and sooner when it is woken."""

import logging
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from typing import Final

from chengnuo.base.errors import ChengnuoError

LOG = logging.getLogger("chengnuo.following")
EVERY_S: Final = 0.5
_AFTER_ERROR_S: Final = 0.25


class FollowingThread:
    """Calls a look until it is closed; what goes wrong is told once, and tried again."""

    def __init__(self, look: Callable[[], None], *, every_s: float = EVERY_S) -> None:
        """Look at nothing yet; see `start`."""
        self._look = look
        self._every_s = every_s
        self._woken = Event()
        self._over = False
        self._why = ""
        self._thread = Thread(target=self._run, name="following", daemon=True)

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def wake(self) -> None:
        """Let it look now."""
        self._woken.set()

    def close(self) -> None:
        """End the thread; a look under way is waited for."""
        self._over = True
        self._woken.set()
        if self._thread.ident is not None:
            self._thread.join()

    def _run(self) -> None:
        while not self._over:
            why = self._looked()
            if why and why != self._why:
                LOG.warning("the process that writes cannot be followed: %s", why)
            elif self._why and not why:
                LOG.warning("it can be followed again")
            self._why = why
            self._woken.wait(_AFTER_ERROR_S if why else self._every_s)
            self._woken.clear()

    def _looked(self) -> str:
        """Look once, and return why it could not be; empty if it could."""
        try:
            self._look()
        except ChengnuoError as error:
            return error.code
        except OSError as error:
            return error.strerror or "the system refused"
        except Exception as error:  # noqa: BLE001  nobody would look any more
            return type(error).__name__  # its message may hold values
        return ""


class SaidMarkFile:
    """`SaidMark` in a file beside the state that it tells of."""

    def __init__(self, path: Path) -> None:
        """Keep it in a file, which may not be there yet."""
        self._path = path

    def take(self) -> int | None:
        """See `SaidMark.take`."""
        try:
            found = int(self._path.read_text("ascii"))
            self._path.unlink()
        except (OSError, ValueError):
            return None
        return found

    def keep(self, number: int) -> None:
        """See `SaidMark.keep`; without it the next start takes everything over again.

        It is kept only where all of the state is in its file, synced: SQLite has no journal beside
        it then. What stands in the journal alone may go with the power.
        """
        if any(self._path.parent.glob("*-wal")):
            return
        with suppress(OSError):
            self._path.write_text(str(number), "ascii")
