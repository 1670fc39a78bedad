"""A schema that was read is known until it changes, and not a moment longer."""

from collections.abc import Iterator, Mapping
from contextlib import closing

import pytest
from sqlalchemy import Connection, create_engine
from sqlalchemy.pool import NullPool
from tests.adapters.connectors.sql_stands import SqliteStand

from chengnuo.adapters.connectors import sql_known
from chengnuo.adapters.connectors.sql_known import KnownSchemas
from chengnuo.adapters.connectors.sql_server import Beside, Physical, Server
from chengnuo.adapters.connectors.sql_sqlite import SqliteServer
from chengnuo.domain.rights.schema import ColumnSchema, StoreSchema

MORE = "ALTER TABLE people ADD COLUMN more TEXT"


@pytest.fixture
def database(sqlite_stand: SqliteStand) -> SqliteStand:
    sqlite_stand.execute("CREATE TABLE people (id INTEGER PRIMARY KEY, name VARCHAR(20))")
    return sqlite_stand


@pytest.fixture
def connection(database: SqliteStand) -> Iterator[Connection]:
    engine = create_engine(database.url, poolclass=NullPool)
    with closing(engine.connect()) as opened:
        yield opened.execution_options(isolation_level="AUTOCOMMIT")


def seen(database: SqliteStand) -> StoreSchema:
    with closing(database.open()) as source:
        return source.schema(["people"])


def test_another_connection_knows_what_one_has_read(database: SqliteStand) -> None:
    assert seen(database).tables[0] is seen(database).tables[0]


@pytest.mark.parametrize(
    "change",
    [
        MORE,
        "CREATE UNIQUE INDEX one_name ON people (name)",
        "CREATE TRIGGER no BEFORE DELETE ON people BEGIN SELECT RAISE(ABORT, 'no'); END",
        "CREATE TABLE pets (id INTEGER PRIMARY KEY, whose INTEGER REFERENCES people)",
    ],
    ids=["column", "index", "trigger", "table that refers to it"],
)
def test_a_change_is_seen_by_whoever_asks_next(database: SqliteStand, change: str) -> None:
    with closing(database.open()) as source:
        before = source.schema(["people"])
        database.execute(change)
        assert source.schema(["people"]).digest != before.digest
    assert seen(database).digest != before.digest


def test_what_is_asked_for_besides_is_read(database: SqliteStand) -> None:
    database.execute("CREATE TABLE pets (id INTEGER PRIMARY KEY)")
    assert set(seen(database).by_name) == {"people"}
    with closing(database.open()) as source:
        assert set(source.schema(["people", "pets"]).by_name) == {"people", "pets"}


def test_a_schema_that_changes_while_it_is_read_is_not_kept(connection: Connection) -> None:
    class Changing(SqliteServer):
        """A file that another program changes once, right before it is read."""

        changed = False

        def beside(
            self,
            connection: Connection,
            tables: Mapping[Physical, tuple[ColumnSchema, ...]],
            primary_keys: Mapping[Physical, tuple[str, ...]],
        ) -> Mapping[Physical, Beside]:
            if not self.changed:
                self.changed = True
                connection.exec_driver_sql(MORE)
            return super().beside(connection, tables, primary_keys)

    known, server = KnownSchemas(), Changing()
    (first,) = known.read(connection, server, ["people"])
    connection.exec_driver_sql("ALTER TABLE people DROP COLUMN more")
    (second,) = known.read(connection, server, ["people"])
    assert second is not first
    assert known.read(connection, server, ["people"]) == (second,)


def test_a_server_that_tells_nothing_is_read_every_time(connection: Connection) -> None:
    class Silent(SqliteServer):
        """A server without a cheap answer."""

        stands_at = Server.stands_at

    known, server = KnownSchemas(), Silent()
    (first,) = known.read(connection, server, ["people"])
    assert known.read(connection, server, ["people"]) != (first,)


def test_few_are_kept(connection: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sql_known, "_MOST", 2)
    known, server = KnownSchemas(), SqliteServer()
    asked = [["people"], ["people", "a"], ["people", "b"]]
    first, _, last = [known.read(connection, server, one)[0] for one in asked]
    assert known.read(connection, server, asked[2])[0] is last
    assert known.read(connection, server, asked[0])[0] is not first
