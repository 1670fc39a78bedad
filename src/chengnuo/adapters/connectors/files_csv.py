"""Files of delimited values (RFC 4180) with a header: changed cells are written, all else copied.

An empty cell without quotes is NULL, an empty one in quotes the empty text. The delimiter is the
one of `,` `;` tab `|` that the header has most of.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import BinaryIO, NamedTuple

from chengnuo.adapters.connectors.files_forms import (
    MOST_RECORD_BYTES,
    ChangeRefusedError,
    Edit,
    FormError,
    Gone,
    Record,
    digest_of,
)
from chengnuo.adapters.connectors.files_text import (
    BOM,
    Line,
    encoding_of,
    lines_of,
    packed_like,
    text_of,
    unpacked,
)
from chengnuo.domain.rights.schema import ColumnSchema, ValueType
from chengnuo.domain.rights.values import Value

_DELIMITERS = (b",", b";", b"\t", b"|")
_QUOTE = b'"'
_CELLS = {
    one: re.compile(
        rb'("(?:[^"]++|"")*+"[^DD]*+|(?!")[^DD]*+)DD'.replace(b"DD", re.escape(one)), re.DOTALL
    )
    for one in _DELIMITERS
}
"""A cell as it stands, and the delimiter after it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Head:
    """What the header tells: `places` are the cells of the columns by name."""

    delimiter: bytes
    encoding: str
    places: dict[str, int]


class _Joined(NamedTuple):
    """The lines of one record, and its cells where they were looked at already."""

    line: Line
    cells: list[bytes] | None = None


class _Row:
    """One record: its lines as they stand in the file."""

    def __init__(self, head: _Head, joined: _Joined, number: int) -> None:
        self.head, self.line, self.number = head, joined.line, number
        cells = joined.cells
        self.cells = joined.line.text.split(head.delimiter) if cells is None else cells

    @cached_property
    def digest(self) -> str:
        return digest_of(self.line.text)

    def value(self, column: str) -> Value:
        place = self.head.places.get(column)
        if place is None or place >= len(self.cells):
            return None
        return _value(self.cells[place], self.head.encoding)


class Delimited:
    """`Form` of CSV and TSV files."""

    def columns(self, file: BinaryIO) -> tuple[ColumnSchema, ...]:
        """See `Form.columns`."""
        with unpacked(file) as data:
            head, _ = _opened(data)
        return tuple(
            ColumnSchema(column=name, type=ValueType.TEXT, nullable=True) for name in head.places
        )

    def records(self, file: BinaryIO) -> Iterator[Record]:
        """See `Form.records`."""
        with unpacked(file) as data:
            for one in self._each(data):
                if isinstance(one, _Row):
                    yield one

    def copy(self, file: BinaryIO, to: BinaryIO, edit: Callable[[Record], Edit]) -> None:
        """See `Form.copy`."""
        with packed_like(file, to) as out, unpacked(file) as data:
            for one in self._each(data):
                if isinstance(one, Line):
                    out.write(one.text + one.end)
                    continue
                change = edit(one)
                if change is None:
                    out.write(one.line.text + one.line.end)
                elif not isinstance(change, Gone):
                    out.write(_changed(one, change) + one.line.end)

    @staticmethod
    def _each(data: BinaryIO) -> Iterator[_Row | Line]:
        """Yield the rows, and as they are the header and empty lines."""
        head, records = _opened(data)
        number = 0
        for place, joined in enumerate(records):
            if place == 0 or not joined.line.text.strip():
                yield joined.line
            else:
                number += 1
                yield _Row(head, joined, number)


def _opened(data: BinaryIO) -> tuple[_Head, Iterator[_Joined]]:
    """Return the head of a file, and its records from the header on."""
    encoding = encoding_of(data)
    first = next(lines_of(data), Line(b"", b""))
    data.seek(0)
    delimiter = max(_DELIMITERS, key=first.text.count)
    records = _joined(lines_of(data), delimiter)
    header = next(records, None)
    if header is None:
        return _Head(delimiter=delimiter, encoding=encoding, places={}), iter(())
    return _head(header.line, delimiter, encoding), chain((header,), records)


def _joined(lines: Iterator[Line], delimiter: bytes) -> Iterator[_Joined]:
    """Yield records: lines joined while a quoted cell is open."""
    open_lines: list[bytes] = []
    size = 0
    for line in lines:
        has_quote = _QUOTE in line.text
        if not has_quote and not open_lines:
            yield _Joined(line)
            continue
        # Inside a quoted cell a line without a quote cannot close it.
        if has_quote:
            text = b"".join([*open_lines, line.text]) if open_lines else line.text
            cells, is_open = _split(text, delimiter)
            if not is_open:
                yield _Joined(Line(text, line.end), cells)
                open_lines, size = [], 0
                continue
        open_lines.append(line.text + line.end)
        size += len(line.text)
        if size > MOST_RECORD_BYTES:
            raise FormError(f"a quoted cell is over {MOST_RECORD_BYTES} bytes, or never closed")
    if open_lines:
        raise FormError("a quoted cell is never closed")


def _head(line: Line, delimiter: bytes, encoding: str) -> _Head:
    places: dict[str, int] = {}
    for place, cell in enumerate(_split(line.text.removeprefix(BOM), delimiter)[0]):
        name = (_value(cell, encoding) or "").strip()
        if name in places:
            raise FormError("two columns of the header have the same name")
        if name:
            places[name] = place
    return _Head(delimiter=delimiter, encoding=encoding, places=places)


def _split(text: bytes, delimiter: bytes) -> tuple[list[bytes], bool]:
    """Return the cells as they stand, quotes included, and whether the last is not closed.

    >>> _split(b'1,"a,""b",5" disk,', b",")
    ([b'1', b'"a,""b"', b'5" disk', b''], False)

    """
    if _QUOTE not in text:
        return text.split(delimiter), False
    found = _CELLS[delimiter].findall(text + delimiter)
    # What an open quote begins is no cell, so that something is missing then.
    is_open = sum(map(len, found)) + len(found) != len(text) + 1
    return found, is_open


def _value(cell: bytes, encoding: str) -> str | None:
    if len(cell) > 1 and cell.startswith(_QUOTE) and cell.endswith(_QUOTE):
        return text_of(cell[1:-1].replace(b'""', b'"'), encoding)
    return text_of(cell, encoding) or None


def _changed(row: _Row, change: Mapping[str, Value]) -> bytes:
    cells = list(row.cells)
    for column, value in change.items():
        place = row.head.places.get(column)
        if place is None:
            raise ChangeRefusedError(column, "the header has no such column")
        if place >= len(cells):
            cells += [b""] * (place + 1 - len(cells))
        cells[place] = _cell(column, value, row.head, quoted=cells[place].startswith(_QUOTE))
    return row.head.delimiter.join(cells)


def _cell(column: str, value: Value, head: _Head, *, quoted: bool) -> bytes:
    match value:
        case None:
            return b""
        case bytes():
            raise ChangeRefusedError(column, "text cannot hold bytes")
        case bool():
            text = "true" if value else "false"
        case _:
            text = str(value)
    data = None
    with suppress(UnicodeEncodeError):  # it would carry the value along
        data = text.encode(head.encoding)
    if data is None:
        raise ChangeRefusedError(column, "the encoding of the file lacks a character")
    special = (_QUOTE, head.delimiter, b"\n", b"\r")
    if quoted or not data or any(one in data for one in special):
        return _QUOTE + data.replace(_QUOTE, b'""') + _QUOTE
    return data
