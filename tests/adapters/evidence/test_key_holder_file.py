"""The holder that is one file: who may read it, and that what it forgets is gone."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tests.adapters.evidence.key_kit import bytes_below, file_holding

from chengnuo.adapters.evidence.key_holder_file import FileKeyHolder
from chengnuo.ports.evidence_keys import KeyHolderError, MasterKeyError

NOBODY = 65534
STEPS = ("fsync", "pwrite", "rename", "link", "unlink", "open")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "epoch.key"


@pytest.fixture
def holder(path: Path) -> FileKeyHolder:
    holder = FileKeyHolder(path, in_data_folder=False)
    holder.make(1)
    return holder


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every account of the machine can look into."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


def test_the_file_is_for_its_owner_alone_and_nothing_lies_beside_it(
    holder: FileKeyHolder, path: Path
) -> None:
    holder.make(2)
    holder.destroy(1)
    assert path.stat().st_mode & 0o777 == 0o600
    assert [found.name for found in path.parent.iterdir()] == ["epoch.key"]
    assert holder.place == str(path)
    assert holder.forgets
    assert FileKeyHolder(path, in_data_folder=True).in_data_folder


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620])
def test_a_file_that_others_can_read_is_refused(
    holder: FileKeyHolder, path: Path, mode: int
) -> None:
    path.chmod(mode)
    for use in (holder.epochs, lambda: holder.make(2), lambda: holder.destroy(1)):
        with pytest.raises(MasterKeyError, match="0600"):
            use()


GOOD = '{"type":"chengnuo-epoch-keys/1","keys":{"1":"' + "ab" * 32 + '"}}'


def test_the_form_of_the_file(path: Path) -> None:
    path.write_text(GOOD)
    path.chmod(0o600)
    assert FileKeyHolder(path, in_data_folder=False).epochs() == (1,)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(GOOD[:-1].encode(), id="cut short"),
        pytest.param(GOOD.replace("keys/1", "keys/2").encode(), id="another version"),
        pytest.param(GOOD.replace("ab", "a", 1).encode(), id="a key too short"),
        pytest.param(GOOD.replace("ab", "zz", 1).encode(), id="no hex"),
        pytest.param(GOOD.replace('"1"', '"-1"').encode(), id="a negative epoch"),
        pytest.param(GOOD.replace('"1"', '"²"').encode(), id="an epoch that is no digit"),
        pytest.param(GOOD.replace("}}", '},"more":1}').encode(), id="another member"),
        pytest.param(b"\xff" * 100, id="other bytes"),
        pytest.param(GOOD.encode() + b" " * (1 << 20), id="too long"),
    ],
)
def test_a_file_of_something_else_is_refused_and_left_alone(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    path.chmod(0o600)
    holder = FileKeyHolder(path, in_data_folder=False)
    for use in (holder.epochs, lambda: holder.make(2), lambda: holder.destroy(1)):
        with pytest.raises(MasterKeyError):
            use()
    assert path.read_bytes() == content


def test_the_old_file_is_zeroed_where_it_stood(holder: FileKeyHolder, path: Path) -> None:
    kept_open = os.open(path, os.O_RDONLY)
    before = path.read_bytes()
    holder.make(2)
    assert os.pread(kept_open, 1 << 16, 0) == bytes(len(before))
    os.close(kept_open)


class Crash(BaseException):
    """The process ends here."""


def crash_at(step: int, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let the process end just before the given system call; returns the calls done."""
    done: list[str] = []

    def wrapped(name: str) -> None:
        real = getattr(os, name)

        def call(*args: object, **options: object) -> object:
            if len(done) == step:
                raise Crash
            done.append(name)
            return real(*args, **options)

        monkeypatch.setattr(os, name, call)

    for name in STEPS:
        wrapped(name)
    return done


def test_whatever_step_a_change_ends_at_the_next_start_makes_it_whole(tmp_path: Path) -> None:
    step = 0
    while True:
        folder = tmp_path / str(step)
        folder.mkdir()
        holder = file_holding(folder).opened()
        holder.make(1)
        holder.make(2)
        secrets = (folder / "epoch.key").read_text()
        gone = secrets.split('"1":"')[1][:64].encode()
        stays = secrets.split('"2":"')[1][:64].encode()
        with pytest.MonkeyPatch.context() as monkeypatch:
            done = crash_at(step, monkeypatch)
            try:
                holder.destroy(1)
            except Crash:
                crashed = True
            else:
                crashed = False
        again = file_holding(folder).opened()
        epochs = again.epochs()
        assert epochs in {(1, 2), (2,)}
        assert [found.name for found in folder.iterdir()] == ["epoch.key"]
        assert (gone in bytes_below(folder)) == (1 in epochs)
        again.destroy(1)
        assert gone not in bytes_below(folder)
        assert stays in bytes_below(folder)
        if not crashed:
            break
        step += 1
    assert step == len(done)
    assert {"fsync", "pwrite", "rename", "link", "unlink"} <= set(done)


def test_many_that_make_one_epoch_at_once_end_up_with_one_key(path: Path) -> None:
    holders = [FileKeyHolder(path, in_data_folder=False) for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        wrapped = list(
            pool.map(
                lambda holder: (holder.make(1), holder.wrap(1, [(bytes(32), b"")]))[1], holders
            )
        )
    for (one,) in wrapped:
        assert holders[0].unwrap(1, [(one, b"")]) == [bytes(32)]


@pytest.mark.parametrize("place", ["missing/epoch.key", "file/epoch.key"])
def test_a_folder_that_is_not_there_is_said(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").touch()
    holder = FileKeyHolder(tmp_path / place, in_data_folder=False)
    with pytest.raises(KeyHolderError, match=r"epoch\.key"):
        holder.make(1)


AS_NOBODY = """
import os, sys
from pathlib import Path
from chengnuo.adapters.evidence.key_holder_file import FileKeyHolder
from chengnuo.ports.evidence_keys import KeyHolderError
if os.getuid() == 0:
    os.setuid(int(sys.argv[2]))
holder = FileKeyHolder(Path(sys.argv[1]), in_data_folder=False)
for use in (lambda: holder.make(2), lambda: holder.destroy(1), lambda: holder.wrap(1, [])):
    try:
        use()
    except KeyHolderError as error:
        print(error)
"""


@pytest.mark.real
def test_a_file_or_folder_that_refuses_us_is_said_and_left_alone(open_folder: Path) -> None:
    path = open_folder / "epoch.key"
    FileKeyHolder(path, in_data_folder=False).make(1)
    before = path.read_bytes()
    path.chmod(0o000)
    open_folder.chmod(0o555)
    told = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", AS_NOBODY, str(path), str(NOBODY)],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    open_folder.chmod(0o755)
    path.chmod(0o600)
    assert told == ["the holder of the epoch key: file `epoch.key`: Permission denied"] * 3
    assert path.read_bytes() == before
