"""From a proved request to its plan, and whether the plan goes on by itself.

What individuals ask for themselves goes on by itself where the plan has no problems; what staff or
a ground of law ask for, what rests on the word of staff alone, and every plan with problems, waits
for a second person. A plan that was released once and is made anew is shown again only if it grew.
"""

from dataclasses import replace
from datetime import timedelta

from chengnuo.base.errors import ChengnuoError, UnavailableError
from chengnuo.base.text import Text
from chengnuo.domain.disclosure.recipient_words import recipient_name
from chengnuo.domain.register.ids import RecipientId
from chengnuo.domain.register.model import Register
from chengnuo.domain.rights.concluding import is_refused_wholly, refuse
from chengnuo.domain.rights.machine import Event
from chengnuo.domain.rights.plan import Outside, Plan, Problem, ProblemKind
from chengnuo.domain.rights.reply import Stopped, StoreResult, StoreState
from chengnuo.domain.rights.request import (
    Asked,
    AskedBy,
    ExplanationAsked,
    RestrictionAsked,
    RightsRequest,
)
from chengnuo.law.rights import Right
from chengnuo.ports.individuals import PersonKey
from chengnuo.ports.record_source import PageTooLargeError
from chengnuo.ports.rights import Case
from chengnuo.usecases.rights.asking import request_of, wait_until
from chengnuo.usecases.rights.planner_values import Beat
from chengnuo.usecases.rights.retention import is_about_time, plan_expired
from chengnuo.usecases.rights.room import Room, stopped
from chengnuo.usecases.rights.seen import Asker

AGAIN_AFTER = timedelta(minutes=5)
"""After how long a store that did not answer is tried again."""
MEND = Text(
    "请按说明修正登记簿或数据库后点击继续",
    "Mend the register or the store as said, then go on",
)
WAIT = Text("系统会自动重试", "It is tried again by itself")
_LEAVE_OUT = Text(
    "有文件太大，不能放进副本：请在登记簿中把其内容列设为 `export: false`，另行提供该文件，"
    "然后点击继续",
    "A file is too large for a copy: set `export: false` for its content in the register, hand the"
    " file over by hand, then go on",
)


def action_after(error: ChengnuoError) -> Text:
    """Return what is to be done after a copy could not be made."""
    if isinstance(error, UnavailableError):
        return WAIT
    return _LEAVE_OUT if isinstance(error, PageTooLargeError) else MEND


def plan_of(room: Room, request: RightsRequest, account: str, beat: Beat) -> Plan:
    """Return the plan of a request.

    Raises:
        NoRegisterError: Nothing is served.

    """
    if is_about_time(request):
        return plan_expired(room, request, account)
    around, now = room.around(PersonKey(request.person)), room.keeper.now()
    if not isinstance(request.asked, RestrictionAsked | ExplanationAsked):
        return room.planner.plan(request, account, now, around, beat=beat)
    return Plan(
        request=request,
        register=around.version,
        law=str(around.law.version),
        at=now,
        stores=(),
        outside=()
        if isinstance(request.asked, ExplanationAsked) or request.right is Right.REFUSE_AUTOMATED
        else _told(around.register, request.asked),
        basis=_basis(request),
    )


def _basis(request: RightsRequest) -> tuple[str, ...]:
    if request.right in {Right.REFUSE_AUTOMATED, Right.EXPLAIN_AUTOMATED}:
        return ("PIPL-24",)
    return ("PIPL-48",) if isinstance(request.asked, ExplanationAsked) else ("PIPL-44",)


def trial(room: Room, asker: Asker, right: Right, asked: Asked) -> Plan:
    """Return the plan of what somebody might ask; nothing is kept.

    Raises:
        RightsAskedOtherwiseError: The right takes another sort of `asked`.

    """
    request = request_of(room, asker, right, asked)
    try:
        return plan_of(room, request, asker.account, lambda: None)
    finally:
        room.planner.forget(request.id)


