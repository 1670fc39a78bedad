"""Comment lines above the rows of a register folder.

Only lines that begin with the sign of a comment and stand without a gap above a row are its own.
A file keeps its line ends and everything else in it.
"""

import re
from collections.abc import Iterable, Mapping
from io import StringIO
from pathlib import Path

from chengnuo.domain.register.kinds import RowRef, rows
from chengnuo.domain.register.reading import LoadedRegister
from chengnuo.domain.register.row_remark import RowRemark
from chengnuo.domain.register.tree import Place
from chengnuo.ports.register_editing import FileEdit
from chengnuo.ports.row_remarks import RemarkChangedError

_COMMENT = re.compile(r"\s*# ?(?P<text>.*)")
_ENDS = "\r\n"


class RegisterRemarks:
    """Reads and strikes comment lines; see the port."""

    def above(self, folder: Path, loaded: LoadedRegister) -> Mapping[RowRef, tuple[RowRemark, ...]]:
        """Return the lines directly above each row; a file that is gone has none."""
        lines: dict[str, list[str]] = {}
        found: dict[RowRef, tuple[RowRemark, ...]] = {}
        for ref in rows(loaded.register):
            place = loaded.place_of(ref)
            if place is None:
                continue
            if place.file not in lines:
                lines[place.file] = _lines(_content(_path(folder, place.file)))
            if remarks := _above(lines[place.file], place):
                found[ref] = remarks
        return found

    def rewritten(
        self, folder: Path, changes: Iterable[tuple[RowRemark, RowRemark | None]]
    ) -> tuple[FileEdit, ...]:
        """Work out the files with lines replaced or struck; see the port."""
        by_file: dict[str, list[tuple[RowRemark, RowRemark | None]]] = {}
        for old, new in changes:
            by_file.setdefault(old.place.file, []).append((old, new))
        edits = []
        for file, each in by_file.items():
            before = _content(_path(folder, file))
            lines = _lines(before)
            for old, new in sorted(each, key=lambda one: -one[0].place.line):
                _change(lines, old, new)
            edits.append(FileEdit(file, before, "".join(lines).encode("utf-8")))
        return tuple(edits)


def _path(folder: Path, file: str) -> Path:
    return folder if folder.is_file() else folder / file


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _lines(content: bytes | None) -> list[str]:
    try:
        return [] if content is None else list(StringIO(content.decode("utf-8"), newline=""))
    except UnicodeDecodeError:
        return []


def _above(lines: list[str], place: Place) -> tuple[RowRemark, ...]:
    found: list[RowRemark] = []
    at = place.line - 1
    while 0 < at <= len(lines):
        comment = _COMMENT.fullmatch(lines[at - 1].rstrip(_ENDS))
        if comment is None:
            break
        found.append(RowRemark(Place(place.file, at), comment["text"]))
        at -= 1
    return tuple(reversed(found))


def _change(lines: list[str], old: RowRemark, new: RowRemark | None) -> None:
    at = old.place.line - 1
    comment = _COMMENT.fullmatch(lines[at].rstrip(_ENDS)) if at < len(lines) else None
    if comment is None or comment["text"] != old.text:
        raise RemarkChangedError(old.place.file, old.place.line)
    line = lines[at]
    end = line[len(line.rstrip(_ENDS)) :]
    before = line[: comment.start("text")]
    lines[at : at + 1] = [] if new is None else [f"{before}{new.text}{end}"]
