"""A recorded decision comes out the same again, whatever happened since."""

from dataclasses import dataclass, replace
from datetime import timedelta
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from tests.strategies.decisions import any_request, seeds
from tests.usecases.decision.deciding_kit import ADULT, ITEM, WALL, Deciding
from tests.usecases.evidence.tea_log import ONE, OTHER

from chengnuo.domain.decision.decision import Outcome
from chengnuo.domain.decision.request import State
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.ports.consents import Seen
from chengnuo.ports.evidence_log import NoSuchRecordError, Position
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.decision.answering import Mode, Question
from chengnuo.usecases.decision.books import Books
from chengnuo.usecases.decision.recorded import DecisionRecordError
from chengnuo.usecases.decision.replaying import LawVersionGoneError, RulesEditionGoneError


def recorded(house: Deciding, **words: object) -> Position:
    answer = house.ask(mode=Mode.STRICT, **words)  # type: ignore[arg-type]
    assert answer.recorded is not None
    return answer.recorded


def test_a_permit_replays_after_the_consent_is_withdrawn(house: Deciding) -> None:
    house.give()
    at = recorded(house)
    house.withdraw()
    assert not house.ask().permits
    found = house.replay.replay(at)
    assert found.same
    assert found.recorded is Outcome.PERMIT
    assert found.decided.answer.decision.outcome is Outcome.PERMIT


def test_a_question_replays_after_the_consent_was_given(house: Deciding) -> None:
    at = recorded(house)
    house.give()
    found = house.replay.replay(at)
    assert found.same
    assert found.decided.answer.decision.prompt == (ITEM,)


def test_a_decision_replays_by_the_register_of_its_time(house: Deciding) -> None:
    house.give()
    at = recorded(house)
    register = house.tea.register
    house.tea.serve(replace(register, activities=register.activities[:1]))
    found = house.replay.replay(at)
    assert found.same
    assert found.decided.answer.register != house.tea.in_force[-1].register


def test_two_names_joined_later_change_no_earlier_answer(house: Deciding) -> None:
    house.give(person=ONE)
    house.withdraw(person=OTHER)
    at = recorded(house)
    draft = house.tea.recorder.draft(
        Kind.ALIASES_MERGED, {"method": "login"}, person=ONE, also=OTHER
    )
    house.tea.opened.log.append([draft])
    assert not house.ask().permits
    assert house.replay.replay(at).same


@dataclass
class Overtaken:
    """Somebody withdraws just after the desk has looked how far the state goes."""

    house: Deciding

    def seen(self, *, by: int = 0) -> Seen:
        seen = self.house.states.seen(by=by)
        self.house.withdraw()
        return seen

    def state_before(self, person: PersonKey, at: int, *, position: int | None = None) -> State:
        return self.house.states.state_before(person, at, position=position)


def test_an_answer_rests_on_nothing_later_than_it_says(house: Deciding) -> None:
    house.give()
    desk = replace(house.desk, states=Overtaken(house))
    later = house.clock.now() + timedelta(hours=1)
    answer = desk.answer(ONE, WALL, at=later, stated=ADULT, mode=Mode.STRICT)
    assert answer.recorded is not None
    assert all(position < answer.position for position in answer.consents)
    assert house.replay.replay(answer.recorded).same


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@given(seeds)
def test_every_recorded_answer_comes_out_again(house: Deciding, random: Random) -> None:
    items = list(house.books.on(house.tea.catalogue.version.date).book.item_by_id)
    for _ in range(random.randint(0, 3)):
        act = random.choice((house.give, house.withdraw))
        act(random.choice(items))
    questions = [
        Question(
            person=random.choice((ONE, OTHER)),
            request=any_request(random, house.tea.register),
            stated=ADULT,
        )
        for _ in range(6)
    ]
    decided = house.desk.answer_all(questions, mode=Mode.STRICT)
    house.withdraw(random.choice(items))
    for one in decided:
        assert one.answer.recorded is not None
        found = house.replay.replay(one.answer.recorded)
        assert found.same
        assert found.decided.answer.decision == one.answer.decision
        assert found.decided.answer.consents == one.answer.consents


@pytest.mark.parametrize("field", ["consents", "state"])
def test_a_record_that_says_otherwise_is_noticed(house: Deciding, field: str) -> None:
    """The recorded digest is of another answer than the chain and the record lead to."""
    given = house.give()
    at = recorded(house)
    values = house.tea.payload(at)
    values.pop("v")
    if field == "state":
        values["state"] = {"age": "under-14", "account": "active"}
    else:
        values["seen"] = given  # before the consent
    forged = house.tea.record(Kind.DECISION, values, person=ONE, activity="wall")
    assert not house.replay.replay(forged).same


def test_what_is_no_decision_is_not_replayed(house: Deciding) -> None:
    consent = house.give()
    batch = house.tea.record(Kind.DECISION, {"count": 3, "root": "0" * 64, "permitted": 1})
    older = house.tea.record(Kind.DECISION, {"outcome": "permit", "rules": []}, person=ONE)
    for position in (consent, batch, older):
        with pytest.raises(DecisionRecordError) as caught:
            house.replay.replay(position)
        assert caught.value.code == "not-a-decision"
    with pytest.raises(NoSuchRecordError):
        house.replay.replay(Position(99))


def test_another_law_version_is_not_taken_for_the_same(house: Deciding) -> None:
    at = recorded(house, request=WALL)
    catalogue = house.tea.catalogue
    other = replace(catalogue, version=replace(catalogue.version, digest="f" * 64))
    replay = replace(house.replay, books=Books(house.edition, other))
    with pytest.raises(LawVersionGoneError) as caught:
        replay.replay(at)
    assert caught.value.code == "law-version-gone"


def test_another_edition_of_the_rules_is_not_taken_for_the_same(house: Deciding) -> None:
    values = house.tea.payload(recorded(house, request=WALL))
    values.pop("v")
    values["edition"] += 1
    of_others = house.tea.record(Kind.DECISION, values, person=ONE, activity="wall")
    with pytest.raises(RulesEditionGoneError) as caught:
        house.replay.replay(of_others)
    assert caught.value.code == "rules-edition-gone"
