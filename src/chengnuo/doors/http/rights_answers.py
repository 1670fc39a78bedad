"""What programs are told about requests, as JSON; the only place of its wire names.

Nothing here names anybody: the account id is never given back, and values of rows never leave by
this way. What the individual wrote themselves stays with the request.
"""

from datetime import date, datetime

import msgspec

from chengnuo.domain.rights.machine import NEXT
from chengnuo.doors.http.answers import Words
from chengnuo.doors.http.rights_plan_answers import PlanBody, plan_body, words
from chengnuo.doors.http.rights_reply_answers import (
    ReplyBody,
    ResultBody,
    StoppedBody,
    reply_body,
    result_body,
    stopped_body,
)
from chengnuo.law.working_days import DueDate
from chengnuo.usecases.rights.conditions import ConditionSeen
from chengnuo.usecases.rights.seen import (
    FileSeen,
    Happened,
    OutsideSeen,
    RequestLine,
    RequestSeen,
    TaskSeen,
)


class _Camel(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """An answer."""


class DueBody(_Camel, frozen=True):
    """The last day for the answer; provisional where the official calendar does not reach."""

    on: date
    provisional: bool
    likely: date


class NextBody(_Camel, frozen=True):
    """Who has to do what."""

    owner: str
    action: Words


class HappenedBody(_Camel, frozen=True):
    """One line of the timeline; `by` says staff, individual, guardian or system, never who."""

    at: datetime
    event: str | None
    stage: str
    by: str
    note: str


class OutsideBody(_Camel, frozen=True):
    """How far a party outside is; `notice` is what it acknowledges by."""

    notice: str
    recipient: str
    name: Words
    state: str
    attempts: int
    next_at: datetime | None


class TaskBody(_Camel, frozen=True):
    """Something that somebody has to do by hand."""

    task: str
    request: str
    store: str
    what: Words
    done_at: datetime | None
    note: str


class FileSeenBody(_Camel, frozen=True):
    """A file to take home."""

    part: int
    name: str
    size: int
    sha256: str
    expires: datetime


class RequestBody(_Camel, frozen=True):
    """One request, wholly.

    Attributes:
        person_key: The key under which the individual is known here.
        next: Who has to act; null once nothing happens any more.
        days_left: Working days until the last day; negative once it is over.

    """

    id: str
    right: str
    person_key: str
    by: str
    app: str
    surface: str
    received: datetime
    stage: str
    final: bool
    next: NextBody | None
    due: DueBody
    days_left: int
    extended: str
    take_back_until: datetime | None
    timeline: tuple[HappenedBody, ...]
    plan: PlanBody | None
    results: tuple[ResultBody, ...]
    outside: tuple[OutsideBody, ...]
    tasks: tuple[TaskBody, ...]
    files: tuple[FileSeenBody, ...]
    reply: ReplyBody | None
    stopped: StoppedBody | None
    like: tuple[str, ...]


class LineBody(_Camel, frozen=True):
    """One request in a queue."""

    id: str
    right: str
    by: str
    stage: str
    received: datetime
    due: DueBody
    days_left: int
    stopped: str


class LinesBody(_Camel, frozen=True):
    """Requests, those with the fewest working days left first."""

    requests: tuple[LineBody, ...]


class TasksSeenBody(_Camel, frozen=True):
    """What has to be done by hand."""

    tasks: tuple[TaskBody, ...]


class ConditionBody(_Camel, frozen=True):
    """A published condition of cancelling the account; `met` is null where you alone can tell."""

    what: Words
    met: bool | None


class ConditionsBody(_Camel, frozen=True):
    """The published conditions of cancelling the account."""

    conditions: tuple[ConditionBody, ...]


class AcknowledgedBody(_Camel, frozen=True):
    """That it was taken note of; nothing is told of the request."""

    notice: str


class MayCreateBody(_Camel, frozen=True):
    """Whether an account may be made under an id: not where it was erased."""

    may: bool


class AfreshBody(_Camel, frozen=True):
    """That somebody may come back by their own registration; whether they had been erased."""

    was_erased: bool


class CodeSeenBody(_Camel, frozen=True):
    """The pass code of a copy; it is nowhere any more, so it has to be shown at once."""

    code: str


class PieceBody(_Camel, frozen=True):
    """A piece of a file to take home, in base 64; `size` and `sha256` are of the whole file."""

    name: str
    size: int
    sha256: str
    start: int
    content: bytes


def request_body(seen: RequestSeen) -> RequestBody:
    """Return one request, wholly."""
    request, following = seen.request, NEXT.get(seen.stage)
    return RequestBody(
        id=request.id,
        right=request.right.value,
        person_key=request.person,
        by=request.by.value,
        app=request.app,
        surface=request.surface,
        received=request.received,
        stage=seen.stage.value,
        final=seen.stage.is_final,
        next=None
        if following is None
        else NextBody(owner=following.owner.value, action=words(following.action)),
        due=_due(seen.due),
        days_left=seen.days_left,
        extended=seen.extended,
        take_back_until=seen.take_back_until,
        timeline=tuple(map(_happened, seen.timeline)),
        plan=None if seen.plan is None else plan_body(seen.plan),
        results=tuple(map(result_body, seen.results)),
        outside=tuple(map(_outside, seen.outside)),
        tasks=tuple(map(_task, seen.tasks)),
        files=tuple(map(_file, seen.files)),
        reply=None if seen.reply is None else reply_body(seen.reply),
        stopped=None if seen.stopped is None else stopped_body(seen.stopped),
        like=seen.like,
    )


def lines_body(lines: tuple[RequestLine, ...]) -> LinesBody:
    """Return requests of a queue."""
    return LinesBody(requests=tuple(map(_line, lines)))


def tasks_body(tasks: tuple[TaskSeen, ...]) -> TasksSeenBody:
    """Return what has to be done by hand."""
    return TasksSeenBody(tasks=tuple(map(_task, tasks)))


def conditions_body(conditions: tuple[ConditionSeen, ...]) -> ConditionsBody:
    """Return the conditions of cancelling the account."""
    return ConditionsBody(
        conditions=tuple(ConditionBody(what=words(one.what), met=one.met) for one in conditions)
    )


def _due(due: DueDate) -> DueBody:
    return DueBody(on=due.on, provisional=due.provisional, likely=due.likely)


_NO_STAFF = frozenset({"individual", "guardian", "system"})


def _happened(one: Happened) -> HappenedBody:
    return HappenedBody(
        at=one.at,
        event=None if one.event is None else one.event.value,
        stage=one.stage.value,
        by=one.by if one.by in _NO_STAFF else "staff",
        note=one.note,
    )


def _outside(one: OutsideSeen) -> OutsideBody:
    return OutsideBody(
        notice=one.id,
        recipient=one.recipient,
        name=words(one.name),
        state=one.state.value,
        attempts=one.attempts,
        next_at=one.next_at,
    )


def _task(one: TaskSeen) -> TaskBody:
    return TaskBody(
        task=one.id,
        request=one.request,
        store=one.store,
        what=words(one.what),
        done_at=one.done_at,
        note=one.note,
    )


def _file(one: FileSeen) -> FileSeenBody:
    return FileSeenBody(
        part=one.part, name=one.name, size=one.size, sha256=one.sha256, expires=one.expires
    )


def _line(one: RequestLine) -> LineBody:
    return LineBody(
        id=one.id,
        right=one.right,
        by=one.by.value,
        stage=one.stage.value,
        received=one.received,
        due=_due(one.due),
        days_left=one.days_left,
        stopped=one.stopped,
    )
