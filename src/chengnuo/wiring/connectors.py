"""Which connector fulfils rights in which kind of store."""

from collections.abc import Mapping
from importlib import import_module

from chengnuo.adapters.connectors.files import FilesSource
from chengnuo.adapters.connectors.opening import Factory
from chengnuo.adapters.connectors.sql import open_database
from chengnuo.domain.register.store import Store, StoreKind
from chengnuo.ports.record_source import RecordSource, StoreUnavailableError


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
    StoreKind.SQLITE: open_database,
    StoreKind.POSTGRESQL: open_database,
    StoreKind.MYSQL: open_database,
    StoreKind.REDIS: _redis,
    StoreKind.FILES: FilesSource,
}
