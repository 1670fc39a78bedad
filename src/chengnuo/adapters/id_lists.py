"""Lists of ids as text, CSV and Parquet; Parquet goes through DuckDB, which is an extra.

A list is written beside its place and moved there when it is whole.
"""

import csv
import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from importlib import import_module
from itertools import chain, islice
from pathlib import Path
from typing import Any, TextIO

from chengnuo.ports.id_lists import LONGEST_ID, IdListError, IdListUnavailableError

_BATCH = 10_000
_NO_IDS = frozenset({"DOUBLE", "FLOAT", "BOOLEAN"})
_FORMS = (".txt", ".csv", ".parquet")


class FileIdLists:
    """`IdLists` over files."""

    def read(self, file: Path, *, column: str) -> Iterator[Sequence[str]]:
        """See `IdLists.read`."""
        form = _form(file)
        if not file.is_file():
            raise IdListError(file.name, "there is no such file")
        with _our_errors(file):
            if form == ".parquet":
                yield from _checked(file, _from_parquet(file, column))
                return
            with file.open(encoding="utf-8-sig", newline="") as lines:
                ids = _from_csv(file, lines, column) if form == ".csv" else _from_text(lines)
                yield from _checked(file, _in_batches(ids))

    def write(self, file: Path, batches: Iterable[Sequence[str]], *, column: str) -> None:
        """See `IdLists.write`."""
        form = _form(file)
        named = column or "id"
        with _our_errors(file), _put_in_place(file, form) as beside:
            if form == ".parquet":
                _to_parquet(file, beside, batches, named)
                return
            with beside.open("w", encoding="utf-8", newline="") as lines:
                if form == ".csv":
                    rows = csv.writer(lines, lineterminator="\n")
                    rows.writerow([named])
                    rows.writerows([one] for one in chain.from_iterable(batches))
                else:
                    lines.writelines(f"{one}\n" for one in chain.from_iterable(batches))


def _form(file: Path) -> str:
    form = file.suffix.lower()
    if form not in _FORMS:
        raise IdListError(file.name, f"expected a name that ends with one of {', '.join(_FORMS)}")
    return form


def _from_text(lines: TextIO) -> Iterator[str]:
    for line in lines:
        found = line.rstrip("\r\n")
        if found:
            yield found


def _from_csv(file: Path, lines: TextIO, column: str) -> Iterator[str]:
    rows = csv.reader(lines, strict=True)
    header = next(rows, None)
    if not header:
        raise IdListError(file.name, "it has no header")
    if column and column not in header:
        raise IdListError(file.name, f"it has no column `{column[:40]}`")
    at = header.index(column) if column else 0
    for row in rows:
        if len(row) != len(header):
            what = f"line {rows.line_num} has {len(row)} fields and the header {len(header)}"
            raise IdListError(file.name, what)
        yield row[at]


def _in_batches(ids: Iterator[str]) -> Iterator[list[str]]:
    while part := list(islice(ids, _BATCH)):
        yield part


def _checked(file: Path, batches: Iterator[list[str]]) -> Iterator[list[str]]:
    row = 0
    for batch in batches:
        for one in batch:
            row += 1
            if not 0 < len(one) <= LONGEST_ID:
                raise IdListError(file.name, f"id {row} is empty or over {LONGEST_ID} signs")
        yield batch


def _from_parquet(file: Path, column: str) -> Iterator[list[str]]:
    duckdb = _duckdb(file)
    with closing(duckdb.connect()) as database:
        try:
            described = database.execute(
                "SELECT * FROM read_parquet(?) LIMIT 0", [str(file)]
            ).description
            names = [one[0] for one in described]
            if column and column not in names:
                raise IdListError(file.name, f"it has no column `{column[:40]}`")
            wanted = column or names[0]
            kinds = database.execute(
                "SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM read_parquet(?))",
                [str(file)],
            ).fetchall()
            if dict(kinds).get(wanted) in _NO_IDS:  # integers beside a gap become `7.0`
                raise IdListError(file.name, "the column holds fractions or truth values, no ids")
            quoted = wanted.replace('"', '""')
            rows = database.execute(
                f'SELECT CAST("{quoted}" AS VARCHAR) FROM read_parquet(?)',  # noqa: S608  quoted
                [str(file)],
            )
            while part := rows.fetchmany(_BATCH):
                yield [row[0] or "" for row in part]
        except duckdb.Error as error:
            raise IdListError(file.name, "it is no Parquet file") from error


def _to_parquet(file: Path, beside: Path, batches: Iterable[Sequence[str]], column: str) -> None:
    duckdb = _duckdb(file)
    quoted = column.replace('"', '""')
    with closing(duckdb.connect()) as database:
        try:
            database.execute(f'CREATE TABLE ids ("{quoted}" VARCHAR)')
            for batch in batches:
                if batch:
                    database.execute("INSERT INTO ids SELECT unnest(?)", [list(batch)])
            database.execute(f"COPY ids TO '{_literal(beside)}' (FORMAT PARQUET)")
        except duckdb.Error as error:
            raise IdListUnavailableError(file.name, "DuckDB could not write it") from error


def _literal(path: Path) -> str:
    return str(path).replace("'", "''")


def _duckdb(file: Path) -> Any:  # noqa: ANN401  a module that may not be there
    try:
        return import_module("duckdb")
    except ImportError as error:
        what = "Parquet needs the extra `audience` of this program; text and CSV do not"
        raise IdListUnavailableError(file.name, what) from error


@contextmanager
def _our_errors(file: Path) -> Iterator[None]:
    try:
        yield
    except UnicodeDecodeError as error:
        raise IdListError(file.name, "it is not UTF-8") from error
    except csv.Error as error:
        raise IdListError(file.name, "it is no CSV") from error
    except OSError as error:
        raise IdListUnavailableError(file.name, error.strerror or "the disk refused") from error


@contextmanager
def _put_in_place(file: Path, form: str) -> Iterator[Path]:
    descriptor, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.", suffix=form)
    os.close(descriptor)
    beside = Path(name)
    try:
        yield beside
        beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)
