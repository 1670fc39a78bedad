"""From what was carried out to the end of a request: keys, account, evidence, others, the reply.

Everything here may be begun again after a stop: each part looks whether it was done. A request is
closed once every store is done, every task is done and every party told has confirmed or was given
up; then what was personal of it goes.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from chengnuo.base.canonical import canonical_json
from chengnuo.base.digest import sha256_hex
from chengnuo.base.instant import from_us, to_us
from chengnuo.base.period import Period
from chengnuo.base.text import Text
from chengnuo.domain.consent.what_follows import FollowKind
from chengnuo.domain.disclosure.saying import fill
from chengnuo.domain.evidence.kinds import KeyClass, Kind
from chengnuo.domain.individual.standing import AccountState
from chengnuo.domain.rights.concluding import Told, conclude
from chengnuo.domain.rights.machine import Event, Stage
from chengnuo.domain.rights.plan import Plan
from chengnuo.domain.rights.reply import Outcome, StoreResult, StoreState
from chengnuo.domain.rights.request import (
    CancellationAsked,
    CorrectionAsked,
    DeletionAsked,
    ExplanationAsked,
    Ground,
    RestrictionAsked,
)
from chengnuo.law.civil import after
from chengnuo.law.rights import Right
from chengnuo.ports.individuals import PersonKey
from chengnuo.ports.rights import Case
from chengnuo.ports.rights_outside import OutsideState, TaskKept, TaskKind
from chengnuo.usecases.consent.refusals import FollowUpNotDueError, NoSuchFollowUpError
from chengnuo.usecases.rights.executing import is_erasure
from chengnuo.usecases.rights.explaining import explanation_task
from chengnuo.usecases.rights.labels import refuse_label
from chengnuo.usecases.rights.making import AGAIN_AFTER, WAIT
from chengnuo.usecases.rights.outbox import is_told, put_outside
from chengnuo.usecases.rights.retention import is_about_time
from chengnuo.usecases.rights.room import Room, stopped
from chengnuo.usecases.rights.tasks import task_of

if TYPE_CHECKING:
    from chengnuo.base.canonical import Tree

PROOF_KEPT = Period(years=3)
"""How long the records of notice, consent and rights outlive a deletion (PIPL Art. 56)."""
_SETTLED = frozenset({OutsideState.ACKNOWLEDGED, OutsideState.GIVEN_UP})
_STANDS = frozenset({StoreState.STOPPED, StoreState.RESIDUE, StoreState.OPEN})
_TEMPORARY = "rights-store-unavailable"


def carried_out(room: Room, case: Case, plan: Plan, *, fence: int) -> Case:
    """Do what follows from execution, and move a running case on."""
    refuse_label(room, case)
    put_outside(room, case, plan)
    room.outside.put((), tuple(_tasks(room, case, plan)))
    standing = next((one for one in case.results if one.state in _STANDS), None)
    if standing is not None:
        return _parked(room, case, standing, fence)
    _set_here(room, case)
    _recorded(room, case, plan)
    _followed(room, case)
    if is_open(room, case):
        waits = replace(case, next_at=room.keeper.now() + AGAIN_AFTER)
        return room.keeper.move(waits, Event.CARRIED_OUT, fence=fence)
    return close(room, case, fence=fence)


def is_open(room: Room, case: Case) -> bool:
    """Tell whether somebody outside or by hand has still to answer."""
    request = case.request.id
    return bool(room.outside.tasks(request, open_only=True)) or any(
        one.state not in _SETTLED for one in room.outside.notices(request)
    )


def settle(room: Room, case: Case, *, fence: int | None = None) -> Case:
    """Close a case that waits for others, if it waits for nobody any more."""
    if case.stage is not Stage.OUTSIDE:
        return case
    if is_open(room, case):
        next_at = room.keeper.now() + AGAIN_AFTER
        return room.keeper.update(replace(case, next_at=next_at), fence=fence)
    return close(room, case, fence=fence)


def close(
    room: Room, case: Case, *, by: str = "system", reason: str = "", fence: int | None = None
) -> Case:
    """Close a case with its reply; what was personal of it goes.

    Args:
        room: The room.
        case: A case that runs, is parked or waits for others.
        by: Who closes it.
        reason: Why it is closed as it is; empty where it was carried out.
        fence: Lease under which it happens.

    """
    plan = case.plan
    assert plan is not None  # noqa: S101  nothing runs without one
    notices = room.outside.notices(case.request.id)
    confirmed = [one for one in notices if one.state is OutsideState.ACKNOWLEDGED]
    tasks = room.outside.tasks(case.request.id, open_only=False)
    left = [task for task in tasks if task.done_at is None]
    told = frozenset(one.outside.recipient for one in confirmed)
    results = tuple(_by_hand(case.results, tasks, told))
    reply = conclude(
        plan,
        tuple(_left_out(results, reason)),
        Told(
            told=tuple(one.outside.name for one in confirmed) + tuple(_told_by_hand(plan, tasks)),
            not_told=tuple(one.outside.name for one in notices if one not in confirmed)
            + tuple(_told_by_hand(plan, left, done=False)),
        ),
        room.letter(case),
        room.keeper.now(),
        open_tasks=len(left) + bool(reason),
        answer="\n".join(
            [*(one.note for one in tasks if _is_answer(one)), *filter(None, [reason])]
        ),
    )
    event = Event.CONCLUDED if reply.outcome is Outcome.FULFILLED else Event.CONCLUDED_PARTLY
    closed = replace(case, reply=reply, results=reply.stores, stopped=None, next_at=None)
    moved = room.keeper.move(closed, event, by=by, note=reason, fence=fence)
    room.let_go(moved)
    return moved


def _parked(room: Room, case: Case, standing: StoreResult, fence: int) -> Case:
    held = standing.stopped or stopped(
        "rights-store-open", Text("仍有数据库未完成", "A store is not done yet"), WAIT
    )
    temporary = all(
        one.stopped is not None and one.stopped.code in {_TEMPORARY, "rights-plan-unavailable"}
        for one in case.results
        if one.state in _STANDS
    )
    next_at = room.keeper.now() + AGAIN_AFTER if temporary else None
    parked = replace(case, stopped=held, next_at=next_at)
    return room.keeper.move(parked, Event.STOPPED, note=held.code, fence=fence)


def _set_here(room: Room, case: Case) -> None:
    """Set what holds here: a restriction, an objection, a refusal of machines, the account."""
    person, asked = PersonKey(case.request.person), case.request.asked
    if isinstance(asked, RestrictionAsked) and asked.recipient is None and asked.decision is None:
        if case.request.right is Right.REFUSE_AUTOMATED:
            room.consents.refuse_machine_only(person, asked.activity, on=asked.on)
        elif asked.activity is None:
            room.consents.restrict(person, on=asked.on)
        else:
            room.consents.object_to(person, asked.activity, on=asked.on)
    elif isinstance(asked, CancellationAsked):
        room.consents.know(person, account=AccountState.CANCELLED)


def _recorded(room: Room, case: Case, plan: Plan) -> None:
    """Record what was done, once; with it the content key of somebody erased goes.

    A store that a person has to work on is named as left to them: it is not done yet.
    """
    person, asked = PersonKey(case.request.person), case.request.asked
    by_hand = [one.store for one in case.results if one.state is StoreState.BY_HAND]
    stores = [one.store for one in case.results if one.store not in by_hand]
    changed = sum(one.deleted + one.changed for one in case.results)
    if isinstance(asked, CorrectionAsked):
        if not room.keeper.has_recorded(case, Kind.CORRECTION):
            touched = {
                action.category
                for store in plan.stores
                for step in store.steps
                for action in step.columns
                if action.category is not None
            }
            room.keeper.recorder.record(
                Kind.CORRECTION,
                {"categories": sorted(touched), "stores": stores, "changed": changed},
                person=person,
            )
        return
    if not isinstance(asked, DeletionAsked | CancellationAsked):
        return
    values: dict[str, Tree] = {
        "ground": asked.ground.value if isinstance(asked, DeletionAsked) else "other-law",
        "stores": stores,
        "found": sum(one.found for one in case.results),
        "changed": changed,
        "residue": sum(one.residue or 0 for one in case.results),
        "kept": [
            {"duty": one.duty, "until": "" if one.until is None else one.until.isoformat()}
            for one in plan.kept
        ],
    }
    if by_hand:
        values["by_hand"] = list(by_hand)
    if is_about_time(case.request):
        _recorded_of_nobody(room, case, stores, changed)
        return
    if not is_erasure(case):
        if not room.keeper.has_recorded(case, Kind.DELETION):
            room.keeper.recorder.record(Kind.DELETION, values, person=person)
        return
    erased = room.keeper.recorder.payloads.erasures(person)
    if not any(one.key is KeyClass.CONTENT and one.at >= case.request.received for one in erased):
        now = to_us(room.keeper.now())
        room.eraser.content(
            person,
            under="PIPL-47",
            values=values,
            keep_until=from_us(after(now, PROOF_KEPT)),
            keep_under="PIPL-56",
        )
        room.consents.level()  # so that whoever decides hears of it now


def _recorded_of_nobody(room: Room, case: Case, stores: list[str], changed: int) -> None:
    """Record how many rows went because their time was over, once; the record is about nobody.

    Its root is of this request alone, so that after a stop the record is known again.
    """
    said: dict[str, Tree] = {"ground": Ground.ENDED.value, "stores": stores, "count": changed}
    root = sha256_hex(canonical_json({**said, "request": case.request.id}))
    if not room.keeper.has_recorded_batch(case, root):
        room.keeper.recorder.record(Kind.DELETION, {**said, "root": root})


def _followed(room: Room, case: Case) -> None:
    """Say of the withdrawals that a case carries out that what they ask for is deleted."""
    for withdrawal in case.follows:
        try:
            room.consents.acknowledge(PersonKey(case.request.person), withdrawal, FollowKind.DELETE)
        except (NoSuchFollowUpError, FollowUpNotDueError):
            continue  # it was said before the stop, or a new yes called it off


def _tasks(room: Room, case: Case, plan: Plan) -> Iterator[TaskKept]:
    now = room.keeper.now()
    for store in plan.stores:
        result = next((one for one in case.results if one.store == store.store), None)
        waits = result is None or result.state is StoreState.BY_HAND
        changes = isinstance(
            case.request.asked, DeletionAsked | CancellationAsked | CorrectionAsked
        )
        if store.by_hand and waits and not (changes and is_told(room, store)):
            what = fill(
                "请在「{store}」中办理本请求，完成后说明结果",
                "Carry this request out in {store} by hand and say what was done",
                store=store.name,
            )
            yield task_of(case, TaskKind.STORE, store.store, what, now)
    asked = case.request.asked
    if isinstance(asked, ExplanationAsked):
        yield explanation_task(room, case, asked, now)
    elif isinstance(asked, RestrictionAsked) and asked.decision is not None:
        what = Text(
            "该个人拒绝一项仅由机器作出的决定：请认领并由人作出决定",
            "They refuse one decision made by machine alone: claim it, and let a person decide",
        )
        yield task_of(case, TaskKind.REVIEW, str(asked.decision), what, now)
    elif (
        case.request.right is Right.REFUSE_AUTOMATED
        and isinstance(asked, RestrictionAsked)
        and asked.on
    ):
        what = Text(
            "该个人拒绝仅由自动化决策作出的重大决定：今后请由人决定，此前的请人工复核并说明结果",
            "They refuse major decisions by machine alone: have a person decide from now on, look"
            " at those made before, and say how",
        )
        yield task_of(case, TaskKind.RESTRICT, "", what, now)


def _by_hand(
    results: tuple[StoreResult, ...], tasks: tuple[TaskKept, ...], confirmed: frozenset[str]
) -> Iterator[StoreResult]:
    done = {one.store for one in tasks if one.kind is TaskKind.STORE and one.done_at is not None}
    done |= confirmed
    for one in results:
        is_done = one.state is StoreState.BY_HAND and one.store in done
        yield replace(one, state=StoreState.DONE) if is_done else one


def _left_out(results: tuple[StoreResult, ...], reason: str) -> Iterator[StoreResult]:
    for one in results:
        is_left = bool(reason) and one.state is not StoreState.DONE
        yield replace(one, state=StoreState.LEFT_OUT) if is_left else one


def _told_by_hand(
    plan: Plan, tasks: tuple[TaskKept, ...] | list[TaskKept], *, done: bool = True
) -> Iterator[Text]:
    names = {one.recipient: one.name for one in plan.outside}
    for task in tasks:
        if task.kind is TaskKind.RECIPIENT and (task.done_at is not None) is done:
            yield names.get(task.store, Text(task.store, task.store))


def _is_answer(task: TaskKept) -> bool:
    return task.kind in {TaskKind.EXPLAIN, TaskKind.REVIEW} and bool(task.note)
