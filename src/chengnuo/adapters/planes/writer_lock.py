"""The lock of the one writer of planes; it ends with its process."""

import fcntl
import os
from pathlib import Path

from chengnuo.adapters.planes.files import LOCK, PlanesUnavailableError
from chengnuo.adapters.planes.limits import PlanesLockedError
from chengnuo.adapters.planes.place import check_owned


def lock_of(folder: Path) -> int:
    """Take the lock of a folder of planes, making the folder; return its descriptor.

    Raises:
        PlanesLockedError: Another process writes them; nothing was changed.
        PlanesUnavailableError: The folder cannot be written, or others can write to it.

    """
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        check_owned(folder)
        descriptor = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise PlanesUnavailableError(error.strerror or "it cannot be written") from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(descriptor)
        raise PlanesLockedError from error
    return descriptor
