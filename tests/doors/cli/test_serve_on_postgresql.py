"""`serve` over PostgreSQL: nothing in the folder but keys, which all hosts share."""

import os
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool
from tests.doors.server_kit import Server
from tests.servers.databases import Postgresql
from tests.waiting import until

from chengnuo.adapters.postgresql.database import PostgresqlDatabase
from chengnuo.adapters.postgresql.lease import Lease
from chengnuo.adapters.sqlite.database import FILE_NAME
from chengnuo.doors.cli.root import run
from chengnuo.wiring.program import Program

pytestmark = pytest.mark.real
SHOP = Path(__file__).parents[3] / "examples" / "shop" / "register"
VARIABLE = "CHENGNUO_DATABASE"


@pytest.fixture
def url(postgresql_server: Postgresql, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    with postgresql_server.database() as name:
        url = postgresql_server.url(name).render_as_string(hide_password=False)
        monkeypatch.setenv(VARIABLE, url)
        yield url


def serving(folder: Path, name: str) -> Server:
    """Serve over the database that the environment names."""
    (folder / "settings.toml").write_text(f'database = "{os.environ[VARIABLE]}"\n', "utf-8")
    words = ("--demo", "--data", "data", "--register", str(SHOP), "--settings", "settings.toml")
    return Server.start(*words, folder=folder, name=name)


def records(address: str) -> int:
    """Return how many records the public checkpoint is signed over."""
    return int(httpx.get(f"{address}/tlog/checkpoint").text.split("\n")[1])


def test_everything_is_in_the_database_and_is_found_again(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert url
    server = serving(tmp_path, "first")
    address = server.address()
    assert httpx.get(f"{address}/centre").status_code == 200
    assert server.stop() == 0
    data = tmp_path / "data"
    assert not (data / FILE_NAME).exists()
    assert not (data / "evidence" / "keys.db").exists()
    assert list((data / "evidence").glob("wal/*.seg")) == []
    again = serving(tmp_path, "again")
    before = records(again.address())
    assert before > 0
    assert again.stop() == 0
    assert run(Program(), ["evidence", "check", "--data", str(data)]) == 0
    said = again.errors.read_text()
    assert "Traceback" not in said
    assert "no other host can follow or take over" in said  # its epoch key is where none is named
    capsys.readouterr()


def test_a_second_with_keys_of_its_own_is_refused(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert url
    (tmp_path / "one").mkdir()
    server = serving(tmp_path / "one", "first")
    server.address()
    other = tmp_path / "other"
    status = run(
        Program(), ["serve", "--demo", "--port", "0", "--data", str(other), "--register", str(SHOP)]
    )
    assert status != 0
    assert "keys-not-copied" in capsys.readouterr().err
    assert not other.exists()
    assert server.stop() == 0


@pytest.mark.parametrize("by", ["default", "master key", "file within"])
def test_a_second_whose_epoch_key_lies_in_its_own_folder_is_refused(
    url: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    by: str,
) -> None:
    one, other, settings = tmp_path / "one", tmp_path / "other", tmp_path / "settings.toml"
    with closing(PostgresqlDatabase(url)) as database:
        lease = Lease(database, holder="one", address="http://one")
        (one / "keys").mkdir(parents=True)
        for name in ("tenant.key", "seal.key", "epoch.key"):
            (one / "keys" / name).touch(mode=0o600)
        (one / "evidence" / "log").mkdir(parents=True)
        (one / "evidence" / "log" / "log.json").touch()
        shutil.copytree(one, other)
        settings.write_text("")
        if by == "master key":
            monkeypatch.setenv("CHENGNUO_EVIDENCE_MASTER_KEY", "ab" * 32)
        elif by == "file within":
            settings.write_text(f'[evidence]\nmaster_key_file = "{other / "k" / "epoch.key"}"\n')
        words = ("serve", "--demo", "--port", "0", "--data", other, "--settings", settings)
        assert run(Program(), [*map(str, words), "--register", str(SHOP)]) != 0
        assert "epoch-key-on-one-host" in capsys.readouterr().err
        lease.close()


@pytest.mark.slow
def test_a_lease_lost_while_the_service_is_put_together_leads_to_a_new_beginning(
    url: str, tmp_path: Path, postgresql_server: Postgresql
) -> None:
    name = url.rpartition("/")[2]
    first = serving(tmp_path, "makes-the-tables")
    first.address()
    assert first.stop() == 0
    fence = "SELECT fence FROM lease"
    before = int(str(value_of(postgresql_server, name, fence)))
    server = serving(tmp_path, "loses")
    until(lambda: value_of(postgresql_server, name, fence) != before, seconds=60)
    assert not server.said.read_text(), "it answers before its lease was lost"
    postgresql_server.execute(
        "UPDATE lease SET fence = fence + 1, holder = 'thief', until = 0", database=name
    )
    address = server.address()
    assert httpx.get(f"{address}/centre").status_code == 200
    assert value_of(postgresql_server, name, fence) == before + 3  # its own, the thief's, its own
    assert server.stop() == 0


def value_of(server: Postgresql, database: str, statement: str) -> object:
    """Return the one value that a statement finds."""
    made = create_engine(
        server.url(database).set(drivername="postgresql+pg8000"), poolclass=NullPool
    )
    try:
        with made.connect() as connection:
            found: object = connection.execute(text(statement)).scalar()
    finally:
        made.dispose()
    return found
