"""Reading an audit pack, as a ZIP or unpacked, and the cells of its workbooks."""

import io
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from chengnuo.ports.pack_files import PackFiles, PackNotReadError

_LETTERS = 26
_TORN = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError)


class ZippedPack:
    """`PackFiles` over a ZIP."""

    def __init__(self, path: Path) -> None:
        """Take the file."""
        self._path = path

    def names(self) -> Sequence[str]:
        """See `PackFiles.names`."""
        try:
            with zipfile.ZipFile(self._path) as pack:
                return sorted(pack.namelist())
        except (OSError, *_TORN) as error:
            raise PackNotReadError("it is no whole ZIP") from error

    def read(self, name: str) -> bytes:
        """See `PackFiles.read`."""
        try:
            with zipfile.ZipFile(self._path) as pack:
                return pack.read(name)
        except KeyError as error:
            raise PackNotReadError(f"it has no `{name[:100]}`") from error
        except (OSError, *_TORN) as error:
            raise PackNotReadError(f"`{name[:100]}` is damaged") from error


class UnpackedPack:
    """`PackFiles` over a folder."""

    def __init__(self, folder: Path) -> None:
        """Take the folder."""
        self._folder = folder

    def names(self) -> Sequence[str]:
        """See `PackFiles.names`."""
        found = (one for one in self._folder.rglob("*") if one.is_file())
        return sorted(one.relative_to(self._folder).as_posix() for one in found)

    def read(self, name: str) -> bytes:
        """See `PackFiles.read`."""
        try:
            return (self._folder / name).read_bytes()
        except OSError as error:
            raise PackNotReadError(f"it has no `{name[:100]}`") from error


def pack_at(path: Path) -> PackFiles:
    """Return the pack at a place."""
    return UnpackedPack(path) if path.is_dir() else ZippedPack(path)


class Sheets:
    """`SheetReader` over xlsx."""

    def cells(self, data: bytes) -> Iterator[tuple[str, str]]:
        """See `SheetReader.cells`."""
        try:
            book = CalamineWorkbook.from_filelike(io.BytesIO(data))
            for name in book.sheet_names:
                rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
                for at, row in enumerate(rows, 1):
                    for column, value in enumerate(row):
                        if value != "":
                            yield f"{name}!{_letters(column)}{at}", str(value)
        except (CalamineError, ValueError, OSError):
            return


def _letters(column: int) -> str:
    """Return the letters of a column, counted from 0.

    >>> _letters(27)
    'AB'

    """
    named = ""
    while column >= 0:
        named, column = chr(ord("A") + column % _LETTERS) + named, column // _LETTERS - 1
    return named
