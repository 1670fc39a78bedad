"""Moving a data folder's database: both sides opened by the settings of the installation."""

import os
import platform
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from msgspec.structs import replace

from chengnuo.doors.settings import ServeSettings, WrongSettingError
from chengnuo.usecases.operations.moving import Moving
from chengnuo.wiring.evidence import place_of


@contextmanager
def moving(settings: ServeSettings, folder: Path, database: str) -> Iterator[Moving]:
    """Open both sides of a move.

    Args:
        settings: Tell who holds the key above the keys of individuals.
        folder: The data folder that is moved.
        database: Address of the database it is moved to.

    Raises:
        WrongSettingError: The driver of the database is not installed.
        NoLogError: There is no log in the folder.
        MoveTargetError: The database is in use; nothing was changed.

    """
    try:  # the driver is no part of the base install
        postgresql = import_module("chengnuo.adapters.postgresql.database")
        move = import_module("chengnuo.adapters.moving.move")
    except ModuleNotFoundError as error:
        raise WrongSettingError("database", "needs the extra `postgresql`") from error
    place = place_of(replace(settings, data=str(folder), database=""))
    there = postgresql.PostgresqlDatabase(database, as_it_is=True)
    with move.opened(place, there, f"{platform.node()}:{os.getpid()}") as opened:
        yield Moving(move=opened, seconds=time.monotonic, rest=time.sleep)
