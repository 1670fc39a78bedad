"""A process that starts others, each appending to a log and saying what was acknowledged.

    python -m tests.adapters.evidence.appending_process FOLDER [ADDRESS]

For each seed read from its input it forks a child, says `pid N`, and `gone` once that has ended.
Each line of a child is `position leaf-hash number`; the payloads follow from the number. With the
address of a database the records and keys are there.
"""

import os
import sys
from pathlib import Path
from random import Random
from threading import Thread

from tests.adapters.evidence.log_kit import STILL, Kit, consents, published

from chengnuo.adapters.postgresql.database import PostgresqlDatabase
from chengnuo.adapters.postgresql.shared import SharedDatabase
from chengnuo.engines.merkle.hashing import leaf_hash
from chengnuo.ports.evidence_log import Draft

SEGMENT_BYTES = 1 << 14
PUBLISH_EVERY_S = 0.01


def drafts_of(number: int) -> list[Draft]:
    """Return one to five records; every eleventh time an open one."""
    if number % 11 == 0:
        return [published(number)]
    return consents(range(number * 5, number * 5 + 1 + number % 5), whose=number % 40)


def kit_over(folder: Path, url: str, *, publish_every_s: float = STILL) -> Kit:
    """Return a kit in a folder, or over a database if its address is given."""
    shared = SharedDatabase(database=PostgresqlDatabase(url), holder="kit") if url else None
    return Kit(folder, segment_bytes=SEGMENT_BYTES, publish_every_s=publish_every_s, shared=shared)


def append_for_ever(folder: Path, url: str, seed: int) -> None:
    kit = kit_over(folder, url, publish_every_s=PUBLISH_EVERY_S)
    log = kit.open()

    def along(random: Random) -> None:
        while True:
            number = random.randrange(1 << 32)
            first = log.append(drafts_of(number)).first
            leaf = leaf_hash(log.record(first).entry).hex()
            os.write(1, f"{first} {leaf} {number}\n".encode())

    threads = [Thread(target=along, args=(Random(seed * 2 + part),)) for part in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def main(folder: Path, url: str) -> None:
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            append_for_ever(folder, url, int(line))
        os.write(1, f"pid {pid}\n".encode())
        os.waitpid(pid, 0)
        os.write(1, b"gone\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), "".join(sys.argv[2:]))
