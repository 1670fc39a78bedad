"""Doing something outside again and again, beside the service, without ever getting in its way."""

import logging
from collections.abc import Callable
from threading import Event, Thread

from chengnuo.base.errors import ChengnuoError

LOG = logging.getLogger("chengnuo.evidence")


class Rounds:
    """Calls something every so often in a thread, the first time after one interval."""

    def __init__(
        self, act: Callable[[], None], *, every_s: float, name: str = "asking witnesses"
    ) -> None:
        """Start the thread; what goes wrong is logged, by no values, and the next round tried."""
        self._act, self._name = act, name
        self._every_s = every_s
        self._ended = Event()
        self._thread = Thread(target=self._run, name="evidence-rounds", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End the thread; a round under way is waited for."""
        self._ended.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._ended.wait(self._every_s):
            try:
                self._act()
            except ChengnuoError as error:
                LOG.warning("%s failed: %s", self._name, error.code)
            except OSError as error:
                LOG.warning("%s failed: %s", self._name, error.strerror)
            except Exception as error:  # noqa: BLE001  there would be no next round
                LOG.warning("%s failed: %s", self._name, type(error).__name__)
