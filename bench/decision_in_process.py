"""D1, D2, D3: one decision, one with the state looked up, a million; beside others.

The shop's rules are written for Cedar from the same compiled shapes, and both answer the same
people; Cedar's answer has no reasons, duties or prompts, ours has.
"""

import gc
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

from bench import decision_postgres
from bench.decision_kit import Shop, asked_of, peers, requests, shop, states
from bench.figure import Figure

from chengnuo.adapters.planes.writing import PlaneWriter
from chengnuo.domain.decision.columns import Column
from chengnuo.domain.decision.decision import Outcome
from chengnuo.domain.decision.engine import Compiled, Shape
from chengnuo.domain.decision.lookup import Lookup, audience
from chengnuo.domain.decision.reference import decide
from chengnuo.domain.decision.request import Request, State
from chengnuo.domain.decision.state_bits import ON
from chengnuo.engines.planes.ordinals import ordinals_of
from chengnuo.engines.planes.planes import Whole
from chengnuo.ports.planes import Meant

PEOPLE = 400


def policies(compiled: Compiled) -> str:
    """Return the shop's rules as Cedar has them, for the requests of the bench."""
    return "\n".join(
        policy
        for request in requests()
        for policy in (_policy(compiled.shape(request), request, of_child=one) for one in (0, 1))
        if policy
    )


def _policy(shape: Shape, request: Request, *, of_child: int) -> str:
    flags = next(n for n in range(64) if shape.flags[n] == of_child | 1 << 1)
    best = [_best(column, of_child) for column in shape.columns]
    if not shape.answer(shape.key(flags, best)).permits:
        return ""
    guest = flags & ~0x0C
    needed = [
        f'"{column.lane}"'
        for column in shape.columns
        if column.lane.startswith("consent:")
        and any(column.worth_of_child if of_child else column.worth)
    ]
    accounts = ["active"]
    if shape.answer(shape.key(guest, best)).permits:
        accounts.append("guest")
    listed = ", ".join(f'"{one}"' for one in accounts)
    return (
        f'permit(principal, action == Action::"use", resource == Activity::"{request.activity}") '
        f"when {{ context.child == {'true' if of_child else 'false'} && !context.restricted"
        f" && !context.suppressed && [{listed}].contains(context.account)"
        f" && context.consents.containsAll([{', '.join(needed)}]) }};"
    )


def _best(column: Column, of_child: int) -> int:
    return (2 if of_child else 1) if column.lane.startswith("consent:") else ON


def asked(compiled: Compiled, request: Request, state: State) -> dict[str, object]:
    """Return what Cedar is asked about somebody."""
    bits = compiled.lanes.bits_of(state)
    is_child = bool(compiled.shape(request).flags[bits.flags] & 1)
    counts = 2 if is_child else 1
    needed = [one.lane for one in compiled.shape(request).columns]
    return {
        "principal": 'Individual::"somebody"',
        "action": 'Action::"use"',
        "resource": f'Activity::"{request.activity}"',
        "context": {
            "child": is_child,
            "restricted": state.individual.restricted,
            "suppressed": state.individual.suppressed,
            "account": state.individual.account.value,
            "consents": [
                lane for lane in needed if lane in bits.values and bits.values[lane].value == counts
            ],
        },
    }


def one_us(compiled: Compiled, cases: list[tuple[Request, Whole]], at: int) -> float:
    """Return the processor microseconds of a decision, reasons and duties included."""
    best = 1e9
    for _ in range(7):
        since = time.process_time()
        for request, bits in cases:
            compiled.shape(request).decide(bits, at)
        best = min(best, time.process_time() - since)
    return best / len(cases) * 1e6


