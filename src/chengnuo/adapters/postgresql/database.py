"""A PostgreSQL database in the place of the file of a data folder.

A read is a `REPEATABLE READ, READ ONLY` transaction. A write takes the advisory lock of its work
first and then sees, statement by statement, what is committed: so it is alone, as with SQLite, and
what it read stays so. `synchronous_commit` is on: what was acknowledged survives a power cut, as
far as the server's own settings (`fsync`) go.
"""

import ssl
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from enum import IntEnum
from typing import Any, Self

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    ExceptionContext,
    create_engine,
    event,
    func,
    select,
)
from sqlalchemy.dialects.postgresql import Insert, insert
from sqlalchemy.engine.interfaces import DBAPIConnection, Dialect
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.pool import ConnectionPoolEntry

from chengnuo.adapters.postgresql.address import QUERY, is_verified, url_of
from chengnuo.adapters.postgresql.connecting import ANSWER_S, arguments_of, connected
from chengnuo.adapters.postgresql.copying import copy_through, without_zeros
from chengnuo.adapters.postgresql.fence import Fence
from chengnuo.adapters.postgresql.making import make_if_empty, upgrade
from chengnuo.adapters.postgresql.said import ServerSaidError
from chengnuo.adapters.postgresql.tables import INDIVIDUAL_CHANGE
from chengnuo.adapters.sql.database import Database, DatabaseDamagedError, DatabaseUnavailableError
from chengnuo.adapters.sql.migrating import newest_revision
from chengnuo.base.errors import IntegrityError as DamageError
from chengnuo.base.errors import UnavailableError

_LOCK_S = 10
_IDLE_S = 5
"""How long a transaction may stand idle: a process that sleeps within one holds up nobody long."""
_COPIED_FROM = 64
"""From how many rows on a COPY and a table of its own cost less than a statement for each row."""
_SETTINGS = (
    f"SET lock_timeout = '{_LOCK_S}s'",
    f"SET statement_timeout = '{ANSWER_S}s'",
    f"SET idle_in_transaction_session_timeout = '{_IDLE_S}s'",
    "SET synchronous_commit = on",
    "SET TimeZone = 'UTC'",
    # What is asked here is short; of tables never analysed the planner thinks it is not.
    "SET jit = off",
    # What is read under the write lock must be what is committed by then, whatever the default is.
    "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL READ COMMITTED",
)
# For what is done to whole tables: an index over many rows takes its time.
_PATIENT = (
    "SET statement_timeout = 0",
    "SET idle_in_transaction_session_timeout = '60s'",
)
# The class of an SQLSTATE (PostgreSQL, appendix A), and what it is to whoever waits.
_TROUBLE = {
    "08": "the connection was lost",
    "25": "it takes no changes now",
    "28": "it refuses the account of the connection",
    "3D": "there is no such database",
    "40": "other work stood against it",
    "53": "it has no room or no connection left",
    "55": "a lock was held for too long",
    "57": "it is shutting down, or a statement took too long",
    "58": "its disk does not answer",
}
CHANNEL = "chengnuo_log"
"""Whoever follows listens on it; what they read is the rows, never the call."""
_CONSTRAINT = "23"
_ENDS = ("08", "57P")
_DAMAGED = "XX00"


class Work(IntEnum):
    """What is written side by side; within each one at a time. The number names the lock."""

    STORES = 0x63686E01
    LOG = 0x63686E02
    KEYS = 0x63686E03


def hold_off(connection: Connection, *works: Work) -> None:
    """Let nobody else do some work until the end of the transaction."""
    for work in sorted(works):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({work.value})")


