"""`chengnuo data move` beside a service that runs: it says when to stop it, and goes on there."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import httpx
import pytest
from tests.doors.server_kit import Server
from tests.servers.databases import Postgresql
from tests.waiting import until

from chengnuo.doors.cli.root import run
from chengnuo.wiring.program import Program

SHOP = Path(__file__).parents[3] / "examples" / "shop" / "register"
VARIABLE = "CHENGNUO_DATABASE"


@pytest.fixture
def url(postgresql_server: Postgresql) -> Iterator[str]:
    with postgresql_server.database() as name:
        yield postgresql_server.url(name).render_as_string(hide_password=False)


def records(address: str) -> int:
    return int(httpx.get(f"{address}/tlog/checkpoint").text.split("\n")[1])


@pytest.mark.real
def test_a_service_moves_with_a_short_stop(
    url: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "data"
    words = ("--demo", "--data", "data", "--register", str(SHOP))
    server = Server.start(*words, folder=tmp_path, name="before")
    address = server.address()
    assert httpx.get(f"{address}/centre").status_code == 200
    said = ""
    ended: list[int] = []
    command = ["--lang", "en", "data", "move", f"sqlite:{data}", url, "--json"]
    moving = Thread(target=lambda: ended.append(run(Program(), command)))
    moving.start()

    def is_ready() -> bool:
        nonlocal said
        said += capfd.readouterr().err
        return "stop the service now" in said

    until(is_ready, seconds=60)
    size = records(address)
    assert str(server.process.pid) in said
    assert server.stop() == 0
    moving.join(60)
    assert ended == [0]
    tree = json.loads(capfd.readouterr().out)
    assert tree["log"]["size"] >= size
    assert {"account", "use_record", "chengnuo_keys.individual"} <= {
        one["name"] for one in tree["tables"]
    }
    assert os.fspath(tmp_path) not in said
    assert url not in json.dumps(tree) + said
    assert run(Program(), ["serve", "--port", "0", *words[:1], "--data", str(data)]) != 0
    assert "data-moved" in capfd.readouterr().err
    assert run(Program(), ["doctor", "--data", str(data), "--json"]) == 1
    assert "data-moved" in capfd.readouterr().out
    (tmp_path / "settings.toml").write_text(f'database = "{url}"\n', "utf-8")
    after = Server.start(*words, "--settings", "settings.toml", folder=tmp_path, name="after")
    assert records(after.address()) >= tree["log"]["size"]
    assert after.stop() == 0
    assert typed(url, "evidence", "check", "--data", str(data)).returncode == 0
    again = typed(url, "data", "move", f"sqlite:{data}")
    assert again.returncode == 0, again.stderr
    assert "早已迁移" in again.stdout


def typed(url: str, *words: str) -> subprocess.CompletedProcess[str]:
    """Type a command in a shell that has the address of the database."""
    return subprocess.run(  # noqa: S603  our own program
        [sys.executable, "-m", "chengnuo", *words],
        env={**os.environ, VARIABLE: url},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("given", "code"),
    [
        pytest.param(["postgresql://h/one", "postgresql://h/two"], "move-source", id="back"),
        pytest.param(["sqlite:"], "move-source", id="no folder"),
        pytest.param(["sqlite:data"], "not-a-database-url", id="no database"),
        pytest.param(["sqlite:data", "mysql://h/name"], "not-a-database-url", id="another kind"),
        pytest.param(["sqlite:data", "postgresql://h/name"], "no-evidence-log", id="no log"),
    ],
)
def test_a_wrong_place_is_refused_before_anything_is_made(
    given: list[str],
    code: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(Program(), ["data", "move", *given]) == 2
    assert code in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
