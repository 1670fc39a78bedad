"""The log as its port promises it: order, strictness, a full queue, proofs that hold."""

import asyncio
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Event, Thread
from time import monotonic, sleep

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.adapters.evidence.conftest import KitOf
from tests.adapters.evidence.log_kit import (
    Kit,
    consents,
    leaf_hashes,
    opened,
    person,
    projected,
    published,
)
from tests.running import run

from chengnuo.adapters.evidence import log as log_module
from chengnuo.adapters.evidence import sequencer as sequencer_module
from chengnuo.adapters.evidence.checkpoint_file import CHECKPOINT
from chengnuo.adapters.evidence.log import WritableLog
from chengnuo.adapters.evidence.sealing import DraftRefusedError
from chengnuo.domain.evidence.kinds import RULES, Kind
from chengnuo.domain.evidence.leaf import leaf_tag, open_tag
from chengnuo.domain.evidence.proof import Outcome, Question
from chengnuo.engines.merkle import reference
from chengnuo.engines.merkle.hashing import leaf_hash
from chengnuo.engines.merkle.sparse_map import Entry, reference_root
from chengnuo.engines.merkle.tree import extends, includes
from chengnuo.ports.evidence_log import (
    Draft,
    LogBusyError,
    LogDamagedError,
    LogUnavailableError,
    NoSuchRecordError,
    Position,
    StrictKindError,
)

_WAIT_S = 20.0


def _result(number: int) -> Draft:
    """Return a record of a kind that is not strict."""
    return Draft(kind=Kind.INSPECTION_RESULT, payload=b'{"n":%d,"v":1}' % number)


def _payloads(kit: Kit, log: WritableLog) -> list[bytes | None]:
    return [opened(kit.payloads(), log, position) for position in range(log.status().size)]


def test_records_stand_in_the_order_of_their_appends_and_drafts(
    kit_of: KitOf, tmp_path: Path
) -> None:
    kit = kit_of(tmp_path)
    log = kit.open()
    batches = [consents(range(3)), [published(7)], [*consents([9]), published(8)]]
    firsts = [log.append(batch).first for batch in batches]
    assert firsts == [0, 3, 4]
    drafts = [draft for batch in batches for draft in batch]
    assert _payloads(kit, log) == [draft.payload for draft in drafts]
    assert [log.record(Position(at)).leaf.kind for at in range(6)] == [one.kind for one in drafts]
    newest = [record.position for record in log.newest()]
    assert newest == [5, 4, 3, 2, 1, 0]
    assert [record.position for record in log.newest(before=Position(2))] == [1, 0]
    log.close()
    kit.close()


def test_records_of_one_append_stay_together_among_many_threads(
    kit_of: KitOf, tmp_path: Path
) -> None:
    kit = kit_of(tmp_path, publish_every_s=0.005)
    log = kit.open()

    def append(number: int) -> tuple[int, list[Draft]]:
        drafts = consents(range(number * 10, number * 10 + number % 7 + 1))
        return log.append(drafts).first, drafts

    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(append, range(120)))
    expected = {
        first + place: draft.payload for first, drafts in told for place, draft in enumerate(drafts)
    }
    assert dict(enumerate(_payloads(kit, log))) == expected
    log.close()
    kit.close()
    assert kit.problems() == []


def test_what_is_not_strict_may_be_queued_and_is_written_at_the_latest_on_closing(
    kit_of: KitOf,
    tmp_path: Path,
) -> None:
    kit = kit_of(tmp_path)
    log = kit.open()
    for number in range(50):
        log.enqueue([_result(number)])
    log.close()
    log = kit.open()
    assert _payloads(kit, log) == [_result(number).payload for number in range(50)]
    log.close()
    kit.close()


@pytest.mark.parametrize("kind", [kind for kind, rule in RULES.items() if rule.strict])
def test_no_strict_kind_is_queued_unwaited(strict_log: WritableLog, kind: Kind) -> None:
    personal = RULES[kind].personal is not None
    draft = Draft(
        kind=kind,
        payload=b'{"v":1}',
        person=person(1) if personal else None,
        also=person(2) if kind is Kind.ALIASES_MERGED else None,
    )
    with pytest.raises(StrictKindError) as raised:
        strict_log.enqueue([_result(1), draft])
    assert raised.value.code == "strict-kind"
    assert (strict_log.status().size, strict_log.status().queued) == (0, 0)


