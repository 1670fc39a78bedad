"""Throwaway PostgreSQL and MariaDB, started once for a process when a test first asks for one."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.servers.databases import Mariadb, Postgresql

from chengnuo.adapters.postgresql.database import PostgresqlDatabase


@pytest.fixture(scope="session")
def postgresql_server(tool: Callable[[str], Path]) -> Iterator[Postgresql]:
    """Return a PostgreSQL of our own."""
    server = Postgresql(tool("postgresql").parent)
    yield server
    server.stop()


@pytest.fixture(scope="session")
def mariadb_server(tool: Callable[[str], Path]) -> Iterator[Mariadb]:
    """Return a MariaDB of our own."""
    tool("mariadb")
    server = Mariadb()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def postgresql_tables(postgresql_server: Postgresql) -> Iterator[str]:
    """Return the name of a database with the tables of the stores, which others are copies of."""
    with postgresql_server.database() as name:
        url = postgresql_server.url(name).render_as_string(hide_password=False)
        PostgresqlDatabase(url).close()
        yield name
