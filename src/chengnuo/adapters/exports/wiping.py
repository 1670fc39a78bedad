"""Destroying a small secret on the disk: overwritten, made durable, then removed."""

import os
from pathlib import Path


def wiped(path: Path) -> bool:
    """Overwrite and remove a file; tell whether it was there."""
    try:
        with path.open("r+b") as file:
            file.write(bytes(path.stat().st_size))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
    except FileNotFoundError:
        return False
    return True
