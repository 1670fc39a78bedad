"""A lease that cannot be renewed is found lost in time, whatever keeps it from being renewed."""

from collections.abc import Iterator
from contextlib import closing
from threading import Event, Thread
from time import monotonic, sleep

import pytest
from tests.servers.databases import Postgresql
from tests.waiting import until

from chengnuo.adapters.postgresql.database import PostgresqlDatabase, Work, hold_off
from chengnuo.adapters.postgresql.fence import SchemaChangedError
from chengnuo.adapters.postgresql.lease import Lease, LeaseHeldError, holding

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


def is_over(database: PostgresqlDatabase) -> bool:
    with database.read() as connection:
        found = holding(connection)
    return found is not None and found.left_us <= 0


def held(database: PostgresqlDatabase) -> object:
    try:
        return Lease(database, holder="right", address="")
    except LeaseHeldError:
        return None


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


def test_who_works_on_the_stores_for_long_takes_it_from_nobody(
    database: PostgresqlDatabase, made_url: str
) -> None:
    lost = Event()
    lease = Lease(database, holder="left", address="", held_s=HELD_S, lost=lost.set)
    with closing(PostgresqlDatabase(made_url, as_it_is=True)) as other, other.write() as busy:
        hold_off(busy, *Work)
        assert not lost.wait(1.5 * HELD_S)
        assert lease.left_s > 0
    lease.close()


def test_whoever_wants_it_waits_for_a_renewal_that_is_under_way(
    database: PostgresqlDatabase, made_url: str
) -> None:
    """Else the one that renews it would believe in it, and the other would have it."""
    first = Lease(database, holder="left", address="", held_s=0.1)
    first.let_run_out()
    until(lambda: is_over(database))
    got: list[object] = []
    taken = Thread(target=lambda: got.append(held(database)))
    with closing(PostgresqlDatabase(made_url, as_it_is=True)) as other, other.glance() as renewing:
        renewing.exec_driver_sql("BEGIN")
        renewing.exec_driver_sql("UPDATE lease SET until = until + 60000000")
        taken.start()
        taken.join(0.3)
        assert not got
        renewing.exec_driver_sql("COMMIT")
    taken.join()
    assert got == [None]


def test_what_another_program_has_changed_is_renewed_no_more(database: PostgresqlDatabase) -> None:
    lost = Event()
    lease = Lease(database, holder="left", address="", lost=lost.set)
    run(database, "UPDATE alembic_version SET version_num = 'newer'")
    with pytest.raises(SchemaChangedError):
        lease.renew()
    assert lost.is_set()
