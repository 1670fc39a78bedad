"""Answers by the log: what they rest on, and that whatever is not known is no yes."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from tests.usecases.decision.deciding_kit import ADULT, ITEM, WALL, Deciding
from tests.usecases.evidence.tea_log import ONE, OTHER

from chengnuo.adapters.evidence.checkpoint_file import CHECKPOINT
from chengnuo.adapters.evidence.reading import PUBLIC
from chengnuo.base.instant import from_us
from chengnuo.domain.decision.decision import DecisionIsNoBoolError, Outcome
from chengnuo.domain.decision.rules import Rule
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.individual.standing import AccountState
from chengnuo.domain.register.ids import ActivityId, RecipientId
from chengnuo.law.age import AgeBand
from chengnuo.law.civil import NaiveInstantError
from chengnuo.law.ids import CategoryId
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.decision.answering import AskedTooManyError, Mode, Question, Stated
from chengnuo.usecases.decision.desk import MOST_ASKED, NotRecordedError
from chengnuo.usecases.decision.states import NobodyKnown


def test_somebody_of_whom_nothing_is_known_is_asked(house: Deciding) -> None:
    answer = house.ask()
    assert answer.decision.outcome is Outcome.ASK
    assert answer.decision.prompt == (ITEM,)
    assert (answer.position, answer.consents) == (0, ())


def test_a_consent_permits_and_is_named_with_the_versions(house: Deciding) -> None:
    given = house.give()
    answer = house.ask()
    assert answer.permits
    assert answer.consents == (given,)
    assert answer.position == given + 1
    assert answer.register == house.tea.in_force[-1].register
    assert answer.law == house.tea.catalogue.version.digest


def test_a_withdrawal_counts_as_soon_as_it_is_acknowledged(house: Deciding) -> None:
    for _ in range(5):
        house.give()
        assert house.ask().permits
        withdrawn = house.withdraw()
        answer = house.ask()
        assert answer.decision.outcome is Outcome.REFUSE
        assert answer.consents == (withdrawn,)


def test_a_writer_that_was_killed_before_its_checkpoint_keeps_no_answer_back(
    house: Deciding, tmp_path: Path
) -> None:
    house.give()
    house.tea.opened.log.publish()
    checkpoint = tmp_path / "data" / "evidence" / PUBLIC / CHECKPOINT
    older = checkpoint.read_bytes()
    withdrawn = house.withdraw()
    house.tea.opened.log.publish()
    checkpoint.write_bytes(older)
    answer = house.ask()
    assert answer.decision.outcome is Outcome.REFUSE
    assert answer.consents == (withdrawn,)


def test_what_was_in_force_then_is_told_for_then(house: Deciding) -> None:
    before = house.clock.now()
    house.give()
    between = from_us(house.states.seen().at)
    house.withdraw()
    assert house.ask(at=before).decision.outcome is Outcome.ASK
    assert house.ask(at=between).permits
    assert not house.ask(at=from_us(house.states.seen().at)).permits


def test_a_clock_that_was_set_back_hides_no_withdrawal(house: Deciding) -> None:
    house.give()
    given_at = from_us(house.states.seen().at)
    house.withdraw()
    house.clock.at = given_at
    assert not house.ask().permits
    house.clock.at = given_at - timedelta(days=900)
    assert not house.ask().permits


def test_an_instant_without_a_zone_is_an_error(house: Deciding) -> None:
    house.give()
    with pytest.raises(NaiveInstantError) as caught:
        house.ask(at=datetime(2026, 11, 28, 9))  # noqa: DTZ001  the point of the test
    assert caught.value.code == "naive-instant"


def test_an_answer_is_no_truth_value(house: Deciding) -> None:
    house.give()
    answer = house.ask()
    for value in (answer, answer.decision):
        with pytest.raises(DecisionIsNoBoolError):
            bool(value)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        pytest.param({"activity": ActivityId("13800138000?")}, Rule.ACTIVITY, id="activity"),
        pytest.param({"activity": ActivityId("")}, Rule.ACTIVITY, id="empty activity"),
        pytest.param(
            {"categories": frozenset({CategoryId("PI-NONE")})}, Rule.CATEGORY, id="category"
        ),
        pytest.param({"categories": frozenset()}, Rule.CATEGORY, id="no category"),
        pytest.param({"recipient": RecipientId("no-one")}, Rule.RECIPIENT, id="recipient"),
        pytest.param({"recipient": RecipientId("")}, Rule.RECIPIENT, id="empty recipient"),
    ],
)
def test_what_is_not_registered_is_refused_and_recorded_without_its_name(
    house: Deciding, change: dict[str, object], rule: Rule
) -> None:
    house.give()
    answer = house.ask(replace(WALL, **change), mode=Mode.STRICT)  # type: ignore[arg-type]
    assert answer.decision.outcome is Outcome.REFUSE
    assert rule in {ruling.rule for ruling in answer.decision.by}
    assert answer.recorded is not None
    record = house.tea.opened.log.record(answer.recorded)
    assert b"13800138000" not in record.entry
    assert "13800138000" not in str(house.tea.payload(answer.recorded))


@pytest.mark.parametrize("person", ["", "x" * 5000, "没有这个人", "f" * 64])
def test_of_an_unknown_person_nothing_is_known(house: Deciding, person: str) -> None:
    house.give()
    assert house.ask(person=PersonKey(person)).decision.outcome is Outcome.ASK


def test_what_the_caller_says_counts_only_where_nothing_is_known(house: Deciding) -> None:
    house.give()
    guest = house.desk.answer(ONE, WALL)
    assert guest.decision.outcome is Outcome.REFUSE
    child = Stated(age=AgeBand.UNDER_14, account=AccountState.ACTIVE)
    assert not house.desk.answer(ONE, WALL, stated=child).permits
    known = ADULT.completed(child.completed(house.states.state_of(ONE, 0)))
    assert known.individual.age is AgeBand.UNDER_14


def test_a_no_under_another_name_of_the_same_individual_stands(house: Deciding) -> None:
    house.give(person=ONE)
    house.withdraw(person=OTHER)
    assert house.ask().permits
    recorder = house.tea.recorder
    draft = recorder.draft(Kind.ALIASES_MERGED, {"method": "login"}, person=ONE, also=OTHER)
    house.tea.opened.log.append([draft])
    for person in (ONE, OTHER):
        assert house.ask(person=person).decision.outcome is Outcome.REFUSE
    house.tea.opened.log.publish()
    assert house.ask(person=OTHER).decision.outcome is Outcome.REFUSE
    house.give(person=ONE)
    assert house.ask(person=OTHER).permits


def test_a_register_that_changes_is_used_at_once(house: Deciding) -> None:
    house.give()
    assert house.ask().permits
    register = house.tea.register
    without = replace(
        register, activities=tuple(a for a in register.activities if a.activity != "wall")
    )
    house.tea.serve(without)
    answer = house.ask()
    assert answer.decision.by[0].rule is Rule.ACTIVITY
    assert answer.register == house.tea.in_force[-1].register


def test_a_batch_is_answered_in_order_and_recorded_as_a_run(house: Deciding) -> None:
    house.give()
    questions = [
        Question(person=person, request=WALL, stated=ADULT) for person in (ONE, OTHER, ONE)
    ]
    decided = house.desk.answer_all(questions, mode=Mode.STRICT)
    assert [one.answer.permits for one in decided] == [True, False, True]
    assert [one.answer.recorded for one in decided] == [1, 2, 3]
    payload = house.tea.payload(decided[0].answer.recorded)  # type: ignore[arg-type]
    assert payload["outcome"] == "permit"
    assert payload["consents"] == ["0"]


@pytest.mark.parametrize("count", [0, MOST_ASKED + 1])
def test_a_batch_has_its_limits(house: Deciding, count: int) -> None:
    question = Question(person=ONE, request=WALL)
    with pytest.raises(AskedTooManyError) as caught:
        house.desk.answer_all([question] * count, mode=Mode.STRICT)
    assert caught.value.code == "batch-too-large"
    assert house.states.seen().position == 0


def test_an_answer_that_cannot_be_recorded_is_not_given(house: Deciding) -> None:
    desk = replace(house.desk, recorder=None)
    assert not desk.answer(ONE, WALL, stated=ADULT).permits
    for mode in (Mode.ASYNC, Mode.STRICT):
        with pytest.raises(NotRecordedError):
            desk.answer(ONE, WALL, stated=ADULT, mode=mode)


def test_a_queued_answer_is_in_the_log_soon(house: Deciding) -> None:
    answer = house.ask(mode=Mode.ASYNC)
    assert (answer.recorded, answer.mode) == (None, Mode.ASYNC)
    house.tea.opened.log.append(
        [house.tea.recorder.draft(Kind.ALIASES_MERGED, {"method": "x"}, person=ONE, also=OTHER)]
    )
    kinds = [record.leaf.kind for record in house.tea.opened.log.newest()]
    assert Kind.DECISION.value in kinds


def test_an_explanation_shows_what_held_and_what_failed(house: Deciding) -> None:
    question = Question(person=ONE, request=WALL, stated=ADULT)
    (decided,) = house.desk.answer_all([question])
    weighed = house.desk.explain(decided)
    failed = tuple(one.ruling for one in weighed if not one.holds)
    assert failed == decided.answer.decision.by
    assert Rule.BASIS in {one.ruling.rule for one in weighed if one.holds}


def test_an_installation_without_a_log_knows_nobody() -> None:
    states = NobodyKnown()
    assert states.seen().position == 0
    assert states.state_before(ONE, 0).consents == {}
