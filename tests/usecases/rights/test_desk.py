"""A request goes from asking to the reply; what stands in the way is said, and nothing is lost."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from tests.usecases.rights.rights_house import (
    DELETE_ALL,
    LIN,
    REVIEWER,
    STAFF,
    WANG,
    WITH_PAPER,
    RightsHouse,
)

from chengnuo.base.instant import to_us
from chengnuo.domain.evidence.kinds import KeyClass, Kind
from chengnuo.domain.individual.standing import AccountState
from chengnuo.domain.rights.identity import Why
from chengnuo.domain.rights.machine import Stage, WrongStageError
from chengnuo.domain.rights.reply import Outcome, StoreState
from chengnuo.domain.rights.request import (
    AskedBy,
    CancellationAsked,
    ExplanationAsked,
    ReadAsked,
    RequestId,
    RestrictionAsked,
)
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.rights import Right
from chengnuo.law.working_days import WorkingDays
from chengnuo.ports.rights import Case
from chengnuo.ports.rights_exports import NoSuchExportError
from chengnuo.usecases.evidence.file_requests import FourEyesError
from chengnuo.usecases.rights import reviewing
from chengnuo.usecases.rights.asking import RightsAskedOtherwiseError
from chengnuo.usecases.rights.refusals import (
    IdentityNotProvedError,
    NoSuchRightsRequestError,
    RightsExtendedError,
    RightsReasonError,
)
from chengnuo.usecases.rights.room import Room
from chengnuo.usecases.rights.seen import Asker, RequestSeen
from chengnuo.usecases.rights.showing import case_of


@pytest.fixture
def house(tmp_path: Path, catalogue: Catalogue) -> Iterator[RightsHouse]:
    made = RightsHouse(tmp_path / "house", catalogue)
    made.fill(LIN)
    made.fill(WANG)
    yield made
    made.close()


def states_in_log(house: RightsHouse, request: RequestId) -> list[str]:
    """Return the recorded states of a request, oldest first."""
    found = []
    for record in house.opened.log.newest():
        if record.leaf.kind == Kind.REQUEST_STATE:
            payload = house.opened.payloads.opened(record).payload
            said = {} if payload is None else json.loads(payload)
            if said.get("request") == request:
                found.append(said["state"])
    return found[::-1]


def told_everybody(house: RightsHouse, seen: RequestSeen) -> RequestSeen:
    for task in seen.tasks:
        seen = house.rights.task_done(task.id, STAFF, "the recipient confirmed")
    return seen


def test_a_deletion_waits_ten_minutes_and_then_erases_what_is_theirs_alone(
    house: RightsHouse,
) -> None:
    asked = house.ask()
    house.work(minutes=9)
    waiting = house.rights.own(asked.request.id, house.person(LIN))
    assert waiting.stage is Stage.WAITING
    assert house.rows_of(LIN) == 6
    house.work(minutes=1)
    carried_out = house.rights.seen(asked.request.id)
    assert carried_out.stage is Stage.OUTSIDE
    assert (house.rows_of(LIN), house.rows_of(WANG)) == (0, 6)
    done = told_everybody(house, carried_out)
    assert done.stage is Stage.FULFILLED
    assert done.reply is not None
    assert done.reply.stores[0].deleted == 6
    assert {name.zh for name in done.reply.told} == {"示例快递", "示例地图"}
    assert "示例快递" in done.reply.letter.zh


def test_every_step_is_recorded_and_what_was_personal_goes_at_the_end(house: RightsHouse) -> None:
    asked = house.ask()
    request = asked.request.id
    house.work(minutes=10)
    assert house.room.store.secret(request) is not None
    told_everybody(house, house.rights.seen(request))
    assert house.room.store.secret(request) is None
    lines = house.room.store.lines(request)
    assert None not in {line.position for line in lines}
    assert states_in_log(house, request) == [line.stage for line in lines]


def test_all_of_somebody_erased_takes_the_content_key_and_enters_the_ledger(
    house: RightsHouse,
) -> None:
    house.ask()
    house.work(minutes=10)
    person = house.person(LIN)
    keys = [erasure.key for erasure in house.opened.payloads.erasures(person)]
    assert keys == [KeyClass.CONTENT]
    assert not house.rights.may_create_account(LIN)
    assert house.rights.start_afresh(house.asker())
    assert house.rights.may_create_account(LIN)
    assert not house.rights.start_afresh(house.asker())


def test_a_cancellation_waits_for_the_cooling_off_and_can_be_taken_back(house: RightsHouse) -> None:
    asked = house.ask(Right.CANCEL_ACCOUNT, CancellationAsked())
    house.work(minutes=60)
    assert house.rights.seen(asked.request.id).stage is Stage.WAITING
    back = house.rights.take_back(asked.request.id, house.person(LIN))
    assert back.stage is Stage.TAKEN_BACK
    again = house.ask(Right.CANCEL_ACCOUNT, CancellationAsked())
    assert again.request.id != asked.request.id
    house.work()
    house.work(minutes=7 * 24 * 60)
    assert house.rights.seen(again.request.id).stage is Stage.OUTSIDE
    now = to_us(house.consents.now())
    state = house.consents.state_of(house.person(LIN), now)
    assert state.individual.account is AccountState.CANCELLED
    assert house.rows_of(LIN) == 0
    with pytest.raises(WrongStageError):
        house.rights.take_back(again.request.id, house.person(LIN))


def test_who_has_not_signed_in_lately_proves_it_first(house: RightsHouse) -> None:
    asked = house.ask(authenticated_at=None)
    house.work(minutes=30)
    waits = house.rights.seen(asked.request.id)
    assert waits.stage is Stage.NEEDS_IDENTITY
    assert waits.stopped is not None
    with pytest.raises(IdentityNotProvedError) as refused:
        house.rights.prove(asked.request.id, house.asker(authenticated_at=None))
    assert refused.value.why is Why.NOT_RECENT
    with pytest.raises(NoSuchRightsRequestError):
        house.rights.prove(asked.request.id, house.asker(WANG))
    assert house.rights.prove(asked.request.id, house.asker()).stage is Stage.NEEDS_PLAN


def test_the_executor_judges_identity_anew_and_believes_no_stage(house: RightsHouse) -> None:
    asked = house.ask()
    house.work()
    case = house.room.store.case(asked.request.id)
    assert case is not None
    house.room.keeper.update(replace(case, proved_at=None))
    house.work(minutes=10)
    seen = house.rights.seen(asked.request.id)
    assert seen.stage is Stage.PARKED
    assert seen.stopped is not None
    assert seen.stopped.code == "rights-identity"
    assert house.rows_of(LIN) == 6


def test_who_never_proves_it_is_refused_when_the_time_is_over(house: RightsHouse) -> None:
    asked = house.ask(authenticated_at=None)
    house.work(minutes=60 * 24 * 40)
    seen = house.rights.seen(asked.request.id)
    assert seen.stage is Stage.REFUSED
    assert seen.reply is not None
    assert [one.code for one in seen.reply.refusals] == ["identity-not-proved"]
    assert len(seen.reply.remedies) == 3


def test_the_same_asked_twice_is_one_request_and_skips_no_identity(house: RightsHouse) -> None:
    first = house.ask(authenticated_at=None)
    second = house.ask()
    assert second.request.id == first.request.id
    assert second.stage is Stage.NEEDS_IDENTITY
    other = house.ask(
        asked=replace(DELETE_ALL, scope=replace(DELETE_ALL.scope, activities=("nearby",)))
    )
    assert other.like == (first.request.id,)


def test_a_mark_finds_its_request_again_even_once_it_is_closed(house: RightsHouse) -> None:
    def ask(mark: str, account: str = LIN, right: Right = Right.DELETE) -> RequestSeen:
        asked = DELETE_ALL if right is Right.DELETE else ExplanationAsked()
        return house.rights.open(house.asker(account), right, asked, mark=mark)

    first = ask("app-1")
    assert ask("app-1").request.id == first.request.id
    house.rights.take_back(first.request.id, house.person(LIN))
    again = ask("app-1")
    assert (again.request.id, again.stage) == (first.request.id, Stage.TAKEN_BACK)
    assert ask("app-2").request.id != first.request.id
    assert ask("app-1", WANG).request.id != first.request.id
    with pytest.raises(RightsAskedOtherwiseError):
        ask("app-1", right=Right.EXPLAIN_RULES)


def test_a_marked_request_handed_in_many_times_at_once_is_one(house: RightsHouse) -> None:
    asker = house.asker()
    with ThreadPoolExecutor(8) as pool:
        asking = [
            pool.submit(house.rights.open, asker, Right.DELETE, DELETE_ALL, mark="app-1")
            for _ in range(16)
        ]
        found = {one.result().request.id for one in asking}
    assert len(found) == 1
    assert house.rights.count_of(house.person(LIN)) == 1


@pytest.mark.parametrize(
    "role",
    [
        pytest.param(AskedBy.AGENT, id="agents, Art. 50"),
        pytest.param(AskedBy.CLOSE_RELATIVE, id="close relatives, Art. 49"),
        pytest.param(AskedBy.GUARDIAN, id="guardians, Art. 31"),
    ],
)
def test_each_party_that_asks_the_same_for_one_individual_has_a_request_of_its_own(
    house: RightsHouse, role: AskedBy
) -> None:
    def ask(party: str) -> RequestSeen:
        guardian = house.person(party) if role is AskedBy.GUARDIAN else None
        return house.ask(by=role, party="" if guardian else party, guardian=guardian)

    first, second = ask("one"), ask("two")
    assert first.request.id != second.request.id
    assert (ask("one").request.id, ask("two").request.id) == (first.request.id, second.request.id)
    assert house.ask().request.id not in {first.request.id, second.request.id}
    house.rights.take_back(second.request.id, house.person(LIN))
    assert not house.rights.seen(first.request.id).stage.is_final


def test_who_is_not_known_by_name_is_joined_only_with_what_a_back_end_hands_in_again(
    house: RightsHouse,
) -> None:
    typed = [house.ask(by=AskedBy.AGENT, surface="console").request.id for _ in range(2)]
    assert typed[0] != typed[1]
    handed_in = [house.ask(by=AskedBy.AGENT, surface="api").request.id for _ in range(2)]
    assert handed_in[0] == handed_in[1]
    assert handed_in[0] not in typed


def test_a_child_alone_is_refused_in_writing_and_the_guardian_may(house: RightsHouse) -> None:
    house.consents.know(house.person(LIN), birth_date=house.clock.now().date().replace(year=2020))
    alone = house.ask()
    assert alone.stage is Stage.REFUSED
    assert alone.reply is not None
    assert "书面" in alone.reply.letter.zh
    guardian = house.ask(by=AskedBy.GUARDIAN, guardian=house.person(WANG))
    assert guardian.stage is Stage.NEEDS_PLAN
    assert house.rights.seen(guardian.request.id).timeline[0].by == "guardian"


def test_a_relative_waits_for_staff_to_see_the_paper_and_may_not_do_everything(
    house: RightsHouse,
) -> None:
    refused = house.ask(Right.CANCEL_ACCOUNT, CancellationAsked(), by=AskedBy.CLOSE_RELATIVE)
    assert refused.stage is Stage.REFUSED
    asked = house.ask(by=AskedBy.CLOSE_RELATIVE)
    assert asked.stage is Stage.NEEDS_IDENTITY
    (task,) = house.rights.tasks()
    assert house.rights.task_done(task.id, STAFF, "seen").stage is Stage.NEEDS_PLAN


def test_what_staff_ask_waits_for_a_reviewer_who_is_somebody_else(house: RightsHouse) -> None:
    house.accounts = 2
    asked = house.ask(by=AskedBy.STAFF, staff=REVIEWER.id)
    house.work()
    assert house.rights.seen(asked.request.id).stage is Stage.NEEDS_RELEASE
    for nobody in (STAFF, REVIEWER):
        with pytest.raises(FourEyesError):
            house.rights.release(asked.request.id, nobody)
    other = replace(REVIEWER, id="reviewer-2")
    assert house.rights.release(asked.request.id, other).stage is Stage.WAITING
    house.work()
    assert house.rows_of(LIN) == 0


def test_a_plan_is_declined_with_a_reason_that_the_individual_reads(house: RightsHouse) -> None:
    asked = house.ask(by=AskedBy.STAFF, staff=STAFF.id)
    house.work()
    with pytest.raises(RightsReasonError):
        house.rights.decline(asked.request.id, REVIEWER, "no-ground", "no")
    seen = house.rights.decline(asked.request.id, REVIEWER, "no-ground", "还有未完成的订单")
    assert seen.stage is Stage.REFUSED
    assert seen.reply is not None
    assert "还有未完成的订单" in seen.reply.letter.zh


def test_a_store_that_is_away_parks_the_request_and_is_tried_again(house: RightsHouse) -> None:
    asked = house.ask()
    house.work()
    house.shop.is_away = True
    house.work(minutes=10)
    parked = house.rights.seen(asked.request.id)
    assert parked.stage is Stage.PARKED
    assert parked.stopped is not None
    assert house.rows_of(LIN) == 6
    house.shop.is_away = False
    house.work(minutes=5)
    assert house.rights.seen(asked.request.id).stage is Stage.OUTSIDE
    assert house.rows_of(LIN) == 0


def test_rows_that_come_up_after_the_plan_are_erased_as_well(house: RightsHouse) -> None:
    asked = house.ask()
    house.work()
    house.fill(LIN, rows=3)
    house.work(minutes=10)
    seen = house.rights.seen(asked.request.id)
    assert house.rows_of(LIN) == 0
    assert seen.stage is Stage.OUTSIDE
    assert seen.results[0].deleted == 15


def test_a_recipient_with_a_channel_is_told_until_it_confirms(house: RightsHouse) -> None:
    house.couriers.channels = {"courier", "maps"}
    house.couriers.answer = None
    asked = house.ask()
    house.work(minutes=10)
    assert {one.attempts for one in house.rights.seen(asked.request.id).outside} == {1}
    assert house.couriers.given == []
    house.couriers.answer = True
    house.work(minutes=5)
    assert house.rights.seen(asked.request.id).stage is Stage.FULFILLED
    assert sorted(house.couriers.given) == [("courier", LIN), ("maps", LIN)]


def test_a_recipient_that_never_answers_is_named_as_not_told(house: RightsHouse) -> None:
    house.couriers.channels = {"courier", "maps"}
    house.couriers.answer = None
    asked = house.ask()
    house.work(minutes=10)
    for _ in range(20):
        house.work(minutes=60 * 13)
    seen = house.rights.seen(asked.request.id)
    assert seen.stage is Stage.PARTLY
    assert seen.reply is not None
    assert {name.zh for name in seen.reply.not_told} == {"示例快递", "示例地图"}


def test_a_store_without_connector_is_a_task_and_not_done_before_it(
    tmp_path: Path, catalogue: Catalogue
) -> None:
    house = RightsHouse(tmp_path / "paper", catalogue, register=WITH_PAPER)
    house.couriers.channels = {"courier", "maps"}
    house.fill(LIN)
    asked = house.ask()
    house.work()
    if house.rights.seen(asked.request.id).stage is Stage.NEEDS_RELEASE:
        house.rights.release(asked.request.id, REVIEWER)
    house.work(minutes=10)
    house.work(minutes=5)
    seen = house.rights.seen(asked.request.id)
    assert seen.stage is Stage.OUTSIDE
    (record,) = [one for one in house.opened.log.newest() if one.leaf.kind == Kind.DELETION]
    said = json.loads(house.opened.payloads.opened(record).payload or b"{}")
    assert (said["stores"], said["by_hand"]) == (["main"], ["paper"])
    (task,) = house.rights.tasks()
    assert task.store == "paper"
    done = house.rights.task_done(task.id, STAFF, "struck out")
    assert done.stage is Stage.FULFILLED
    assert {one.state for one in done.results} == {StoreState.DONE}
    house.close()


def test_a_store_behind_a_webhook_is_told_and_not_done_before_it_confirms(
    tmp_path: Path, catalogue: Catalogue
) -> None:
    written = WITH_PAPER.replace("kind: manual", "kind: webhook")
    house = RightsHouse(tmp_path / "hook", catalogue, register=written)
    house.couriers.channels = {"courier", "maps", "paper"}
    house.couriers.answer = False  # taken, and confirmed later
    house.fill(LIN)
    asked = house.ask()
    house.work()
    if house.rights.seen(asked.request.id).stage is Stage.NEEDS_RELEASE:
        house.rights.release(asked.request.id, REVIEWER)
    house.work(minutes=10)
    house.work(minutes=5)
    seen = house.rights.seen(asked.request.id)
    assert seen.stage is Stage.OUTSIDE
    assert ("paper", LIN) in house.couriers.given
    assert house.rights.tasks() == ()
    for notice in seen.outside:
        seen = house.rights.acknowledge(notice.id)
    assert seen.stage is Stage.FULFILLED
    assert {one.state for one in seen.results} == {StoreState.DONE}
    house.close()


def test_an_explanation_is_given_by_staff_and_is_the_answer(house: RightsHouse) -> None:
    house.ask(Right.EXPLAIN_AUTOMATED, ExplanationAsked(about="nearby", question="为什么?"))
    house.work()
    (task,) = house.rights.tasks()
    assert "推荐附近茶舍" in task.what.zh
    with pytest.raises(RightsReasonError):
        house.rights.task_done(task.id, STAFF, "")
    done = house.rights.task_done(task.id, STAFF, "按距离排序，近的在前。")
    assert done.stage is Stage.FULFILLED
    assert done.reply is not None
    assert "按距离排序" in done.reply.letter.zh


def test_a_task_is_done_though_the_request_moves_at_the_same_time(
    house: RightsHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.ask(Right.EXPLAIN_AUTOMATED, ExplanationAsked(about="nearby", question="为什么?"))
    house.work()
    (task,) = house.rights.tasks()
    moves: list[Case] = []

    def read_just_before_a_move(room: Room, request: RequestId) -> Case:
        case = case_of(room, request)
        if len(moves) < 3:
            moves.append(room.keeper.note(case, by="system", note="looked at"))
        return case

    monkeypatch.setattr(reviewing, "case_of", read_just_before_a_move)
    done = house.rights.task_done(task.id, STAFF, "按距离排序，近的在前。")
    assert len(moves) == 3
    assert done.stage is Stage.FULFILLED
    assert house.rights.tasks() == ()


def test_a_restriction_holds_at_once(house: RightsHouse) -> None:
    asked = house.ask(Right.RESTRICT, RestrictionAsked(on=True))
    house.work()
    now = to_us(house.consents.now())
    assert house.consents.state_of(house.person(LIN), now).individual.restricted
    assert house.rights.seen(asked.request.id).stage is Stage.OUTSIDE


def test_a_copy_is_made_and_given_to_who_has_just_signed_in(house: RightsHouse) -> None:
    asked = house.ask(Right.COPY, ReadAsked(formats=("json",)))
    house.work()
    seen = house.rights.seen(asked.request.id)
    assert seen.stage is Stage.FULFILLED, seen.stopped
    (file,) = seen.files
    with pytest.raises(IdentityNotProvedError):
        house.rights.file(asked.request.id, house.asker(authenticated_at=None), 1)
    with pytest.raises(NoSuchRightsRequestError):
        house.rights.file(asked.request.id, house.asker(WANG), 1)
    stream = house.rights.file(asked.request.id, house.asker(), 1)
    assert sum(map(len, stream.read(0, stream.size))) == file.size
    assert house.rows_of(LIN) == 6


def test_what_a_guardian_asked_for_is_for_that_guardian_and_never_for_the_child(
    house: RightsHouse,
) -> None:
    house.consents.know(house.person(LIN), birth_date=house.clock.now().date().replace(year=2020))
    guardian = {"by": AskedBy.GUARDIAN, "guardian": house.person(WANG)}
    asked = house.ask(Right.COPY, ReadAsked(formats=("json",), with_code=True), **guardian)
    house.work()
    assert house.rights.seen(asked.request.id).stage is Stage.FULFILLED
    house.start_again()
    for other in (house.asker(), house.asker(**{**guardian, "guardian": house.person("other")})):
        for fetch in (partial(house.rights.file, part=1), house.rights.code):
            with pytest.raises(IdentityNotProvedError) as caught:
                fetch(asked.request.id, asker=other)
            assert caught.value.why is Why.NOT_A_GUARDIAN
        with pytest.raises(IdentityNotProvedError):
            house.rights.gathered_for(asked.request.id, other)
    with pytest.raises(IdentityNotProvedError, match="recent"):
        house.rights.file(asked.request.id, house.asker(**guardian, authenticated_at=None), 1)
    assert house.rights.file(asked.request.id, house.asker(**guardian), 1).size
    assert house.rights.code(asked.request.id, house.asker(**guardian))


@pytest.mark.parametrize("role", [AskedBy.AGENT, AskedBy.CLOSE_RELATIVE])
def test_what_a_relative_or_an_agent_asked_for_is_for_them_and_for_no_other(
    house: RightsHouse, role: AskedBy
) -> None:
    def party(name: str, account: str = WANG, by: AskedBy = role) -> Asker:
        return house.asker(account, by=by, party=name)

    copy = ReadAsked(formats=("json",))
    request = house.rights.open(party("one", LIN), Right.COPY, copy).request.id
    with pytest.raises(NoSuchExportError):
        house.rights.file(request, party("one"), 1)  # until staff have seen the papers
    (task,) = house.rights.seen(request).tasks
    house.rights.task_done(task.id, STAFF, "seen")
    house.work()
    if house.rights.seen(request).stage is Stage.NEEDS_RELEASE:
        house.rights.release(request, REVIEWER)
        house.work()
    assert house.rights.seen(request).stage.is_final
    other_role = AskedBy.AGENT if role is AskedBy.CLOSE_RELATIVE else AskedBy.CLOSE_RELATIVE
    for other in (party("two"), party(""), party("one", by=other_role), house.asker(WANG)):
        with pytest.raises(NoSuchRightsRequestError):
            house.rights.file(request, other, 1)
    if role is AskedBy.CLOSE_RELATIVE:  # nobody signs in for somebody who has died
        with pytest.raises(NoSuchRightsRequestError):
            house.rights.file(request, house.asker(), 1)
    else:
        assert house.rights.file(request, house.asker(), 1).size
    with pytest.raises(IdentityNotProvedError):
        house.rights.file(request, replace(party("one"), authenticated_at=None), 1)
    assert house.rights.file(request, party("one"), 1).size


def test_a_back_end_gives_out_what_it_handed_in_for_a_relative(house: RightsHouse) -> None:
    relative = {"by": AskedBy.CLOSE_RELATIVE, "surface": "api"}
    request = house.ask(Right.COPY, ReadAsked(formats=("json",)), **relative).request.id
    with pytest.raises(NoSuchExportError):
        house.rights.file(request, house.asker(**relative), 1)
    for other in (
        house.asker(WANG, **relative),
        house.asker(by=AskedBy.CLOSE_RELATIVE),
        house.asker(**relative, party="one"),
    ):
        with pytest.raises(NoSuchRightsRequestError):
            house.rights.file(request, other, 1)


def test_a_pass_code_is_for_files_and_for_whoever_has_just_signed_in(house: RightsHouse) -> None:
    with pytest.raises(RightsAskedOtherwiseError):
        house.ask(Right.ACCESS, ReadAsked(with_code=True))
    asked = house.ask(Right.COPY, ReadAsked(formats=("json",), with_code=True))
    with pytest.raises(NoSuchExportError):
        house.rights.code(asked.request.id, house.asker())
    house.start_again()
    house.work()
    assert house.rights.seen(asked.request.id).has_code
    with pytest.raises(IdentityNotProvedError):
        house.rights.code(asked.request.id, house.asker(authenticated_at=None))
    with pytest.raises(NoSuchRightsRequestError):
        house.rights.code(asked.request.id, house.asker(WANG))
    assert house.rights.code(asked.request.id, house.asker())
    assert not house.rights.seen(asked.request.id).has_code
    with pytest.raises(NoSuchExportError):
        house.rights.code(asked.request.id, house.asker())


def test_the_time_is_extended_once_with_a_reason(house: RightsHouse) -> None:
    asked = house.ask()
    assert (asked.days_left, asked.due.on.isoformat()) == (10, "2026-12-04")
    later = house.rights.extend(asked.request.id, STAFF, WorkingDays(5), "需要核对纸质档案")
    assert later.due.on.isoformat() == "2026-12-11"
    with pytest.raises(RightsExtendedError):
        house.rights.extend(asked.request.id, STAFF, WorkingDays(5), "需要核对纸质档案")


def test_a_preview_keeps_and_changes_nothing(house: RightsHouse) -> None:
    plan = house.rights.preview(house.asker(), Right.DELETE, DELETE_ALL)
    assert plan.rows == 6
    assert house.rights.mine(house.person(LIN)) == ()
    assert house.rows_of(LIN) == 6
    with pytest.raises(IdentityNotProvedError):
        house.rights.preview(house.asker(authenticated_at=None), Right.DELETE, DELETE_ALL)
    with pytest.raises(RightsAskedOtherwiseError):
        house.rights.preview(house.asker(), Right.DELETE, ReadAsked())


def test_a_parked_request_is_closed_as_it_is_with_a_reason(house: RightsHouse) -> None:
    asked = house.ask()
    house.work()
    house.shop.is_away = True
    house.work(minutes=10)
    seen = house.rights.conclude_partly(asked.request.id, STAFF, "数据库已经停用并销毁")
    assert seen.stage is Stage.PARTLY
    assert seen.reply is not None
    assert seen.reply.outcome is Outcome.PARTLY
    assert {one.state for one in seen.reply.stores} == {StoreState.LEFT_OUT}
    assert "数据库已经停用并销毁" in seen.reply.letter.zh
    assert house.rights.tasks() == (), "what a closed request left open is nobody's to do"
    house.shop.is_away = False
    assert house.rights.sweep().came_back == 1
    house.work(minutes=11)
    (again,) = [one for one in house.rights.queue() if one.id != asked.request.id]
    assert again.stage is Stage.NEEDS_RELEASE, "what staff left out goes only with a reviewer"
    assert house.rows_of(LIN) == 6


def test_what_a_restored_backup_brings_back_goes_again(house: RightsHouse) -> None:
    house.ask()
    house.work(minutes=10)
    assert house.rights.sweep().came_back == 0
    for task in house.rights.tasks():
        house.rights.task_done(task.id, STAFF, "confirmed")
    house.fill(LIN)
    assert house.rights.sweep().came_back == 1
    assert house.rights.sweep().came_back == 0
    house.work()
    assert house.rows_of(LIN) == 0
    assert house.rows_of(WANG) == 6


def test_a_stop_between_row_and_record_is_mended_once(house: RightsHouse) -> None:
    asked = house.ask()
    request = asked.request.id
    with house.data.database.write() as connection:
        connection.exec_driver_sql("UPDATE rights_line SET position = NULL")
    before = states_in_log(house, request)
    house.start_again()
    assert states_in_log(house, request) == before
    assert None not in {line.position for line in house.room.store.lines(request)}


def test_a_line_that_never_reached_the_log_is_recorded_at_the_next_start(
    house: RightsHouse,
) -> None:
    asked = house.ask()
    case = house.room.store.case(asked.request.id)
    assert case is not None
    line = replace(
        house.room.store.lines(asked.request.id)[-1], number=case.number + 1, position=None
    )
    house.room.store.change(replace(case, number=line.number), line, before=case.number)
    house.start_again()
    lines = house.room.store.lines(asked.request.id)
    assert states_in_log(house, asked.request.id) == [one.stage for one in lines]
