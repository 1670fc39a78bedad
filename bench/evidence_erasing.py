"""How long the log stands still while somebody is erased and the keys of all others follow.

Two threads append without rest, one of an individual known to the log and one of new ones, while
another is erased. The base is the whole erasure: for so long an append would wait if it had to.
"""

import time
from collections.abc import Iterator
from itertools import count
from threading import Event, Thread

from bench.evidence_kit import check_whole, folder, make_keys, opened, person
from bench.figure import Figure

from chengnuo.adapters.clock import SystemClock
from chengnuo.adapters.evidence.opening import OpenedToWrite
from chengnuo.domain.evidence.kinds import KeyClass, Kind
from chengnuo.ports.evidence_keys import Erasure
from chengnuo.ports.evidence_log import Draft, Position

INDIVIDUALS = 100_000
FEW = 50_000
SHARE = 10
WARM_S = 0.5


def draft_of(number: int) -> Draft:
    """Return a consent of an individual."""
    return Draft(kind=Kind.CONSENT_GIVEN, payload=b'{"v":1}', person=person(number))


def appending(log: OpenedToWrite, drafts: Iterator[Draft], stop: Event, waits: list[float]) -> None:
    """Append one record after the other until told to stop, and note how long each took."""
    for draft in drafts:
        if stop.is_set():
            return
        since = time.perf_counter()
        log.log.append([draft])
        waits.append(time.perf_counter() - since)


def measure(*, short: bool) -> Iterator[Figure]:
    """Yield the longest append while one of many individuals is erased."""
    individuals = FEW if short else INDIVIDUALS
    stop, waits = Event(), list[float]()
    with folder() as place:
        log = opened(place)
        make_keys(log, individuals)
        log.log.append([Draft(kind=Kind.PROVISION, payload=b'{"v":1}', person=person(0))])
        known = (draft_of(0) for _ in count())
        new = (draft_of(number) for number in count(individuals))
        threads = [
            Thread(target=appending, args=(log, drafts, stop, waits)) for drafts in (known, new)
        ]
        for thread in threads:
            thread.start()
        time.sleep(WARM_S)
        waits.clear()
        since = time.perf_counter()
        log.log.erase(
            {
                person(0): Erasure(
                    key=KeyClass.CONTENT, at=SystemClock().now(), under="PIPL-47", position=0
                )
            }
        )
        taken = time.perf_counter() - since
        stop.set()
        for thread in threads:
            thread.join()
        assert log.payloads.opened(log.log.record(Position(0))).payload is None
        assert list(log.vault.check()) == []
        assert len(log.holder.epochs()) == 1
        size = log.log.status().size
        log.close()
        check_whole(place, size)
    yield Figure(
        aim="X3",
        name=f"longest append while one of {individuals:,} individuals is erased",
        ours=max(waits) * 1_000,
        base=taken * 1_000,
        base_name="the whole erasure",
        unit="ms",
        limit=taken * 1_000 / SHARE,
        checked="the payload is gone, all keys are of one epoch, the log is whole",
    )
