"""The database of an installation: the file of its data folder, or one that processes share."""

import os
import platform
import secrets
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from chengnuo.adapters.data_folder import DataFolder, open_data_folder
from chengnuo.doors.cli.beginning_anew import ANEW
from chengnuo.doors.settings import ServeSettings, WrongSettingError
from chengnuo.ports.clock import Clock
from chengnuo.wiring.shards import of_shard

if TYPE_CHECKING:
    from chengnuo.adapters.postgresql.shared import SharedDatabase


def data_folder(settings: ServeSettings, clock: Clock) -> DataFolder:
    """Return the data folder of an installation, over its database.

    Raises:
        WrongSettingError: The driver of the database is not installed.
        DataNewerThanProgramError: A newer program wrote it; nothing was changed.
        DatabaseUnavailableError: The database does not answer.

    """
    shared = shared_database(settings)
    key = Path(settings.signing_key_file) if settings.signing_key_file else None
    data = open_data_folder(
        Path(settings.data),
        signing_key_file=key,
        clock=clock,
        database=None if shared is None else shared.database,
    )
    return of_shard(data, settings)


def shared_database(settings: ServeSettings) -> "SharedDatabase | None":
    """Return the database that processes share; None if the data folder has its own file.

    Raises:
        WrongSettingError: Its driver is not installed.
        NotADatabaseUrlError: Its address has another form.
        DatabaseUnavailableError: It does not answer.

    """
    return _shared(settings.database) if settings.database else None


@cache
def _shared(url: str) -> "SharedDatabase":
    try:  # the driver is no part of the base install
        database = import_module("chengnuo.adapters.postgresql.database")
        shared = import_module("chengnuo.adapters.postgresql.shared")
    except ModuleNotFoundError as error:
        raise WrongSettingError("database", "needs the extra `postgresql`") from error
    made: SharedDatabase = shared.SharedDatabase(
        database=database.PostgresqlDatabase(url),
        # What a lease is told to be its own by: hosts of containers share numbers and names.
        holder=f"{platform.node()}:{os.getpid()}:{secrets.token_hex(4)}",
        lost=begin_anew,
    )
    return made


def begin_anew() -> None:
    """Let this process end and begin anew, as soon as it looks: another writes by now."""
    ANEW.set()
