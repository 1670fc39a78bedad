"""The SQLite file of a data folder: opened, brought up to date, read and written.

WAL mode, so that readers never wait; every write takes the write lock at its start, so that two
processes on one folder queue up instead of failing midway. `synchronous=FULL`: what was
acknowledged survives a power cut. A file of a newer schema is refused before anything is
written, down to the journal mode.
"""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, OperationalError

from chengnuo.adapters.evidence.moved_mark import refuse_moved
from chengnuo.adapters.sql.database import (
    Database,
    DatabaseDamagedError,
    DatabaseUnavailableError,
    DataNewerThanProgramError,
)
from chengnuo.adapters.sql.migrating import bring_up_to_date, known_revisions, newest_revision
from chengnuo.adapters.sqlite.kept_before import forget_before, keep_before
from chengnuo.base.errors import IntegrityError, InvalidInputError, UnavailableError

FILE_NAME = "chengnuo.db"
_BUSY_S = 10
_MALFORMED = {"SQLITE_CORRUPT", "SQLITE_NOTADB"}


class NotADataFolderError(InvalidInputError):
    """The path is not a folder, or its database file is something else."""

    code = "not-a-data-folder"

    def __init__(self, folder: Path, what: str) -> None:
        super().__init__(f"`{folder.name}` is not a data folder: {what}")
        self.folder = folder


class SqliteDatabase(Database):
    """One SQLite file, shared by all stores."""

    def __init__(
        self, folder: Path, *, although_moved: bool = False, is_replica: bool = False
    ) -> None:
        """Open the database of a folder, making folder and file if they are not there.

        Args:
            folder: The folder.
            although_moved: Whether it is opened even if it was moved elsewhere.
            is_replica: Whether all of it can be had again, so that the last that was written may
                be lost with the power.

        Raises:
            DataMovedError: It was moved elsewhere; nothing was changed.
            DataNewerThanProgramError: The schema is newer; nothing was changed.
            NotADataFolderError: The path or the file is something else; nothing was changed.
            DatabaseUnavailableError: The folder cannot be written to.

        """
        path = folder / FILE_NAME
        self._although_moved = although_moved
        if not although_moved:
            refuse_moved(folder)
        earlier = _earlier_revision(folder)
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            forget_before(path)
            if earlier and not is_replica:
                keep_before(path, earlier)
        except (OSError, sqlite3.Error) as error:
            what = getattr(error, "strerror", None) or "no copy can be kept before the upgrade"
            raise DatabaseUnavailableError(what) from error
        self.path = path
        super().__init__(_engine(path, "NORMAL" if is_replica else "FULL"))
        with self.write() as connection:
            bring_up_to_date(connection)
        path.chmod(0o600)

    def begin_read(self, connection: Connection) -> None:
        """See `Database.begin_read`."""
        connection.exec_driver_sql("BEGIN")

    def begin_write(self, connection: Connection) -> None:
        """See `Database.begin_write`.

        Raises:
            DataMovedError: It was moved elsewhere since it was opened.

        """
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        if not self._although_moved:
            refuse_moved(self.path.parent)

    def error_of(self, error: DBAPIError | OSError) -> UnavailableError | IntegrityError | None:
        """See `Database.error_of`."""
        name = str(getattr(getattr(error, "orig", None), "sqlite_errorname", "sqlite-error"))
        if isinstance(error, OperationalError):
            return DatabaseUnavailableError(name)
        return DatabaseDamagedError() if name in _MALFORMED else None


def _engine(path: Path, synchronous: str) -> Engine:
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
            f"synchronous={synchronous}",
            "foreign_keys=ON",
            "secure_delete=ON",
            "trusted_schema=OFF",
        ):
            raw.execute(f"PRAGMA {pragma}")

    return engine


def looked_at(path: Path) -> sqlite3.Connection:
    """Return a connection to a SQLite file that leaves no trace: no journal, no lock file."""
    wal = path.with_name(f"{path.name}-wal")
    quiet = not wal.exists() or wal.stat().st_size == 0
    uri = f"{path.absolute().as_uri()}?mode=ro{'&immutable=1' if quiet else ''}"
    return sqlite3.connect(uri, uri=True, timeout=_BUSY_S)


def revisions_in(folder: Path) -> list[str] | None:
    """Return the revisions that the database of a folder says it has; None if there is none.

    Raises:
        NotADataFolderError: The path or the file is something else.

    """
    path = folder / FILE_NAME
    if folder.exists() and not folder.is_dir():
        raise NotADataFolderError(folder, "it is not a folder")
    if not path.exists():
        return None
    try:
        with closing(looked_at(path)) as raw:
            tables = {row[0] for row in raw.execute("SELECT name FROM sqlite_master")}
            if not tables:
                return []
            if "alembic_version" not in tables:
                raise NotADataFolderError(folder, "its database has other tables")
            return [row[0] for row in raw.execute("SELECT version_num FROM alembic_version")]
    except sqlite3.DatabaseError as error:
        raise NotADataFolderError(folder, "its database file is not SQLite") from error


def _earlier_revision(folder: Path) -> str:
    """Return the revision of a database that is to be upgraded; empty if there is none.

    Raises:
        DataNewerThanProgramError: A newer program wrote it.
        NotADataFolderError: The path or the file is something else.

    """
    found = revisions_in(folder) or []
    for revision in found:
        if revision not in known_revisions():
            raise DataNewerThanProgramError(folder.name, revision)
    newest = max(found, default="")
    return newest if newest != newest_revision() else ""