def spread(given: Shop, cases: list[tuple[Request, Whole]], calls: int) -> tuple[float, float]:
    """Return median and 99th percentile of calls, with the register swapped in the middle."""
    held, taken = [Compiled(given.book)], []
    after = Compiled(given.book)
    for request, bits in cases:
        for one in (held[0], after):
            one.shape(request).decide(bits, given.at)
    gc.collect()
    for number in range(calls):
        if number == calls // 2:
            held[0] = after
        request, bits = cases[number % len(cases)]
        since = time.perf_counter_ns()
        held[0].shape(request).decide(bits, given.at)
        taken.append(time.perf_counter_ns() - since)
    taken.sort()
    return taken[calls // 2] / 1e3, taken[calls * 99 // 100] / 1e3


def select_us(place: Path, wholes: list[Whole], ordinals: list[int]) -> float:
    """Return the processor microseconds of one SELECT of somebody's row by its key."""
    base = sqlite3.connect(place / "state.db")
    base.execute("create table state (ordinal integer primary key, flags int, bits blob)")
    base.executemany(
        "insert into state values (?, ?, ?)",
        (
            (n, whole.flags, bytes(one.value for one in whole.values.values()))
            for n, whole in enumerate(wholes)
        ),
    )
    base.commit()
    best = 1e9
    for _ in range(5):
        since = time.process_time()
        for one in ordinals:
            base.execute("select flags, bits from state where ordinal = ?", (one,)).fetchone()
        best = min(best, time.process_time() - since)
    base.close()
    return best / len(ordinals) * 1e6


def look_us(lookup: Lookup, request: Request, ordinals: list[int], at: int) -> float:
    """Return the processor microseconds of a decision that looks the state up."""
    best = 1e9
    for _ in range(5):
        since = time.process_time()
        for one in ordinals:
            lookup.decide(request, one, at)
        best = min(best, time.process_time() - since)
    return best / len(ordinals) * 1e6


def batch_us(lookup: Lookup, ordinals: list[int], at: int) -> float:
    """Return the processor microseconds of one decision of a batch, over all requests."""
    everybody, best = ordinals_of(ordinals), 1e9
    for _ in range(3):
        since = time.process_time()
        for request in requests():
            audience(lookup, request, everybody, at)
        best = min(best, time.process_time() - since)
    return best / (len(everybody) * len(requests())) * 1e6


def measure(*, short: bool) -> Iterator[Figure]:
    """Yield D1, D2 and D3."""
    given = shop()
    compiled, people = Compiled(given.book), states(given.book, PEOPLE)
    wholes = [compiled.lanes.bits_of(one) for one in people]
    cases = [(request, bits) for bits in wholes for request in requests()]
    ours = one_us(compiled, cases, given.at)
    median, slowest = spread(given, cases, 100_000 if short else 1_000_000)
    with tempfile.TemporaryDirectory() as place, tempfile.TemporaryDirectory(dir=_shm()) as memory:
        meant = Meant(register="0" * 64, law="0" * 64)
        count = 100_000 if short else 1_000_000
        writer = PlaneWriter(Path(memory), meant=meant, lanes=compiled.lanes.names, capacity=count)
        for ordinal in range(count):
            writer.put(ordinal, wholes[ordinal % PEOPLE])
        random = Random(3)
        ordinals = [random.randrange(count) for _ in range(50_000)]
        lookup = Lookup(compiled, writer.planes)
        for request in requests():
            for ordinal in range(PEOPLE):
                expected = decide(request, people[ordinal], book=given.book, at=given.at)
                assert lookup.decide(request, ordinal, given.at) == expected
        looked = look_us(lookup, requests()[0], ordinals, given.at)
        beside = decision_postgres.select_us(wholes, count, ordinals[:20_000])
        selected = select_us(Path(place), [wholes[n % PEOPLE] for n in range(count)], ordinals)
        everybody = [random.randrange(count) for _ in range(1_000_000)]
        batch = batch_us(lookup, everybody, given.at)
        writer.close()
    yield Figure(
        aim="D1",
        name="99th percentile of decisions, the register swapped in the middle",
        ours=slowest,
        base=median,
        base_name="their median",
        unit="µs",
        limit=median * 5,
        checked="the engine equals the reference",
    )
    yield Figure(
        aim="D2",
        name="a decision that looks the state up",
        ours=looked,
        base=selected,
        base_name="one SQLite SELECT by key, no decision",
        unit="µs",
        limit=selected / 10,
        checked="equal to the reference, reasons included",
    )
    if beside is not None:
        yield Figure(
            aim="D2",
            name="a decision that looks the state up",
            ours=looked,
            base=beside[0],
            base_name=f"one prepared SELECT, {beside[1]}, both sides, no decision",
            unit="µs",
            limit=beside[0] / 60,
            checked="equal to the reference, reasons included",
        )
    yield from _beside_cedar(given, compiled, people, ours, batch)


def _beside_cedar(
    given: Shop, compiled: Compiled, people: list[State], ours: float, batch: float
) -> Iterator[Figure]:
    pairs = [(request, state) for state in people for request in requests()]
    with peers("cedarpy") as python:
        if python is None:
            return
        found = asked_of(
            python,
            "cedar",
            {
                "policies": policies(compiled),
                "requests": [asked(compiled, *one) for one in pairs],
                "rounds": 3,
            },
        )
    mine = [compiled.decide(*one, given.at).outcome is Outcome.PERMIT for one in pairs]
    assert mine == found["allowed"]
    assert 0.1 < sum(mine) / len(mine) < 0.9
    checked = "permits are the same for all people and requests"
    yield Figure(
        aim="D1",
        name="a decision with reasons and duties",
        ours=ours,
        base=float(str(found["one_us"])),
        base_name=f"cedarpy {found['version']} with handles",
        unit="µs",
        limit=float(str(found["one_us"])) / 60,
        checked=checked,
    )
    yield Figure(
        aim="D3",
        name="a decision of a batch, state looked up",
        ours=batch,
        base=float(str(found["batch_us"])),
        base_name="cedarpy batch with handles",
        unit="µs",
        limit=float(str(found["batch_us"])) / 2000,
        checked=checked,
    )


def _shm() -> str | None:
    return "/dev/shm" if Path("/dev/shm").is_dir() and sys.platform == "linux" else None  # noqa: S108
