"""Where copies to take home are kept: encrypted, part by part, until they expire.

The rows that were found are kept wholly or not at all, and so is each part. Nothing in a
store of copies can be read without the key of the export, which is kept sealed beside it;
destroying that key destroys the copy.
"""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from chengnuo.base.errors import ConflictError, IntegrityError, InvalidInputError, UnavailableError
from chengnuo.domain.rights.export_contents import ExportIndex, Format
from chengnuo.domain.rights.export_parts import PageSize, PartPlan
from chengnuo.ports.rights_pages import PageFound, Row


class ExportBrokenError(IntegrityError):
    """A file of a copy is not what was written."""

    code = "rights-export-broken"

    def __init__(self, file: str, what: str) -> None:
        super().__init__(f"file `{file}` of a copy: {what}")
        self.file, self.what = file, what


class ExportTooLargeError(UnavailableError):
    """A copy needs more room than there is; nothing was handed out, what is done is kept."""

    code = "rights-export-too-large"

    def __init__(self, needed_bytes: int, free_bytes: int) -> None:
        super().__init__(
            f"the copy needs about {needed_bytes >> 20} MiB and {free_bytes >> 20} MiB are free;"
            " make room, or ask for fewer formats or a narrower scope"
        )
        self.needed_bytes, self.free_bytes = needed_bytes, free_bytes


class ExportUnavailableError(UnavailableError):
    """The place of copies cannot be written: full, away or failing; it goes on where it stopped."""

    code = "rights-export-unavailable"

    def __init__(self, what: str) -> None:
        super().__init__(f"copies cannot be written now: {what}")
        self.what = what


class NoSuchExportError(InvalidInputError):
    """There is no such copy or part: never made, expired, or destroyed."""

    code = "no-such-rights-export"

    def __init__(self) -> None:
        super().__init__("there is no such copy; it may have expired, ask for it again")


class ExportOtherOrderError(ConflictError):
    """A copy was begun for another order; it has to be destroyed before this one is made."""

    code = "rights-export-other-order"

    def __init__(self) -> None:
        super().__init__("a copy of this request was begun with other formats or another scope")


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportOrder:
    """What copy is to be made.

    Attributes:
        export: Id of the request; says nothing about anybody.
        formats: In which formats.
        part_bytes: Largest size of one part.
        masked: Whether sensitive values are masked.
        pass_code: Code by which the files open; empty for none. Kept sealed until it is shown.
        expires: When the copy is destroyed.

    """

    export: str
    formats: tuple[Format, ...]
    part_bytes: int
    masked: bool
    pass_code: str
    expires: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TableKept:
    """What was kept of one table.

    Attributes:
        store: Id of the store.
        table: Name of the table.
        columns: Columns in the order of the values.
        rows: How many rows.
        withheld: How many values were left out.
        pages: The pages, in order.

    """

    store: str
    table: str
    columns: tuple[str, ...]
    rows: int
    withheld: int
    pages: tuple[PageSize, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartMade:
    """One finished part.

    Attributes:
        number: Its number, from 1.
        name: Name of the file.
        size: Bytes of it.
        sha256: Its digest.

    """

    number: int
    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportState:
    """How far a copy is.

    Attributes:
        gathered: Whether all rows are kept.
        tables: Tables kept, in order; none before all are.
        parts: Parts finished, in order.
        recorded: Numbers of the parts that are in the evidence.
        whole: Whether all parts are finished; only then anything is handed out.
        expires: When it is destroyed.

    """

    gathered: bool
    tables: tuple[TableKept, ...]
    parts: tuple[PartMade, ...]
    recorded: frozenset[int]
    whole: bool
    expires: datetime


class ExportStream(Protocol):
    """A finished part as the individual gets it, decrypted as it is read."""

    @property
    def name(self) -> str:
        """Name of the file."""
        ...

    @property
    def size(self) -> int:
        """Bytes of the file."""
        ...

    @property
    def sha256(self) -> str:
        """Digest of the file."""
        ...

    def read(self, start: int, stop: int) -> Iterator[bytes]:
        """Yield the bytes from `start` up to `stop`; less than a mebibyte at a time.

        Raises:
            ExportBrokenError: What is kept is not what was written.

        """
        ...


class Gathering(Protocol):
    """Takes rows and keeps them, encrypted; pages of different tables may come in any order."""

    def take(self, page: PageFound) -> None:
        """Take one page.

        Raises:
            ExportTooLargeError: The disk has no more room; nothing is kept.
            ExportUnavailableError: It cannot be written; nothing is kept.

        """
        ...

    def keep(self, order: Sequence[tuple[str, str]]) -> tuple[TableKept, ...]:
        """Make what was taken durable, and return it.

        Args:
            order: Store and table in the order in which they are shown; others come after.

        Raises:
            ExportUnavailableError: It cannot be written; nothing is kept.

        """
        ...


class ExportPlace(Protocol):
    """Keeps copies. One process at a time works on one copy; that is for the caller to see to."""

    def free_bytes(self) -> int:
        """Return how many bytes may still be written."""
        ...

    def begin(self, order: ExportOrder) -> ExportState:
        """Make a copy ready, with a key of its own; return how far one is that was begun before.

        Raises:
            ExportOtherOrderError: One was begun with other formats, limits or masks.
            ExportUnavailableError: It cannot be written.

        """
        ...

    def gather(self, order: ExportOrder) -> AbstractContextManager[Gathering]:
        """Begin to keep rows; what was begun and not kept before is thrown away.

        When the block ends without `Gathering.keep`, nothing is kept.
        """
        ...

    def rows(self, export: str, table: int, page: int) -> tuple[Row, ...]:
        """Return one kept page, by the numbers of table and page from 0.

        Raises:
            NoSuchExportError: There is none, or its rows are not kept any more.
            ExportBrokenError: What is kept is not what was written.

        """
        ...

    def make_part(
        self, order: ExportOrder, part: PartPlan, of: int, index: ExportIndex
    ) -> PartMade:
        """Write one part from the rows that were kept; durable on return.

        Args:
            order: What is made.
            part: Which pages it holds.
            of: How many parts there will be.
            index: The index; its tables are those that were kept, in their order.

        Raises:
            ExportUnavailableError: It cannot be written; what was kept before stays.
            ExportBrokenError: What was kept is not what was written.

        """
        ...

    def recorded(self, order: ExportOrder, part: int) -> None:
        """Remember that the evidence of a part is durable."""
        ...

    def finish(self, order: ExportOrder) -> ExportState:
        """Say that all parts are there, and let go of the rows that were kept for them.

        Rows of an order without formats stay: they are what is looked at.
        """
        ...

    def state(self, export: str) -> ExportState:
        """Return how far a copy is.

        Raises:
            NoSuchExportError: There is none.
            ExportBrokenError: What is kept of it is not what was written.

        """
        ...

    def part(self, export: str, number: int) -> ExportStream:
        """Return a part of a whole copy.

        Raises:
            NoSuchExportError: There is none, or the copy is not whole.
            ExportBrokenError: What is kept is not what was written.

        """
        ...

    def code(self, export: str) -> str:
        """Return the pass code of a copy; empty where there is none, or none any more."""
        ...

    def forget_code(self, export: str) -> bool:
        """Destroy the pass code of a copy; tell whether it was there.

        Raises:
            ExportUnavailableError: It cannot be destroyed.

        """
        ...

    def exports(self) -> tuple[tuple[str, datetime], ...]:
        """Return the ids of all copies and when they expire."""
        ...

    def destroy(self, export: str) -> None:
        """Destroy the key of a copy, then its files; nothing happens where there is none."""
        ...
