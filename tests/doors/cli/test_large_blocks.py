"""Memory that hashes of passwords took is the system's again."""

import subprocess
import sys

import pytest

_SAID = """
from threading import Thread
import psutil
from chengnuo.adapters.passwords import Argon2Passwords
from chengnuo.doors.cli.large_blocks import give_back_large_blocks

give_back_large_blocks()
hasher, process = Argon2Passwords(bytes(32)), psutil.Process()
before = process.memory_info().rss
for _ in range(3):
    thread = Thread(target=hasher.hash, args=("four quiet lanterns",))
    thread.start()
    thread.join()
print(process.memory_info().rss - before)
"""
_MOST_BYTES = 8 << 20
"""Well below one hash, which takes 19 MiB."""


@pytest.mark.real
def test_a_service_holds_no_memory_of_the_passwords_it_hashed() -> None:
    done = subprocess.run(  # noqa: S603 (our own program)
        [sys.executable, "-c", _SAID], capture_output=True, text=True, check=True
    )
    assert int(done.stdout) < _MOST_BYTES
