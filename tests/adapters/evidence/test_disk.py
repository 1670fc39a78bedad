"""The disk is full, cannot be written, has lost a file or holds another's; the clock goes back."""

import multiprocessing
import os
import resource
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from time import monotonic

import pytest
from tests.adapters.evidence.log_kit import (
    ORIGIN,
    Kit,
    bytes_by_file,
    consents,
    leaf_hashes,
    opened,
    projected,
    published,
)

from chengnuo.adapters.evidence.checkpoint_file import CHECKPOINT
from chengnuo.adapters.evidence.index import FILE_NAME
from chengnuo.adapters.evidence.log import WritableLog
from chengnuo.adapters.keys import make_key_file, new_signing_pem
from chengnuo.base.errors import ChengnuoError, UnavailableError
from chengnuo.domain.evidence.checkpoint import Checkpoint
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.ports.checkpoint_signing import LogKeyMissingError
from chengnuo.ports.evidence_log import Draft, LogDamagedError, LogUnavailableError, Position

_NOBODY = 65534
_LATEST_S = 20.0


def _filled(folder: Path, *, size: int = 40, segment_bytes: int = 1 << 13) -> Kit:
    """Return a closed log of several segments."""
    kit = Kit(folder, segment_bytes=segment_bytes)
    log = kit.open()
    log.append([published(0)])
    for number in range(0, size - 1, 3):
        log.append(consents(range(number, min(number + 3, size - 1))))
    log.close()
    kit.close()
    kit.notes.clear()
    return kit


def _segments(kit: Kit) -> list[Path]:
    return sorted((kit.log_folder / "wal").glob("*.seg"))


def _flip(path: Path, offset: int) -> None:
    data = bytearray(path.read_bytes())
    data[offset] ^= 4
    path.write_bytes(data)


def _refused(kit: Kit, file: str) -> None:
    """Opening is refused naming the file, signs nothing, and leaves every byte as it is."""
    before = bytes_by_file(kit.folder)
    with pytest.raises(LogDamagedError) as raised:
        kit.open()
    kit.close()
    assert (raised.value.code, raised.value.file) == ("log-damaged", file)
    assert bytes_by_file(kit.folder) == before
    assert kit.notes == []


# --- full ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _SmallDisk:
    """A folder whose disk can be filled and freed."""

    folder: Path
    fill: Callable[[], None]
    free: Callable[[], None]


