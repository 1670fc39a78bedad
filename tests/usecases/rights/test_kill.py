"""`kill -9` at every step of a deletion: resumed it is whole, done once, and nothing acknowledged
is lost."""

import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tests.servers.databases import Postgresql
from tests.servers.over import move_house
from tests.usecases.rights.rights_house import LIN, STAFF, WANG, RightsHouse
from tests.usecases.rights.test_desk import states_in_log

from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.rights.machine import Stage
from chengnuo.domain.rights.request import RequestId
from chengnuo.law.catalogue import Catalogue

ROOT = Path(__file__).resolve().parents[3]
MOST_STEPS = 120


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue) -> Path:
    """A house with rows of two people, to be copied."""
    folder = tmp_path_factory.mktemp("ready") / "house"
    house = RightsHouse(folder, catalogue)
    house.fill(LIN)
    house.fill(WANG)
    house.close()
    (folder.parent / "law").mkdir()
    return folder


def killed_at(step: int, folder: Path, cache: Path) -> tuple[str, bool]:
    """Let a process run until a step; return what was acknowledged and whether it lived."""
    command = [sys.executable, "-m", "tests.usecases.rights.dying_process"]
    process = subprocess.run(  # noqa: S603  our own module
        [*command, str(folder), str(cache), str(step)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
        timeout=120,
    )
    said = process.stdout.split()
    lived = "done" in said
    assert process.returncode == (0 if lived else -signal.SIGKILL)
    return (said[0] if said else ""), lived


def look_after(step: int, ready: Path, tmp_path: Path, catalogue: Catalogue, url: str = "") -> bool:
    """Kill at a step, resume, and look at everything; return whether it lived.

    With the address of a database the house is moved there first.
    """
    folder = tmp_path / f"house-{step}"
    shutil.copytree(ready, folder)
    if url:
        move_house(folder / "data", url)
    acknowledged, lived = killed_at(step, folder, ready.parent / "law")
    house = RightsHouse(folder, catalogue)
    try:
        mine = house.rights.mine(house.person(LIN))
        if acknowledged:
            assert [line.id for line in mine] == [acknowledged]
        house.work(minutes=30)
        house.work(minutes=30)
        for line in house.rights.mine(house.person(LIN)):
            seen = house.rights.seen(line.id)
            assert seen.stage is Stage.OUTSIDE, (step, seen.stopped)
            assert (house.rows_of(LIN), house.rows_of(WANG)) == (0, 6)
            assert sum(one.deleted for one in seen.results) in {0, 6}
            assert len(seen.tasks) == 2
            for task in seen.tasks:
                seen = house.rights.task_done(task.id, STAFF, "confirmed")
            assert seen.stage is Stage.FULFILLED
            lines = house.room.store.lines(line.id)
            assert states_in_log(house, RequestId(line.id)) == [one.stage for one in lines]
            deletions = [
                record for record in house.opened.log.newest() if record.leaf.kind == Kind.DELETION
            ]
            assert len(deletions) == 1
            assert len(house.opened.payloads.erasures(house.person(LIN))) == 1
    finally:
        house.close()
    shutil.rmtree(folder)
    return lived


@pytest.mark.real
@pytest.mark.parametrize("step", [5, 20, 31, 33, 40])
def test_a_deletion_killed_midway_is_finished_once(
    step: int, ready: Path, tmp_path: Path, catalogue: Catalogue
) -> None:
    look_after(step, ready, tmp_path, catalogue)


@pytest.mark.real
@pytest.mark.parametrize("step", [5, 20, 31, 33, 40])
def test_a_deletion_killed_midway_is_finished_once_in_a_database(
    step: int, ready: Path, tmp_path: Path, catalogue: Catalogue, postgresql_server: Postgresql
) -> None:
    with postgresql_server.database() as name:
        url = postgresql_server.url(name).render_as_string(hide_password=False)
        look_after(step, ready, tmp_path, catalogue, url)


@pytest.mark.slow
@pytest.mark.real
def test_a_deletion_killed_at_every_step_is_finished_once(
    ready: Path, tmp_path: Path, catalogue: Catalogue
) -> None:
    for step in range(1, MOST_STEPS):
        if look_after(step, ready, tmp_path, catalogue):
            assert step > 40
            return
    pytest.fail("it never came to its end")
