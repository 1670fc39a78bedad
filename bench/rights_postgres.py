"""R1 on PostgreSQL: the same shop on a throwaway server, and the queries through our driver."""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pg8000.dbapi
from bench.rights_shop import ACCOUNT, make_shop, queries
from tests.servers.databases import Postgresql, postgresql_programs
from tests.usecases.rights.server_shops import copy_shop


@dataclass(frozen=True, slots=True)
class PostgresShop:
    """The shop in a database of the server."""

    server: Postgresql

    @property
    def address(self) -> str:
        """Where it is, as an operator writes it."""
        return self.server.url().render_as_string(hide_password=False)

    def connection(self) -> pg8000.dbapi.Connection:
        """Return a connection of the driver that our connector uses."""
        url = self.server.url()
        return pg8000.dbapi.connect(
            user=str(url.username),
            password=str(url.password),
            host=url.host,
            port=url.port,
            database=url.database,
        )

    def by_hand(self, columns: dict[str, tuple[str, ...]]) -> Iterator[tuple[str, list[tuple]]]:
        """Yield each table and all rows of the customer, read by hand-written queries."""
        with closing(self.connection()) as shop:
            cursor = shop.cursor()
            for table, query in queries(columns):
                cursor.execute(query.replace("?", "%s"), (ACCOUNT,) * query.count("?"))
                yield table, list(map(tuple, cursor.fetchall()))


@contextmanager
def postgres_shop(orders: int) -> Iterator[PostgresShop | None]:
    """Yield the shop; None where PostgreSQL is not installed."""
    if (programs := postgresql_programs()) is None:
        sys.stderr.write("bench: PostgreSQL is left out: it is not installed\n")
        yield None
        return
    server = Postgresql(programs)
    try:
        shop = PostgresShop(server)
        with tempfile.TemporaryDirectory() as place, closing(shop.connection()) as there:
            make_shop(Path(place) / "shop.db", orders)
            copy_shop(Path(place) / "shop.db", there)
        server.execute("ANALYZE")
        yield shop
    finally:
        server.stop()
