"""S1 and S2's count: the state of very many in planes, held, counted, written and opened.

The long form is the whole country: 1.26 billion individuals and 40 consent items in shared memory.
A snapshot is put on the disk for as many lanes as make 6 GB, and opened as a worker opens it.
"""

import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from bench.figure import Figure

from chengnuo.adapters.planes.files import Meant
from chengnuo.adapters.planes.snapshot import Label, open_snapshot, write_snapshot
from chengnuo.adapters.planes.writing import PlaneWriter
from chengnuo.engines.planes.untils import NEVER

MEANT = Meant(register="0" * 64, law="0" * 64)
ITEMS = 40
MANY = 1_260_000_000
_PIECE = 1 << 20


def measure(*, short: bool) -> Iterator[Figure]:
    """Yield what the planes of many take, how fast they are counted, and opened from a snapshot."""
    people = MANY // 100 if short else MANY
    memory = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108
    with tempfile.TemporaryDirectory(dir=memory) as place:
        writer = PlaneWriter(
            Path(place), meant=MEANT, lanes=(f"item-{n}" for n in range(ITEMS)), capacity=people
        )
        piece = np.random.default_rng(3).integers(0, 256, _PIECE, dtype=np.uint8)
        parts = [lane.array() for lane in writer.planes.lanes.values()]
        parts.append(np.frombuffer(writer.planes.flags, np.uint8))
        for part in parts:
            for at in range(0, len(part), _PIECE):
                part[at : at + _PIECE] = piece[: len(part) - at]
        taken = sum(path.stat().st_blocks * 512 for path in Path(place).iterdir())
        limit = 14e9 * people / MANY
        yield Figure(
            aim="S1",
            name=f"state of {people:,} individuals x {ITEMS} items, every bit used",
            ours=taken / 1e6,
            base=people * ITEMS * 2 / 8 / 1e6,
            base_name="two bits each",
            unit="MB",
            limit=limit / 1e6,
            checked="a random value is read back",
        )
        some = people // 3
        expected = int(piece[(some >> 2) % _PIECE]) >> ((some & 3) << 1) & 3
        assert all(writer.planes.value(f"item-{n}", some) == expected for n in range(ITEMS))
        yield _counted(writer, people)
        yield from _opened(writer)
        writer.close()


def _counted(writer: PlaneWriter, people: int) -> Figure:
    lane = writer.planes.lanes["item-7"]
    words = np.frombuffer(lane.view, np.uint64)
    passes, counts = [], []
    for _ in range(5):
        since = time.process_time()
        int(words.sum(dtype=np.uint64))
        passes.append(time.process_time() - since)
        since = time.process_time()
        found = lane.counts()
        counts.append(time.process_time() - since)
    chunk = lane.array()[:_PIECE]
    plain = [int(sum(((chunk >> shift) & 3 == 1).sum() for shift in (0, 2, 4, 6)))]
    assert sum(found) == len(words) * 32
    assert abs(found[1] / sum(found) - plain[0] / (len(chunk) * 4)) < 0.01
    return Figure(
        aim="S2",
        name=f"how many of {people:,} have each state of an item",
        ours=min(counts) * 1e3,
        base=min(passes) * 1e3,
        base_name="one pass over the same bytes",
        unit="ms",
        limit=min(passes) * 3 * 1e3,
        checked="the counts add up, and agree with a plain count of a part",
    )


def _opened(writer: PlaneWriter) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_FOLDER")) as place:
        path = Path(place) / "state.snapshot"
        label = Label(meant=MEANT, position=1, made=0, good_until=NEVER)
        write_snapshot(path, writer.planes, label)
        size = path.stat().st_size
        with path.open("rb") as file:
            while file.read(_PIECE):
                pass
        cats, opens, checks = [], [], []
        for _ in range(3):
            since = time.perf_counter()
            with Path(os.devnull).open("wb") as nowhere:
                subprocess.run(["/bin/cat", path], stdout=nowhere, check=True)  # noqa: S603
            cats.append(time.perf_counter() - since)
            since = time.perf_counter()
            found = open_snapshot(path, verify=False)
            touched = sum(int(lane.array()[::4096].sum()) for lane in found.planes.lanes.values())
            opens.append(time.perf_counter() - since)
            since = time.perf_counter()
            open_snapshot(path)
            checks.append(time.perf_counter() - since)
        assert touched
        assert found.planes.value("item-3", 999) == writer.planes.value("item-3", 999)
        for name, ours in (("every page touched", opens), ("every byte held to SHA-256", checks)):
            yield Figure(
                aim="S1",
                name=f"a snapshot of {size / 1e6:,.0f} MB opened, {name}, warm",
                ours=min(ours),
                base=min(cats),
                base_name="cat to /dev/null",
                unit="s",
                limit=min(cats) / 0.7,
                checked="values are those that were written",
            )
