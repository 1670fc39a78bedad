"""Looking into a database: all its tables, rows from all over them, never a lock or a change.

The connection may only read, and a statement that takes too long is ended (`sql_server`). Of long
texts only the beginning is fetched.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from random import Random
from typing import Any, Final

from sqlalchemy import Connection, Select, bindparam, func, inspect, select

from chengnuo.adapters.connectors.sql import opened_database
from chengnuo.adapters.connectors.sql_connection import SqlConnection
from chengnuo.adapters.connectors.sql_reflect import KnownTable, reflect
from chengnuo.adapters.connectors.sql_server import Expression
from chengnuo.adapters.connectors.sql_statements import (
    AFTER,
    Nulls,
    Statements,
    nulls_of,
    value_name,
)
from chengnuo.domain.register.store import Store
from chengnuo.domain.rights.schema import ValueType
from chengnuo.domain.rights.values import RowKey, Value
from chengnuo.ports.record_source import StoreUnavailableError
from chengnuo.ports.store_look import MOST_CHARS, PAGE_ROWS, LookedTable

SPOTS: Final = 20
"""From how many places of a table rows are taken."""
_FARTHEST: Final = 1_000_000
"""How far into a table without a number for a key places are chosen: a server counts up to them."""
_FROM: Final = "cn_from"
_TEXTS: Final = frozenset({ValueType.TEXT, ValueType.JSON, ValueType.OTHER})

_Row = tuple[Value, ...]


class _Looking(Statements):
    """Statements that look at any rows of a table."""

    def all(self, columns: Sequence[str], after: Nulls | None) -> Select[Any]:
        """Return the rows after a key, the values of the key behind the others."""
        key = self.known.schema.key
        page = self._paged(columns, (), after)
        return page.with_only_columns(
            *map(self._begun, columns), *(self._columns[name] for name in key)
        ).limit(PAGE_ROWS)

    def from_number(self, columns: Sequence[str], most: int) -> Select[Any]:
        """Return rows from a number on that is the key."""
        (key,) = self.known.schema.key
        return (
            select(*map(self._begun, columns), self._columns[key])
            .select_from(self._table)
            .where(self._columns[key] >= bindparam(_FROM))
            .order_by(self._columns[key])
            .limit(most)
        )

    def skipping(self, columns: Sequence[str], skip: int, most: int) -> Select[Any]:
        """Return rows after so many; in the order of the key if there is one."""
        page = select(*map(self._begun, columns)).select_from(self._table)
        if not self.all_of:
            page = page.order_by(*self._order())
        return page.offset(skip).limit(most)

    def count(self) -> Select[Any]:
        """Return how many rows there are."""
        return select(func.count()).select_from(self._table)

    def ends(self, column: str) -> Select[Any]:
        """Return the least and the greatest value of a column."""
        value = self._columns[column]
        return select(func.min(value), func.max(value)).select_from(self._table)

    def _begun(self, name: str) -> Expression:
        column = self.known.columns[name].schema
        if column.type in _TEXTS and (column.length is None or column.length > MOST_CHARS):
            return func.substr(self._columns[name], 1, MOST_CHARS)
        return self._columns[name]


class SqlLook:
    """`StoreLook` over a database."""

    def __init__(self, store: Store, address: str) -> None:
        """Take where the database is; it is connected when it is first asked.

        Raises:
            StoreUnavailableError: The address is none, or the driver is not here.

        """
        engine, server = opened_database(store, address)
        self._store = str(store.store)
        self._declared = [table.table for table in store.tables]
        self._server = server
        self._link = SqlConnection(self._store, engine, server)
        self._statements: dict[str, _Looking] = {}

    def tables(self) -> Sequence[LookedTable]:
        """See `StoreLook.tables`; views are not among them."""

        def work(connection: Connection) -> tuple[KnownTable, ...]:
            look = inspect(connection)
            home = look.default_schema_name
            there = self._server.schemas(look.get_schema_names())
            others = [one for one in there if one != home and self._server.all_schemas]
            names = [
                *self._declared,
                *look.get_table_names(),
                *(f"{one}.{name}" for one in others for name in look.get_table_names(schema=one)),
            ]
            return reflect(connection, self._server, list(dict.fromkeys(names)))

        known = self._link.run(work)
        self._statements = {one.schema.table: _Looking(one, self._server) for one in known}
        return [LookedTable(schema=one.schema) for one in known]

    def rows(self, table: str) -> int | None:
        """See `StoreLook.rows`."""
        found = self._unless_too_long(table, self._of(table).count())
        return None if found is None else int(str(found[0]))

    def pages(
        self, table: str, columns: Sequence[str], most: int | None
    ) -> Iterator[Sequence[_Row]]:
        """See `StoreLook.pages`."""
        there = None if most is None else self.rows(table)
        if most is None or (there is not None and there <= most):
            yield from self._all(table, columns, most)
        elif self._is_numbered(table):
            yield from self._at_numbers(table, columns, most)
        else:
            yield from self._at_places(table, columns, most, there)

    def oldest(self, table: str, column: str) -> Value:
        """See `StoreLook.oldest`."""
        found = self._unless_too_long(table, self._of(table).ends(column))
        return None if found is None else found[0]

    def close(self) -> None:
        """See `StoreLook.close`."""
        self._link.close()

    def _of(self, table: str) -> _Looking:
        if table not in self._statements:
            self.tables()
        if (found := self._statements.get(table)) is None:
            raise StoreUnavailableError(self._store, f"it has no table `{table}`")
        return found

    def _fetched(
        self, table: str, statement: Select[Any], given: dict[str, object] | None = None
    ) -> list[_Row]:
        def work(connection: Connection) -> list[_Row]:
            result = connection.execute(statement, given or {})
            found = self._server.fetched(result)
            result.close()
            return found

        return self._link.run(work, table)

    def _unless_too_long(self, table: str, statement: Select[Any]) -> _Row | None:
        with suppress(StoreUnavailableError):
            return tuple(self._fetched(table, statement)[0])
        # Either it took too long, or the table cannot be read: then one row cannot be, either.
        self._fetched(table, self._of(table).skipping((), 0, 1))
        return None

    def _all(
        self, table: str, columns: Sequence[str], most: int | None
    ) -> Iterator[Sequence[_Row]]:
        statements = self._of(table)
        if statements.all_of and most is not None:
            yield self._fetched(table, statements.skipping(columns, 0, most))
            return
        width = len(columns)
        after: RowKey | None = None
        while True:
            nulls = None if after is None else nulls_of(after)
            found = self._fetched(
                table, statements.all(columns, nulls), self._after(statements, after)
            )
            if found:
                yield [row[:width] for row in found]
            if len(found) < PAGE_ROWS:
                return
            after = tuple(found[-1][width:])

    def _after(self, statements: _Looking, after: RowKey | None) -> dict[str, object]:
        known = statements.known
        return {
            value_name(AFTER, at): self._server.key_value(
                value, known.columns[name], all_of=statements.all_of
            )
            for at, (name, value) in enumerate(zip(known.schema.key, after or (), strict=False))
            if value is not None
        }

    def _is_numbered(self, table: str) -> bool:
        schema = self._of(table).known.schema
        types = [schema.by_name[name].type for name in schema.key]
        return types == [ValueType.INTEGER]

    def _at_numbers(
        self, table: str, columns: Sequence[str], most: int
    ) -> Iterator[Sequence[_Row]]:
        statements = self._of(table)
        (key,) = statements.known.schema.key
        ends = self._unless_too_long(table, statements.ends(key))
        if ends is None or not isinstance(ends[0], int) or not isinstance(ends[1], int):
            yield from self._at_places(table, columns, most, None)
            return
        statement = statements.from_number(columns, -(-most // SPOTS))
        last, left = ends[0] - 1, most
        for at in self._random(table, ends[0], ends[1] + 1):
            found = self._fetched(table, statement, {_FROM: max(at, last + 1)})[:left]
            if not found:
                continue
            last, left = int(str(found[-1][-1])), left - len(found)
            yield [row[:-1] for row in found]

    def _at_places(
        self, table: str, columns: Sequence[str], most: int, there: int | None
    ) -> Iterator[Sequence[_Row]]:
        size = -(-most // SPOTS)
        if there is None or self._of(table).all_of:  # without an order places are no places
            yield self._fetched(table, self._of(table).skipping(columns, 0, most))
            return
        next_free = 0
        for at in self._random(table, 0, max(1, min(there, _FARTHEST) - most)):
            skip = max(at, next_free)
            found = self._fetched(table, self._of(table).skipping(columns, skip, size))
            next_free = skip + size
            if found:
                yield found

    def _random(self, table: str, first: int, end: int) -> list[int]:
        # The same places each time, so that two looks at the same rows tell the same.
        draw: Callable[[int, int], int] = Random(f"{self._store}.{table}").randrange  # noqa: S311  no secret
        return sorted(draw(first, end) for _ in range(SPOTS))
