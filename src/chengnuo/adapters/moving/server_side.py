"""The side of the server: a database that is filled, and cannot be served before it is whole.

While it is filled it has a table more, `moving`, which says from which log; whoever would open the
database finds it and is refused. The mover holds the lease, so that of two that run at once one is
told, and one that slept meanwhile can write nothing. Foreign keys are taken away at the beginning
and put back at the end: ranges of one table come before those they point to.
"""

import json
from collections.abc import Iterator, Sequence
from hashlib import sha256
from time import monotonic, sleep

from sqlalchemy import Connection, func, insert, select, update
from sqlalchemy.exc import IntegrityError as TwiceError

from chengnuo.adapters.moving.segment_batches import RawBatch
from chengnuo.adapters.moving.tables import Key, MovedTable, Row, as_text
from chengnuo.adapters.postgresql.copying import copy_in
from chengnuo.adapters.postgresql.database import PostgresqlDatabase
from chengnuo.adapters.postgresql.key_rows import PostgresqlKeyRows
from chengnuo.adapters.postgresql.lease import HELD_S, Lease, LeaseHeldError
from chengnuo.adapters.postgresql.making import MOVING, make_tables, tables_in
from chengnuo.adapters.postgresql.tables import LOG_BATCH, LOG_END
from chengnuo.base.errors import ConflictError
from chengnuo.ports.data_move import MoveDiffersError

_FOREIGN = (
    "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
    "WHERE contype = 'f' AND connamespace = current_schema()::regnamespace AND conparentid = 0 "
    "ORDER BY 1, 2"
)
_COUNTED = (
    "SELECT table_name, column_name FROM information_schema.columns "
    "WHERE table_schema = current_schema() AND column_default LIKE 'nextval(%'"
)
_MOVING = (
    f"CREATE TABLE {MOVING} (origin TEXT NOT NULL, owed TEXT NOT NULL)",
    f"INSERT INTO {MOVING} VALUES (%s, %s)",  # noqa: S608  a constant
    f"SELECT origin, owed FROM {MOVING}",  # noqa: S608  a constant
    f"DROP TABLE {MOVING}",
)
_AT_ONCE = 256
_AGAIN_S = 0.5
_B, _E = LOG_BATCH.c, LOG_END.c


class MoveTargetError(ConflictError):
    """The database that shall be filled is in use, or is filled from another log."""

    code = "move-target"

    def __init__(self, what: str) -> None:
        super().__init__(f"the database cannot be filled from this data folder: {what}")
        self.what = what


