"""Names that turn out to be one individual's, switches, restriction, objection."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import product

import pytest
from tests.usecases.consent.consent_kit import CHILD, GUEST, LIN, NEARBY, PLACE, TeaHouse

from chengnuo.base.errors import ChengnuoError
from chengnuo.base.instant import to_us
from chengnuo.domain.consent.event import Act
from chengnuo.domain.individual.standing import AccountState
from chengnuo.domain.register.ids import ActivityId, AppId, SwitchId
from chengnuo.law.age import AgeBand
from chengnuo.ports.individuals import PersonKey

NEAR_FIRST = SwitchId("near-first")
PHONE = PersonKey("4d" * 32)


def test_a_merge_is_one_record_in_both_chains(house: TeaHouse) -> None:
    house.answer(NEARBY)
    house.answer(NEARBY, person=GUEST)
    merged = house.consents.merge(LIN, GUEST, method="sign-in")
    record = house.opened.log.record(merged.position)
    tags = house.opened.payloads.tag
    assert record.leaf.also is not None
    assert (bytes.fromhex(record.leaf.tag), bytes.fromhex(record.leaf.also.tag)) == (
        tags(LIN),
        tags(GUEST),
    )
    assert house.consents.names_of(GUEST) == {LIN, GUEST}


def test_a_merge_never_turns_a_no_into_a_yes(quiet: TeaHouse) -> None:
    cases = product((Act.REFUSE, Act.WITHDRAW), (True, False), (True, False))
    for number, (no, yes_first, yes_by_one) in enumerate(cases):
        one, other = PersonKey(f"{2 * number:064x}"), PersonKey(f"{2 * number + 1:064x}")
        yes_by, no_by = (one, other) if yes_by_one else (other, one)
        if yes_first:
            quiet.answer(NEARBY, person=yes_by)
        if no is Act.WITHDRAW:
            quiet.answer(NEARBY, person=no_by)
            quiet.withdraw(NEARBY, person=no_by)
        else:
            quiet.answer(NEARBY, no, person=no_by)
        if not yes_first:
            quiet.answer(NEARBY, person=yes_by)
        quiet.consents.merge(one, other, method="sign-in")
        assert quiet.stands(NEARBY, one) is no
        assert quiet.stands(NEARBY, other) is no


def test_what_is_said_after_a_merge_counts_for_every_name(house: TeaHouse) -> None:
    house.answer(NEARBY, Act.REFUSE, person=GUEST)
    house.consents.merge(LIN, GUEST, method="sign-in")
    house.consents.merge(GUEST, PHONE, method="sign-in")
    house.told.clear()
    house.answer(NEARBY, person=PHONE)
    assert house.stands(NEARBY, LIN) is Act.GIVE
    assert {person for person, _ in house.told} == {LIN, GUEST, PHONE}
    house.withdraw(NEARBY, person=LIN)
    assert house.stands(NEARBY, PHONE) is Act.WITHDRAW


def test_merging_again_changes_nothing(house: TeaHouse) -> None:
    first = house.consents.merge(LIN, GUEST, method="sign-in")
    before = house.records()
    assert house.consents.merge(GUEST, LIN, method="sign-in") == first
    assert house.records() == before
    with pytest.raises(ChengnuoError) as refused:
        house.consents.merge(LIN, LIN, method="sign-in")
    assert refused.value.code == "same-individual"


def test_ordinals_are_kept_apart_and_never_reused(house: TeaHouse) -> None:
    house.answer(NEARBY)
    house.answer(NEARBY, person=GUEST)
    house.consents.merge(LIN, GUEST, method="sign-in")
    first = dict(house.consents.everyone())
    assert (first[LIN], first[GUEST]) == (
        house.consents.ordinal_of(LIN),
        house.consents.ordinal_of(GUEST),
    )
    house.erase(GUEST)
    house.consents.open()
    house.answer(NEARBY, person=GUEST)
    again = house.consents.ordinal_of(GUEST)
    assert again is not None
    assert again > max(first.values())


def test_a_switch_is_read_again_as_it_was_set(house: TeaHouse) -> None:
    house.consents.set_switch(LIN, NEAR_FIRST, on=True, surface="centre", app=AppId("tea"))
    assert house.state().switches == {NEAR_FIRST: True}
    recorded = house.consents.set_switch(LIN, NEAR_FIRST, on=False, surface="centre")
    assert house.state().switches == {NEAR_FIRST: False}
    assert house.opened.log.record(recorded.position).leaf.kind == "switch-set"
    assert [state.switches[NEAR_FIRST] for _, state in house.told] == [True, False]


@pytest.mark.parametrize(
    ("switch", "app"),
    [(SwitchId("far-first"), None), (NEAR_FIRST, AppId("coffee"))],
    ids=["unknown", "of another app"],
)
def test_a_wrong_switch_is_refused(quiet: TeaHouse, switch: SwitchId, app: AppId | None) -> None:
    before = quiet.records()
    with pytest.raises(ChengnuoError) as refused:
        quiet.consents.set_switch(LIN, switch, on=True, surface="centre", app=app)
    assert (refused.value.code, quiet.records()) == ("no-such-switch", before)


def test_a_switch_turned_off_under_one_name_stays_off_when_names_are_joined(
    house: TeaHouse,
) -> None:
    house.consents.set_switch(GUEST, NEAR_FIRST, on=False, surface="centre")
    house.consents.set_switch(LIN, NEAR_FIRST, on=True, surface="centre")
    house.consents.merge(LIN, GUEST, method="sign-in")
    assert house.state().switches == {NEAR_FIRST: False}


def test_a_restriction_and_an_objection_hold_until_they_are_ended(house: TeaHouse) -> None:
    wall = ActivityId("wall")
    house.consents.restrict(LIN, on=True)
    house.consents.object_to(LIN, wall)
    assert house.state().individual.restricted
    assert house.state().objects_to == {wall}
    house.consents.restrict(LIN, on=False)
    house.consents.object_to(LIN, wall, on=False)
    assert not house.state().individual.restricted
    assert house.state().objects_to == frozenset()
    with pytest.raises(ChengnuoError) as refused:
        house.consents.object_to(LIN, ActivityId("cellar"))
    assert refused.value.code == "no-such-activity"


def test_the_latest_birth_date_and_the_most_active_account_count(house: TeaHouse) -> None:
    today = house.clock.now().date()
    house.consents.know(LIN, birth_date=today.replace(year=1890), account=AccountState.CANCELLED)
    house.consents.know(GUEST, birth_date=today.replace(year=2020), account=AccountState.ACTIVE)
    assert house.state().individual.age is AgeBand.ADULT
    assert house.state().individual.account is AccountState.CANCELLED
    house.consents.merge(LIN, GUEST, method="sign-in")
    assert house.state().individual.age is AgeBand.UNDER_14
    assert house.state().individual.account is AccountState.ACTIVE
    with pytest.raises(ChengnuoError) as refused:
        house.consents.know(LIN, birth_date=today.replace(year=2027))
    assert refused.value.code == "birth-date-in-future"


@pytest.mark.parametrize("again", [False, True], ids=["looked through", "made anew"])
@pytest.mark.parametrize(
    ("born", "then", "until"),
    [
        pytest.param(date(2016, 5, 4), AgeBand.UNDER_14, date(2030, 12, 31), id="a child"),
        pytest.param(date(2010, 5, 4), AgeBand.FROM_14_TO_17, date(2028, 12, 31), id="a teen"),
    ],
)
def test_nobody_is_older_because_a_joined_name_is_erased(
    house: TeaHouse, born: date, then: AgeBand, until: date, again: bool
) -> None:
    """The other names keep the year of birth, protectively read, and not the date."""
    house.consents.know(GUEST, birth_date=born)
    house.consents.know(CHILD, account=AccountState.ACTIVE)
    house.consents.merge(LIN, GUEST, method="sign-in")
    house.consents.merge(GUEST, CHILD, method="sign-in")
    house.erase(GUEST)
    if again:
        house.consents.rebuild()
    house.consents.open()
    for name in (LIN, CHILD):
        assert house.consents.names(name) == {name}
        assert house.state(name).individual.age is then
        (known,) = house.consents.keeper.kept(name).known
        assert known.birth_date == date(born.year, 12, 31)
        ends = datetime.combine(until, time(12), tzinfo=UTC)
        assert house.consents.state_of(name, to_us(ends)).individual.age is then
        later = house.consents.state_of(name, to_us(ends + timedelta(days=1))).individual.age
        assert later not in {then, AgeBand.UNKNOWN}
    house.consents.know(LIN, birth_date=date(1990, 5, 4))  # the operator's word counts again
    assert house.state(LIN).individual.age is AgeBand.ADULT


def test_a_newborns_year_is_not_over_and_protects(house: TeaHouse) -> None:
    today = house.clock.now().date()
    house.consents.know(GUEST, birth_date=today)
    house.consents.merge(LIN, GUEST, method="sign-in")
    house.erase(GUEST)
    house.consents.open()
    (known,) = house.consents.keeper.kept(LIN).known
    assert known.birth_date is not None
    assert known.birth_date > today
    assert house.state(LIN).individual.age is AgeBand.UNDER_14


def test_nothing_is_known_of_somebody_unknown(quiet: TeaHouse) -> None:
    state = quiet.state(PersonKey("9f" * 32))
    assert (state.consents, state.switches, state.individual.suppressed) == ({}, {}, False)
    assert quiet.consents.ordinal_of(PersonKey("9f" * 32)) is None
    assert quiet.consents.history(PersonKey("9f" * 32)) == ()
    assert PLACE not in state.consents
