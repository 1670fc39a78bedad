"""What dossiers concluded beside what is recorded and read in the same moment."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

import pytest
from tests.usecases.borders.assessed_house import AssessedHouse
from tests.usecases.borders.border_house import NEARBY_ITEMS, PLACES, person
from tests.usecases.dossier.dossier_house import REVIEWER
from tests.waiting import until

from chengnuo.adapters.sql.database import DatabaseUnavailableError
from chengnuo.domain.decision.request import Request
from chengnuo.domain.register.model import Register
from chengnuo.law.catalogue import Catalogue
from chengnuo.ports.evidence_log import Appended
from chengnuo.usecases.consent.keeping import ConsentKeeper
from chengnuo.usecases.decision.answering import Decided, Mode, Question
from chengnuo.usecases.dossier.assessed import KeptAssessments

ASKED = Question(person=person(1), request=Request(activity=PLACES.activity), stated=PLACES.stated)


@pytest.fixture
def house(tmp_path: Path, catalogue: Catalogue) -> Iterator[AssessedHouse]:
    made = AssessedHouse(tmp_path / "house", catalogue)
    yield made
    made.close()


def test_an_answer_names_no_position_of_which_the_state_lacks_a_record(
    house: AssessedHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.agree(1)
    decisions = house.decisions
    (before,) = decisions.answer_all([ASKED], mode=Mode.STRICT)
    assert before.answer.permits
    assert decisions.at_hand([ASKED])
    is_recorded, goes_on = Event(), Event()
    take_in = ConsentKeeper._take_in  # noqa: SLF001  the moment between the log and the state

    def held(keeper: ConsentKeeper, appended: Appended, count: int) -> None:
        is_recorded.set()
        assert goes_on.wait(10)
        take_in(keeper, appended, count)

    monkeypatch.setattr(ConsentKeeper, "_take_in", held)
    found: list[Decided] = []
    withdrawing = Thread(
        target=house.withdraw, args=[NEARBY_ITEMS[0]], kwargs={"person": person(1)}
    )
    asking = Thread(target=lambda: found.extend(decisions.answer_all([ASKED], mode=Mode.STRICT)))
    withdrawing.start()
    until(is_recorded.is_set)
    house.begin("letters")  # a record of a dossier behind the withdrawal
    assert not decisions.at_hand([ASKED])  # so that no event loop waits
    asking.start()
    asking.join(0.1)
    goes_on.set()
    for one in (withdrawing, asking):
        one.join(10)
    (after,) = found
    assert after.answer.recorded is not None
    assert house.replay.replay(after.answer.recorded).same
    assert not after.answer.permits
    assert decisions.at_hand([ASKED])


def test_what_follows_takes_in_no_more_than_it_is_told_to(house: AssessedHouse) -> None:
    wanted = house.begin("letters")
    house.write_it(wanted)
    kept = KeptAssessments(house.opened.log, house.opened.payloads, house.kept._register_of)  # noqa: SLF001
    size = house.records()
    kept.take_in(size)
    house.dossiers.act(wanted, "reject", REVIEWER, {"reasons": "没有必要"})
    for is_published in (False, True):
        if is_published:
            house.opened.log.publish()
        kept.take_in(size)
        assert (kept.level(), kept.by(None).concluded) == (size, frozenset())
    kept.take_in(size + 1)
    assert (kept.level(), kept.by(None).concluded) == (size + 1, {"letters"})
    assert kept.by(size).concluded == frozenset()


def test_nobody_waits_for_what_is_being_taken_in(
    house: AssessedHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = house.begin("letters")
    house.write_it(wanted)
    kept = KeptAssessments(house.opened.log, house.opened.payloads, house.kept._register_of)  # noqa: SLF001
    kept.take_in(house.records())
    house.dossiers.act(wanted, "reject", REVIEWER, {"reasons": "没有必要"})
    is_reading, goes_on, look = Event(), Event(), KeptAssessments._look  # noqa: SLF001

    def held(self: KeptAssessments, upto: float) -> None:
        is_reading.set()
        assert goes_on.wait(10)
        look(self, upto)

    monkeypatch.setattr(KeptAssessments, "_look", held)
    taking_in = Thread(target=kept.take_in, args=[house.records()])
    taking_in.start()
    until(is_reading.is_set)
    found: list[object] = []
    asking = Thread(target=lambda: found.append(kept.by(None).concluded))
    asking.start()
    asking.join(1)
    assert found == [frozenset()]
    goes_on.set()
    taking_in.join(10)
    assert kept.by(None).concluded == {"letters"}


def test_what_could_not_be_read_is_read_again(house: AssessedHouse) -> None:
    house.assess("letters")
    fails = [True, False]

    def register_of(version: str) -> Register:
        if fails.pop(0):
            raise DatabaseUnavailableError("it does not answer")
        return house.kept._register_of(version)  # noqa: SLF001

    kept = KeptAssessments(house.opened.log, house.opened.payloads, register_of)
    with pytest.raises(DatabaseUnavailableError):
        kept.by(None)
    assert kept.by(None).concluded == {"letters"}
    assert kept.level() == house.records()
