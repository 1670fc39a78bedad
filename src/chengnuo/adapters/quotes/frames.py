"""Tables that other libraries hold, as a file that a log is opened from.

Which library made a table is told by what the table can do, so that none of them is imported or
needs to be installed: Ibis and a lazy frame of Polars write Parquet themselves, in pieces; whatever
speaks the Arrow stream protocol (`__arrow_c_stream__`, Arrow PyCapsule interface) is read as that;
frames of pandas and columns of numpy are what DuckDB takes by itself.

A file, because a log is read more than once, and its digest is that of what was read. That digest
is the same for the same rows in the same order by the same versions of these libraries; whoever
wants others to check it writes the log to a file and audits that.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from chengnuo.adapters.quotes.log_files import (
    QuoteLogError,
    columns_of,
    duckdb_errors,
    duckdb_module,
    literal,
    quoted,
)
from chengnuo.domain.pricing.coding import UnknownColumnError
from chengnuo.domain.pricing.spec import Spec


@contextmanager
def kept_as_file(table: Any, spec: Spec) -> Iterator[Path]:
    """Yield a Parquet file of those columns of a table that a specification names.

    Args:
        table: A frame of pandas or Polars, a table of Arrow or Ibis, anything else that gives an
            Arrow stream, or arrays by name.
        spec: Names the columns.

    Raises:
        QuoteLogError: It is no table.
        UnknownColumnError: It lacks a column.
        QuoteLogUnavailableError: DuckDB is not installed, or memory gave out.

    """
    name = type(table).__name__
    names = columns_of(spec)
    with TemporaryDirectory(prefix="chengnuo-prices-") as folder:
        file = Path(folder) / "quotes.parquet"
        if hasattr(table, "to_pyarrow_batches"):
            _hold_there(names, table.columns)
            table.select(*names).to_parquet(file)
        elif hasattr(table, "sink_parquet"):
            _hold_there(names, table.collect_schema().names())
            table.select(names).sink_parquet(file)
        else:
            _written(_taken(table, name), names, name, file)
        yield file


def as_duckdb_takes(columns: Mapping[str, Any]) -> dict[str, Any]:
    """Return columns of numpy as DuckDB takes them: texts as objects alone."""
    return {
        name: one.astype(object) if one.dtype.kind == "U" else one for name, one in columns.items()
    }


class _Stream:
    """Shows DuckDB the Arrow stream of a table and nothing else of it.

    Of a frame of Polars as such DuckDB would ask for what takes pyarrow.
    """

    def __init__(self, table: Any) -> None:
        self._table = table

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        return self._table.__arrow_c_stream__(requested_schema)


def _taken(table: Any, name: str) -> Any:
    """Return a table as DuckDB takes it."""
    if isinstance(table, Mapping):
        return as_duckdb_takes(table)
    if hasattr(table, "iloc"):  # pandas, whose own stream takes pyarrow
        return table
    if hasattr(table, "__arrow_c_stream__"):
        return _Stream(table)
    raise QuoteLogError(name, "it is no table and no path of a file")


def _written(table: Any, names: tuple[str, ...], name: str, file: Path) -> None:
    with duckdb_errors(name), duckdb_module().connect() as database:
        database.execute("SET threads = 1")  # so that the same table gives the same file
        database.register("frame", table)
        described = database.execute("DESCRIBE SELECT * FROM frame").fetchall()
        _hold_there(names, [row[0] for row in described])
        listed = ", ".join(quoted(one) for one in names)
        database.execute(f"COPY (SELECT {listed} FROM frame) TO {literal(str(file))}")


def _hold_there(names: tuple[str, ...], there: Any) -> None:
    for name in names:
        if name not in there:
            raise UnknownColumnError(name)
