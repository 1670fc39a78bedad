"""A house of a test whose data folder was moved to a database, and is opened there."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from tests.adapters.moving.moving_kit import move

from chengnuo.adapters.evidence.place import Place
from chengnuo.adapters.postgresql.database import PostgresqlDatabase
from chengnuo.adapters.postgresql.lease import LeaseHeldError
from chengnuo.adapters.postgresql.shared import SharedDatabase

_NOTE = "moved-for-a-test"
_LEASE_S = 1.0
_WAIT_S = 30.0
_T = TypeVar("_T")


def move_house(data: Path, url: str) -> None:
    """Move a data folder as an operator would, so that the next opening finds it there."""
    move(Place(data=data), url)
    note_database(data, url)


def note_database(data: Path, url: str) -> None:
    """Let a data folder be opened over a database."""
    (data / _NOTE).write_text(url, "utf-8")


def database_of(data: Path) -> SharedDatabase | None:
    """Return the database that a data folder was moved to; None if it has its own."""
    if not (data / _NOTE).exists():
        return None
    url = (data / _NOTE).read_text("utf-8")
    return SharedDatabase(database=PostgresqlDatabase(url), holder="house", held_s=_LEASE_S)


def once_free(opening: Callable[[], _T]) -> _T:
    """Open what the lease of a process that was killed may keep for a while."""
    until = time.monotonic() + _WAIT_S
    while True:
        try:
            return opening()
        except LeaseHeldError:
            assert time.monotonic() < until
            time.sleep(0.1)
