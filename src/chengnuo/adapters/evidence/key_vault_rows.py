"""The SQLite file of the key vault: its transactions, and how nothing stays behind.

What SQLite frees it zeroes (`secure_delete`), and what its log holds is cut away by `truncate_log`.
`synchronous=FULL`: what was acknowledged survives a power cut. One connection, one thread at a
time, and every thread gets its turn. Behind each transaction a seal tells that it was whole, see
`key_vault_log`; only then may the log be moved into the database.
"""

import os
import sqlite3
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from threading import RLock
from time import monotonic, sleep

from chengnuo.adapters.evidence.key_rows import KeyRows, values_of
from chengnuo.adapters.evidence.key_vault_log import LOG_SUFFIX, fault_of_log
from chengnuo.adapters.evidence.key_vault_schema import (
    APPLICATION_ID,
    COLUMNS,
    SCHEMA,
    VERSION,
    KeyDatabaseError,
    KeyRow,
    KeysDamagedError,
    schema_as_made,
    schema_in,
)
from chengnuo.adapters.sql.database import DatabaseUnavailableError

Connect = Callable[[Path], sqlite3.Connection]

_BUSY_S = 10.0
_MOST_FAULTS = 100
_AGAIN_S = 0.005
_DAMAGE = frozenset({"SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_ERROR", "sqlite-error"})
"""What SQLite, or Python for text that is none, says of bytes that were changed."""
_SEAL = f"""
    PRAGMA synchronous=NORMAL;
    PRAGMA wal_autocheckpoint=1000;
    PRAGMA user_version={VERSION};
"""
_AS_ALWAYS = "PRAGMA wal_autocheckpoint=0; PRAGMA synchronous=FULL;"


