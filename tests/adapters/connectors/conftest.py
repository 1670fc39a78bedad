"""The stands that the contract of connectors is run over.

A connector joins with one fixture that returns its stand and one line in `STANDS`. Servers are
started once for a process (`tests/plugins/servers.py`).
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.adapters.connectors.contract import Stand
from tests.adapters.connectors.sql_stands import MariadbStand, PostgresqlStand, SqliteStand
from tests.servers.databases import Mariadb, Postgresql

from chengnuo.ports.record_source import RecordSource

STANDS = {
    "sqlite": (),
    "postgresql": (pytest.mark.real,),
    "mariadb": (pytest.mark.real,),
}
"""By name of the fixture `NAME_stand`, the marks of its tests."""


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "lacks(*what, raises, reason): fails over stores that lack")


@pytest.fixture
def sqlite_stand(tmp_path: Path) -> SqliteStand:
    return SqliteStand(tmp_path)


@pytest.fixture
def postgresql_stand(postgresql_server: Postgresql) -> Iterator[PostgresqlStand]:
    with postgresql_server.database() as name:
        yield PostgresqlStand(postgresql_server, name)


@pytest.fixture
def mariadb_stand(mariadb_server: Mariadb) -> Iterator[MariadbStand]:
    with mariadb_server.database() as name:
        yield MariadbStand(mariadb_server, name)


@pytest.fixture(params=[pytest.param(name, marks=marks) for name, marks in STANDS.items()])
def stand(request: pytest.FixtureRequest) -> Stand:
    """Return a store of each kind in turn; what it lacks is a strict expected failure."""
    found: Stand = request.getfixturevalue(f"{request.param}_stand")
    for mark in request.node.iter_markers("lacks"):
        if found.lacks & set(mark.args):
            request.applymarker(
                pytest.mark.xfail(
                    strict=True, raises=mark.kwargs["raises"], reason=mark.kwargs["reason"]
                )
            )
    return found


@pytest.fixture
def source(stand: Stand) -> Iterator[RecordSource]:
    opened = stand.open()
    yield opened
    opened.close()
