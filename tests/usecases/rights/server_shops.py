"""The sample shop on throwaway servers: its own schema, its rows copied from its SQLite file."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import NullPool
from tests.servers.databases import DatabaseServer
from tests.usecases.rights.shop_kit import SHOP, AnyShop

from chengnuo.domain.register.store import StoreKind

DRIVERS = {
    StoreKind.POSTGRESQL: "postgresql+pg8000",
    StoreKind.MYSQL: "mariadb+pymysql",
}


def copy_shop(database: Path, raw: DBAPIConnection) -> None:
    """Make the schema of the sample on a server and copy the rows of its SQLite file."""
    text = (SHOP / "schema.sql").read_text(encoding="utf-8")
    lines = "\n".join(line for line in text.splitlines() if not line.startswith("--"))
    cursor = raw.cursor()
    for one in filter(str.strip, lines.split(";")):
        cursor.execute(one)
    with closing(sqlite3.connect(database)) as there:
        tables = there.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        for (name,) in tables.fetchall():
            found = there.execute(f"SELECT * FROM {name}")  # noqa: S608  our own names
            marks = f"({', '.join(['%s'] * len(found.description))})"
            while part := found.fetchmany(500):
                cursor.execute(
                    f"INSERT INTO {name} VALUES {', '.join([marks] * len(part))}",  # noqa: S608  our own names
                    [value for row in part for value in row],
                )
    raw.commit()


class ServerShop(AnyShop):
    """One copy of the shop on a server, and a connection to it."""

    def __init__(
        self, server: DatabaseServer, database: str, kind: StoreKind, folder: Path
    ) -> None:
        self.server, self.kind = server, kind
        url = server.url(database)
        self._engine = create_engine(url.set(drivername=DRIVERS[kind]), poolclass=NullPool)
        super().__init__(url.render_as_string(hide_password=False), kind, folder)

    def sql(self, statement: str, *given: object) -> list[tuple[object, ...]]:
        with closing(self._engine.raw_connection()) as raw:
            cursor = raw.cursor()
            cursor.execute(statement.replace("?", "%s"), given)
            found = [tuple(row) for row in cursor.fetchall()] if cursor.description else []
            raw.commit()
        return found

    def everything(self) -> Mapping[str, list[tuple[object, ...]]]:
        here = "DATABASE()" if self.kind is StoreKind.MYSQL else "current_schema()"
        names = self.sql(
            f"SELECT table_name FROM information_schema.tables WHERE table_schema = {here}"  # noqa: S608  our own names
        )
        return {str(name): self.sql(f"SELECT * FROM {name}") for (name,) in names}  # noqa: S608  our own names

    def fill(self, database: Path) -> None:
        """Make the schema and copy the rows of the SQLite file."""
        with closing(self._engine.raw_connection()) as raw:
            copy_shop(database, raw)

    def refuse(self, table: str, event: str) -> None:
        """Let a trigger refuse what happens to the rows of a table."""
        if self.kind is StoreKind.MYSQL:
            self.sql(
                f"CREATE TRIGGER no BEFORE {event} ON {table} FOR EACH ROW "
                "SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'not now'"
            )
            return
        self.sql(
            "CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS "
            "'BEGIN RAISE EXCEPTION ''not now''; END'"
        )
        self.sql(f"CREATE TRIGGER no BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION no()")


@contextmanager
def server_shop(
    server: DatabaseServer, kind: StoreKind, database: Path, folder: Path
) -> Iterator[ServerShop]:
    """Yield a shop on a server; it is gone afterwards."""
    with server.database() as name:
        shop = ServerShop(server, name, kind, folder)
        shop.fill(database)
        yield shop
