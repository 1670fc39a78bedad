"""A log that is written while it is checked is whole, whatever the writer is in the midst of."""

from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

import pytest
from tests.adapters.evidence.conftest import KitOf
from tests.adapters.evidence.log_kit import Kit, consents, published

from chengnuo.adapters.evidence import checking, segment_check
from chengnuo.adapters.evidence.checkpoint_file import CHECKPOINT
from chengnuo.adapters.evidence.file_system import RealFile, RealFiles
from chengnuo.adapters.evidence.index import FILE_NAME
from chengnuo.adapters.evidence.one_segment import PREPARED, listed, segment_name
from chengnuo.adapters.evidence.reading import PUBLIC, WAL
from chengnuo.adapters.evidence.tile_check import Problem

_CHECKS = 12
_RECORDS = 600


class _Beside(RealFiles):
    """The real files; a writer acts at the moment that a file of some name is opened or read."""

    def __init__(self, name: str, act: Callable[[], None]) -> None:
        self._name = name
        self._act: Callable[[], None] | None = act

    def _now(self, path: Path) -> None:
        act = self._act
        if act is not None and path.name == self._name:
            self._act = None
            act()

    def open(self, path: Path, *, write: bool) -> RealFile:
        file = super().open(path, write=write)
        self._now(path)
        return file

    def read(self, path: Path) -> bytes | None:
        data = super().read(path)
        self._now(path)
        return data


def _checked_beside(kit: Kit, name: str, act: Callable[[], None]) -> list[Problem]:
    files = _Beside(name, act)
    batches = None if kit.shared is None else kit.shared.batches
    check = checking.LogCheck(kit.log_folder, files, kit.signed, batches=batches)
    return list(check.problems())


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait little, so that no test passes by waiting for a writer that takes its time."""
    monkeypatch.setattr(checking, "_TRY_S", 0.01)
    monkeypatch.setattr(segment_check, "_TRY_S", 0.001)


def test_a_log_that_grows_all_the_time_is_whole_at_every_check(
    either_kit_of: KitOf, tmp_path: Path
) -> None:
    kit = either_kit_of(tmp_path, segment_bytes=1 << 14, publish_every_s=0.005)
    log = kit.open()
    done = Event()

    def write() -> None:
        number = 0
        while not done.is_set():
            number += 1
            log.append([*consents(range(number % 7 + 1)), published(number)])
            if number % 5 == 0:
                log.publish()

    writer = Thread(target=write)
    writer.start()
    try:
        checks = 0
        while checks < _CHECKS or log.status().size < _RECORDS:
            assert kit.problems() == []
            checks += 1
    finally:
        done.set()
        writer.join()
    log.close()
    kit.close()
    assert kit.problems() == []


def test_a_prepared_segment_that_is_taken_while_it_is_looked_at_is_no_fault(tmp_path: Path) -> None:
    kit = Kit(tmp_path, segment_bytes=1 << 14, publish_every_s=0.005)
    log = kit.open()
    wal = kit.log_folder / WAL
    while not (wal / PREPARED).exists():
        log.append(consents(range(3)))
    before = len(listed(kit.files, wal))

    def fill() -> None:
        while len(listed(kit.files, wal)) == before:
            log.append(consents(range(3)))

    assert _checked_beside(kit, PREPARED, fill) == []
    log.close()
    kit.close()


def test_what_is_published_after_the_records_were_read_is_no_fault(
    either_kit_of: KitOf, tmp_path: Path
) -> None:
    kit = either_kit_of(tmp_path)
    log = kit.open()
    log.append(consents(range(300)))
    log.publish()

    def publish_more() -> None:
        log.append(consents(range(300)))
        log.publish()

    # Nothing is written for a long time after that: no growth tells that a writer is at work.
    assert _checked_beside(kit, "000", publish_more) == []
    log.close()
    kit.close()


def test_tiles_that_made_way_for_those_of_two_newer_checkpoints_are_no_fault(
    either_kit_of: KitOf,
    tmp_path: Path,
) -> None:
    kit = either_kit_of(tmp_path)
    log = kit.open()
    log.append(consents(range(10)))
    log.publish()

    def publish_twice() -> None:
        for _ in range(3):
            log.append(consents(range(5)))
            log.publish()

    assert _checked_beside(kit, CHECKPOINT, publish_twice) == []
    log.close()
    kit.close()


def test_records_that_were_never_published_need_no_checkpoint(
    either_kit_of: KitOf, tmp_path: Path
) -> None:
    kit = either_kit_of(tmp_path)
    log = kit.open()
    assert kit.problems() == []
    log.append(consents(range(10)))
    assert kit.problems() == []
    log.close()
    kit.close()


def test_the_first_checkpoint_may_be_on_its_way(either_kit_of: KitOf, tmp_path: Path) -> None:
    kit = either_kit_of(tmp_path)
    log = kit.open()
    log.append(consents(range(300)))

    def publish() -> None:
        log.publish()

    assert _checked_beside(kit, CHECKPOINT, publish) == []
    log.close()
    kit.close()


def test_a_checkpoint_that_was_taken_away_is_a_fault(either_kit_of: KitOf, tmp_path: Path) -> None:
    kit = either_kit_of(tmp_path)
    log = kit.open()
    log.append(consents(range(10)))
    log.close()
    kit.close()
    (kit.public / CHECKPOINT).unlink()
    assert [problem.file for problem in kit.problems()] == [f"{PUBLIC}/{CHECKPOINT}"]
    (kit.log_folder / FILE_NAME).unlink()
    assert {problem.file for problem in kit.problems()} == {f"{PUBLIC}/{CHECKPOINT}", FILE_NAME}


@pytest.mark.parametrize(
    "name",
    [
        "tile/0/000.p/12",
        "tile/0/000.p/010",
        "tile/0/000.p/x",
        "tile/0/001",
        "tile/1/000.p/1",
        "tile/entries/000.p/11",
        "tile/entries/x000/000",
        "tile/notes.txt",
    ],
)
def test_a_file_that_no_record_can_have_made_is_a_fault_beside_a_writer_too(
    tmp_path: Path, name: str
) -> None:
    kit = Kit(tmp_path)
    log = kit.open()
    log.append(consents(range(10)))
    log.publish()
    strange = kit.public / name
    strange.parent.mkdir(parents=True, exist_ok=True)
    strange.write_bytes(bytes(32))
    assert [problem.file for problem in kit.problems()] == [f"{PUBLIC}/{name}"]
    log.close()
    kit.close()


def test_a_prepared_segment_that_holds_something_is_a_fault(tmp_path: Path) -> None:
    kit = Kit(tmp_path)
    log = kit.open()
    log.append(consents(range(10)))
    log.close()
    kit.close()
    wal = kit.log_folder / WAL
    (wal / PREPARED).write_bytes((wal / segment_name(0)).read_bytes())
    assert [problem.file for problem in kit.problems()] == [f"{WAL}/{PREPARED}"]
