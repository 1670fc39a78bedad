"""A database of the operator as a store: read page by page, changed in one transaction.

Reading takes no locks: each page is one statement of its own, on a connection that may only read.
Inside `changes` the pages show what the transaction sees. A server's own messages hold values of
rows; none of them is passed on (`sql_connection`).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import date, datetime, time
from decimal import Decimal
from itertools import chain
from uuid import UUID

from sqlalchemy import Connection
from sqlalchemy.engine import Engine
from sqlalchemy.sql import Executable

from chengnuo.adapters.connectors.sql_changes import SqlChanges
from chengnuo.adapters.connectors.sql_connection import SqlConnection
from chengnuo.adapters.connectors.sql_known import KnownSchemas
from chengnuo.adapters.connectors.sql_reflect import KnownTable
from chengnuo.adapters.connectors.sql_server import Server, UnsendableError
from chengnuo.adapters.connectors.sql_statements import (
    AFTER,
    ALSO,
    BEFORE,
    UNTIL,
    Statements,
    nulls_of,
    value_name,
)
from chengnuo.domain.rights.schema import StoreSchema
from chengnuo.domain.rights.values import RowKey, Value, ValueFormError, instant_of
from chengnuo.ports.record_source import (
    MOST_VALUES,
    PAGE,
    Changes,
    Lack,
    Match,
    StoreRefusedError,
    StoreUnavailableError,
)

Parameters = Mapping[str, object]
Row = tuple[Value, ...]

_CARRIED = frozenset(
    {str, int, float, bool, bytes, Decimal, date, time, datetime, UUID, type(None)}
)


class SqlSource:
    """One database. Safe to use from one thread at a time."""

    def __init__(self, store: str, engine: Engine, server: Server, schemas: KnownSchemas) -> None:
        """Take what `opening` made; nothing is connected before it is needed."""
        self._store = store
        self._server = server
        self._schemas = schemas
        self._link = SqlConnection(store, engine, server)
        self._statements: dict[str, Statements] = {}

    @property
    def store(self) -> str:
        """Id of the store in the register."""
        return self._store

    @property
    def lacks(self) -> frozenset[Lack]:
        """Nothing."""
        return frozenset()

    def schema(self, tables: Sequence[str]) -> StoreSchema:
        """Return the schema of these tables and of all that stand by them, as it is now."""
        known = self._link.run(
            lambda connection: self._schemas.read(connection, self._server, tables)
        )
        self._statements.update((one.schema.table, self._of(one)) for one in known)
        return StoreSchema(store=self._store, tables=tuple(one.schema for one in known))

    def rows(
        self, table: str, columns: Sequence[str], match: Match, *, after: RowKey | None = None
    ) -> Sequence[Row]:
        """Return the next page of rows, in the order of the key of the table."""
        if len(match.values) > MOST_VALUES:
            message = f"a match holds at most {MOST_VALUES} tuples"
            raise ValueError(message)
        statements = self.statements(table)
        given = self._wanted(statements, match)
        if given is None:
            return ()
        names = [name for name, _ in match.also]

        def page(after: RowKey | None, told: Sequence[str]) -> list[Row]:
            nulls = None if after is None else nulls_of(after)
            statement = statements.page(told, match.columns, names, nulls)
            return self._page(statements, told, statement, {**given, **self._after(table, after)})

        return self._rows(statements, columns, after, page)

    def distinct(self, table: str, column: str) -> Iterator[Value]:
        """Yield the different values of a column, NULL left out."""
        statements = self.statements(table)
        after: Value = None
        while True:
            first = after is None
            given: dict[str, object] = {} if first else {AFTER: after}
            ends = self._page(statements, [column], statements.boundary(column, first=first), given)
            if not ends:
                return
            last = ends[-1][0]
            if statements.text_of(column):
                variants = statements.variants(column, first=first)
                found = self._page(statements, [column], variants, {**given, UNTIL: last})
                yield from (self._server.exact_value(value) for (value,) in found)
            else:
                yield from (value for (value,) in ends)
            if len(ends) < PAGE:
                return
            after = last

    def older(
        self,
        table: str,
        columns: Sequence[str],
        column: str,
        before: Value,
        *,
        after: RowKey | None = None,
    ) -> Sequence[Row]:
        """Return the next page of rows whose column is less than a value, in the order of the key.

        A text or a number that tells an instant is compared as the instant that it tells.
        """
        statements = self.statements(table)
        about = statements.known.columns[column]
        instant = instant_of(before) if isinstance(before, date) else None
        here = instant is None or self._server.keeps_instants(about.schema)
        given = {BEFORE: self._server.sendable(before, about)} if here else {}

        def page(after: RowKey | None, told: Sequence[str]) -> list[Row]:
            nulls = None if after is None else nulls_of(after)
            statement = statements.older(told, column, nulls, here=here)
            return self._page(statements, told, statement, {**given, **self._after(table, after)})

        if here or instant is None:
            return self._rows(statements, columns, after, page)
        return self._earlier(statements, columns, column, instant, after, page)

    @contextmanager
    def changes(self, *, trial: bool = False) -> Iterator[Changes]:
        """Open one transaction: committed when the block ends, taken back when it raises."""
        committed = False
        try:
            self._link.begin()
            before = self._link.run(self._server.violations) if trial else 0
            yield SqlChanges(self)
            if trial:
                self._link.say(self._server.check_deferred)
                if self._link.run(self._server.violations) > before:
                    raise self.refused("", "foreign key")
            else:
                self._link.say(("COMMIT",))
                committed = True
        finally:
            self._link.end(take_back=not committed)

    def close(self) -> None:
        """Let go of the store."""
        self._link.close()

    # For `SqlChanges`.

    def statements(self, table: str) -> Statements:
        """Return the statements over a table.

        Raises:
            StoreUnavailableError: There is no such table.

        """
        if table not in self._statements:
            self.schema([table])
        if (found := self._statements.get(table)) is None:
            raise StoreUnavailableError(self._store, f"it has no table `{table}`")
        return found

    @property
    def server(self) -> Server:
        """What it is that keeps the database."""
        return self._server

    def change(
        self, table: str, statement: Executable, given: Parameters | Sequence[Parameters]
    ) -> int:
        """Run a change; return how many rows there were."""

        def work(connection: Connection) -> int:
            return connection.execute(statement, given).rowcount

        return self._link.run(work, table, self._register_name)

    def refused(self, table: str, constraint: str) -> StoreRefusedError:
        """Return the error that says so."""
        return StoreRefusedError(self._store, table, constraint)

    def _register_name(self, name: str) -> str:
        known = (one.known for one in self._statements.values())
        return next((one.schema.table for one in known if one.place.name == name), name)

    def _of(self, known: KnownTable) -> Statements:
        return Statements(known, self._server)

    def _wanted(self, statements: Statements, match: Match) -> dict[str, object] | None:
        """Return the values to look for as the columns hold them; None if no row can have any."""
        about = [statements.known.columns[name] for name in match.columns]
        tuples: list[tuple[Value, ...]] = []
        for values in match.values:
            if any(value is None for value in values):
                continue
            with suppress(UnsendableError):
                tuples.append(tuple(map(self._server.sendable, values, about)))
        if not tuples:
            return None
        given = statements.wanted(tuples)
        try:
            for at, (name, value) in enumerate(match.also):
                column = statements.known.columns[name]
                given[value_name(ALSO, at)] = self._server.sendable(value, column)
        except UnsendableError:
            return None
        return None if None in given.values() else given

    def _after(self, table: str, after: RowKey | None) -> dict[str, object]:
        statements = self._statements[table]
        known = statements.known
        return {
            value_name(AFTER, at): self._server.key_value(
                value, known.columns[name], all_of=statements.all_of
            )
            for at, (name, value) in enumerate(zip(known.schema.key, after or (), strict=False))
            if value is not None
        }

    def _page(
        self,
        statements: Statements,
        columns: Sequence[str],
        statement: Executable,
        given: Parameters,
    ) -> list[Row]:
        schema = statements.known.schema

        def work(connection: Connection) -> list[Row]:
            result = connection.execute(statement, given)
            found = self._server.fetched(result)
            result.close()
            return found

        rows = self._link.run(work, schema.table)
        if strange := set(map(type, chain.from_iterable(rows))) - _CARRIED:
            column, kind = next(
                (column, type(value))
                for row in rows
                for column, value in zip(columns, row, strict=True)
                if type(value) in strange
            )
            raise ValueFormError(schema.table, column, kind.__name__)
        return rows

    def _rows(
        self,
        statements: Statements,
        columns: Sequence[str],
        after: RowKey | None,
        page: Callable[[RowKey | None, Sequence[str]], list[Row]],
    ) -> list[Row]:
        """Return a page of rows; of a table without a key, a page of different rows."""
        if not statements.all_of:
            return page(after, columns)
        key = statements.known.schema.key
        places = [key.index(name) for name in columns]
        different: dict[tuple[object, ...], Row] = {}
        while True:
            found = page(after, key)
            for row in found:
                different.setdefault(tuple((type(one), one) for one in row), row)
            if len(found) < PAGE or len(different) >= PAGE:
                return [tuple(row[at] for at in places) for row in different.values()][:PAGE]
            after = found[-1]

    def _earlier(  # noqa: PLR0913, PLR0917  one question
        self,
        statements: Statements,
        columns: Sequence[str],
        column: str,
        instant: datetime,
        after: RowKey | None,
        page: Callable[[RowKey | None, Sequence[str]], list[Row]],
    ) -> list[Row]:
        """Return a page of rows whose column tells an earlier instant, compared here."""
        key = statements.known.schema.key
        width = len(columns)
        kept: list[Row] = []
        while True:
            found = self._rows(statements, [*columns, column, *key], after, page)
            for row in found:
                told = instant_of(row[width])
                if told is not None and told < instant:
                    kept.append(row[:width])
            if len(found) < PAGE or len(kept) >= PAGE:
                return kept[:PAGE]
            after = found[-1][width + 1 :]
