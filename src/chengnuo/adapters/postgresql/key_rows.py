"""The rows of the key vault in PostgreSQL, in a schema of their own.

PostgreSQL keeps old versions of rows until it sweeps them, and its write-ahead log and backups
keep them for longer: nothing here takes a destroyed key's wrapped bytes away at once. What makes
them useless is the change of the epoch key that ends every erasure, so the holder of the epoch key
must be elsewhere than this database and its backups.

Transactions that only look are short; the rows that a statement found are fetched at once.
"""

from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from threading import RLock
from typing import Any, NamedTuple

from sqlalchemy import Connection

from chengnuo.adapters.evidence.key_rows import KeyRows, values_of
from chengnuo.adapters.evidence.key_vault_schema import COLUMNS, SCHEMA, KeyRow, KeysDamagedError
from chengnuo.adapters.postgresql.copying import copy_in
from chengnuo.adapters.postgresql.database import PostgresqlDatabase, Work

SCHEMA_NAME = "chengnuo_keys"
_COLUMNS = (
    "SELECT table_name, column_name, data_type FROM information_schema.columns "
    "WHERE table_schema = ?"
)
_SPOKEN = (("BLOB", "BYTEA"), ("INTEGER", "BIGINT"), ("TEXT", 'TEXT COLLATE "C"'))
_REPLACED = """UPDATE individual
    SET epoch = given.epoch, content = given.content, proof = given.proof
    FROM unnest(?::bigint[], ?::text[], ?::bytea[], ?::bytea[], ?::bytea[])
        AS given (ordinal, person, epoch, content, proof)
    WHERE individual.ordinal = given.ordinal AND individual.person = given.person"""
_NUMBER_OF_CHANGES = "CREATE TABLE changes (number BIGINT NOT NULL)"


class _Rows(NamedTuple):
    """What a statement found; `Found`."""

    rowcount: int
    left: list[Any]

    def fetchone(self) -> Any:  # noqa: ANN401  a row, or None
        return self.left.pop(0) if self.left else None

    def fetchall(self) -> list[Any]:
        found = [*self.left]
        self.left.clear()
        return found


class PostgresqlKeyRows(KeyRows):
    """`KeyRows` over a database that the stores may share."""

    def __init__(self, database: PostgresqlDatabase) -> None:
        """Use a database; nothing is made before `make_tables`."""
        self.lock = RLock()
        self._database = database.in_schema(Work.KEYS, SCHEMA_NAME)
        self._connection: Connection | None = None
        self._changed = 0  # by this process

    def is_empty(self) -> bool:
        """See `KeyRows.is_empty`."""
        found = {tuple(row) for row in self.execute(_COLUMNS, (SCHEMA_NAME,)).fetchall()}
        if found and found != _columns_as_made():
            raise KeysDamagedError("its tables are not those that were made", file=SCHEMA_NAME)
        return not found

    def make_tables(self) -> None:
        """See `KeyRows.make_tables`."""
        self.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA_NAME}")
        for statement in (*map(_spoken, SCHEMA), _NUMBER_OF_CHANGES):
            self.execute(statement)
        self.execute("INSERT INTO changes VALUES (0)")
        self.begin_state()

    def execute(self, statement: str, values: Sequence[object] = ()) -> _Rows:
        """See `KeyRows.execute`."""
        if self._connection is not None:
            return _run(self._connection, statement, values)
        with self._database.glance() as connection:
            return _run(connection, statement, values)

    def insert(self, rows: Iterable[KeyRow]) -> None:
        """See `KeyRows.insert`; one COPY, however many there are."""
        given = [values_of(row) for row in rows]
        if given:
            copy_in(self._open(), "individual", COLUMNS.split(", "), given)

    def replace(self, rows: Iterable[KeyRow]) -> None:
        """See `KeyRows.replace`; one statement, however many there are."""
        columns = [list(one) for one in zip(*map(values_of, rows), strict=True)]
        if columns:
            self.execute(_REPLACED, columns)

    def _open(self) -> Connection:
        """Return the connection of the transaction that is open."""
        if self._connection is None:
            raise RuntimeError
        return self._connection

    @contextmanager
    def reading(self) -> Generator[None]:
        """See `KeyRows.reading`."""
        with self.lock:
            yield

    @contextmanager
    def writing(self) -> Generator[None]:
        """See `KeyRows.writing`."""
        with self.lock:
            with self._database.write() as connection:
                self._connection = connection
                try:
                    yield
                    self.execute("UPDATE changes SET number = number + 1")
                finally:
                    self._connection = None
            self._changed += 1

    @contextmanager
    def snapshot(self) -> Generator[None]:
        """See `KeyRows.snapshot`."""
        with self.lock, self._database.read() as connection:
            self._connection = connection
            try:
                yield
            finally:
                self._connection = None

    def changes_of_others(self) -> int:
        """See `KeyRows.changes_of_others`; under a lease there are no others."""
        if self._database.fence.number is not None:
            return 0
        return self.number("SELECT number FROM changes") - self._changed

    def truncate_log(self) -> None:
        """Do nothing: see above."""

    def faults(self) -> Iterator[str]:
        """Yield nothing: every row carries what tells that it was changed."""
        yield from ()

    def close(self) -> None:
        """Do nothing: the database is its owner's to close."""


def _run(connection: Connection, statement: str, values: Sequence[object]) -> _Rows:
    found = connection.exec_driver_sql(statement.replace("?", "%s"), tuple(values))
    rows = [tuple(row) for row in found.fetchall()] if found.returns_rows else []
    return _Rows(found.rowcount, rows)


def _spoken(statement: str) -> str:
    """Return a statement that makes a table as PostgreSQL takes it."""
    for theirs, ours in _SPOKEN:
        statement = statement.replace(theirs, ours)
    return statement.replace(" WITHOUT ROWID", "")


def _columns_as_made() -> set[tuple[str, str, str]]:
    """Return table, column and type of what `make_tables` makes."""
    types = {"BLOB": "bytea", "INTEGER": "bigint", "TEXT": "text"}
    found = {("changes", "number", "bigint")}
    for statement in SCHEMA:
        head, _, body = statement.partition("(")
        for line in body.splitlines():
            name, kind, *_ = [*line.strip().rstrip(",)").split(), "", ""]
            if kind in types:
                found.add((head.split()[-1], name, types[kind]))
    return found
