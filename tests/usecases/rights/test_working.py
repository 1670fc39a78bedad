"""Many requests, and several workers: each is executed once, and memory stays flat."""

import gc
import subprocess
import sys
from collections import Counter
from pathlib import Path

import psutil
import pytest
from tests.usecases.rights.rights_house import WANG, RightsHouse

from chengnuo.domain.rights.machine import Event, Stage
from chengnuo.law.catalogue import Catalogue

ROOT = Path(__file__).resolve().parents[3]


def many(house: RightsHouse, count: int) -> None:
    for number in range(count):
        account = f"guest-{number:04}"
        house.fill(account, rows=1)
        house.ask(account=account)


def look(house: RightsHouse, count: int) -> None:
    lines = house.rights.queue(limit=count + 1)
    assert Counter(one.stage for one in lines) == {Stage.OUTSIDE: count}
    assert all(house.rows_of(f"guest-{number:04}") == 0 for number in range(count))
    assert house.rows_of(WANG) == 6


def test_fifty_requests_are_all_carried_out(tmp_path: Path, catalogue: Catalogue) -> None:
    house = RightsHouse(tmp_path / "house", catalogue)
    house.fill(WANG)
    many(house, 50)
    house.work()
    house.work(minutes=10)
    look(house, 50)
    house.close()


@pytest.mark.slow
def test_a_thousand_requests_need_no_more_memory_than_a_hundred(
    tmp_path: Path, catalogue: Catalogue
) -> None:
    house = RightsHouse(tmp_path / "house", catalogue)
    house.fill(WANG)
    many(house, 1_000)
    house.work()
    house.wait(minutes=10)
    used = []
    for _ in range(10):
        for _ in range(5):
            house.rights.work(limit=20)
        gc.collect()
        used.append(psutil.Process().memory_info().rss)
    house.work()
    look(house, 1_000)
    assert max(used) - used[0] < 48 << 20
    house.close()


@pytest.mark.real
def test_two_processes_share_the_work_and_none_is_done_twice(
    tmp_path: Path, catalogue: Catalogue
) -> None:
    count = 12
    house = RightsHouse(tmp_path / "house", catalogue)
    house.fill(WANG)
    many(house, count)
    house.work()
    house.close()
    (tmp_path / "law").mkdir()
    command = [sys.executable, "-m", "tests.usecases.rights.working_process"]
    workers = [
        subprocess.Popen(  # noqa: S603  our own module
            [
                *command,
                str(tmp_path / "house"),
                str(tmp_path / f"log-{name}"),
                str(tmp_path / "law"),
                name,
            ],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for name in ("one", "two")
    ]
    for worker in workers:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "ready\n"
    for worker in workers:
        worker.communicate("go\n", timeout=120)
        assert worker.returncode == 0
    house = RightsHouse(tmp_path / "house", catalogue)
    look(house, count)
    for line in house.rights.queue():
        events = [one.event for one in house.room.store.lines(line.id)]
        assert events.count(Event.CARRIED_OUT) == 1
        assert events.count(Event.PICKED) == 1
    house.close()
