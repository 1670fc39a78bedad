"""Port: inspecting a package of a person, wherever and however carefully that is done.

Packages are hostile: whoever does it bounds memory and time, and reports what could not be done.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from chengnuo.base.errors import UnavailableError
from chengnuo.domain.observation.inspection import Inspection
from chengnuo.domain.observation.listing import Listing
from chengnuo.domain.observation.observation import Place

MEMORY_BYTES, WALL_S = 2 << 30, 600
"""Memory, and seconds by the clock, that one package may take unless somebody says otherwise."""


class InspectionUnfinishedError(UnavailableError):
    """A package was not inspected to the end: a limit ended the work, or the work died."""

    code = "inspection-unfinished"

    def __init__(self, why: str) -> None:
        super().__init__(f"the package was not inspected to the end: {why}")
        self.why = why


class PackageInspector(Protocol):
    """Inspects packages."""

    def inspect(self, path: Path, tell: Callable[[str], None]) -> Inspection:
        """Inspect a package.

        Args:
            path: The file.
            tell: Called with each `domain.inspection.stage.Stage` as it begins.

        Raises:
            NotAPackageError: It is no package.
            PackageLimitError: It asks for more than is accepted.
            InspectionUnfinishedError: It took more time or memory than it may, or the work died.

        """
        ...

    def listings(
        self, path: Path, places: Sequence[Place], tell: Callable[[str], None]
    ) -> tuple[Listing, ...]:
        """Return the code around some places of a package, of those that are code.

        Raises the same as `inspect`.
        """
        ...
