"""How long a proof takes, beside reading the records it is about."""

import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain
from pathlib import Path
from statistics import median

from bench.evidence_kit import consents, fill, folder, person
from bench.figure import Figure

from chengnuo.adapters.evidence.opening import OpenedToRead, open_reader
from chengnuo.adapters.evidence.place import Place
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.evidence.proof import Outcome, Question
from chengnuo.ports.evidence_log import Draft, Position
from chengnuo.usecases.evidence.proving import Prover

CHAIN = 1_000
INDIVIDUALS = 5_000
OURS = INDIVIDUALS + 1  # no other individual's number


def drafts(records: int) -> Iterator[Draft]:
    """Yield records of many individuals, with the chain of one spread among them."""
    every = records // CHAIN
    one = consents(CHAIN, 1)
    for number, draft in enumerate(consents(records, INDIVIDUALS)):
        yield draft
        if number % every == every - 1:
            known = next(one)
            yield Draft(
                kind=known.kind,
                payload=known.payload,
                person=person(OURS),
                activity=known.activity,
                item=known.item,
                register=known.register,
                law=known.law,
            )


def milliseconds(act: Callable[[], object], rounds: int) -> float:
    """Return the median time of something, after once."""
    act()
    found: list[float] = []
    for _ in range(rounds):
        since = time.perf_counter()
        act()
        found.append(time.perf_counter() - since)
    return median(found) * 1_000


def walk(reader: OpenedToRead) -> int:
    """Read the chain of the individual from its newest record, with no proof."""
    tag = reader.payloads.tag(person(OURS))
    assert tag is not None
    _, proof = reader.log.head(tag)
    assert proof.end is not None
    at: Position | None = Position(proof.end.position)
    count = 0
    while at is not None:
        at = reader.log.record(at).before
        count += 1
    return count


def cases(
    prover: Prover, reader: OpenedToRead, records: int
) -> Iterator[tuple[str, Callable[[], object], Callable[[], object], str, float]]:
    """Yield name, proof, base, name of the base and limit in ms."""
    spread = iter(chain.from_iterable(iter(lambda: range(0, records, records // 97), None)))
    other = iter(chain.from_iterable(iter(lambda: range(1, records, records // 97), None)))
    yield (
        "inclusion",
        lambda: prover.inclusion([Position(next(spread))], disclose=True),
        lambda: reader.log.record(Position(next(other))),
        "reading the record",
        50,
    )
    yield (
        f"complete chain of {CHAIN:,}, payloads opened",
        lambda: prover.complete(person(OURS), disclose=True),
        partial(walk, reader),
        "reading its records",
        2_000,
    )
    question = Question(
        kind=Kind.PROVISION, recipient="courier-express", start=0, end=prover.last_instant()
    )
    yield (
        f"absence from a chain of {CHAIN:,}",
        lambda: prover.absent(person(OURS), question),
        partial(walk, reader),
        "reading its records",
        2_000,
    )


def check(prover: Prover) -> None:
    """Hold the answers to what was recorded."""
    _, records = prover.complete(person(OURS), disclose=True)
    assert len(records) == CHAIN
    for kind, outcome in ((Kind.PROVISION, Outcome.ABSENT), (Kind.CONSENT_GIVEN, Outcome.FOUND)):
        question = Question(kind=kind, start=0, end=prover.last_instant())
        assert prover.absent(person(OURS), question)[1].outcome is outcome


def measure(*, short: bool) -> Iterator[Figure]:
    """Yield the figures of proofs."""
    records = 50_000 if short else 1_000_000
    with folder() as place:
        fill(Path(place), drafts(records))
        reader = open_reader(Place(data=place))
        prover = Prover(log=reader.log, payloads=reader.payloads)
        check(prover)
        for name, act, base, base_name, limit in cases(prover, reader, records):
            yield Figure(
                aim="proof",
                name=f"proof in a log of {records + CHAIN:,}: {name}",
                ours=milliseconds(act, 20 if name == "inclusion" else 5),
                base=milliseconds(base, 20 if name == "inclusion" else 5),
                base_name=base_name,
                unit="ms",
                limit=limit,
                checked="the chain is complete; absent and present are told apart",
            )
        reader.close()
