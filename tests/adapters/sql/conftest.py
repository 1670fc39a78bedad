"""Every test of the stores runs on each kind of database they may stand on."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from sqlalchemy import delete, select
from tests.adapters.sql.contract_kit import Whole, watching
from tests.servers.databases import Postgresql  # noqa: TC002  pytest reads it

from chengnuo.adapters.postgresql.database import PostgresqlDatabase
from chengnuo.adapters.sql.database import Database
from chengnuo.adapters.sql.schema import METADATA
from chengnuo.adapters.sqlite.database import FILE_NAME, SqliteDatabase

NewDatabase = Callable[[], Database]


def rows(database: Database) -> bytes:
    """Return everything that the tables hold."""
    found: list[bytes] = []
    with database.read() as connection:
        for table in METADATA.sorted_tables:
            for row in connection.execute(select(table)):
                found += [one if isinstance(one, bytes) else str(one).encode() for one in row]
    return b"\0".join(found)


def held(database: Database) -> bytes:
    """Return everything that the tables hold, and what lies in the file if there is one."""
    found = [rows(database)]
    if isinstance(database, SqliteDatabase):
        found += [file.read_bytes() for file in database.path.parent.glob(f"{FILE_NAME}*")]
    return b"\0".join(found)


@pytest.fixture(
    scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.real)]
)
def new_database(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[NewDatabase]:
    """Return what makes a database with empty tables, gone after the tests of the module."""
    with ExitStack() as opened:

        def sqlite() -> Database:
            database = SqliteDatabase(tmp_path_factory.mktemp("database"))
            opened.callback(database.close)
            return database

        def postgresql() -> Database:
            server: Postgresql = request.getfixturevalue("postgresql_server")
            like = request.getfixturevalue("postgresql_tables")
            name = opened.enter_context(server.database(like=like))
            database = PostgresqlDatabase(server.url(name).render_as_string(hide_password=False))
            opened.callback(database.close)
            return database

        yield {"sqlite": sqlite, "postgresql": postgresql}[request.param]


@pytest.fixture(scope="module")
def database(new_database: NewDatabase) -> Database:
    """Return one database for a module whose tests clear it themselves."""
    return new_database()


@pytest.fixture
def whole(database: Database, request: pytest.FixtureRequest) -> Iterator[Whole]:
    """Return what watches the stores whose contract a test is; the tables are empty."""
    with database.write() as connection:
        for table in reversed(METADATA.sorted_tables):
            connection.execute(delete(table))
    with watching(request.function.__name__) as watch:
        yield watch
