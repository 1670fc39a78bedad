"""Throwaway PostgreSQL and MariaDB, started once for a process when a test first asks for one."""

import shutil
from collections.abc import Iterator

import pytest
from tests.servers.databases import Mariadb, Postgresql, postgresql_programs


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[Postgresql]:
    """Return a PostgreSQL of our own."""
    if (programs := postgresql_programs()) is None:
        pytest.skip("PostgreSQL is not installed (Debian package postgresql)")
    server = Postgresql(programs)
    yield server
    server.stop()


@pytest.fixture(scope="session")
def mariadb_server() -> Iterator[Mariadb]:
    """Return a MariaDB of our own."""
    if shutil.which("mariadb-install-db") is None:
        pytest.skip("MariaDB is not installed (Debian package mariadb-server)")
    server = Mariadb()
    yield server
    server.stop()