class SqliteKeyRows(KeyRows):
    """The file, and the few things done to it."""

    def __init__(self, path: Path, connect: Connect | None = None) -> None:
        """Open a file, making it if it is not there.

        Args:
            path: The file.
            connect: How; a plain connection unless given.

        Raises:
            KeyDatabaseError: The file is something else; nothing was changed.
            DatabaseUnavailableError: It cannot be opened or written.
            KeysDamagedError: SQLite finds it malformed.

        """
        self.lock = RLock()
        self.path = path
        try:
            fault = fault_of_log(path)
        except OSError as error:
            raise DatabaseUnavailableError(error.strerror or "cannot be read") from error
        if fault:
            raise KeysDamagedError(fault, file=path.name + LOG_SUFFIX)
        with _our_errors():
            _make_private(path)
            self._connection = (connect or _connected)(path)
        try:
            with _our_errors():
                self._recognise()
                self._set_up()
        except BaseException:
            self._connection.close()
            raise

    def _recognise(self) -> bool:
        # The tables first: another process makes them and the numbers in one transaction.
        bare = self.number("SELECT count(*) FROM sqlite_schema") == 0
        application = self.number("PRAGMA application_id")
        version = self.number("PRAGMA user_version")
        if bare and application == 0:
            return True
        if application != APPLICATION_ID:
            raise KeyDatabaseError(self.path, "another program wrote it")
        if version != VERSION:
            raise KeyDatabaseError(self.path, f"version {version}; expected {VERSION}")
        if schema_in(self._connection) != schema_as_made():
            raise KeysDamagedError("its tables are not those that were made")
        return False

    def _set_up(self) -> None:
        for pragma in (
            f"busy_timeout={int(_BUSY_S * 1000)}",
            "trusted_schema=OFF",
            "cell_size_check=ON",
            "temp_store=MEMORY",
            "auto_vacuum=NONE",
            "secure_delete=ON",
            "journal_mode=WAL",
            "synchronous=FULL",
            "wal_autocheckpoint=0",
        ):
            self.execute(f"PRAGMA {pragma}").fetchall()

    def is_empty(self) -> bool:
        """Tell whether there are no tables yet."""
        return self._recognise()

    def make_tables(self) -> None:
        """Make the tables of an empty file, within a transaction."""
        for statement in SCHEMA:
            self.execute(statement)
        self.begin_state()
        self.execute(f"PRAGMA application_id={APPLICATION_ID}")
        self.execute(f"PRAGMA user_version={VERSION}")

    def execute(self, statement: str, values: Sequence[object] = ()) -> sqlite3.Cursor:
        """Run one statement."""
        return self._connection.execute(statement, values)

    def insert(self, rows: Iterable[KeyRow]) -> None:
        """See `KeyRows.insert`."""
        added = f"INSERT INTO individual ({COLUMNS}) VALUES (?, ?, ?, ?, ?)"  # noqa: S608 - constants
        self._connection.executemany(added, map(values_of, rows))

    def replace(self, rows: Iterable[KeyRow]) -> None:
        """See `KeyRows.replace`."""
        self._connection.executemany(
            "UPDATE individual SET epoch = ?, content = ?, proof = ? "
            "WHERE ordinal = ? AND person = ?",
            ((*kept, ordinal, person) for ordinal, person, *kept in map(values_of, rows)),
        )

    @contextmanager
    def reading(self) -> Generator[None]:
        """Keep other threads away, and turn SQLite's errors into ours."""
        with self.lock, _our_errors():
            yield

    @contextmanager
    def writing(self) -> Generator[None]:
        """Hold the write lock of the file; commits at the end, or not at all."""
        with self.lock, _our_errors():
            self.execute("BEGIN IMMEDIATE")
            before = self._connection.total_changes
            try:
                yield
                self.execute("COMMIT")
            except BaseException:
                # After some errors SQLite has rolled back by itself.
                if self._connection.in_transaction:
                    self._connection.rollback()
                raise
            if self._connection.total_changes != before:
                self._seal()

    def _seal(self) -> None:
        """Let a seal follow the transaction, and move a long log into the database."""
        try:
            self._connection.executescript(_SEAL)
        finally:
            self._connection.executescript(_AS_ALWAYS)

    @contextmanager
    def snapshot(self) -> Generator[None]:
        """Let everything read within be of one moment, whoever writes meanwhile."""
        with self.reading():
            self.execute("BEGIN")
            try:
                yield
            finally:
                if self._connection.in_transaction:
                    self._connection.rollback()

    def changes_of_others(self) -> int:
        """Return a number that changes whenever another connection has committed."""
        return int(self.number("PRAGMA data_version"))

    def truncate_log(self) -> None:
        """Move the write-ahead log into the database and cut it to nothing.

        SQLite waits for readers and writers by itself, but not for another process that does the
        same: then it is asked again.

        Raises:
            DatabaseUnavailableError: Somebody else reads or writes for too long.

        """
        until = monotonic() + _BUSY_S
        with self.reading():
            while self.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
                if monotonic() > until:
                    raise DatabaseUnavailableError(
                        "its write-ahead log is in use by another process"
                    )
                sleep(_AGAIN_S)

    def faults(self) -> Iterator[str]:
        """See `KeyRows.faults`."""
        with self.snapshot():
            found = self.execute(f"PRAGMA integrity_check({_MOST_FAULTS})").fetchall()
        yield from (f"key database: {text}" for (text,) in found if text != "ok")

    def copy_to(self, path: Path) -> None:
        """Copy the file to one that is not there, as of one moment, whoever writes meanwhile."""
        with self.reading(), closing(sqlite3.connect(path)) as copy:
            self._connection.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")

    def close(self) -> None:
        """Close the file."""
        with self.lock:
            self._connection.close()


def _make_private(path: Path) -> None:
    """Make the file, or take it from others; SQLite gives its log the same mode."""
    try:
        try:
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR | os.O_CLOEXEC, 0o600))
        except FileExistsError:
            if path.stat().st_mode & 0o077:
                path.chmod(0o600)
    except OSError as error:
        raise DatabaseUnavailableError(error.strerror or "cannot be made") from error


def _connected(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=_BUSY_S, isolation_level=None, check_same_thread=False)


@contextmanager
def _our_errors() -> Generator[None]:
    try:
        yield
    except sqlite3.DatabaseError as error:
        name = _name(error)
        if name in _DAMAGE or name.startswith("SQLITE_CORRUPT"):
            raise KeysDamagedError(f"SQLite says {name}") from error
        if isinstance(error, sqlite3.OperationalError):
            raise DatabaseUnavailableError(name) from error
        raise
    except UnicodeDecodeError as error:  # what SQLite says of a damaged schema repeats it
        raise KeysDamagedError("SQLite finds the tables malformed") from error


def _name(error: sqlite3.Error) -> str:
    return str(getattr(error, "sqlite_errorname", "sqlite-error"))
