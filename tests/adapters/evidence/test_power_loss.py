"""The power goes at every step: nothing acknowledged is lost, nothing signed outruns the disk.

SQLite keeps its own promise about committed transactions; its files are copied as they are at the
instant the power goes, without a clean shutdown.
"""

import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import pytest
from tests.adapters.evidence.log_kit import (
    Kit,
    Projected,
    consents,
    extends_all,
    leaf_hashes,
    opened,
    projected,
    published,
)
from tests.adapters.evidence.simulated_files import PowerLossError, SimulatedFiles

from chengnuo.adapters.evidence.batch import HEAD_BYTES, is_whole, read_head
from chengnuo.adapters.evidence.index import FILE_NAME
from chengnuo.adapters.evidence.log import WritableLog
from chengnuo.adapters.evidence.log_keys import LOG_JSON
from chengnuo.adapters.evidence.reading import PUBLIC
from chengnuo.base.errors import ChengnuoError
from chengnuo.ports.evidence_log import Draft, LogUnavailableError

_TINY_SEGMENT = 4096
_HEADER_BYTES = 64


@dataclass
class Acknowledged:
    """What somebody was told is recorded: position, leaf hash, payload."""

    payloads: dict[int, bytes] = field(default_factory=dict)
    leaves: dict[int, bytes] = field(default_factory=dict)
    writes_itself: bool = False
    """Whether a thread other than the main one appends, which then writes itself."""

    def append(self, log: WritableLog, drafts: list[Draft]) -> None:
        if self.writes_itself:
            with ThreadPoolExecutor(1) as pool:
                first = pool.submit(log.append, drafts).result().first
        else:
            first = log.append(drafts).first
        for number, draft in enumerate(drafts):
            self.payloads[first + number] = draft.payload


def _short(log: WritableLog, told: Acknowledged) -> None:
    """Append, publish, roll over three segments, with one batch larger than a segment."""
    told.append(log, [published(0)])
    log.publish()
    told.append(log, consents(range(1, 4)))
    told.append(log, consents([4]))
    log.publish()
    told.append(log, consents(range(5, 17)))
    told.append(log, consents([17]))
    log._segments.prepare()  # noqa: SLF001  as the publishing thread does
    log.publish()
    told.append(log, consents(range(18, 27)))


def _long(log: WritableLog, told: Acknowledged) -> None:
    """Append from three threads while publishing; full tiles and many segments."""

    def along(start: int) -> None:
        for number in range(start, start + 30):
            told.append(log, consents(range(number * 4, number * 4 + 1 + number % 5)))

    told.append(log, [published(0)])
    with ThreadPoolExecutor(3) as pool:
        running = [pool.submit(along, start) for start in (0, 1000, 2000)]
        for number in range(1, 13):
            told.append(log, [published(number)])
            log.publish()
            log._segments.prepare()  # noqa: SLF001  as the publishing thread does
        for one in running:
            one.result()
    log.publish()


Scenario = Callable[[WritableLog, Acknowledged], None]


def _nothing(log: WritableLog, told: Acknowledged) -> None:
    """Open and do nothing."""


