"""The connection to a database of the operator, and what its errors come to.

A server's own messages hold values of rows. None is passed on, and none is kept as cause or
context of an error of ours: it is raised after the other one was left behind.
"""

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import TypeVar

from sqlalchemy import Connection
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from chengnuo.adapters.connectors.sql_server import Refused, Server, Unreadable
from chengnuo.base.errors import ChengnuoError
from chengnuo.domain.rights.values import ValueFormError
from chengnuo.ports.record_source import StoreRefusedError, StoreUnavailableError

T = TypeVar("T")
_OF_STATEMENTS = (DBAPIError, sqlite3.Error)
"""What a statement fails with; SQLite's own error is not wrapped while rows are fetched."""
_BROKEN = (SQLAlchemyError, sqlite3.Error, OSError, EOFError)
"""What a driver raises, at the end of a connection too; not all of them wrap that."""


class SqlConnection:
    """One connection, made when it is first needed and made anew after it was lost."""

    def __init__(self, store: str, engine: Engine, server: Server) -> None:
        self.store = store
        self.server = server
        self._engine = engine
        self._connection: Connection | None = None
        self._transaction = False

    def run(
        self,
        work: Callable[[Connection], T],
        table: str = "",
        name_of: Callable[[str], str] = str,
    ) -> T:
        """Return what work on the connection returns; no error of the driver leaves it.

        Args:
            work: What to do.
            table: Table that it is done to, as the register names it.
            name_of: Tells how the register names a table of the server.

        Raises:
            StoreUnavailableError: The store does not answer; a transaction that was open is over.
            StoreRefusedError: A constraint stands against it.
            ValueFormError: A row holds what the driver cannot read.

        """
        try:
            connection = self._connected()
            self.server.starting()
            return work(connection)
        except _BROKEN as error:
            told, is_over = self._told(error, table, name_of)
        if is_over:  # after the error was left behind: letting go may be logged, with its context
            self.drop()
        raise told

    def begin(self) -> None:
        """Begin a transaction that may change rows."""
        self.say(self.server.begin)
        self._transaction = True

    def say(self, texts: Sequence[str]) -> None:
        """Run statements that return nothing."""
        for one in texts:
            self.run(partial(_say, text=one))

    def end(self, *, take_back: bool) -> None:
        """End the transaction; what goes wrong here is the connection, which takes it back too."""
        self._transaction = False
        if self._connection is None:
            return
        is_over = True
        with suppress(*_BROKEN):
            for one in ("ROLLBACK",) * take_back + self.server.afterwards:
                self._connection.exec_driver_sql(one)
            is_over = False
        if is_over:
            self.drop()

    def drop(self) -> None:
        """Let go of the connection."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(*_BROKEN):
                connection.invalidate()
            with suppress(*_BROKEN):
                connection.close()

    def close(self) -> None:
        """Let go of the connection for good."""
        self.drop()
        self._engine.dispose()

    def _connected(self) -> Connection:
        if self._connection is None:
            if self._transaction:
                raise StoreUnavailableError(self.store, "the connection was lost")
            connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            self._connection = connection
            self.server.prepare(connection)
        return self._connection

    def _told(
        self, error: BaseException, table: str, name_of: Callable[[str], str]
    ) -> tuple[ChengnuoError, bool]:
        """Return an error of ours, and whether the connection is over."""
        orig = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
        said = self.server.said(orig)
        if isinstance(said, Refused):
            named = table if said.table is None else name_of(said.table)
            return StoreRefusedError(self.store, named, said.constraint), False
        if isinstance(said, Unreadable):
            return ValueFormError(table, said.column, said.found), False
        invalidated = isinstance(error, DBAPIError) and error.connection_invalidated
        is_over = said.ends or invalidated or not isinstance(error, _OF_STATEMENTS)
        return StoreUnavailableError(self.store, said.what), is_over


def _say(connection: Connection, text: str) -> None:
    connection.exec_driver_sql(text)
