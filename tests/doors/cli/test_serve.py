"""`chengnuo serve` as an operator starts it: a process, a port, a link, a signal."""

import hashlib
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import httpx
import psutil
import pytest
import uvicorn
from tests.doors.server_kit import Server
from tests.doors.service_kit import start

from chengnuo.doors.cli.root import run
from chengnuo.wiring.program import Program

pytestmark = pytest.mark.real

SOUND = Path(__file__).parents[2] / "corpus" / "register" / "sound.yaml"
TOKEN = re.compile(r'name="csrf_token" value="([0-9a-f]{64})"')


def test_it_serves_says_where_and_stops_cleanly_on_sigterm(tmp_path: Path) -> None:
    server = Server.start("--data", "data", folder=tmp_path)
    address = server.address()
    health = httpx.get(f"{address}/healthz").json()
    assert health["status"] == "ok"
    assert health["registerVersion"] == ""
    said = server.said.read_text()
    assert f"承诺 Chengnuo 正在 {address} 提供服务" in said
    began = time.monotonic()
    assert server.stop() == 0
    assert time.monotonic() - began < 5
    assert "Traceback" not in server.errors.read_text()


def test_ctrl_c_stops_it_cleanly_too(tmp_path: Path) -> None:
    server = Server.start("--data", "data", folder=tmp_path)
    server.address()
    assert server.stop(signal.SIGINT) == 0


def test_sighup_loads_the_register_anew_or_leaves_the_old_one(tmp_path: Path) -> None:
    file = tmp_path / "register" / "register.yaml"
    file.parent.mkdir()
    file.write_text(SOUND.read_text("utf-8"), "utf-8")
    server = Server.start("--data", "data", "--register", "register", folder=tmp_path)
    health = f"{server.address()}/healthz"
    first = httpx.get(health).json()["registerVersion"]
    file.write_text(SOUND.read_text("utf-8").replace("keep: P3Y", "keep: P5Y"), "utf-8")
    server.process.send_signal(signal.SIGHUP)
    server.said_in_errors("Loaded register")
    second = httpx.get(health).json()["registerVersion"]
    assert second != first
    file.write_text("not: a register\n", "utf-8")
    server.process.send_signal(signal.SIGHUP)
    server.said_in_errors("The register in force stays.")
    assert httpx.get(health).json()["registerVersion"] == second
    assert "register.yaml:1" in server.errors.read_text()
    assert server.stop() == 0


def test_a_slow_reader_does_not_hold_up_the_end(tmp_path: Path) -> None:
    server = Server.start("--data", "data", folder=tmp_path)
    host, _, port = server.address().removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port))) as idle:
        idle.sendall(b"POST /console/sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n")
        began = time.monotonic()
        assert server.stop() == 0
        assert time.monotonic() - began < 15, "a reader may take 30 s"


def test_the_set_up_link_works_and_is_offered_anew_until_it_is_used(tmp_path: Path) -> None:
    server = Server.start("--data", "data", folder=tmp_path)
    first = server.set_up_link()
    server.stop()
    server = Server.start("--data", "data", folder=tmp_path, name="again")
    second = server.set_up_link()
    assert first.partition("token=")[2] != second.partition("token=")[2]
    token = second.partition("token=")[2]
    with httpx.Client(base_url=server.address()) as client:
        page = client.get(second)
        found = TOKEN.search(page.text)
        assert found is not None
        password = "four quiet lanterns by the river"  # noqa: S105  a test's own
        made = client.post(
            "/console/set-up",
            data={
                "csrf_token": found.group(1),
                "token": token,
                "name": "first.admin",
                "password": password,
                "again": password,
            },
        )
        assert made.headers["location"] == "/console/totp"
    server.stop()
    server = Server.start("--data", "data", folder=tmp_path, name="third")
    server.address()
    assert "set-up" not in server.said.read_text()
    server.stop()


def test_the_next_free_port_is_taken_when_the_usual_one_is_not(tmp_path: Path) -> None:
    one = Server.start("--data", "one", folder=tmp_path, name="one")
    two = Server.start("--data", "two", folder=tmp_path, name="two")
    assert one.address() != two.address()
    assert one.stop() == two.stop() == 0


def test_a_port_that_was_asked_for_and_is_taken_is_an_error(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        server = Server.start("--data", "data", "--port", port, folder=tmp_path)
        assert server.process.wait(90) == 3
    assert port in server.errors.read_text()
    assert not (tmp_path / "data").exists()


def test_a_newer_data_folder_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    start(tmp_path / "data").service.close()
    with closing(sqlite3.connect(tmp_path / "data" / "chengnuo.db")) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
        raw.commit()

    def state() -> dict[str, str]:
        files = (path for path in (tmp_path / "data").rglob("*") if path.is_file())
        return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}

    before = state()
    server = Server.start("--data", "data", folder=tmp_path, name="again")
    assert server.process.wait(90) == 2
    assert "9999" in server.errors.read_text()
    assert "Traceback" not in server.errors.read_text()
    assert state() == before


def test_a_second_service_on_a_data_folder_is_told_who_writes_its_log(tmp_path: Path) -> None:
    one = Server.start("--data", "data", folder=tmp_path, name="one")
    address = one.address()
    two = Server.start("--data", "data", folder=tmp_path, name="two")
    assert two.process.wait(90) == 3
    said = two.errors.read_text()
    assert "log-locked" in said
    assert str(one.process.pid) in said
    assert httpx.get(f"{address}/healthz").status_code == 200
    assert one.stop() == 0


@pytest.mark.parametrize(
    ("toml", "named"),
    [
        ("prot = 9000", "prot"),
        ("port = 'many'", "port"),
        ("port = 99999", "port"),
        ("[oidc]\nissuer = 'https://id.example.com'", "client_id"),
        ("public_url = 'http://privacy.example.com'", "public_url"),
        ("host = '0.0.0.0'", "public_url"),
        ("demo = true\npublic_url = 'https://privacy.example.com'", "demo"),
        ("port = ", "TOML"),
    ],
)
def test_a_wrong_setting_is_named_and_nothing_is_written(
    toml: str,
    named: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """In this process, as nothing is served."""
    for name in [name for name in os.environ if name.startswith("CHENGNUO_")]:
        monkeypatch.delenv(name)
    monkeypatch.setattr(uvicorn.Server, "run", lambda *_, **__: pytest.fail("it serves"))
    settings, data = tmp_path / "settings.toml", tmp_path / "data"
    settings.write_text(toml)
    assert run(Program(), ["serve", "--data", str(data), "--settings", str(settings)]) == 2
    assert named.lower() in capsys.readouterr().err.lower()
    assert not data.exists()


def test_what_counts_people_is_not_imported_before_anybody_is_counted() -> None:
    said = "import sys, chengnuo.wiring.serving; print('numpy' in sys.modules)"
    done = subprocess.run(  # noqa: S603  our own interpreter
        [sys.executable, "-c", said], capture_output=True, text=True, check=True
    )
    assert done.stdout == "False\n"


def test_it_starts_small(tmp_path: Path) -> None:
    server = Server.start("--data", "data", folder=tmp_path)
    address = server.address()
    for path in ("/healthz", "/console/sign-in", "/centre/enter", "/schema"):
        assert httpx.get(f"{address}{path}").status_code == 200
    resident = psutil.Process(server.process.pid).memory_info().rss
    server.stop()
    assert resident < 150_000_000
