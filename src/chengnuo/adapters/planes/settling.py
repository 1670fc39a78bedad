"""A thread that settles the planes: at once, every second, and when something has changed."""

import logging
from collections.abc import Callable
from threading import Event, Thread
from typing import Final

from chengnuo.base.errors import ChengnuoError

LOG = logging.getLogger("chengnuo.planes")
_EVERY_S: Final = 1.0
_AFTER_ERROR_S: Final = 15.0


class Settling:
    """Calls something until it is closed; what goes wrong is tried again after a while."""

    def __init__(self, settle: Callable[[], None], *, every_s: float = _EVERY_S) -> None:
        """Start the thread."""
        self._settle = settle
        self._every_s = every_s
        self._woken = Event()
        self._is_over = False
        self._thread = Thread(target=self._run, name="planes", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """Let it settle now."""
        self._woken.set()

    def close(self) -> None:
        """End the thread; what is under way is waited for."""
        self._is_over = True
        self._woken.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._is_over:
            wait_s = self._every_s
            try:
                self._settle()
            except ChengnuoError as error:
                LOG.warning("the planes could not be settled: %s", error.code)
                wait_s = _AFTER_ERROR_S
            except Exception as error:  # noqa: BLE001  they would never be settled again
                LOG.warning("the planes could not be settled: %s", type(error).__name__)
                wait_s = _AFTER_ERROR_S
            self._woken.wait(wait_s)
            self._woken.clear()
