"""The state after a crash, after a rebuild and after an erasure: always what the log says."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.adapters.moving.moving_kit import held
from tests.usecases.consent.consent_kit import (
    CHILD,
    GUEST,
    LIN,
    MINORS,
    NEARBY,
    PARENT,
    PLACE,
    WALL,
    TeaHouse,
)
from tests.usecases.consent.test_answering import UNDER_14

from chengnuo.adapters.sqlite.database import SqliteDatabase
from chengnuo.base.errors import ChengnuoError, UnavailableError
from chengnuo.domain.consent.event import Act
from chengnuo.domain.consent.what_follows import FollowKind
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.register.ids import ActivityId, SwitchId
from chengnuo.ports.consents import Change
from chengnuo.ports.evidence_log import LogBusyError, LogUnavailableError
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.decision.chain_states import ChainStates

PEOPLE = (LIN, GUEST, CHILD)


class KilledError(Exception):
    """Stands for a process that ended there."""


@dataclass
class Dying:
    """A store that dies before it takes the next change in, once told to."""

    house: TeaHouse
    armed: bool = False

    def __getattr__(self, name: str) -> object:
        return getattr(self.house.data.consents, name)

    def apply(
        self,
        changes: Sequence[Change],
        *,
        ordinals: Sequence[tuple[PersonKey, int]],
        position: int,
    ) -> None:
        if self.armed:
            raise KilledError
        self.house.data.consents.apply(changes, ordinals=ordinals, position=position)


def snapshot(house: TeaHouse) -> object:
    """Return all that anybody can ask of the state."""
    return [
        (
            house.state(person),
            house.consents.history(person),
            house.consents.follow_ups(person),
            house.consents.names_of(person),
            house.consents.ordinal_of(person),
        )
        for person in PEOPLE
    ]


def much(house: TeaHouse) -> None:
    """Do one of everything."""
    house.consents.know(CHILD, birth_date=UNDER_14)
    house.answer(MINORS, person=CHILD, guardian=PARENT)
    house.answer(PLACE)
    house.answer(NEARBY, Act.REFUSE, person=GUEST)
    withdrawn = house.withdraw(PLACE).position
    house.consents.acknowledge(LIN, withdrawn, FollowKind.STOP)
    house.wait(minutes=1)
    house.consents.undo(LIN, withdrawn, surface="centre")
    house.answer(WALL, until=house.clock.now() + timedelta(minutes=5))
    house.wait(minutes=6)
    house.consents.expire_due()
    house.consents.set_switch(GUEST, SwitchId("near-first"), on=False, surface="centre")
    house.consents.merge(LIN, GUEST, method="sign-in")
    house.consents.restrict(CHILD, on=True)
    house.consents.object_to(GUEST, ActivityId("wall"))
    house.withdraw(PLACE, person=GUEST)


def test_a_state_made_again_from_nothing_is_the_same(house: TeaHouse) -> None:
    much(house)
    before, told = snapshot(house), len(house.told)
    house.consents.rebuild()
    assert snapshot(house) == before
    assert len(house.told) > told


def test_a_state_replayed_twice_is_the_same(house: TeaHouse) -> None:
    much(house)
    before = snapshot(house)
    store = house.data.consents
    with store.database.write() as connection:
        connection.exec_driver_sql("UPDATE consent_state SET position = 0")
    house.start_again()
    assert snapshot(house) == before


@pytest.mark.parametrize("act", ["give", "withdraw", "merge", "switch"])
def test_what_was_recorded_before_a_crash_is_in_force_after_it(house: TeaHouse, act: str) -> None:
    house.answer(NEARBY, person=GUEST)
    dying = Dying(house)
    house.consents._keeper.store = dying  # type: ignore[assignment]  # noqa: SLF001  where the process ends
    if act in {"withdraw", "merge"}:
        house.answer(NEARBY)
    dying.armed = True
    with pytest.raises(KilledError):
        do(house, act, LIN, NEARBY, 1)
    with pytest.raises(KilledError):
        house.state()  # nobody reads a state that lacks what is recorded
    house.start_again()
    after = snapshot(house)
    match act:
        case "give":
            assert house.stands(NEARBY) is Act.GIVE
        case "withdraw":
            assert house.stands(NEARBY) is Act.WITHDRAW
        case "merge":
            assert house.consents.names_of(LIN) == {LIN, GUEST}
        case _:
            assert house.state().switches == {SwitchId("near-first"): True}
    house.consents.rebuild()
    assert snapshot(house) == after


def test_an_act_that_failed_midway_is_taken_in_and_told_by_the_next_read(house: TeaHouse) -> None:
    house.answer(NEARBY)
    dying = Dying(house)
    house.consents._keeper.store = dying  # type: ignore[assignment]  # noqa: SLF001  where the database fails
    dying.armed = True
    with pytest.raises(KilledError):
        house.withdraw(NEARBY)
    house.told.clear()
    dying.armed = False
    assert house.stands(NEARBY) is Act.WITHDRAW
    assert [(person, state.consents[NEARBY].act) for person, state in house.told] == [
        (LIN, Act.WITHDRAW)
    ]


class Full:
    """A log whose queue or disk is full: everything can be read and nothing written."""

    def __init__(self, log: object, error: Exception) -> None:
        self._log, self._error = log, error

    def append(self, drafts: object) -> None:
        del drafts
        raise self._error

    def __getattr__(self, name: str) -> object:
        return getattr(self._log, name)


@pytest.mark.parametrize("error", [LogBusyError(), LogUnavailableError("the disk is full")])
def test_nothing_is_in_force_that_could_not_be_recorded(
    house: TeaHouse, error: UnavailableError
) -> None:
    house.answer(NEARBY)
    before, records = snapshot(house), house.records()
    keeper = house.consents._keeper  # noqa: SLF001  where the log fails
    good = keeper.recorder
    keeper.recorder = replace(good, log=Full(good.log, error))  # type: ignore[arg-type]
    house.told.clear()
    for act in (lambda: house.withdraw(NEARBY), lambda: house.answer(PLACE)):
        with pytest.raises(type(error)) as refused:
            act()
        assert LIN not in str(refused.value)
    keeper.recorder = good
    assert (snapshot(house), house.records()) == (before, records)
    house.withdraw(NEARBY)
    assert house.stands(NEARBY) is Act.WITHDRAW


def test_records_of_others_in_between_are_looked_through(house: TeaHouse) -> None:
    house.answer(NEARBY)
    for number in range(600):
        values = {"act": "signed-in", "account": f"a{number}", "role": "staff"}
        house.opened.log.enqueue([house.recorder.draft(Kind.STAFF_SIGN_IN, values)])
    house.withdraw(NEARBY)
    assert house.data.consents.position() < house.records()
    house.answer(WALL)
    house.answer(PLACE)
    assert house.data.consents.position() == house.records()
    before = snapshot(house)
    house.consents.rebuild()
    assert snapshot(house) == before


def test_a_state_of_a_later_log_is_refused(house: TeaHouse) -> None:
    house.answer(NEARBY)
    with house.data.database.write() as connection:
        connection.exec_driver_sql("UPDATE consent_state SET position = 10000")
    with pytest.raises(ChengnuoError) as refused:
        house.consents.open()
    assert refused.value.code == "consent-ahead-of-log"
    with pytest.raises(ChengnuoError):
        house.state()
    house.consents.rebuild()
    assert house.stands(NEARBY) is Act.GIVE


@pytest.mark.parametrize("way", ["live", "started again", "rebuilt"])
def test_of_somebody_erased_nothing_is_kept_and_nothing_counts(house: TeaHouse, way: str) -> None:
    house.answer(NEARBY)
    house.answer(PLACE)
    house.withdraw(PLACE)
    house.consents.know(LIN, birth_date=UNDER_14)
    house.answer(NEARBY, person=GUEST)
    house.erase(LIN)
    assert house.state().consents == {}  # at once, before anything is dropped
    if way == "live":
        house.consents.open()
    elif way == "rebuilt":
        house.consents.rebuild()
    else:
        house.start_again()
    assert (house.state().consents, house.consents.history(LIN)) == ({}, ())
    assert house.consents.follow_ups() == ()
    assert house.state().individual.suppressed
    assert house.consents.ordinal_of(LIN) is None
    assert house.stands(NEARBY, GUEST) is Act.GIVE
    database = house.data.database
    assert LIN not in str(held(database))
    if isinstance(database, SqliteDatabase):
        database.close()  # which empties the journal into the file
        assert LIN.encode() not in database.path.read_bytes()


def test_after_a_deletion_the_proof_of_consent_stays_and_nothing_may_be_used(
    house: TeaHouse,
) -> None:
    house.answer(NEARBY)
    house.erase(LIN, proof=False)
    house.consents.open()
    assert house.stands(NEARBY) is Act.GIVE
    assert house.state().individual.suppressed
    house.consents.rebuild()
    assert house.state().individual.suppressed


@pytest.mark.parametrize("way", ["read", "live", "rebuilt"])
def test_erasing_one_of_two_names_never_turns_a_no_into_a_yes(house: TeaHouse, way: str) -> None:
    house.answer(NEARBY)
    house.answer(WALL, Act.REFUSE)
    house.answer(NEARBY, Act.REFUSE, person=GUEST)
    house.consents.merge(LIN, GUEST, method="sign-in")
    house.erase(GUEST)
    if way == "live":
        house.consents.open()
    elif way == "rebuilt":
        house.consents.rebuild()
    assert house.stands(NEARBY) is not Act.GIVE
    assert house.stands(WALL) is Act.REFUSE
    house.answer(NEARBY)
    assert house.stands(NEARBY) is Act.GIVE


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["give", "refuse", "withdraw", "merge", "switch", "undo", "wait", "done"]),
        st.sampled_from(PEOPLE),
        st.sampled_from([NEARBY, PLACE]),
        st.integers(0, 7),
    ),
    max_size=12,
)


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_whatever_happened_a_rebuilt_state_is_the_same(
    quiet: TeaHouse, acts: list[tuple[str, PersonKey, object, int]]
) -> None:
    house = quiet
    for act, person, item, number in acts:
        try:
            do(house, act, person, item, number)
        except ChengnuoError:
            continue  # refused, as it may be
    before = snapshot(house)
    house.consents.rebuild()
    assert snapshot(house) == before
    chains = ChainStates(log=house.opened.log, payloads=house.opened.payloads)
    for person in PEOPLE:  # the log read chain by chain says the same
        assert chains.state_of(person, house.consents.seen().at) == house.state(person)


def do(house: TeaHouse, act: str, person: PersonKey, item: object, number: int) -> None:
    match act:
        case "give":
            house.answer(item, person=person)  # type: ignore[arg-type]
        case "refuse":
            house.answer(item, Act.REFUSE, person=person)  # type: ignore[arg-type]
        case "withdraw":
            house.withdraw(item, person=person)  # type: ignore[arg-type]
        case "merge":
            house.consents.merge(person, PEOPLE[number % 3], method="sign-in")
        case "switch":
            on = bool(number % 2)
            house.consents.set_switch(person, SwitchId("near-first"), on=on, surface="centre")
        case "undo":
            for entry in house.consents.can_undo(person):
                house.consents.undo(person, entry.event.position, surface="centre")
        case "wait":
            house.wait(minutes=number)
        case _:
            for one in house.consents.follow_ups(person, due_at=house.clock.now()):
                house.consents.acknowledge(
                    person, one.withdrawal, one.kind, recipient=one.recipient
                )
