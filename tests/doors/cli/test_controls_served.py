"""A real service runs its controls by itself; what a kill leaves behind is made up at its start."""

import signal
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest
from tests.doors.server_kit import Server
from tests.duties.duty_kit import SAMPLE

from chengnuo.domain.finding.all_controls import ALL_CONTROLS

pytestmark = pytest.mark.service
ARGUMENTS = ("--data", "data", "--register", str(SAMPLE), "--port", "0")


def kept(folder: Path) -> list[tuple[int, str, str]]:
    """Return position, control and outcome of every kept run."""
    query = "SELECT position, control, outcome FROM control_run ORDER BY position"
    with closing(sqlite3.connect(folder / "data" / "chengnuo.db")) as raw:
        return [(int(row[0]), str(row[1]), str(row[2])) for row in raw.execute(query)]


def wait_for(folder: Path, runs: int) -> list[tuple[int, str, str]]:
    until = time.monotonic() + 90
    while len(found := kept(folder)) < runs:
        assert time.monotonic() < until, f"{len(found)} of {runs} runs"
        time.sleep(0.2)
    return found


def test_a_service_runs_every_control_and_a_kill_loses_no_run(tmp_path: Path) -> None:
    server = Server.start(*ARGUMENTS, folder=tmp_path)
    server.address()
    before = wait_for(tmp_path, len(ALL_CONTROLS))
    assert [control for _, control, _ in before] == [one.id for one in ALL_CONTROLS]
    server.stop(signal.SIGKILL)
    with closing(sqlite3.connect(tmp_path / "data" / "chengnuo.db")) as raw:
        for table in ("control_run", "control_newest", "board_status"):
            raw.execute(f"DELETE FROM {table} WHERE position > 30")  # noqa: S608  our own names
        raw.commit()
    again = Server.start(*ARGUMENTS, folder=tmp_path, name="again")
    again.address()
    assert wait_for(tmp_path, len(before))[: len(before)] == before
    assert again.stop() == 0
