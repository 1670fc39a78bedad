"""Folders of tests lie in memory where there is room: they ask the disk for nothing.

What is made durable waits for the disk each time, for milliseconds on most machines, and the tests
make things durable tens of thousands of times. What a power cut leaves is tried on files that
remember what was synced, not on a disk. `TMPDIR` names another place.
"""

import os
import tempfile
from pathlib import Path

import pytest

MEMORY = Path("/dev/shm")  # noqa: S108  it is shared like /tmp, and pytest's folder is for its user
ROOM_BYTES = 4 << 30


def has_room(place: Path) -> bool:
    """Tell whether a place in memory can be used like a temporary folder."""
    if not (place.is_mount() and os.access(place, os.W_OK | os.X_OK)):
        return False
    found = os.statvfs(place)
    return found.f_bavail * found.f_frsize >= ROOM_BYTES and not found.f_flag & os.ST_NOEXEC


@pytest.hookimpl(tryfirst=True)
def pytest_configure() -> None:
    """Let this process, and those it starts, put temporary folders in memory."""
    if "TMPDIR" not in os.environ and has_room(MEMORY):
        os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)
