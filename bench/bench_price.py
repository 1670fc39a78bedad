"""P1: an audit of prices over millions of quotes and ten attributes, on two cores.

The base is one plain query of DuckDB over the same files, the mean price by cell and attribute: it
answers nothing, but reads and groups the same rows once. Beside the estimate alone stands pyfixest.

The long form goes to 100 million quotes, and writes the picture of how time and memory grow.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb
import numpy as np
from bench.figure import Figure
from bench.price_chart import PICTURE, Point, drawn
from bench.price_log import ATTRIBUTES, make_log
from bench.price_ours import MEMORY_BYTES
from tests.packages_cache import python_with

SHORT, FULL = 1_000_000, 100_000_000
ROWS = (100_000, 300_000, SHORT, 3_000_000, 10_000_000)
COUNTS = (2, 5, 20)
AIM_US = 3.0
AIM_MB = 1024.0
PEER = Path(__file__).with_name("price_peer.py")
PEER_DISTRIBUTION = "pyfixest==0.60.0"
CORES = 2


def measure(*, short: bool) -> Iterator[Figure]:
    """Yield time a quote and memory, and in the long form how both grow."""
    if short:
        yield from _figures(SHORT, ATTRIBUTES, [])
        yield from _beside_peer()
        return
    points: list[Point] = []
    for rows in ROWS:
        yield from _figures(rows, ATTRIBUTES, points)
    for attributes in COUNTS:
        yield from _figures(SHORT, attributes, points)
    PICTURE.write_text(drawn(points), encoding="utf-8")
    yield from _beside_peer()
    yield from _figures(FULL, ATTRIBUTES, points)


def _figures(rows: int, attributes: int, points: list[Point]) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory(prefix="chengnuo-bench-") as folder:
        pattern = make_log(Path(folder), rows, attributes)
        base = _plain(pattern, attributes)
        found = _told([sys.executable, "-m", "bench.price_ours", pattern, str(attributes)])
    if found["used"] != rows or found["verdict"] == "found":
        raise AssertionError(f"a clean log of {rows} quotes came out as {found}")
    points.append(Point(rows, attributes, found["work"], found["megabytes"]))
    what = f"{rows / 1e6:g} M quotes, {attributes} attributes"
    checked = f"all used; {found['verdict']}, lacking {found['missing']}"
    work = found["work"] / CORES / rows * 1e6
    yield Figure(
        aim="P1",
        name=f"price audit, {what}",
        ours=found["seconds"] / rows * 1e6,
        base=base / rows * 1e6,
        base_name="one GROUP BY of DuckDB",
        unit="us a quote",
        limit=AIM_US,
        checked=f"{checked}; {work:.3g} us were it alone on {CORES} cores",
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


def _beside_peer() -> Iterator[Figure]:
    """Yield the estimate within cells beside that of pyfixest, over the same files."""
    try:
        python = python_with(PEER_DISTRIBUTION)
    except (OSError, subprocess.SubprocessError) as error:
        sys.stderr.write(f"bench: pyfixest is left out: it cannot be installed ({error})\n")
        return
    with tempfile.TemporaryDirectory(prefix="chengnuo-bench-") as folder:
        pattern = make_log(Path(folder), SHORT)
        ours = _told([sys.executable, "-m", "bench.price_estimate", pattern, str(ATTRIBUTES)])
        arrays = Path(folder) / "arrays.npz"
        np.savez(arrays, **_numbered(pattern))
        peer = _told([str(python), str(PEER), str(arrays)])
    worst = max(abs(value - peer["effects"][name]) for name, value in ours["effects"].items())
    if worst > 1e-9:
        raise AssertionError(f"effects differ from those of pyfixest by {worst}")
    yield Figure(
        aim="P1",
        name=f"estimate within cells, {SHORT / 1e6:g} M quotes, from file to effects",
        ours=ours["seconds"],
        base=peer["seconds"],
        base_name=f"pyfixest {peer['version']}, from arrays in memory",
        unit="s",
        limit=peer["seconds"],
        checked=f"{len(ours['effects'])} effects equal to {worst:.0e}",
    )


def _numbered(pattern: str) -> dict[str, np.ndarray]:
    """Return what pyfixest takes best: arrays, cells and persons numbered already."""
    flags = ", ".join(f"a{k}::DOUBLE AS a{k}" for k in range(ATTRIBUTES))
    with duckdb.connect() as database:
        found: dict[str, np.ndarray] = database.execute(  # names are our own
            'SELECT dense_rank() OVER (ORDER BY sku, floor(epoch("at") / 600)) AS cell, '  # noqa: S608
            f"dense_rank() OVER (ORDER BY uid) AS person, ln(paid) AS y, {flags} FROM '{pattern}'"
        ).fetchnumpy()
        return found


def _told(command: list[str]) -> dict[str, float | str | dict[str, float]]:
    ran = subprocess.run(command, capture_output=True, check=True, text=True)  # noqa: S603  our own
    found: dict[str, float | str | dict[str, float]] = json.loads(ran.stdout)
    return found


def _plain(pattern: str, attributes: int) -> float:
    means = ", ".join(f"avg(CASE WHEN a{k} THEN paid END)" for k in range(attributes))
    with duckdb.connect() as database:
        database.execute(f"SET threads = {CORES}")
        database.execute(f"SET memory_limit = '{MEMORY_BYTES >> 20}MiB'")
        begun = time.perf_counter()
        database.execute(  # names are our own
            'SELECT count(*) FROM (SELECT sku, floor(epoch("at") / 600), '  # noqa: S608
            f"avg(paid), {means}"
            f" FROM '{pattern}' GROUP BY 1, 2)"
        ).fetchall()
        return time.perf_counter() - begun
