"""The shim `faults.c`, compiled here, and the numbers that tell it what shall fail."""

import atexit
import errno
import shutil
import struct
import subprocess
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest

_SOURCE = Path(__file__).with_name("faults.c")
_FORM = struct.Struct("=3q")


@cache
def library() -> Path:
    """Return the compiled shim, where every account may read it."""
    compiler = shutil.which("gcc")
    if compiler is None:
        pytest.fail("`gcc` is not installed (Debian packages gcc and libc6-dev)")
    place = Path(mkdtemp(prefix="chengnuo-shim-"))
    atexit.register(shutil.rmtree, place)
    place.chmod(0o755)
    made = place / "faults.so"
    command = [compiler, "-O2", "-Wall", "-shared", "-fPIC", "-o", str(made), str(_SOURCE), "-ldl"]
    done = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603
    if done.returncode != 0:
        pytest.fail(f"the shim cannot be compiled: {done.stderr}")
    return made


@dataclass(slots=True)
class Shim:
    """What is told to the processes of one host.

    Attributes:
        file: Where it is told.
        under: The folder below which writing and syncing fail.

    """

    file: Path
    under: Path
    clock: timedelta = timedelta()
    sync_error: int = 0
    write_error: int = 0

    def tell(
        self,
        *,
        clock: timedelta | None = None,
        sync_error: int | None = None,
        write_error: int | None = None,
    ) -> None:
        """Change what is told; what is left out stays.

        Args:
            clock: By how much the clock of the wall is moved.
            sync_error: What syncing fails with, as `errno.EIO`; 0 for nothing.
            write_error: What writing fails with.

        """
        self.clock = self.clock if clock is None else clock
        self.sync_error = self.sync_error if sync_error is None else sync_error
        self.write_error = self.write_error if write_error is None else write_error
        moved = self.clock // timedelta(microseconds=1) * 1000
        with self.file.open("r+b" if self.file.exists() else "wb") as file:
            file.write(_FORM.pack(moved, self.sync_error, self.write_error))

    def environ(self) -> dict[str, str]:
        """Return the environment of a process that is told."""
        if not self.file.exists():
            self.tell()
            self.file.chmod(0o644)
        return {
            "LD_PRELOAD": str(library()),
            "FAULTS": str(self.file),
            "FAULTS_UNDER": str(self.under),
        }


FULL, BROKEN, READ_ONLY = errno.ENOSPC, errno.EIO, errno.EROFS
