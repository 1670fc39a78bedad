"""After erasure what was kept of somebody is in no byte, and every proof goes on verifying (X3)."""

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from chengnuo.adapters.clock import SystemClock
from chengnuo.adapters.evidence.log import Pace
from chengnuo.adapters.evidence.opening import OpenedToWrite, check_everything, open_log
from chengnuo.adapters.evidence.place import Place
from chengnuo.domain.evidence.kinds import KeyClass, Kind
from chengnuo.domain.evidence.proof import Outcome, Question
from chengnuo.engines.merkle.hashing import leaf_hash
from chengnuo.engines.merkle.tree import includes
from chengnuo.ports.evidence_keys import WrappedKeyError
from chengnuo.ports.evidence_log import Position
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.evidence.erasing import Eraser, HeldError
from chengnuo.usecases.evidence.proving import NoChainError, Prover
from chengnuo.usecases.evidence.recording import InForce, Recorder, Rows

PERSON, OTHER = PersonKey("a1" * 32), PersonKey("b2" * 32)
SECRET = "a purpose that only this record names"  # noqa: S105  a sentence to look for
DELETED = {"ground": "PIPL-47.3", "stores": ["main"], "residue": 0}


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(data=tmp_path / "data", master_key_file=tmp_path / "elsewhere" / "epoch.key")


@pytest.fixture
def opened(place: Place) -> Iterator[OpenedToWrite]:
    assert place.master_key_file is not None
    place.master_key_file.parent.mkdir()
    made = open_log(place, clock=SystemClock(), pace=Pace(segment_bytes=1 << 18))
    yield made
    made.close()


def recorder_of(opened: OpenedToWrite) -> Recorder:
    return Recorder(
        log=opened.log, payloads=opened.payloads, in_force=lambda: InForce(register="", law="")
    )


def eraser_of(opened: OpenedToWrite) -> Eraser:
    return Eraser(
        log=opened.log, vault=opened.vault, recorder=recorder_of(opened), clock=SystemClock()
    )


def provide(opened: OpenedToWrite, person: PersonKey, purpose: str) -> Position:
    values = {"categories": ["PI-LOC-PRECISE"], "purpose": purpose, "method": "interface"}
    rows = Rows(activity="nearby", recipient="amap")
    done = recorder_of(opened).record(Kind.PROVISION, values, person=person, rows=rows)
    assert done is not None
    return done.first


def erase(opened: OpenedToWrite, until: datetime | None) -> None:
    eraser_of(opened).content(
        PERSON, under="PIPL-47", values=DELETED, keep_until=until, keep_under="PIPL-56"
    )


def bytes_below(*folders: Path) -> bytes:
    return b"\n".join(
        path.read_bytes() for folder in folders for path in folder.rglob("*") if path.is_file()
    )


def test_neither_plain_text_nor_key_is_left_and_an_old_copy_opens_nothing(
    place: Place, opened: OpenedToWrite, tmp_path: Path
) -> None:
    kept = provide(opened, OTHER, "another purpose")
    gone = provide(opened, PERSON, SECRET)
    keys = opened.vault.find(PERSON)
    assert keys is not None
    assert keys.content is not None
    assert SECRET.encode() in (opened.payloads.opened(opened.log.record(gone)).payload or b"")
    opened.log.publish()
    shutil.copytree(place.data, tmp_path / "backup")

    erase(opened, None)

    assert opened.payloads.opened(opened.log.record(gone)).payload is None
    assert opened.payloads.opened(opened.log.record(kept)).payload is not None
    opened.log.publish()
    assert place.master_key_file is not None
    left = bytes_below(place.data, place.master_key_file.parent)
    for what in (SECRET.encode(), keys.content, keys.content.hex().encode()):
        assert what not in left
    # The copy taken before holds the sealed bytes and the wrapped key, and opens nothing now.
    old = Place(data=tmp_path / "backup", master_key_file=place.master_key_file)
    assert SECRET.encode() not in bytes_below(old.data)
    with pytest.raises(WrappedKeyError):
        open_log(old, clock=SystemClock()).close()


def test_proofs_verify_after_erasure_and_say_what_was_erased(opened: OpenedToWrite) -> None:
    gone = provide(opened, PERSON, SECRET)
    erase(opened, None)
    signed = opened.log.publish()
    prover = Prover(log=opened.log, payloads=opened.payloads)
    proof, records = prover.complete(PERSON, disclose=True)
    assert [record.leaf.kind for record in records] == ["deletion", "provision"]
    assert [(one.under, one.first, one.last) for one in proof.erased] == [("PIPL-47", gone, gone)]
    assert [leaf_hash(records[0].entry)] == [one.leaf_hash for one in proof.disclosed]
    root, size = signed.checkpoint.root, signed.checkpoint.size
    for record in records:
        path = opened.log.inclusion(record.position, size)
        assert includes(leaf_hash(record.entry), record.position, size, root, path)
    window = {"start": 0, "end": prover.last_instant()}
    there = Question(kind=Kind.PROVISION, recipient="amap", **window)
    elsewhere = Question(kind=Kind.PROVISION, recipient="umeng", **window)
    assert prover.absent(PERSON, there)[1].outcome is Outcome.FOUND
    assert prover.absent(PERSON, elsewhere)[1].outcome is Outcome.ABSENT


def test_a_hold_keeps_the_proof_key_until_its_end(opened: OpenedToWrite) -> None:
    provide(opened, PERSON, SECRET)
    erase(opened, SystemClock().now() + timedelta(days=1000))
    held = [(hold.person, hold.duty) for hold in opened.vault.holds()]
    assert held == [(PERSON, "PIPL-56")]
    with pytest.raises(HeldError) as refused:
        eraser_of(opened).proof(PERSON, under="PIPL-19", values=DELETED)
    assert refused.value.duties == ("PIPL-56",)
    opened.vault.lift(PERSON, "PIPL-56")
    erasure = eraser_of(opened).proof(PERSON, under="PIPL-19", values=DELETED)
    assert erasure.key is KeyClass.PROOF
    opened.log.publish()
    with pytest.raises(NoChainError):
        Prover(log=opened.log, payloads=opened.payloads).complete(PERSON, disclose=False)


def test_everything_is_whole_after_an_erasure(place: Place, opened: OpenedToWrite) -> None:
    provide(opened, PERSON, SECRET)
    erase(opened, None)
    provide(opened, PERSON, "a new start")
    opened.close()
    assert list(check_everything(place)) == []
