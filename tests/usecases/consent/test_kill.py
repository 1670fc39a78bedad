"""`kill -9` while people give and withdraw: what was acknowledged is in force afterwards."""

import shutil
import signal
import subprocess
import sys
from pathlib import Path
from random import Random
from threading import Timer

import pytest
from tests.servers.databases import Postgresql
from tests.servers.over import move_house
from tests.usecases.consent.consent_kit import GUEST, LIN, TeaHouse
from tests.usecases.consent.test_replay import snapshot

from chengnuo.domain.consent.event import Act
from chengnuo.law.catalogue import Catalogue
from chengnuo.ports.individuals import PersonKey

ROOT = Path(__file__).resolve().parents[3]
LONGEST_S = 0.05

Told = dict[tuple[str, str], tuple[Act, int]]


def killed_while_acting(folder: Path, random: Random, told: Told) -> None:
    """Let a process act, kill it after some acts, and take down what was acknowledged."""
    command = [sys.executable, "-m", "tests.usecases.consent.acting_process"]
    process = subprocess.Popen(  # noqa: S603  our own module
        [*command, str(folder), str(folder.parent / "law")],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    left = random.randint(0, 12)
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        for line in process.stdout:
            if line.endswith("\n"):
                person, item, act, position = line.split()
                told[person, item] = (Act(act), int(position))
            if not left:
                wait = random.uniform(0, LONGEST_S)
                Timer(wait, process.send_signal, (signal.SIGKILL,)).start()
            left -= 1
    assert process.returncode == -signal.SIGKILL


@pytest.mark.real
def test_no_acknowledged_act_is_lost(tmp_path: Path, built: Path, catalogue: Catalogue) -> None:
    folder = tmp_path / "house"
    shutil.copytree(built, folder)
    kill_again_and_again(folder, catalogue)


@pytest.mark.real
def test_no_acknowledged_act_is_lost_in_a_database(
    tmp_path: Path, built: Path, catalogue: Catalogue, postgresql_server: Postgresql
) -> None:
    folder = tmp_path / "house"
    shutil.copytree(built, folder)
    with postgresql_server.database() as name:
        url = postgresql_server.url(name).render_as_string(hide_password=False)
        move_house(folder / "data", url)
        kill_again_and_again(folder, catalogue)


def kill_again_and_again(folder: Path, catalogue: Catalogue) -> None:
    (folder.parent / "law").mkdir()
    random, told = Random(20261128), Told()
    for _ in range(4):
        killed_while_acting(folder, random, told)
        house = TeaHouse(folder, catalogue)
        for (person, item), (act, position) in told.items():
            stands = house.state(PersonKey(person)).consents
            event = {str(key): one for key, one in stands.items()}[item]
            assert event.position >= position
            assert event.position > position or event.act is act
        after = snapshot(house)
        house.consents.rebuild()
        assert snapshot(house) == after
        for person in (LIN, GUEST):  # so that the next process begins with giving
            for item, event in house.state(person).consents.items():
                if event.act is Act.GIVE:
                    house.withdraw(item, person=person)
        house.close()