class ServerSide:
    """`ToSide`: the tables of the stores, the keys and the log in PostgreSQL."""

    def __init__(self, database: PostgresqlDatabase, origin: str, *, holder: str) -> None:
        """Take the right to fill a database, and make its tables if there are none.

        Args:
            database: Which; looked at as it is.
            origin: Name of the log that is moved.
            holder: A name of this process for people.

        Raises:
            MoveTargetError: It holds something else; nothing was changed.
            NotOurDatabaseError: It holds tables of something else; nothing was changed.
            LeaseHeldError: Another process fills it.

        """
        self._database = database
        self.origin = origin
        self.named = ""
        """Where it is, without an account or a password."""
        self.is_whole = False
        """Whether it is in force already: the move ended before."""
        with database.write() as connection:
            self._begin(connection)
        self._lease = None if self.is_whole else _lease(database, holder)
        if not self.is_whole:
            keys = PostgresqlKeyRows(database)
            with keys.writing():
                if keys.is_empty():
                    keys.make_tables()

    def _begin(self, connection: Connection) -> None:
        url = connection.engine.url
        self.named = f"postgresql://{url.host}:{url.port or 5432}/{url.database}"
        tables = tables_in(connection)
        if not tables:
            make_tables(connection)
            connection.execute(insert(LOG_END).values(id=1, origin=self.origin, size=0))
            owed = [list(row) for row in connection.exec_driver_sql(_FOREIGN)]
            for table, name, _ in owed:
                connection.exec_driver_sql(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
            connection.exec_driver_sql(_MOVING[0])
            connection.exec_driver_sql(_MOVING[1], (self.origin, json.dumps(owed)))
        elif MOVING in tables:
            if connection.exec_driver_sql(_MOVING[2]).one()[0] != self.origin:
                raise MoveTargetError("it is being filled from another log")
        elif LOG_END.name not in tables:
            raise MoveTargetError("it holds other tables")
        elif connection.execute(select(_E.origin)).scalar() != self.origin:
            raise MoveTargetError("it is in use")
        else:
            self.is_whole = True

    def digest(self, table: MovedTable, low: Key | None, high: Key | None) -> bytes:
        """See `ToSide.digest`."""
        with self._database.read() as connection:
            _turn_to(connection, table)
            return sha256(as_text(_rows(connection, table, low, high))).digest()

    def replace(
        self, table: MovedTable, low: Key | None, high: Key | None, rows: list[Row]
    ) -> bool:
        """See `ToSide.replace`.

        Raises:
            MoveDiffersError: What was read back is not what was written.

        """
        try:
            with self._database.write() as connection:
                _turn_to(connection, table)
                _clear(connection, table, low, high)
                copy_in(connection, f'"{table.name}"', table.columns, rows)
                if _rows(connection, table, low, high) != rows:
                    raise MoveDiffersError(table.named)
        except TwiceError:
            with self._database.write() as connection:
                _turn_to(connection, table)
                _clear(connection, table, low, high)
            return False
        return True

    def size(self) -> int:
        """Return how many records of the log are there."""
        with self._database.read() as connection:
            return int(connection.execute(select(_E.size)).scalar_one())

    def add(self, batches: Sequence[RawBatch]) -> None:
        """Add batches to the end of the log, in one transaction."""
        last = batches[-1]
        with self._database.write() as connection:
            columns = (_B.first.name, _B.records.name, _B.fence.name, _B.data.name)
            rows = ((one.first, one.records, 0, one.data) for one in batches)
            copy_in(connection, LOG_BATCH.name, columns, rows)
            ends = update(LOG_END).where(_E.size == batches[0].first)
            moved = connection.execute(ends.values(size=last.first + last.records))
            if moved.rowcount != 1:
                raise MoveDiffersError(LOG_END.name)

    def batches(self, start: int, stop: int) -> Iterator[RawBatch]:
        """Yield the batches from one position up to another."""
        at = start
        while at < stop:
            query = select(_B.first, _B.records, _B.data).where(_B.first >= at, _B.first < stop)
            with self._database.read() as connection:
                found = connection.execute(query.order_by(_B.first).limit(_AT_ONCE)).all()
            if not found:
                return
            for row in found:
                yield RawBatch(row.first, row.records, row.data)
            at = found[-1].first + found[-1].records

    def finish(self) -> None:
        """Put back what was owed, and let the database be served."""
        with self._database.patient() as connection:
            for table, column in connection.exec_driver_sql(_COUNTED).all():
                _count_on(connection, table, column)
            owed = json.loads(connection.exec_driver_sql(_MOVING[2]).one()[1])
            for table, name, definition in owed:
                connection.exec_driver_sql(
                    f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}"
                )
            connection.exec_driver_sql(_MOVING[3])

    def close(self) -> None:
        """Let another fill it, or serve it."""
        if self._lease is not None:
            self._lease.close()


def _lease(database: PostgresqlDatabase, holder: str) -> Lease:
    """Take the lease; one that a process which was killed has left runs out by itself."""
    until = monotonic() + HELD_S + _AGAIN_S
    while True:
        try:
            return Lease(database, holder=holder, address="")
        except LeaseHeldError:
            if monotonic() > until:
                raise
            sleep(_AGAIN_S)


def _turn_to(connection: Connection, table: MovedTable) -> None:
    if table.schema:
        connection.exec_driver_sql(f"SET LOCAL search_path TO {table.schema}")


def _rows(
    connection: Connection, table: MovedTable, low: Key | None, high: Key | None
) -> list[Row]:
    statement, values = table.selection(low, high)
    found = connection.exec_driver_sql(statement.replace("?", "%s"), tuple(values))
    return [*map(tuple, found.all())]


def _clear(connection: Connection, table: MovedTable, low: Key | None, high: Key | None) -> None:
    clause, values = table.between(low, high)
    statement = f'DELETE FROM "{table.name}"{clause}'  # noqa: S608  names of tables
    connection.exec_driver_sql(statement.replace("?", "%s"), tuple(values))


def _count_on(connection: Connection, table: str, column: str) -> None:
    """Let the numbers that the database gives go on after the highest there is."""
    found = connection.exec_driver_sql(f'SELECT max("{column}") FROM {table}').scalar()  # noqa: S608  names of tables
    if found is not None:
        sequence = func.pg_get_serial_sequence(table, column)
        connection.execute(select(func.setval(sequence, found)))
