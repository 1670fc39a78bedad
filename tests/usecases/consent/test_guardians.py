"""Guardians of a child: asking, stating, ending; who stands in whose way; clocks of fourteen.

Every act is a record in the child's chain, and the state made again from the log is the same.
"""

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.usecases.consent.consent_kit import CHILD, GUEST, LIN, MINORS, TeaHouse

from chengnuo.base.errors import ChengnuoError
from chengnuo.domain.consent.entry import Guardian
from chengnuo.domain.consent.event import Act
from chengnuo.domain.consent.guardians import Speaker
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.law.age import AgeBand
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.consent.guardian_desk import GuardianDesk
from chengnuo.usecases.consent.guardians import guardian_tag

MOTHER, FATHER = PersonKey("5e" * 32), PersonKey("6f" * 32)
BORN = date(2016, 5, 4)
GROWN = date(1990, 5, 4)


@pytest.fixture
def desk(house: TeaHouse) -> GuardianDesk:
    house.consents.told(CHILD, birth_date=BORN)
    for one in (MOTHER, FATHER):
        house.consents.told(one, birth_date=GROWN)
    return GuardianDesk(house.consents)


def by(guardian: PersonKey, relation: str = "mother") -> Guardian:
    return Guardian(relation=relation, method="own-device", who=guardian_tag(guardian))


def code_of(refused: pytest.ExceptionInfo[ChengnuoError]) -> str:
    return refused.value.code


def give(house: TeaHouse, guardian: PersonKey) -> None:
    house.answer(MINORS, person=CHILD, guardian=by(guardian), by=guardian)


def refused(house: TeaHouse, guardian: PersonKey) -> str:
    with pytest.raises(ChengnuoError) as found:
        give(house, guardian)
    return code_of(found)


def kinds(house: TeaHouse) -> list[str]:
    log = house.opened.log
    return [log.record(position).leaf.kind for position in range(house.records())]


def test_whoever_cannot_be_a_guardian_acts_by_no_door(house: TeaHouse, desk: GuardianDesk) -> None:
    """The desk itself looks at who acts, whatever a door has looked at; nothing is recorded."""
    give(house, MOTHER)
    withdrawn = house.consents.withdraw(
        CHILD, MINORS, surface="centre", steps=1, guardian=by(MOTHER), by=MOTHER
    )
    give(house, MOTHER)
    house.consents.know(FATHER, birth_date=BORN.replace(year=2010))  # as no door tells it
    before = house.records()
    for who, tag in ((FATHER, FATHER), (CHILD, CHILD), (MOTHER, FATHER), (None, MOTHER)):
        said = by(tag)
        acts = (
            lambda who=who, said=said: house.answer(MINORS, person=CHILD, guardian=said, by=who),
            lambda who=who, said=said: house.answer(
                MINORS, Act.REFUSE, person=CHILD, guardian=said, by=who
            ),
            lambda who=who, said=said: house.consents.withdraw(
                CHILD, MINORS, surface="centre", steps=1, guardian=said, by=who
            ),
            lambda who=who, said=said: house.consents.undo(
                CHILD, withdrawn.position, surface="centre", guardian=said, by=who
            ),
        )
        for act in acts:
            with pytest.raises(ChengnuoError) as found:
                act()
            assert code_of(found) == "not-a-guardian"
    assert house.records() == before
    assert desk.guardians(CHILD)[0].relation.stands


def test_an_asking_waits_once_and_until_something_is_decided(
    house: TeaHouse, desk: GuardianDesk
) -> None:
    first = desk.ask(CHILD, MINORS)
    assert desk.ask(CHILD, MINORS) == first
    (waiting,) = desk.waiting(CHILD)
    assert (waiting.item, waiting.position) == (MINORS, first.position)
    house.answer(MINORS, Act.REFUSE, person=CHILD, guardian=by(MOTHER), by=MOTHER)
    assert desk.waiting(CHILD) == ()
    assert desk.ask(CHILD, MINORS).position > first.position
    desk.withdraw_asking(CHILD, MINORS)
    with pytest.raises(ChengnuoError) as twice:
        desk.withdraw_asking(CHILD, MINORS)
    assert code_of(twice) == "nothing-asked"
    assert kinds(house).count(Kind.GUARDIANSHIP) == 4  # asked twice, taken back, stated once


