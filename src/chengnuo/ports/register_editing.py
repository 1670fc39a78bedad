"""Changing one row of a register in the operator's own files."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from chengnuo.base.canonical import Tree
from chengnuo.base.errors import ConflictError, InvalidInputError
from chengnuo.domain.register.kinds import RowRef


class RegisterMovedError(ConflictError):
    """A file is not what it was when the change was worked out; nothing was written."""

    code = "register-moved"

    def __init__(self, file: str) -> None:
        super().__init__(f"`{file}` was changed meanwhile; nothing was written")
        self.file = file


class RowNotEditableError(InvalidInputError):
    """A row is written in a way that cannot be changed line by line."""

    code = "register-row-not-editable"

    def __init__(self, row: RowRef) -> None:
        super().__init__(f"row `{row}` cannot be changed in its file without writing it anew")
        self.row = row


@dataclass(frozen=True, slots=True)
class FileEdit:
    """What becomes of one file.

    Attributes:
        name: Its path below the register's folder, with `/`.
        before: Its bytes; None where there is no file yet.
        after: Its bytes afterwards; None where the file goes.

    """

    name: str
    before: bytes | None
    after: bytes | None


class RegisterEditor(Protocol):
    """Changes a row in its file and leaves everything else as it stands there, to the byte."""

    def edit(self, folder: Path, row: RowRef, after: Tree | None) -> FileEdit:
        """Work out a change; nothing is written.

        Args:
            folder: The register's folder, or its one file.
            row: The row; one that is in no file is added in the way of the others of its kind.
            after: What it shall say, as the register keeps it; None takes it out.

        Raises:
            RowNotEditableError: It cannot be changed line by line.

        """
        ...

    def alone(self, row: RowRef, before: Tree | None, after: Tree | None) -> FileEdit:
        """Return a change of a row as if it stood in a file of its own, where there is none."""
        ...

    def write(self, folder: Path, edit: FileEdit) -> None:
        """Write a change that was worked out: whole or not at all.

        Raises:
            RegisterMovedError: The file is not what it was; nothing is written.
            RegisterNotWrittenError: The place cannot be written.

        """
        ...

    def is_writable(self, folder: Path) -> bool:
        """Tell whether the folder can be written to."""
        ...

    def is_git(self, folder: Path) -> bool:
        """Tell whether the folder is in a git work tree."""
        ...
