"""E1: durable records with leaf, tiles, bundles and signature, beside a plain SQLite table.

Both get the same records in batches of the same size from one thread, and end with everything in
place: the log published, synced and closed, the table closed. The keys of the individuals are made
before, because an individual's first record makes them once; what that costs is a figure of its own.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from typing import TypeVar

from bench.evidence_kit import (
    batches_of_decisions,
    check_whole,
    consents,
    folder,
    make_keys,
    opened,
)
from bench.evidence_table import AuditTable, row
from bench.figure import Figure

from chengnuo.adapters.evidence.opening import Place, open_reader
from chengnuo.ports.evidence_log import Draft, Position

T = TypeVar("T")

INDIVIDUALS = 20_000
SHARE = 0.9
SIZES = {1: 200, 256: 20_480, 4_096: 40_960}


def in_batches(items: Sequence[T], size: int) -> list[Sequence[T]]:
    """Cut a sequence into batches."""
    return [items[start : start + size] for start in range(0, len(items), size)]


def of_log(drafts: Sequence[Draft], size: int, individuals: int, *, with_map: bool) -> float:
    """Return microseconds for one record in the log, which is checked afterwards."""
    with folder() as place:
        log = opened(place, with_map=with_map)
        make_keys(log, individuals)
        batches = in_batches(drafts, size)
        since = time.perf_counter()
        for batch in batches:
            log.log.append(batch)
        log.log.publish()
        log.log.close()
        taken = time.perf_counter() - since
        log.vault.close()
        check_whole(place, len(drafts), quick=not with_map)
        check_payloads(place, drafts)
    return taken / len(drafts) * 1e6


def of_table(drafts: Sequence[Draft], size: int, *, index: bool) -> float:
    """Return microseconds for one record in the table."""
    with folder() as place:
        table = AuditTable(place / "audit.db", index=index)
        batches = in_batches([row(draft, number) for number, draft in enumerate(drafts)], size)
        since = time.perf_counter()
        for batch in batches:
            table.append(batch)
        table.close()
        taken = time.perf_counter() - since
        again = AuditTable(place / "audit.db", index=False, make=False)
        assert again.count() == len(drafts)
        again.close()
    return taken / len(drafts) * 1e6


def check_payloads(place: Path, drafts: Sequence[Draft]) -> None:
    """Hold some records, read back and opened, to what was given."""
    reader = open_reader(Place(data=place))
    for position in range(0, len(drafts), max(1, len(drafts) // 50)):
        record = reader.log.record(Position(position))
        assert reader.payloads.opened(record).payload == drafts[position].payload
    reader.close()


def in_turns(rounds: int, *acts: Callable[[], float]) -> list[float]:
    """Return the median of each, measured in turns, so that a busy moment meets all of them."""
    found = [[act() for act in acts] for _ in range(rounds)]
    return [median(column) for column in zip(*found, strict=True)]


def measure(*, short: bool) -> Iterator[Figure]:
    """Yield the figures of E1."""
    rounds, more = (1, 1) if short else (5, 4)
    for size, records in SIZES.items():
        count = records * more
        for what, drafts, individuals in (
            ("open", list(batches_of_decisions(count)), 0),
            ("sealed, of 20,000 individuals", list(consents(count, INDIVIDUALS)), INDIVIDUALS),
        ):
            ours, bare, indexed, plain = in_turns(
                rounds,
                partial(of_log, drafts, size, individuals, with_map=True),
                partial(of_log, drafts, size, individuals, with_map=False),
                partial(of_table, drafts, size, index=True),
                partial(of_table, drafts, size, index=False),
            )
            for name, took in (("", ours), (", without the map", bare)):
                for base_name, base in (("with index", indexed), ("without index", plain)):
                    yield Figure(
                        aim="E1",
                        name=f"record, batch {size:,}, {what}{name}",
                        ours=took,
                        base=base,
                        base_name=f"SQLite table {base_name}",
                        unit="µs",
                        limit=base / SHARE,
                        checked="whole by `chengnuo-verify`; payloads read back",
                    )
    yield new_individuals(20_480 * more)


def new_individuals(count: int) -> Figure:
    """Return what a record costs whose individual is new, keys and all, beside one that is not."""
    drafts = list(consents(count, count))
    new = of_log(drafts, 256, 0, with_map=True)
    known = of_log(drafts, 256, count, with_map=True)
    return Figure(
        aim="E1",
        name="record, batch 256, sealed, each of an individual new to the log",
        ours=new,
        base=known,
        base_name="keys made before",
        unit="µs",
        limit=2 * known,
        checked="whole by `chengnuo-verify`; payloads read back",
    )
