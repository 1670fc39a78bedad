"""Databases that are killed, locked, slow or wrongly addressed, and the plans of their queries."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import NoReturn

import pytest
from sqlalchemy import Connection, event
from tests.adapters.connectors.sql_stands import (
    ServerStand,
    SqliteStand,
    SqlStand,
    store_of,
)
from tests.servers.throwaway import free_port

from chengnuo.adapters.connectors import sql_sqlite
from chengnuo.adapters.connectors.opening import ConnectedStores
from chengnuo.adapters.connectors.sql import open_database
from chengnuo.domain.register.store import Store, StoreKind
from chengnuo.domain.rights.values import ValueFormError
from chengnuo.ports.record_source import Match, StoreUnavailableError

WORDS = "four-quiet-lanterns"


@pytest.fixture(params=["postgresql", "mariadb"])
def server_stand(request: pytest.FixtureRequest) -> ServerStand:
    found: ServerStand = request.getfixturevalue(f"{request.param}_stand")
    return found


def filled(stand: SqlStand, count: int = 3) -> None:
    stand.execute("CREATE TABLE t (id INT NOT NULL PRIMARY KEY, a VARCHAR(40))")
    stand.put("t", [{"id": i, "a": WORDS} for i in range(count)])


def says_nothing_of(error: BaseException, *words: str) -> None:
    assert (error.__cause__, error.__context__) == (None, None)
    assert not [one for one in words if one in str(error) or one in repr(vars(error))]


@pytest.mark.real
def test_a_server_killed_amid_changes_has_none_of_them(server_stand: ServerStand) -> None:
    filled(server_stand)
    source = server_stand.open()

    def killed() -> None:
        with source.changes() as changes:
            assert changes.delete("t", [(0,), (1,)]) == 2
            with server_stand.silenced():
                pass
            # A new connection would go on outside of the transaction that is gone.
            with pytest.raises(StoreUnavailableError):
                changes.delete("t", [(2,)])
            changes.delete("t", [(2,)])

    with pytest.raises(StoreUnavailableError) as raised:
        killed()
    says_nothing_of(raised.value, WORDS)
    assert len(server_stand.held("t")) == 3
    with source.changes() as changes:
        assert changes.delete("t", [(2,)]) == 1
    assert len(server_stand.held("t")) == 2
    source.close()


@pytest.mark.real
def test_a_server_killed_before_the_commit_is_told_and_has_nothing(
    server_stand: ServerStand,
) -> None:
    filled(server_stand)
    source = server_stand.open()

    def killed() -> None:
        with source.changes() as changes:
            changes.delete("t", [(0,)])
            with server_stand.silenced():
                pass

    with pytest.raises(StoreUnavailableError):
        killed()
    assert len(server_stand.held("t")) == 3
    source.close()


@pytest.mark.real
def test_a_row_that_others_hold_is_told_as_unavailable_in_time(
    server_stand: ServerStand,
) -> None:
    filled(server_stand)
    source = server_stand.open()
    assert len(source.rows("t", ["id"], Match(columns=("id",), values=((0,),)))) == 1
    waits = "lock_timeout = '200ms'" if server_stand.driver[0] == "p" else "lock_wait_timeout = 1"
    source._link.say([f"SET {waits}"])  # noqa: SLF001  no test waits ten seconds
    if server_stand.driver[0] == "m":
        source._link.say(["SET innodb_lock_wait_timeout = 1"])  # noqa: SLF001
    with closing(server_stand._plain.raw_connection()) as other:  # noqa: SLF001
        other.cursor().execute("UPDATE t SET a = 'held' WHERE id = 0")
        with pytest.raises(StoreUnavailableError) as raised, source.changes() as changes:
            changes.delete("t", [(0,)])
        assert "lock" in raised.value.what
        # Who only reads does not wait.
        assert len(source.rows("t", ["id"], Match(columns=("id",), values=((0,),)))) == 1
        other.rollback()
    source.close()


def test_a_file_that_another_program_holds_is_told_as_unavailable(
    sqlite_stand: SqliteStand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sql_sqlite, "LOCK_S", 0.05)
    filled(sqlite_stand)
    source = sqlite_stand.open()
    with closing(sqlite3.connect(str(sqlite_stand.url.database), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreUnavailableError) as raised, source.changes() as changes:
            changes.delete("t", [(0,)])
        assert raised.value.what == "it is locked by another program"
        assert len(source.rows("t", ["id"], Match(columns=("id",), values=((0,),)))) == 1
        other.execute("ROLLBACK")
    with source.changes() as changes:
        assert changes.delete("t", [(0,)]) == 1
    source.close()


def test_a_statement_that_takes_too_long_is_ended(
    sqlite_stand: SqliteStand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sql_sqlite, "STATEMENT_S", -1)
    filled(sqlite_stand, 100_000)
    source = sqlite_stand.open()
    with pytest.raises(StoreUnavailableError) as raised:
        source.rows("t", ["id"], Match(columns=("a",), values=(("absent",),)))
    assert raised.value.what == "a statement took too long"
    source.close()


def test_a_text_that_is_none_names_its_column_and_nothing_else(sqlite_stand: SqliteStand) -> None:
    filled(sqlite_stand)
    sqlite_stand.execute("UPDATE t SET a = CAST(X'E9B9BFFF' AS TEXT)")
    source = sqlite_stand.open()
    with pytest.raises(ValueFormError) as raised:
        source.rows("t", ["id", "a"], Match(columns=("id",), values=((0,),)))
    assert (raised.value.table, raised.value.column) == ("t", "a")
    says_nothing_of(raised.value, "鹿")
    source.close()


def test_a_source_changes_nothing_outside_of_a_transaction(sqlite_stand: SqliteStand) -> None:
    filled(sqlite_stand)
    source = sqlite_stand.open()
    with pytest.raises(StoreUnavailableError):
        source._link.say(["DELETE FROM t"])  # noqa: SLF001  what the port has no way to do
    with source.changes() as changes:
        changes.delete("t", [(0,)])
    with pytest.raises(StoreUnavailableError):
        source._link.say(["DELETE FROM t"])  # noqa: SLF001
    source.close()


@pytest.mark.real
def test_a_server_source_changes_nothing_outside_of_a_transaction(
    server_stand: ServerStand,
) -> None:
    filled(server_stand)
    source = server_stand.open()
    with source.changes() as changes:
        changes.delete("t", [(0,)])
    with pytest.raises(StoreUnavailableError):
        source._link.say(["DELETE FROM t"])  # noqa: SLF001  what the port has no way to do
    assert len(server_stand.held("t")) == 2
    source.close()


def test_what_is_deleted_is_not_left_in_the_file(sqlite_stand: SqliteStand) -> None:
    filled(sqlite_stand)
    path = Path(str(sqlite_stand.url.database))
    assert WORDS.encode() in path.read_bytes()
    source = sqlite_stand.open()
    with source.changes() as changes:
        changes.delete("t", [(0,), (1,), (2,)])
    source.close()
    assert WORDS.encode() not in path.read_bytes()


def test_pages_inside_a_transaction_show_what_it_sees(sqlite_stand: SqliteStand) -> None:
    filled(sqlite_stand)
    source = sqlite_stand.open()
    everything = Match(columns=("a",), values=((WORDS,),))
    with source.changes(trial=True) as changes:
        changes.delete("t", [(1,)])
        assert [one for (one,) in source.rows("t", ["id"], everything)] == [0, 2]
    assert [one for (one,) in source.rows("t", ["id"], everything)] == [0, 1, 2]
    source.close()


def test_rows_of_a_table_without_a_key_are_told_apart_by_case(database: SqlStand) -> None:
    database.execute("CREATE TABLE t (a VARCHAR(20), b INT)")
    database.put("t", [{"a": one, "b": 1} for one in ("Bob", "bob", "bob ", None, "bob")])
    source = database.open()
    with source.changes() as changes:
        assert changes.delete("t", [("bob", 1), (None, 1), ("BOB", 1)]) == 2
    assert sorted(str(one["a"]) for one in database.held("t")) == ["Bob", "bob "]
    source.close()


@pytest.fixture(
    params=[
        "sqlite",
        pytest.param("postgresql", marks=pytest.mark.real),
        pytest.param("mariadb", marks=pytest.mark.real),
    ]
)
def database(request: pytest.FixtureRequest) -> SqlStand:
    found: SqlStand = request.getfixturevalue(f"{request.param}_stand")
    return found


def test_keys_are_compared_and_ordered_as_the_index_behind_them_does(
    sqlite_stand: SqliteStand,
) -> None:
    sqlite_stand.execute(
        "CREATE TABLE folded (a TEXT COLLATE NOCASE NOT NULL PRIMARY KEY)",
        "CREATE TABLE apart (a TEXT COLLATE NOCASE NOT NULL)",
        "CREATE UNIQUE INDEX by_bytes ON apart (a COLLATE BINARY)",
    )
    for table, texts in (("folded", "bAcD"), ("apart", "bBaA")):
        sqlite_stand.put(table, [{"a": one} for one in texts])
    source = sqlite_stand.open()
    match = Match(columns=("a",), values=tuple((one,) for one in "abcd"))
    assert [one for (one,) in source.rows("folded", ["a"], match)] == ["A", "b", "c", "D"]
    rest = source.rows("folded", ["a"], match, after=("a",))
    assert [one for (one,) in rest] == ["b", "c", "D"]
    assert sorted(map(str, source.distinct("apart", "a"))) == ["A", "B", "a", "b"]
    rest = source.rows("apart", ["a"], match, after=("B",))
    assert [one for (one,) in rest] == ["a", "b"]
    with source.changes() as changes:
        assert changes.delete("apart", [("b",), ("a",)]) == 2
        assert changes.delete("folded", [("B",)]) == 1
    assert sorted(str(one["a"]) for one in sqlite_stand.held("apart")) == ["A", "B"]
    source.close()


PLACE = f"postgresql://a:{WORDS}@nowhere/x"


def opening(store: Store, address: str) -> str:
    with pytest.raises(StoreUnavailableError) as raised:
        open_database(store, address).schema(["t"])
    says_nothing_of(raised.value, WORDS, "nowhere")
    return raised.value.what


@pytest.mark.parametrize(
    ("kind", "address", "said"),
    [
        pytest.param(StoreKind.SQLITE, "no address", "no address of a database", id="no address"),
        pytest.param(StoreKind.SQLITE, f"mysql://a:{WORDS}@nowhere/x", "of kind", id="other kind"),
        pytest.param(StoreKind.SQLITE, "sqlite:////nowhere/x.db", "not there", id="no file"),
        pytest.param(StoreKind.SQLITE, "sqlite://", "not there", id="no path"),
        pytest.param(
            StoreKind.POSTGRESQL, f"{PLACE}?sslmode=verify_full", "an argument", id="no sslmode"
        ),
        pytest.param(
            StoreKind.POSTGRESQL,
            f"{PLACE}?sslmode=require&sslrootcert=/nowhere",
            "cannot be read",
            id="no roots",
        ),
        pytest.param(
            StoreKind.OTHER, f"nosuch://a:{WORDS}@nowhere/x", "not installed", id="no driver"
        ),
    ],
)
def test_a_wrong_address_is_told_without_it(kind: StoreKind, address: str, said: str) -> None:
    assert said in opening(store_of(kind), address)


@pytest.mark.real
@pytest.mark.parametrize(
    ("kind", "family"), [(StoreKind.POSTGRESQL, "postgresql"), (StoreKind.MYSQL, "mariadb")]
)
def test_a_server_that_is_not_there_is_told_without_its_address(
    kind: StoreKind, family: str
) -> None:
    assert opening(store_of(kind), f"{family}://a:{WORDS}@127.0.0.1:{free_port()}/nowhere")


@pytest.mark.real
def test_a_wrong_password_is_told_without_it(server_stand: ServerStand) -> None:
    url = server_stand.url.set(password=WORDS).render_as_string(hide_password=False)
    assert "refuses the account" in opening(store_of(server_stand.kind), url)


def test_stores_are_opened_by_their_kind_and_connection(sqlite_stand: SqliteStand) -> None:
    filled(sqlite_stand)
    address = sqlite_stand.url.render_as_string()
    store = store_of(StoreKind.SQLITE)
    manual, redis = store_of(StoreKind.MANUAL, "paper"), store_of(StoreKind.REDIS, "cache")

    def given(about: Store, connection: str) -> NoReturn:
        raise StoreUnavailableError(str(about.store), f"asked with {connection!r}")

    factories = {StoreKind.SQLITE: open_database, StoreKind.MANUAL: given}
    stores = ConnectedStores((store, manual, redis), {"SHOP_DB": address}, factories)
    assert stores.open("main").schema(["t"]).by_name["t"].key == ("id",)
    unset = ConnectedStores((store, manual), {}, factories)
    refusals = (
        (stores.open, "absent", "no such store"),
        (stores.open, "cache", "no connector for stores of kind `redis`"),
        (unset.open, "main", "the connection `SHOP_DB` is not set"),
        (unset.open, "paper", "asked with ''"),
    )
    for act, name, said in refusals:
        with pytest.raises(StoreUnavailableError) as raised:
            act(name)
        assert said in raised.value.what


PLANS: dict[str, tuple[str, Callable[[str], bool]]] = {
    "sqlite": ("EXPLAIN QUERY PLAN ", lambda plan: "SCAN orders" not in plan),
    "postgresql": ("EXPLAIN ", lambda plan: "Seq Scan on orders" not in plan),
    "mariadb": ("EXPLAIN ", lambda plan: "'ALL'" not in plan and "'index'" not in plan),
}


def test_rows_are_found_by_an_index_however_they_are_asked_for(database: SqlStand) -> None:
    database.execute(
        "CREATE TABLE orders (id INT NOT NULL, line INT NOT NULL, owner VARCHAR(20) NOT NULL, "
        "PRIMARY KEY (id, line))",
        "CREATE INDEX by_owner ON orders (owner)",
    )
    database.put(
        "orders",
        [{"id": i, "line": n, "owner": f"o{i % 999}"} for i in range(9_000) for n in (1, 2)],
    )
    family = {"sqlite": "sqlite", "postgresql": "postgresql", "mysql": "mariadb"}[database.kind]
    database.execute({"mariadb": "ANALYZE TABLE orders"}.get(family, "ANALYZE"))
    words, uses_index = PLANS[family]
    source = database.open()
    source.schema(["orders"])
    said: list[str] = []

    def looked(statement: str, parameters: object) -> None:
        with closing(database._plain.raw_connection()) as raw:  # noqa: SLF001
            cursor = raw.cursor()
            cursor.execute(words + statement, parameters)
            said.append(repr(list(cursor.fetchall())))

    one_by_one = Match(columns=("owner",), values=tuple((f"o{i}",) for i in range(20)))
    by_key = Match(columns=("id", "line"), values=tuple((i, 1) for i in range(200)))
    statements: list[tuple[str, object]] = []

    @event.listens_for(source._link._engine, "before_cursor_execute")  # noqa: SLF001
    def _executed(
        _: Connection, __: object, statement: str, parameters: object, *___: object
    ) -> None:
        if "owner" in statement or "DELETE" in statement:
            statements.append((statement, parameters))

    source.rows("orders", ["line"], one_by_one)
    source.rows("orders", ["line"], one_by_one, after=(3, 1))
    source.rows("orders", ["owner"], by_key)
    source.rows("orders", ["owner"], by_key, after=(3, 1))
    with source.changes(trial=True) as changes:
        changes.delete("orders", [(i, 1) for i in range(300)])
        changes.update("orders", [((i, 2), {"owner": "x"}) for i in range(300)])
    source.close()
    for statement, parameters in statements:
        looked(statement, parameters)
    assert len(said) == 6
    assert [one for one in said if not uses_index(one)] == []
