"""A log of many segments, copied up to a position and ended at any record."""

import os
import shutil
import time
from contextlib import closing
from pathlib import Path

import pytest
from tests.adapters.evidence.log_kit import ORIGIN, Kit, consents

from chengnuo.adapters.backup.data_backups import DataBackups
from chengnuo.adapters.backup.held_log import HeldLog, end_log
from chengnuo.adapters.backup.moment import segments_to
from chengnuo.adapters.evidence.batch import Row
from chengnuo.adapters.evidence.file_system import RealFiles
from chengnuo.adapters.evidence.place import Place
from chengnuo.adapters.evidence.reading import WAL
from chengnuo.adapters.evidence.segments import Segments
from chengnuo.domain.evidence.leaf import read_leaf
from chengnuo.ports.backups import Lock

BATCHES = (1, 7, 30, 2, 60, 1, 25, 40, 13)
SIZE = sum(BATCHES)
ENDS = [sum(BATCHES[: number + 1]) for number in range(len(BATCHES))]


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Kit:
    """A log of several segments, published and closed."""
    made = Kit(tmp_path_factory.mktemp("log"), segment_bytes=1 << 14)
    start = 0
    with closing(made.open()) as log:
        for count in BATCHES:
            log.append(consents(range(start, start + count)))
            start += count
            if start == ENDS[3]:
                log.publish()
    made.close()
    assert len(list((made.log_folder / WAL).glob("*.seg"))) >= 3
    return made


def rows(folder: Path) -> list[Row]:
    with closing(Segments(folder / WAL, ORIGIN, RealFiles())) as segments:
        segments.look()
        return [row for _, some in segments.batches(0) for row in some]


@pytest.mark.parametrize("position", sorted({1, 2, 8, 9, *ENDS, *(end - 1 for end in ENDS[1:])}))
def test_a_log_ended_at_a_record_is_its_beginning(kit: Kit, tmp_path: Path, position: int) -> None:
    copied = tmp_path / "evidence"
    shutil.copytree(kit.log_folder, copied)
    end_log(copied, ORIGIN, position)
    assert rows(copied) == rows(kit.log_folder)[:position]
    with closing(HeldLog(copied, ORIGIN, vkey="")) as log:
        wrong = [file for file, _ in log.problems(position)]
        assert wrong == ([] if position == SIZE else ["log/checkpoint"])
        assert next(file for file, _ in log.problems(position + 1)) == "wal"


@pytest.mark.parametrize("position", ENDS)
def test_segments_are_copied_up_to_the_end_of_a_batch(
    kit: Kit, tmp_path: Path, position: int
) -> None:
    wal = tmp_path / "evidence" / WAL
    wal.mkdir(parents=True)
    for name, size in segments_to(kit.log_folder / WAL, ORIGIN, position):
        content = (kit.log_folder / WAL / name).read_bytes()
        assert size <= len(content)
        (wal / name).write_bytes(content[:size])
    assert rows(tmp_path / "evidence") == rows(kit.log_folder)[:position]


def test_a_position_is_found_by_its_instant(kit: Kit) -> None:
    instants = [read_leaf(row.entry).at for row in rows(kit.log_folder)]
    with closing(HeldLog(kit.log_folder, ORIGIN, vkey="")) as log:
        for position in (1, 8, 40, SIZE):
            at = instants[position - 1]
            assert log.position_at(at) == sum(one <= at for one in instants)
        assert log.position_at(instants[0] - 1) == 0


def test_what_a_backup_left_that_was_cut_short_goes_with_the_next(kit: Kit, tmp_path: Path) -> None:
    old, fresh = kit.folder / ".backup-old", kit.folder / ".backup-fresh"
    for left in (old, fresh):
        left.mkdir()
        (left / "chengnuo.db").write_bytes(b"people")
    before = time.time() - 2 * 86_400
    os.utime(old, (before, before))
    words = tmp_path / "words"
    words.write_text("four quiet lanterns\n")
    backups = DataBackups(
        place_of=lambda: Place(data=kit.folder),
        elsewhere=False,
        suppressed=tuple,
        clock=kit.clock,
        program="0",
    )
    lock = Lock(passphrase=words)
    made = backups.make(tmp_path / "one", lock=lock, since=None, exports=False)
    assert (old.exists(), fresh.exists()) == (False, True)
    assert not any(one.path.startswith(".backup-") for one in made.manifest.members)
    assert made.manifest.position == SIZE
    assert backups.check([tmp_path / "one"], lock=lock, vkey="").wrong == ()
