"""Opens a database of the operator by its address, `postgresql://…`, `mysql://…`, `sqlite:///…`.

The driver is ours to choose, whatever the address names: pg8000 and PyMySQL, which an
installation brings by the extras `postgresql` and `mysql`.
"""

from collections.abc import Mapping

from sqlalchemy import URL, make_url
from sqlalchemy.engine import Engine
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from chengnuo.adapters.connectors.sql_known import KnownSchemas
from chengnuo.adapters.connectors.sql_mysql import MysqlServer
from chengnuo.adapters.connectors.sql_postgresql import PostgresqlServer
from chengnuo.adapters.connectors.sql_server import Server
from chengnuo.adapters.connectors.sql_source import SqlSource
from chengnuo.adapters.connectors.sql_sqlite import SqliteServer
from chengnuo.domain.register.store import Store, StoreKind
from chengnuo.ports.record_source import StoreUnavailableError

_SERVERS: Mapping[str, tuple[type[Server], str]] = {
    "sqlite": (SqliteServer, "sqlite"),
    "postgresql": (PostgresqlServer, "postgresql+pg8000"),
    "postgres": (PostgresqlServer, "postgresql+pg8000"),
    "mysql": (MysqlServer, "mysql+pymysql"),
    "mariadb": (MysqlServer, "mariadb+pymysql"),
}
_SCHEMAS = KnownSchemas()
_FITTING = {
    StoreKind.SQLITE: frozenset({"sqlite"}),
    StoreKind.POSTGRESQL: frozenset({"postgresql", "postgres"}),
    StoreKind.MYSQL: frozenset({"mysql", "mariadb"}),
}


def open_database(store: Store, address: str) -> SqlSource:
    """Return the connector of a database; it is connected when it is first used.

    Raises:
        StoreUnavailableError: The address is none, is of another kind, or the driver is not here.

    """
    engine, server = opened_database(store, address)
    return SqlSource(str(store.store), engine, server, _SCHEMAS)


def opened_database(store: Store, address: str) -> tuple[Engine, Server]:
    """Return what connects to a database, and what is known of its server.

    Raises:
        StoreUnavailableError: The address is none, is of another kind, or the driver is not here.

    """
    url = _url(str(store.store), address)
    family = url.drivername.partition("+")[0]
    if (fitting := _FITTING.get(store.kind)) is not None and family not in fitting:
        message = f"its connection is not one of a store of kind `{store.kind}`"
        raise StoreUnavailableError(str(store.store), message)
    kind, driver = _SERVERS.get(family, (Server, url.drivername))
    server = kind()
    try:
        return server.engine(url.set(drivername=driver)), server
    except (ImportError, NoSuchModuleError):
        message = f"the driver for `{family}` is not installed"
    except (ArgumentError, TypeError, ValueError):
        message = "its connection has an argument that the driver does not know"
    except OSError:
        message = "a file that its connection names cannot be read"
    raise StoreUnavailableError(str(store.store), message)


def _url(store: str, address: str) -> URL:
    try:
        return make_url(address)
    except (ArgumentError, ValueError):
        message = "its connection is no address of a database"
    raise StoreUnavailableError(store, message)
