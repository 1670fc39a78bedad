"""Requests about rights as they are kept: cases, their timeline, and who works on them.

What is personal of a request is in `sealed` only and is erased with the step that closes it. A case
is changed by one who read its newest state (`number`), and while it is executed by the holder of
the newest lease alone (`fence`): both are looked at in the transaction that writes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from chengnuo.base.errors import ConflictError
from chengnuo.domain.rights.machine import Event, Stage
from chengnuo.domain.rights.plan import Plan
from chengnuo.domain.rights.reply import Reply, Stopped, StoreResult
from chengnuo.domain.rights.request import Asked, RequestId, RightsRequest
from chengnuo.ports.individuals import PersonKey
from chengnuo.ports.rights_outside import NoticeKept, TaskKept


class CaseMovedError(ConflictError):
    """A case is not as it was read, or another executor has taken it over."""

    code = "rights-moved-on"

    def __init__(self) -> None:
        super().__init__("the request was changed meanwhile; read it again")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One request as it is kept.

    Attributes:
        request: The request; in the store without what is personal of `asked`.
        stage: Where it stands.
        number: Number of the newest line of its timeline.
        days: Working days for the answer.
        due_on: Last day as it was reckoned last.
        extended: Why the time was extended; empty where it was not.
        staff: Staff account that typed it in, or else vouched for papers; empty where none did.
        proved_at: When the individual signed in, as of the last proof.
        proof_at: When that proof was given here.
        has_guardian: Whether a guardian acts.
        checked: Whether staff have seen what shows relation or power.
        wait_until: Until when it can be taken back.
        plan: The plan.
        results: What was done where.
        reply: The answer.
        stopped: What it stands still for.
        released: Rows of the plan that was released; None before.
        rounds: How often it was planned after it was begun.
        fence: Number of the newest lease.
        has_begun: Whether something may have been changed in a store.
        next_at: When the worker looks at it next; None where somebody else has to act.
        follows: Positions of withdrawals that it carries out.
        party: Seal of who asked for somebody else; empty where nobody did, or nobody knows.

    """

    request: RightsRequest
    stage: Stage
    number: int = 0
    days: int
    due_on: date
    extended: str = ""
    staff: str = ""
    proved_at: datetime | None = None
    proof_at: datetime | None = None
    has_guardian: bool = False
    checked: bool = False
    wait_until: datetime | None = None
    plan: Plan | None = None
    results: tuple[StoreResult, ...] = ()
    reply: Reply | None = None
    stopped: Stopped | None = None
    released: int | None = None
    rounds: int = 0
    fence: int = 0
    has_begun: bool = False
    next_at: datetime | None = None
    follows: tuple[int, ...] = ()
    party: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a timeline.

    Attributes:
        number: From 0 without gaps.
        at: When.
        event: What; None for the arrival and for notes.
        stage: Where the request stood afterwards.
        by: Account id of staff, or `individual`, `guardian`, `system`.
        note: More in words.
        position: Where it is recorded in the log; None before.

    """

    number: int
    at: datetime
    event: Event | None
    stage: Stage
    by: str
    note: str = ""
    position: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Secret:
    """What is personal of a request: kept sealed, and only while it is open.

    Attributes:
        account: The account id by which the stores know the individual.
        asked: What is asked for, whole.
        party: Who asks for somebody else, by an id or key of theirs; empty where nobody does, or
            nobody knows.

    """

    account: str
    asked: Asked
    party: str = ""


class RightsStore(Protocol):
    """Keeps cases. Every method is one transaction."""

    def add(self, case: Case, secret: Secret, line: Line) -> None:
        """Add a case with its first line."""
        ...

    def change(
        self, case: Case, line: Line | None, *, before: int, fence: int | None = None
    ) -> None:
        """Replace a case, with a new line of its timeline; what is personal goes when it closes.

        Args:
            case: What it is from now on.
            line: What happened; None where the stage is the same.
            before: Number of the newest line as it was read.
            fence: Lease under which it is changed; None for whoever has none.

        Raises:
            CaseMovedError: It is not as it was read, or the lease is not the newest.

        """
        ...

    def case(self, request: RequestId) -> Case | None:
        """Return a case, or None."""
        ...

    def secret(self, request: RequestId) -> Secret | None:
        """Return what is personal of an open case; None once it is closed.

        Raises:
            SealBrokenError: The key is not the one it was sealed with.

        """
        ...

    def of(
        self,
        persons: Sequence[PersonKey],
        *,
        limit: int | None = None,
        skip: int = 0,
        open_only: bool = False,
    ) -> tuple[Case, ...]:
        """Return the cases about an individual under any of these names, newest first.

        Args:
            persons: The names.
            limit: Return at most so many; None for all.
            skip: Leave out so many of the first.
            open_only: Leave out what is at its end, and give those soonest due first.

        """
        ...

    def count_of(self, persons: Sequence[PersonKey]) -> int:
        """Return how many cases `of` has in all."""
        ...

    def queue(  # noqa: PLR0913  which, and which part of them
        self,
        stages: Sequence[Stage],
        *,
        due_before: date | None,
        limit: int,
        skip: int = 0,
        right: str = "",
        by: str = "",
    ) -> tuple[Case, ...]:
        """Return cases in these stages, soonest due first.

        Args:
            stages: Which.
            due_before: Leave out those due on this day or later; None for none.
            limit: Return at most so many.
            skip: Leave out so many of the first.
            right: Leave out those for another right; empty for none.
            by: Leave out those that somebody in another role asks; empty for none.

        """
        ...

    def count(
        self,
        stages: Sequence[Stage],
        *,
        due_before: date | None,
        right: str = "",
        by: str = "",
    ) -> int:
        """Return how many cases `queue` has in all."""
        ...

    def to_work_on(self, at: datetime, *, limit: int) -> tuple[RequestId, ...]:
        """Return cases that the worker has to look at by now and that nobody has a lease on."""
        ...

    def lease(self, request: RequestId, owner: str, *, at: datetime, until: datetime) -> int | None:
        """Take the lease of a case; return its number, or None while another's has not ended."""
        ...

    def beat(self, request: RequestId, fence: int, until: datetime) -> None:
        """Keep a lease longer.

        Raises:
            CaseMovedError: Another has taken it over.

        """
        ...

    def let_go(self, request: RequestId, fence: int) -> None:
        """Give a lease back; does nothing if another has it."""
        ...

    def lines(self, request: RequestId) -> tuple[Line, ...]:
        """Return the timeline of a case, oldest first."""
        ...

    def unrecorded(self) -> tuple[RequestId, ...]:
        """Return cases with lines that are not recorded yet."""
        ...

    def recorded(self, request: RequestId, number: int, position: int) -> None:
        """Note where a line is recorded."""
        ...


