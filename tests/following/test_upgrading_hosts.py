"""Two hosts of one database are brought to a program with new tables, in the order of the page."""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from tests.adapters.postgresql.newer_program import add_migration
from tests.docs.markdown import ROOT
from tests.doors.server_kit import Server
from tests.following.hosts import SHOP, Host, start
from tests.servers.databases import Postgresql
from tests.waiting import until

pytestmark = pytest.mark.slow
_WRONG_INPUT, _UNFINISHED = 2, 3


@pytest.fixture
def url(postgresql_server: Postgresql) -> Iterator[str]:
    with postgresql_server.database() as name:
        yield postgresql_server.url(name).render_as_string(hide_password=False)


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    """Return the folder of a newer program: this one, and one migration more."""
    folder = tmp_path / "newer"
    shutil.copytree(ROOT / "src", folder, ignore=shutil.ignore_patterns("__pycache__"))
    add_migration(folder / "chengnuo" / "adapters" / "sql" / "migrations")
    return folder


@contextmanager
def by(program: Path) -> Iterator[None]:
    """Let hosts be started with another program."""
    with pytest.MonkeyPatch.context() as changed:
        before = os.environ.get("PYTHONPATH", "")
        changed.setenv("PYTHONPATH", os.pathsep.join(filter(None, (str(program), before))))
        yield


def again(host: Host, name: str) -> Server:
    """Start what a host runs once more, as its supervisor would."""
    words = ("--demo", "--port", "0", "--data", "data", "--register", str(SHOP))
    return Server.start(*words, "--settings", "settings.toml", folder=host.folder, name=name)


def code_of(server: Server) -> str:
    found = re.findall(r"schema-in-use|data-newer-than-program", server.errors.read_text())
    return str(found[-1]) if found else server.errors.read_text()


def test_followers_wait_and_whoever_is_first_upgrades(
    tmp_path: Path, url: str, newer: Path
) -> None:
    left = start(tmp_path, "left", url)
    right = start(tmp_path, "right", url, like=left)
    assert (left.is_leader(), right.is_follower()) == (True, True)
    assert right.server.stop() == 0
    for number in range(2):  # the supervisor tries again and again
        with by(newer):
            waiting = again(right, f"waiting-{number}")
        assert waiting.process.wait(60) == _UNFINISHED
        assert code_of(waiting) == "schema-in-use"
        assert left.is_leader()
    assert httpx.get(f"{left.address}/centre").status_code == httpx.codes.OK
    assert left.server.stop() == 0
    with by(newer):
        right.server = again(right, "upgraded")
    right.address = right.server.address()
    until(right.is_leader, seconds=30)
    forgotten = again(left, "forgotten")
    assert forgotten.process.wait(60) == _WRONG_INPUT
    assert code_of(forgotten) == "data-newer-than-program"
    with by(newer):
        left.server = again(left, "upgraded")
    left.address = left.server.address()
    until(left.is_follower, seconds=30)
    assert right.server.stop() == 0
    until(left.is_leader, seconds=30)
    assert left.server.stop() == 0
