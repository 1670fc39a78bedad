"""One process writes a log; a second is refused, and readers beside it always see one moment."""

import os
import subprocess
import sys
from pathlib import Path
from threading import Event, Thread
from time import monotonic
from typing import TYPE_CHECKING

import pytest
from tests.adapters.evidence.log_kit import Kit, bytes_by_file, consents, published

from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.evidence.leaf import open_tag
from chengnuo.engines.merkle.hashing import EMPTY_ROOT, leaf_hash
from chengnuo.engines.merkle.tree import extends, includes
from chengnuo.ports.evidence_log import LogLockedError, Position

if TYPE_CHECKING:
    from chengnuo.domain.evidence.checkpoint import Checkpoint

_ROOT = Path(__file__).resolve().parents[3]
_TOGETHER_S = 2.0
_OF_THE_VAULT = ("keys.db", "keys.db-wal")  # which is for any number of processes
_SECOND = """
import sys
from pathlib import Path
from chengnuo.ports.evidence_log import LogLockedError
from tests.adapters.evidence.log_kit import Kit
try:
    Kit(Path(sys.argv[1])).open()
except LogLockedError as error:
    print(error.code, error.holder)
"""


@pytest.mark.real
def test_a_second_writer_is_refused_and_changes_nothing(tmp_path: Path) -> None:
    kit = Kit(tmp_path)
    log = kit.open()
    log.append(consents(range(5)))
    log.publish()
    before = bytes_by_file(kit.log_folder, without=_OF_THE_VAULT)
    second = subprocess.run(  # noqa: S603  our own program
        [sys.executable, "-c", _SECOND, str(tmp_path)],
        cwd=_ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert second.stdout.split() == ["log-locked", str(os.getpid())]
    assert bytes_by_file(kit.log_folder, without=_OF_THE_VAULT) == before
    assert log.append(consents([6])).first == 5
    log.close()
    kit.close()


def test_a_second_writer_in_the_same_process_is_refused_until_the_first_has_closed(
    tmp_path: Path,
) -> None:
    kit = Kit(tmp_path)
    log = kit.open()
    with pytest.raises(LogLockedError):
        kit.open()
    log.close()
    kit.open().close()
    kit.close()


def test_a_reader_beside_a_writer_sees_one_moment_at_a_time(tmp_path: Path) -> None:
    kit = Kit(tmp_path, segment_bytes=1 << 14, publish_every_s=0.01)
    log = kit.open()
    log.append([published(0)])
    log.publish()
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
    reader = kit.reader()
    tag = open_tag(Kind.REGISTER_PUBLISHED)
    old: Checkpoint | None = None
    sizes = set()
    until = monotonic() + _TOGETHER_S
    try:
        while monotonic() < until:
            signed, proof = reader.head(tag)
            now = signed.checkpoint
            sizes.add(now.size)
            assert kit.signed(signed)
            assert proof.root(tag) == now.map_root
            assert proof.end is not None
            head = reader.record(Position(proof.end.position))
            assert leaf_hash(head.entry) == proof.end.head
            path = reader.inclusion(head.position, now.size)
            assert includes(proof.end.head, head.position, now.size, now.root, path)
            before = (0, EMPTY_ROOT) if old is None else (old.size, old.root)
            steps = reader.consistency(before[0], now.size)
            assert extends(before[0], now.size, before[1], now.root, steps)
            old = now
            assert kit.problems() == []
    finally:
        done.set()
        writer.join()
    reader.close()
    log.close()
    kit.close()
    assert len(sizes) > 1
    assert kit.problems() == []
