"""The lock of a log's one writer: taken before anything of the log is opened or made.

It ends with the process, however that ends. Its file says which process holds it.
"""

import fcntl
import os
from pathlib import Path

from chengnuo.ports.evidence_log import LogLockedError, LogUnavailableError

_NAME = "lock"
_LOCKS = Path("/proc/locks")


class WriterLock:
    """The right to write a log, held until it is closed."""

    def __init__(self, folder: Path) -> None:
        """Take the lock of a log, making its folder if it is not there.

        Raises:
            LogLockedError: Another writer has it; nothing was changed.
            LogUnavailableError: The folder cannot be written.

        """
        path = folder / _NAME
        try:
            for one in (folder.parent, folder):  # what `parents` makes is open to others
                one.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise _unavailable(error) from error
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            os.ftruncate(self._descriptor, 0)
            os.write(self._descriptor, str(os.getpid()).encode())
        except OSError as error:
            os.close(self._descriptor)
            if isinstance(error, BlockingIOError):
                raise LogLockedError(_holder(path)) from error
            raise _unavailable(error) from error

    def close(self) -> None:
        """Let go of it; again does nothing."""
        descriptor, self._descriptor = self._descriptor, -1
        if descriptor >= 0:
            os.close(descriptor)


def writer_of(folder: Path) -> int | None:
    """Return the process that writes a log, without touching its lock; None for none.

    Told from what Linux lists of locks, so that whoever is about to take it is not kept from it.
    """
    path = folder / _NAME
    said = _holder(path)
    try:
        inode = f":{path.stat().st_ino}"
        listed = _LOCKS.read_text("ascii").splitlines()
    except OSError:
        return None
    held = {
        parts[4] for line in listed if (parts := line.split())[1] == "FLOCK" and inode in parts[5]
    }
    return int(said) if said in held else None


def _unavailable(error: OSError) -> LogUnavailableError:
    return LogUnavailableError(error.strerror or "the folder cannot be written")


def _holder(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii").strip() or "?"
    except OSError:
        return "?"
