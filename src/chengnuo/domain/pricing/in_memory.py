"""A log that fits into memory: its survey, its coding, its quotes.

The plain way, that the one over files and tables is held to. Columns are arrays of one length; the
time is whole seconds since 1970 UTC.
"""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from chengnuo.domain.pricing.coding import (
    MOST_LEVELS,
    Coded,
    ColumnSurvey,
    ColumnType,
    How,
    Regressor,
    Survey,
    UnknownColumnError,
)
from chengnuo.domain.pricing.spec import Factor, Kind, Spec
from chengnuo.engines.fairness.cells import Outcome, Plan, Quotes, key_of, measured
from chengnuo.engines.fairness.moments import Floats, Keys
from chengnuo.engines.fairness.statistics import Statistics

Table = Mapping[str, NDArray[Any]]

_TYPES: Final = {
    "b": ColumnType.BOOLEAN,
    "i": ColumnType.NUMBER,
    "u": ColumnType.NUMBER,
    "f": ColumnType.NUMBER,
    "U": ColumnType.TEXT,
    "M": ColumnType.TIME,
}


def surveyed(spec: Spec, table: Table) -> Survey:
    """Return what is known of the columns of profile and factors.

    Raises:
        UnknownColumnError: The table lacks a column.

    """
    names = {one.column for _, one in spec.columns} | {one.column for one in spec.factors}
    return Survey(
        rows=len(column_of(table, spec.price)),
        columns=tuple(_survey_of(name, column_of(table, name)) for name in sorted(names)),
    )


def column_of(table: Table, name: str) -> NDArray[Any]:
    """Return a column.

    Raises:
        UnknownColumnError: The table has none of the name.

    """
    if name not in table:
        raise UnknownColumnError(name)
    return table[name]


def text_of(value: object) -> str:
    """Return a value as a survey writes it."""
    if isinstance(value, bool | np.bool_):
        return "true" if value else "false"
    return repr(float(value)) if isinstance(value, int | float | np.number) else str(value)


def _survey_of(name: str, column: NDArray[Any]) -> ColumnSurvey:
    values, times = np.unique(column, return_counts=True)
    kind = _TYPES.get(column.dtype.kind, ColumnType.OTHER)
    few = len(values) <= MOST_LEVELS + 1
    listed = [(text_of(value), int(count)) for value, count in zip(values, times, strict=True)]
    shares = (0.01, 0.1, 0.5, 0.9, 0.99)
    is_number = kind is ColumnType.NUMBER and len(column) > 0
    p01, p10, p50, p90, p99 = (
        (float(one) for one in np.quantile(column, shares, method="inverted_cdf"))
        if is_number
        else (0.0,) * len(shares)
    )
    return ColumnSurvey(
        column=name,
        type=kind,
        distinct=len(values),
        values=tuple(sorted(listed, key=lambda one: (-one[1], one[0]))) if few else (),
        p01=p01,
        p10=p10,
        p50=p50,
        p90=p90,
        p99=p99,
    )


def numbers(regressor: Regressor, column: NDArray[Any]) -> Floats:
    """Return `(n,)` a column as the numbers a regressor makes of it."""
    if regressor.how is How.LINEAR:
        steps: Floats = column.astype(np.float64)
        return (steps - regressor.centre) / regressor.unit
    if regressor.how is How.FLAG:
        return np.asarray(column != 0, np.float64)
    if column.dtype.kind == "U":
        return np.asarray(column == regressor.value, np.float64)
    values, place = np.unique(column, return_inverse=True)
    level = np.array([text_of(value) == regressor.value for value in values], np.float64)
    return level[place]


def quotes_of(coded: Coded, table: Table) -> Quotes:
    """Return the quotes of a table, all priced, dated and complete.

    Raises:
        UnknownColumnError: The table lacks a column.

    """
    spec = coded.spec
    paid = column_of(table, spec.price).astype(np.float64)
    goods = [column_of(table, spec.item)] + [
        column_of(table, one.column) for one in (*spec.of_kind(Kind.CELL), *spec.of_kind(Kind.ARM))
    ]
    back = sum(
        (column_of(table, one.column).astype(np.float64) for one in spec.of_kind(Kind.ADDBACK)),
        np.zeros(len(paid)),
    )
    columns = [numbers(one, column_of(table, one.attribute)) for one in coded.regressors]
    return Quotes(
        person=_keys([column_of(table, spec.person)]),
        goods=_keys(goods),
        time=column_of(table, spec.time).astype(np.int64),
        y=np.log(paid + back),
        paid=paid,
        x=np.column_stack(columns) if columns else np.zeros((len(paid), 0)),
        outcomes={
            **{one.column: _got(one, table) for one in spec.of_kind(Kind.ADDBACK) if one.eligible},
            **{
                one.column: Outcome(
                    rows=np.arange(len(paid)),
                    y=column_of(table, one.column).astype(np.float64),
                )
                for one in spec.terms
            },
        },
    )


def measured_in_memory(coded: Coded, table: Table) -> Statistics:
    """Return the statistics of a table, all of whose quotes are priced, dated and complete."""
    return measured(quotes_of(coded, table), plan_of(coded))


def plan_of(coded: Coded) -> Plan:
    """Return what a pass is to measure."""
    return Plan(config=coded.config, window_s=coded.spec.window_s, windows=coded.spec.windows)


def _got(factor: Factor, table: Table) -> Outcome:
    got = column_of(table, factor.column) > 0
    if factor.eligible_column:
        may = column_of(table, factor.eligible_column).astype(np.bool_) == factor.eligible_value
    else:
        may = np.ones(len(got), np.bool_)
    rows = np.flatnonzero(may)
    return Outcome(rows=rows, y=got[rows].astype(np.float64))


def _keys(columns: list[NDArray[Any]]) -> Keys:
    """Return `(n,)` the key of the values of several columns together."""
    codes = np.stack([np.unique(one, return_inverse=True)[1] for one in columns], axis=1)
    _, first, place = np.unique(codes, axis=0, return_index=True, return_inverse=True)
    keys = [key_of("\x1f".join(str(one[row]) for one in columns)) for row in first]
    return np.array(keys, np.uint64)[place.reshape(-1)]
