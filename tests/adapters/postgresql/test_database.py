"""The tables of a PostgreSQL database, and what opening one refuses."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Table, inspect
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable
from tests.servers.databases import Postgresql
from tests.servers.link import Link
from tests.waiting import until

import chengnuo.adapters.data_folder  # noqa: F401  so that all tables are known
from chengnuo.adapters.postgresql.address import NotADatabaseUrlError
from chengnuo.adapters.postgresql.database import PostgresqlDatabase, Work
from chengnuo.adapters.postgresql.making import NEWEST, NotOurDatabaseError
from chengnuo.adapters.postgresql.tables import POSTGRESQL_ONLY
from chengnuo.adapters.sql.database import DatabaseUnavailableError, DataNewerThanProgramError
from chengnuo.adapters.sql.migrating import newest_revision
from chengnuo.adapters.sql.schema import METADATA

ROOT = Path(__file__).parents[3]
PARTS = 16
BY = {"consent_act": "person", "consent_setting": "person", "use_record": "ordinal"}


def of_table(table: Table) -> Iterator[str]:
    """Yield the statements that make one table here."""
    dialect = postgresql.dialect()
    made = str(CreateTable(table).compile(dialect=dialect)).strip()
    made = re.sub(r"VARCHAR\(\d+\)|\bTEXT\b", 'TEXT COLLATE "C"', made)
    key = BY.get(table.name)
    if key is None:
        yield made
    else:
        made = made.replace("PRIMARY KEY (position)", f"PRIMARY KEY (position, {key})")
        made = made.replace("position BIGSERIAL NOT NULL", "position BIGINT NOT NULL")
        yield f"{made} PARTITION BY HASH ({key})"
        for part in range(PARTS):
            yield (
                f"CREATE TABLE {table.name}_{part:02} PARTITION OF {table.name} "
                f"FOR VALUES WITH (MODULUS {PARTS}, REMAINDER {part})"
            )
    for index in sorted(table.indexes, key=lambda one: str(one.name)):
        yield str(CreateIndex(index).compile(dialect=dialect)).strip()


def test_a_new_database_has_the_tables_of_the_stores(
    golden_page: Callable[[str, str], None],
) -> None:
    """`newest.sql` is written by this test with `--golden`, after a table was changed."""
    made = [
        "CREATE TABLE alembic_version (\n\tversion_num TEXT NOT NULL PRIMARY KEY\n)",
        f"INSERT INTO alembic_version VALUES ('{newest_revision()}')",  # noqa: S608  no input
    ]
    for table in (*METADATA.sorted_tables, *POSTGRESQL_ONLY.sorted_tables):
        made += of_table(table)
    lines = [re.sub(r"[ \t]+\n", "\n", one) for one in made]
    golden_page(str(NEWEST.relative_to(ROOT)), "".join(f"{one};\n" for one in lines))


@pytest.mark.real
def test_the_tables_are_those_that_the_code_uses(url: str) -> None:
    for _ in range(2):  # made, then found
        database = PostgresqlDatabase(url)
        with database.read() as connection:
            wanted = MigrationContext.configure(
                connection, opts={"include_name": _known, "compare_type": False}
            )
            differences = compare_metadata(wanted, [METADATA, POSTGRESQL_ONLY])
            tables = inspect(connection).get_table_names()
        database.close()
        assert differences == []
        assert sum(name.startswith("consent_act_") for name in tables) == PARTS


def _known(name: str | None, kind: str, _: object) -> bool:
    """Leave out the parts of tables."""
    return kind != "table" or re.search(r"_\d\d$", name or "") is None


@pytest.mark.real
def test_another_programs_database_is_refused_and_left_alone(
    url: str, postgresql_server: Postgresql
) -> None:
    name = url.rpartition("/")[2]
    postgresql_server.execute("CREATE TABLE theirs (x int)", database=name)
    with pytest.raises(NotOurDatabaseError):
        PostgresqlDatabase(url)
    postgresql_server.execute("DROP TABLE theirs", database=name)
    PostgresqlDatabase(url).close()


@pytest.mark.real
def test_a_newer_schema_is_refused(url: str, postgresql_server: Postgresql) -> None:
    PostgresqlDatabase(url).close()
    changed = "UPDATE alembic_version SET version_num = '9999'"
    postgresql_server.execute(changed, database=url.rpartition("/")[2])
    with pytest.raises(DataNewerThanProgramError):
        PostgresqlDatabase(url)


@pytest.mark.parametrize(
    "given",
    [
        *("", "sqlite:///x.db", "postgresql:///", "postgresql://h", "mysql://a@h/b", "nothing"),
        *(f"postgresql://h/x?{one}" for one in ("sslMode=verify-full", "host=other", "port=abc")),
        *(f"postgresql://h/x?sslmode={one}" for one in ("verify", "require&sslmode=disable")),
        "postgresql://h/x?sslmode=require&sslrootcert=%00",
    ],
)
def test_what_is_no_address_is_refused_without_repeating_it(given: str) -> None:
    with pytest.raises(NotADatabaseUrlError) as refused:
        PostgresqlDatabase(given)
    assert not given or given not in str(refused.value)


@pytest.mark.real
def test_a_server_that_is_away_is_said_to_be(url: str) -> None:
    away = re.sub(r":\d+/", ":1/", url)
    with pytest.raises(DatabaseUnavailableError):
        PostgresqlDatabase(away)


@pytest.mark.real
def test_a_connection_that_was_cut_is_made_anew(
    url: str, postgresql_server: Postgresql, caplog: pytest.LogCaptureFixture
) -> None:
    database = PostgresqlDatabase(url)
    cut = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "  # noqa: S608  no input
        f"WHERE datname = '{url.rpartition('/')[2]}'"
    )
    postgresql_server.execute(cut)
    with pytest.raises(DatabaseUnavailableError), database.write() as connection:
        connection.exec_driver_sql("SELECT 1")
    with database.write() as connection:
        assert connection.exec_driver_sql("SELECT 1").scalar() == 1
    database.close()
    assert not caplog.records


def sockets() -> int:
    """Return how many this process has open."""
    own = Path("/proc/self/fd")
    return sum("socket:" in str(one.readlink()) for one in own.iterdir() if one.is_symlink())


@pytest.mark.real
def test_connections_that_were_cut_are_closed_without_a_word(
    url: str, postgresql_server: Postgresql, caplog: pytest.LogCaptureFixture
) -> None:
    before = sockets()
    with closing(Link(postgresql_server.port)) as link:
        database = PostgresqlDatabase(url.replace(f":{postgresql_server.port}/", f":{link.port}/"))

        def cut() -> None:
            with database.write() as connection:
                assert sockets() > before
                link.down()
                connection.exec_driver_sql("SELECT 1")

        with pytest.raises(DatabaseUnavailableError) as refused:
            cut()
        database.close()
    assert refused.value.__traceback__ is not None  # it holds what it came from
    until(lambda: sockets() == before)
    assert not caplog.records


@pytest.mark.real
def test_what_comes_back_to_a_closed_database_is_closed(url: str) -> None:
    before, database = sockets(), PostgresqlDatabase(url)
    with database.write(), database.in_schema(Work.LOG, "log").read():
        database.close()
        assert sockets() > before
    assert sockets() == before


@pytest.mark.real
def test_a_write_that_fails_leaves_nothing(url: str) -> None:
    database = PostgresqlDatabase(url)

    def failing() -> None:
        with database.write() as connection:
            connection.exec_driver_sql("INSERT INTO used_token VALUES ('a', 1)")
            raise KeyError

    with pytest.raises(KeyError):
        failing()
    with database.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM used_token").scalar_one() == 0
    database.close()


@pytest.mark.real
def test_a_read_changes_nothing(url: str) -> None:
    database = PostgresqlDatabase(url)
    with pytest.raises(DatabaseUnavailableError), database.read() as connection:
        connection.exec_driver_sql("INSERT INTO used_token VALUES ('a', 1)")
    database.close()


@pytest.mark.real
def test_nothing_is_compiled_for_what_takes_a_moment(
    url: str, postgresql_server: Postgresql
) -> None:
    name = url.rpartition("/")[2]
    postgresql_server.execute(f"ALTER DATABASE {name} SET jit = on")
    with closing(PostgresqlDatabase(url)) as database, database.glance() as connection:
        assert connection.exec_driver_sql("SHOW jit").scalar_one() == "off"


@pytest.mark.real
def test_without_a_connection_left_it_is_said_to_be_away_for_now(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(PostgresqlDatabase(url)) as database, ExitStack() as taken:
        pool = database._engine.pool  # noqa: SLF001  a small one, that is not waited for long
        monkeypatch.setattr(pool, "_timeout", 0.1)
        monkeypatch.setattr(pool, "_max_overflow", 0)
        for _ in range(pool.size()):
            taken.enter_context(database.glance())
        with pytest.raises(DatabaseUnavailableError, match="all its connections"):
            taken.enter_context(database.glance())
