"""Shards: records made durable by two processes with a log each, beside one process with one log.

The same number of records in all, in batches of the same size, sealed for individuals whose keys
there are. Each log is published and closed within its time, and held to the verifier afterwards.
"""

import multiprocessing
import time
from collections.abc import Iterator
from multiprocessing.synchronize import Barrier
from pathlib import Path

from bench.evidence_kit import check_whole, consents, folder, make_keys, opened
from bench.figure import Figure

BATCH, INDIVIDUALS = 256, 2_000
SHORT, FULL = 20_480, 409_600


def append(place: Path, records: int, ready: Barrier) -> None:
    """Append records to a log of this process's own, between two meetings at the barrier."""
    log = opened(place)
    make_keys(log, INDIVIDUALS)
    drafts = consents(records, individuals=INDIVIDUALS)
    batches = [[next(drafts) for _ in range(BATCH)] for _ in range(records // BATCH)]
    ready.wait()
    for batch in batches:
        log.log.append(batch)
    log.log.publish()
    log.close()
    ready.wait()


def record_us(records: int, shards: int) -> float:
    """Return microseconds by the clock for each record, over some logs at once."""
    context = multiprocessing.get_context("spawn")
    ready = context.Barrier(shards + 1)
    with folder() as place:
        logs = [place / str(number) for number in range(shards)]
        share = records // shards
        processes = [context.Process(target=append, args=(log, share, ready)) for log in logs]
        for process in processes:
            process.start()
        ready.wait()
        since = time.perf_counter()
        ready.wait()
        took = time.perf_counter() - since
        for process in processes:
            process.join()
        for log in logs:
            check_whole(log, share, quick=True)
    return took / records * 1e6


def measure(*, short: bool) -> Iterator[Figure]:
    """Yield the figure."""
    records = SHORT if short else FULL
    one, two = (record_us(records, shards) for shards in (1, 2))
    yield Figure(
        aim="shards",
        name=f"a record of {records:,} in batches of {BATCH}, two shards at once",
        ours=two,
        base=one,
        base_name="one log",
        unit="us",
        limit=one / 1.6,
        checked="both whole by `chengnuo-verify`",
    )
