"""P1: an audit of prices over millions of quotes and ten attributes, on two cores.

The base is one plain query of DuckDB over the same file, the mean price by cell and attribute: it
answers nothing, but reads and groups the same rows once.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb
from bench.figure import Figure
from bench.price_log import ATTRIBUTES, make_log

SHORT, FULL = 1_000_000, 100_000_000
AIM_US = 3.0
AIM_MB = 1024.0


def measure(*, short: bool) -> Iterator[Figure]:
    """Yield time a quote and memory, and in the long form how time grows."""
    sizes = [(SHORT, ATTRIBUTES)] if short else [(SHORT, 2), (SHORT, 5), (SHORT, ATTRIBUTES)]
    if not short:
        sizes += [(10_000_000, ATTRIBUTES), (FULL, ATTRIBUTES)]
    for rows, attributes in sizes:
        yield from _figures(rows, attributes)


def _figures(rows: int, attributes: int) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory(prefix="chengnuo-bench-") as folder:
        path = Path(folder) / "quotes.parquet"
        make_log(path, rows, attributes)
        base = _plain(path, attributes)
        ran = subprocess.run(  # noqa: S603  our own module
            [sys.executable, "-m", "bench.price_ours", str(path), str(attributes)],
            capture_output=True,
            check=True,
            text=True,
        )
    found = json.loads(ran.stdout)
    if found["used"] != rows or found["verdict"] == "found":
        raise AssertionError(f"a clean log of {rows} quotes came out as {found}")
    what = f"{rows / 1e6:g} M quotes, {attributes} attributes"
    checked = f"all used; {found['verdict']}, lacking {found['missing']}"
    yield Figure(
        aim="P1",
        name=f"price audit, {what}",
        ours=found["seconds"] / rows * 1e6,
        base=base / rows * 1e6,
        base_name="one GROUP BY of DuckDB",
        unit="us a quote",
        limit=AIM_US,
        checked=checked,
    )
    yield Figure(
        aim="P1",
        name=f"memory of it, {what}",
        ours=found["megabytes"],
        base=AIM_MB,
        base_name="the aim",
        unit="MB",
        limit=AIM_MB,
        checked=checked,
    )


def _plain(path: Path, attributes: int) -> float:
    means = ", ".join(f"avg(CASE WHEN a{k} THEN paid END)" for k in range(attributes))
    with duckdb.connect() as database:
        database.execute("SET threads = 2")
        database.execute("SET memory_limit = '900MB'")
        begun = time.perf_counter()
        database.execute(  # names are our own
            'SELECT count(*) FROM (SELECT sku, floor(epoch("at") / 600), '  # noqa: S608
            f"avg(paid), {means}"
            f" FROM '{path}' GROUP BY 1, 2)"
        ).fetchall()
        return time.perf_counter() - begun
