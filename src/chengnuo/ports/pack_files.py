"""The files of an audit pack that is to be read, and what a workbook among them says."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from chengnuo.base.errors import InvalidInputError


class PackNotReadError(InvalidInputError):
    """Something is no pack, or a file of it cannot be read."""

    code = "audit-pack-not-read"

    def __init__(self, what: str) -> None:
        super().__init__(f"the audit pack cannot be read: {what}")
        self.what = what


class PackFiles(Protocol):
    """Gives the files of a pack that the verifier found whole."""

    def names(self) -> Sequence[str]:
        """Return their names, in order."""
        ...

    def read(self, name: str) -> bytes:
        """Return a file.

        Raises:
            PackNotReadError: There is none of this name, or it cannot be read.

        """
        ...


class SheetReader(Protocol):
    """Reads what the cells of a workbook say."""

    def cells(self, data: bytes) -> Iterator[tuple[str, str]]:
        """Yield the place of each cell, as `Sheet!B3`, and its text; empty ones are left out.

        What is no workbook has none.
        """
        ...
