"""E1: durable records with leaf, tiles, bundles and signature, beside a plain SQLite table.

Both get the same records in batches of the same size from one thread, and end with everything in
place: the log published, synced and closed, the table closed. The keys of the individuals are made
before, because their first record makes them once; what that costs is a figure of its own. Wall
time is told, and at one size the processor time of all threads too: disks and neighbours vary.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from typing import TypeVar

from bench.evidence_kit import (
    batches_of_decisions,
    check_whole,
    consents,
    folder,
    in_a_thread,
    make_keys,
    opened,
)
from bench.evidence_table import AuditTable, row
from bench.figure import Figure

from chengnuo.adapters.evidence.opening import open_reader
from chengnuo.adapters.evidence.place import Place
from chengnuo.ports.evidence_log import Draft, Position

T = TypeVar("T")

INDIVIDUALS = 20_000
SHARE = 0.9
SIZES = {1: 200, 256: 20_480, 4_096: 20_480}
USUAL = 256
CHECKED = "whole by `chengnuo-verify`; payloads read back"


@dataclass(frozen=True, slots=True, kw_only=True)
class Took:
    """Microseconds for one record: of the clock, and of the processor over all threads."""

    wall: float
    cpu: float


@contextmanager
def timed(records: int) -> Iterator[list[Took]]:
    """Put into the list yielded what the block takes for one record."""
    found: list[Took] = []
    cpu, wall = time.process_time(), time.perf_counter()
    yield found
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    found.append(Took(wall=wall / records * 1e6, cpu=cpu / records * 1e6))


def in_batches(items: Sequence[T], size: int) -> list[Sequence[T]]:
    """Cut a sequence into batches."""
    return [items[start : start + size] for start in range(0, len(items), size)]


def of_log(drafts: Sequence[Draft], size: int, individuals: int, *, with_map: bool) -> Took:
    """Return microseconds for one record in the log, which is checked afterwards."""
    with folder() as place:
        log = opened(place, with_map=with_map)
        make_keys(log, individuals)
        batches = in_batches(drafts, size)
        with timed(len(drafts)) as took:
            in_a_thread(lambda: [log.log.append(batch) for batch in batches])
            log.log.publish()
            log.log.close()
        log.vault.close()
        check_whole(place, len(drafts), quick=not with_map)
        check_payloads(place, drafts)
    return took[0]


def of_table(drafts: Sequence[Draft], size: int, *, index: bool) -> Took:
    """Return microseconds for one record in the table."""
    with folder() as place:
        table = AuditTable(place / "audit.db", index=index)
        batches = in_batches([row(draft, number) for number, draft in enumerate(drafts)], size)
        with timed(len(drafts)) as took:
            for batch in batches:
                table.append(batch)
            table.close()
        again = AuditTable(place / "audit.db", index=False, make=False)
        assert again.count() == len(drafts)
        again.close()
    return took[0]


def check_payloads(place: Path, drafts: Sequence[Draft]) -> None:
    """Hold some records, read back and opened, to what was given."""
    reader = open_reader(Place(data=place))
    for position in range(0, len(drafts), max(1, len(drafts) // 50)):
        record = reader.log.record(Position(position))
        assert reader.payloads.opened(record).payload == drafts[position].payload
    reader.close()


def in_turns(rounds: int, *acts: Callable[[], Took]) -> list[Took]:
    """Return the median of each, measured in turns, so that a busy moment meets all of them."""
    found = [[act() for act in acts] for _ in range(rounds)]
    return [
        Took(wall=median(one.wall for one in column), cpu=median(one.cpu for one in column))
        for column in zip(*found, strict=True)
    ]


def figure(name: str, ours: float, base: float, base_name: str) -> Figure:
    """Return a figure of E1: at least 0.9 times as fast as the table."""
    return Figure(
        aim="E1",
        name=name,
        ours=ours,
        base=base,
        base_name=base_name,
        unit="µs",
        limit=base / SHARE,
        checked=CHECKED,
    )


def measure(*, short: bool) -> Iterator[Figure]:
    """Yield the figures of E1."""
    rounds, more = (1, 1) if short else (5, 4)
    for size, records in SIZES.items():
        count = records * more
        decisions = list(batches_of_decisions(count))
        sealed = list(consents(count, INDIVIDUALS))
        of = partial(of_log, size=size)
        open_log, with_map, without_map, open_table, indexed, plain = in_turns(
            rounds,
            partial(of, decisions, individuals=0, with_map=True),
            partial(of, sealed, individuals=INDIVIDUALS, with_map=True),
            partial(of, sealed, individuals=INDIVIDUALS, with_map=False),
            partial(of_table, decisions, size, index=True),
            partial(of_table, sealed, size, index=True),
            partial(of_table, sealed, size, index=False),
        )
        people = f"sealed, of {INDIVIDUALS:,} individuals"
        for name, ours, base, base_name in (
            ("open", open_log, open_table, "with index"),
            (people, with_map, indexed, "with index"),
            (people, with_map, plain, "without index"),
            (f"{people}, without the map", without_map, indexed, "with index"),
            (f"{people}, without the map", without_map, plain, "without index"),
        ):
            named, table = f"record, batch {size:,}, {name}", f"SQLite table {base_name}"
            yield figure(named, ours.wall, base.wall, table)
            if size == USUAL:
                yield figure(f"{named}: processor", ours.cpu, base.cpu, table)
    yield new_individuals(SIZES[USUAL] * more)


def new_individuals(count: int) -> Figure:
    """Return what a record costs whose individual is new, keys and all, beside one that is not."""
    drafts = list(consents(count, count))
    new = of_log(drafts, USUAL, 0, with_map=True)
    known = of_log(drafts, USUAL, count, with_map=True)
    return Figure(
        aim="E1",
        name="record, batch 256, sealed, each of an individual new to the log",
        ours=new.wall,
        base=known.wall,
        base_name="keys made before",
        unit="µs",
        limit=2 * known.wall,
        checked=CHECKED,
    )
