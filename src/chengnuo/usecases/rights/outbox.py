"""Telling parties outside, durably: again and again, later and later, and given up by name.

What one of them is told stands in the store before the request goes on. A recipient that does not
confirm in time is named in the reply as not told; one without a channel is told by staff, as a
task.
"""

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from chengnuo.base.errors import ChengnuoError
from chengnuo.base.text import Text
from chengnuo.domain.consent.what_follows import FollowKind
from chengnuo.domain.disclosure.saying import fill
from chengnuo.domain.register.ids import RecipientId
from chengnuo.domain.rights.plan import Outside, Plan, StorePlan
from chengnuo.domain.rights.request import CancellationAsked, CorrectionAsked, DeletionAsked
from chengnuo.ports.individuals import PersonKey
from chengnuo.ports.rights import Case
from chengnuo.ports.rights_outside import NoticeKept, OutsideState, TaskKept, TaskKind
from chengnuo.usecases.consent.refusals import FollowUpNotDueError, NoSuchFollowUpError
from chengnuo.usecases.rights.room import Room
from chengnuo.usecases.rights.tasks import notice_id, task_of

LOG = logging.getLogger("chengnuo.rights")
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=12)
MOST_ATTEMPTS = 12
"""How often one is told; with the pauses that is about two days."""
CONFIRMS_WITHIN = timedelta(days=7)
"""How long one that took the notice has to confirm before it is given up."""
_WHAT = {
    "delete": Text("删除", "delete"),
    "correct": Text("更正", "correct"),
    "restrict": Text("限制处理", "restrict the handling of"),
    "lift": Text("解除限制", "lift the restriction of"),
    "stop": Text("停止处理", "stop handling"),
}

_OF_STORE = {DeletionAsked: "delete", CancellationAsked: "delete", CorrectionAsked: "correct"}


def pause_after(attempts: int) -> timedelta:
    """Return how long to wait after so many attempts: doubled each time, up to a bound."""
    return min(LONGEST_PAUSE, FIRST_PAUSE * (1 << min(attempts, 20)))


def put_outside(room: Room, case: Case, plan: Plan) -> None:
    """Put what a plan says has to be told, once however often it is called."""
    now = room.keeper.now()
    notices: list[NoticeKept] = []
    tasks: list[TaskKept] = []
    for outside in (*plan.outside, *_stores_told(room, plan)):
        if room.sender.has_channel(RecipientId(outside.recipient)):
            notices.append(
                NoticeKept(
                    id=notice_id(case, outside.recipient, outside.kind),
                    request=case.request.id,
                    outside=outside,
                    next_at=now,
                )
            )
        else:
            tasks.append(_task(case, outside, now))
    room.outside.put(notices, tasks)


def _stores_told(room: Room, plan: Plan) -> Iterator[Outside]:
    """Yield the stores that have no connector but a channel: each is told like a recipient."""
    kind = _OF_STORE.get(type(plan.request.asked))
    for store in plan.stores:
        if kind is not None and is_told(room, store):
            yield Outside(recipient=store.store, name=store.name, kind=kind, categories=())


def is_told(room: Room, store: StorePlan) -> bool:
    """Tell whether a store is told by notices, so that nobody has to work on it."""
    return store.by_hand and room.sender.has_channel(RecipientId(store.store))


def send_due(room: Room, *, limit: int) -> int:
    """Send what is due; return how many notices moved."""
    moved = 0
    for notice in room.outside.notices_due(room.keeper.now(), limit=limit):
        moved += _send(room, notice)
    return moved


def acknowledged(room: Room, notice: NoticeKept) -> bool:
    """Take note that a party confirmed; tell whether it had not before."""
    _follow_up_done(room, notice)  # first, as it may be said twice and must not be left out
    settled = replace(notice, state=OutsideState.ACKNOWLEDGED, next_at=None)
    return room.outside.set_notice(settled, attempts=notice.attempts)


def _send(room: Room, notice: NoticeKept) -> bool:
    now, attempts = room.keeper.now(), notice.attempts + 1
    given_up = replace(notice, state=OutsideState.GIVEN_UP, next_at=None)
    if notice.state is OutsideState.SENT or attempts > MOST_ATTEMPTS:
        return room.outside.set_notice(given_up, attempts=notice.attempts)
    # Counted before it is sent, so that of two processes one sends.
    counted = replace(notice, attempts=attempts, next_at=now + pause_after(attempts))
    if not room.outside.set_notice(counted, attempts=notice.attempts):
        return False
    try:
        secret = room.store.secret(notice.request)
        if secret is None:  # the request is closed, so that nobody knows whom it is about
            return room.outside.set_notice(replace(given_up, attempts=attempts), attempts=attempts)
        if room.sender.send(counted, secret.account):
            return acknowledged(room, counted)
    except Exception as error:  # noqa: BLE001  one that fails keeps no other from being told
        code = error.code if isinstance(error, ChengnuoError) else type(error).__name__
        LOG.warning("notice %s of request %s waits: %s", notice.id, notice.request, code)
        return False
    sent = replace(counted, state=OutsideState.SENT, next_at=now + CONFIRMS_WITHIN)
    return room.outside.set_notice(sent, attempts=attempts)


def _follow_up_done(room: Room, notice: NoticeKept) -> None:
    case = room.store.case(notice.request)
    if case is not None:
        told(room, case, notice.outside.recipient)


def told(room: Room, case: Case, recipient: str) -> None:
    """Say of the withdrawals that a case carries out that a recipient was told and confirmed."""
    for withdrawal in case.follows:
        try:
            room.consents.acknowledge(
                PersonKey(case.request.person), withdrawal, FollowKind.TELL, recipient=recipient
            )
        except (NoSuchFollowUpError, FollowUpNotDueError):
            continue  # somebody said so before, or a new yes called it off


def _task(case: Case, outside: Outside, now: datetime) -> TaskKept:
    what = fill(
        "请通知「{name}」{what}该个人的信息，收到确认后完成本任务",
        "Tell {name} to {what} this individual's information; done once they confirm",
        name=outside.name,
        what=_WHAT[outside.kind],
    )
    return task_of(case, TaskKind.RECIPIENT, outside.recipient, what, now)
