"""S2: who of many may be told something; the same rows in DuckDB and SQLite, in memory."""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from bench.decision_kit import asked_of, peers, requests, shop
from bench.figure import Figure

from chengnuo.domain.decision.decision import Outcome
from chengnuo.domain.decision.engine import Compiled
from chengnuo.domain.decision.lookup import OUTCOMES, Lookup, audience
from chengnuo.engines.planes.writing import memory_planes

PERMIT = OUTCOMES.index(Outcome.PERMIT)


def measure(*, short: bool) -> Iterator[Figure]:
    """Yield the two figures of S2's filter."""
    given = shop()
    compiled = Compiled(given.book)
    request = requests()[0]
    columns = compiled.shape(request).columns
    assert [one.lane.partition("@")[0].rpartition("/")[2][:9] for one in columns] == [
        "general",
        "sensitive",
    ]
    people, count = (500_000, 200_000) if short else (10_000_000, 2_000_000)
    random = np.random.default_rng(5)
    values = [random.choice(4, people, p=(0.1, 0.7, 0.05, 0.15)).astype(np.uint8) for _ in columns]
    age, account = random.integers(0, 4, people), random.choice(3, people, p=(0.1, 0.85, 0.05))
    held = (random.random(people) < 0.03).astype(np.uint8)
    flags = (age | account << 2 | held << 4).astype(np.uint8)
    planes = memory_planes(compiled.lanes.names, people)
    np.frombuffer(planes.flags, np.uint8)[:] = flags
    for column, value in zip(columns, values, strict=True):
        lane = planes.lanes[column.lane].array()
        four = np.pad(value, (0, len(lane) * 4 - people)).reshape(-1, 4)
        lane[:] = four[:, 0] | four[:, 1] << 2 | four[:, 2] << 4 | four[:, 3] << 6
    ids = random.permutation(people)[:count].astype(np.int64)
    lookup = Lookup(compiled, planes)
    best = 1e9
    for _ in range(25):
        since = time.process_time()
        found = audience(lookup, request, ids, given.at)
        chosen = ids.take(np.flatnonzero(found.outcomes == PERMIT))
        best = min(best, time.process_time() - since)
    ours = best / count * 1e9
    with peers("duckdb", "numpy") as python, tempfile.TemporaryDirectory() as place:
        if python is None:
            return
        rows, asked = Path(place) / "people.npz", Path(place) / "ids.npy"
        np.savez(rows, flags=flags, first=values[0], second=values[1])
        np.save(asked, ids)
        is_child = (
            "(flags & 3) in (0, 1)" if compiled.shape(request).flags[0] & 1 else "(flags & 3) = 1"
        )
        where = (
            f"not {is_child} and (flags & 12) <> 8 and (flags & 48) = 0"
            " and first = 1 and second = 1"
        )
        peer = asked_of(
            python, "audience", {"people": str(rows), "ids": str(asked), "where": where}
        )
    assert peer["duck"] == peer["lite"] == [len(chosen), int(chosen.sum())]
    assert 0.05 < len(chosen) / count < 0.95
    for name, key, times in (
        (f"DuckDB {peer['version']}, one thread, in memory", "duck_ns", 15),
        ("SQLite, in memory, by key", "lite_ns", 80),
    ):
        yield Figure(
            aim="S2",
            name=f"audience of {count:,} of {people:,}, a count for each reason, an id",
            ours=ours,
            base=float(str(peer[key])),
            base_name=name,
            unit="ns",
            limit=float(str(peer[key])) / times,
            checked="the same ids",
        )
