"""S1 and S2: the state of very many in planes: held, counted, asked about, kept and opened.

The long form is the whole country: 1.26 billion individuals and 40 items in shared memory. First
every bit is used, which is the most that it can take. Then the items are as in life: the first are
asked of everybody, the later ones only of those who came later; that is asked about, written as a
snapshot, and opened as a worker opens it.
"""

import gc
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from bench.decision_kit import requests, shop
from bench.figure import Figure
from numpy.typing import NDArray

from chengnuo.adapters.planes.snapshot import Label, open_snapshot, write_snapshot
from chengnuo.adapters.planes.writing import PlaneWriter
from chengnuo.domain.decision.engine import Compiled
from chengnuo.domain.decision.lookup import OUTCOMES, Lookup, audience
from chengnuo.engines.planes.planes import Planes
from chengnuo.engines.planes.untils import NEVER
from chengnuo.ports.planes import Good, Meant, Reached

MEANT = Meant(register="0" * 64, law="0" * 64)
ITEMS = 40
MANY = 1_260_000_000
_PIECE = 1 << 20
_FREE = 6 << 30
"""What this bench leaves free to others."""


def measure(*, short: bool) -> Iterator[Figure]:
    """Yield what the planes of many take, how fast they are counted and asked about, and opened."""
    people = MANY // 100 if short else MANY
    _check_memory(people)
    given = shop()
    compiled = Compiled(given.book)
    names = [*compiled.lanes.names, *(f"item-{n}" for n in range(ITEMS))][:ITEMS]
    random = np.random.default_rng(3)
    yield from _worst(people, names, random)
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_FOLDER")) as folder:
        snapshot, ordinal, expected = Path(folder) / "state.snapshot", people // 3, list[int]()
        with _planes(people, names) as (planes, place):
            _live(planes, random)
            yield _held(place, people, "later items of those who came later")
            yield from _asked(Lookup(compiled, planes), people, given.at, short=short)
            reached, day = Reached(position=1, at=0, anchor=b""), Good(since=0, until=NEVER)
            label = Label(meant=MEANT, reached=reached, day=day, made=0)
            since = time.perf_counter()
            write_snapshot(snapshot, planes, label)
            sys.stderr.write(f"bench: snapshot written in {time.perf_counter() - since:.1f} s\n")
            expected += [planes.value(name, ordinal) for name in names]
        del planes  # its memory is given back, or the snapshot would not stay in memory
        gc.collect()
        yield from _opened(snapshot, expected, ordinal)


def _worst(people: int, names: list[str], random: np.random.Generator) -> Iterator[Figure]:
    with _planes(people, names) as (planes, place):
        piece = random.integers(0, 256, _PIECE, dtype=np.uint8)
        for lane in planes.lanes.values():
            _fill(lane.array(), piece, 0)
        _fill(np.frombuffer(planes.flags, np.uint8), piece, 0)
        yield _held(place, people, "every bit used")
        yield from _counted(planes, names[7], people)


def _check_memory(people: int) -> None:
    there = os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    cached = sum(
        int(line.split()[1]) << 10
        for line in Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
        if line.startswith("MemAvailable")
    )
    if max(there, cached) < people * 11 + _FREE:
        raise MemoryError(f"{people * 11 / 1e9:.1f} GB and 6 GB for others are needed")


@contextmanager
def _planes(people: int, names: list[str]) -> Iterator[tuple[Planes, Path]]:
    memory = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108
    with tempfile.TemporaryDirectory(dir=memory) as place:
        writer = PlaneWriter(Path(place), meant=MEANT, lanes=names, capacity=people)
        yield writer.planes, Path(place)
        writer.close()


def _fill(part: NDArray[np.uint8], piece: NDArray[np.uint8], start: int) -> None:
    for at in range(start, len(part), len(piece)):
        part[at : at + len(piece)] = piece[: len(part) - at]


def _live(planes: Planes, random: np.random.Generator) -> None:
    """Let the first items be asked of everybody, and later ones only of who came later."""
    for number, lane in enumerate(planes.lanes.values()):
        four = random.choice(4, (_PIECE, 4), p=(0.1, 0.7, 0.05, 0.15)).astype(np.uint8)
        piece = four[:, 0] | four[:, 1] << 2 | four[:, 2] << 4 | four[:, 3] << 6
        part = lane.array()
        _fill(part, piece, int(len(part) * (1 - (1 - number / ITEMS) ** 2)))
    age, account = random.integers(0, 4, _PIECE), random.choice(3, _PIECE, p=(0.1, 0.85, 0.05))
    held = random.random(_PIECE) < 0.03
    flags = (age | account << 2 | held << 4).astype(np.uint8)
    _fill(np.frombuffer(planes.flags, np.uint8), flags, 0)


