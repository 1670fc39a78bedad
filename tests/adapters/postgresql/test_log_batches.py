"""Batches in, batches out, as from segments; a second writer and a missing row are seen."""

import re
from collections.abc import Iterator
from contextlib import closing, nullcontext
from threading import Thread
from time import sleep

import pytest
from sqlalchemy import delete, update
from tests.adapters.evidence.batches import batch_of, packed, some_rows
from tests.servers.databases import Postgresql
from tests.servers.link import Link

from chengnuo.adapters.postgresql.database import PostgresqlDatabase, Work, hold_off
from chengnuo.adapters.postgresql.fence import LeaseLostError
from chengnuo.adapters.postgresql.lease import Lease
from chengnuo.adapters.postgresql.log_batches import LogBatches
from chengnuo.adapters.postgresql.tables import LEASE, LOG_BATCH, LOG_END
from chengnuo.ports.evidence_log import LogDamagedError

pytestmark = pytest.mark.real
ORIGIN = "log.example/kit"


@pytest.fixture
def database(made_url: str) -> Iterator[PostgresqlDatabase]:
    with closing(PostgresqlDatabase(made_url)) as opened:
        yield opened


def begun(database: PostgresqlDatabase, *, looked_s: float = 15.0) -> LogBatches:
    batches = LogBatches(database, ORIGIN, looked_s=looked_s)
    batches.recover()
    return batches


def appended(batches: LogBatches, *counts: int) -> None:
    for count in counts:
        batches.append(batch_of(batches.size, count), count)


def test_what_went_in_comes_out_in_order_from_anywhere(database: PostgresqlDatabase) -> None:
    writer = begun(database)
    appended(writer, 3, 1, 600, 2)
    reader = LogBatches(database, ORIGIN)
    reader.look()
    for one in (writer, reader):
        assert one.size == 606
        assert [one.row(at) for at in (0, 2, 3, 4, 603, 605)] == [
            some_rows(at, 1)[0] for at in (0, 2, 3, 4, 603, 605)
        ]
        for start in (0, 1, 4, 605):
            found = list(one.batches(start))
            assert found[0][0] == start
            assert [row for _, some in found for row in some] == some_rows(start, 606 - start)


def test_a_database_that_was_set_back_and_has_grown_since_is_seen(
    database: PostgresqlDatabase,
) -> None:
    """As a standby that lacked the last commits is after it was promoted."""
    writer, reader = begun(database), LogBatches(database, ORIGIN)
    appended(writer, 2, 1)
    reader.look()
    with database.write() as connection:
        connection.execute(delete(LOG_BATCH).where(LOG_BATCH.c.first == 2))
        connection.execute(update(LOG_END).values(size=2))
    other = begun(database)
    other.append(packed(2, some_rows(2, 1, size=41)), 1)
    appended(other, 1)
    with pytest.raises(LogDamagedError, match="the batch of record 2 is another"):
        reader.look()
    assert reader.size == 3


def test_what_is_not_remembered_is_asked_for(database: PostgresqlDatabase) -> None:
    writer = begun(database)
    appended(writer, *[1, 3] * 10)
    reader = LogBatches(database, ORIGIN, most_firsts=4)
    reader.look()
    assert [reader.row(at) for at in range(40)] == some_rows(0, 40)
    for start in (0, 1, 7, 38):
        found = [row for _, some in reader.batches(start) for row in some]
        assert found == some_rows(start, 40 - start)


def test_a_reader_learns_of_what_came_since(database: PostgresqlDatabase) -> None:
    writer, reader = begun(database), LogBatches(database, ORIGIN)
    reader.look()
    assert reader.size == 0
    appended(writer, 2, 2)
    reader.refresh()
    appended(writer, 1)
    reader.refresh()
    assert [len(some) for _, some in reader.batches(0)] == [2, 2, 1]


def test_a_second_writer_adds_nothing(database: PostgresqlDatabase) -> None:
    one, other = begun(database), begun(database)
    appended(one, 2)
    with pytest.raises(LogDamagedError):
        other.append(batch_of(0, 1), 1)
    appended(one, 1)
    assert begun(database).size == 3


def test_another_log_is_refused(database: PostgresqlDatabase) -> None:
    appended(begun(database), 1)
    with pytest.raises(LogDamagedError):
        LogBatches(database, "another.example/log").look()


def test_records_that_were_signed_over_and_are_gone_are_missed(
    database: PostgresqlDatabase,
) -> None:
    appended(begun(database), 2)
    with pytest.raises(LogDamagedError):
        LogBatches(database, ORIGIN).recover(least=3)


@pytest.mark.parametrize("gone", [0, 2, 4])
def test_a_row_that_is_gone_is_missed(database: PostgresqlDatabase, gone: int) -> None:
    appended(begun(database), 2, 2, 1)
    with database.write() as connection:
        connection.execute(delete(LOG_BATCH).where(LOG_BATCH.c.first == gone))
    with pytest.raises(LogDamagedError) as found:
        LogBatches(database, ORIGIN).look()
    assert str(gone) in str(found.value)


