"""Port: inspecting a package of a person, wherever and however carefully that is done.

Packages are hostile: whoever does it bounds memory and time, and reports what could not be done.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from chengnuo.domain.observation.inspection import Inspection


class PackageInspector(Protocol):
    """Inspects packages."""

    def inspect(self, path: Path, tell: Callable[[str], None]) -> Inspection:
        """Inspect a package.

        Args:
            path: The file.
            tell: Called with each `domain.inspection.opened.Stage` as it begins, by its value.

        Raises:
            NotAPackageError: It is no package.
            PackageLimitError: It asks for more than is accepted.
            InspectionUnfinishedError: It took more time or memory than it may, or the work died.

        """
        ...
