"""A lease that cannot be renewed is found lost in time, whatever keeps it from being renewed."""

from collections.abc import Iterator
from contextlib import closing
from threading import Event
from time import monotonic, sleep

import pytest
from tests.servers.databases import Postgresql
from tests.waiting import until

from chengnuo.adapters.postgresql.database import PostgresqlDatabase
from chengnuo.adapters.postgresql.lease import Lease

pytestmark = pytest.mark.real
# No class of SQLSTATE that an operation means: 42703, as when somebody works on the tables.
BROKEN, WHOLE = (f"ALTER TABLE lease RENAME {one}" for one in ("until TO til", "til TO until"))
HELD_S = 0.9


@pytest.fixture
def database(made_url: str) -> Iterator[PostgresqlDatabase]:
    with closing(PostgresqlDatabase(made_url)) as opened:
        yield opened


def run(database: PostgresqlDatabase, statement: str) -> None:
    with database.alone() as connection:
        connection.exec_driver_sql(statement)


def test_the_thread_that_renews_survives_an_error_of_whatever_kind(
    database: PostgresqlDatabase, caplog: pytest.LogCaptureFixture
) -> None:
    lost = Event()
    lease = Lease(database, holder="left", address="", held_s=HELD_S, lost=lost.set)
    run(database, BROKEN)
    until(lambda: "could not be renewed: " in caplog.text, seconds=10)
    run(database, WHOLE)
    assert not lost.wait(1.5 * HELD_S)
    assert lease.left_s > 0
    lease.close()


def test_an_error_that_lasts_loses_it(database: PostgresqlDatabase) -> None:
    lost = Event()
    Lease(database, holder="left", address="", held_s=HELD_S, lost=lost.set)
    run(database, BROKEN)
    assert lost.wait(2 * HELD_S)


def test_it_is_lost_in_time_while_a_statement_that_renews_it_hangs(
    database: PostgresqlDatabase, made_url: str, postgresql_server: Postgresql
) -> None:
    times: list[float] = []
    lease = Lease(
        database,
        holder="left",
        address="",
        held_s=HELD_S,
        lost=lambda: times.append(monotonic()),
    )
    began = monotonic()
    with closing(PostgresqlDatabase(made_url, as_it_is=True)) as other, other.write() as holding:
        holding.exec_driver_sql("LOCK TABLE lease IN ACCESS EXCLUSIVE MODE")
        until(lambda: bool(times), seconds=2 * HELD_S)
    assert times[0] - began < 1.5 * HELD_S
    assert lease.left_s == 0
    assert postgresql_server.answers()
    sleep(HELD_S)  # the statement comes through now, and nobody is told again
    assert len(times) == 1
