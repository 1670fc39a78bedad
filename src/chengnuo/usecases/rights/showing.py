"""Requests as pages, the API and the command line see them."""

from dataclasses import replace
from datetime import datetime

from chengnuo.domain.rights.machine import Stage
from chengnuo.domain.rights.request import RequestId
from chengnuo.law.civil import civil_date
from chengnuo.ports.individuals import PersonKey
from chengnuo.ports.rights import Case
from chengnuo.ports.rights_exports import NoSuchExportError
from chengnuo.ports.rights_outside import NoticeKept, TaskKept
from chengnuo.usecases.rights.refusals import NoSuchRightsRequestError
from chengnuo.usecases.rights.room import Room
from chengnuo.usecases.rights.seen import (
    FileSeen,
    Happened,
    OutsideSeen,
    RequestLine,
    RequestSeen,
    TaskSeen,
)

OPEN = tuple(stage for stage in Stage if not stage.is_final)
_CAN_BE_TAKEN_BACK = frozenset(
    {Stage.NEEDS_IDENTITY, Stage.NEEDS_PLAN, Stage.NEEDS_RELEASE, Stage.WAITING, Stage.QUEUED}
)


def case_of(room: Room, request: RequestId, person: PersonKey | None = None) -> Case:
    """Return a case.

    Args:
        room: The room.
        request: Which.
        person: Only if it is about this individual; None for staff and programs.

    Raises:
        NoSuchRightsRequestError: There is none, or it is somebody else's.

    """
    case = room.store.case(request)
    if case is None or (person is not None and case.request.person not in room.names(person)):
        raise NoSuchRightsRequestError
    return case


def seen(room: Room, case: Case) -> RequestSeen:
    """Return a request wholly."""
    request = case.request
    secret = None if case.stage.is_final else room.store.secret(request.id)
    if secret is not None:
        request = replace(request, asked=secret.asked)
    due = room.due(request.received, case.days)
    at = room.keeper.now() if case.reply is None else case.reply.at
    return RequestSeen(
        request=request,
        stage=case.stage,
        due=due,
        days_left=room.days_left(due.on, at),
        extended=case.extended,
        take_back_until=_until(case),
        timeline=tuple(
            Happened(at=line.at, event=line.event, stage=line.stage, by=line.by, note=line.note)
            for line in room.store.lines(request.id)
        ),
        plan=None if case.plan is None else replace(case.plan, request=request),
        results=case.results,
        outside=tuple(outside_seen(one) for one in room.outside.notices(request.id)),
        tasks=tuple(task_seen(one) for one in room.outside.tasks(request.id, open_only=False)),
        files=_files(room, request.id),
        reply=case.reply,
        stopped=case.stopped,
        like=tuple(
            one.request.id
            for one in room.store.of([PersonKey(request.person)])
            if one.request.right is request.right
            and one.request.id != request.id
            and not one.stage.is_final
        ),
        has_code=room.exports.has_code(request.id, room.keeper.now()),
    )


def line(room: Room, case: Case) -> RequestLine:
    """Return a request as a line of a queue."""
    due = room.due(case.request.received, case.days)
    at = room.keeper.now() if case.reply is None else case.reply.at
    return RequestLine(
        id=case.request.id,
        right=case.request.right.value,
        by=case.request.by,
        stage=case.stage,
        received=case.request.received,
        due=due,
        days_left=room.days_left(due.on, at),
        stopped="" if case.stopped is None else case.stopped.code,
    )


def queue(  # noqa: PLR0913  which, and which part of them
    room: Room,
    stage: Stage | None,
    *,
    overdue: bool,
    limit: int,
    skip: int = 0,
    right: str = "",
    by: str = "",
) -> tuple[RequestLine, ...]:
    """Return requests by the days left; without a stage those that are open."""
    today = civil_date(room.keeper.now())
    cases = room.store.queue(
        OPEN if stage is None else (stage,),
        due_before=today if overdue else None,
        limit=limit,
        skip=skip,
        right=right,
        by=by,
    )
    return tuple(line(room, case) for case in cases)


def waiting(
    room: Room, stage: Stage | None, *, overdue: bool, right: str = "", by: str = ""
) -> int:
    """Return how many requests `queue` has in all."""
    today = civil_date(room.keeper.now())
    stages = OPEN if stage is None else (stage,)
    return room.store.count(stages, due_before=today if overdue else None, right=right, by=by)


def outside_seen(notice: NoticeKept) -> OutsideSeen:
    """Return a notice as it is shown."""
    return OutsideSeen(
        id=notice.id,
        recipient=notice.outside.recipient,
        name=notice.outside.name,
        state=notice.state,
        attempts=notice.attempts,
        next_at=notice.next_at,
    )


def task_seen(task: TaskKept) -> TaskSeen:
    """Return a task as it is shown."""
    return TaskSeen(
        id=task.id,
        request=task.request,
        store=task.store,
        kind=task.kind,
        what=task.what,
        done_by=task.done_by,
        done_at=task.done_at,
        note=task.note,
    )


def _until(case: Case) -> datetime | None:
    if case.has_begun or case.stage not in _CAN_BE_TAKEN_BACK:
        return None
    return case.wait_until


def _files(room: Room, request: RequestId) -> tuple[FileSeen, ...]:
    try:
        state = room.exports.place.state(request)
    except NoSuchExportError:
        return ()
    return tuple(
        FileSeen(
            part=part.number,
            name=part.name,
            size=part.size,
            sha256=part.sha256,
            expires=state.expires,
        )
        for part in state.parts
        if state.whole and part.number in state.recorded
    )
