"""The SQLite file of the key vault: its transactions, and how nothing stays behind.

What SQLite frees it zeroes (`secure_delete`), and what its log holds is cut away by `truncate_log`.
`synchronous=FULL`: what was acknowledged survives a power cut. One connection, one thread at a
time, and every thread gets its turn. Behind each transaction a seal tells that it was whole, see
`key_vault_log`; only then may the log be moved into the database.
"""

import os
import sqlite3
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from time import monotonic, sleep

from chengnuo.adapters.evidence.key_vault_log import LOG_SUFFIX, fault_of_log
from chengnuo.adapters.evidence.key_vault_schema import (
    APPLICATION_ID,
    COLUMNS,
    DIGEST_BYTES,
    EPOCH_BYTES,
    SCHEMA,
    VERSION,
    KeyDatabaseError,
    KeyRow,
    KeysDamagedError,
    KeyState,
    digest_of,
    either,
    schema_as_made,
    schema_in,
)
from chengnuo.adapters.sql.database import DatabaseUnavailableError
from chengnuo.ports.individuals import PersonKey

Connect = Callable[[Path], sqlite3.Connection]

MOST_ORDINAL = (1 << 63) - 1
_BUSY_S = 10.0
_AGAIN_S = 0.005
_MOST_NAMED = 500
_TYPES = (int, str, bytes, bytes, bytes)
_DAMAGE = frozenset({"SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_ERROR", "sqlite-error"})
"""What SQLite, or Python for text that is none, says of bytes that were changed."""
_SEAL = f"""
    PRAGMA synchronous=NORMAL;
    PRAGMA wal_autocheckpoint=1000;
    PRAGMA user_version={VERSION};
"""
_AS_ALWAYS = "PRAGMA wal_autocheckpoint=0; PRAGMA synchronous=FULL;"


class KeyRows:
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
        bare = self._one("SELECT count(*) FROM sqlite_schema") == 0
        application = self._one("PRAGMA application_id")
        version = self._one("PRAGMA user_version")
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
        start = KeyState(0, 1, 0, b"", bytes(DIGEST_BYTES))
        self.execute(
            "INSERT INTO state VALUES (1, ?, ?, ?, ?, ?, ?)", (*start, digest_of("state", start))
        )
        self.execute(f"PRAGMA application_id={APPLICATION_ID}")
        self.execute(f"PRAGMA user_version={VERSION}")

    def execute(self, statement: str, values: Sequence[object] = ()) -> sqlite3.Cursor:
        """Run one statement."""
        return self._connection.execute(statement, values)

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
        return int(self._one("PRAGMA data_version"))

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

    def state(self) -> KeyState:
        """Return where the vault stands."""
        found = self.execute(
            "SELECT ordinal, wanted, made, known, listed, digest FROM state"
        ).fetchone()
        if found is None or digest_of("state", found[:-1]) != found[-1]:
            raise KeysDamagedError("where it stands is not what was written")
        return KeyState(*found[:-1])

    def set_state(self, state: KeyState) -> None:
        """Say where the vault stands."""
        self.execute(
            "UPDATE state SET ordinal = ?, wanted = ?, made = ?, known = ?, listed = ?, digest = ?",
            (*state, digest_of("state", state)),
        )

    def note_listed(self, digest: bytes) -> None:
        """Take the digest of a row of a list in, or out if it was in."""
        state = self.state()
        self.set_state(state._replace(listed=either(state.listed, digest)))

    def of_persons(self, persons: Sequence[PersonKey]) -> list[KeyRow]:
        """Return the rows there are of some persons."""
        found: list[KeyRow] = []
        for start in range(0, len(persons), _MOST_NAMED):
            some = persons[start : start + _MOST_NAMED]
            marks = ",".join("?" * len(some))
            found += self._rows(f"WHERE person IN ({marks})", some)
        return found

    def of_ordinal(self, ordinal: int) -> KeyRow | None:
        """Return the row of an ordinal, or None."""
        return next(iter(self._rows("WHERE ordinal = ?", (ordinal,))), None)

    def after(self, ordinal: int, limit: int) -> list[KeyRow]:
        """Return the rows that follow an ordinal."""
        return self._rows("WHERE ordinal > ? ORDER BY ordinal LIMIT ?", (ordinal, limit))

    def behind(self, epoch: int, after: int, limit: int, *, to: int = MOST_ORDINAL) -> list[KeyRow]:
        """Return rows of epochs before one, from an ordinal on and up to another."""
        return self._rows(
            "WHERE ordinal > ? AND ordinal <= ? AND epoch < ? ORDER BY ordinal LIMIT ?",
            (after, to, epoch.to_bytes(EPOCH_BYTES, "big"), limit),
        )

    def last_ordinal(self) -> int:
        """Return the highest ordinal that there is, 0 without any."""
        return self._one("SELECT ifnull(max(ordinal), 0) FROM individual")

    def insert(self, rows: Iterable[KeyRow]) -> None:
        """Add rows."""
        self._connection.executemany(
            f"INSERT INTO individual ({COLUMNS}) VALUES (?, ?, ?, ?, ?)",  # noqa: S608 - constants
            map(_values, rows),
        )

    def replace(self, rows: Iterable[KeyRow]) -> None:
        """Put other keys in the place of those of the same ordinals."""
        self._connection.executemany(
            "UPDATE individual SET epoch = ?3, content = ?4, proof = ?5 "
            "WHERE ordinal = ?1 AND person = ?2",
            map(_values, rows),
        )

    def delete(self, ordinal: int) -> None:
        """Take a row away, zeroed first."""
        self.execute("DELETE FROM individual WHERE ordinal = ?", (ordinal,))

    def close(self) -> None:
        """Close the file."""
        with self.lock:
            self._connection.close()

    def _rows(self, where: str, values: Sequence[object]) -> list[KeyRow]:
        query = f"SELECT {COLUMNS} FROM individual {where}"  # noqa: S608 - constants
        found = self.execute(query, values).fetchall()
        if any(tuple(map(type, row)) != _TYPES for row in found):
            raise KeysDamagedError("a row of an individual is not what was written")
        return [
            KeyRow(
                ordinal,
                person,
                int.from_bytes(epoch, "big"),
                content if any(content) else None,
                proof,
            )
            for ordinal, person, epoch, content, proof in found
        ]

    def _one(self, statement: str) -> int:
        (value,) = self.execute(statement).fetchone()
        return int(value)


def _values(row: KeyRow) -> tuple[int, str, bytes, bytes, bytes]:
    epoch = row.epoch.to_bytes(EPOCH_BYTES, "big")
    return row.ordinal, row.person, epoch, row.content or bytes(len(row.proof)), row.proof


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