def _held(place: Path, people: int, how: str) -> Figure:
    taken = sum(path.stat().st_blocks * 512 for path in place.iterdir())
    return Figure(
        aim="S1",
        name=f"state of {people:,} individuals x {ITEMS} items, {how}",
        ours=taken / 1e6,
        base=people * ITEMS * 2 / 8 / 1e6,
        base_name="two bits each",
        unit="MB",
        limit=14e3 * people / MANY,
        checked="room taken in shared memory",
    )


def _counted(planes: Planes, name: str, people: int) -> Iterator[Figure]:
    lane = planes.lanes[name]
    words = np.frombuffer(lane.view, np.uint64)
    passes, ones, counts = [], [], []
    for _ in range(5):
        since = time.process_time()
        int(words.sum(dtype=np.uint64))
        passes.append(time.process_time() - since)
        since = time.process_time()
        one = lane.count(1)
        ones.append(time.process_time() - since)
        since = time.process_time()
        found = lane.counts()
        counts.append(time.process_time() - since)
    chunk = lane.array()[:_PIECE]
    plain = int(sum(((chunk >> shift) & 3 == 1).sum() for shift in (0, 2, 4, 6)))
    assert sum(found) == len(words) * 32
    assert found[1] == one
    assert abs(one / sum(found) - plain / (len(chunk) * 4)) < 0.01
    for what, taken in (("one state", ones), ("each of the four states", counts)):
        yield Figure(
            aim="S2",
            name=f"how many of {people:,} have {what} of an item",
            ours=min(taken) * 1e3,
            base=min(passes) * 1e3,
            base_name="one pass over the same bytes",
            unit="ms",
            limit=min(passes) * 3 * 1e3,
            checked="the counts add up, and agree with a plain count of a part",
        )


def _asked(lookup: Lookup, people: int, at: int, *, short: bool) -> Iterator[Figure]:
    request, count = requests()[0], 100_000 if short else 10_000_000
    ids = np.random.default_rng(9).integers(0, people, count, dtype=np.int64)
    best, many = 1e9, ids[:50_000].tolist()
    for _ in range(3):
        since = time.process_time()
        found = audience(lookup, request, ids, at)
        best = min(best, time.process_time() - since)
    one = 1e9
    for _ in range(3):
        since = time.process_time()
        for ordinal in many:
            lookup.decide(request, ordinal, at)
        one = min(one, time.process_time() - since)
    for ordinal, code in zip(many, found.outcomes.tolist(), strict=False):
        assert lookup.decide(request, ordinal, at).outcome is OUTCOMES[code]
    assert len({decision.outcome for decision, _ in found.decisions}) > 1
    yield Figure(
        aim="S2",
        name=f"audience of {count:,} of {people:,} in any order, an id",
        ours=best / count * 1e9,
        base=one / len(many) * 1e9,
        base_name="asked about one by one",
        unit="ns",
        limit=one / len(many) * 1e9,
        checked="50,000 of them answered alike one by one",
    )


def _opened(path: Path, expected: list[int], ordinal: int) -> Iterator[Figure]:
    size = path.stat().st_blocks * 512
    plain = path.with_name("plain")
    with plain.open("wb") as file:
        piece = np.random.default_rng(1).bytes(_PIECE)
        for _ in range(size // _PIECE):
            file.write(piece)
    yield Figure(
        aim="S1",
        name="a snapshot of it on the disk",
        ours=size / 1e6,
        base=path.stat().st_size / 1e6,
        base_name="with what is nobody's written out",
        unit="MB",
        limit=6e3,
        checked="room taken on the disk",
    )
    cats, opens, checks = [], [], []
    for _ in range(4):  # the first makes both warm
        since = time.perf_counter()
        with Path(os.devnull).open("wb") as nowhere:
            subprocess.run(["/bin/cat", plain], stdout=nowhere, check=True)  # noqa: S603
        cats.append(time.perf_counter() - since)
        since = time.perf_counter()
        found = open_snapshot(path, verify=False)
        opens.append(time.perf_counter() - since)
        since = time.perf_counter()
        open_snapshot(path)
        checks.append(time.perf_counter() - since)
    assert [lane[ordinal] for lane in found.planes.lanes.values()] == expected
    for name, ours in (("mapped", opens), ("every byte held to SHA-256", checks)):
        yield Figure(
            aim="S1",
            name=f"the snapshot opened, {name}, warm",
            ours=min(ours),
            base=min(cats),
            base_name=f"cat of {size / 1e6:,.0f} MB to /dev/null",
            unit="s",
            limit=min(cats) / 0.7,
            checked="values are those that were written",
        )
