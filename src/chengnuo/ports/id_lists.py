"""Lists of account ids in files: read and written in batches, so that size does not matter."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

from chengnuo.base.errors import InvalidInputError, UnavailableError

LONGEST_ID = 200


class IdListError(InvalidInputError):
    """A file is no list of ids; the message names the place, never an id."""

    code = "id-list"

    def __init__(self, file: str, what: str) -> None:
        super().__init__(f"`{file}` is no list of ids: {what}")
        self.file = file
        self.what = what


class IdListUnavailableError(UnavailableError):
    """A list cannot be read or written: the disk, or a program that is not installed."""

    code = "id-list-unavailable"

    def __init__(self, file: str, what: str) -> None:
        super().__init__(f"`{file}` cannot be used: {what}")
        self.file = file
        self.what = what


class IdLists(Protocol):
    """Reads and writes lists of ids; the ending of the name says in which form."""

    def read(self, file: Path, *, column: str) -> Iterator[Sequence[str]]:
        """Yield the ids of a file in batches, in their order, repetitions included.

        Args:
            file: `.txt` (one a line), `.csv` with a header, or `.parquet`.
            column: Column of the ids; empty for the first.

        Raises:
            IdListError: The file is something else.
            IdListUnavailableError: It cannot be read.

        """
        ...

    def write(self, file: Path, batches: Iterable[Sequence[str]], *, column: str) -> None:
        """Write ids; the file appears when it is whole, or not at all.

        Args:
            file: As for `read`; replaced if it is there.
            batches: Ids; what they raise is raised here and leaves no file.
            column: Name of the column; empty for `id`.

        Raises:
            IdListError: The name has another ending.
            IdListUnavailableError: It cannot be written.

        """
        ...
