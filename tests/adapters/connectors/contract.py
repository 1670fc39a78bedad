"""What a connector is tested with: tables as forms, a stand for each kind of store, its lacks.

A stand is a real store of one kind, laid out for a test and looked at from outside, never through
the connector. To run the suite over a connector of yours, write a stand and name it in
`STANDS` in `conftest.py` (docs/adding/connector.md).
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

import pytest

from chengnuo.domain.rights.schema import OnDelete, ValueType
from chengnuo.domain.rights.values import RowKey, Value
from chengnuo.ports.record_source import PAGE, Lack, Match, RecordSource

Row = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class ColumnForm:
    """A column to make."""

    column: str
    type: ValueType = ValueType.INTEGER
    nullable: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceForm:
    """A reference to make."""

    columns: tuple[str, ...]
    to_table: str
    to_columns: tuple[str, ...]
    on_delete: OnDelete = OnDelete.REFUSE
    deferrable: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TableForm:
    """A table to make; `checks` are SQL that every server understands."""

    table: str
    columns: tuple[ColumnForm, ...]
    key: tuple[str, ...] = ("id",)
    unique: tuple[tuple[str, ...], ...] = ()
    references: tuple[ReferenceForm, ...] = ()
    checks: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(one.column for one in self.columns)


class Stand(Protocol):
    """A real store of one kind, as a test lays it out and looks at it from outside."""

    @property
    def lacks(self) -> frozenset[Lack]:
        """What the connector must say that it lacks."""
        ...

    @property
    def types(self) -> frozenset[ValueType]:
        """What its columns can hold."""
        ...

    def id(self, number: int) -> Value:
        """Return what a column that holds ids holds for a number; sorts as the numbers do."""
        ...

    def name(self, table: str) -> str:
        """Return what a table of the suite is called in the register."""
        ...

    def key(self, table: str) -> tuple[str, ...]:
        """Return the columns by which the connector names rows of a table."""
        ...

    def keys(self, table: str, rows: Sequence[RowKey]) -> list[RowKey]:
        """Return how the connector names rows of these ids, whether they are there or not."""
        ...

    def make(self, *tables: TableForm) -> None:
        """Make tables, those that are referred to first; none of that name is there yet."""
        ...

    def put(self, table: str, rows: Sequence[Row]) -> None:
        """Put rows in, as the operator's programs do, and commit."""
        ...

    def held(self, table: str) -> list[dict[str, Value]]:
        """Return all rows of a table in any order, with the values that `rows` would tell."""
        ...

    def told(self, value: Value, kind: ValueType) -> Value:
        """Return what the store tells of a value that was put into a column of this kind."""
        ...

    def open(self) -> RecordSource:
        """Return the connector, newly opened."""
        ...

    def add_column(self, table: str, column: ColumnForm) -> None:
        """Change the schema of a table."""
        ...

    def silenced(self) -> AbstractContextManager[None]:
        """Kill the store without warning; it answers again when the block ends."""
        ...


def lacks(*what: Lack, raises: type[BaseException], reason: str) -> pytest.MarkDecorator:
    """Say that a test fails over stores with one of these lacks, and how."""
    return pytest.mark.lacks(*what, raises=raises, reason=reason)


def all_rows(
    stand: Stand, source: RecordSource, table: str, columns: Sequence[str], match: Match
) -> Iterator[Sequence[tuple[Value, ...]]]:
    """Yield all pages."""
    key = stand.key(table)
    after: RowKey | None = None
    while True:
        found = source.rows(stand.name(table), (*columns, *key), match, after=after)
        assert len(found) <= PAGE
        yield [row[: len(columns)] for row in found]
        if len(found) < PAGE:
            return
        after = tuple(found[-1][len(columns) :])