@dataclass
class _Machine:
    """A folder whose log lies on a simulated disk, and all that is known of its past."""

    folder: Path
    files: SimulatedFiles
    notes: list[str] = field(default_factory=list)
    told: Acknowledged = field(default_factory=Acknowledged)

    def kit(self) -> Kit:
        return Kit(self.folder, files=self.files, segment_bytes=_TINY_SEGMENT, notes=self.notes)

    def run(self, scenario: Scenario, *, crash_at: int) -> int:
        """Run a scenario until the power goes, or cut it at the end; return the steps it took."""
        self.files.crash_at = crash_at
        self.files.on_crash = self._save
        self.files.steps.clear()
        kit = self.kit()
        log = None
        try:
            log = kit.open()
            scenario(log, self.told)
        except (LogUnavailableError, PowerLossError):
            assert self.files.is_off
        if not self.files.is_off:
            self.files.is_off = True
            self._save()
        steps = len(self.files.steps)
        if log is not None:
            with suppress(ChengnuoError, OSError):  # the process is gone; this ends its threads
                log.close()
        kit.close()
        return steps

    def _save(self) -> None:
        """Copy what SQLite has written so far, as it is; transactions under way are cut."""
        self._saved.mkdir()
        for path in (self.folder / "evidence").glob("*.db*"):
            if not path.name.endswith("-shm"):
                shutil.copy2(path, self._saved)

    def restart(self, seed: int) -> None:
        """Let there be what the disk has kept."""
        for path in (self.folder / "evidence").glob("*.db*"):
            path.unlink()
        for path in self._saved.iterdir():
            shutil.copy2(path, self.folder / "evidence")
        shutil.rmtree(self._saved)
        self.files = self.files.survivor(seed)

    @property
    def _saved(self) -> Path:
        return self.folder.with_name(f"{self.folder.name}-saved")

    def stands_behind(self) -> bool:
        """Tell whether the newest segment has something behind its last whole batch."""
        segments = [data for path, data in self.files.all().items() if path.suffix == ".seg"]
        if not segments:
            return False
        data, at = segments[-1], _HEADER_BYTES
        while (head := read_head(data[at:])) is not None and is_whole(data[at:], head):
            at += HEAD_BYTES + head.body_bytes
        return any(data[at:])

    def hold(self) -> None:
        """Open what survived, hold it to everything that was promised, and let it go on."""
        behind = self.stands_behind()
        kit = self.kit()
        log = kit.open()
        size = log.status().size
        assert bool(log.recovered.set_aside) is behind
        assert bool(log.status().recovered) is behind
        assert max(self.told.payloads, default=-1) < size
        for position, payload in self.told.payloads.items():
            assert opened(kit.payloads(), log, position) == payload
        leaves = leaf_hashes(log, size)
        assert all(leaves[position] == leaf for position, leaf in self.told.leaves.items())
        self.told.leaves = dict(enumerate(leaves))
        assert extends_all(kit.signed_checkpoints(), leaves)
        signed = log.checkpoint()
        assert (0 if signed is None else signed.checkpoint.size) == size
        assert signed is None or log.root_at(size) == signed.checkpoint.root
        log.close()
        kit.close()
        assert kit.problems() == []
        assert projected(kit.log_folder) == self._replayed()
        log = kit.open()
        self.told.append(log, consents(range(9000, 9003)))
        assert log.publish().checkpoint.size == size + 3
        log.close()
        kit.close()
        assert kit.problems() == []

    def _replayed(self) -> Projected:
        """Return the projection made from the segments alone."""
        bare = self.folder.with_name(f"{self.folder.name}-bare")
        shutil.copytree(self.folder, bare)
        (bare / "evidence" / FILE_NAME).unlink()
        kept = SimulatedFiles()
        for path, data in self.files.all().items():
            if path.suffix == ".seg" or path.name == LOG_JSON:
                kept.replace(bare / path.relative_to(self.folder), data)
        kit = _Machine(bare, kept).kit()
        kit.open().close()
        kit.close()
        found = projected(kit.log_folder)
        shutil.rmtree(bare)
        return found


@dataclass(frozen=True)
class _Template:
    """A folder with keys and vault, so that not every run has to make them."""

    folder: Path
    key_list: bytes

    def machine(self, name: str) -> _Machine:
        folder = self.folder.with_name(name)
        shutil.copytree(self.folder, folder)
        files = SimulatedFiles()
        files.replace(folder / "evidence" / PUBLIC / LOG_JSON, self.key_list)
        return _Machine(folder, files)


@pytest.fixture(name="template")
def _template(tmp_path: Path) -> _Template:
    files = SimulatedFiles()
    kit = Kit(tmp_path / "template", files=files)
    kit.open().close()
    kit.close()
    (kit.log_folder / FILE_NAME).unlink()
    return _Template(kit.folder, files.all()[kit.public / LOG_JSON])


def _lose_power(template: _Template, scenario: Scenario, *, crash_at: int, seed: int) -> None:
    """Lose power once in a scenario, once more while recovering, and hold what is left."""
    machine = template.machine(f"run-{crash_at}-{seed}")
    machine.told.writes_itself = seed // 2 % 2 == 0
    machine.run(scenario, crash_at=crash_at)
    machine.restart(seed)
    if seed % 2:
        machine.run(_nothing, crash_at=1 + seed % 7)
        machine.restart(seed + 1)
    machine.hold()
    shutil.rmtree(machine.folder)


def test_whichever_step_loses_power_nothing_acknowledged_is_lost(template: _Template) -> None:
    whole = template.machine("whole")
    steps = whole.run(_short, crash_at=0)
    assert {"write", "sync", "create", "rename", "put", "replace-rename"} <= set(whole.files.steps)
    for crash_at in range(1, steps + 2):
        _lose_power(template, _short, crash_at=crash_at, seed=crash_at)


@pytest.mark.slow
def test_power_is_lost_anywhere_among_threads_with_any_outcome(template: _Template) -> None:
    steps = template.machine("whole").run(_long, crash_at=0)
    for seed in range(400):
        crash_at = Random(seed).randrange(1, steps)
        _lose_power(template, _long, crash_at=crash_at, seed=seed)


@pytest.mark.slow
def test_each_step_loses_power_with_many_outcomes(template: _Template) -> None:
    steps = template.machine("whole").run(_short, crash_at=0)
    for crash_at in range(1, steps + 2):
        for number in range(8):
            _lose_power(template, _short, crash_at=crash_at, seed=crash_at * 100 + number)
