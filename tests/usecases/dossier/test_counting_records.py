"""Counting by the log: who cannot be told any more still counts above, what says no number too."""

from hashlib import sha256

from tests.usecases.dossier.dossier_house import DossierHouse

from chengnuo.base.canonical import Tree
from chengnuo.base.instant import to_us
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.incident.affected import Affected, Source, affected
from chengnuo.ports.evidence_keys import Erasure, KeyClass
from chengnuo.ports.evidence_log import Position
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.evidence.evidence_window import Window
from chengnuo.usecases.evidence.recording import Rows
from chengnuo.usecases.incident.counting_records import RecordCount

COURIER = Rows(recipient="courier")
GIVEN: dict[str, Tree] = {"categories": ["PI-BASIC-PHONE"], "purpose": "送货", "method": "api"}
PEOPLE = [PersonKey(sha256(bytes([number])).hexdigest()) for number in range(5)]


def counted(house: DossierHouse) -> Affected:
    house.opened.log.publish()
    count = RecordCount(log=house.opened.log, payloads=house.opened.payloads)
    window = Window(start=0, end=to_us(house.clock.now()) + 1_000)
    found = count.of(["courier"], [], window).found
    return affected(found, {}, categories=(), sensitive=False)


def test_whose_proofs_were_destroyed_count_above_and_no_more_below(house: DossierHouse) -> None:
    for person in (*PEOPLE, PEOPLE[0]):
        house.recorder.record(Kind.PROVISION, GIVEN, person=person, rows=COURIER)
    assert (counted(house).at_least, counted(house).at_most) == (5, 5)
    last = Position(house.opened.log.publish().checkpoint.size - 1)
    gone = Erasure(key=KeyClass.PROOF, at=house.clock.now(), under="PIPL-19", position=last)
    house.opened.log.erase(dict.fromkeys(PEOPLE[:2], gone))
    after = counted(house)
    assert (after.at_least, after.at_most) == (3, 5)
    assert [one.why is not None for one in after.found if one.source is Source.BATCHES] == [True]


def test_a_batch_counts_above_only(house: DossierHouse) -> None:
    house.recorder.record(Kind.PROVISION, GIVEN, person=PEOPLE[0], rows=COURIER)
    batch: dict[str, Tree] = {**GIVEN, "count": 7, "root": "0" * 64}
    house.recorder.record(Kind.PROVISION, batch, rows=COURIER)
    found = counted(house)
    assert (found.at_least, found.at_most) == (1, 8)
