"""Inspects submitted releases and kits beside the service, one by one, in a thread of its own.

What was being inspected when the process died is taken up at the next start. An error of ours is
logged by its code, any other by its kind, and the release is tried again at the next look.
"""

import logging
from threading import Event, Thread

from chengnuo.base.errors import ChengnuoError
from chengnuo.domain.governance.kit_vetting import KitVetting
from chengnuo.domain.governance.release import Release
from chengnuo.usecases.governance.taking_up import TakingUp

LOG = logging.getLogger("chengnuo.releases")
EVERY_S = 15.0
_GRACE_S = 2.0


class ReleaseWorker:
    """Looks for what waits to be inspected, now and then and whenever it is woken."""

    def __init__(self, releases: TakingUp[Release], kits: TakingUp[KitVetting]) -> None:
        """Start the thread; it looks at once for what was left over."""
        self._inspectors = (releases, kits)
        self._woken, self._ended = Event(), Event()
        self._thread = Thread(target=self._run, name="release-inspecting", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """Look now: something was submitted."""
        self._woken.set()

    def close(self) -> None:
        """Begin nothing more; an inspection under way is left, and made again at the next start."""
        self._ended.set()
        self._woken.set()
        self._thread.join(_GRACE_S)

    def _run(self) -> None:
        while not self._ended.is_set():
            self._woken.clear()
            try:
                self._work()
            except ChengnuoError as error:
                LOG.warning("inspecting a release failed: %s", error.code)
            except Exception as error:  # noqa: BLE001  it is tried again; its text may hold anything
                LOG.error("%s while a release was inspected", type(error).__name__)  # noqa: TRY400
            self._woken.wait(EVERY_S)

    def _work(self) -> None:
        for inspector in self._inspectors:
            for one in inspector.due():
                if self._ended.is_set():
                    return
                inspector.inspect(one.id)
