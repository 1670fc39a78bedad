"""Drawn rows of a log, fetched as they are: whole windows of items, whatever was wrong left out."""

from typing import Any

import ibis  # type: ignore[import-untyped]  # it says nothing of its types
import numpy as np
from ibis.backends.sql.datatypes import DuckDBType  # type: ignore[import-untyped]
from numpy.typing import NDArray

from chengnuo.adapters.quotes import expressions
from chengnuo.adapters.quotes.embedded import DuckTables
from chengnuo.adapters.quotes.expressions import MINE, Fate, Table, key_of
from chengnuo.adapters.quotes.log_files import LogFiles, quoted
from chengnuo.domain.pricing.coding import Coded
from chengnuo.domain.pricing.drawing import MODULUS, MULTIPLIER, SIGN, Draw

_VIEW = "chengnuo_drawn"


def whole_windows(log: LogFiles, coded: Coded, draw: Draw) -> dict[str, NDArray[Any]]:
    """Return drawn quotes that are used, column by column; the time as whole seconds.

    Raises:
        QuoteLogError: A file is damaged.
        QuoteLogUnavailableError: Memory or disk gave out.

    """
    engine = DuckTables(log)
    time = coded.spec.time
    others = ", ".join(quoted(one) for one in log.types if one != time)
    engine.run(
        f"CREATE OR REPLACE TEMP VIEW {_VIEW} AS SELECT {others},"
        f" {log.time.seconds} AS {quoted(time)} FROM {log.source}"
    )
    types = {name: str(DuckDBType.from_string(one)) for name, one in log.types.items()}
    table = expressions.named(types | {time: "int64"}, _VIEW)
    found = engine.fetch(drawn_rows(table, coded, draw))
    return {name: _plain(column) for name, column in found.items()}


def drawn_rows(log: Table, coded: Coded, draw: Draw) -> Table:
    """Return the drawn rows of a table that are used, with its own columns, in one order."""
    spec = coded.spec
    window = (log[spec.time].cast("int64") / spec.window_s).floor().cast("int64")
    is_drawn = window * MULTIPLIER % MODULUS < draw.windows_below
    some = log if draw.windows_below == MODULUS else log.filter(is_drawn)
    if draw.units_below:
        unit = key_of(some[spec.item].cast("string") + SIGN + window.cast("string"))
        some = some.filter(unit < draw.units_below)
    found = expressions.classified(some, coded)
    # A row without a value in another term of trade is used, and has no such term.
    used = found.filter(found[f"{MINE}fate"] == Fate.USED)
    rows = used.select(**{name: _fetched(used[name]) for name in log.columns})
    # Sums of floats hang on the order, and the same log is to give the same audit to the last bit.
    first = (spec.time, spec.person, spec.item, spec.price)
    return rows.order_by([*first, *(name for name in log.columns if name not in first)])


def _fetched(column: ibis.Value) -> ibis.Value:
    """Return a column in a type that has one kind of array."""
    kind = column.type()
    if kind.is_boolean() or kind.is_integer() or kind.is_floating():
        return column
    return column.cast("float64") if kind.is_decimal() else column.cast("string")


def _plain(column: NDArray[Any]) -> NDArray[Any]:
    """Return an array without a mask; texts as such."""
    if isinstance(column, np.ma.MaskedArray):
        column = column.filled("" if column.dtype.kind == "O" else 0)
    return column.astype(str) if column.dtype.kind == "O" else column
