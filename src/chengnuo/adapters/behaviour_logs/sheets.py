"""Rows of Excel files as texts, whatever their suffix says; bounded before anything is opened.

The tools write the old binary form (BIFF) or the packed one (Office Open XML). The packed one may
unpack to any size, so what its directory says is held against a limit first.
"""

from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO, Final
from zipfile import BadZipFile, ZipFile

from python_calamine import CalamineError, CalamineWorkbook

OLE_MAGIC: Final = bytes.fromhex("d0cf11e0a1b11ae1")
ZIP_MAGIC: Final = b"PK\x03\x04"
MOST_BYTES: Final = 128 << 20
"""Size of a file of either form, and of all that a packed one unpacks to."""
_MOST_FILES: Final = 2000
MOST_ROWS: Final = 200_000
MOST_COLUMNS: Final = 64


class NotASheetError(Exception):
    """The file is no workbook that can be read."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name, and its rows as texts."""

    name: str
    rows: tuple[tuple[str, ...], ...]


def sheets_of(source: BinaryIO) -> list[Sheet]:
    """Return the sheets of a workbook.

    Raises:
        NotASheetError: It is damaged, or asks for more than is read.

    """
    data = source.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise NotASheetError("it is larger than is read")
    if data.startswith(ZIP_MAGIC):
        _hold_within(data)
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        found = [Sheet(name, _rows(book, name)) for name in book.sheet_names[:16]]
    except (CalamineError, ValueError, OSError, EOFError) as error:
        raise NotASheetError("it is damaged") from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # of Rust; it has no class to name
            raise NotASheetError("it is damaged") from error
        raise
    return found


def _rows(book: CalamineWorkbook, name: str) -> tuple[tuple[str, ...], ...]:
    sheet = book.get_sheet_by_name(name)
    end = sheet.end
    if end is not None and (end[0] > MOST_ROWS or end[1] > MOST_COLUMNS):
        raise NotASheetError("a sheet has more rows or columns than are read")
    return tuple(tuple(map(_text, row)) for row in sheet.iter_rows())


def _text(cell: object) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _hold_within(data: bytes) -> None:
    try:
        with ZipFile(BytesIO(data)) as packed:
            files = packed.infolist()
    # zipfile raises the last of a version of the format that it does not know.
    except (BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise NotASheetError("it is damaged") from error
    if len(files) > _MOST_FILES or sum(one.file_size for one in files) > MOST_BYTES:
        raise NotASheetError("it unpacks to more than is read")
