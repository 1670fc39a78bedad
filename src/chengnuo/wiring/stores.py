"""Which connector looks into which kind of store."""

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path

from chengnuo.adapters.connectors.files_looking import FilesLook
from chengnuo.adapters.connectors.opening import ConnectedStores
from chengnuo.adapters.connectors.sql_looking import SqlLook
from chengnuo.domain.register.model import Register
from chengnuo.domain.register.store import Store, StoreKind
from chengnuo.doors.settings import ServeSettings
from chengnuo.ports.record_source import StoreUnavailableError
from chengnuo.ports.store_look import StoreLook, StoreLooks
from chengnuo.wiring.connectors import Connections, connections_of


def _redis(store: Store, connection: str) -> StoreLook:
    # The driver is no part of the base install; its connector is imported when one is opened.
    try:
        connector = import_module("chengnuo.adapters.connectors.redis_looking")
    except ModuleNotFoundError as error:
        message = "the driver for `redis` is not installed"
        raise StoreUnavailableError(store.store, message) from error
    look: StoreLook = connector.RedisLook(store, connection)
    return look


LOOKS: Mapping[StoreKind, Callable[[Store, str], StoreLook]] = {
    StoreKind.SQLITE: SqlLook,
    StoreKind.POSTGRESQL: SqlLook,
    StoreKind.MYSQL: SqlLook,
    StoreKind.REDIS: _redis,
    StoreKind.FILES: FilesLook,
}


def store_looks(
    register: Register, connections: Path | None, settings: ServeSettings
) -> StoreLooks:
    """Return what opens the stores of a register by the connections of this installation."""
    given = Connections(settings.connections)
    named = given if connections is None else connections_of(connections)
    return ConnectedStores(register.stores, named, LOOKS)
