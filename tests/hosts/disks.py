"""Small file systems of their own: one in memory that fills up, one that turns read-only.

A file system in memory cannot turn read-only under whoever writes it; ext4 does so when it meets an
error, which `abort` stands for (ext4(5)). Mending that takes what an operator does: unmount, check,
mount.
"""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

_CHUNK = 1 << 16
_CHECKED = frozenset({0, 1})
"""What `e2fsck` ends with when the file system is clean or was mended."""


def _run(*words: str, good: frozenset[int] = frozenset({0})) -> None:
    tool = shutil.which(words[0]) or f"/usr/sbin/{words[0]}"
    done = subprocess.run(  # noqa: S603  the system's own tool
        [tool, *words[1:]], check=False, capture_output=True, text=True
    )
    if done.returncode not in good:
        pytest.fail(f"`{' '.join(words)}` ended with {done.returncode}: {done.stderr}")


@dataclass(slots=True)
class Disk:
    """A mounted file system.

    Attributes:
        place: Where.

    """

    place: Path

    def fill(self) -> None:
        """Leave no byte free."""
        with (self.place / "filler").open("wb", buffering=0) as file, suppress(OSError):
            for size in (_CHUNK, 1):
                with suppress(OSError):
                    while file.write(bytes(size)):
                        pass

    def empty(self) -> None:
        """Give the room back."""
        (self.place / "filler").unlink()

    def remount(self, mode: str) -> None:
        """Let it be written (`rw`) or only read (`ro`); nobody may be writing it."""
        _run("mount", "-o", f"remount,{mode}", str(self.place))


@dataclass(slots=True)
class Ext4(Disk):
    """A file system in a file.

    Attributes:
        image: The file.

    """

    image: Path

    def abort(self) -> None:
        """Let it meet an error: from now on it is read-only, whoever writes it."""
        _run("mount", "-o", "remount,abort", str(self.place))

    def mend(self) -> None:
        """Check it and let it be written again; nobody may have a file of it open."""
        _run("umount", str(self.place))
        _run("e2fsck", "-p", str(self.image), good=_CHECKED)
        _run("mount", "-o", "loop", str(self.image), str(self.place))


@contextmanager
def in_memory(place: Path, *, megabytes: int) -> Iterator[Disk]:
    """Yield a file system in memory."""
    place.mkdir()
    _run("mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(place))
    try:
        yield Disk(place)
    finally:
        _run("umount", "-l", str(place))


@contextmanager
def in_file(place: Path, *, megabytes: int) -> Iterator[Ext4]:
    """Yield an ext4 file system."""
    image = place.with_suffix(".img")
    with image.open("wb") as file:
        file.truncate(megabytes << 20)
    _run("mkfs.ext4", "-q", str(image))
    place.mkdir()
    _run("mount", "-o", "loop", str(image), str(place))
    try:
        yield Ext4(place, image)
    finally:
        _run("umount", "-l", str(place))
        image.unlink()
