"""Bringing a database to the newest schema.

An empty one is made by `migrations/newest.sql`, which says what all migrations together make, so
that a service that starts needs no Alembic, which takes 5 MB of memory. An older one is upgraded.
"""

import re
from functools import cache
from importlib import import_module
from pathlib import Path

from sqlalchemy import Connection

MIGRATIONS = Path(__file__).parent / "migrations"
NEWEST = MIGRATIONS / "newest.sql"
_FILE = re.compile(r"(\d{4})_[a-z0-9_]+\.py")


@cache
def known_revisions() -> frozenset[str]:
    """Return the revisions that this program knows, from first to newest."""
    names = (_FILE.fullmatch(file.name) for file in (MIGRATIONS / "versions").iterdir())
    return frozenset(name[1] for name in names if name is not None)


def newest_revision() -> str:
    """Return the revision that a database is brought to."""
    return max(known_revisions())


def bring_up_to_date(connection: Connection) -> None:
    """Make or upgrade the tables of a database, in the transaction that is open."""
    tables = connection.exec_driver_sql("SELECT name FROM sqlite_master").scalars().all()
    if not tables:
        for statement in NEWEST.read_text("utf-8").split(";\n"):
            if statement.strip():
                connection.exec_driver_sql(statement)
        return
    if revision_of(connection) != newest_revision():
        import_module("chengnuo.adapters.sql.upgrading").upgrade(connection)


def revision_of(connection: Connection) -> str:
    """Return the revision that a database has."""
    found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return str(found or "")
