"""Rows as JSON and as CSV.

JSON keeps the type of a value as far as JSON has types. CSV is for spreadsheet programs: UTF-8 with
a byte order mark, a header of column names, and no cell that such a program would take for a
formula: a text that begins with one of `= + - @`, a tab, a carriage return or an apostrophe gets an
apostrophe before it, so that taking one leading apostrophe away gives back every text.
"""

import csv
import io
from collections.abc import Iterable, Iterator

import msgspec

from chengnuo.domain.rights.showing import in_text, plain
from chengnuo.domain.rights.values import Value

BOM = b"\xef\xbb\xbf"
_TAKEN_FOR_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "'")
_ENCODE = msgspec.json.Encoder()


def json_row(columns: tuple[str, ...], row: tuple[Value, ...]) -> bytes:
    """Return one row as a JSON object, on one line."""
    return _ENCODE.encode({name: plain(value) for name, value in zip(columns, row, strict=True)})


def json_lines(columns: tuple[str, ...], rows: Iterable[tuple[Value, ...]]) -> Iterator[bytes]:
    """Yield rows as JSON Lines."""
    for row in rows:
        yield json_row(columns, row) + b"\n"


def json_list(columns: tuple[str, ...], rows: Iterable[tuple[Value, ...]]) -> Iterator[bytes]:
    """Yield rows as one JSON array."""
    before = b"[\n"
    for row in rows:
        yield before + json_row(columns, row)
        before = b",\n"
    yield b"[]" if before == b"[\n" else b"\n]"


def csv_cell(value: Value) -> str:
    """Return a cell that no spreadsheet program takes for a formula.

    >>> csv_cell("=1+1"), csv_cell(-5), csv_cell("'x")
    ("'=1+1", '-5', "''x")

    """
    text = in_text(value)
    if isinstance(value, str) and text.startswith(_TAKEN_FOR_FORMULAS):
        return f"'{text}"
    return text


def csv_file(columns: tuple[str, ...], rows: Iterable[tuple[Value, ...]]) -> Iterator[bytes]:
    """Yield rows as a CSV file (RFC 4180)."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow([csv_cell(name) for name in columns])
    yield BOM + buffer.getvalue().encode("utf-8", "replace")
    for row in rows:
        buffer.seek(0)
        buffer.truncate()
        writer.writerow([csv_cell(value) for value in row])
        yield buffer.getvalue().encode("utf-8", "replace")
