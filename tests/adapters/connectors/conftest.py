"""The stands that the contract of connectors is run over.

A connector joins with one fixture that returns its stand and one line in `STANDS`. Servers are
started once for a process (`tests/plugins/servers.py`). A folder whose files are the rows has no
columns to choose, so the tables of the suite cannot be laid out in it: see `test_files.py`.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.adapters.connectors.contract import Stand
from tests.adapters.connectors.files_kit import LaidFolder
from tests.adapters.connectors.redis_kit import redis_server
from tests.adapters.connectors.sql_stands import MariadbStand, PostgresqlStand, SqliteStand
from tests.adapters.connectors.untyped_stands import (
    BucketStand,
    CsvFile,
    FilesStand,
    JsonLinesFile,
    ParquetFile,
    RedisStand,
)
from tests.servers.databases import Mariadb, Postgresql

from chengnuo.ports.record_source import RecordSource

STANDS = {
    "sqlite": (),
    "postgresql": (pytest.mark.real,),
    "mariadb": (pytest.mark.real,),
    "redis": (pytest.mark.real, pytest.mark.needs("redis-server")),
    "csv": (),
    "jsonl": (),
    "parquet": (),
    "bucket": (pytest.mark.real,),
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


@pytest.fixture(scope="session")
def redis_address() -> Iterator[str]:
    with redis_server() as address:
        yield address


@pytest.fixture
def redis_stand(redis_address: str) -> Iterator[RedisStand]:
    found = RedisStand(redis_address)
    yield found
    found.client.close()


@pytest.fixture
def csv_stand(tmp_path: Path) -> FilesStand:
    return FilesStand(LaidFolder(tmp_path / "files"), CsvFile())


@pytest.fixture
def jsonl_stand(tmp_path: Path) -> FilesStand:
    return FilesStand(LaidFolder(tmp_path / "files"), JsonLinesFile())


@pytest.fixture
def parquet_stand(tmp_path: Path) -> FilesStand:
    return FilesStand(LaidFolder(tmp_path / "files"), ParquetFile())


@pytest.fixture
def bucket_stand(monkeypatch: pytest.MonkeyPatch) -> Iterator[BucketStand]:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "sample")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "sample")
    found = BucketStand(JsonLinesFile())
    yield found
    found.server.stop()


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
