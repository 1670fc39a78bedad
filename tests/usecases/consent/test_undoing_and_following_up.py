"""What follows from a withdrawal, and undoing it within ten minutes (DECISIONS 18)."""

import json
from datetime import timedelta

import pytest
from tests.usecases.consent.consent_kit import (
    A_PURPOSE,
    ABROAD,
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

from chengnuo.base.errors import ChengnuoError
from chengnuo.domain.consent.event import Act
from chengnuo.domain.consent.what_follows import FollowKind, FollowState

STOP, TELL, DELETE = FollowKind.STOP, FollowKind.TELL, FollowKind.DELETE
OPEN, DONE, OFF = FollowState.OPEN, FollowState.DONE, FollowState.CALLED_OFF


def followed(house: TeaHouse, person: str | None = LIN) -> list[tuple[str, str, str]]:
    return [(one.kind, one.recipient, one.state) for one in house.consents.follow_ups(person)]


def due(house: TeaHouse) -> list[tuple[str, str]]:
    found = house.consents.follow_ups(due_at=house.clock.now())
    return [(one.kind, one.recipient) for one in found]


@pytest.mark.parametrize(
    ("item", "told"),
    [(PLACE, ["maps"]), (ABROAD, ["maps"]), (NEARBY, ["maps"]), (WALL, ["festival"])],
)
def test_a_withdrawal_says_what_has_to_be_stopped_told_and_deleted(
    house: TeaHouse, item: object, told: list[str]
) -> None:
    house.answer(item)  # type: ignore[arg-type]  # the ids above
    house.withdraw(item)  # type: ignore[arg-type]
    assert followed(house) == [
        (STOP, "", OPEN),
        *((TELL, recipient, OPEN) for recipient in told),
        (DELETE, "", OPEN),
    ]


def test_what_was_called_off_or_due_before_is_left_out_since_an_instant(house: TeaHouse) -> None:
    house.answer(PLACE)
    house.withdraw(PLACE)
    every = house.consents.follow_ups()
    before = house.clock.now() - timedelta(days=1)
    assert house.consents.follow_ups(since=before) == every
    house.wait(minutes=60 * 24 * 40)
    assert house.consents.follow_ups(since=house.clock.now() - timedelta(days=30)) == ()
    assert house.consents.follow_ups(due_at=house.clock.now()) == every
    house.answer(NEARBY)
    house.withdraw(NEARBY)
    later = house.clock.now() - timedelta(days=1)
    assert {one.item for one in house.consents.follow_ups(since=later)} == {NEARBY}


def test_only_stopping_is_due_while_the_withdrawal_can_be_undone(house: TeaHouse) -> None:
    house.answer(PLACE)
    house.wait(minutes=1)
    house.withdraw(PLACE)
    house.wait(minutes=9, seconds=59)
    assert due(house) == [(STOP, "")]
    house.wait(seconds=2)
    assert due(house) == [(STOP, ""), (TELL, "maps"), (DELETE, "")]


def test_each_acknowledgement_is_recorded_and_kept(house: TeaHouse) -> None:
    house.answer(PLACE)
    withdrawn = house.withdraw(PLACE).position
    house.consents.acknowledge(LIN, withdrawn, STOP)
    house.wait(minutes=11)
    told = house.consents.acknowledge(LIN, withdrawn, TELL, recipient="maps")
    assert followed(house) == [(STOP, "", DONE), (TELL, "maps", DONE), (DELETE, "", OPEN)]
    record = house.opened.log.record(told.position)
    payload = house.opened.payloads.opened(record).payload
    assert payload is not None
    assert (record.leaf.kind, record.leaf.item, record.leaf.recipient) == (
        "request-state",
        PLACE,
        "maps",
    )
    assert json.loads(payload) == {
        "request": f"withdrawal-{withdrawn}",
        "right": "withdraw",
        "state": "recipient-told",
        "v": 1,
    }
    (kept,) = [one for one in house.consents.follow_ups(LIN) if one.kind is TELL]
    assert (kept.done, kept.done_at) == (told.position, record.leaf.at)


@pytest.mark.parametrize(
    ("kind", "recipient", "minutes", "code"),
    [
        pytest.param(TELL, "maps", 9, "follow-up-not-due", id="before it is due"),
        pytest.param(TELL, "courier", 11, "no-such-follow-up", id="another recipient"),
        pytest.param(STOP, "", 11, "no-such-follow-up", id="done already"),
    ],
)
def test_a_wrong_acknowledgement_is_refused(
    house: TeaHouse, kind: FollowKind, recipient: str, minutes: int, code: str
) -> None:
    house.answer(PLACE)
    withdrawn = house.withdraw(PLACE).position
    house.consents.acknowledge(LIN, withdrawn, STOP)
    house.wait(minutes=minutes)
    before = house.records()
    with pytest.raises(ChengnuoError) as refused:
        house.consents.acknowledge(LIN, withdrawn, kind, recipient=recipient)
    assert (refused.value.code, house.records()) == (code, before)


def test_nobody_acknowledges_what_follows_from_anothers_withdrawal(house: TeaHouse) -> None:
    house.answer(PLACE)
    withdrawn = house.withdraw(PLACE).position
    with pytest.raises(ChengnuoError) as refused:
        house.consents.acknowledge(GUEST, withdrawn, STOP)
    assert refused.value.code == "no-such-follow-up"


def test_undoing_is_a_new_consent_on_the_same_text(house: TeaHouse) -> None:
    house.answer(PLACE, until=house.clock.now() + timedelta(days=9))
    given = house.consents.history(LIN)[0]
    withdrawn = house.withdraw(PLACE)
    house.wait(minutes=9)
    assert [one.event.position for one in house.consents.can_undo(LIN)] == [withdrawn.position]
    house.consents.undo(LIN, withdrawn.position, surface="centre")
    undone = house.consents.history(LIN)[0]
    assert undone.event.act is Act.GIVE
    assert (undone.event.fingerprint, undone.notice, undone.event.until, undone.reason) == (
        given.event.fingerprint,
        given.notice,
        given.event.until,
        "undo",
    )
    assert followed(house) == [(STOP, "", OFF), (TELL, "maps", OFF), (DELETE, "", OFF)]
    assert house.consents.can_undo(LIN) == ()


def test_a_new_yes_calls_off_what_is_not_due_and_nothing_else(house: TeaHouse) -> None:
    house.answer(PLACE)
    house.withdraw(PLACE)
    house.wait(minutes=11)
    house.answer(PLACE)
    house.answer(NEARBY)
    assert followed(house) == [(STOP, "", OFF), (TELL, "maps", OPEN), (DELETE, "", OPEN)]


def test_ten_minutes_later_a_withdrawal_is_not_undone(house: TeaHouse) -> None:
    house.answer(PLACE)
    house.wait(minutes=1)
    withdrawn = house.withdraw(PLACE).position
    house.wait(minutes=10)
    assert house.consents.can_undo(LIN) == ()
    with pytest.raises(ChengnuoError) as refused:
        house.consents.undo(LIN, withdrawn, surface="centre")
    assert (refused.value.code, house.stands(PLACE)) == ("undo-too-late", Act.WITHDRAW)


def test_a_clock_that_steps_back_gives_no_more_time_to_undo(house: TeaHouse) -> None:
    house.answer(PLACE)
    withdrawn = house.withdraw(PLACE).position
    house.wait(minutes=11)
    house.answer(NEARBY)
    house.clock.pass_by(timedelta(minutes=-11))
    with pytest.raises(ChengnuoError) as refused:
        house.consents.undo(LIN, withdrawn, surface="centre")
    assert refused.value.code == "undo-too-late"


def test_only_ones_own_standing_withdrawal_is_undone(house: TeaHouse) -> None:
    given = house.answer(PLACE).position
    withdrawn = house.withdraw(PLACE).position
    for person, position in ((LIN, given), (GUEST, withdrawn), (LIN, 10**6)):
        with pytest.raises(ChengnuoError) as refused:
            house.consents.undo(person, position, surface="centre")
        assert refused.value.code == "undo-not-possible"
    house.answer(PLACE, Act.REFUSE)
    with pytest.raises(ChengnuoError) as refused:
        house.consents.undo(LIN, withdrawn, surface="centre")
    assert refused.value.code == "undo-not-possible"


def test_a_text_that_has_changed_is_not_agreed_to_by_undoing(house: TeaHouse) -> None:
    house.answer(PLACE)
    withdrawn = house.withdraw(PLACE).position
    house.edit(A_PURPOSE, "{zh: 推荐更多茶舍, en: Show more tea houses}")
    with pytest.raises(ChengnuoError) as refused:
        house.consents.undo(LIN, withdrawn, surface="centre")
    assert refused.value.code == "consent-other-version"


def test_a_form_that_is_not_enough_any_more_is_not_undone_to(house: TeaHouse) -> None:
    house.answer(NEARBY)
    withdrawn = house.withdraw(NEARBY).position
    house.edit(
        "    basis: consent\n    permissions",
        "    basis: consent\n    consent: written\n    permissions",
    )
    with pytest.raises(ChengnuoError) as refused:
        house.consents.undo(LIN, withdrawn, surface="centre")
    assert refused.value.code == "consent-other-version"


def test_a_child_does_not_undo_alone(house: TeaHouse) -> None:
    house.consents.know(CHILD, birth_date=UNDER_14)
    house.answer(MINORS, person=CHILD, guardian=PARENT)
    withdrawn = house.withdraw(MINORS, person=CHILD).position
    with pytest.raises(ChengnuoError) as refused:
        house.consents.undo(CHILD, withdrawn, surface="centre")
    assert refused.value.code == "guardian-needed"
    house.consents.undo(CHILD, withdrawn, surface="centre", guardian=PARENT)
    assert house.stands(MINORS, CHILD) is Act.GIVE
