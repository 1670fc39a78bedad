"""Changes within one transaction of a database: deletes and updates by key, in batches.

Rows that get the same values are changed by one statement. Where a table refers to itself, all
rows that go are named together, so that the order in which they are given does not matter.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Protocol

from sqlalchemy.sql import Executable

from chengnuo.adapters.connectors.sql_server import Server, UnsendableError
from chengnuo.adapters.connectors.sql_statements import (
    KEY,
    NEW,
    Nulls,
    Statements,
    nulls_of,
    value_name,
)
from chengnuo.domain.rights.values import RowKey, Value
from chengnuo.ports.record_source import Match, StoreRefusedError

_BATCH = 500
_TOGETHER = 20_000
"""How many values of keys one statement names at the most."""


class Runs(Protocol):
    """What runs the statements of the changes."""

    @property
    def server(self) -> Server:
        """What it is that keeps the database."""
        ...

    def statements(self, table: str) -> Statements:
        """Return the statements over a table."""
        ...

    def change(
        self,
        table: str,
        statement: Executable,
        given: Mapping[str, object] | list[dict[str, object]],
    ) -> int:
        """Run a change; return how many rows there were."""
        ...

    def rows(
        self, table: str, columns: Sequence[str], match: Match, *, after: RowKey | None = None
    ) -> Sequence[tuple[Value, ...]]:
        """Return a page of rows, as the transaction sees them."""
        ...

    def refused(self, table: str, constraint: str) -> StoreRefusedError:
        """Return the error that says so."""
        ...


class SqlChanges:
    """Changes within one transaction."""

    def __init__(self, source: Runs) -> None:
        self._source = source

    def delete(self, table: str, keys: Sequence[RowKey]) -> int:
        """Delete rows by key; return how many there were."""
        statements = self._source.statements(table)
        schema = statements.known.schema
        refers_to_itself = any(key.to_table == table for key in schema.foreign_keys)
        levels: Iterable[Sequence[RowKey]] = [keys]
        most = _BATCH
        if refers_to_itself and self._source.server.checks_row_by_row:
            levels = self._leaves_first(statements, keys)
        elif refers_to_itself:
            most = _TOGETHER // max(len(schema.key), 1)
        return sum(
            self._among(statements, statements.delete(nulls), part, {})
            for level in levels
            for nulls, same in _by_nulls(level)
            for part in _parts(same, most, one_by_one=statements.all_of)
        )

    def update(self, table: str, rows: Sequence[tuple[RowKey, Mapping[str, Value]]]) -> int:
        """Set columns of rows; return how many rows there were."""
        statements = self._source.statements(table)
        count = 0
        for (columns, nulls, values), same in groupby(rows, key=_sets):
            if not columns:
                continue
            new = self._new(statements, columns, [value for _, value in values])
            keys = [key for key, _ in same]
            if len(keys) == 1 or statements.all_of:
                change = statements.update(columns, nulls, each=True)
                given = [{**new, **self._key(statements, key)} for key in keys]
                counts = (self._source.change(table, change, one) for one in given)
                count += sum(min(one, 1) if statements.all_of else one for one in counts)
                continue
            change = statements.update(columns, nulls, each=False)
            for part in _parts(keys, _BATCH, one_by_one=False):
                count += self._among(statements, change, part, new)
        return count

    def _among(
        self,
        statements: Statements,
        change: Executable,
        keys: Sequence[RowKey],
        new: Mapping[str, object],
    ) -> int:
        """Run a change of the rows with these keys, whose NULLs stand in the same places."""
        table = statements.known.schema.table
        wanted = [tuple(self._key(statements, key).values()) for key in keys]
        given = {**new, **statements.wanted(wanted)} if wanted[0] else dict(new)
        count = self._source.change(table, change, given)
        return min(count, 1) if statements.all_of else count

    def _leaves_first(
        self, statements: Statements, keys: Sequence[RowKey]
    ) -> Iterator[list[RowKey]]:
        """Yield the keys so that no row comes after one of them that it refers to."""
        schema = statements.known.schema
        own = [one for one in schema.foreign_keys if one.to_table == schema.table]
        names = dict.fromkeys(
            name
            for part in (schema.key, *((*o.columns, *o.to_columns) for o in own))
            for name in part
        )
        rows = [
            dict(zip(names, row, strict=True))
            for part in _parts(keys, _BATCH, one_by_one=False)
            for row in self._source.rows(
                schema.table, list(names), Match(columns=schema.key, values=tuple(part))
            )
        ]
        referred = [0] * len(rows)
        refers: list[set[int]] = [set() for _ in rows]
        for reference in own:
            found = {_of(row, reference.to_columns): at for at, row in enumerate(rows)}
            for at, row in enumerate(rows):
                to = found.get(_of(row, reference.columns), at)
                if to != at and to not in refers[at]:
                    refers[at].add(to)
                    referred[to] += 1
        level = [at for at, count in enumerate(referred) if not count]
        left = set(range(len(rows)))
        while level:
            yield [_of(rows[at], schema.key) for at in level]
            left.difference_update(level)
            freed = []
            for to in (to for at in level for to in refers[at]):
                referred[to] -= 1
                if not referred[to]:
                    freed.append(to)
            level = freed
        # These refer to each other in a ring; the store says what it thinks of that.
        yield [_of(rows[at], schema.key) for at in sorted(left)]

    def _key(self, statements: Statements, key: RowKey) -> dict[str, Value]:
        known = statements.known
        server = self._source.server
        try:
            return {
                value_name(KEY, at): server.key_value(
                    value, known.columns[name], all_of=statements.all_of
                )
                for at, (name, value) in enumerate(zip(known.schema.key, key, strict=True))
                if value is not None
            }
        except UnsendableError:
            raise self._source.refused(known.schema.table, "value") from None

    def _new(
        self, statements: Statements, columns: Sequence[str], values: Sequence[Value]
    ) -> dict[str, object]:
        known = statements.known
        server = self._source.server
        try:
            return {
                value_name(NEW, at): server.sendable(value, known.columns[name])
                for at, (name, value) in enumerate(zip(columns, values, strict=True))
            }
        except UnsendableError:
            raise self._source.refused(known.schema.table, "value") from None


def _of(row: Mapping[str, Value], columns: Sequence[str]) -> RowKey:
    return tuple(row[name] for name in columns)


def _sets(
    row: tuple[RowKey, Mapping[str, Value]],
) -> tuple[tuple[str, ...], Nulls, tuple[tuple[type, Value], ...]]:
    """Return what a row has in common with those that the same statement changes."""
    key, new = row
    values = tuple((type(value), value) for value in new.values())
    return tuple(new), nulls_of(key), values


def _by_nulls(keys: Sequence[RowKey]) -> Iterator[tuple[Nulls, list[RowKey]]]:
    return ((nulls, list(same)) for nulls, same in groupby(keys, key=nulls_of))


def _parts(keys: Sequence[RowKey], most: int, *, one_by_one: bool) -> Iterator[Sequence[RowKey]]:
    size = 1 if one_by_one else most
    return (keys[at : at + size] for at in range(0, len(keys), size))
