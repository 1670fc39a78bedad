"""Make the sample operator's database: invented customers of a shop with a small video feed.

    python examples/shop/make_database.py OUT.db [--customers N] [--seed S]

The same seed and number give the same rows on every machine. Nobody in it exists: see
`sample/identifiers.py` for why no number can be anybody's. Only the standard library is used.

Exit status: 0 made, 2 wrong usage or the file is there already.
"""

import argparse
import hashlib
import os
import sqlite3
import sys
from collections.abc import Iterable
from pathlib import Path

from sample.tables import tables

CUSTOMERS = 20_000
SEED = 2026
_SCHEMA = Path(__file__).with_name("schema.sql")
FEWEST = 50
_BATCH = 5_000


def make(out: Path, *, customers: int = CUSTOMERS, seed: int = SEED) -> dict[str, int]:
    """Write the database and return the number of rows in each table.

    The file appears under its name only when it is whole.

    Args:
        out: Where to write; must not exist.
        customers: Number of customer accounts, at least 50.
        seed: Another seed, other people.

    Raises:
        FileExistsError: There is something under that name.

    """
    if out.exists():
        raise FileExistsError(out)
    part = out.with_name(out.name + ".part")
    part.unlink(missing_ok=True)
    try:
        counts = _fill(part, customers=customers, seed=seed)
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)
    return counts


def content_digest(database: Path) -> str:
    """Return the SHA-256 over every table's rows in the order of its primary key."""
    digest = hashlib.sha256()
    connection = sqlite3.connect(database)
    try:
        for table in _table_names(connection):
            keys = [row[1] for row in connection.execute(f"PRAGMA table_info({table})") if row[5]]
            rows = connection.execute(f"SELECT * FROM {table} ORDER BY {', '.join(keys)}")  # noqa: S608 - names from our own schema
            digest.update(f"{table}\n".encode())
            for row in rows:
                digest.update(repr(row).encode())
    finally:
        connection.close()
    return digest.hexdigest()


def _table_names(connection: sqlite3.Connection) -> list[str]:
    found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    return [str(row[0]) for row in found]


def _fill(part: Path, *, customers: int, seed: int) -> dict[str, int]:
    connection = sqlite3.connect(part, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        connection.executescript(_SCHEMA.read_text(encoding="utf-8"))
        connection.execute("BEGIN")
        counts: dict[str, int] = {}
        for table, rows in tables(seed, customers, counts):
            counts[table] = _insert(connection, table, rows)
        connection.execute("COMMIT")
        broken = connection.execute("PRAGMA foreign_key_check").fetchall()
        if broken:
            message = f"{len(broken)} rows refer to nothing, first in `{broken[0][0]}`"
            raise RuntimeError(message)
    finally:
        connection.close()
        _say("")
    return counts


def _insert(
    connection: sqlite3.Connection, table: str, rows: Iterable[tuple[int | str | None, ...]]
) -> int:
    width = len(connection.execute(f"PRAGMA table_info({table})").fetchall())
    statement = f"INSERT INTO {table} VALUES ({', '.join('?' * width)})"  # noqa: S608 - names from our own schema
    done = 0
    batch: list[tuple[int | str | None, ...]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _BATCH:
            done += connection.executemany(statement, batch).rowcount
            batch.clear()
            _say(f"{table}: {done:,}")
    if batch:
        done += connection.executemany(statement, batch).rowcount
    return done


def _say(line: str) -> None:
    """Show how far the work is, where somebody is watching."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{line}")
        sys.stderr.flush()


def main(arguments: list[str] | None = None) -> int:
    """Read the command line, make the database, say what is in it."""
    parser = argparse.ArgumentParser(description="Make the sample operator's database.")
    parser.add_argument("out", type=Path, metavar="OUT.db")
    parser.add_argument("--customers", type=int, default=CUSTOMERS, metavar="N")
    parser.add_argument("--seed", type=int, default=SEED, metavar="S")
    given = parser.parse_args(arguments)
    if given.customers < FEWEST:
        parser.error(f"--customers is {given.customers}; expected at least {FEWEST}")
    if given.out.exists():
        parser.error(f"{given.out} is there already; name a file that is not")
    if not given.out.parent.is_dir():
        parser.error(f"{given.out.parent} is not a folder")
    counts = make(given.out, customers=given.customers, seed=given.seed)
    for table, count in counts.items():
        print(f"{count:>9,}  {table}")
    print(f"{sum(counts.values()):>9,}  rows in {os.fspath(given.out)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
