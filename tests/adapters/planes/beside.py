"""Runs as a process of its own beside a test: a worker that watches, or a writer to be killed."""

import sys
from itertools import count
from pathlib import Path

from chengnuo.adapters.planes.reading import PlaneReader
from chengnuo.adapters.planes.writing import PlaneWriter
from chengnuo.engines.planes.planes import Value, Whole
from chengnuo.ports.planes import Meant, Reached

LANE, OTHER = "consent:x@1", "consent:y@1"
MEANT = Meant(register="a" * 64, law="b" * 64)
GIVEN = Whole(flags=0x05, values={LANE: Value(1), OTHER: Value(2, 900)})
TAKEN = Whole(flags=0x15, values={LANE: Value(3), OTHER: Value(3)})


def watch(folder: Path, last: int) -> None:
    """Read without pause; print how often a withdrawal acknowledged before was not seen."""
    reader = PlaneReader(folder)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    looks = missed = acknowledged = 0
    while acknowledged < last:
        acknowledged = reader.position  # read first: what it says must be seen afterwards
        planes = reader.planes()
        for ordinal in range(max(0, acknowledged - 3), acknowledged):
            looks += 1
            missed += planes.value(LANE, ordinal) != 3
    sys.stdout.write(f"{looks} {missed}\n")


def write(folder: Path) -> None:
    """Give and take without pause, for ever more individuals, until killed."""
    writer = PlaneWriter(folder, meant=MEANT, lanes=(LANE, OTHER), capacity=64)
    for number in count(writer.position):
        writer.put(number // 8, TAKEN if number % 2 else GIVEN)
        writer.reached(Reached(position=number, at=0, anchor=b""))
        if number == 100:
            sys.stdout.write("ready\n")
            sys.stdout.flush()


if __name__ == "__main__":
    if sys.argv[1] == "watch":
        watch(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        write(Path(sys.argv[2]))
