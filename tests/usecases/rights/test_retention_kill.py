"""`kill -9` at every step of what goes because its time is over: it is recorded once, of nobody."""

import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tests.servers.databases import Postgresql
from tests.servers.over import move_house
from tests.usecases.rights.rights_house import LIN, REVIEWER, WANG, RightsHouse
from tests.usecases.rights.test_retention import ANONYMISED, OLD, places, write

from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.rights.machine import Stage
from chengnuo.law.catalogue import Catalogue

pytestmark = pytest.mark.real
ROOT = Path(__file__).resolve().parents[3]
MOST_STEPS = 80
STEPS = (25, 26, 27)
"""Before the record of the deletion, right after it, and before the request is closed."""


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue) -> Path:
    """A house with a request that is released and not carried out, to be copied."""
    folder = tmp_path_factory.mktemp("ready") / "house"
    house = RightsHouse(folder, catalogue, register=ANONYMISED)
    write(house, "ALTER TABLE places ADD COLUMN at TEXT")
    for account in (LIN, WANG):
        write(
            house, "INSERT INTO places (account, place, at) VALUES (?, ?, ?)", account, "桥头", OLD
        )
    house.rights.sweep()
    house.work()
    (line,) = house.rights.queue()
    house.rights.release(line.id, REVIEWER)
    house.close()
    (folder.parent / "law").mkdir()
    return folder


def look_after(step: int, ready: Path, tmp_path: Path, catalogue: Catalogue, url: str = "") -> bool:
    """Kill at a step, resume, and look at the log; return whether it lived.

    With the address of a database the house is moved there first.
    """
    folder = tmp_path / f"house-{step}"
    shutil.copytree(ready, folder)
    if url:
        move_house(folder / "data", url)
    command = [sys.executable, "-m", "tests.usecases.rights.dying_retention_process"]
    process = subprocess.run(  # noqa: S603  our own module
        [*command, str(folder), str(ready.parent / "law"), str(step)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
        timeout=120,
    )
    lived = process.stdout == "done\n"
    assert process.returncode == (0 if lived else -signal.SIGKILL)
    house = RightsHouse(folder, catalogue, register=ANONYMISED)
    try:
        house.work(minutes=30)
        (line,) = house.rights.queue(Stage.FULFILLED)
        assert house.rights.seen(line.id).results[0].changed == 2, step
        assert all(str(row[1]).startswith("anon-") for row in places(house))
        found = [one for one in house.opened.log.newest() if one.leaf.kind == Kind.DELETION]
        assert [one.ordinal for one in found] == [0], step
    finally:
        house.close()
    shutil.rmtree(folder)
    return lived


@pytest.mark.slow
@pytest.mark.parametrize("step", STEPS)
def test_what_went_of_nobody_is_recorded_once_in_a_database(
    step: int, ready: Path, tmp_path: Path, catalogue: Catalogue, postgresql_server: Postgresql
) -> None:
    with postgresql_server.database() as name:
        url = postgresql_server.url(name).render_as_string(hide_password=False)
        look_after(step, ready, tmp_path, catalogue, url)


@pytest.mark.parametrize("step", STEPS)
def test_what_went_of_nobody_is_recorded_once_though_killed_around_the_record(
    step: int, ready: Path, tmp_path: Path, catalogue: Catalogue
) -> None:
    look_after(step, ready, tmp_path, catalogue)


@pytest.mark.slow
def test_what_went_of_nobody_is_recorded_once_though_killed_at_any_step(
    ready: Path, tmp_path: Path, catalogue: Catalogue
) -> None:
    for step in range(1, MOST_STEPS):
        if look_after(step, ready, tmp_path, catalogue):
            assert step > max(STEPS)
            return
    pytest.fail("it never came to its end")
