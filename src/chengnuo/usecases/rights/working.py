"""One round of the worker: plan, wait, execute, send, conclude; whoever holds the lease does it.

A case is worked on under a lease with a number that only grows. A process that was paused and taken
over finds that out at its next beat, and its writes are refused from the moment the other began.
"""

import logging
from dataclasses import replace

from chengnuo.base.errors import ChengnuoError
from chengnuo.domain.rights.machine import Event, Stage
from chengnuo.domain.rights.request import RequestId
from chengnuo.ports.rights import Case, CaseMovedError
from chengnuo.ports.tracing import Fact
from chengnuo.usecases.rights.asking import judge
from chengnuo.usecases.rights.executing import LEASE, Heart, execute
from chengnuo.usecases.rights.making import AGAIN_AFTER, make_plan
from chengnuo.usecases.rights.outbox import send_due
from chengnuo.usecases.rights.room import Room
from chengnuo.usecases.rights.settling import carried_out, settle

LOG = logging.getLogger("chengnuo.rights")
_EVENTS = {
    Stage.WAITING: Event.WAITED,
    Stage.RUNNING: Event.LEFT,
    Stage.PARKED: Event.RESUMED,
}
"""What comes about by itself once its time has come."""
_MOST_STEPS = 12
"""How many steps a case goes in one round; the rest is for the next."""


def work(room: Room, *, limit: int) -> int:
    """Do one round; return how many requests and notices moved."""
    room.keeper.mend()
    moved = send_due(room, limit=limit)
    now = room.keeper.now()
    for request in room.store.to_work_on(now, limit=limit):
        moved += _under_lease(room, request)
    return moved


def _under_lease(room: Room, request: RequestId) -> bool:
    now = room.keeper.now()
    fence = room.store.lease(request, room.owner, at=now, until=now + LEASE)
    if fence is None:
        return False
    try:
        return _as_far_as_it_goes(room, request, fence)
    except CaseMovedError:
        return False  # somebody else changed it or took it over; it is theirs
    except Exception as error:  # noqa: BLE001  one that fails keeps no other from being done
        code = error.code if isinstance(error, ChengnuoError) else type(error).__name__
        LOG.warning("request %s waits: %s", request, code)
        _later(room, request, fence)
        return False
    finally:
        room.store.let_go(request, fence)


def _as_far_as_it_goes(room: Room, request: RequestId, fence: int) -> bool:
    before = None
    for _ in range(_MOST_STEPS):
        case = room.store.case(request)
        if case is None or case.next_at is None or case.next_at > room.keeper.now():
            break
        before = case if before is None else before
        with room.spans.span("rights step", {Fact.STAGE: case.stage.value}):
            step(room, case, fence)
    after = room.store.case(request)
    return before is not None and after is not None and after.number != before.number


def step(room: Room, case: Case, fence: int) -> Case:
    """Do the next thing with a case."""
    heart = Heart(room, case, fence)
    heart.check()
    if case.stage in _EVENTS:
        return room.keeper.move(replace(case, stopped=None), _EVENTS[case.stage], fence=fence)
    match case.stage:
        case Stage.NEEDS_IDENTITY:
            return judge(room, case, by="system", fence=fence)
        case Stage.NEEDS_PLAN:
            secret = room.store.secret(case.request.id)
            account = "" if secret is None else secret.account
            return make_plan(room, case, account, fence=fence, beat=heart)
        case Stage.QUEUED:
            return _run(room, room.keeper.move(case, Event.PICKED, fence=fence), fence)
        case Stage.OUTSIDE:
            return settle(room, case, fence=fence)
        case _:
            return room.keeper.update(replace(case, next_at=None), fence=fence)


def _run(room: Room, case: Case, fence: int) -> Case:
    plan, secret = case.plan, room.store.secret(case.request.id)
    assert plan is not None  # noqa: S101  the table lets nothing run without one
    assert secret is not None  # noqa: S101  it goes when the case closes
    whole = replace(plan, request=replace(case.request, asked=secret.asked))
    done = execute(room, case, whole, secret, fence)
    if done.stage is not Stage.RUNNING or done.plan is None:
        return done
    return carried_out(room, done, done.plan, fence=fence)


def _later(room: Room, request: RequestId, fence: int) -> None:
    """Put a case off that could not be worked on; it is tried again by itself."""
    case = room.store.case(request)
    if case is None or case.stage.is_final:
        return
    try:
        later = replace(case, next_at=room.keeper.now() + AGAIN_AFTER)
        room.keeper.update(later, fence=fence)
    except ChengnuoError as error:
        LOG.warning("request %s could not be put off: %s", request, error.code)
