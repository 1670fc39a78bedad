"""Each fault by itself: nothing acknowledged is lost, and the service comes back by itself."""

from pathlib import Path
from random import Random
from time import sleep

import pytest
from tests.hosts.checker import violations
from tests.hosts.disks import in_memory
from tests.hosts.labs import Lab, alone, alone_on_a_disk, cluster
from tests.hosts.nemesis import ANYWHERE, ON_A_DISK, OVER_A_DATABASE, Fault, Suffered, suffer
from tests.waiting import until

pytestmark = pytest.mark.slow
_BEFORE_S, _LONGEST_S = 3.0, 180


def lived_through(lab: Lab, fault: Fault) -> Suffered:
    """Let a fault happen while clients act, and hold everything to the promises."""
    lab.begin()
    sleep(_BEFORE_S)
    suffered = suffer(lab, fault, Random(7))
    assert violations(lab.history.operations, lab.rest()) == []
    return suffered


@pytest.mark.parametrize("fault", ANYWHERE, ids=lambda one: one.name)
def test_a_host_with_its_own_files_lives_through_it(place: Path, fault: Fault) -> None:
    with alone(place, seed=7) as lab:
        lived_through(lab, fault)


@pytest.mark.parametrize("fault", [*ANYWHERE, *OVER_A_DATABASE], ids=lambda one: one.name)
def test_hosts_over_a_database_live_through_it(place: Path, programs: Path, fault: Fault) -> None:
    with cluster(place, programs, nodes=("s1", "s2"), seed=7) as lab:
        lived_through(lab, fault)


@pytest.mark.parametrize("fault", ON_A_DISK, ids=lambda one: one.name)
def test_a_host_tells_that_its_disk_takes_nothing_and_lives_through_it(
    place: Path, fault: Fault
) -> None:
    with alone_on_a_disk(place, seed=7) as lab:
        lived_through(lab, fault)
        codes = {one.code for one in lab.history.operations if one.outcome == "unknown"}
        assert codes & {"503 log-unavailable", "503 database-unavailable"}


def test_a_host_that_starts_on_a_read_only_disk_says_so_until_it_can_be_written(
    place: Path,
) -> None:
    with (
        in_memory(place / "disk", megabytes=96) as disk,
        alone(place, seed=7, data=disk.place / "data") as lab,
    ):
        node = lab.leader()
        lab.begin()
        sleep(_BEFORE_S)
        node.stop()
        disk.remount("ro")
        node.start()
        until(lambda: len(node.ends) > 2, seconds=_LONGEST_S)
        assert set(node.ends[1:]) == {3}, node.said
        disk.remount("rw")

        def good() -> int:
            return sum(one.outcome == "ok" for one in [*lab.history.operations])

        before = good()
        until(lambda: good() > before + 50, seconds=_LONGEST_S)
        assert violations(lab.history.operations, lab.rest()) == []
        assert "Traceback" not in node.said