@pytest.fixture(name="strict_log", scope="module")
def _strict_log(kit_of: KitOf, tmp_path_factory: pytest.TempPathFactory) -> WritableLog:
    """A log for tests that record nothing; its threads end with the process."""
    return kit_of(tmp_path_factory.mktemp("strict")).open()


@pytest.mark.parametrize(
    "drafts",
    [
        pytest.param([], id="none"),
        pytest.param([published(1)] * 65_537, id="too many"),
        pytest.param([Draft(kind=Kind.CONSENT_GIVEN, payload=b"{}")], id="nobody"),
        pytest.param(
            [Draft(kind=Kind.REGISTER_PUBLISHED, payload=b"{}", person=person(1))], id="somebody"
        ),
        pytest.param([Draft(kind=Kind.ATTESTATION, payload=bytes(1 << 21))], id="too large"),
        pytest.param(
            [Draft(kind=Kind.ATTESTATION, payload=bytes(1 << 20))] * 300, id="too large together"
        ),
        pytest.param(
            [Draft(kind=Kind.ALIASES_MERGED, payload=b"{}", person=person(1))], id="half a merge"
        ),
    ],
)
def test_what_could_not_be_read_back_is_refused(
    strict_log: WritableLog, drafts: Sequence[Draft]
) -> None:
    with pytest.raises(DraftRefusedError) as raised:
        strict_log.append(drafts)
    assert raised.value.code == "record-refused"
    assert strict_log.status().size == 0


class _Gate:
    """Holds the vault of a kit, and with it the writer, until it is opened."""

    def __init__(self, kit: Kit) -> None:
        self.reached, self._go = Event(), Event()
        vault = kit.open_vault()
        ready = vault.ready

        def held(persons: Sequence[object], *, content: bool) -> object:
            self.reached.set()
            assert self._go.wait(_WAIT_S)
            return ready(persons, content=content)  # type: ignore[arg-type]  # passed on

        vault.ready = held  # type: ignore[assignment,method-assign]  # a gate before the real one

    def open(self) -> None:
        self._go.set()


def test_a_full_queue_refuses_and_drops_nothing(kit_of: KitOf, tmp_path: Path) -> None:
    kit = kit_of(tmp_path, most_queued=5, wait_s=0.05)
    gate = _Gate(kit)
    log = kit.open()
    told: list[int] = []
    first = Thread(target=lambda: told.append(log.append(consents([0])).first))
    first.start()
    assert gate.reached.wait(_WAIT_S)
    for number in range(4):
        log.enqueue([_result(number)])
    assert log.status().queued == 5
    with pytest.raises(LogBusyError) as raised:
        log.append(consents([77]))
    assert raised.value.code == "log-busy"
    with pytest.raises(LogBusyError):
        log.enqueue([_result(78)])
    with pytest.raises(LogBusyError):
        run(log.append_soon(consents([79])))
    gate.open()
    first.join()
    until = monotonic() + _WAIT_S
    while log.status().queued and monotonic() < until:
        sleep(0.01)
    log.append(consents([5]))
    expected = [*consents([0]), *(_result(number) for number in range(4)), *consents([5])]
    assert told == [0]
    assert _payloads(kit, log) == [draft.payload for draft in expected]
    log.close()
    kit.close()


def test_the_queue_is_full_of_bytes_long_before_it_is_full_of_records(
    kit_of: KitOf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sequencer_module, "_MOST_QUEUED_BYTES", 4_000)
    kit = kit_of(tmp_path, wait_s=0.05)
    log = kit.open()
    draft = Draft(kind=Kind.INSPECTION_RESULT, payload=bytes(1_500))
    taken = 0
    with log._sequencer.paused(), suppress(LogBusyError):  # noqa: SLF001  a slow disk
        for _ in range(10):
            log.enqueue([draft])
            taken += 1
    assert 1 < taken < 7
    log.close()
    assert kit.open().status().size == taken
    kit.close()


