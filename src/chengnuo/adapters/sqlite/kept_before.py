"""The database as it was before an upgrade of its tables, kept for a while: the way back.

An older program refuses newer tables; put in the place of the upgraded file, the copy lets it go on
from where the upgrade began, and what the log got since is read from the log. The copy holds people
who are erased meanwhile, so it goes after a week.
"""

import os
import sqlite3
from contextlib import closing, suppress
from datetime import timedelta
from pathlib import Path
from time import time

KEPT = timedelta(days=7)
_SUFFIX = ".before-"


def keep_before(path: Path, revision: str) -> None:
    """Copy a database that is about to be upgraded, durably; the copy of an earlier upgrade goes.

    Raises:
        OSError: There is no room.
        sqlite3.Error: It cannot be read.

    """
    kept = path.with_name(f"{path.name}{_SUFFIX}{revision}")
    coming = kept.with_name(f"{kept.name}.part")
    coming.unlink(missing_ok=True)
    os.close(os.open(coming, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o600))
    with closing(sqlite3.connect(path)) as live, closing(sqlite3.connect(coming)) as copy:
        live.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
    _sync(coming)
    for old in _kept(path):
        old.unlink(missing_ok=True)
    coming.rename(kept)
    _sync(path.parent)


def forget_before(path: Path) -> None:
    """Remove copies that were kept long enough; one that cannot be removed stays till next time."""
    oldest = time() - KEPT.total_seconds()
    for one in _kept(path):
        with suppress(OSError):
            if one.stat().st_mtime < oldest:
                one.unlink()


def _kept(path: Path) -> list[Path]:
    return [
        one for one in path.parent.glob(f"{path.name}{_SUFFIX}*") if not one.name.endswith(".part")
    ]


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
