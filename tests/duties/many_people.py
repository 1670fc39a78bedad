"""A shop with very many people: what a few really did, laid a million times without records.

Only reading is measured over it. A record of such a row stands at a position that the log does
not have.
"""

import sqlite3
from contextlib import closing
from importlib import import_module
from pathlib import Path

from tests.doors.service_kit import Kit
from tests.doors.web.consent_kit import GENERAL, LOCATION, Choosing

from chengnuo.domain.consent.event import Act

FIRST_POSITION = 1_000_000
DAYS = 400
_DAYS_COUNTED = import_module("chengnuo.adapters.sql.migrations.versions.0018_consent_days")
_SPREAD = f"""
WITH RECURSIVE
  one(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM one WHERE n < :count),
  who(n, person, ago) AS (
    SELECT n, printf('%064x', n), (n * 7919 % {DAYS * 24 * 60}) * 60000000 FROM one
  )
"""  # noqa: S608  numbers of our own


def lay_people(kit: Kit, data: Path, count: int) -> None:
    """Let two people choose and be decided about, and lay what they did for `count` more."""
    choosing = Choosing(kit=kit)
    for account, withdraws in (("a", False), ("b", True)):
        person = choosing.born(account)
        choosing.answer(person, GENERAL, Act.GIVE)
        choosing.answer(person, LOCATION, Act.GIVE)
        choosing.nearby(person)
        if withdraws:
            choosing.withdraw(person, LOCATION)
    kit.service.services.sweep()
    with closing(sqlite3.connect(data / "chengnuo.db")) as database:
        database.execute("PRAGMA synchronous=OFF")
        _multiply(database, "consent_act", count, clock="at")
        _multiply(database, "use_record", count, clock="at", whose="ordinal")
        for table, columns in (
            ("consent_person", "(person, ordinal, deletion) SELECT person, 1000 + n, 0"),
            ("individual", "(person, birth_date, account) SELECT person, '1890-01-01', 'active'"),
            ("use_person", "(ordinal, person) SELECT 1000 + n, person"),
        ):
            database.execute(_into(table, columns), {"count": count})
        database.execute("DELETE FROM consent_day")
        for statement in _DAYS_COUNTED.COUNTING:
            database.execute(statement)
        database.commit()
        database.execute("ANALYZE")


def _into(table: str, columns: str, source: str = "who") -> str:
    head, _, chosen = columns.partition(" SELECT ")
    return f"INSERT INTO {table} {head} {_SPREAD} SELECT {chosen} FROM {source}"  # noqa: S608  names of our own


def _multiply(
    database: sqlite3.Connection, table: str, count: int, *, clock: str, whose: str = "person"
) -> None:
    """Lay every row of a table once more for each of `count` people, at instants of their own."""
    columns = [row[1] for row in database.execute(f"PRAGMA table_info({table})")]
    rows = database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608
    said = {
        "position": f"{FIRST_POSITION} + n * {rows} + row_number() OVER (PARTITION BY n)",
        "person": "who.person",
        "ordinal": "1000 + n",
        clock: f"sample.{clock} - ago",
        "prompt": "'p-' || n || '-' || sample.position",
    }
    chosen = ", ".join(
        said.get(name, f"sample.{name}") if name != whose or name in said else "n"
        for name in columns
    )
    named = ", ".join(f'"{name}"' for name in columns)
    database.execute(f"CREATE TEMP TABLE sample AS SELECT * FROM {table}")  # noqa: S608
    database.execute(
        _into(table, f"({named}) SELECT {chosen}", "who CROSS JOIN sample"), {"count": count}
    )
    database.execute("DROP TABLE sample")