def _limited(folder: Path) -> _SmallDisk:
    """Let no file grow or be written beyond its first bytes: the system refuses all writing."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    return _SmallDisk(
        folder,
        lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (16, before[1])),
        lambda: resource.setrlimit(resource.RLIMIT_FSIZE, before),
    )


def _mounted(folder: Path) -> _SmallDisk:
    filler = folder / "filler"

    def fill() -> None:
        with filler.open("wb", buffering=0) as file:
            for size in (1 << 16, 1 << 12, 1):
                try:
                    while True:
                        file.write(bytes(size))
                except OSError:
                    continue

    return _SmallDisk(folder, fill, filler.unlink)


def _mount(folder: Path) -> bool:
    """Mount a small memory disk; only root may."""
    command = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0  # noqa: S603


@pytest.fixture(name="small_disk", params=["limit", "disk"])
def _small_disk(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[_SmallDisk]:
    """A file size limit, and a disk of 2 MB where that can be had (else the limit again)."""
    if request.param == "disk" and _mount(tmp_path):
        yield _mounted(tmp_path)
        subprocess.run(["umount", "--lazy", str(tmp_path)], check=True)  # noqa: S603, S607
    else:
        small = _limited(tmp_path)
        yield small
        small.free()


def _append_until_refused(log: WritableLog) -> dict[int, bytes]:
    """Append until the disk refuses; return what was acknowledged."""
    told = {}
    for number in range(10_000):
        drafts = consents([number])
        try:
            told[log.append(drafts).first] = drafts[0].payload
        except LogUnavailableError:
            return told
    raise AssertionError("the disk never refused")


def _wait(ready: Callable[[], bool]) -> None:
    until = monotonic() + _LATEST_S
    while not ready():
        assert monotonic() < until


def test_a_full_disk_is_said_loses_nothing_and_service_comes_back(small_disk: _SmallDisk) -> None:
    kit = Kit(small_disk.folder, segment_bytes=1 << 14)
    log = kit.open()
    log.append(consents(range(3)))
    before = log.publish().checkpoint.size
    small_disk.fill()
    try:
        told = _append_until_refused(log)
        log.enqueue([Draft(kind=Kind.INSPECTION_RESULT, payload=b'{"n":77,"v":1}')])
        with pytest.raises(UnavailableError):
            log.append([*consents(range(400, 440)), published(1)])
        _wait(lambda: "cannot be written" in log.status().failed)
        assert log.status().queued == 1
        checkpoint = log.checkpoint()
        assert checkpoint is not None
        assert checkpoint.checkpoint.size >= before
    finally:
        small_disk.free()
    _wait(lambda: log.status().queued == 0)  # what nobody waits for was held, and is written now
    after = log.append(consents([900])).first
    assert log.status().failed == ""
    assert log.record(Position(after - 1)).leaf.kind == "inspection-result"
    assert log.publish().checkpoint.size == after + 1
    for position, payload in told.items():
        assert opened(kit.payloads(), log, position) == payload
    log.close()
    kit.close()
    assert kit.problems() == []
    log = kit.open()
    assert log.recovered.set_aside == ""
    log.close()
    kit.close()


def test_publishing_on_a_full_disk_is_made_up_for(small_disk: _SmallDisk) -> None:
    kit = Kit(small_disk.folder, segment_bytes=1 << 16)
    log = kit.open()
    first = log.append(consents(range(250))).first
    old = log.publish().checkpoint
    log.append(consents(range(300, 500)))
    small_disk.fill()
    try:
        with pytest.raises(UnavailableError):
            log.publish()
        with pytest.raises(UnavailableError):
            log.publish()
        found = log.checkpoint()
        assert found is not None
        assert found.checkpoint == old
    finally:
        small_disk.free()
    new = log.publish().checkpoint
    assert (first, new.size) == (0, 450)
    log.close()
    kit.close()
    assert kit.problems() == []
    assert {one.size: one.root for one in kit.signed_checkpoints()}[450] == new.root


def test_records_taken_while_publishing_fails_are_kept_on_disk_only_and_published_after(
    tmp_path: Path,
) -> None:
    kit = Kit(tmp_path)
    log = kit.open()
    log.append(consents(range(20)))
    old = log.publish().checkpoint
    tiles, away = kit.public / "tile", tmp_path / "away"
    tiles.rename(away)
    tiles.write_bytes(b"")  # no folder: nothing can be put into it
    log.append(consents(range(20, 40)))
    with pytest.raises(UnavailableError):
        log.publish()
    log.append(consents(range(30, 300)))
    assert log.waiting_to_be_published == 0
    assert kit.signed_checkpoints()[-1] == old
    tiles.unlink()
    away.rename(tiles)
    new = log.publish().checkpoint
    assert new.size == 310
    log.append(consents(range(5)))
    log.close()
    kit.close()
    assert kit.problems() == []


def test_what_nobody_waits_for_is_not_lost_unsaid_when_the_log_closes(
    small_disk: _SmallDisk,
) -> None:
    kit = Kit(small_disk.folder, segment_bytes=1 << 14)
    log = kit.open()
    log.append(consents(range(3)))
    log.publish()
    small_disk.fill()
    try:
        told = _append_until_refused(log)
        log.enqueue([Draft(kind=Kind.INSPECTION_RESULT, payload=b'{"n":%d,"v":1}' % 5)] * 60)
        with pytest.raises(UnavailableError):
            log.close()
    finally:
        small_disk.free()
    kit.close()
    log = kit.open()
    assert log.status().size == 3 + len(told)
    log.close()
    kit.close()


# --- not to be written --------------------------------------------------------------------------


def _in_child(act: Callable[[], bool]) -> None:
    """Run in a process that may not write; assert that it returns True."""
    told = multiprocessing.get_context("fork").Queue()

    def run() -> None:
        if os.getuid() == 0:
            os.setgid(_NOBODY)
            os.setuid(_NOBODY)
        try:
            told.put(act())
        except ChengnuoError as error:
            told.put(error.code)

    child = multiprocessing.get_context("fork").Process(target=run)
    child.start()
    assert told.get(timeout=_LATEST_S) is True
    child.join()


@pytest.fixture(name="read_only")
def _read_only() -> Iterator[Kit]:
    """A closed log in folders that everybody may read and nobody may write."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        kit = _filled(folder / "data")
        below = [folder, *folder.rglob("*")]
        for path in below:
            path.chmod(0o555 if path.is_dir() else 0o444)
        yield kit
        for path in below:
            if path.exists():
                path.chmod(0o700)


