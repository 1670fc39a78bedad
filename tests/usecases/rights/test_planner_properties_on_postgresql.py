"""The planner over databases of any shape, as on SQLite, on a throwaway PostgreSQL."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pg8000.dbapi
import pytest
from hypothesis import HealthCheck, given, settings
from tests.servers.databases import Postgresql
from tests.strategies.record_shapes import (
    STORES,
    World,
    columns_of,
    create,
    keys_of,
    worlds,
)
from tests.usecases.rights.planner_properties import PROPERTIES, Desk

from chengnuo.domain.register.store import StoreKind

pytestmark = pytest.mark.real
_EXAMPLES = max(3, settings().max_examples // 10)
"""A server takes a hundred times as long as a file to make the tables of an example."""


class Databases:
    """Two databases of a server; the schema in each is made anew for each world."""

    kind = StoreKind.POSTGRESQL

    def __init__(self, server: Postgresql, names: dict[str, str]) -> None:
        self._server = server
        self._names = names

    def make(self, world: World) -> None:
        for store in STORES:
            tables = [
                (shape, rows)
                for shape, rows in zip(world.shapes, world.rows, strict=True)
                if shape.store == store
            ]
            with self._cursor(store) as cursor:
                cursor.execute("DROP SCHEMA public CASCADE")
                cursor.execute("CREATE SCHEMA public")
                for shape, rows in tables:
                    cursor.execute(create(shape, columns_of(shape)))
                    marks = ", ".join(["%s"] * len(shape.columns))
                    for row in rows:
                        cursor.execute(f"INSERT INTO {shape.name} VALUES ({marks})", row)  # noqa: S608  our own names
                for shape, _ in tables:
                    for key in keys_of(world, shape):
                        cursor.execute(f"ALTER TABLE {shape.name} ADD {key}")

    def addresses(self) -> dict[str, str]:
        return {
            store.upper(): self._server.url(name).render_as_string(hide_password=False)
            for store, name in self._names.items()
        }

    def contents(self) -> dict[str, dict[tuple[object, ...], tuple[object, ...]]]:
        found: dict[str, dict[tuple[object, ...], tuple[object, ...]]] = {}
        for store in STORES:
            with self._cursor(store) as cursor:
                cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
                for (name,) in cursor.fetchall():
                    cursor.execute(f"SELECT * FROM {name}")  # noqa: S608  our own names
                    found[name] = {(row[0],): tuple(row) for row in cursor.fetchall()}
        return found

    def refuse(self, table: str, event: str) -> None:
        with self._cursor(STORES[0]) as cursor:
            cursor.execute(
                "CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS "
                "'BEGIN RAISE EXCEPTION ''no''; END'"
            )
            cursor.execute(
                f"CREATE TRIGGER no BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION no()"
            )

    @contextmanager
    def _cursor(self, store: str) -> Iterator[pg8000.dbapi.Cursor]:
        """Yield a cursor in one transaction."""
        url = self._server.url()
        with closing(
            pg8000.dbapi.connect(
                user=str(url.username),
                password=str(url.password),
                host=url.host,
                port=url.port,
                database=self._names[store],
            )
        ) as connection:
            yield connection.cursor()
            connection.commit()


@pytest.fixture(scope="module")
def databases(postgresql_server: Postgresql) -> Iterator[Databases]:
    with postgresql_server.database() as one, postgresql_server.database() as two:
        yield Databases(postgresql_server, dict(zip(STORES, (one, two), strict=True)))


@pytest.mark.parametrize("holds", PROPERTIES)
@settings(max_examples=_EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(worlds())
def test_on_postgresql(databases: Databases, holds: Callable[[Desk], None], world: World) -> None:
    with TemporaryDirectory() as folder:
        holds(Desk(world, databases, Path(folder)))
