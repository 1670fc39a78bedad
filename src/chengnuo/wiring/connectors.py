"""Which connector fulfils rights in which kind of store."""

import os
import tomllib
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path

from chengnuo.adapters.connectors.files import FilesSource
from chengnuo.adapters.connectors.opening import Factory
from chengnuo.adapters.settings_file import read_secret
from chengnuo.domain.register.store import Store, StoreKind
from chengnuo.ports.record_source import RecordSource, StoreUnavailableError


def _database(store: Store, connection: str) -> RecordSource:
    # Its dialects take megabytes, which a service without such a store does not need.
    from chengnuo.adapters.connectors.sql import open_database

    return open_database(store, connection)


def _redis(store: Store, connection: str) -> RecordSource:
    # The driver is no part of the base install; its connector is imported when one is opened.
    try:
        connector = import_module("chengnuo.adapters.connectors.redis")
    except ModuleNotFoundError as error:
        message = "the driver for `redis` is not installed"
        raise StoreUnavailableError(store.store, message) from error
    source: RecordSource = connector.RedisSource(store, connection)
    return source


FACTORIES: Mapping[StoreKind, Factory] = {
    StoreKind.SQLITE: _database,
    StoreKind.POSTGRESQL: _database,
    StoreKind.MYSQL: _database,
    StoreKind.REDIS: _redis,
    StoreKind.FILES: FilesSource,
}


class Connections(Mapping[str, str]):
    """Where stores are: a file that the settings name, else the environment."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self._files = files

    def __getitem__(self, name: str) -> str:
        if name in self._files:
            return read_secret(Path(self._files[name]))
        return os.environ[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)


def connections_of(file: Path) -> Mapping[str, str]:
    """Return the addresses that a TOML file gives by the names of the connections."""
    return {name: str(value) for name, value in tomllib.loads(file.read_text("utf-8")).items()}
