"""A newer program brings the tables up to date once nobody of an older one may write them."""

from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from threading import Event

import pytest
from tests.adapters.postgresql.newer_program import REVISION, newer_program

from chengnuo.adapters.postgresql.database import PostgresqlDatabase, Work
from chengnuo.adapters.postgresql.fence import SchemaChangedError
from chengnuo.adapters.postgresql.lease import Lease
from chengnuo.adapters.postgresql.making import SchemaInUseError
from chengnuo.adapters.postgresql.shared import SharedDatabase
from chengnuo.adapters.sql.database import DataNewerThanProgramError
from chengnuo.adapters.sql.migrating import newest_revision

pytestmark = pytest.mark.real
_ALL = """SELECT table_name, column_name, data_type FROM information_schema.columns
WHERE table_schema = current_schema() ORDER BY 1, ordinal_position"""


@pytest.fixture
def older(made_url: str) -> Iterator[PostgresqlDatabase]:
    with closing(PostgresqlDatabase(made_url)) as opened:
        yield opened


def shape(database: PostgresqlDatabase) -> tuple[str, list[tuple[object, ...]]]:
    """Return the revision and every column there is."""
    with database.read() as connection:
        revision = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
        return str(revision), [tuple(row) for row in connection.exec_driver_sql(_ALL)]


def writes(database: PostgresqlDatabase, token: str) -> None:
    with database.write() as connection:
        connection.exec_driver_sql(f"INSERT INTO used_token VALUES ('{token}', 1)")  # noqa: S608  no input


def tokens(database: PostgresqlDatabase) -> int:
    with database.read() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM used_token").scalar_one())


def upgraded(url: str, folder: Path) -> None:
    with newer_program(folder):
        PostgresqlDatabase(url).close()


def test_while_another_leads_every_table_stays_as_it_is(
    older: PostgresqlDatabase, made_url: str, tmp_path: Path
) -> None:
    lease = Lease(older, holder="host-a:1", address="")
    before = shape(older)
    for _ in range(2):  # as a supervisor would start it again
        with pytest.raises(SchemaInUseError) as refused:
            upgraded(made_url, tmp_path)
        assert refused.value.holder == "host-a:1"
        assert shape(older) == before
    writes(older, "still")
    assert lease.left_s > 0
    lease.close()
    upgraded(made_url, tmp_path)
    revision, columns = shape(older)
    assert (before[0], revision) == (newest_revision(), REVISION)
    assert set(columns) > set(before[1])


def test_a_claim_stands_against_it_as_a_lease_does(
    older: PostgresqlDatabase, made_url: str, tmp_path: Path
) -> None:
    assert SharedDatabase(database=older, holder="claimant").claim()
    with pytest.raises(SchemaInUseError):
        upgraded(made_url, tmp_path)


def test_an_older_program_writes_nothing_once_the_tables_are_newer(
    older: PostgresqlDatabase, made_url: str, tmp_path: Path
) -> None:
    lost = Event()
    with ExitStack() as opened:
        paused = opened.enter_context(closing(PostgresqlDatabase(made_url)))
        lease = Lease(paused, holder="host-a:1", address="", held_s=60, lost=lost.set)
        with paused.write() as connection:  # it ran out while the process slept
            connection.exec_driver_sql("UPDATE lease SET until = 0")
        upgraded(made_url, tmp_path)
        for work in Work:
            with pytest.raises(SchemaChangedError):
                writes(paused.beside(work), "paused")
        assert lost.is_set()
        assert lease.left_s == 0
        with pytest.raises(SchemaChangedError):
            SharedDatabase(database=older, holder="follower").claim()
        with pytest.raises(SchemaChangedError):
            writes(older, "older")
        assert tokens(older) == 0
        with pytest.raises(DataNewerThanProgramError):
            PostgresqlDatabase(made_url)


def test_a_statement_of_a_migration_may_take_its_time(
    older: PostgresqlDatabase, made_url: str, tmp_path: Path
) -> None:
    upgraded(made_url, tmp_path)
    with older.read() as connection:
        allowed = connection.exec_driver_sql("SELECT allowed FROM newer_settings").scalars().all()
    assert allowed == ["0", "None"]
    with newer_program(tmp_path), closing(PostgresqlDatabase(made_url)) as newer:
        writes(newer, "newer")
        with newer.read() as connection:
            assert connection.exec_driver_sql("SHOW statement_timeout").scalar() == "30s"