def make_plan(room: Room, case: Case, account: str, *, fence: int, beat: Beat) -> Case:
    """Plan a request and move it to what follows."""
    secret = room.store.secret(case.request.id)
    request = case.request if secret is None else replace(case.request, asked=secret.asked)
    plan = plan_of(room, request, account, beat)
    now = room.keeper.now()
    blocked = {store.store for store in plan.stores if store.is_blocked}
    if any(one.state is StoreState.STOPPED and one.store not in blocked for one in case.results):
        room.exports.destroy(request.id)  # a copy made without that store is made anew
    planned = replace(
        case,
        plan=plan,
        stopped=None,
        results=tuple(_results(plan, case.results)),
        rounds=case.rounds + (case.plan is not None),
    )
    if not case.has_begun and is_refused_wholly(plan):
        reply = refuse(plan.request, plan.refusals, room.letter(case), now)
        closed = replace(planned, reply=reply, next_at=None)
        moved = room.keeper.move(closed, Event.PLAN_REFUSED, fence=fence)
        room.planner.forget(request.id)
        return moved
    if plan.is_blocked and all(store.is_blocked for store in plan.stores if not store.by_hand):
        why, is_temporary = blocked_by(plan)
        parked = replace(planned, stopped=why, next_at=now + AGAIN_AFTER if is_temporary else None)
        return room.keeper.move(parked, Event.PLAN_FAILED, note=why.code, fence=fence)
    if needs_release(room, planned, plan):
        waits = replace(planned, next_at=None)
        return room.keeper.move(waits, Event.PLANNED_FOR_RELEASE, fence=fence)
    until = wait_until(room, planned) if case.wait_until is None else case.wait_until
    return room.keeper.move(
        replace(planned, wait_until=until, next_at=max(until, now)), Event.PLANNED, fence=fence
    )


def needs_release(room: Room, case: Case, plan: Plan) -> bool:
    """Tell whether somebody has to release a plan before it is carried out."""
    if case.released is not None:
        return plan.rows > case.released
    if case.request.by in {AskedBy.STAFF, AskedBy.AUTOMATIC} or room.release_all:
        return True
    if case.checked:
        return True  # it rests on what one member of staff says of papers that nobody kept
    return any(
        problem.kind is not ProblemKind.UNAVAILABLE
        for store in plan.stores
        for problem in store.problems
    )


def blocked_by(plan: Plan) -> tuple[Stopped, bool]:
    """Return what a plan is blocked by, and whether that ends by itself."""
    blocking = [
        (store.store, problem)
        for store in plan.stores
        for problem in store.problems
        if problem.blocks
    ]
    is_temporary = all(problem.kind is ProblemKind.UNAVAILABLE for _, problem in blocking)
    return _stopped(blocking[0][1], is_temporary=is_temporary), is_temporary


def stopped_by(problems: tuple[Problem, ...]) -> Stopped:
    """Return what one store is blocked by."""
    blocking = [problem for problem in problems if problem.blocks]
    is_temporary = all(problem.kind is ProblemKind.UNAVAILABLE for problem in blocking)
    return _stopped(blocking[0], is_temporary=is_temporary)


def _stopped(problem: Problem, *, is_temporary: bool) -> Stopped:
    return stopped(
        f"rights-plan-{problem.kind.value}", problem.what, WAIT if is_temporary else MEND
    )


def _results(plan: Plan, before: tuple[StoreResult, ...]) -> list[StoreResult]:
    """Return results for a new plan: what was counted stays, what is in the plan is open again."""
    known = {result.store: result for result in before}
    planned = {store.store for store in plan.stores}
    results = [result for result in before if result.store not in planned]
    for store in plan.stores:
        rows = sum(step.rows for step in store.steps)
        result = known.get(store.store)
        if result is None:
            state = StoreState.BY_HAND if store.by_hand else StoreState.OPEN
            results.append(StoreResult(store=store.store, name=store.name, state=state, found=rows))
        elif store.by_hand or result.state is StoreState.LEFT_OUT:
            results.append(result)
        else:
            results.append(
                replace(
                    result,
                    state=StoreState.OPEN,
                    found=max(result.found, rows),
                    residue=None,
                    stopped=None,
                )
            )
    return results


def _told(register: Register, asked: RestrictionAsked) -> tuple[Outside, ...]:
    wanted = {
        recipient
        for activity in register.activities
        if asked.activity in {None, activity.activity}
        for recipient in activity.recipients
        if asked.recipient in {None, recipient}
    }
    return tuple(
        Outside(
            recipient=one.recipient,
            name=recipient_name(one),
            kind="restrict" if asked.on else "lift",
            categories=(),
        )
        for one in register.recipients
        if RecipientId(one.recipient) in wanted
    )
