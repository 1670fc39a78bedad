"""`serve` over PostgreSQL: nothing in the folder but keys, which all hosts share."""

import os
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from tests.doors.server_kit import Server
from tests.servers.databases import Postgresql

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
    assert "Traceback" not in again.errors.read_text()
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