def test_a_folder_that_cannot_be_written_is_said_and_left_alone(tmp_path: Path) -> None:
    with tempfile.TemporaryDirectory() as name:
        kit = _filled(Path(name))
        signer = kit.signer()
        kit.open_vault()
        Path(name).chmod(0o755)
        for path in kit.log_folder.rglob("*"):
            path.chmod(0o555 if path.is_dir() else 0o444)
        kit.log_folder.chmod(0o555)
        before = bytes_by_file(kit.folder, without=())

        def act() -> bool:
            try:
                kit.open(signer)
            except LogUnavailableError as error:
                return error.code == "log-unavailable"
            return False

        _in_child(act)
        assert bytes_by_file(kit.folder, without=()) == before
        kit.close()
    del tmp_path


def test_a_log_is_read_and_checked_in_a_folder_that_cannot_be_written(read_only: Kit) -> None:
    before = bytes_by_file(read_only.log_folder, without=())

    def act() -> bool:
        reader = read_only.reader()
        signed = reader.checkpoint()
        whole = signed is not None and reader.root_at(40) == signed.checkpoint.root
        reader.close()
        return whole and read_only.problems() == []

    _in_child(act)
    assert bytes_by_file(read_only.log_folder, without=()) == before


# --- the clock ----------------------------------------------------------------------------------


def test_instants_never_go_back_though_the_clock_does(tmp_path: Path) -> None:
    kit = _filled(tmp_path)
    kit.clock.instant -= timedelta(days=3)
    log = kit.open()
    log.append(consents(range(5)))
    kit.clock.instant += timedelta(days=10)
    log.append(consents(range(5)))
    kit.clock.instant -= timedelta(days=5)
    log.append(consents(range(5)))
    size = log.status().size
    instants = [log.record(Position(position)).leaf.at for position in range(size)]
    assert instants == sorted(instants)
    assert instants[-1] > instants[40]
    log.close()
    kit.close()
    assert kit.problems() == []


# --- files that are away, or another's ------------------------------------------------------------


def test_a_projection_that_is_away_is_made_anew_equal(tmp_path: Path) -> None:
    kit = _filled(tmp_path, size=600)
    before, files = projected(kit.log_folder), bytes_by_file(kit.public)
    (kit.log_folder / FILE_NAME).unlink()
    assert [problem.file for problem in kit.problems()] == [FILE_NAME]
    kit.open().close()
    kit.close()
    assert projected(kit.log_folder) == before
    assert bytes_by_file(kit.public) == files
    assert kit.notes == []
    assert kit.problems() == []


@pytest.mark.parametrize("size", [0, 30, 40, 256, 300])
def test_the_projection_of_another_log_is_refused(tmp_path: Path, size: int) -> None:
    kit = _filled(tmp_path / "ours", size=256)
    other = _filled(tmp_path / "other", size=size)
    shutil.copy2(other.log_folder / FILE_NAME, kit.log_folder / FILE_NAME)
    _refused(kit, FILE_NAME)
    assert FILE_NAME in {problem.file for problem in kit.problems()}


def test_tiles_that_are_away_are_named(tmp_path: Path) -> None:
    kit = _filled(tmp_path, size=300)
    (kit.public / "tile" / "0" / "000").unlink()
    assert [problem.file for problem in kit.problems()] == ["log/tile/0/000"]


def _look_up(kit: Kit, position: int) -> None:
    with closing(kit.open()) as log:
        log.record(Position(position))


@pytest.mark.parametrize("number", [0, 1, -1])
def test_a_segment_that_is_away_is_noticed_and_nothing_is_written(
    tmp_path: Path, number: int
) -> None:
    kit = _filled(tmp_path, size=90)
    gone = _segments(kit)[number]
    assert len(_segments(kit)) > 3
    gone.unlink()
    before = bytes_by_file(kit.folder)
    problems = kit.problems()
    assert problems
    first = int(gone.stem)
    with pytest.raises(LogDamagedError):
        _look_up(kit, first)
    kit.close()
    assert bytes_by_file(kit.folder) == before
    assert kit.notes == []


@pytest.mark.parametrize("size", [40, 600], ids=["among the last 256", "long before"])
def test_a_damaged_segment_in_the_middle_is_named_and_nothing_is_written(
    tmp_path: Path, size: int
) -> None:
    kit = _filled(tmp_path, size=size)
    segment = _segments(kit)[1]
    _flip(segment, 300)
    named = f"wal/{segment.name}"
    before = bytes_by_file(kit.folder)
    assert [problem.file for problem in kit.problems()] == [named]
    with pytest.raises(LogDamagedError) as raised:
        _look_up(kit, int(segment.stem))
    kit.close()
    assert raised.value.file == named
    assert bytes_by_file(kit.folder) == before


