"""R-P1: many rows at once into PostgreSQL, beside a transaction each and a statement each.

Records of use and rows of keys, into the tables as they are, with their indexes and parts; the
server waits for the disk at each commit.
"""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from hashlib import sha256

from bench.figure import Figure
from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from tests.servers.databases import Postgresql, postgresql_programs

from chengnuo.adapters.evidence.key_vault_schema import KeyRow
from chengnuo.adapters.postgresql.database import PostgresqlDatabase
from chengnuo.adapters.postgresql.key_rows import PostgresqlKeyRows
from chengnuo.adapters.sql.uses import SqlUses
from chengnuo.adapters.sql.uses_schema import USE_RECORD
from chengnuo.ports.individuals import PersonKey
from chengnuo.ports.uses import UseSeen

AIM = 40
BATCH = 20_000
REPLACED = """UPDATE individual SET epoch = ?, content = ?, proof = ?
    WHERE ordinal = ? AND person = ?"""


def record(number: int) -> UseSeen:
    return UseSeen(
        position=number,
        ordinal=number % 50_000,
        at=1_780_000_000_000_000 + number,
        kind="decision",
        activity="act-login",
        recipient="",
        item="act-login/general",
        register="7c1f90ab22e4",
        outcome="permit",
        rules=("PIPL-13.1.1",),
        categories=("PI-CONTACT", "PI-DEVICE"),
        consents=(number,),
        request=f"r-{number}",
        seen=number,
        started=False,
        age="adult",
        count=0,
        permitted=0,
    )


def key(number: int, epoch: int) -> KeyRow:
    person = PersonKey(sha256(b"%d" % number).hexdigest())
    return KeyRow(number, person, epoch, bytes([epoch]) * 60, bytes([epoch]) * 60)


def us_each(count: int, run: Callable[[], None]) -> float:
    """Return how many microseconds each of some rows took."""
    since = time.perf_counter()
    run()
    return (time.perf_counter() - since) * 1e6 / count


def measure(*, short: bool) -> Iterator[Figure]:
    """Yield what a row costs in a batch, alone, and with a statement of its own."""
    programs = postgresql_programs()
    if programs is None:
        sys.stderr.write("bench: PostgreSQL is left out: it is not installed\n")
        return
    server = Postgresql(programs, durable=True)
    try:
        with server.database() as name:
            url = server.url(name).render_as_string(hide_password=False)
            with closing(PostgresqlDatabase(url)) as database:
                yield from _records(database, short=short)
                yield from _keys(database, short=short)
    finally:
        server.stop()


def _records(database: PostgresqlDatabase, *, short: bool) -> Iterator[Figure]:
    uses = SqlUses(database)
    one, many, all_at_once = (500, 2_000, BATCH) if short else (5_000, 20_000, 10 * BATCH)

    def alone() -> None:
        for number in range(one):
            uses.add([record(number)], persons=(), deleted=(), position=number)

    def by_statements() -> None:
        rows = [record(one + number) for number in range(many)]
        columns = [column.name for column in USE_RECORD.columns]
        with database.write() as connection:
            for row in rows:
                values = {name: getattr(row, name) for name in columns}
                joined = {
                    name: " ".join(map(str, value)) if isinstance(value, tuple) else value
                    for name, value in values.items()
                }
                connection.execute(insert(USE_RECORD).on_conflict_do_nothing(), [joined])

    def at_once() -> None:
        for start in range(0, all_at_once, BATCH):
            rows = [record(one + many + start + number) for number in range(BATCH)]
            uses.add(rows, persons=(), deleted=(), position=0)

    alone_us, statement_us = us_each(one, alone), us_each(many, by_statements)
    ours_us = us_each(all_at_once, at_once)
    with database.read() as connection:
        found = connection.execute(select(func.count()).select_from(USE_RECORD)).scalar_one()
    assert found == one + many + all_at_once
    for base, base_name, limit in (
        (alone_us, "a transaction each", alone_us / AIM),
        (statement_us, "a statement each, one transaction", statement_us),
    ):
        yield Figure(
            aim="R-P1",
            name=f"record of use in PostgreSQL, {BATCH:,} at once by COPY",
            ours=ours_us,
            base=base,
            base_name=base_name,
            unit="µs",
            limit=limit,
            checked="as many rows as were given",
        )


def _keys(database: PostgresqlDatabase, *, short: bool) -> Iterator[Figure]:
    keys, count, chunk = PostgresqlKeyRows(database), 2_560 if short else 25_600, 256
    with keys.writing():
        keys.make_tables()
        keys.insert(key(number, 1) for number in range(count))

    def by_statements() -> None:
        for start in range(0, count, chunk):
            with keys.writing():
                for number in range(start, start + chunk):
                    row = key(number, 2)
                    epoch = row.epoch.to_bytes(8, "big")
                    given = (epoch, row.content, row.proof, row.ordinal, row.person)
                    keys.execute(REPLACED, given)

    def at_once() -> None:
        for start in range(0, count, chunk):
            with keys.writing():
                keys.replace(key(number, 3) for number in range(start, start + chunk))

    base_us, ours_us = us_each(count, by_statements), us_each(count, at_once)
    with keys.reading():
        assert keys.number("SELECT count(DISTINCT epoch) FROM individual") == 1
        assert keys.behind(3, -1, 1) == []
    yield Figure(
        aim="R-P1",
        name=f"keys of an individual under another epoch in PostgreSQL, {chunk} at once",
        ours=ours_us,
        base=base_us,
        base_name="a statement each",
        unit="µs",
        limit=base_us,
        checked="all rows are of the new epoch",
    )
