"""Many acts at once, and `kill -9` among them: none is lost, none is there twice.

Afterwards the rows of acts and the records of the log are held to each other one by one, in both
directions, and the log to the verifier.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random
from threading import Timer

import pytest
from tests.doors.server_kit import Server
from tests.duties.duty_kit import SAMPLE
from tests.usecases.dossier.dossier_house import STAFF, DossierHouse

from chengnuo.domain.dossier.dossier import DossierId
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.law.catalogue import Catalogue

pytestmark = pytest.mark.real

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = """
requests_per_minute = 1_000_000
[evidence]
origin = "tea.example/log"
"""
Told = dict[tuple[str, int], str]


def held_to_each_other(house: DossierHouse) -> Told:
    """Hold rows and records to each other; return the digests of all acts."""
    rows = {
        (one.id, act.number): (act.digest, act.position, act.what)
        for one in house.data.dossiers.every(["complaint"])
        for act in one.acts
    }
    house.opened.log.publish()
    records = [one for one in house.opened.log.newest() if one.leaf.kind == Kind.COMPLAINT.value]
    said = [(json.loads(house.payload(one)), one.position) for one in records]
    recorded = {
        (one["dossier"], one["number"]): (one["digest"], position, one["what"])
        for one, position in said
    }
    assert len(recorded) == len(said), "an act is recorded twice"
    assert recorded == rows
    numbers: dict[str, list[int]] = {}
    for dossier, number in rows:
        numbers.setdefault(dossier, []).append(number)
    assert all(sorted(some) == list(range(1, len(some) + 1)) for some in numbers.values())
    return {key: digest for key, (digest, _, _) in rows.items()}


def verified(data: Path) -> dict[str, object]:
    command = Path(sys.executable).with_name("chengnuo-verify")
    done = subprocess.run(  # noqa: S603  our own program
        [str(command), str(data / "evidence" / "log"), "--json"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    said: dict[str, object] = json.loads(done.stdout)
    return said


def acted_until_killed(folder: Path, *dies: str, random: Random | None = None) -> Told:
    """Let a process act until it is killed, and return what it acknowledged."""
    command = [sys.executable, "-m", "tests.duties.acting_process"]
    process = subprocess.Popen(  # noqa: S603  our own module
        [*command, str(folder), str(folder.parent / "law"), *dies],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    told, left = Told(), 0 if random is None else random.randint(0, 30)
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        for line in process.stdout:
            if line.endswith("\n"):
                dossier, number, digest = line.split()
                told[dossier, int(number)] = digest
            if random is not None and not left:
                wait = random.uniform(0, 0.05)
                Timer(wait, process.send_signal, (signal.SIGKILL,)).start()
            left -= 1
    assert process.returncode == -signal.SIGKILL
    return told


@pytest.fixture
def folder(tmp_path: Path, catalogue: Catalogue) -> Path:
    (tmp_path / "law").mkdir()
    DossierHouse(tmp_path / "data", catalogue).close()
    return tmp_path / "data"


@pytest.mark.parametrize("where", ["dies-before-the-record", "dies-after-the-record"])
@pytest.mark.parametrize("after", [0, 23])
def test_a_death_around_the_record_leaves_one_record_of_every_act(
    folder: Path, catalogue: Catalogue, where: str, after: int
) -> None:
    told = acted_until_killed(folder, where, str(after))
    house = DossierHouse(folder, catalogue)
    assert house.data.dossiers.unrecorded()
    assert house.desk.mend() >= 1
    assert house.desk.mend() == 0
    kept = held_to_each_other(house)
    assert told.items() <= kept.items()
    house.close()
    verified(folder)


def test_whenever_it_is_killed_what_was_acknowledged_is_there_once(
    folder: Path, catalogue: Catalogue
) -> None:
    random, told = Random(20261129), Told()
    for _ in range(3):
        told |= acted_until_killed(folder, random=random)
        house = DossierHouse(folder, catalogue)
        house.desk.mend()
        assert told.items() <= held_to_each_other(house).items()
        house.close()
    verified(folder)


def key_of(data: Path) -> str:
    command = [sys.executable, "-m", "chengnuo", "keys", "make", "back-end"]
    made = subprocess.run(  # noqa: S603  our own interpreter
        [*command, "--data", str(data), "--scope", "dossier:write", "--json"],
        capture_output=True,
        text=True,
        check=True,
        env={name: value for name, value in os.environ.items() if "CHENGNUO" not in name},
    )
    return str(json.loads(made.stdout)["secret"])


def senders(address: str, key: str, each: int) -> Iterator[subprocess.Popen[str]]:
    for name in ("first", "second"):
        process = subprocess.Popen(  # noqa: S603  our own module
            [sys.executable, "-m", "tests.duties.sending_process", address, name, str(each)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdin is not None
        process.stdin.write(f"{key}\n")
        process.stdin.close()
        yield process


@pytest.mark.parametrize(
    "acts", [pytest.param(60, id="60"), pytest.param(10_000, id="10000", marks=pytest.mark.slow)]
)
def test_acts_of_two_processes_at_once_are_each_there_once_through_a_kill(
    tmp_path: Path, catalogue: Catalogue, acts: int
) -> None:
    each = acts // 4
    (tmp_path / "many.toml").write_text(SETTINGS)
    serve = ("--data", "data", "--register", str(SAMPLE), "--settings", "many.toml")
    # A port of its own: another test's server takes the first that is free, and this one's again.
    server = Server.start(*serve, "--port", "0", folder=tmp_path)
    address = server.address()
    key = key_of(tmp_path / "data")
    processes = list(senders(address, key, each))
    first = processes[0].stdout
    assert first is not None
    dossiers = [first.readline().strip()]  # both are under way
    server.stop(signal.SIGKILL)
    port = address.rpartition(":")[2]
    again = Server.start(*serve, "--port", port, folder=tmp_path, name="again")
    again.address()
    for process in processes:
        assert process.stdout is not None
        dossiers.extend(process.stdout.read().split())
        assert process.wait(60) == 0
        process.stdout.close()
    assert again.stop() == 0
    assert len(dossiers) == len(set(dossiers)) == 2 * each
    house = DossierHouse(tmp_path / "data", catalogue)
    assert house.data.dossiers.unrecorded() == ()
    kept = held_to_each_other(house)
    assert {dossier for dossier, _ in kept} == set(dossiers)
    assert len(kept) == acts
    last = house.desk.one(DossierId(dossiers[-1]), STAFF)
    assert [act.what for act in last.dossier.acts] == ["take-down", "escalate"]
    house.close()
    assert verified(tmp_path / "data")["code"] == "log-whole"