def test_damage_before_whole_batches_that_nothing_was_signed_over_is_refused(
    tmp_path: Path,
) -> None:
    kit = Kit(tmp_path / "running")
    log = kit.open()
    for number in range(5):
        log.append(consents([number]))
    stopped = Kit(tmp_path / "stopped")
    shutil.copytree(kit.folder, stopped.folder, dirs_exist_ok=True)
    log.close()
    kit.close()
    stopped.open_vault()  # so that its SQLite takes in what was on its way
    stopped.close()
    [segment] = _segments(stopped)
    _flip(segment, 300)
    _refused(stopped, f"wal/{segment.name}")


def test_damage_in_a_last_batch_that_was_signed_is_refused(tmp_path: Path) -> None:
    kit = _filled(tmp_path, segment_bytes=1 << 16)
    [segment] = _segments(kit)
    _flip(segment, len(segment.read_bytes().rstrip(b"\0")) - 10)
    _refused(kit, f"wal/{segment.name}")


def _note(kit: Kit, checkpoint: Checkpoint) -> None:
    (kit.public / CHECKPOINT).write_text(kit.signer().sign_note(checkpoint.text()))
    kit.notes.clear()


@pytest.mark.parametrize(
    ("origin", "size", "root"),
    [
        pytest.param("log.example/other", 40, None, id="another origin"),
        pytest.param(ORIGIN, 40, bytes(32), id="another root"),
        pytest.param(ORIGIN, 25, bytes(32), id="another root of fewer records"),
        pytest.param(ORIGIN, 41, bytes(32), id="more records than there are"),
    ],
)
def test_a_foreign_checkpoint_is_refused(
    tmp_path: Path, origin: str, size: int, root: bytes | None
) -> None:
    kit = _filled(tmp_path)
    found = kit.reader()
    signed = found.checkpoint()
    found.close()
    assert signed is not None
    ours = signed.checkpoint
    _note(
        kit,
        Checkpoint(origin=origin, size=size, root=root or ours.root, map_root=ours.map_root),
    )
    _refused(kit, CHECKPOINT)
    assert f"log/{CHECKPOINT}" in {problem.file for problem in kit.problems()}


def test_a_checkpoint_with_another_map_is_not_signed_over(tmp_path: Path) -> None:
    kit = _filled(tmp_path)
    reader = kit.reader()
    root = reader.root_at(40)
    reader.close()
    _note(kit, Checkpoint(origin=ORIGIN, size=40, root=root, map_root=bytes(32)))
    _refused(kit, FILE_NAME)
    assert f"log/{CHECKPOINT}" in {problem.file for problem in kit.problems()}


def test_something_that_is_no_checkpoint_is_refused(tmp_path: Path) -> None:
    kit = _filled(tmp_path)
    (kit.public / CHECKPOINT).write_text("no note")
    _refused(kit, CHECKPOINT)


def test_a_checkpoint_that_is_away_is_signed_again_over_the_same(tmp_path: Path) -> None:
    kit = _filled(tmp_path)
    before = (kit.public / CHECKPOINT).read_bytes()
    (kit.public / CHECKPOINT).unlink()
    assert f"log/{CHECKPOINT}" in {problem.file for problem in kit.problems()}
    kit.open().close()
    kit.close()
    assert (kit.public / CHECKPOINT).read_bytes() == before
    assert kit.problems() == []


def test_an_older_checkpoint_of_ours_is_followed_by_one_that_extends_it(tmp_path: Path) -> None:
    kit = _filled(tmp_path, size=100)
    old = (kit.public / CHECKPOINT).read_bytes()
    log = kit.open()
    log.append(consents(range(300)))
    log.close()
    kit.close()
    newest = (kit.public / CHECKPOINT).read_bytes()
    (kit.public / CHECKPOINT).write_bytes(old)
    log = kit.open()
    assert (kit.public / CHECKPOINT).read_bytes() == newest
    assert len(leaf_hashes(log, 400)) == 400
    log.close()
    kit.close()
    assert kit.problems() == []


def test_another_private_key_is_refused(tmp_path: Path) -> None:
    kit = _filled(tmp_path)
    [key] = kit.keys_folder.glob("evidence-*.pem")
    key.unlink()
    make_key_file(key, new_signing_pem(), [])
    before = bytes_by_file(kit.folder)
    with pytest.raises(LogKeyMissingError) as raised:
        kit.open()
    assert raised.value.code == "log-key-missing"
    kit.close()
    assert bytes_by_file(kit.folder) == before
