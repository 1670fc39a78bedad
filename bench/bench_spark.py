"""A sum over many rows, of those alone who may be used: what the semi-join adds to it (R-B1).

One expression for both engines; DuckDB is timed, and Spark on two threads has to give the same.
"""

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import ibis  # type: ignore[import-untyped]  # it says nothing of its types
import numpy as np
from bench.figure import Figure

from chengnuo.adapters.quotes.spark import SparkTables
from chengnuo.adapters.spark.cluster import SparkBatches
from chengnuo.ports.batches import Engine
from chengnuo.wiring.batching import quote_logs

Table = Any  # ibis says `Table`, whose columns no type checker knows
Database = Any
ROUNDS = 5
SHOPS, PERMITTED = 500, 0.7
EVENTS = {"person": "int64", "shop": "int64", "paid_fen": "int64"}


def measure(*, short: bool) -> Iterator[Figure]:
    """Yield what the semi-join adds to sums by person and by shop; seven of ten are permitted."""
    rows, people = (2_000_000, 200_000) if short else (100_000_000, 10_000_000)
    events = ibis.table(EVENTS, name="events")
    permitted = ibis.table({"id": "int64"}, name="permitted")
    allowed = events.semi_join(permitted, events.person == permitted.id)
    with tempfile.TemporaryDirectory(prefix="chengnuo-bench-") as folder, duckdb.connect() as here:
        place = Path(folder)
        _make(here, place, rows, people)
        here.execute("SET threads = 2")
        for name in ("events", "permitted"):
            here.execute(f"CREATE VIEW {name} AS FROM read_parquet('{place / name}.parquet')")
        for by in ("person", "shop"):
            plain, joined = _sql(_sums(events, by)), _sql(_sums(allowed, by))
            base = _best(lambda sql=plain: here.execute(sql).fetchnumpy())
            ours = _best(lambda sql=joined: here.execute(sql).fetchnumpy())
            found = here.execute(joined).fetchall()
            assert 0.6 < sum(row[1] for row in found) / rows < 0.8
            assert _on_spark(place, _sums(allowed, by)) == sorted(found)
            yield Figure(
                aim="R-B1",
                name=f"sums by {by} of {rows:,} rows, of those of {people:,} who are permitted",
                ours=ours,
                base=base,
                base_name="of everybody",
                unit="s of CPU",
                limit=1.3 * base,
                checked="Spark gives the same rows",
            )


def _sums(events: Table, by: str) -> Table:
    return events.group_by(by).agg(n=events.count(), paid_fen=events.paid_fen.sum())


def _sql(expression: Table) -> str:
    return str(ibis.to_sql(expression, dialect="duckdb"))


def _make(here: Database, place: Path, rows: int, people: int) -> None:
    """Write the rows, and who is permitted, with a seed."""
    random = np.random.default_rng(11)
    events = {
        "person": random.integers(0, people, rows),
        "shop": random.integers(0, SHOPS, rows),
        "paid_fen": random.integers(100, 100_000, rows),
    }
    permitted = {"id": np.flatnonzero(random.random(people) < PERMITTED)}
    for name, made in (("events", events), ("permitted", permitted)):
        here.register("made", made)
        here.execute(f"COPY (FROM made) TO '{place / name}.parquet' (FORMAT parquet)")
        here.unregister("made")


def _best(run: Callable[[], object]) -> float:
    best = float("inf")
    for _ in range(ROUNDS):
        since = time.process_time()
        run()
        best = min(best, time.process_time() - since)
    return best


def _on_spark(place: Path, expression: Table) -> list[tuple[int, ...]]:
    """Return the rows that Spark gives, in order."""
    with SparkBatches(os.environ, quote_logs).opened(Engine("local[2]")) as batch:
        for name in ("events", "permitted"):
            frame = batch.session.read.parquet((place / f"{name}.parquet").as_uri())
            frame.createOrReplaceTempView(name)
        rows = batch.session.sql(SparkTables.sql(expression)).collect()
    return sorted(tuple(int(one) for one in row) for row in rows)
