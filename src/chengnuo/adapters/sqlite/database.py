"""The SQLite file of a data folder: opened, brought up to date, read and written.

WAL mode, so that readers never wait; every write takes the write lock at its start, so that two
processes on one folder queue up instead of failing midway. `synchronous=FULL`: what was
acknowledged survives a power cut. A file of a newer schema is refused before anything is
written, down to the journal mode.
"""

import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError, OperationalError

from chengnuo.adapters.sqlite.migrating import bring_up_to_date, known_revisions
from chengnuo.base.errors import IntegrityError, InvalidInputError, UnavailableError

FILE_NAME = "chengnuo.db"
_BUSY_S = 10
_APPLICATION_ID = 0x63686E67  # "chng"


class DataNewerThanProgramError(InvalidInputError):
    """The data folder was written by a newer program; it is left as it is."""

    code = "data-newer-than-program"

    def __init__(self, folder: Path, revision: str) -> None:
        super().__init__(
            f"data folder `{folder.name}` has schema `{revision}`, which this program does not "
            f"know; expected at most `{max(known_revisions())}`: upgrade the program"
        )
        self.folder = folder
        self.revision = revision


class NotADataFolderError(InvalidInputError):
    """The path is not a folder, or its database file is something else."""

    code = "not-a-data-folder"

    def __init__(self, folder: Path, what: str) -> None:
        super().__init__(f"`{folder.name}` is not a data folder: {what}")
        self.folder = folder


class DatabaseUnavailableError(UnavailableError):
    """The database does not take the work now: locked for too long, disk full, read-only."""

    code = "database-unavailable"

    def __init__(self, what: str) -> None:
        super().__init__(f"the database cannot be used now: {what}")
        self.what = what


class DatabaseDamagedError(IntegrityError):
    """SQLite finds the file malformed."""

    code = "database-damaged"

    def __init__(self) -> None:
        super().__init__("the database file is malformed; restore it from a backup")


class Database:
    """One SQLite file, shared by all stores."""

    def __init__(self, folder: Path) -> None:
        """Open the database of a folder, making folder and file if they are not there.

        Raises:
            DataNewerThanProgramError: The schema is newer; nothing was changed.
            NotADataFolderError: The path or the file is something else; nothing was changed.
            DatabaseUnavailableError: The folder cannot be written to.

        """
        path = folder / FILE_NAME
        _refuse_what_is_not_ours(folder, path)
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise DatabaseUnavailableError(error.strerror or "folder") from error
        self.path = path
        self._engine = _engine(path)
        with self.write() as connection:
            bring_up_to_date(connection)
        path.chmod(0o600)

    @contextmanager
    def read(self) -> Generator[Connection]:
        """Yield a connection in a read transaction: one snapshot of everything.

        Raises:
            DatabaseUnavailableError: SQLite does not take the work now.
            DatabaseDamagedError: The file is malformed.

        """
        with _our_errors(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def write(self) -> Generator[Connection]:
        """Yield a connection that holds the write lock; commits at the end, or not at all.

        Raises:
            DatabaseUnavailableError: SQLite does not take the work now.
            DatabaseDamagedError: The file is malformed.

        """
        with _our_errors(), self._engine.connect() as plain:
            connection = plain.execution_options(chengnuo_writes=True)
            with connection.begin():
                yield connection

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()


@contextmanager
def _our_errors() -> Generator[None]:
    try:
        yield
    except OperationalError as error:
        raise DatabaseUnavailableError(_sqlite_name(error)) from error
    except DatabaseError as error:
        if _sqlite_name(error) in {"SQLITE_CORRUPT", "SQLITE_NOTADB"}:
            raise DatabaseDamagedError from error
        raise


def _sqlite_name(error: DatabaseError) -> str:
    return str(getattr(error.orig, "sqlite_errorname", "sqlite-error"))


def _engine(path: Path) -> Engine:
    engine = create_engine(
        f"sqlite:///{path}",
        connect_args={"timeout": _BUSY_S, "check_same_thread": False},
        pool_size=8,
        max_overflow=32,
        hide_parameters=True,
    )

    @event.listens_for(engine, "connect")
    def _connected(raw: Any, _: object) -> None:  # noqa: ANN401  the driver's own connection
        raw.isolation_level = None
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "secure_delete=ON",
            "trusted_schema=OFF",
        ):
            raw.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("chengnuo_writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _refuse_what_is_not_ours(folder: Path, path: Path) -> None:
    """Look at what is there without leaving a trace: no journal, no lock file."""
    if folder.exists() and not folder.is_dir():
        raise NotADataFolderError(folder, "it is not a folder")
    if not path.exists():
        return
    wal = path.with_name(FILE_NAME + "-wal")
    quiet = not wal.exists() or wal.stat().st_size == 0
    uri = f"{path.absolute().as_uri()}?mode=ro{'&immutable=1' if quiet else ''}"
    try:
        with closing(sqlite3.connect(uri, uri=True, timeout=_BUSY_S)) as raw:
            tables = {row[0] for row in raw.execute("SELECT name FROM sqlite_master")}
            if not tables:
                return
            if "alembic_version" not in tables:
                raise NotADataFolderError(folder, "its database has other tables")
            revisions = [row[0] for row in raw.execute("SELECT version_num FROM alembic_version")]
    except sqlite3.DatabaseError as error:
        raise NotADataFolderError(folder, "its database file is not SQLite") from error
    for revision in revisions:
        if revision not in known_revisions():
            raise DataNewerThanProgramError(folder, revision)
