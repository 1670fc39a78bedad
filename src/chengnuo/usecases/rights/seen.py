"""A request as pages, the API and the command line show it."""

from dataclasses import dataclass
from datetime import datetime

from chengnuo.base.text import Text
from chengnuo.domain.rights.machine import Event, Stage
from chengnuo.domain.rights.plan import Plan
from chengnuo.domain.rights.reply import Reply, Stopped, StoreResult
from chengnuo.domain.rights.request import AskedBy, RequestId, RightsRequest
from chengnuo.law.working_days import DueDate
from chengnuo.ports import rights_outside
from chengnuo.ports.individuals import PersonKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Who makes a request or acts on one, as the door that let them in knows it.

    Attributes:
        person: Whose information.
        account: The operator's account id; personal, never kept unsealed.
        by: In which role.
        app: App that they came from; empty where none.
        surface: `centre`, `console`, `api`, `drp` or `automatic`.
        authenticated_at: When the individual last proved who they are; None if not known.
        guardian: Person key of the guardian who acts; None where nobody does.
        staff: Account id of the staff member who types it in; empty where nobody does.
        party: Which agent or close relative asks, by an id or key of theirs; empty where the door
            does not know, and where nobody asks for somebody else.

    """

    person: PersonKey
    account: str
    by: AskedBy
    app: str
    surface: str
    authenticated_at: datetime | None
    guardian: PersonKey | None = None
    staff: str = ""
    party: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """One line of the timeline.

    Attributes:
        at: When.
        event: What; None for the arrival and for notes.
        stage: Where the request stood afterwards.
        by: Account id of staff, or `individual`, `guardian`, `system`.
        note: More in words; empty where there is none.

    """

    at: datetime
    event: Event | None
    stage: Stage
    by: str
    note: str


OutsideState = rights_outside.OutsideState
TaskKind = rights_outside.TaskKind


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideSeen:
    """A party outside that is told.

    Attributes:
        id: Id of the notice.
        recipient: Id of the recipient.
        name: Name that people know.
        state: How far it is.
        attempts: How often it was sent.
        next_at: When it is sent next; None where it is not.

    """

    id: str
    recipient: str
    name: Text
    state: OutsideState
    attempts: int
    next_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskSeen:
    """Something that somebody has to do by hand.

    Attributes:
        id: Its id.
        request: Request it belongs to.
        store: Store or recipient it is about.
        kind: What sort of work it is.
        what: What to do, in words for staff.
        done_by: Account id of who did it; empty before.
        done_at: When; None before.
        note: What they said of it.

    """

    id: str
    request: RequestId
    store: str
    kind: TaskKind
    what: Text
    done_by: str
    done_at: datetime | None
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileSeen:
    """A file to take home.

    Attributes:
        part: Number of the part, from 1.
        name: Name of the file.
        size: Bytes.
        sha256: Digest of the file.
        expires: When it is destroyed.

    """

    part: int
    name: str
    size: int
    sha256: str
    expires: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestSeen:
    """One request, wholly.

    Attributes:
        request: What is asked.
        stage: Where it stands.
        due: Last day for the answer; provisional beyond the known calendar.
        days_left: Working days until then; negative once it is over.
        extended: Reason of an extension; empty where there is none.
        take_back_until: Until when it can be taken back; None where it cannot.
        timeline: What happened, oldest first.
        plan: The plan; None before there is one.
        results: What was done where.
        outside: Who is told.
        tasks: What has to be done by hand.
        files: What can be taken home.
        reply: The answer; None before.
        stopped: Why it stands still and who has to act; None where it does not.
        like: Other open requests of the same individual for the same right.
        has_code: Whether the files have a pass code that was not shown yet.

    """

    request: RightsRequest
    stage: Stage
    due: DueDate
    days_left: int
    extended: str
    take_back_until: datetime | None
    timeline: tuple[Happened, ...]
    plan: Plan | None
    results: tuple[StoreResult, ...]
    outside: tuple[OutsideSeen, ...]
    tasks: tuple[TaskSeen, ...]
    files: tuple[FileSeen, ...]
    reply: Reply | None
    stopped: Stopped | None
    like: tuple[RequestId, ...]
    has_code: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestLine:
    """One request in a queue.

    Attributes:
        id: Its id.
        right: Which right, as `delete`.
        by: Who asks.
        stage: Where it stands.
        received: When it came in.
        due: Last day for the answer.
        days_left: Working days until then; negative once it is over.
        stopped: Code of what it stands still for; empty where it does not.

    """

    id: RequestId
    right: str
    by: AskedBy
    stage: Stage
    received: datetime
    due: DueDate
    days_left: int
    stopped: str
