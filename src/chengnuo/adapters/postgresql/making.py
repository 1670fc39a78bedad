"""Bringing a PostgreSQL database to the newest schema.

An empty one is made by `newest.sql`, which says what the tables of the stores are here: text that
sorts by its bytes and has no length, as in SQLite, and the tables that grow with what people do
cut into parts by the individual. An older one is upgraded by the same migrations as SQLite;
PostgreSQL came with 0019, so that none before is ever run here. As long as a process of an older
program may write, the tables stay as it knows them.
"""

from importlib import import_module
from pathlib import Path

from sqlalchemy import Connection

from chengnuo.adapters.sql.database import DataNewerThanProgramError
from chengnuo.adapters.sql.migrating import known_revisions, newest_revision, revision_of
from chengnuo.base.errors import ConflictError, InvalidInputError

NEWEST = Path(__file__).parent / "newest.sql"
MOVING = "moving"
"""The table that a database has while it is filled from a data folder."""
# Came after the first databases of 0019, and belongs to no revision: SQLite has no such table.
_ADDED = """CREATE TABLE IF NOT EXISTS individual_change (
	person TEXT COLLATE "C" NOT NULL,
	number BIGINT NOT NULL,
	PRIMARY KEY (person),
	UNIQUE (number)
)"""
# FOR UPDATE: a renewal that is under way is waited for.
_LEADER = """SELECT holder, until > extract(epoch FROM clock_timestamp()) * 1000000 AS leads
FROM lease FOR UPDATE"""
_TABLES = "SELECT tablename FROM pg_catalog.pg_tables WHERE schemaname = current_schema()"


class NotOurDatabaseError(InvalidInputError):
    """The database holds tables of something else; it is left as it is."""

    code = "not-our-database"

    def __init__(self, name: str) -> None:
        super().__init__(f"database `{name}` holds other tables; give Chengnuo one of its own")
        self.name = name


class MoveUnfinishedError(ConflictError):
    """The database is being filled from a data folder, or that was broken off."""

    code = "move-unfinished"

    def __init__(self, name: str) -> None:
        super().__init__(
            f"database `{name}` is not filled yet; run `chengnuo data move` again to its end"
        )
        self.name = name


class SchemaInUseError(ConflictError):
    """The tables are older than this program, and another process may write them just now."""

    code = "schema-in-use"

    def __init__(self, revision: str, holder: str) -> None:
        super().__init__(
            f"the tables are of schema `{revision}`, and `{holder}` writes them; this program "
            f"brings them to `{newest_revision()}` once that one has ended"
        )
        self.revision = revision
        self.holder = holder


def tables_in(connection: Connection) -> set[str]:
    """Return the names of the tables there are."""
    return set(connection.exec_driver_sql(_TABLES).scalars())


def make_tables(connection: Connection) -> None:
    """Make the tables of an empty database, in the transaction that is open."""
    for statement in NEWEST.read_text("utf-8").split(";\n"):
        if statement.strip():
            connection.exec_driver_sql(statement)


def revisions_in(connection: Connection) -> list[str] | None:
    """Return the revisions that a database says it has; None if it is empty.

    Raises:
        NotOurDatabaseError: It holds other tables.
        MoveUnfinishedError: It is being filled.

    """
    tables = tables_in(connection)
    if not tables:
        return None
    if MOVING in tables:
        raise MoveUnfinishedError(str(connection.engine.url.database))
    if "alembic_version" not in tables:
        raise NotOurDatabaseError(str(connection.engine.url.database))
    return [revision_of(connection)]


def make_if_empty(connection: Connection) -> bool:
    """Make the tables of an empty database; tell whether those there are, are the newest.

    Raises:
        NotOurDatabaseError: It holds other tables.
        MoveUnfinishedError: It is being filled.
        DataNewerThanProgramError: A newer program made them.

    """
    found = revisions_in(connection)
    if found is None:
        make_tables(connection)
        return True
    for revision in found:
        if revision not in known_revisions():
            raise DataNewerThanProgramError(str(connection.engine.url.database), revision)
    if found != [newest_revision()]:
        return False
    connection.exec_driver_sql(_ADDED)
    return True


def upgrade(connection: Connection) -> None:
    """Bring older tables to the newest schema, in a transaction that holds off all other work.

    Raises:
        SchemaInUseError: Another process may write them; nothing was changed.

    """
    if make_if_empty(connection):
        return  # another was quicker
    found = connection.exec_driver_sql(_LEADER).one_or_none()
    if found is not None and found.leads:
        raise SchemaInUseError(revision_of(connection), str(found.holder))
    import_module("chengnuo.adapters.sql.upgrading").upgrade(connection)
    connection.exec_driver_sql(_ADDED)