def test_a_changed_bit_is_seen(database: PostgresqlDatabase) -> None:
    batches = begun(database)
    appended(batches, 2, 2)
    whole = batch_of(2, 2)
    for at in range(0, len(whole), 7):
        changed = bytearray(whole)
        changed[at] ^= 1 << (at % 8)
        with database.write() as connection:
            one = update(LOG_BATCH).where(LOG_BATCH.c.first == 2)
            connection.execute(one.values(data=bytes(changed)))
        reader = LogBatches(database, ORIGIN)
        reader.look()
        assert reader.row(1) == some_rows(1, 1)[0]
        with pytest.raises(LogDamagedError):
            reader.row(2)
        with pytest.raises(LogDamagedError):
            list(reader.batches(0))


@pytest.fixture
def link(postgresql_server: Postgresql) -> Iterator[Link]:
    with closing(Link(postgresql_server.port)) as made:
        yield made


def through(link: Link, url: str) -> str:
    return re.sub(r":\d+/", f":{link.port}/", url)


def once(link: Link, answer: bytes) -> None:
    """Let one answer be lost, and the link be sound from then on."""
    link.swallows = answer

    def mend() -> None:
        assert link.swallowed.wait(30)
        link.swallows = b""

    Thread(target=mend, daemon=True).start()


def test_a_commit_whose_answer_was_lost_is_looked_up(made_url: str, link: Link) -> None:
    with closing(PostgresqlDatabase(through(link, made_url))) as database:
        batches = begun(database)
        appended(batches, 1)
        once(link, b"COMMIT\0")
        appended(batches, 1)
        assert (batches.size, batches.unsure) == (2, False)
        appended(batches, 1)
        assert [len(some) for _, some in batches.batches(0)] == [1, 1, 1]


def test_what_was_not_committed_is_not_believed_to_be(made_url: str, link: Link) -> None:
    with closing(PostgresqlDatabase(through(link, made_url))) as database:
        batches = begun(database)
        appended(batches, 1)
        once(link, b"pg_notify_1\0")
        with pytest.raises(OSError, match=r"."):
            appended(batches, 1)
        assert (batches.size, batches.unsure) == (1, False)
        appended(batches, 1)
        assert batches.size == 2


def test_an_end_that_cannot_be_looked_up_stays_open(made_url: str, link: Link) -> None:
    with closing(PostgresqlDatabase(through(link, made_url))) as database:
        batches = begun(database, looked_s=0)
        appended(batches, 1)
        link.swallows = b"COMMIT\0"
        with pytest.raises(OSError, match=r"."):
            appended(batches, 1)
        assert (batches.size, batches.unsure) == (1, True)
    with closing(PostgresqlDatabase(made_url)) as database:
        assert begun(database).size == 2


def test_an_end_is_looked_up_once_the_database_is_back(made_url: str, link: Link) -> None:
    with closing(PostgresqlDatabase(through(link, made_url))) as database:
        batches = begun(database)
        appended(batches, 1)
        link.swallows = b"COMMIT\0"

        def away_for_a_while() -> None:
            assert link.swallowed.wait(30)
            link.down()
            link.swallows = b""
            sleep(1)
            link.up()

        away = Thread(target=away_for_a_while)
        away.start()
        appended(batches, 1)
        away.join()
        assert (batches.size, batches.unsure) == (2, False)
        appended(batches, 1)
    with closing(PostgresqlDatabase(made_url)) as database:
        assert begun(database).size == 3


@pytest.mark.parametrize("is_made", [True, False])
def test_what_was_committed_stands_also_if_another_writes_before_it_is_looked_up(
    made_url: str, link: Link, is_made: bool
) -> None:
    with (
        closing(PostgresqlDatabase(made_url)) as others,
        closing(PostgresqlDatabase(through(link, made_url))) as database,
    ):
        Lease(database, holder="left", address="")
        batches = begun(database)
        link.swallows = b"COMMIT\0" if is_made else b"pg_notify_1\0"

        def take_over() -> None:
            assert link.swallowed.wait(30)
            link.down()
            link.swallows = b""
            with others.write() as connection:
                hold_off(connection, *Work)
                connection.execute(update(LEASE).values(fence=2, holder="right"))
            theirs = begun(others)
            theirs.append(packed(theirs.size, some_rows(theirs.size, 1, size=41)), 1)
            link.up()

        another = Thread(target=take_over)
        another.start()
        with nullcontext() if is_made else pytest.raises(OSError, match=r"."):
            appended(batches, 1)
        another.join()
        assert (batches.size, batches.unsure) == (int(is_made), False)
        with pytest.raises(LeaseLostError):
            appended(batches, 1)
        assert begun(others).size == 1 + is_made
