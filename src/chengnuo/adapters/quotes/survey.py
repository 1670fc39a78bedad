"""The survey of a log: what its profile and factors hold, and what hinders an audit.

Prices are counted here, never looked at: what is decided from a survey must not depend on them.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple, Protocol

from chengnuo.adapters.quotes.log_files import TimeColumn, columns_of, quoted
from chengnuo.domain.pricing.coding import MOST_LEVELS, ColumnSurvey, ColumnType, Problem, Survey
from chengnuo.domain.pricing.hindrance import Hindrance
from chengnuo.domain.pricing.spec import Spec

_QUANTILES: Final = (0.01, 0.1, 0.5, 0.9, 0.99)
_SURVEYED: Final = 1_000_000
"""Quantiles are taken from about as many rows, of persons drawn by their key."""
_HEX_DIGITS: Final = 6
_MANY_PER_PERSON: Final = 0.5
"""Values of a text over persons from which on a column names persons."""
_TIME_SHARE_WITHOUT_ZONE: Final = 0.5
_MANY_QUOTES: Final = 1.5
"""Quotes over persons from which on some person has more than one for certain."""


class SurveyedLog(Protocol):
    """A log that answers questions in SQL, in the words that DuckDB and Spark share."""

    @property
    def source(self) -> str:
        """What stands behind `FROM` to read it."""
        ...

    @property
    def types(self) -> Mapping[str, str]:
        """Types of the columns that the specification names, as DuckDB writes them."""
        ...

    @property
    def time(self) -> TimeColumn:
        """How its time reads."""
        ...

    def fetch(self, sql: str) -> list[tuple[Any, ...]]:
        """Return the rows of a query.

        Raises:
            InvalidInputError: A file is damaged.
            UnavailableError: It cannot be read now.

        """
        ...

    def quantiles(self, value: str, source: str, shares: Sequence[float]) -> Sequence[float]:
        """Return values at and below which shares of all finite ones lie; empty for none.

        Args:
            value: Expression of the value.
            source: What stands behind `FROM`.
            shares: From 0 to 1.

        """
        ...


def surveyed(log: SurveyedLog, spec: Spec) -> Survey:
    """Return the survey of a log."""
    person, price = quoted(spec.person), quoted(spec.price)
    profile = {one.column for _, one in spec.columns}
    names = [name for name in columns_of(spec) if name in profile] + [
        one.column for one in spec.factors if one.column not in profile
    ]
    names = list(dict.fromkeys(names))
    # One pass for all columns: of a large log, to read it is what takes long.
    counted = ", ".join(_counted(log, name) for name in names)
    row = log.fetch(
        f"SELECT count(*), approx_count_distinct({person}),"
        f" approx_count_distinct({quoted(spec.item)}), count({log.time.seconds}),"
        f" count({quoted(spec.time)}),"
        f" count(*) - count(CASE WHEN try_cast({price} AS DOUBLE) > 0 THEN 1 END)"
        f"{', ' if counted else ''}{counted} FROM {log.source}"
    )[0]
    rows, persons, items, dated, timed, unpriced = row[:6]
    columns = tuple(
        _column(log, spec, name, _Seen(rows, *row[6 + 2 * i : 8 + 2 * i]))
        for i, name in enumerate(names)
    )
    problems = [
        (Hindrance.EMPTY, spec.price, rows, rows == 0),
        (Hindrance.UNPRICED, spec.price, unpriced, unpriced > 0),
        (Hindrance.TIME_WITHOUT_ZONE, spec.time, timed - dated, _lacks_zone(spec, timed, dated)),
        (Hindrance.UNDATED, spec.time, rows - timed, timed < rows),
        (Hindrance.ONE_PERSON, spec.person, rows, rows > 0 and persons <= 1),
        (Hindrance.ONE_ITEM, spec.item, rows, rows > 0 and items <= 1),
        (Hindrance.MIXED_CURRENCIES, spec.currency, rows, _mixed(log, spec)),
    ]
    # The number of persons is known to a few percent: with many more quotes, some have two.
    if rows and persons > 1 and rows < _MANY_QUOTES * persons:
        alone = log.fetch(
            f"SELECT count(*) FROM (SELECT {person} FROM {log.source}"
            f" GROUP BY {person} HAVING count(*) > 1 LIMIT 1)"
        )[0][0]
        problems.append((Hindrance.ONE_QUOTE_PER_PERSON, spec.person, rows, alone == 0))
    problems += [
        (Hindrance.VALUE_PER_PERSON, one.column, rows, True)
        for one in columns
        if one.column in profile
        and one.type is ColumnType.TEXT
        and one.distinct > MOST_LEVELS
        and one.distinct > _MANY_PER_PERSON * persons
    ]
    return Survey(
        rows=rows,
        columns=columns,
        problems=tuple(
            Problem(name=name, column=column, rows=count)
            for name, column, count, is_there in problems
            if is_there
        ),
    )


def _lacks_zone(spec: Spec, timed: int, dated: int) -> bool:
    return not spec.zone and timed > 0 and dated < timed * _TIME_SHARE_WITHOUT_ZONE


def _mixed(log: SurveyedLog, spec: Spec) -> bool:
    if not spec.currency or any(one.column == spec.currency for one in spec.factors):
        return False
    column = quoted(spec.currency)
    found = log.fetch(f"SELECT count(DISTINCT {column}) FROM {log.source}")
    return bool(found[0][0] > 1)


class _Seen(NamedTuple):
    """What one pass tells of a column: all rows, those with a value, and `_counted`."""

    rows: int
    there: int
    other: int


def _counted(log: SurveyedLog, name: str) -> str:
    """Return two aggregates of a column: values, and how many sorts of them or how many true."""
    column = quoted(name)
    if _type_of(log.types[name]) is ColumnType.BOOLEAN:
        return f"count({column}), count(CASE WHEN {column} THEN 1 END)"
    return f"count({column}), approx_count_distinct({column})"


def _column(log: SurveyedLog, spec: Spec, name: str, seen: _Seen) -> ColumnSurvey:
    column = quoted(name)
    kind = _type_of(log.types[name])
    rows, distinct = seen.rows, seen.other
    values: tuple[tuple[str, int], ...] = ()
    found: list[tuple[object, int]] = []
    if kind is ColumnType.BOOLEAN:
        both = [(True, seen.other), (False, seen.there - seen.other)]
        found = [(value, count) for value, count in both if count]
        distinct = len(found)
    elif distinct <= 2 * MOST_LEVELS:
        found = [
            (value, count)
            for value, count in log.fetch(
                f"SELECT {column}, count(*) FROM {log.source} WHERE {column} IS NOT NULL GROUP BY 1"
            )
        ]
        distinct = len(found)
    if found and distinct <= MOST_LEVELS + 1:
        counted = [(_as_text(value, kind), count) for value, count in found]
        values = tuple(sorted(counted, key=lambda one: (-one[1], one[0])))
    quantiles = _quantiles(log, spec, name, rows) if kind is ColumnType.NUMBER else (0.0,) * 5
    p01, p10, p50, p90, p99 = quantiles
    return ColumnSurvey(
        column=name,
        type=kind,
        missing=seen.rows - seen.there,
        distinct=distinct,
        values=values,
        p01=p01,
        p10=p10,
        p50=p50,
        p90=p90,
        p99=p99,
    )


def _quantiles(log: SurveyedLog, spec: Spec, name: str, rows: int) -> tuple[float, ...]:
    """Return quantiles over persons drawn by key, so that they are the same every time."""
    share = min(1.0, _SURVEYED / max(rows, 1))
    below = f"{int(share * 16**_HEX_DIGITS):0{_HEX_DIGITS}x}"
    drawn = (
        ""
        if share >= 1
        else f" WHERE substr(md5(CAST({quoted(spec.person)} AS STRING)), 1, {_HEX_DIGITS})"
        f" < '{below}'"
    )
    value = f"CAST({quoted(name)} AS DOUBLE)"
    found = log.quantiles(value, f"{log.source}{drawn}", _QUANTILES)
    return tuple(found) if found else (0.0,) * len(_QUANTILES)


def _type_of(kind: str) -> ColumnType:
    if kind == "BOOLEAN":
        return ColumnType.BOOLEAN
    if kind == "VARCHAR" or kind.startswith("ENUM"):
        return ColumnType.TEXT
    if kind.startswith(("TIMESTAMP", "DATE", "TIME")):
        return ColumnType.TIME
    if ("INT" in kind and "[" not in kind) or kind.startswith(("DECIMAL", "DOUBLE", "FLOAT")):
        return ColumnType.NUMBER
    return ColumnType.OTHER


def _as_text(value: object, kind: ColumnType) -> str:
    if kind is ColumnType.BOOLEAN:
        return "true" if value else "false"
    if kind is ColumnType.NUMBER:
        return repr(float(str(value)))
    return str(value)
