"""Changing rows of a register in the operator's own files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from chengnuo.base.canonical import Tree
from chengnuo.base.digest import Digest
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
    """Changes rows in their files and leaves everything else as it stands there, to the byte."""

    def edit(
        self,
        folder: Path,
        changes: Mapping[RowRef, Tree | None],
        begun: Sequence[FileEdit] = (),
    ) -> tuple[FileEdit, ...]:
        """Work out changes of rows; nothing is written.

        Args:
            folder: The register's folder, or its one file.
            changes: What each row shall say, as the register keeps it; None takes it out. One
                that is in no file is added in the way of the others of its kind; one that has
                another id now is renamed where it stands.
            begun: Changes of files that come before.

        Returns:
            What becomes of each file that changes, in the order of their names.

        Raises:
            RowNotEditableError: A row cannot be changed line by line.
            RegisterMovedError: A file stands where a new one would.
            RegisterNotWrittenError: A file would stand outside of the folder.

        """
        ...

    def alone(
        self, changes: Mapping[RowRef, tuple[Tree | None, Tree | None]]
    ) -> tuple[FileEdit, ...]:
        """Return changes of rows, before and after, as if each stood in a file of its own."""
        ...

    def digest(self, folder: Path) -> Digest:
        """Return a digest of everything that the folder says: every file's name and bytes.

        Raises:
            RegisterNotWrittenError: A file cannot be read.

        """
        ...

    def write(self, folder: Path, edits: Sequence[FileEdit]) -> None:
        """Write what was worked out: every file or none, whenever the process is stopped.

        Raises:
            RegisterMovedError: A file is not what it was; nothing is written.
            RegisterNotWrittenError: The place cannot be written; nothing is.

        """
        ...

    def settle(self, folder: Path) -> None:
        """Put in place what a stop left of a change that was made; as far as that can be done."""
        ...

    def is_writable(self, folder: Path) -> bool:
        """Tell whether the folder can be written to."""
        ...

    def is_git(self, folder: Path) -> bool:
        """Tell whether the folder is in a git work tree."""
        ...
