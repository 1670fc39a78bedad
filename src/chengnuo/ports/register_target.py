"""Where a register is written to."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from chengnuo.base.errors import ConflictError, UnavailableError
from chengnuo.base.text import Text
from chengnuo.domain.register.kinds import RowRef
from chengnuo.domain.register.model import Register


class FolderNotEmptyError(ConflictError):
    """The folder to write to holds something, and replacing was not asked for or not safe."""

    code = "folder-not-empty"

    def __init__(self, folder: str, found: str) -> None:
        super().__init__(f"folder `{folder}` is not empty: it holds `{found}`")
        self.folder = folder
        self.found = found


class RegisterNotWrittenError(UnavailableError):
    """The place to write to cannot be written; what stood there stands unchanged."""

    code = "register-not-written"

    def __init__(self, folder: str, why: str) -> None:
        super().__init__(f"the register cannot be written to `{folder}`: {why}")
        self.folder = folder
        self.why = why


class RegisterTarget(Protocol):
    """Writes a register so that reading it gives the same register again."""

    def hold_free(self, folder: Path) -> None:
        """Refuse a folder that holds something, before what takes long begins.

        Raises:
            FolderNotEmptyError: The folder holds something.

        """
        ...

    def write(
        self,
        register: Register,
        folder: Path,
        *,
        remarks: Mapping[RowRef, Sequence[Text]],
        replace: bool,
    ) -> Sequence[Path]:
        """Write every row, or nothing.

        Args:
            register: What is written.
            folder: Where; made if missing. An empty folder is used as it is.
            remarks: Lines to stand above a row for the people who edit it.
            replace: Write over a folder that holds a register and nothing else.

        Returns:
            The files written, relative to the folder, in the order of their names.

        Raises:
            FolderNotEmptyError: The folder holds something and `replace` is not set, or it holds
                something that is no part of a register.
            RegisterNotWrittenError: The place cannot be written.

        """
        ...
