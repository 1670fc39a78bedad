"""Makes a log of quotes of any size by DuckDB, seeded by the row's number, in the order of time.

Prices differ by item, by a surge every ten minutes, and by noise; nothing depends on the person, so
an audit must find nothing.
"""

from pathlib import Path

import duckdb

ATTRIBUTES = 10
QUOTES_AN_HOUR = 200_000
QUOTES_A_FILE = 4_000_000


def make_log(folder: Path, rows: int, attributes: int = ATTRIBUTES) -> str:
    """Write a log of Parquet in files of some hours each, and return the pattern of their names.

    Args:
        folder: Where to.
        rows: How many quotes.
        attributes: Columns of the profile, all flags.

    """
    with duckdb.connect() as database:
        database.execute("SET threads = 2")
        database.execute("SET memory_limit = '900MB'")
        for number, first in enumerate(range(0, rows, QUOTES_A_FILE)):
            query = _rows(first, min(first + QUOTES_A_FILE, rows), rows, attributes)
            path = folder / f"quotes-{number:04}.parquet"
            database.execute(f"COPY ({query}) TO '{path}' (FORMAT parquet, ROW_GROUP_SIZE 200000)")
    return str(folder / "quotes-*.parquet")


def _rows(first: int, end: int, rows: int, attributes: int) -> str:
    persons, items = max(rows // 20, 100), 2000
    flags = ", ".join(
        f"hash(person * {attributes} + {k}) % 10 < {3 + k % 4} AS a{k}" for k in range(attributes)
    )
    return f"""
      WITH drawn AS (
        SELECT i, hash(i * 3) % {persons} AS person, hash(i * 3 + 1) % {items} AS item,
               1767225600 + i * 3600 // {QUOTES_AN_HOUR} AS second,
               (hash(i * 3 + 2) % 100000) / 100000.0 AS chance
        FROM range({first}, {end}) AS numbers(i)
      )
      SELECT 'u' || person AS uid, 's' || item AS sku, to_timestamp(second) AS at,
             exp(2 + hash(item) % 100 / 50.0 + hash(second // 600) % 20 / 100.0
                 + 0.02 * (chance - 0.5)) AS paid,
             {flags}
      FROM drawn"""  # noqa: S608  names are our own