def test_the_operators_word_states_a_relation_with_the_first_act(
    house: TeaHouse, desk: GuardianDesk
) -> None:
    give(house, MOTHER)
    assert kinds(house) == [Kind.GUARDIANSHIP, Kind.CONSENT_GIVEN]
    (one,) = desk.guardians(CHILD)
    assert one.relation.stands
    assert one.words == by(MOTHER)
    assert desk.stated(CHILD, MOTHER) == by(MOTHER)
    assert desk.stated(CHILD, FATHER) is None


@pytest.mark.parametrize(
    ("guardian", "born", "vouched", "may"),
    [
        pytest.param(CHILD, GROWN, True, False, id="the child themself"),
        pytest.param(MOTHER, date(2010, 1, 1), True, False, id="a minor"),
        pytest.param(MOTHER, None, False, False, id="unknown, by a code"),
        pytest.param(MOTHER, None, True, True, id="unknown, by the operator"),
        pytest.param(MOTHER, GROWN, False, True, id="an adult, by a code"),
    ],
)
def test_who_can_be_a_guardian(
    house: TeaHouse, guardian: PersonKey, born: date | None, vouched: bool, may: bool
) -> None:
    house.consents.told(CHILD, birth_date=BORN)
    house.consents.told(guardian, birth_date=born)
    desk = GuardianDesk(house.consents)
    state = desk.state_by_operator if vouched else desk.state_by_code
    if may:
        state(CHILD, guardian, relation="mother", method="own-device")
        assert desk.guardians(CHILD)[0].relation.stands
        return
    with pytest.raises(ChengnuoError) as found:
        state(CHILD, guardian, relation="mother", method="own-device")
    assert code_of(found) == "not-a-guardian"
    assert house.records() == 0


def test_the_childs_other_name_is_no_guardian(house: TeaHouse, desk: GuardianDesk) -> None:
    house.consents.merge(CHILD, GUEST, method="sign-in")
    with pytest.raises(ChengnuoError) as found:
        desk.state_by_operator(CHILD, GUEST, relation="mother", method="papers")
    assert code_of(found) == "not-a-guardian"


@pytest.mark.parametrize("no", [Act.REFUSE, Act.WITHDRAW])
def test_the_no_of_one_guardian_stands_until_that_one_takes_it_back(
    house: TeaHouse, desk: GuardianDesk, no: Act
) -> None:
    give(house, MOTHER)
    if no is Act.REFUSE:
        house.answer(MINORS, no, person=CHILD, guardian=by(FATHER), by=FATHER)
    else:
        withdraw = house.consents.withdraw
        withdraw(CHILD, MINORS, surface="centre", steps=1, guardian=by(FATHER), by=FATHER)
    position = house.consents.history(CHILD)[0].event.position
    assert house.stands(MINORS, CHILD) is no
    assert refused(house, MOTHER) == "other-guardian-refused"
    if no is Act.WITHDRAW:
        with pytest.raises(ChengnuoError) as undone:
            house.consents.undo(CHILD, position, surface="centre", guardian=by(MOTHER), by=MOTHER)
        assert code_of(undone) == "other-guardian-refused"
    give(house, FATHER)
    give(house, MOTHER)
    assert desk.refused_by_another(CHILD, MOTHER, MINORS) is False


