"""Bringing a PostgreSQL database to the newest schema.

An empty one is made by `newest.sql`, which says what the tables of the stores are here: text that
sorts by its bytes and has no length, as in SQLite, and the tables that grow with what people do
cut into parts by the individual. An older one is upgraded by the same migrations as SQLite;
PostgreSQL came with 0019, so that none before is ever run here.
"""

from importlib import import_module
from pathlib import Path

from sqlalchemy import Connection

from chengnuo.adapters.sql.database import DataNewerThanProgramError
from chengnuo.adapters.sql.migrating import known_revisions, newest_revision, revision_of
from chengnuo.base.errors import InvalidInputError

NEWEST = Path(__file__).parent / "newest.sql"
_TABLES = "SELECT tablename FROM pg_catalog.pg_tables WHERE schemaname = current_schema()"


class NotOurDatabaseError(InvalidInputError):
    """The database holds tables of something else; it is left as it is."""

    code = "not-our-database"

    def __init__(self, name: str) -> None:
        super().__init__(f"database `{name}` holds other tables; give Chengnuo one of its own")
        self.name = name


def revisions_in(connection: Connection) -> list[str] | None:
    """Return the revisions that a database says it has; None if it is empty.

    Raises:
        NotOurDatabaseError: It holds other tables.

    """
    tables = set(connection.exec_driver_sql(_TABLES).scalars())
    if not tables:
        return None
    if "alembic_version" not in tables:
        raise NotOurDatabaseError(str(connection.engine.url.database))
    return [revision_of(connection)]


def bring_up_to_date(connection: Connection) -> None:
    """Make or upgrade the tables of a database, in the transaction that is open.

    Raises:
        NotOurDatabaseError: It holds other tables.
        DataNewerThanProgramError: A newer program made them.

    """
    found = revisions_in(connection)
    if found is None:
        for statement in NEWEST.read_text("utf-8").split(";\n"):
            if statement.strip():
                connection.exec_driver_sql(statement)
        return
    for revision in found:
        if revision not in known_revisions():
            raise DataNewerThanProgramError(str(connection.engine.url.database), revision)
    if found != [newest_revision()]:
        import_module("chengnuo.adapters.sql.upgrading").upgrade(connection)
