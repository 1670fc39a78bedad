"""Columns of pandas, Polars and Arrow gone through as lists, and functions for DuckDB.

Which library a column is of is told by its type; none is imported but the one that made it.
"""

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

InValues = Callable[[Sequence[object], str], list[object]]
"""From the values of a column and its name to the new values, texts and `None`."""


def in_column(column: Any, name: str, change: InValues) -> object:  # noqa: ANN401  of any library
    """Return a column of texts of the same sort, its values changed.

    Args:
        column: A series of pandas, a series or an expression of Polars, an array of Arrow (in
            chunks or not), or a list.
        name: What it is called; its own name if empty. An expression is called as its column.
        change: Changes the values.

    Raises:
        TypeError: It is none of these.

    """
    match type(column).__module__.partition(".")[0]:
        case "polars":
            return _in_polars(column, name, change)
        case "pandas":
            values = [
                None if missing else value
                for value, missing in zip(column.tolist(), column.isna(), strict=True)
            ]
            new = change(values, name or _own_name(column))
            series = import_module("pandas").Series
            return series(new, index=column.index, name=column.name, dtype=_pandas_type(column))
        case "pyarrow":
            arrow = import_module("pyarrow")
            return arrow.array(change(column.to_pylist(), name), type=arrow.string())
        case _ if isinstance(column, list | tuple):
            return change(column, name)
        case other:
            msg = f"a column of pandas, Polars or Arrow or a list is expected, not one of {other}"
            raise TypeError(msg)


def register_in_duckdb(connection: Any, mask: InValues, kinds: InValues) -> None:  # noqa: ANN401
    """Give a connection of DuckDB `pii_mask(text, name)` and `pii_kinds(text, name)`.

    `name` is what the column is called, or an empty text; the second gives a list of texts.

    Args:
        connection: The connection; needs pyarrow beside DuckDB.
        mask: Masks the values of a column.
        kinds: Gives a list of kinds for each value of a column.

    """
    arrow = import_module("pyarrow")
    text = "VARCHAR"
    for function, change, of, returned in (
        ("pii_mask", mask, arrow.string(), text),
        ("pii_kinds", kinds, arrow.list_(arrow.string()), f"{text}[]"),
    ):
        connection.create_function(
            function,
            _for_arrow(change, of),
            [text, text],
            returned,
            type="arrow",
            null_handling="special",
        )


def _for_arrow(change: InValues, of: object) -> Callable[..., object]:
    array = import_module("pyarrow").array

    def changed(values: Any, names: Any) -> object:  # noqa: ANN401  columns of Arrow
        given = set(names.to_pylist())
        if len(given) > 1:
            msg = "the name of a column is the same for all of its values"
            raise ValueError(msg)
        return array(change(values.to_pylist(), given.pop() or "") if given else [], type=of)

    return changed


def _in_polars(column: Any, name: str, change: InValues) -> object:  # noqa: ANN401  as above
    polars = import_module("polars")
    if isinstance(column, polars.Expr):
        return column.map_batches(
            lambda series: _in_polars(series, name, change), return_dtype=polars.String
        )
    new = change(column.to_list(), name or column.name)
    return polars.Series(column.name, new, dtype=polars.String)


def _own_name(column: Any) -> str:  # noqa: ANN401  as above
    return column.name if isinstance(column.name, str) else ""


def _pandas_type(column: Any) -> object:  # noqa: ANN401  as above
    """Return the type of texts that a column has, or else the one that holds anything."""
    return column.dtype if import_module("pandas").api.types.is_string_dtype(column) else object
