"""Lists of account ids in bodies: text, CSV, Arrow and Parquet, read and written in batches.

A body lies in a file while it is read, so its size does not matter. What is wrong is named by the
place in the list, never by an id. Arrow and Parquet need pyarrow, which is not part of the
service; without it they are media types that are not taken.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from importlib import import_module
from itertools import islice
from typing import Any, BinaryIO, Protocol

import msgspec

from chengnuo.base.errors import InvalidInputError
from chengnuo.doors.decision_bodies import MOST_ACCOUNT

JSON = "application/json"
TEXT = "text/plain"
CSV = "text/csv"
ARROW = "application/vnd.apache.arrow.stream"
PARQUET = "application/vnd.apache.parquet"
IN_FORMS = (TEXT, CSV, ARROW, PARQUET)
OUT_FORMS = (JSON, *IN_FORMS)
MOST_IDS = 10_000_000
BATCH = 10_000
_NO_IDS = frozenset({"halffloat", "float", "double", "bool"})
_LONGEST_LINE = 64 * 1024


class IdListTypeError(InvalidInputError):
    """A list comes as, or is wanted as, something that is not taken here."""

    code = "id-list-type"

    def __init__(self, why: str) -> None:
        super().__init__(f"the list cannot be of this media type: {why}")
        self.why = why


class IdListBodyError(InvalidInputError):
    """A body is no list of account ids; the message names the place, never an id."""

    code = "id-list-body"

    def __init__(self, what: str) -> None:
        super().__init__(f"the body is no list of account ids: {what}")
        self.what = what


class IdListTooLongError(InvalidInputError):
    """A list holds more ids than one may."""

    code = "id-list-too-long"

    def __init__(self) -> None:
        super().__init__(f"the list holds over {MOST_IDS} ids; send it in parts")


def read_ids(body: BinaryIO, form: str, *, column: str) -> Iterator[list[str]]:
    """Yield the ids of a body in batches, in their order, repetitions included.

    Args:
        body: At its beginning.
        form: One of `IN_FORMS`.
        column: Column of the ids; empty for the first. Text has none.

    Raises:
        IdListTypeError: The form is none of them, or needs pyarrow, which is not there.
        IdListBodyError: The body is something else, or an id has a wrong form.
        IdListTooLongError: There are too many.

    """
    reading = _READ.get(form)
    if reading is None:
        raise IdListTypeError(f"expected one of {', '.join(IN_FORMS)}")
    if form in {ARROW, PARQUET}:
        _pyarrow("pyarrow")
    return _checked(reading(body, column))


def _checked(batches: Iterator[list[str]]) -> Iterator[list[str]]:
    row = 0
    for batch in _our_errors(batches):
        for one in batch:
            row += 1
            if not 0 < len(one) <= MOST_ACCOUNT or "\n" in one or "\r" in one:
                what = f"id {row} is empty, has a line break or over {MOST_ACCOUNT} signs"
                raise IdListBodyError(what)
        if row > MOST_IDS:
            raise IdListTooLongError
        yield batch


def _our_errors(batches: Iterator[list[str]]) -> Iterator[list[str]]:
    try:
        yield from batches
    except UnicodeDecodeError as error:
        raise IdListBodyError("it is not UTF-8") from error
    except csv.Error as error:
        raise IdListBodyError("it is no CSV") from error


def _lines(body: BinaryIO) -> Iterator[str]:
    text = io.TextIOWrapper(body, encoding="utf-8-sig", newline="")
    try:
        number = 0
        while line := text.readline(_LONGEST_LINE):
            number += 1
            if len(line) == _LONGEST_LINE:
                raise IdListBodyError(f"line {number} is over {_LONGEST_LINE} signs")
            yield line
    finally:
        if not body.closed:
            text.detach()


def _from_text(body: BinaryIO, column: str) -> Iterator[list[str]]:
    if column:
        raise IdListBodyError("text has no columns")
    yield from _in_batches(found for line in _lines(body) if (found := line.rstrip("\r\n")))


def _from_csv(body: BinaryIO, column: str) -> Iterator[list[str]]:
    rows = csv.reader(_lines(body), strict=True)
    head = next(rows, None)
    if not head:
        raise IdListBodyError("it has no header")
    at = _place(head, column)
    yield from _in_batches(_field(row, at, len(head), rows.line_num) for row in rows)


def _field(row: list[str], at: int, width: int, line: int) -> str:
    if len(row) != width:
        raise IdListBodyError(f"line {line} has {len(row)} fields and the header {width}")
    return row[at]


def _place(names: list[str], column: str) -> int:
    if not names or (column and column not in names):
        raise IdListBodyError("it has no such column")
    return names.index(column) if column else 0


def _in_batches(ids: Iterator[str]) -> Iterator[list[str]]:
    while part := list(islice(ids, BATCH)):
        yield part


def _from_arrow(body: BinaryIO, column: str) -> Iterator[list[str]]:
    pa = _pyarrow("pyarrow")
    ipc = _pyarrow("pyarrow.ipc")
    try:
        with ipc.open_stream(body) as stream:
            at = _place(list(stream.schema.names), column)
            for batch in stream:
                yield from _parts(batch.column(at))
    except (pa.ArrowException, OSError) as error:
        raise IdListBodyError("it is no Arrow stream") from error


def _from_parquet(body: BinaryIO, column: str) -> Iterator[list[str]]:
    pa = _pyarrow("pyarrow")
    parquet = _pyarrow("pyarrow.parquet")
    try:
        file = parquet.ParquetFile(body)
        names = list(file.schema_arrow.names)
        wanted = names[_place(names, column)]
        for batch in file.iter_batches(batch_size=BATCH, columns=[wanted]):
            yield from _parts(batch.column(0))
    except (pa.ArrowException, OSError) as error:
        raise IdListBodyError("it is no Parquet file") from error


def _parts(values: Any) -> Iterator[list[str]]:  # noqa: ANN401  an array of pyarrow
    if str(values.type) in _NO_IDS:  # integers beside a gap become `7.0`
        raise IdListBodyError("the column holds fractions or truth values")
    values.validate(full=True)  # else a place of a text outside of the bytes leads out of them
    for start in range(0, len(values), BATCH):
        found = values.slice(start, BATCH).to_pylist()
        yield ["" if one is None else str(one) for one in found]


def _pyarrow(name: str) -> Any:  # noqa: ANN401  a module that may not be there
    try:
        return import_module(name)
    except ImportError as error:
        why = "Arrow and Parquet need pyarrow, which is not installed here; text and CSV do not"
        raise IdListTypeError(why) from error


_READ = {TEXT: _from_text, CSV: _from_csv, ARROW: _from_arrow, PARQUET: _from_parquet}


class IdWriter(Protocol):
    """Writes ids to a file, batch by batch."""

    def add(self, ids: Iterable[str]) -> None:
        """Write more."""
        ...

    def close(self) -> None:
        """Write what ends it; the file itself stays open."""
        ...


class _TextWriter:
    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def add(self, ids: Iterable[str]) -> None:
        self._file.write("".join(f"{one}\n" for one in ids).encode())

    def close(self) -> None:
        """Nothing ends a text."""


class _CsvWriter:
    def __init__(self, file: BinaryIO, column: str) -> None:
        self._file = file
        self._add([column])

    def add(self, ids: Iterable[str]) -> None:
        self._add(ids)

    def _add(self, ids: Iterable[str]) -> None:
        rows = io.StringIO(newline="")
        csv.writer(rows, lineterminator="\n").writerows([one] for one in ids)
        self._file.write(rows.getvalue().encode())

    def close(self) -> None:
        """Nothing ends a CSV."""


class _JsonWriter:
    """Writes what stands between the brackets of a JSON array."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._joint = b""

    def add(self, ids: Iterable[str]) -> None:
        written = msgspec.json.encode(list(ids))[1:-1]
        if written:
            self._file.write(self._joint + written)
            self._joint = b","

    def close(self) -> None:
        """The brackets are not written here."""


class _ArrowWriter:
    def __init__(self, file: BinaryIO, column: str, form: str) -> None:
        self._pa = _pyarrow("pyarrow")
        self._schema = self._pa.schema([(column, self._pa.string())])
        if form == ARROW:
            self._out = _pyarrow("pyarrow.ipc").new_stream(file, self._schema)
        else:
            self._out = _pyarrow("pyarrow.parquet").ParquetWriter(file, self._schema)

    def add(self, ids: Iterable[str]) -> None:
        values = self._pa.array(list(ids), self._pa.string())
        self._out.write_batch(self._pa.record_batch([values], schema=self._schema))

    def close(self) -> None:
        self._out.close()


def writer_of(file: BinaryIO, form: str, *, column: str) -> IdWriter:
    """Return what writes ids in a form; of JSON what stands between the brackets.

    Raises:
        IdListTypeError: The form needs pyarrow, which is not there.

    """
    if form == TEXT:
        return _TextWriter(file)
    if form == CSV:
        return _CsvWriter(file, column or "id")
    if form == JSON:
        return _JsonWriter(file)
    return _ArrowWriter(file, column or "id", form)
