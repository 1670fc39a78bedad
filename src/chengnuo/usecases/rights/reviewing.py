"""What staff do with a request: release, refuse, go on, close as it is, extend, do tasks.

Four eyes bind once two accounts are enabled: then who releases or refuses is a reviewer, and not
the one who typed the request in or, where nobody did, who vouched for the papers.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from chengnuo.domain.disclosure.right_words import RIGHT
from chengnuo.domain.rights.concluding import refuse
from chengnuo.domain.rights.letters import REFUSALS, refusal
from chengnuo.domain.rights.machine import Event, Stage, WrongStageError
from chengnuo.domain.rights.request import RequestId
from chengnuo.law.civil import end_of
from chengnuo.law.working_days import WorkingDays
from chengnuo.ports.accounts import Account, Role
from chengnuo.ports.rights import Case, CaseMovedError
from chengnuo.ports.rights_outside import TaskKept, TaskKind
from chengnuo.usecases.evidence.file_requests import FourEyesError
from chengnuo.usecases.rights.asking import judge, wait_until
from chengnuo.usecases.rights.outbox import acknowledged, told
from chengnuo.usecases.rights.refusals import (
    NoSuchRightsTaskError,
    RightsExtendedError,
    RightsReasonError,
    RightsReviewError,
    RightsUnderWayError,
)
from chengnuo.usecases.rights.room import MOST_WORKING_DAYS, Room
from chengnuo.usecases.rights.settling import close, settle
from chengnuo.usecases.rights.showing import case_of
from chengnuo.usecases.rights.tasks import done

_LEAST_REASON, _MOST_REASON = 5, 450
_TRIES = 5
_CLOSED_BY_STAFF = frozenset({Stage.PARKED, Stage.OUTSIDE})


def release(room: Room, case: Case, by: Account) -> Case:
    """Release a plan; see `RightsDesk.release`."""
    four_eyes(room, case, by)
    rows = 0 if case.plan is None else case.plan.rows
    until = wait_until(room, case) if case.wait_until is None else case.wait_until
    now = room.keeper.now()
    released = replace(case, released=rows, wait_until=until, next_at=max(until, now))
    return room.keeper.move(released, Event.RELEASED, by=by.id, note=_how(room))


def decline(room: Room, case: Case, by: Account, code: str, reason: str) -> Case:
    """Refuse a request with a reason; see `RightsDesk.decline`."""
    if code not in REFUSALS:
        raise RightsReasonError
    said = checked_reason(reason)
    four_eyes(room, case, by)
    event = Event.NOT_PROVED if case.stage is Stage.NEEDS_IDENTITY else Event.DECLINED
    if case.has_begun:
        # What was changed stays changed, so this is no refusal of the whole.
        raise WrongStageError(case.stage, Event.DECLINED)
    planned = () if case.plan is None else case.plan.refusals
    reasons = (refusal(code, RIGHT[case.request.right], said), *planned)
    reply = refuse(case.request, reasons, room.letter(case), room.keeper.now())
    closed = replace(case, reply=reply, stopped=None, next_at=None)
    moved = room.keeper.move(closed, event, by=by.id, note=code)
    room.let_go(moved)
    return moved


def resume(room: Room, case: Case, by: Account) -> Case:
    """Try a parked request again; see `RightsDesk.resume`."""
    again = replace(case, stopped=None, rounds=0, next_at=room.keeper.now())
    return room.keeper.move(again, Event.RESUMED, by=by.id)


def conclude_partly(room: Room, case: Case, by: Account, reason: str) -> Case:
    """Close a request as it is; see `RightsDesk.conclude_partly`."""
    said = checked_reason(reason)
    four_eyes(room, case, by)
    if case.stage not in _CLOSED_BY_STAFF or case.plan is None:
        raise WrongStageError(case.stage, Event.CONCLUDED_PARTLY)
    waiting = room.outside.tasks(case.request.id, open_only=True)
    if any(task.kind is TaskKind.REVIEW for task in waiting):
        raise RightsReviewError
    return close(room, case, by=by.id, reason=said)


def extend(room: Room, case: Case, by: Account, days: WorkingDays, reason: str) -> Case:
    """Extend the time for the answer; see `RightsDesk.extend`."""
    said = checked_reason(reason)
    if not 1 <= days.count <= MOST_WORKING_DAYS:
        raise RightsReasonError
    if case.extended or case.stage.is_final:
        raise RightsExtendedError
    if case.stage is Stage.RUNNING:
        raise RightsUnderWayError
    longer = case.days + days.count
    due = room.due(case.request.received, longer).on
    next_at = end_of(due) if case.stage is Stage.NEEDS_IDENTITY else case.next_at
    extended = replace(case, days=longer, due_on=due, extended=said, next_at=next_at)
    return room.keeper.note(extended, by=by.id, note=said)


def task_done(room: Room, wanted: str, by: Account, note: str, *, is_review: bool = False) -> Case:
    """Take note that a task was done; see `RightsDesk.task_done`."""
    task = room.outside.task(wanted)
    if task is None or task.done_at is not None:
        raise NoSuchRightsTaskError
    said = note.strip()[:_MOST_REASON]
    if task.kind is TaskKind.EXPLAIN:
        said = checked_reason(note)
    if task.kind is TaskKind.REVIEW and not is_review:
        raise RightsReviewError
    settled = done(task, by=by.id, at=room.keeper.now(), note=said)
    case = case_of(room, task.request)
    # What follows comes first: after a stop the task is there to be done again, and nothing is
    # lost by doing it twice.
    if task.kind is TaskKind.CHECK:
        checked = _checked(room, case, by, settled)
        room.outside.set_task(settled)
        return checked
    if task.kind is TaskKind.RECIPIENT:
        told(room, case, task.store)
    if not room.outside.set_task(settled):
        raise NoSuchRightsTaskError
    said = f"task done: {task.kind.value}"
    _as_it_is(room, task.request, lambda now: room.keeper.note(now, by=by.id, note=said))
    return _as_it_is(room, task.request, lambda now: settle(room, now))


def acknowledge(room: Room, wanted: str) -> Case:
    """Take note that a party outside confirms; see `RightsDesk.acknowledge`."""
    notice = room.outside.notice(wanted)
    if notice is None:
        raise NoSuchRightsTaskError
    acknowledged(room, notice)
    return _as_it_is(room, notice.request, lambda now: settle(room, now))


def _as_it_is(room: Room, request: RequestId, act: Callable[[Case], Case]) -> Case:
    """Act on a request as it is now, again if whoever works on it moved it meanwhile.

    For what holds however far the request is: a task is done, a party has confirmed.
    """
    for _ in range(_TRIES - 1):
        with suppress(CaseMovedError):
            return act(case_of(room, request))
    return act(case_of(room, request))


def four_eyes(room: Room, case: Case, by: Account) -> None:
    """Refuse a step by somebody who may not take it.

    Raises:
        FourEyesError: Two accounts are enabled, and this is no reviewer, or the one who asked.

    """
    if room.is_two_people() and (by.role is not Role.REVIEWER or by.id == case.staff):
        raise FourEyesError


def checked_reason(reason: str) -> str:
    """Return a reason without blanks around it.

    Dots, dashes and signs that nobody sees are no reason: only letters and digits count.

    Raises:
        RightsReasonError: It is too short or too long.

    """
    said = reason.strip()
    if len(said) > _MOST_REASON or sum(map(str.isalnum, said)) < _LEAST_REASON:
        raise RightsReasonError
    return said


def _checked(room: Room, case: Case, by: Account, task: TaskKept) -> Case:
    if case.stage is not Stage.NEEDS_IDENTITY:
        return room.keeper.note(case, by=by.id, note=f"task done: {task.kind.value}")
    # Who vouches for the papers is who asks, as far as four eyes go.
    shown = replace(case, checked=True, staff=case.staff or by.id, proof_at=room.keeper.now())
    return judge(room, shown, by=by.id)


def _how(room: Room) -> str:
    return "" if room.is_two_people() else "single person"
