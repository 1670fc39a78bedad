"""The comment lines above the rows of a register folder: read, and struck once they are settled."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Protocol

from chengnuo.base.errors import ConflictError
from chengnuo.domain.register.kinds import RowRef
from chengnuo.domain.register.reading import LoadedRegister
from chengnuo.domain.register.row_remark import RowRemark
from chengnuo.ports.register_editing import FileEdit


class RemarkChangedError(ConflictError):
    """The file has changed since it was read, so that the line is not where it was."""

    code = "remark-changed"

    def __init__(self, file: str, line: int) -> None:
        super().__init__(f"`{file}` line `{line}` is not what it was when it was read")
        self.file = file
        self.line = line


class RowRemarks(Protocol):
    """Reads and strikes comment lines above rows."""

    def above(self, folder: Path, loaded: LoadedRegister) -> Mapping[RowRef, tuple[RowRemark, ...]]:
        """Return the lines directly above each row that has any.

        Args:
            folder: The register folder.
            loaded: What was read from it.

        """
        ...

    def rewritten(
        self, folder: Path, changes: Iterable[tuple[RowRemark, RowRemark | None]]
    ) -> tuple[FileEdit, ...]:
        """Work out the files with lines replaced or struck; nothing is written.

        Args:
            folder: The register folder.
            changes: Each line as it was read, and what shall stand there; None for nothing.

        Raises:
            RemarkChangedError: A line is not what it was.

        """
        ...
