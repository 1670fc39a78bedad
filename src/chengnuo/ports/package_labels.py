"""Port: which labels an app's package shows."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol


class PackageLabels(Protocol):
    """Looks for labels in packages."""

    def shown(self, path: Path, wanted: Sequence[str]) -> tuple[str, ...]:
        """Return those of some labels that a package has among its texts, in their order.

        Raises:
            NotAPackageError: It is no package.
            PackageLimitError: It asks for more than is accepted.
            InspectionUnfinishedError: It took more time or memory than it may, or the work died.

        """
        ...
