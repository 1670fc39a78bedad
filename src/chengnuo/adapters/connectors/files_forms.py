"""What a form of table files has to offer: rows to look at, and a copy with some of them changed.

A form never holds more of a file than one record, or one row group, at a time. What a change does
not touch is copied as it stands.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from typing import BinaryIO, Protocol

from chengnuo.domain.rights.schema import ColumnSchema
from chengnuo.domain.rights.values import Value

MOST_RECORD_BYTES = 16 * 1024 * 1024
"""The longest record that is read."""


class FormError(Exception):
    """A file is not in its form; the argument says where and why, without a value."""


class ChangeRefusedError(Exception):
    """The form cannot hold a value; attributes say which column and which rule of the form."""

    def __init__(self, column: str, rule: str) -> None:
        super().__init__(f"{column}: {rule}")
        self.column, self.rule = column, rule


class Gone(Enum):
    """What an edit returns for a record that is taken out."""

    GONE = "gone"


Edit = Mapping[str, Value] | Gone | None
"""What becomes of a record: columns set, taken out, or left as it is."""


class Record(Protocol):
    """One row of a file."""

    @property
    def number(self) -> int:
        """Its place in the file, from 1, headers and empty lines left out."""
        ...

    @property
    def digest(self) -> str:
        """32 hex digits over all that the row holds; equal rows share it."""
        ...

    def value(self, column: str) -> Value:
        """Return what a column holds; None where the row has no such column.

        Raises:
            FormError: It is of a type that cannot be carried.

        """
        ...


class Form(Protocol):
    """One form of files."""

    def columns(self, file: BinaryIO) -> tuple[ColumnSchema, ...]:
        """Return the columns of a file.

        Raises:
            FormError: The file is not in this form.

        """
        ...

    def records(self, file: BinaryIO) -> Iterator[Record]:
        """Yield the rows of a file in their order.

        Raises:
            FormError: The file is not in this form.

        """
        ...

    def copy(self, file: BinaryIO, to: BinaryIO, edit: Callable[[Record], Edit]) -> None:
        """Write a file anew with its rows edited; asks `edit` once for each row, in order.

        Raises:
            FormError: The file is not in this form.
            ChangeRefusedError: It cannot hold a new value.

        """
        ...


def digest_of(data: bytes) -> str:
    """Return the digest of a row."""
    return hashlib.sha256(data).hexdigest()[:32]