def test_what_nobody_waits_for_is_counted_when_a_fault_loses_it(
    kit_of: KitOf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(threading, "excepthook", lambda _: None)
    kit = kit_of(tmp_path)
    log = kit.open()
    log.append(consents([1]))

    def fault(*_: object) -> None:
        raise MemoryError

    with log._sequencer.paused():  # noqa: SLF001  so that they wait
        log.enqueue([_result(1), _result(2)])
        log.enqueue([_result(3)])
        log._sealing.seal = fault  # type: ignore[method-assign, assignment]  # noqa: SLF001
    with pytest.raises(LogUnavailableError):
        log.append(consents([2]))
    assert log._sequencer.lost == 3  # noqa: SLF001  what is said
    with pytest.raises(LogUnavailableError):
        log.close()
    assert kit.open().status().size == 1
    kit.close()


def test_256_appends_in_flight_share_few_writes(kit_of: KitOf, tmp_path: Path) -> None:
    kit = kit_of(tmp_path)
    gate = _Gate(kit)
    log = kit.open()
    busy = Thread(target=lambda: log.append(consents([0])))
    busy.start()
    assert gate.reached.wait(_WAIT_S)

    async def all_at_once() -> list[int]:
        soon = [
            asyncio.ensure_future(log.append_soon([published(number)])) for number in range(256)
        ]
        await asyncio.sleep(0)  # each has entered the queue, while the disk is busy
        gate.open()
        return [appended.first for appended in await asyncio.gather(*soon)]

    firsts = run(all_at_once())
    busy.join()
    assert sorted(firsts) == list(range(1, 257))
    found = _payloads(kit, log)
    assert all(found[first] == published(number).payload for number, first in enumerate(firsts))
    assert len(list(log._segments.batches(0))) == 2  # noqa: SLF001  how many syncs it took
    log.close()
    kit.close()


def test_a_closed_log_takes_nothing(kit_of: KitOf, tmp_path: Path) -> None:
    kit = kit_of(tmp_path)
    log = kit.open()
    log.close()
    with pytest.raises(LogUnavailableError):
        log.append([published(1)])
    log.close()
    kit.close()


def test_a_log_without_records_has_no_checkpoint(kit_of: KitOf, tmp_path: Path) -> None:
    kit = kit_of(tmp_path)
    log = kit.open()
    assert log.checkpoint() is None
    with pytest.raises(LogUnavailableError):
        log.publish()
    with pytest.raises(NoSuchRecordError):
        log.head(bytes(32))
    with pytest.raises(NoSuchRecordError):
        log.record(Position(0))
    log.close()
    kit.close()
    assert kit.problems() == []
    assert kit.notes == []


def test_the_last_of_a_chain_is_told_where_a_writer_was_killed_before_its_checkpoint(
    kit_of: KitOf,
    tmp_path: Path,
) -> None:
    kit, tag = kit_of(tmp_path / "log"), open_tag(Kind.REGISTER_PUBLISHED)
    log = kit.open()
    assert log.last(tag) == (0, None)
    log.append([published(0)])
    log.publish()
    older = (kit.public / CHECKPOINT).read_bytes()
    log.append([published(1), *consents([0])])
    log.publish()
    log.close()
    (kit.public / CHECKPOINT).write_bytes(older)
    reader = kit.reader()
    assert reader.last(tag) == (3, Position(1))
    assert reader.last(bytes(32)) == (3, None)
    with pytest.raises(LogUnavailableError):
        reader.head(tag)
    reader.close()
    kit.close()


def test_the_map_of_another_log_tells_no_last_of_a_chain(kit_of: KitOf, tmp_path: Path) -> None:
    logs = [kit_of(tmp_path / "one"), kit_of(tmp_path / "other")]
    for number, kit in enumerate(logs):
        log = kit.open()
        log.append(consents([number], whose=number))
        log.publish()
        log.close()
        kit.close()
    one, other = (kit.public / CHECKPOINT for kit in logs)
    one.write_bytes(other.read_bytes())
    with closing(logs[0].reader()) as reader, pytest.raises(LogDamagedError):
        reader.last(bytes(32))


def test_each_chain_is_linked_without_gaps_also_through_a_merge(
    kit_of: KitOf, tmp_path: Path
) -> None:
    kit = kit_of(tmp_path)
    log = kit.open()
    merge = Draft(kind=Kind.ALIASES_MERGED, payload=b"{}", person=person(1), also=person(2))
    log.append([*consents(range(4), whose=1), published(0)])
    log.append([*consents([5], whose=2), merge, *consents([6], whose=1)])
    log.append([merge, *consents([7], whose=2), published(1)])
    last: dict[str, tuple[int, str, int]] = {}
    for position in range(log.status().size):
        record = log.record(Position(position))
        links = [(record.leaf.tag, record.leaf.seq, record.leaf.prev, record.before)]
        also = record.leaf.also
        if also is not None:
            links.append((also.tag, also.seq, also.prev, record.also_before))
        for tag, seq, prev, before in links:
            known = last.get(tag, (0, "", None))
            assert (seq, prev, before) == (known[0] + 1, known[1], known[2])
            last[tag] = (seq, leaf_hash(record.entry).hex(), position)
    keys = kit.open_vault().find(person(2))
    assert keys is not None
    assert last[leaf_tag(keys.proof).hex()][0] == 4
    assert last[open_tag(Kind.REGISTER_PUBLISHED).hex()][0] == 2
    log.close()
    kit.close()
    assert kit.problems() == []


def test_every_proof_of_the_log_holds_against_its_checkpoint(kit_of: KitOf, tmp_path: Path) -> None:
    kit = kit_of(tmp_path)
    log = kit.open()
    sizes = []
    for number in (1, 2, 250, 5, 300):
        log.append(consents(range(number)))
        sizes.append(log.publish().checkpoint.size)
    signed = log.publish()
    size, root = signed.checkpoint.size, signed.checkpoint.root
    leaves = leaf_hashes(log, size)
    assert root == reference.root(leaves)
    for position in (0, 1, 2, 252, 255, 256, 257, size - 1):
        path = log.inclusion(Position(position), size)
        assert includes(leaves[position], position, size, root, path)
        assert list(path) == reference.inclusion(position, leaves)
    for old in (0, *sizes):
        assert log.root_at(old) == reference.root(leaves[:old])
        assert extends(old, size, log.root_at(old), root, log.consistency(old, size))
    heads = {}
    for number in range(3):
        tag = kit.payloads().tag(person(number))
        assert tag is not None
        found, proof = log.head(tag)
        assert isinstance(proof.end, Entry)
        assert proof.root(tag) == found.checkpoint.map_root
        heads[tag] = proof.end
    assert reference_root(heads) == signed.checkpoint.map_root
    log.close()
    kit.close()


def test_a_size_that_is_not_reached_yet_is_no_damage(kit_of: KitOf, tmp_path: Path) -> None:
    kit = kit_of(tmp_path)
    log = kit.open()
    log.append(consents(range(3)))
    log.publish()
    log.append(consents(range(3)))
    with closing(kit.reader()) as reader:
        for ask in (
            lambda: reader.consistency(2, 4),
            lambda: reader.consistency(900, 900),
            lambda: reader.inclusion(Position(1), 4),
            lambda: reader.root_at(4),
        ):
            with pytest.raises(NoSuchRecordError):
                ask()
        log.publish()
        assert reader.root_at(6) == log.root_at(6)
    log.close()
    kit.close()


_WHEN = st.integers(0, 12)
_WHO = st.integers(0, 2)
_TO = st.sampled_from(["party-a", "party-b"])
_KINDS = st.sampled_from([Kind.PROVISION, Kind.CONSENT_GIVEN, Kind.DECISION])


@dataclass(frozen=True)
class _Act:
    """A record about the individual of a number, or about none."""

    kind: Kind
    person: int | None
    recipient: str
    activity: str

    def draft(self) -> Draft:
        return Draft(
            kind=self.kind,
            payload=b'{"v":1}',
            person=None if self.person is None else person(self.person),
            recipient=self.recipient,
            activity=self.activity,
        )


@st.composite
def _histories(draw: st.DrawFn) -> list[_Act]:
    """Return records of three individuals and of batches, to two recipients."""
    acts = []
    for _ in range(draw(st.integers(1, 14))):
        kind = draw(_KINDS)
        whose = draw(st.none() | _WHO) if RULES[kind].open else draw(_WHO)
        recipient = draw(_TO | st.just("")) if kind is Kind.PROVISION else ""
        activity = draw(st.sampled_from(["act-a", "act-b", ""]))
        acts.append(_Act(kind, whose, recipient, activity))
    return acts


@dataclass
class _Grown:
    """A log that grows from example to example, and the plain truth about it."""

    kit: Kit
    log: WritableLog
    drafts: list[Draft] = field(default_factory=list)
    instants: list[int] = field(default_factory=list)
    examples: int = 0


@pytest.fixture(name="grown", scope="module")
def _grown(kit_of: KitOf, tmp_path_factory: pytest.TempPathFactory) -> Iterator[_Grown]:
    kit = kit_of(tmp_path_factory.mktemp("grown"))
    with closing(kit.open()) as log:
        yield _Grown(kit, log)
    kit.close()
    assert kit.problems() == []


@given(
    history=_histories(),
    cuts=st.lists(st.integers(1, 5), min_size=1, max_size=4),
    asked=st.tuples(_WHO, _KINDS, st.none() | _TO, st.none() | st.just("act-a")),
    window=st.tuples(_WHEN, _WHEN),
)
def test_absence_never_proves_a_falsehood(
    grown: _Grown,
    history: list[_Act],
    cuts: list[int],
    asked: tuple[int, Kind, str | None, str | None],
    window: tuple[int, int],
) -> None:
    log, (who, kind, recipient, activity) = grown.log, asked
    offset = grown.examples % 7 * 3  # old individuals come back
    grown.examples += 1
    asked_about = person(who + offset)
    grown.kit.open_vault().ready([asked_about], content=False)  # a chain may be empty
    moved = [
        replace(act, person=None if act.person is None else act.person + offset) for act in history
    ]
    instants: list[int] = []
    while len(instants) < len(moved):
        batch = [one.draft() for one in moved[len(instants) :][: cuts[len(instants) % len(cuts)]]]
        grown.drafts += batch
        instants += [log.append(batch).at] * len(batch)
    grown.instants += instants
    log.publish()
    start, stop = sorted(grown.instants[-1 - min(at * 2, len(grown.instants) - 1)] for at in window)
    question = Question(kind=kind, recipient=recipient, activity=activity, start=start, end=stop)
    _, answer = grown.kit.prover(log).absent(asked_about, question)
    matching = [
        draft
        for draft, at in zip(grown.drafts, grown.instants, strict=True)
        if draft.kind is kind
        and start <= at <= stop
        and recipient in {None, draft.recipient}
        and activity in {None, draft.activity}
    ]
    own = [draft for draft in matching if draft.person == asked_about]
    doubtful = [
        draft
        for draft, at in zip(grown.drafts, grown.instants, strict=True)
        if draft.kind is kind
        and start <= at <= stop
        and draft.person in {None, asked_about}
        and (recipient is None or draft.recipient in {recipient, ""})
        and (activity is None or not draft.person or draft.activity in {activity, ""})
    ]
    expected = Outcome.ABSENT
    if own:
        expected = Outcome.FOUND
    elif doubtful:
        expected = Outcome.UNDECIDED
    assert answer.outcome is expected
    assert len(answer.found) == len(own)


def test_records_that_become_durable_while_publishing_is_made_up_for_are_published_once(
    kit_of: KitOf,
    tmp_path: Path,
) -> None:
    kit = kit_of(tmp_path)
    log = kit.open()
    log.append(consents(range(3)))
    log.publish()
    publisher = log._publisher  # noqa: SLF001  to meet the instant between durable and handed over
    take = log._sequencer._taken  # noqa: SLF001  as above

    def restore_first(*handed: object) -> None:
        publisher.restore()
        take(*handed)  # type: ignore[arg-type]  # passed on

    log._sequencer._taken = restore_first  # type: ignore[assignment]  # noqa: SLF001  as above
    log.append(consents(range(3)))
    assert log.publish().checkpoint.size == 6
    log.append(consents(range(3)))
    assert log.publish().checkpoint.size == 9
    log.close()
    kit.close()
    assert kit.problems() == []


def test_heads_in_memory_stay_bounded_and_chains_go_on(
    kit_of: KitOf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log_module, "_MOST_HEADS", 4)
    kit = kit_of(tmp_path)
    with closing(kit.open()) as log:
        for _ in range(3):
            for number in range(12):
                log.append(consents([number], whose=number))
                log.publish()
        assert len(log._heads) <= 4  # noqa: SLF001  the bound itself
        assert log.record(Position(35)).leaf.seq == 3
    kit.close()
    assert kit.problems() == []


def test_what_is_published_in_one_go_or_piece_by_piece_is_projected_alike(
    kit_of: KitOf, tmp_path: Path
) -> None:
    kit = kit_of(tmp_path)
    log = kit.open()
    for number in range(30):
        log.append(consents(range(number, number + 20)))
        log.publish()
    log.close()
    kit.close()
    found = projected(kit.log_folder)
    (kit.log_folder / "index.db").unlink()
    kit.open().close()
    kit.close()
    assert projected(kit.log_folder) == found
    assert dict(found.kinds) == {"consent-given": 600}
    assert found.size == found.growth[-1][1] == 600
