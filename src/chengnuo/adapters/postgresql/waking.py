"""Being woken when the database has changed (`NOTIFY`): a hint, never the carrier.

Calls are folded, and lost with a connection; so nothing rests on them, and whoever is woken looks
for itself. Where they do not come at all, whoever follows still looks by the clock.
"""

import select
from collections.abc import Callable
from threading import Event, Thread
from typing import Any, Final

from chengnuo.adapters.postgresql.database import CHANNEL, PostgresqlDatabase
from chengnuo.base.errors import ChengnuoError

_LOOKED_EVERY_S: Final = 1.0
_AFTER_ERROR_S: Final = 2.0


class Waking:
    """A thread that listens until it is closed; a connection that is lost is made again."""

    def __init__(self, database: PostgresqlDatabase, woken: Callable[[], None]) -> None:
        """Start to listen.

        Args:
            database: The database.
            woken: Called from the thread whenever something may have changed.

        """
        self._database = database
        self._woken = woken
        self._over = Event()
        self._thread = Thread(target=self._run, name="waking", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End the thread, within a second."""
        self._over.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._over.is_set():
            try:
                self._listen()
            except (ChengnuoError, OSError, ValueError):
                self._over.wait(_AFTER_ERROR_S)  # the clock does it meanwhile

    def _listen(self) -> None:
        with self._database.alone() as connection:
            raw: Any = connection.connection.driver_connection
            connection.exec_driver_sql(f"LISTEN {CHANNEL}")
            while not self._over.is_set():
                # The driver reads nothing by itself; its socket tells that there is something.
                ready, _, _ = select.select([raw._usock], [], [], _LOOKED_EVERY_S)  # noqa: SLF001  it has no public name
                if not ready:
                    continue
                connection.exec_driver_sql("SELECT 1")  # takes in what the server has sent
                if raw.notifications:
                    raw.notifications.clear()
                    self._woken()