@pytest.mark.parametrize("speaker", list(Speaker))
def test_what_was_given_ends_with_the_relation(
    house: TeaHouse, desk: GuardianDesk, speaker: Speaker
) -> None:
    give(house, MOTHER)
    over, ended = desk.end(CHILD, MOTHER, speaker, reason="divorce")
    assert (over.position + 1, over.at) == (ended.position, ended.at)
    assert house.stands(MINORS, CHILD) is Act.GUARDIAN_ENDED
    assert refused(house, MOTHER) == "guardian-relation-ended"
    with pytest.raises(ChengnuoError) as again:
        desk.end(CHILD, MOTHER, speaker, reason="divorce")
    assert code_of(again) == "no-guardian-relation"
    firm = speaker in {Speaker.OTHER, Speaker.OPERATOR}
    if firm:
        with pytest.raises(ChengnuoError) as stated:
            desk.state_by_code(CHILD, MOTHER, relation="mother", method="own-device")
        assert code_of(stated) == "guardian-relation-ended"
        desk.state_by_operator(CHILD, MOTHER, relation="mother", method="papers")
    else:
        desk.state_by_code(CHILD, MOTHER, relation="mother", method="own-device")
    give(house, MOTHER)
    assert house.stands(MINORS, CHILD) is Act.GIVE


@pytest.mark.parametrize("speaker", list(Speaker))
def test_a_no_falls_with_the_relation_by_the_word_of_two_alone(
    house: TeaHouse, desk: GuardianDesk, speaker: Speaker
) -> None:
    house.answer(MINORS, Act.REFUSE, person=CHILD, guardian=by(FATHER), by=FATHER)
    desk.end(CHILD, FATHER, speaker, reason="said")
    if speaker in {Speaker.GUARDIAN, Speaker.OPERATOR}:
        give(house, MOTHER)
    else:
        assert refused(house, MOTHER) == "other-guardian-refused"


def test_of_other_guardians_consents_nothing_ends(house: TeaHouse, desk: GuardianDesk) -> None:
    give(house, FATHER)
    give(house, MOTHER)
    assert len(desk.end(CHILD, FATHER, Speaker.OPERATOR, reason="said")) == 1
    assert house.stands(MINORS, CHILD) is Act.GIVE


def test_a_guardian_who_turns_out_to_be_a_minor_is_none(
    house: TeaHouse, desk: GuardianDesk
) -> None:
    give(house, MOTHER)
    house.consents.told(MOTHER, birth_date=date(2010, 1, 1))
    assert house.stands(MINORS, CHILD) is Act.GUARDIAN_ENDED
    house.consents.told(MOTHER, birth_date=date(2010, 1, 1))
    house.consents.told(MOTHER, birth_date=GROWN)
    assert refused(house, MOTHER) == "guardian-relation-ended"
    assert [one.relation.stands for one in desk.guardians(CHILD)] == [False]


def test_a_replay_makes_the_same_of_it(house: TeaHouse, desk: GuardianDesk) -> None:
    give(house, MOTHER)
    desk.ask(CHILD, MINORS)
    house.answer(MINORS, Act.REFUSE, person=CHILD, guardian=by(FATHER), by=FATHER)
    desk.end(CHILD, FATHER, Speaker.OTHER, reason="said")
    desk.ask(CHILD, MINORS)
    before = (desk.guardians(CHILD), desk.waiting(CHILD), house.consents.history(CHILD))
    house.consents.rebuild()
    assert (desk.guardians(CHILD), desk.waiting(CHILD), house.consents.history(CHILD)) == before
    house.start_again()
    again = GuardianDesk(house.consents)
    assert (again.guardians(CHILD), again.waiting(CHILD)) == before[:2]
    assert refused(house, MOTHER) == "other-guardian-refused"


def test_a_guardian_is_a_tag_in_the_record_and_nobody_can_be_read_from_it(
    house: TeaHouse, desk: GuardianDesk
) -> None:
    give(house, MOTHER)
    desk.end(CHILD, MOTHER, Speaker.CHILD, reason="said")
    for position in range(house.records()):
        record = house.opened.log.record(position)
        payload = house.opened.payloads.opened(record).payload or b""
        assert MOTHER.encode() not in payload
    assert b"1990" not in payload


