"""The planes of a service: opened where the settings say, kept equal to the state by a thread."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from chengnuo.adapters.clock import SystemClock
from chengnuo.adapters.planes.files import PlanesUnavailableError
from chengnuo.adapters.planes.opening import keep_snapshot, open_to_write
from chengnuo.adapters.planes.place import folder_by_default
from chengnuo.adapters.planes.settling import LOG, Settling
from chengnuo.adapters.planes.writing import PlaneWriter
from chengnuo.base.instant import to_us
from chengnuo.domain.register.ids import Version
from chengnuo.domain.register.model import Register
from chengnuo.doors.settings import ServeSettings
from chengnuo.ports.versions import UnknownVersionError
from chengnuo.usecases.decision.books import Edition
from chengnuo.usecases.planes.keeping import StateInPlanes
from chengnuo.usecases.register_desk import Desk

_OFF = "off"


@dataclass(slots=True)
class ServicePlanes:
    """Planes with what settles them."""

    data: Path
    planes: PlaneWriter
    state: StateInPlanes
    left_s: Callable[[], float] | None = None
    settling: Settling | None = None

    @classmethod
    def opened(
        cls, settings: ServeSettings, desk: Desk, left_s: Callable[[], float] | None = None
    ) -> Self | None:
        """Open the planes; None if they are off or cannot be had, which is logged.

        Args:
            settings: Where they lie.
            desk: The register in force.
            left_s: Tells for how long nothing can be acknowledged that is not in the state; None
                where only this process can write the log while it lives.

        Raises:
            PlanesLockedError: Another process writes them.

        """
        data = Path(settings.data)
        if settings.planes == _OFF:
            return None
        folder = Path(settings.planes) if settings.planes else folder_by_default(data)
        try:
            planes = open_to_write(data, folder.absolute())
        except PlanesUnavailableError as error:
            LOG.warning("no planes: %s; decisions read the log", error.reason)
            return None
        if left_s is not None:
            planes.count_until(0)
        return cls(
            data,
            planes,
            StateInPlanes(
                planes,
                edition=_edition_of(desk),
                register_of=_register_of(desk),
                catalogue=desk.catalogue,
            ),
            left_s,
        )

    def start(self) -> None:
        """Settle them from now on."""
        self.settling = Settling(self._settle)

    def wake(self) -> None:
        """Settle them now."""
        if self.settling is not None:
            self.settling.wake()

    def _settle(self) -> None:
        """Settle them, and let them count for as long as the state is sure to be level."""
        self.state.settle()
        if self.left_s is not None:
            now = to_us(SystemClock().now())  # first: what passes until then is taken off
            self.planes.count_until(now + int(self.left_s() * 1_000_000))

    def register_changed(self) -> None:
        """Let nobody rely on them until they are for the register in force."""
        self.state.register_changed()
        self.wake()

    def close(self) -> None:
        """End the thread, keep a snapshot and let go of the planes."""
        if self.settling is not None:
            self.settling.close()
        if self.left_s is not None:
            self.planes.count_until(0)  # another may write before the time is over
        try:
            keep_snapshot(self.data, self.planes, made=to_us(SystemClock().now()))
        except PlanesUnavailableError as error:
            LOG.warning("no snapshot of the planes: %s", error.reason)
        self.state.close()


def _edition_of(desk: Desk) -> Callable[[], Edition | None]:
    def edition() -> Edition | None:
        served = desk.current()
        if served is None:
            return None
        return Edition(version=Version(served.version), register=served.register)

    return edition


def _register_of(desk: Desk) -> Callable[[str], Register | None]:
    def register(version: str) -> Register | None:
        try:
            return desk.register_of(version).register if version else None
        except UnknownVersionError:
            return None

    return register
