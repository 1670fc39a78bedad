"""One writes at a time; who slept while another took over writes nothing anywhere."""

import multiprocessing
import os
import signal
from collections.abc import Iterator
from contextlib import ExitStack, closing
from multiprocessing.connection import Connection as Pipe
from threading import Event, Thread
from time import monotonic, sleep

import pytest
from tests.adapters.evidence.batches import batch_of
from tests.servers.databases import Postgresql

from chengnuo.adapters.postgresql.database import PostgresqlDatabase
from chengnuo.adapters.postgresql.fence import LeaseLostError
from chengnuo.adapters.postgresql.lease import Lease, LeaseHeldError, holding
from chengnuo.adapters.postgresql.log_batches import LogBatches
from chengnuo.ports.evidence_log import LogDamagedError

pytestmark = pytest.mark.real
ORIGIN = "chengnuo.test/log"


@pytest.fixture
def opened() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def database(opened: ExitStack, url: str) -> PostgresqlDatabase:
    return opened.enter_context(closing(PostgresqlDatabase(url)))


def test_a_second_is_told_who_holds_it_and_gets_it_when_it_is_given_back(
    made_url: str, opened: ExitStack
) -> None:
    one, other = database(opened, made_url), database(opened, made_url)
    lease = Lease(one, holder="left", address="http://left")
    with pytest.raises(LeaseHeldError) as refused:
        Lease(other, holder="right", address="http://right")
    assert refused.value.holder == "left"
    with other.read() as connection:
        found = holding(connection)
    assert found is not None
    assert (found.fence, found.holder, found.address) == (1, "left", "http://left")
    lease.close()
    second = Lease(other, holder="right", address="http://right")
    assert second.fence == 2
    second.close()


def test_it_is_given_back_also_after_the_server_ended_all_connections(
    made_url: str, opened: ExitStack, postgresql_server: Postgresql
) -> None:
    lease = Lease(database(opened, made_url), holder="left", address="")
    postgresql_server.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "  # noqa: S608  no input
        f"WHERE datname = '{made_url.rpartition('/')[2]}'"
    )
    lease.close()
    Lease(database(opened, made_url), holder="right", address="").close()


def test_whoever_lost_it_can_write_nothing(made_url: str, opened: ExitStack) -> None:
    one, other = database(opened, made_url), database(opened, made_url)
    lost = Event()
    first = Lease(one, holder="left", address="", held_s=0.6, lost=lost.set)
    batches = LogBatches(one, ORIGIN)
    batches.recover()
    batches.append(batch_of(0, 2), 2)
    first._ended.set()  # noqa: SLF001  as if its thread slept
    sleep(0.8)
    second = Lease(other, holder="right", address="")
    with pytest.raises(LeaseLostError), one.write() as connection:
        connection.exec_driver_sql("INSERT INTO used_token VALUES ('a', 1)")
    with pytest.raises(LeaseLostError):
        batches.append(batch_of(2, 1), 1)
    theirs = LogBatches(other, ORIGIN)
    theirs.recover()
    theirs.append(batch_of(2, 3), 3)
    assert theirs.size == 5
    with other.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM used_token").scalar_one() == 0
    second.close()


def test_whoever_waited_for_the_lock_sees_the_lease_as_it_is_by_then(
    made_url: str, opened: ExitStack, postgresql_server: Postgresql
) -> None:
    """Also where a transaction sees one moment by default, that of its first statement."""
    name = made_url.rpartition("/")[2]
    postgresql_server.execute(
        f"ALTER DATABASE {name} SET default_transaction_isolation = 'repeatable read'"
    )
    one, other = database(opened, made_url), database(opened, made_url)
    first = Lease(one, holder="left", address="", held_s=0.6)
    first._ended.set()  # noqa: SLF001  as if its thread slept
    became: list[str] = []

    def write() -> None:
        try:
            with one.write() as connection:
                connection.exec_driver_sql("INSERT INTO used_token VALUES ('a', 1)")
        except LeaseLostError:
            became.append("lost")

    late = Thread(target=write)
    with other.write() as connection:
        late.start()
        sleep(0.3)
        connection.exec_driver_sql("UPDATE lease SET fence = fence + 1, holder = 'right'")
    late.join(10)
    assert became == ["lost"]


def test_it_is_renewed_for_as_long_as_it_is_held(made_url: str, opened: ExitStack) -> None:
    lease = Lease(database(opened, made_url), holder="left", address="", held_s=0.9)
    until = monotonic() + 2.5
    while monotonic() < until:
        with pytest.raises(LeaseHeldError):
            Lease(database(opened, made_url), holder="right", address="")
        sleep(0.3)
    assert lease.left_s > 0
    lease.close()


def _leading(url: str, pipe: Pipe) -> None:
    """Hold the lease and write a batch whenever asked, saying what came of it."""
    database = PostgresqlDatabase(url)
    lease = Lease(database, holder="left", address="", held_s=1.5)
    batches = LogBatches(database, ORIGIN)
    batches.recover()
    pipe.send(lease.fence)
    while pipe.recv():
        try:
            batches.append(batch_of(batches.size, 1), 1)
        except (LeaseLostError, LogDamagedError, OSError) as error:
            pipe.send(type(error).__name__)
        else:
            pipe.send("written")


def test_a_leader_that_was_stopped_and_goes_on_writes_nothing(
    made_url: str, opened: ExitStack
) -> None:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    leader = context.Process(target=_leading, args=(made_url, theirs), daemon=True)
    leader.start()
    opened.callback(leader.kill)
    assert ours.poll(60)
    assert ours.recv() == 1
    ours.send(True)
    assert ours.recv() == "written"
    os.kill(leader.pid or 0, signal.SIGSTOP)
    database_two = database(opened, made_url)
    second: Lease | None = None
    until = monotonic() + 30
    while second is None and monotonic() < until:
        try:
            second = Lease(database_two, holder="right", address="")
        except LeaseHeldError:
            sleep(0.1)
    assert second is not None
    taken = LogBatches(database_two, ORIGIN)
    assert taken.recover().position == 1
    taken.append(batch_of(1, 1), 1)
    os.kill(leader.pid or 0, signal.SIGCONT)
    ours.send(True)
    assert ours.poll(30)
    assert ours.recv() == "LeaseLostError"
    taken.look()
    assert taken.size == 2
    second.close()
