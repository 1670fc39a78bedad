"""`chengnuo inspect` on files that mislead: one clear message, its status, nothing beside it.

The real command, each package in its child; where it matters, in a process of its own too.
"""

import io
import json
import os
import pty
import shutil
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
import pyzipper
from tests.engines.archive.zips import APK, FLAGS, with_central, zipped

from chengnuo.doors.cli.root import run
from chengnuo.wiring.program import Program

BUILT = Path(__file__).parents[2] / "packages" / "built"
GOOD = (BUILT / "async-handlers.apk").read_bytes()
CHENGNUO = Path(sys.executable).with_name("chengnuo")

pytestmark = pytest.mark.real


def ran(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own command
        [CHENGNUO, "inspect", *words],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def locked() -> bytes:
    out = io.BytesIO()
    with pyzipper.AESZipFile(out, "w", encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(b"secret")
        for name, content in APK.items():
            archive.writestr(name, content)
    return out.getvalue()


def locked_split() -> bytes:
    out = io.BytesIO()
    with pyzipper.AESZipFile(out, "w", encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(b"secret")
        archive.writestr("base.apk", GOOD)
        archive.writestr("split_config.arm64_v8a.apk", GOOD)
    return out.getvalue()


def many_entries() -> bytes:
    data = zipped(APK)
    end = data.rindex(b"PK\x05\x06")
    return data[: end + 8] + struct.pack("<2H", 0xFFFF, 0xFFFF) + data[end + 12 :]


def twice_the_manifest() -> bytes:
    out = io.BytesIO(GOOD)
    with pytest.warns(UserWarning, match="Duplicate"), pyzipper.ZipFile(out, "a") as archive:
        archive.writestr("AndroidManifest.xml", b"another one")
    return out.getvalue()


def added(name: str, content: bytes) -> bytes:
    out = io.BytesIO(GOOD)
    with pyzipper.ZipFile(out, "a", pyzipper.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "statuses"),
    [
        pytest.param(lambda: b"", {2}, id="an empty file"),
        pytest.param(lambda: b"{}", {2}, id="JSON"),
        pytest.param(lambda: b"PK\x03\x04" + bytes(100), {2}, id="the beginning of an archive"),
        pytest.param(lambda: GOOD[: len(GOOD) // 2], {2}, id="truncated"),
        pytest.param(lambda: zipped({"a.txt": b"text"}), {2}, id="an archive of something else"),
        pytest.param(lambda: zipped(APK), {1}, id="a manifest and a DEX file of zeros"),
        pytest.param(locked, {1}, id="encrypted"),
        pytest.param(locked_split, {1, 2}, id="splits with a password"),
        pytest.param(lambda: with_central(GOOD, "classes.dex", FLAGS, "<H", 1), {1}, id="a flag"),
        pytest.param(many_entries, {1}, id="absurd counts"),
        pytest.param(twice_the_manifest, {1}, id="two manifests"),
        pytest.param(lambda: added("../../evil.txt", b"evil"), {1}, id="path traversal"),
        pytest.param(lambda: added("/evil.txt", b"evil"), {1}, id="absolute path"),
        pytest.param(lambda: added("classes2.dex", bytes(40 << 20)), {1}, id="a bomb"),
        pytest.param(
            lambda: added("classes2.dex", b"dex\n035\0" + b"\xff" * 999), {1, 3}, id="dex"
        ),
    ],
)
def test_a_hostile_file_gets_one_clear_answer(
    data: Callable[[], bytes],
    statuses: set[int],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "app.apk").write_bytes(data())
    status = run(Program(), ["inspect", str(tmp_path / "app.apk")])
    printed = capsys.readouterr()
    assert status in statuses, printed.out + printed.err
    if status == 2:
        assert printed.out == ""
        assert printed.err.count("[") == 1
    else:
        assert "sha256" in printed.out
    assert [path.name for path in tmp_path.iterdir()] == ["app.apk"]
    assert not (tmp_path.parent / "evil.txt").exists()


def test_what_is_no_file_is_told(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    done = ran(tmp_path, "pipe")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("[not-a-package]") == 1
    assert "Traceback" not in done.stderr
    done = ran(tmp_path, "/dev/zero")
    assert (done.returncode, "[not-a-package]" in done.stderr) == (2, True)


def test_a_wrong_earlier_file_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "app.apk").write_bytes(GOOD)
    (tmp_path / "old").write_bytes(b"a song")
    line = ["inspect", str(tmp_path / "app.apk"), "--against", str(tmp_path / "old")]
    assert run(Program(), line) == 2
    assert "[not-a-package]" in capsys.readouterr().err
    (tmp_path / "old").write_bytes(b" {" + b"[" * 100_000)
    assert run(Program(), line) == 2
    assert "[wrong-inspection-file]" in capsys.readouterr().err


def test_too_little_time_is_told_as_that(capsys: pytest.CaptureFixture[str]) -> None:
    line = ["inspect", str(BUILT / "async-handlers.apk"), "--time", "0.01"]
    assert run(Program(), line) == 2
    line[-1] = "1"
    assert run(Program(), ["--lang", "en", *line, "--memory", "128"]) in {1, 3}
    assert "Traceback" not in capsys.readouterr().err


def test_stages_are_told_where_a_person_watches(tmp_path: Path) -> None:
    (tmp_path / "app.apk").write_bytes(GOOD)
    ours, theirs = pty.openpty()
    with os.fdopen(ours, "rb", buffering=0) as terminal:
        process = subprocess.Popen(  # noqa: S603 - our own command
            [CHENGNUO, "inspect", "app.apk"],
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            stderr=theirs,
        )
        os.close(theirs)
        told = b""
        with suppress(OSError):  # the end of a terminal is an error of input
            while piece := terminal.read(4096):
                told += piece
        out = process.communicate()[0]
    assert process.returncode == 1
    assert "检查 app.apk" in told.decode()
    assert "逐项检查" in told.decode()
    assert b"\x1b[" in told
    assert b"\x1b[" not in out


def contents(out: Path) -> dict[str, bytes]:
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and path.suffix != ".part"
    }


def test_a_run_that_was_killed_and_taken_up_gives_what_one_that_was_not_gives(
    tmp_path: Path,
) -> None:
    packages = tmp_path / "packages"
    packages.mkdir()
    for path in sorted(BUILT.glob("async-*.apk"))[:4]:
        shutil.copy(path, packages)
    (packages / "broken.apk").write_bytes(GOOD[:500])
    whole, killed = tmp_path / "whole", tmp_path / "killed"
    day = ("--on", "2026-11-28", "--jobs", "2")
    line = [CHENGNUO, "inspect", str(packages), "-o", str(killed), *day]
    process = subprocess.Popen(  # noqa: S603 - our own command
        line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    until = time.monotonic() + 60
    while not list(killed.glob("reports/*.json")) and time.monotonic() < until:
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    assert not (killed / "packages.parquet").exists()
    done = ran(tmp_path, "packages", "-o", str(killed), *day, "--json")
    other = ran(tmp_path, "packages", "-o", str(whole), *day, "--json")
    assert (done.returncode, other.returncode) == (1, 1), done.stderr + other.stderr
    assert contents(killed) == contents(whole)
    assert len(json.loads(done.stdout)["packages"]) == 5
