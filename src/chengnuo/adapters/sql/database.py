"""A database that the stores share: read in one snapshot, written by one at a time.

What the stores rely on is said here and kept by each kind of database in its own way: a read sees
one moment of everything; a write holds the one write lock from its start to its end, so that what
it read stays so; it is durable when it returns, or nothing of it is there.
"""

from abc import ABC, abstractmethod
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager

from sqlalchemy import Connection, Engine
from sqlalchemy.dialects.postgresql import Insert
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionError

from chengnuo.adapters.sql.migrating import known_revisions
from chengnuo.base.errors import IntegrityError, InvalidInputError, UnavailableError


class DataNewerThanProgramError(InvalidInputError):
    """The database was written by a newer program; it is left as it is."""

    code = "data-newer-than-program"

    def __init__(self, place: str, revision: str) -> None:
        super().__init__(
            f"data folder `{place}` has schema `{revision}`, which this program does not "
            f"know; expected at most `{max(known_revisions())}`: upgrade the program"
        )
        self.place = place
        self.revision = revision


class DatabaseUnavailableError(UnavailableError):
    """The database does not take the work now: locked for too long, disk full, read-only, away."""

    code = "database-unavailable"

    def __init__(self, what: str) -> None:
        super().__init__(f"the database cannot be used now: {what}")
        self.what = what


class DatabaseDamagedError(IntegrityError):
    """The database finds its own files malformed."""

    code = "database-damaged"

    def __init__(self) -> None:
        super().__init__("the database file is malformed; restore it from a backup")


class Database(ABC):
    """One database, shared by all stores and by threads."""

    def __init__(self, engine: Engine) -> None:
        """Take over an engine whose tables are up to date, or are about to be brought there."""
        self._engine = engine

    @contextmanager
    def read(self) -> Generator[Connection]:
        """Yield a connection in a read transaction: one snapshot of everything.

        Raises:
            DatabaseUnavailableError: The database does not take the work now.
            DatabaseDamagedError: Its files are malformed.

        """
        with self._our_errors(), self._engine.begin() as connection:
            self.begin_read(connection)
            yield connection

    @contextmanager
    def write(self) -> Generator[Connection]:
        """Yield a connection that holds the write lock; commits at the end, or not at all.

        Raises:
            DatabaseUnavailableError: The database does not take the work now.
            DatabaseDamagedError: Its files are malformed.

        """
        with self._our_errors(), self._engine.begin() as connection:
            self.begin_write(connection)
            yield connection

    @abstractmethod
    def begin_read(self, connection: Connection) -> None:
        """Begin a transaction that sees one snapshot and changes nothing."""

    @abstractmethod
    def begin_write(self, connection: Connection) -> None:
        """Begin a transaction that holds the write lock."""

    @abstractmethod
    def error_of(self, error: DBAPIError | OSError) -> UnavailableError | IntegrityError | None:
        """Return what an error of the driver or the connection is to us; None for our own fault."""

    def note_said(self, connection: Connection, person: str) -> None:  # noqa: B027  most have nothing to note
        """Note that something was said of somebody that is in no log, in the transaction at hand.

        Only a database that other processes follow has anything to note.
        """

    def put_many(
        self, connection: Connection, statement: Insert, rows: Sequence[Mapping[str, object]]
    ) -> None:
        """Run an insert, with what it says of conflicts, for each of many rows.

        Args:
            connection: Of the write that is open.
            statement: The insert, without values.
            rows: Each with a value for the same columns; no two of one key.

        """
        if rows:
            connection.execute(statement, [*rows])

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    @contextmanager
    def _our_errors(self) -> Iterator[None]:
        try:
            yield
        except NoConnectionError as error:
            raise DatabaseUnavailableError("all its connections are in use") from error
        except (DBAPIError, OSError) as error:
            ours = self.error_of(error)
            if ours is None:
                raise
            raise ours from error
