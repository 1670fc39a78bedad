"""What staff keep back, and what goes once they no longer do."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from tests.usecases.rights.rights_house import LIN, REVIEWER, STAFF, WANG, RightsHouse

from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.register.ids import ActivityId
from chengnuo.domain.rights.machine import Stage
from chengnuo.domain.rights.request import DeletionAsked, Ground, RequestId, Scope
from chengnuo.domain.rights.words import RefusalCode
from chengnuo.law.catalogue import Catalogue
from chengnuo.ports.accounts import AccountId
from chengnuo.usecases.evidence.file_requests import FourEyesError
from chengnuo.usecases.rights.refusals import (
    NoSuchRightsHoldError,
    RightsHoldError,
    RightsReasonError,
)

WHY = "与该账户有关的诉讼正在进行"


@pytest.fixture
def house(tmp_path: Path, catalogue: Catalogue) -> Iterator[RightsHouse]:
    made = RightsHouse(tmp_path / "house", catalogue)
    yield made
    made.close()


def stage_after_work(house: RightsHouse, request: RequestId) -> Stage:
    house.work(minutes=11)
    for task in house.rights.tasks():
        house.rights.task_done(task.id, STAFF, "已经转告")
    return house.rights.seen(request).stage


def refused(house: RightsHouse, request: RequestId) -> list[str]:
    reply = house.rights.seen(request).reply
    return [] if reply is None else [one.code for one in reply.refusals]


def test_what_was_held_back_goes_once_the_hold_is_lifted(house: RightsHouse) -> None:
    house.fill(LIN)
    house.fill(WANG)
    kept = house.rights.hold(LIN, table="main.orders", reason=WHY, by=STAFF)
    asked = house.ask()
    assert stage_after_work(house, asked.request.id) is Stage.PARTLY
    assert refused(house, asked.request.id) == [RefusalCode.HELD_BACK]
    assert house.rows_of(LIN) == 2
    house.rights.sweep()
    house.work()
    assert house.rows_of(LIN) == 2
    house.rights.lift(kept.id, REVIEWER, "诉讼已经终结")
    house.rights.sweep()
    house.work()
    assert (house.rows_of(LIN), house.rows_of(WANG)) == (0, 6)
    for task in house.rights.tasks():
        house.rights.task_done(task.id, STAFF, "已经转告")
    newest = house.rights.seen(house.rights.mine(house.person(LIN))[0].id)
    assert newest.stage is Stage.FULFILLED
    assert [one.residue for one in newest.results] == [0]
    swept = house.rights.sweep()
    assert (swept.came_back, swept.released) == (0, 0)


@pytest.mark.parametrize("ends", ["lifted", "in time"])
def test_a_part_that_was_asked_for_goes_once_the_hold_is_over(
    house: RightsHouse, ends: str
) -> None:
    house.fill(LIN)
    until = house.clock.now() + timedelta(days=1)
    kept = house.rights.hold(LIN, table="main.places", reason=WHY, until=until, by=STAFF)
    activity = next(
        one.activity for one in house.desk.served.register.activities if "main.places" in one.stores
    )
    part = Scope(activities=(ActivityId(activity),))
    asked = house.ask(asked=DeletionAsked(ground=Ground.PURPOSE, scope=part))
    stage_after_work(house, asked.request.id)
    assert RefusalCode.HELD_BACK in refused(house, asked.request.id)
    assert house.rights.sweep().released == 0
    before = house.rows_of(LIN)
    if ends == "lifted":
        house.rights.lift(kept.id, STAFF, "诉讼已经终结")
    else:
        house.wait(minutes=24 * 60)
    assert house.rights.sweep().released == 1
    house.work()
    assert house.rows_of(LIN) == before - 2
    assert house.rights.sweep().released == 0


def test_what_another_hold_keeps_as_well_stays(house: RightsHouse) -> None:
    house.fill(LIN)
    one = house.rights.hold(LIN, table="main.orders", reason=WHY, by=STAFF)
    other = house.rights.hold(LIN, reason=WHY, by=STAFF)
    asked = house.ask()
    stage_after_work(house, asked.request.id)
    assert house.rows_of(LIN) == 6
    house.rights.lift(one.id, STAFF, "这一件已经终结")
    house.rights.sweep()
    house.work()
    assert house.rows_of(LIN) == 6
    house.rights.lift(other.id, STAFF, "另一件也已终结")
    house.rights.sweep()
    house.work()
    assert house.rows_of(LIN) == 0


def test_lifting_takes_a_reviewer_other_than_who_set_it(house: RightsHouse) -> None:
    house.accounts = 2
    kept = house.rights.hold(LIN, reason=WHY, by=REVIEWER)
    for who in (STAFF, REVIEWER):
        with pytest.raises(FourEyesError):
            house.rights.lift(kept.id, who, "诉讼已经终结")
    other = replace(REVIEWER, id=AccountId("reviewer-2"))
    lifted = house.rights.lift(kept.id, other, "诉讼已经终结")
    assert (lifted.lifted_by, lifted.lifted_at) == (other.id, house.clock.now())
    with pytest.raises(NoSuchRightsHoldError):
        house.rights.lift(kept.id, other, "诉讼已经终结")
    assert [one.kept for one in house.rights.holds()] == [lifted]


def test_a_hold_without_reason_or_of_nothing_is_not_set(house: RightsHouse) -> None:
    with pytest.raises(RightsReasonError):
        house.rights.hold(LIN, reason="x", by=STAFF)
    for account, table in (("", ""), (LIN, "main.nowhere")):
        with pytest.raises(RightsHoldError):
            house.rights.hold(account, table=table, reason=WHY, by=STAFF)
    with pytest.raises(RightsHoldError):
        house.rights.hold(LIN, reason=WHY, until=house.clock.now(), by=STAFF)
    assert house.rights.holds() == ()


@pytest.mark.parametrize("secret", [False, True])
def test_the_reason_stands_in_the_own_chain_alone_and_not_of_a_secret_hold(
    house: RightsHouse, *, secret: bool
) -> None:
    house.ask()
    person = house.person(LIN)
    house.rights.hold(LIN, reason=WHY, by=STAFF, secret=secret)
    open_, own = [], []
    for record in house.recorder.log.newest():
        payload = house.recorder.payloads.opened(record).payload or b""
        if record.leaf.kind == Kind.CONFIGURATION:
            open_.append(payload)
        if record.leaf.kind == Kind.OPERATOR_READ:
            assert house.recorder.payloads.person(record) == person
            own.append(payload)
    assert sum(b"rights-hold-set" in one for one in open_) == 1
    assert not any(WHY.encode() in one for one in open_)
    assert sum(WHY.encode() in one for one in own) == (not secret)
