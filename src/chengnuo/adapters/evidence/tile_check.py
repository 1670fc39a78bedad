"""Checking the tiles and bundles of a log: each file against the records it is made of.

Every file names, by its path (C2SP tlog-tiles), how many records it needs, and the writer makes it
of durable records only. So one that needs more records than there are belongs to no log that was
ever written; one that does not, but was not among those read, came meanwhile.
"""

import re
from collections.abc import Callable, Iterator
from os import walk
from pathlib import Path
from typing import NamedTuple

from chengnuo.adapters.evidence.file_system import FileSystem
from chengnuo.engines.merkle.tiles import TILE_HEIGHT, TILE_WIDTH, bundle_path, tile_path

_WRONG = "it is not what the records make"
_PATH = re.compile(
    r"tile/(entries|[0-9]|[1-5][0-9])/((?:x[0-9]{3}/){0,5}[0-9]{3})(?:\.p/([0-9]{1,3}))?"
)


class Problem(NamedTuple):
    """Something that is not as it was written."""

    file: str
    what: str


class TileCheck:
    """The tiles and bundles in the public folder of a log, which may be written meanwhile."""

    def __init__(self, files: FileSystem, folder: Path, name: str) -> None:
        """Get ready to read; `name` is what problems call the folder."""
        self._files = files
        self._folder = folder
        self._name = name
        self._seen: set[str] = set()
        self._ahead: dict[str, str] = {}

    def has_any(self) -> bool:
        """Tell whether there are any, begun ones included."""
        return bool(self._files.names(self._folder / "tile"))

    def lacks(self, path: str, width: int) -> bool:
        """Tell whether there is neither a begun file of a width nor the full one."""
        either = (path, f"{path}.p/{width}")
        return all(self._files.read(self._folder / one) is None for one in either)

    def hold(self, path: str, parts: list[bytes], *, due: bool) -> Iterator[Problem]:
        """Hold a full file, and begun ones beside it, to what they are made of.

        Args:
            path: Of the full file.
            parts: What each record or node adds, as far as they were read.
            due: Whether the full one must be there.

        """
        whole = b"".join(parts)
        found = self._files.read(self._folder / path)
        if found is None:
            if due:
                yield self._problem(path, "it is not there")
        elif len(parts) < TILE_WIDTH and found.startswith(whole):
            self._seen.add(path)
            self._ahead[path] = _WRONG
        else:
            self._seen.add(path)
            if found != whole:
                yield self._problem(path, _WRONG)
        for name in self._files.names(self._folder / f"{path}.p"):
            if not name.startswith("."):  # one that is being put in place
                yield from self._hold_begun(f"{path}.p/{name}", parts)

    def _hold_begun(self, path: str, parts: list[bytes]) -> Iterator[Problem]:
        data = self._files.read(self._folder / path)
        if data is None:
            return  # a fuller one has taken its place
        self._seen.add(path)
        width = 0 if records_needed(path) is None else int(path.rpartition("/")[2])
        if not 0 < width <= len(parts):
            self._ahead[path] = _WRONG
        elif data != b"".join(parts[:width]):
            yield self._problem(path, _WRONG)

    def rest(self, size: Callable[[], int]) -> Iterator[Problem]:
        """Yield the files that belong to no record.

        Args:
            size: Tells how many records there are; asked once the files are known.

        """
        for folder, _, names in walk(self._folder / "tile"):
            for name in names:
                path = Path(folder, name).relative_to(self._folder).as_posix()
                if path not in self._seen and not name.startswith("."):
                    self._ahead[path] = "it belongs to no record"
        most = size()
        for path, what in self._ahead.items():
            needed = records_needed(path)
            if needed is None or needed > most:
                yield self._problem(path, what)

    def _problem(self, path: str, what: str) -> Problem:
        return Problem(f"{self._name}/{path}", what)


def records_needed(path: str) -> int | None:
    """Return how many records the file of a path needs; None if no log has such a file.

    >>> records_needed("tile/0/001"), records_needed("tile/1/000.p/2")
    (512, 512)
    >>> records_needed("tile/0/000.p/0") is records_needed("tile/notes.txt") is None
    True

    """
    found = _PATH.fullmatch(path)
    if found is None:
        return None
    index = int(found[2].replace("x", "").replace("/", ""))
    width = TILE_WIDTH if found[3] is None else int(found[3])
    level = 0 if found[1] == "entries" else int(found[1])
    named = bundle_path(index, width) if found[1] == "entries" else tile_path(level, index, width)
    if named != path or not 0 < width <= TILE_WIDTH:
        return None  # written otherwise, as `tile/0/x000/001`
    return (index * TILE_WIDTH + width) << (TILE_HEIGHT * level)