class OutsideStore(Protocol):
    """Keeps what others have to be told and do. Every method is one transaction."""

    def put(self, notices: Sequence[NoticeKept], tasks: Sequence[TaskKept]) -> None:
        """Add those that are not there yet, by their ids."""
        ...

    def notices(self, request: RequestId) -> tuple[NoticeKept, ...]:
        """Return the notices of a case."""
        ...

    def notices_due(self, at: datetime, *, limit: int) -> tuple[NoticeKept, ...]:
        """Return what has to be sent by now."""
        ...

    def notice(self, notice: str) -> NoticeKept | None:
        """Return a notice, or None."""
        ...

    def set_notice(self, notice: NoticeKept, *, attempts: int) -> bool:
        """Replace a notice if it was sent so often as it was read; tell whether."""
        ...

    def tasks(self, request: RequestId | None, *, open_only: bool) -> tuple[TaskKept, ...]:
        """Return the tasks of a case, or of all."""
        ...

    def task(self, task: str) -> TaskKept | None:
        """Return a task, or None."""
        ...

    def set_task(self, task: TaskKept) -> bool:
        """Replace a task if it is open; tell whether."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppressed:
    """Somebody erased, who must not come back by a restored backup or an import.

    Attributes:
        person: Who.
        since: From when on.
        request: By which request.

    """

    person: PersonKey
    since: datetime
    request: RequestId


class SuppressionStore(Protocol):
    """The ledger of those erased. Every method is one transaction."""

    def suppress(self, one: Suppressed) -> None:
        """Enter somebody; an entry that there is stays."""
        ...

    def entry(self, person: PersonKey) -> Suppressed | None:
        """Return the entry of somebody; None if there is none."""
        ...

    def every(self) -> tuple[Suppressed, ...]:
        """Return all entries, in the order of persons."""
        ...

    def suppressed(self, persons: Sequence[PersonKey]) -> frozenset[PersonKey]:
        """Return which of these are entered."""
        ...

    def lift(self, person: PersonKey) -> bool:
        """Take somebody off; tell whether they were entered."""
        ...

    def count(self) -> int:
        """Return how many are entered."""
        ...