class PostgresqlDatabase(Database):
    """One database of a PostgreSQL server, shared by all stores."""

    def __init__(self, url: str, *, as_it_is: bool = False) -> None:
        """Connect, and make or upgrade the tables.

        Args:
            url: `postgresql://ACCOUNT:PASSWORD@HOST:PORT/NAME`, with `?sslmode=verify-full` and
                `sslrootcert=FILE` as libpq takes them.
            as_it_is: Whether it is only looked at; nothing is made, or asked of it yet.

        Raises:
            NotADatabaseUrlError: It is something else.
            DataNewerThanProgramError: The schema is newer; nothing was changed.
            NotOurDatabaseError: It holds other tables; nothing was changed.
            MoveUnfinishedError: It is being filled from a data folder.
            SchemaInUseError: The schema is older, and another process may write it.
            DatabaseUnavailableError: It does not answer.

        """
        self._url = url_of(url)
        self._pools: dict[str, Engine] = {}
        super().__init__(_engine(self._url))
        self.fence = Fence()
        self._work = Work.STORES
        if not as_it_is:
            try:
                self._bring_up_to_date()
            except BaseException:
                self.close()
                raise
            self.fence.revision = newest_revision()

    def _bring_up_to_date(self) -> None:
        with self.write() as connection:
            if make_if_empty(connection):
                return
        with self.patient() as connection:  # who waits for the locks sees the new schema then
            upgrade(connection)

    @property
    def is_verified(self) -> bool:
        """Whether the server has to prove who it is, or is on this machine."""
        return is_verified(self._url)

    def beside(self, work: Work) -> Self:
        """Return the same database for other work, which need not wait for that of this one."""
        other = copy(self)
        other._work = work  # noqa: SLF001  of its own kind
        return other

    def unfenced(self) -> Self:
        """Return the same database for taking a lease, whatever lease was held before."""
        other = copy(self)
        other.fence = Fence(revision=self.fence.revision)
        return other

    def in_schema(self, work: Work, schema: str) -> Self:
        """Return the same database for other work, which names the tables of a schema first.

        It has connections of its own: none has to be turned to the schema and back each time.
        """
        other = self.beside(work)
        if schema not in self._pools:
            first = (
                f"set_config('search_path', '{schema}, ' || current_setting('search_path'), false)"
            )
            self._pools[schema] = _engine(self._url, f"SELECT {first}", size=1, more=4)
        other._engine = self._pools[schema]  # noqa: SLF001  of its own kind
        return other

    def close(self) -> None:
        """Close all connections, those that are in use once they come back."""
        for engine in (self._engine, *self._pools.values()):
            event.listen(engine, "checkin", _close_at_once)
            engine.dispose()

    @contextmanager
    def alone(self) -> Generator[Connection]:
        """Yield a connection that nobody else gets afterwards, without a transaction.

        Raises:
            DatabaseUnavailableError: The database does not answer.

        """
        with self._our_errors(), self._engine.connect() as connection:
            try:
                yield connection.execution_options(isolation_level="AUTOCOMMIT")
            finally:
                if not connection.invalidated:
                    connection.detach()

    @contextmanager
    def patient(self) -> Generator[Connection]:
        """Yield a connection that holds off all work, for what may take long with many rows.

        Raises:
            LeaseLostError: It writes under a lease that another has taken over.
            SchemaChangedError: A process of a newer program has changed the tables.
            DatabaseUnavailableError: The database does not answer.

        """
        engine = _engine(self._url, *_PATIENT, size=1, more=0, answer_s=None)
        try:
            with self._our_errors(), engine.begin() as connection:
                hold_off(connection, *Work)
                self.fence.hold(connection)
                yield connection
        finally:
            engine.dispose()

    @contextmanager
    def glance(self) -> Generator[Connection]:
        """Yield a connection for statements that stand each by itself, without a transaction.

        Raises:
            DatabaseUnavailableError: The database does not answer.

        """
        with self._our_errors(), self._engine.connect() as connection:
            # The driver is told, and not the engine, which would ask the server two things more.
            raw: Any = connection.connection.driver_connection
            raw.autocommit = True
            try:
                yield connection
            finally:
                raw.autocommit = False

    def begin_read(self, connection: Connection) -> None:
        """See `Database.begin_read`."""
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")

    def begin_write(self, connection: Connection) -> None:
        """See `Database.begin_write`.

        Raises:
            LeaseLostError: It writes under a lease that another has taken over.
            SchemaChangedError: A process of a newer program has changed the tables.

        """
        hold_off(connection, self._work)
        self.fence.hold(connection)

    def note_said(self, connection: Connection, person: str) -> None:
        """See `Database.note_said`; numbered under the write lock, so in the order of commits."""
        table = INDIVIDUAL_CHANGE
        newest = select(func.coalesce(func.max(table.c.number), 0) + 1).scalar_subquery()
        noted = insert(table).values(person=person, number=newest)
        connection.execute(
            noted.on_conflict_do_update(
                index_elements=[table.c.person], set_={"number": noted.excluded.number}
            )
        )
        connection.execute(select(func.pg_notify(CHANNEL, "")))

    def put_many(
        self, connection: Connection, statement: Insert, rows: Sequence[Mapping[str, object]]
    ) -> None:
        """See `Database.put_many`; from some rows on by COPY into a table of the transaction."""
        if len(rows) < _COPIED_FROM:
            super().put_many(connection, statement, rows)
        else:
            copy_through(connection, statement, rows)

    def error_of(self, error: DBAPIError | OSError) -> UnavailableError | DamageError | None:
        """See `Database.error_of`."""
        state = "" if isinstance(error, OSError) else _state(error.orig)
        if state.startswith(_DAMAGED):
            return DatabaseDamagedError()
        if state:
            what = _TROUBLE.get(state[:2])
            return None if what is None else DatabaseUnavailableError(what)
        if isinstance(error, ssl.SSLError):
            return DatabaseUnavailableError(
                "what it shows of itself over TLS is not what it should"
            )
        return DatabaseUnavailableError("it does not answer")


def _state(error: BaseException | None) -> str:
    """Return the SQLSTATE that the server told; empty if it was not the server who spoke."""
    if isinstance(error, ServerSaidError):
        return error.state
    said = error.args[0] if error is not None and error.args else None
    return str(said.get("C", "")) if isinstance(said, dict) else ""


def _close_at_once(_: object, entry: ConnectionPoolEntry) -> None:
    entry.invalidate()


def _engine(
    url: URL,
    *settings: str,
    size: int = 8,
    more: int = 32,
    answer_s: float | None = ANSWER_S,
) -> Engine:
    engine = create_engine(
        url.difference_update_query(QUERY),
        connect_args=arguments_of(url),
        pool_size=size,
        max_overflow=more,
        hide_parameters=True,
    )

    @event.listens_for(engine, "do_connect")
    def _connect(
        dialect: Dialect, _: object, given: list[Any], named: dict[str, Any]
    ) -> DBAPIConnection:
        return connected(dialect, given, named, answer_s)

    @event.listens_for(engine, "connect")
    def _connected(raw: Any, _: object) -> None:  # noqa: ANN401  the driver's own connection
        cursor = raw.cursor()
        for setting in (*_SETTINGS, *settings):
            cursor.execute(setting)
        raw.commit()
        raw.register_out_adapter(str, without_zeros)

    @event.listens_for(engine, "handle_error")
    def _without_values(context: ExceptionContext) -> None:
        """Let nothing of a message through but its state: the server repeats values of rows."""
        error = context.original_exception
        state = _state(error)
        if not state or state.startswith(_ENDS):  # it was not the server who spoke, or it leaves
            context.is_disconnect = True
        else:
            kind = IntegrityError if state.startswith(_CONSTRAINT) else DBAPIError
            raise kind(context.statement, None, ServerSaidError(state)) from None

    return engine
