"""The rows of a copy while they come in: one sealed file a table, kept all together or not at all.

What a page will come to in the formats is counted here, so that parts can be cut before any is
written. The count is what the page takes as JSON, raised by what each other format adds at the
most, never less than what is written.
"""

import errno
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

import msgspec

from chengnuo.adapters.evidence.file_system import RealFiles
from chengnuo.adapters.exports.rows_text import json_row
from chengnuo.adapters.exports.sealed_stream import SealedReader, SealedWriter
from chengnuo.domain.rights.export_contents import Format
from chengnuo.domain.rights.export_parts import PageSize
from chengnuo.domain.rights.values import decode_key, encode_key
from chengnuo.ports.rights_exports import (
    ExportTooLargeError,
    ExportUnavailableError,
    TableKept,
)
from chengnuo.ports.rights_pages import PageFound, Row

NEW = ".new"
_SPECIAL = b"&<>\"'\r"
_GROWS = 5
"""How much longer one special sign gets in HTML and XML."""
_CELL = {Format.JSON: 0, Format.CSV: 2, Format.XLSX: 70, Format.HTML: 60, Format.JSON_LD: 0}
_ROW = {Format.JSON: 4, Format.CSV: 4, Format.XLSX: 20, Format.HTML: 24, Format.JSON_LD: 4}


class KeptTable(msgspec.Struct, frozen=True, kw_only=True):
    """One table as the state of an export has it.

    Attributes:
        file: Name of its file.
        pages: Of each page: rows, size in the formats, first byte, byte after the last.

    """

    store: str
    table: str
    columns: tuple[str, ...]
    rows: int
    withheld: int
    file: str
    pages: tuple[tuple[int, int, int, int], ...]

    def as_kept(self) -> TableKept:
        """Return it as the port has it."""
        return TableKept(
            store=self.store,
            table=self.table,
            columns=self.columns,
            rows=self.rows,
            withheld=self.withheld,
            pages=tuple(PageSize(rows=rows, bytes=size) for rows, size, _, _ in self.pages),
        )


class _OpenTable:
    """One table while its rows come in."""

    def __init__(self, folder: Path, name: str, key: bytes, page: PageFound) -> None:
        self.name = name
        self.page = page
        self.path = folder / f"{name}{NEW}"
        self.file: BinaryIO = self.path.open("wb")
        self.sealed = SealedWriter(self.file, key, name)
        self.rows = self.withheld = 0
        self.pages: list[tuple[int, int, int, int]] = []

    def take(self, page: PageFound, formats: tuple[Format, ...]) -> None:
        start = self.sealed.size
        size = sum(_size(page.columns, row, formats) for row in page.rows)
        self.sealed.write("\n".join(map(encode_key, page.rows)).encode("utf-8", "surrogatepass"))
        self.rows += len(page.rows)
        self.withheld += page.withheld
        if page.rows:
            self.pages.append((len(page.rows), size, start, self.sealed.size))

    def end(self) -> KeptTable:
        self.sealed.close()
        self.file.flush()
        os.fsync(self.file.fileno())
        self.file.close()
        return KeptTable(
            store=self.page.store,
            table=self.page.table,
            columns=self.page.columns,
            rows=self.rows,
            withheld=self.withheld,
            file=self.name,
            pages=tuple(self.pages),
        )


class FolderGathering:
    """`Gathering` into a folder."""

    def __init__(
        self,
        folder: Path,
        key: bytes,
        formats: tuple[Format, ...],
        free: Callable[[], int],
        kept: Callable[[tuple[KeptTable, ...]], None],
    ) -> None:
        """Begin; `kept` is called with what is durable in the end."""
        self._folder, self._key, self._formats = folder, key, formats
        self._free, self._kept = free, kept
        self._open: dict[tuple[str, str, tuple[str, ...]], _OpenTable] = {}

    def take(self, page: PageFound) -> None:
        """See `Gathering.take`."""
        if self._free() <= 0:
            raise ExportTooLargeError(sum(one.sealed.size for one in self._open.values()), 0)
        named = (page.store, page.table, page.columns)
        try:
            if named not in self._open:
                name = f"rows-{len(self._open) + 1:04}"
                self._open[named] = _OpenTable(self._folder, name, self._key, page)
            self._open[named].take(page, self._formats)
        except OSError as error:
            raise unavailable(error) from error

    def keep(self, order: Sequence[tuple[str, str]]) -> tuple[TableKept, ...]:
        """See `Gathering.keep`."""
        place = {named: at for at, named in enumerate(order)}
        try:
            ended = [one.end() for one in self._open.values()]
            for one in ended:
                RealFiles().rename(self._folder / f"{one.file}{NEW}", self._folder / one.file)
        except OSError as error:
            raise unavailable(error) from error
        tables = tuple(
            sorted(ended, key=lambda one: (place.get((one.store, one.table), len(place)), one.file))
        )
        self._kept(tables)
        return tuple(one.as_kept() for one in tables)

    def close(self) -> None:
        """Let go of the files; those not kept stay as new ones and are thrown away later."""
        for one in self._open.values():
            one.file.close()


def read_page(folder: Path, key: bytes, table: KeptTable, page: int) -> tuple[Row, ...]:
    """Return one kept page."""
    return tuple(_rows(SealedReader(folder / table.file, key, table.file), table, page))


def read_slice(folder: Path, key: bytes, table: KeptTable, first: int, end: int) -> Iterator[Row]:
    """Yield the rows of some pages; one page is in memory at a time."""
    reader = SealedReader(folder / table.file, key, table.file)
    for page in range(first, end):
        yield from _rows(reader, table, page)


def unavailable(error: OSError) -> ExportTooLargeError | ExportUnavailableError:
    """Return what an error of the disk means for a copy."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return ExportTooLargeError(0, 0)
    return ExportUnavailableError(error.strerror or "the disk fails")


def _rows(reader: SealedReader, table: KeptTable, page: int) -> Iterator[Row]:
    _, _, start, stop = table.pages[page]
    text = b"".join(reader.read(start, stop)).decode("utf-8", "surrogatepass")
    for line in text.split("\n"):
        yield decode_key(line)


def _size(columns: tuple[str, ...], row: Row, formats: tuple[Format, ...]) -> int:
    """Return what a row comes to at the most in some formats together."""
    written = json_row(columns, row)
    special = _GROWS * sum(written.count(one) for one in _SPECIAL)
    return (
        sum(len(written) + special + _ROW[one] + _CELL[one] * len(columns) for one in formats)
        + sum(len(name) for name in columns) * (Format.HTML in formats) * 4
    )
