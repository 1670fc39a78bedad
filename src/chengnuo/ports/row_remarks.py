"""The comment lines above the rows of a register folder: read, and struck once they are settled."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Protocol

from chengnuo.base.errors import ConflictError, UnavailableError
from chengnuo.domain.register.kinds import RowRef
from chengnuo.domain.register.reading import LoadedRegister
from chengnuo.domain.register.row_remark import RowRemark


class RemarkChangedError(ConflictError):
    """The file has changed since it was read, so that the line is not where it was."""

    code = "remark-changed"

    def __init__(self, file: str, line: int) -> None:
        super().__init__(f"`{file}` line `{line}` is not what it was when it was read")
        self.file = file
        self.line = line


class RemarkNotWrittenError(UnavailableError):
    """The file cannot be written; it stands as it was."""

    code = "remark-not-written"

    def __init__(self, file: str, why: str) -> None:
        super().__init__(f"`{file}` cannot be written: {why}")
        self.file = file
        self.why = why


class RowRemarks(Protocol):
    """Reads and strikes comment lines above rows."""

    def above(self, folder: Path, loaded: LoadedRegister) -> Mapping[RowRef, tuple[RowRemark, ...]]:
        """Return the lines directly above each row that has any.

        Args:
            folder: The register folder.
            loaded: What was read from it.

        """
        ...

    def rewrite(self, folder: Path, changes: Iterable[tuple[RowRemark, RowRemark | None]]) -> None:
        """Replace lines, or strike them; all of one file or none.

        Args:
            folder: The register folder.
            changes: Each line as it was read, and what shall stand there; None for nothing.

        Raises:
            RemarkChangedError: A line is not what it was.
            RemarkNotWrittenError: A file cannot be written.

        """
        ...
