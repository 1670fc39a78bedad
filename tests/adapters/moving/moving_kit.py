"""A data folder with rows of every table, keys and a log, and what both sides of a move hold."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import Column, UniqueConstraint, select
from tests.adapters.evidence.key_kit import erasure
from tests.adapters.evidence.log_kit import ORIGIN, SteppingClock, consents, person, published

from chengnuo.adapters.data_folder import open_data_folder
from chengnuo.adapters.evidence.opening import OpenedToWrite, open_log
from chengnuo.adapters.evidence.place import Place
from chengnuo.adapters.moving.move import MoveToPostgresql, opened
from chengnuo.adapters.moving.ranges import RANGE_ROWS
from chengnuo.adapters.postgresql.database import PostgresqlDatabase
from chengnuo.adapters.postgresql.shared import SharedDatabase
from chengnuo.adapters.sql.database import Database
from chengnuo.adapters.sql.schema import METADATA
from chengnuo.adapters.sqlite.database import FILE_NAME
from chengnuo.usecases.operations.moving import Moved, Moving

# What separates, escapes or ends a field in the text that COPY takes, and what sorts oddly.
HARD = (
    "",
    "\\N",
    "\\.",
    "a\tb",
    "a\nb",
    "a\r\nb",
    "\\",
    '"',
    "'",
    "张三",
    "\U0001f600",
    "\u00e9",
    "Z",
    "a",
)


def written(place: Place) -> OpenedToWrite:
    """Open the log of a folder to write it."""
    return open_log(place, clock=SteppingClock(), origin=ORIGIN)


def make_log(folder: Path, *, records: int = 20, erased: int = 2) -> None:
    """Make a log with keys, of whom some are erased."""
    opened = written(Place(data=folder))
    for number in range(records):
        opened.log.append(
            [*consents(range(number, number + 1), whose=number % 17), published(number)]
        )
    opened.log.erase({person(number): erasure() for number in range(erased)})
    opened.close()


def fill(folder: Path, rows: int, seed: int = 0) -> None:
    """Add rows to every table of the stores, of every kind of value."""
    open_data_folder(folder, signing_key_file=None, clock=SteppingClock()).close()
    random = Random(seed)
    with closing(sqlite3.connect(folder / FILE_NAME)) as database:
        for table in METADATA.sorted_tables:
            keys: dict[str, list[Any]] = {}
            for column in table.columns:
                for foreign in column.foreign_keys:
                    query = f"SELECT {foreign.column.name} FROM {foreign.column.table.name}"  # noqa: S608  names of tables
                    keys[column.name] = [row[0] for row in database.execute(query)]
            for number in range(rows):
                values = {
                    column.name: random.choice(keys[column.name])
                    if column.name in keys
                    else _value(column, seed * 1_000_000 + number, random)
                    for column in table.columns
                }
                names = ", ".join(f'"{name}"' for name in values)
                marks = ", ".join("?" * len(values))
                added = f'INSERT OR IGNORE INTO "{table.name}" ({names}) VALUES ({marks})'  # noqa: S608  names of tables
                database.execute(added, tuple(values.values()))
        database.commit()


def _value(column: Column[Any], number: int, random: Random) -> object:
    kind = column.type.python_type
    alone = (
        column.primary_key
        or column.unique
        or any(
            column.name in constraint.columns
            for constraint in column.table.constraints
            if isinstance(constraint, UniqueConstraint)
        )
    )
    if alone:
        return number + 1 if kind is int else f"{random.choice(HARD)}{number:07d}"
    if column.nullable and random.random() < 0.3:
        return None
    if kind is bool:
        return random.random() < 0.5
    if kind is int:
        most = 63 if str(column.type) == "BIGINT" else 31
        return random.choice([0, -1, 1, -(1 << (most - 1)), (1 << (most - 1)) - 1])
    if kind is bytes:
        return random.choice([b"", bytes(range(256)), b"\\x00", random.randbytes(9)])
    return random.choice(HARD)


def held(database: Database) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of the stores in the order of its key."""
    found: dict[str, list[tuple[object, ...]]] = {}
    with database.read() as connection:
        for table in METADATA.sorted_tables:
            query = select(table).order_by(*table.primary_key.columns)
            found[table.name] = [tuple(row) for row in connection.execute(query)]
    return found


@contextmanager
def mover(place: Place, url: str, *, range_rows: int = RANGE_ROWS) -> Iterator[MoveToPostgresql]:
    there = PostgresqlDatabase(url, as_it_is=True)
    with opened(place, there, "kit", range_rows=range_rows) as move:
        yield move


def move(place: Place, url: str, *, range_rows: int = RANGE_ROWS) -> Moved:
    """Move a folder as the command does."""
    with mover(place, url, range_rows=range_rows) as both:
        moving = Moving(move=both, seconds=iter(range(1_000_000)).__next__, rest=lambda _: None)
        return moving.run(wait_s=0, tell=lambda *_: None, ready=lambda _: None)


@contextmanager
def shared(url: str) -> Iterator[SharedDatabase]:
    """Open a database as a service does."""
    with closing(PostgresqlDatabase(url)) as database:
        yield SharedDatabase(database=database, holder="kit")
