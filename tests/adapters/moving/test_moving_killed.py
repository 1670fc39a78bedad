"""Killed at each step, a move leaves one side in force at most, and ends whole when run again."""

import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from tests.adapters.evidence.log_kit import published
from tests.adapters.moving.moving_kit import fill, held, make_log, move, shared, written
from tests.servers.databases import Postgresql

from chengnuo.adapters.evidence.moved_mark import DataMovedError
from chengnuo.adapters.evidence.opening import OpenedToWrite, check_everything
from chengnuo.adapters.evidence.place import Place
from chengnuo.adapters.postgresql.database import PostgresqlDatabase
from chengnuo.adapters.postgresql.lease import LeaseHeldError
from chengnuo.adapters.postgresql.making import MoveUnfinishedError
from chengnuo.adapters.sqlite.database import SqliteDatabase

pytestmark = pytest.mark.slow
_ROOT = Path(__file__).resolve().parents[3]
# The step, and before which call of it, or after which where it is negative.
_STEPS = [("records", 1), ("records", -1), ("rows", 1), ("rows", 20), ("rows", -20), ("mark", 1)]
_LAST = [("mark", -1), ("finish", 1), ("finish", -1)]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "data"
    make_log(folder, records=6)
    fill(folder, 6)
    return folder


@pytest.fixture
def url(postgresql_server: Postgresql) -> Iterator[str]:
    with postgresql_server.database() as name:
        yield postgresql_server.url(name).render_as_string(hide_password=False)


def killed(folder: Path, url: str, steps: list[tuple[str, int]]) -> list[int]:
    """Move a folder again and again, killed at one step each, and return how each run ended."""
    command = [sys.executable, "-m", "tests.adapters.moving.moving_process", str(folder)]
    asked = "".join(f"{url} {step} {number}\n" for step, number in steps)
    done = subprocess.run(  # noqa: S603  our own module
        command, cwd=_ROOT, input=asked, capture_output=True, text=True, check=True
    )
    return [int(line) for line in done.stdout.split()]


def test_before_the_mark_the_folder_stays_in_force(made: Path, tmp_path: Path, url: str) -> None:
    place = Place(data=Path(shutil.copytree(made, tmp_path / "data")))
    assert killed(place.data, url, _STEPS) == [-signal.SIGKILL] * len(_STEPS)
    with pytest.raises(MoveUnfinishedError):
        PostgresqlDatabase(url)
    opened = written(place)
    opened.log.append([published(99)])
    opened.close()
    ends_whole(place, url, records=13)


@pytest.mark.parametrize(("step", "number"), _LAST)
def test_after_the_mark_nothing_but_the_move_goes_on(
    made: Path, tmp_path: Path, url: str, step: str, number: int
) -> None:
    place = Place(data=Path(shutil.copytree(made, tmp_path / "data")))
    assert killed(place.data, url, [(step, number)]) == [-signal.SIGKILL]
    with pytest.raises(DataMovedError):
        written(place)
    if (step, number) != _LAST[-1]:
        with pytest.raises(MoveUnfinishedError):
            PostgresqlDatabase(url)
    ends_whole(place, url, records=12)


def ends_whole(place: Place, url: str, *, records: int) -> None:
    with closing(SqliteDatabase(place.data, although_moved=True)) as database:
        rows = held(database)
    moved = move(place, url)
    assert moved.tree is None or moved.tree.size == records
    with shared(url) as there:
        assert held(there.database) == rows
        opened = written_once_free(replace(place, elsewhere=there))
        assert opened.log.status().size == records
        opened.close()
        assert list(check_everything(replace(place, elsewhere=there))) == []


def written_once_free(place: Place) -> OpenedToWrite:
    """Open a log once the lease of the process that was killed has run out."""
    until = time.monotonic() + 30
    while True:
        try:
            return written(place)
        except LeaseHeldError:
            assert time.monotonic() < until
            time.sleep(0.2)
