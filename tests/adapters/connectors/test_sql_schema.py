"""What the connector of databases tells of schemas that the contract has no form for."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.adapters.connectors.sql_stands import (
    MariadbStand,
    PostgresqlStand,
    SqliteStand,
    SqlStand,
    store_of,
)

from chengnuo.adapters.connectors.sql import open_database
from chengnuo.adapters.connectors.sql_source import SqlSource
from chengnuo.domain.register.store import StoreKind
from chengnuo.domain.rights.schema import Check, OnDelete, TableSchema, Trigger, ValueType
from chengnuo.ports.record_source import Match, StoreRefusedError, StoreUnavailableError

SHOP = Path(__file__).parents[3] / "examples" / "shop" / "schema.sql"


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


def source_of(stand: SqlStand) -> Iterator[SqlSource]:
    opened = stand.open()
    yield opened
    opened.close()


@pytest.fixture
def source(database: SqlStand) -> Iterator[SqlSource]:
    yield from source_of(database)


@pytest.fixture
def of_sqlite(sqlite_stand: SqliteStand) -> Iterator[SqlSource]:
    yield from source_of(sqlite_stand)


@pytest.fixture
def of_postgresql(postgresql_stand: PostgresqlStand) -> Iterator[SqlSource]:
    yield from source_of(postgresql_stand)


@pytest.fixture
def of_mariadb(mariadb_stand: MariadbStand) -> Iterator[SqlSource]:
    yield from source_of(mariadb_stand)


def read(source: SqlSource, table: str) -> TableSchema:
    return source.schema([table]).by_name[table]


def statements(text: str) -> list[str]:
    return [one for one in text.split(";\n") if one.strip()]


def test_the_sample_shop_is_read_alike_from_every_server(
    database: SqlStand, source: SqlSource
) -> None:
    database.execute(*statements(SHOP.read_text(encoding="utf-8")))
    schema = source.schema(["customers", "attachments", "crash_reports"])
    assert len(schema.tables) == 37
    customers = schema.by_name["customers"]
    assert customers.primary_key == ("customer_id",)
    assert customers.unique == (("account_name",), ("email",))
    assert sorted(one.columns for one in customers.checks) == [
        ("customer_id", "referred_by"),
        ("gender",),
        ("status",),
        ("status", "cancelled_at"),
    ]
    lines = schema.by_name["refunds"]
    assert (lines.unique, len(lines.foreign_keys)) == ((("order_id", "line_no"),), 2)
    assert ("card_holder", "card_number") in [one.columns for one in lines.checks]
    kinds = {one.column: one.type for one in customers.columns}
    assert kinds["birth_date"] is ValueType.DATE
    assert kinds["registered_at"] is ValueType.INSTANT
    assert customers.by_name["nickname"].length == 40


def test_names_in_any_script_and_case_are_read_and_used_as_they_are(
    database: SqlStand, source: SqlSource
) -> None:
    q = database.quoted
    database.execute(
        f"CREATE TABLE {q('用户 表')} ({q('编号')} INT NOT NULL PRIMARY KEY, "
        f"{q('Order')} VARCHAR(20) NULL, {q('100%')} INT NULL, CHECK ({q('100%')} > 0))"
    )
    database.put("用户 表", [{"编号": 1, "Order": "甲", "100%": 3}])
    table = read(source, "用户 表")
    assert [one.column for one in table.columns] == ["编号", "Order", "100%"]
    assert [one.columns for one in table.checks] == [("100%",)]
    with source.changes() as changes:
        assert changes.update("用户 表", [((1,), {"Order": "乙", "100%": 4})]) == 1
    match = Match(columns=("Order", "100%"), values=(("乙", 4),))
    assert list(source.rows("用户 表", ["编号", "100%"], match)) == [(1, 4)]


def test_a_generated_column_is_told_as_one(database: SqlStand, source: SqlSource) -> None:
    database.execute(
        "CREATE TABLE t (id INT NOT NULL PRIMARY KEY, a INT, "
        "b INT GENERATED ALWAYS AS (a + 1) STORED)"
    )
    assert [one.generated for one in read(source, "t").columns] == [False, False, True]


def test_a_unique_index_is_a_key_where_no_other_is(database: SqlStand, source: SqlSource) -> None:
    database.execute(
        "CREATE TABLE t (a INT NULL, b INT NOT NULL, c INT NOT NULL)",
        "CREATE UNIQUE INDEX t_a ON t (a)",
        "CREATE UNIQUE INDEX t_bc ON t (b, c)",
    )
    table = read(source, "t")
    assert (table.unique, table.key) == ((("a",), ("b", "c")), ("b", "c"))


PARTIAL = "CREATE UNIQUE INDEX t_part ON t (a) WHERE b > 0"
EXPRESSION = "CREATE UNIQUE INDEX t_lower ON t (lower(c))"


@pytest.mark.parametrize(
    "stand", ["sqlite_stand", pytest.param("postgresql_stand", marks=pytest.mark.real)]
)
def test_a_partial_or_computed_unique_index_is_a_check_and_never_a_key(
    request: pytest.FixtureRequest, stand: str
) -> None:
    found: SqlStand = request.getfixturevalue(stand)
    found.execute(
        "CREATE TABLE t (a INT NOT NULL, b INT NOT NULL, c VARCHAR(9))", PARTIAL, EXPRESSION
    )
    source = found.open()
    table = read(source, "t")
    source.close()
    assert (table.unique, table.key) == ((), ("a", "b", "c"))
    by_name = {one.name: one for one in table.checks}
    assert set(by_name["t_part"].columns) == {"a", "b"}
    assert by_name["t_lower"].columns == ("c",)
    assert "UNIQUE" in by_name["t_part"].sql


TRIGGERS = {
    "sqlite": ["CREATE TRIGGER 监听 BEFORE DELETE ON t BEGIN SELECT RAISE(ABORT, 'no'); END"],
    "postgresql": [
        """CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'row %', OLD; END $$""",
        "CREATE TRIGGER 监听 BEFORE DELETE ON t FOR EACH ROW EXECUTE FUNCTION f()",
    ],
    "mysql": [
        """CREATE TRIGGER 监听 BEFORE DELETE ON t FOR EACH ROW
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'no'"""
    ],
}


def test_a_trigger_is_told_and_its_refusal_shows_none_of_its_words(
    database: SqlStand, source: SqlSource
) -> None:
    database.execute("CREATE TABLE t (id INT NOT NULL PRIMARY KEY)", "INSERT INTO t VALUES (44719)")
    for one in TRIGGERS[database.kind]:
        database.execute(one)
    assert read(source, "t").triggers == (Trigger(name="监听", on="delete"),)
    with pytest.raises(StoreRefusedError) as raised, source.changes() as changes:
        changes.delete("t", [(44719,)])
    assert (raised.value.table, raised.value.constraint) == ("t", "trigger")
    assert (raised.value.__cause__, raised.value.__context__) == (None, None)


def test_conditions_are_found_in_the_text_whatever_stands_in_it(
    sqlite_stand: SqliteStand, of_sqlite: SqlSource
) -> None:
    sqlite_stand.execute(
        "CREATE TABLE t (a INT CHECK (a > 0), -- CHECK (b > 0)\n"
        "b TEXT CONSTRAINT named CHECK (b <> ') CHECK (a' AND \"c d\" IS NULL),"
        "\"c d\" TEXT DEFAULT 'CHECK (a)', [e] INT, CHECK ([E] IN (1, 2)) /* CHECK (b) */)"
    )
    assert read(of_sqlite, "t").checks == (
        Check(name="", sql="a > 0", columns=("a",)),
        Check(name="named", sql="b <> ') CHECK (a' AND \"c d\" IS NULL", columns=("b", "c d")),
        Check(name="", sql="[E] IN (1, 2)", columns=("e",)),
    )


@pytest.mark.real
def test_postgresql_lists_domains_and_exclusions_are_checks(
    postgresql_stand: PostgresqlStand, of_postgresql: SqlSource
) -> None:
    postgresql_stand.execute(
        "CREATE TYPE mood AS ENUM ('好', 'it''s')",
        "CREATE DOMAIN size AS INT CHECK (VALUE > 0) CHECK (VALUE < 99)",
        'CREATE TABLE t (id INT PRIMARY KEY, m mood, "S" size, r int4range,'
        " EXCLUDE USING gist (r WITH &&))",
        "CREATE RULE keep AS ON DELETE TO t DO INSTEAD NOTHING",
        "INSERT INTO t VALUES (1, '好', 3, '[1,4)')",
    )
    table = read(of_postgresql, "t")
    texts = {one.sql: one.columns for one in table.checks}
    assert texts["\"m\" IN ('好', 'it''s')"] == ("m",)
    assert texts['(("S" > 0))'] == texts['(("S" < 99))'] == ("S",)
    assert [one.columns for one in table.checks if one.sql.startswith("EXCLUDE")] == [("r",)]
    assert table.triggers == (Trigger(name="keep", on="delete"),)
    assert [one.type for one in table.columns][1:3] == [ValueType.TEXT, ValueType.INTEGER]
    found = of_postgresql.rows("t", ["m", "S", "r"], Match(columns=("m",), values=(("好",),)))
    assert list(found) == [("好", 3, "[1,4)")]
    assert list(of_postgresql.rows("t", ["id"], Match(columns=("m",), values=(("x",),)))) == []
    with of_postgresql.changes() as changes:
        assert changes.update("t", [((1,), {"m": "it's", "r": "[5,6)"})]) == 1


@pytest.mark.real
def test_postgresql_tables_of_other_schemas_are_read_by_their_whole_name(
    postgresql_stand: PostgresqlStand, of_postgresql: SqlSource
) -> None:
    postgresql_stand.execute(
        'CREATE SCHEMA "Crm"',
        "CREATE TABLE people (id INT PRIMARY KEY)",
        'CREATE TABLE "Crm"."Notes" (id INT PRIMARY KEY, '
        "of INT NOT NULL REFERENCES people ON DELETE CASCADE)",
        'CREATE TABLE "Crm".people (id INT PRIMARY KEY)',
        'INSERT INTO people VALUES (1); INSERT INTO "Crm"."Notes" VALUES (7, 1)',
    )
    schema = of_postgresql.schema(["people"])
    assert set(schema.by_name) == {"people", "Crm.Notes"}
    (key,) = schema.by_name["Crm.Notes"].foreign_keys
    assert (key.to_table, key.on_delete) == ("people", OnDelete.CASCADE)
    named = of_postgresql.schema(["public.people", "Crm.Notes"])
    assert set(named.by_name) == {"public.people", "Crm.Notes"}
    match = Match(columns=("of",), values=((1,),))
    assert list(of_postgresql.rows("Crm.Notes", ["id"], match)) == [(7,)]


@pytest.mark.real
def test_postgresql_refuses_to_answer_where_a_policy_hides_rows(
    postgresql_stand: PostgresqlStand,
) -> None:
    name = f"clerk_{postgresql_stand.url.database}"
    postgresql_stand.execute(
        "CREATE TABLE t (id INT PRIMARY KEY)",
        "INSERT INTO t VALUES (1)",
        "ALTER TABLE t ENABLE ROW LEVEL SECURITY",
        f"CREATE ROLE {name} LOGIN PASSWORD 'four lanterns'",
        f"GRANT SELECT ON t TO {name}",
    )
    url = postgresql_stand.url.set(username=name, password="four lanterns")  # noqa: S106  its own
    clerk = open_database(store_of(StoreKind.POSTGRESQL), url.render_as_string(hide_password=False))
    with pytest.raises(StoreUnavailableError):
        clerk.rows("t", ["id"], Match(columns=("id",), values=((1,),)))
    clerk.close()
    postgresql_stand.execute(f"DROP OWNED BY {name}", f"DROP ROLE {name}")


@pytest.mark.real
def test_mariadb_lists_are_checks_and_are_paged_by_their_texts(
    mariadb_stand: MariadbStand, of_mariadb: SqlSource
) -> None:
    mariadb_stand.execute(
        "CREATE TABLE t (kind ENUM('z', 'a', 'm') NOT NULL, id INT NOT NULL, "
        "f FLOAT NOT NULL, PRIMARY KEY (kind, id))",
        "INSERT INTO t VALUES ('z', 1, 0.1), ('a', 1, 16777217), ('m', 1, 3.3)",
    )
    table = read(of_mariadb, "t")
    assert Check(name="", sql="`kind` IN ('z','a','m')", columns=("kind",)) in table.checks
    match = Match(columns=("id",), values=((1,),))
    seen = []
    after: tuple[str, int] | None = None
    while rows := of_mariadb.rows("t", ["kind"], match, after=after):
        seen.append(rows[0][0])
        after = (str(rows[0][0]), 1)
    assert seen == ["a", "m", "z"]
    for (value,) in of_mariadb.rows("t", ["f"], match):
        again = Match(columns=("f",), values=((value,),))
        assert len(of_mariadb.rows("t", ["kind"], again)) == 1
