"""What the evidence benches share: a log in an empty folder, drafts of real shape, checks."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TypeVar

import psutil
from bench.started import environment

import chengnuo.adapters.evidence.log as log_module
from chengnuo.adapters.clock import SystemClock
from chengnuo.adapters.evidence.index import Index
from chengnuo.adapters.evidence.index_progress import Step
from chengnuo.adapters.evidence.opening import OpenedToWrite, open_log
from chengnuo.adapters.evidence.place import Place
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.ports.evidence_log import Draft
from chengnuo.ports.individuals import PersonKey

T = TypeVar("T")

KEYS_AT_ONCE = 4_096
POLL_S = 0.01


class IndexWithoutMap(Index):
    """A projection that leaves the pages of the map alone; everything else is as always."""

    def advance(self, step: Step) -> bytes:
        """See `Index.advance`."""
        return super().advance(replace(step, heads=()))


def in_a_thread(act: Callable[[], T]) -> T:
    """Do something in a thread of its own, as the service handles what comes in."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(act).result()


@contextmanager
def folder() -> Iterator[Path]:
    """Yield an empty folder; `BENCH_FOLDER` says on which disk."""
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_FOLDER")) as place:
        yield Path(place)


def opened(place: Path, *, with_map: bool = True) -> OpenedToWrite:
    """Open a log, really: its keys, its vault, its files."""
    usual = log_module.Index
    log_module.Index = Index if with_map else IndexWithoutMap  # type: ignore[misc]
    try:
        return open_log(Place(data=place), clock=SystemClock(), origin="bench.example/log")
    finally:
        log_module.Index = usual  # type: ignore[misc]


def public(place: Path) -> Path:
    """Return the folder of a log that the public may read."""
    return Place(data=place).public


def person(number: int) -> PersonKey:
    """Return the key of an individual, in the form that the service gives it."""
    return PersonKey(f"{number:064x}")


def persons(records: int, individuals: int) -> Iterator[PersonKey]:
    """Yield whom each record concerns: individuals in a fixed disorder, over and over."""
    step = individuals * 5 // 8 | 1
    for number in range(records):
        yield person(number * step % individuals)


def consents(records: int, individuals: int) -> Iterator[Draft]:
    """Yield consents given, as the consent room records them."""
    for number, one in enumerate(persons(records, individuals)):
        yield Draft(
            kind=Kind.CONSENT_GIVEN,
            payload=_payload(number),
            person=one,
            activity="order-delivery",
            item="order-delivery/address",
            register="r-2026-11-23",
            law="2026.11",
        )


def batches_of_decisions(records: int) -> Iterator[Draft]:
    """Yield provisions that concern no one individual; their payloads are open."""
    for number in range(records):
        yield Draft(
            kind=Kind.PROVISION,
            payload=_payload(number),
            activity="order-delivery",
            item="order-delivery/address",
            recipient="courier-express",
            register="r-2026-11-23",
            law="2026.11",
        )


def _payload(number: int) -> bytes:
    return (
        b'{"act":"given","channel":"app","notice":"order-delivery-v7","number":%d,"screen":'
        b'"checkout","separate":false,"text":"%064x","v":1}' % (number, number)
    )


def make_keys(log: OpenedToWrite, individuals: int) -> None:
    """Make the keys of individuals, as their first record does."""
    everybody = iter([person(number) for number in range(individuals)])
    while some := list(islice(everybody, KEYS_AT_ONCE)):
        log.vault.ready(some, content=False)


def fill(place: Path, drafts: Iterator[Draft], *, batch: int = 4_096) -> None:
    """Make a log of drafts, published and closed."""
    log = opened(place)
    try:
        while some := list(islice(drafts, batch)):
            log.log.append(some)
        log.log.publish()
    finally:
        log.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What the offline verifier took over a log, as a process of its own."""

    seconds: float
    cpu: float
    rss_bytes: int


def check_whole(place: Path, size: int, *, quick: bool = False) -> Verified:
    """Hold a log to `chengnuo-verify`, which knows only the documents, and to a size."""
    words = [sys.executable, "-m", "chengnuo_verify", str(public(place)), "--json"]
    since = time.perf_counter()
    done = subprocess.Popen(  # noqa: S603 - our own command
        [*words, *(["--quick"] if quick else [])], stdout=subprocess.PIPE, env=environment()
    )
    process = psutil.Process(done.pid)
    rss, cpu = 0, 0.0
    while done.poll() is None:  # what the system tells of an ended child includes our own memory
        with suppress(psutil.Error), process.oneshot():
            times = process.cpu_times()
            cpu = max(cpu, times.user + times.system)
            rss = max(rss, process.memory_info().rss)
        time.sleep(POLL_S)
    seconds = time.perf_counter() - since
    assert done.stdout is not None
    found = json.load(done.stdout)
    done.stdout.close()
    assert done.returncode == 0, found
    assert found["checked"]["entries"] == size, found
    return Verified(seconds=seconds, cpu=cpu, rss_bytes=rss)
