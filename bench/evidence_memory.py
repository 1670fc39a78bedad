"""Memory while a log grows: a process of its own appends, and says how much it holds.

`python -m bench.evidence_memory RECORDS INDIVIDUALS [FOLDER]` prints one JSON object a line: how
many records there are and the resident megabytes, twenty times, each time once all is published:
what waits for it on a busy machine is bounded, and is seen in the highest of all.
"""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import psutil
from bench.evidence_kit import batches_of_decisions, check_whole, consents, folder, opened
from bench.figure import Figure
from bench.started import environment

SAMPLES = 20
BATCH = 1_024
WARM_OPEN, WARM_PERSONAL = 0.3, 0.7  # after what is remembered of individuals is full
MOST_GROWTH = 1.05


def grow(place: Path, records: int, individuals: int) -> None:
    """Append records, the second half of individuals, and print the memory."""
    log = opened(place)
    process = psutil.Process()
    own = consents(records - records // 2, individuals) if individuals else iter(())
    half = records // 2 if individuals else records
    count, said, since, highest = 0, 0, time.perf_counter(), 0.0
    for drafts in (batches_of_decisions(half), own):
        while some := list(islice(drafts, BATCH)):
            log.log.append(some)
            count += len(some)
            highest = max(highest, process.memory_info().rss / 1e6)
            if count * SAMPLES // records > said:
                said = count * SAMPLES // records
                log.log.publish()
                line = {
                    "records": count,
                    "megabytes": round(process.memory_info().rss / 1e6, 1),
                    "highest": round(highest, 1),
                    "seconds": round(time.perf_counter() - since, 1),
                }
                sys.stdout.write(f"{json.dumps(line)}\n")
                sys.stdout.flush()
    log.close()


def sampled(place: Path, records: int, individuals: int) -> list[tuple[int, float, float]]:
    """Return records, megabytes and highest megabytes so far of such a process."""
    words = [sys.executable, "-m", "bench.evidence_memory", str(records), str(individuals)]
    done = subprocess.run(  # noqa: S603 - our own command
        [*words, str(place)], stdout=subprocess.PIPE, check=True, env=environment()
    )
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    return [(line["records"], line["megabytes"], line["highest"]) for line in lines]


def measure(*, short: bool) -> Iterator[Figure]:
    """Yield how memory grows, without individuals and with very many."""
    records = 300_000 if short else 10_000_000
    individuals = 20_000 if short else 1_000_000
    for name, count in (("open", 0), (f"half of them of {individuals:,} individuals", individuals)):
        with folder() as place:
            found = sampled(place, records, count)
            check_whole(place, records, quick=True)
        share = WARM_PERSONAL if count else WARM_OPEN
        warm = next(memory for size, memory, _ in found if size >= records * share)
        growth = (found[-1][1] - warm) / (records * (1 - share)) * 1e6
        yield Figure(
            aim="X7",
            name=f"memory after {records:,} records, {name}; {growth:+.1f} MB a million; "
            f"highest {found[-1][2]:.0f} MB",
            ours=found[-1][1],
            base=warm,
            base_name=f"after {share:.0%} of them",
            unit="MB",
            limit=warm * MOST_GROWTH,
            checked="whole by `chengnuo-verify --quick`",
        )


def main() -> None:
    """Grow a log as told."""
    parser = argparse.ArgumentParser(prog="python -m bench.evidence_memory", description=__doc__)
    parser.add_argument("records", type=int)
    parser.add_argument("individuals", type=int)
    parser.add_argument("folder", type=Path)
    told = parser.parse_args()
    grow(told.folder, told.records, told.individuals)


if __name__ == "__main__":
    main()