@pytest.mark.parametrize(
    ("born", "last"),
    [
        pytest.param(date(2012, 11, 30), date(2026, 11, 30), id="an ordinary day"),
        pytest.param(date(2012, 12, 31), date(2026, 12, 31), id="the end of a year"),
        pytest.param(date(2012, 2, 29), date(2026, 2, 28), id="a leap day"),
    ],
)
@pytest.mark.parametrize("years", [14, 18])
def test_a_birthday_moves_the_band_at_midnight_in_china(
    house: TeaHouse, born: date, last: date, years: int
) -> None:
    more = years - 14
    born = born.replace(year=born.year + 4 * (more // 4)) if more else born
    last = last.replace(year=born.year + years)
    if (born.month, born.day) == (2, 29):
        last = date(born.year + years, 3, 1) - timedelta(days=1)
    midnight = datetime(last.year, last.month, last.day, 16, tzinfo=UTC)  # +08:00
    house.clock.at = midnight - timedelta(microseconds=1)
    house.consents.know(LIN, birth_date=born)
    before, after = (
        (AgeBand.UNDER_14, AgeBand.FROM_14_TO_17)
        if years == 14
        else (AgeBand.FROM_14_TO_17, AgeBand.ADULT)
    )
    assert house.state(LIN).individual.age is before
    house.clock.at = midnight
    assert house.state(LIN).individual.age is after


def test_at_fourteen_the_sweep_hands_over_and_ends_the_relations(
    house: TeaHouse, desk: GuardianDesk
) -> None:
    house.consents.told(CHILD, birth_date=date(2012, 11, 30))
    give(house, MOTHER)
    house.consents.end_what_is_over()
    assert house.stands(MINORS, CHILD) is Act.GIVE
    house.wait(days=20)
    house.consents.end_what_is_over()
    assert house.stands(MINORS, CHILD) is Act.HAND_OVER
    (one,) = desk.guardians(CHILD)
    assert one.relation.ended_by == {Speaker.CHILD}
    written = house.records()
    house.wait(days=1)
    house.consents.end_what_is_over()
    assert house.records() == written


def test_a_birth_date_corrected_and_back_lets_nothing_through(
    house: TeaHouse, desk: GuardianDesk
) -> None:
    give(house, MOTHER)
    house.consents.told(CHILD, birth_date=date(2010, 5, 4))
    assert house.stands(MINORS, CHILD) is Act.HAND_OVER
    house.consents.told(CHILD, birth_date=BORN)
    assert house.state(CHILD).individual.age is AgeBand.UNDER_14
    assert house.stands(MINORS, CHILD) is Act.HAND_OVER
    with pytest.raises(ChengnuoError) as alone:
        house.answer(MINORS, person=CHILD)
    assert code_of(alone) == "guardian-needed"
    assert refused(house, MOTHER) == "guardian-relation-ended"
    desk.state_by_code(CHILD, MOTHER, relation="mother", method="own-device")
    give(house, MOTHER)
    assert house.stands(MINORS, CHILD) is Act.GIVE


@pytest.mark.parametrize(
    ("born", "code"),
    [
        (date(2100, 1, 1), "birth-date-in-future"),
        (date(1850, 1, 1), "birth-date-absurd"),
        (date(1, 1, 1), "birth-date-absurd"),
    ],
)
def test_a_birth_date_that_nobody_can_have_is_refused_and_changes_nothing(
    house: TeaHouse, desk: GuardianDesk, born: date, code: str
) -> None:
    with pytest.raises(ChengnuoError) as found:
        house.consents.told(CHILD, birth_date=born)
    assert code_of(found) == code
    assert str(born.year) not in str(found.value)
    assert desk.guardians(CHILD) == ()
    assert house.state(CHILD).individual.age is AgeBand.UNDER_14
