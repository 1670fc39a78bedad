"""`kill -9` at random instants: what was acknowledged is there, and the next process goes on."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from threading import Timer
from typing import TYPE_CHECKING

import pytest
from tests.adapters.evidence.appending_process import drafts_of, kit_over
from tests.adapters.evidence.log_kit import Kit, opened, projected
from tests.servers.databases import Postgresql

from chengnuo.adapters.evidence.index import FILE_NAME
from chengnuo.engines.merkle.hashing import leaf_hash
from chengnuo.engines.merkle.tree import extends
from chengnuo.ports.evidence_log import Position

if TYPE_CHECKING:
    from chengnuo.domain.evidence.checkpoint import Checkpoint

_ROOT = Path(__file__).resolve().parents[3]
_LONGEST_S = 0.12


class _Past:
    """A log that is killed again and again, and what is known of it."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder = folder
        self.url = url
        self.size = 0
        self.acknowledged = 0
        self.checkpoint: Checkpoint | None = None
        self._told: dict[int, tuple[str, int]] = {}

    @contextmanager
    def processes(self) -> Iterator["subprocess.Popen[str]"]:
        command = [sys.executable, "-m", "tests.adapters.evidence.appending_process"]
        mother = subprocess.Popen(  # noqa: S603  our own module
            [*command, str(self.folder), self.url],
            cwd=_ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        )
        with mother:
            yield mother
            assert mother.stdin is not None
            mother.stdin.close()
            assert mother.wait() == 0

    def be_killed(self, mother: "subprocess.Popen[str]", seed: int) -> None:
        """Let a process append, kill it after a while, and take down what it was told."""
        assert mother.stdin is not None
        assert mother.stdout is not None
        mother.stdin.write(f"{seed}\n")
        mother.stdin.flush()
        self._told = {}
        opening = seed % 4 == 0  # else it is killed once it has begun to append
        pid = 0
        killer = None
        for line in mother.stdout:
            words = line.split()
            if words[0] == "gone":
                return
            if words[0] == "pid":
                pid = int(words[1])
            else:
                self._told[int(words[0])] = (words[1], int(words[2]))
            if killer is None and (opening or self._told):
                after_s = Random(seed).uniform(0.0, _LONGEST_S)
                killer = Timer(after_s, os.kill, (pid, signal.SIGKILL))
                killer.start()
        raise AssertionError("the process that starts the others has ended")

    def hold(self) -> None:
        """Open the log, hold it to what was acknowledged and signed, and let it go on."""
        with kept(self.folder, self.url) as kit:
            self._hold(kit)

    def _hold(self, kit: Kit) -> None:
        log = kit.open()
        size = log.status().size
        assert size >= self.size
        payloads = kit.payloads()
        for first, (leaf, number) in self._told.items():
            assert leaf_hash(log.record(Position(first)).entry).hex() == leaf
            for place, draft in enumerate(drafts_of(number)):
                assert opened(payloads, log, first + place) == draft.payload
                self.acknowledged += 1
        signed = log.checkpoint()
        if signed is not None:
            new, old = signed.checkpoint, self.checkpoint
            assert new.size == size
            if old is not None:
                proof = log.consistency(old.size, new.size)
                assert extends(old.size, new.size, old.root, new.root, proof)
            self.checkpoint = new
        self.size = size
        log.close()

    def check(self) -> None:
        """Hold every file to every other, and the projection to one made from nothing."""
        with kept(self.folder, self.url) as kit:
            assert kit.problems() == []
            found = projected(kit.log_folder)
            (kit.log_folder / FILE_NAME).unlink()
            kit.open().close()
            assert projected(kit.log_folder) == found
            assert kit.problems() == []


@contextmanager
def kept(folder: Path, url: str) -> Iterator[Kit]:
    """Open a kit, and close it with its database."""
    kit = kit_over(folder, url)
    try:
        yield kit
    finally:
        kit.close()
        if kit.shared is not None:
            kit.shared.database.close()


def _kill_often(folder: Path, *, times: int, check_every: int, url: str = "") -> None:
    past = _Past(folder, url)
    with past.processes() as mother:
        for number in range(1, times + 1):
            past.be_killed(mother, number)
            past.hold()
            if number % check_every == 0:
                past.check()
    assert past.acknowledged > times


@pytest.mark.real
def test_a_log_that_is_killed_25_times_keeps_what_it_acknowledged(tmp_path: Path) -> None:
    _kill_often(tmp_path, times=25, check_every=12)


@pytest.mark.slow
def test_a_log_that_is_killed_1000_times_keeps_what_it_acknowledged(tmp_path: Path) -> None:
    for part in range(10):
        _kill_often(tmp_path / f"{part}", times=100, check_every=20)


@pytest.mark.slow
def test_a_log_in_a_database_keeps_what_it_acknowledged_though_its_writer_is_killed(
    tmp_path: Path, postgresql_server: Postgresql, postgresql_tables: str
) -> None:
    with postgresql_server.database(like=postgresql_tables) as name:
        url = postgresql_server.url(name).render_as_string(hide_password=False)
        _kill_often(tmp_path, times=60, check_every=20, url=url)
