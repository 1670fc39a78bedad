"""Strict records one at a time: what a group commit makes of 256 in flight, beside one alone.

Raw fdatasync is of a file of the same size on the same disk, written really before, with as many
bytes at a time; all are measured in turns.
"""

import asyncio
import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from threading import Thread

from bench.evidence_kit import check_whole, consents, folder, in_a_thread, make_keys, opened
from bench.figure import Figure

from chengnuo.adapters.evidence.opening import OpenedToWrite
from chengnuo.adapters.evidence.segments import SEGMENT_BYTES
from chengnuo.ports.evidence_log import Draft

IN_FLIGHT = 256
INDIVIDUALS = 5_000
TIMES_FASTER = 50
SHARE_OF_SYNC = 0.7
MOST_SYNCS = 5
RECORD_BYTES = 750


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How fast something went: seconds for each record, and the waits of those who asked."""

    each: float
    waits: tuple[float, ...]

    def at(self, percent: int) -> float:
        """Return a percentile of the waits, in ms."""
        return quantiles(self.waits, n=100)[percent - 1] * 1_000


def alone(log: OpenedToWrite, drafts: Sequence[Draft]) -> Pace:
    """Append records one after the other."""
    waits: list[float] = []
    begun = time.perf_counter()
    for draft in drafts:
        since = time.perf_counter()
        log.log.append([draft])
        waits.append(time.perf_counter() - since)
    return Pace(each=(time.perf_counter() - begun) / len(drafts), waits=tuple(waits))


def on_a_loop(log: OpenedToWrite, drafts: Sequence[Draft]) -> Pace:
    """Append with 256 coroutines of one event loop."""
    waits: list[float] = []
    rest = iter(drafts)

    async def one() -> None:
        for draft in rest:
            since = time.perf_counter()
            await log.log.append_soon([draft])
            waits.append(time.perf_counter() - since)

    async def everybody() -> None:
        await asyncio.gather(*(one() for _ in range(IN_FLIGHT)))

    begun = time.perf_counter()
    asyncio.run(everybody())
    return Pace(each=(time.perf_counter() - begun) / len(drafts), waits=tuple(waits))


def in_threads(log: OpenedToWrite, drafts: Sequence[Draft]) -> Pace:
    """Append with 256 threads."""
    waits: list[float] = []

    def one(own: Sequence[Draft]) -> None:
        for draft in own:
            since = time.perf_counter()
            log.log.append([draft])
            waits.append(time.perf_counter() - since)

    threads = [Thread(target=one, args=(drafts[n::IN_FLIGHT],)) for n in range(IN_FLIGHT)]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Pace(each=(time.perf_counter() - begun) / len(drafts), waits=tuple(waits))


def raw_syncs(place: Path, count: int) -> Pace:
    """Write as many bytes as a record is and sync, over and over."""
    path = place / "raw"
    data = os.urandom(RECORD_BYTES)
    path.write_bytes(bytes(SEGMENT_BYTES))
    file = os.open(path, os.O_RDWR)
    os.fsync(file)
    waits: list[float] = []
    begun = time.perf_counter()
    for number in range(count):
        since = time.perf_counter()
        os.pwrite(file, data, number * RECORD_BYTES % (SEGMENT_BYTES - RECORD_BYTES))
        os.fdatasync(file)
        waits.append(time.perf_counter() - since)
    taken = time.perf_counter() - begun
    os.close(file)
    path.unlink()
    return Pace(each=taken / count, waits=tuple(waits))


def measure(*, short: bool) -> Iterator[Figure]:
    """Yield the figures of strict records."""
    rounds, few, many = (3, 150, 10_240) if short else (9, 500, 51_200)
    drafts = list(consents(many, INDIVIDUALS))
    found: dict[str, list[Pace]] = {"raw": [], "alone": [], "loop": [], "threads": []}
    with folder() as place:
        log = opened(place)
        make_keys(log, INDIVIDUALS)
        on_a_loop(log, drafts)
        for _ in range(rounds):
            found["raw"].append(raw_syncs(place, few))
            found["alone"].append(in_a_thread(partial(alone, log, drafts[:few])))
            found["loop"].append(on_a_loop(log, drafts))
            found["threads"].append(in_threads(log, drafts))
        log.close()
        check_whole(place, many + rounds * (few + 2 * many))
    checked = "whole by `chengnuo-verify`, every record there"
    each = {name: median(pace.each for pace in paces) * 1e6 for name, paces in found.items()}
    for name, way in (("loop", "on an event loop"), ("threads", "in threads")):
        yield Figure(
            aim="R-E3",
            name=f"strict record, {IN_FLIGHT} in flight {way}",
            ours=each[name],
            base=each["alone"],
            base_name="one at a time",
            unit="µs",
            limit=each["alone"] / TIMES_FASTER,
            checked=checked,
        )
        for percent in (50, 99):
            sync = median(pace.at(50) for pace in found["raw"])
            yield Figure(
                aim="R-E3",
                name=f"wait of a strict record, {IN_FLIGHT} in flight {way}, p{percent}",
                ours=median(pace.at(percent) for pace in found[name]),
                base=sync,
                base_name="one fdatasync, p50",
                unit="ms",
                limit=MOST_SYNCS * sync,
                checked=checked,
            )
    yield Figure(
        aim="R-E4",
        name="strict record, one at a time",
        ours=each["alone"],
        base=each["raw"],
        base_name="raw write and fdatasync of the same size",
        unit="µs",
        limit=each["raw"] / SHARE_OF_SYNC,
        checked=checked,
    )
