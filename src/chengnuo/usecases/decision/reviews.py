"""Reviews of automated decisions by a person, claimed, decided with reasons, told and recorded.

A review is a task of a request about rights (right `refuse-automated` on one decision), so its
clock, its reply and its records are those of requests; only the deciding stands here. Whoever
looks at what a decision rested on has claimed its review, and that look is itself recorded in the
individual's chain. The request closes only with a person's decision (PIPL Art. 24 para. 3).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from chengnuo.base.errors import InvalidInputError
from chengnuo.base.text import Text
from chengnuo.domain.decision.automated import AutomatedId
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.register.decision_model import ModelOutcome
from chengnuo.domain.rights.request import RequestId
from chengnuo.law.rights import Right
from chengnuo.ports.accounts import Account
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.decision.automated import AutomatedDesk, AutomatedSeen
from chengnuo.usecases.evidence.recording import Recorder, Rows
from chengnuo.usecases.rights.desk import RightsDesk
from chengnuo.usecases.rights.refusals import RightsReasonError, RightsReviewError
from chengnuo.usecases.rights.reviewing import checked_reason
from chengnuo.usecases.rights.seen import RequestSeen, TaskKind, TaskSeen

REVIEW_CLAIMED = "review-claimed"
REVIEW_DECIDED = "review-decided"
"""What the timeline of a request notes; after the second stand the verdict and a new outcome."""


class Verdict(StrEnum):
    """How a review ends."""

    UPHOLD = "uphold"
    CHANGE = "change"
    UNDO = "undo"

    @property
    def text(self) -> Text:
        """What people are told."""
        return _VERDICTS[self]


_VERDICTS = {
    Verdict.UPHOLD: Text("维持原决定", "The decision is upheld"),
    Verdict.CHANGE: Text("改变决定", "The decision is changed"),
    Verdict.UNDO: Text("撤销决定", "The decision is undone"),
}


class NoSuchReviewError(InvalidInputError):
    """There is no review of this id."""

    code = "no-such-review"

    def __init__(self) -> None:
        super().__init__("there is no review of this id")


class ReviewOutcomeError(InvalidInputError):
    """A decision shall be changed to what its model cannot decide, or to what it was."""

    code = "review-outcome"

    def __init__(self) -> None:
        super().__init__("expected another outcome of the model for a change, and none otherwise")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewLine:
    """A review in the queue, without anything of what the decision says.

    Attributes:
        task: Its id.
        request: Request it belongs to.
        position: Position of the record of the decision.
        received: When the individual refused the decision.
        due: Last day for the answer.
        days_left: Working days until then; negative once it is over.
        claimed_by: Account id of who claimed it; empty before.
        decided_at: When it was decided; None before.
        verdict: How; None before.
        outcome: The new outcome of a change; else empty.

    """

    task: str
    request: RequestId
    position: int
    received: datetime
    due: date
    days_left: int
    claimed_by: str
    decided_at: datetime | None
    verdict: Verdict | None
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewDecided:
    """A review that a person ended; see `ReviewLine`."""

    request: RequestId
    position: int
    at: datetime
    verdict: Verdict
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewSeen:
    """A review with the decision, for whoever claimed it."""

    line: ReviewLine
    decision: AutomatedSeen
    outcomes: tuple[ModelOutcome, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewDesk:
    """The use cases around reviews.

    Attributes:
        automated: The decisions.
        rights: The requests.
        recorder: Records looks and outcomes.

    """

    automated: AutomatedDesk
    rights: RightsDesk
    recorder: Recorder

    def lines(self, *, open_only: bool) -> tuple[ReviewLine, ...]:
        """Return reviews, the fewest days left first; those decided stand at the end."""
        found = (self._line(task) for task in self._tasks(open_only=open_only))
        return tuple(sorted(found, key=lambda one: (one.decided_at is not None, one.days_left)))

    def decided(
        self, *, since: datetime | None
    ) -> tuple[tuple[ReviewDecided, AutomatedId | None], ...]:
        """Return reviews that were ended since an instant, newest first.

        Each with the operator's id of the decision; None where its content was erased.
        """
        found: list[tuple[ReviewDecided, AutomatedId | None]] = []
        for task in self._tasks(open_only=False):
            at = task.done_at
            if at is None or (since is not None and at < since):
                continue
            line = self._line(task)
            if line.verdict is None:
                continue
            person = PersonKey(self.rights.seen(line.request).request.person)
            record = self.automated.one(person, line.position).record
            ended = ReviewDecided(
                request=line.request,
                position=line.position,
                at=at,
                verdict=line.verdict,
                outcome=line.outcome,
            )
            found.append((ended, None if record is None else record.decision.id))
        return tuple(sorted(found, key=lambda one: one[0].at, reverse=True))

    def line(self, task: str) -> ReviewLine:
        """Return one review.

        Raises:
            NoSuchReviewError: There is none.

        """
        return self._line(self._task(task))

    def claim(self, task: str, by: Account) -> ReviewLine:
        """Claim a review; whoever claims later takes it over, which the timeline shows.

        Raises:
            NoSuchReviewError: There is none that is open.

        """
        found = self._task(task)
        if found.done_at is not None:
            raise NoSuchReviewError
        self.rights.note_review(found.request, by, REVIEW_CLAIMED)
        return self._line(found)

    def opened(self, task: str, by: Account) -> ReviewSeen:
        """Return the decision of a review that the account claimed; the look is recorded.

        Raises:
            NoSuchReviewError: There is none.
            RightsReviewError: The account has not claimed it.
            LogUnavailableError: The look could not be recorded; nothing is shown.

        """
        line = self.line(task)
        if line.claimed_by != by.id:
            raise RightsReviewError
        person = PersonKey(self.rights.seen(line.request).request.person)
        self.recorder.record(
            Kind.OPERATOR_READ,
            {
                "what": f"record {line.position} ({Kind.AUTOMATED_DECISION})",
                "by": by.id,
                "reason": f"review of {line.request}",
            },
            person=person,
        )
        return self._seen(line, person)

    def decide(
        self, task: str, by: Account, verdict: Verdict, *, outcome: str = "", reason: str
    ) -> RequestSeen:
        """Decide anew; the individual is told, and it is recorded before the request closes.

        Raises:
            NoSuchReviewError: There is none.
            RightsReviewError: The account has not claimed it, or it is decided.
            RightsReasonError: The reason has a wrong length.
            ReviewOutcomeError: A change names no other outcome of the model.
            FourEyesError: A change or undoing takes a reviewer, once there are two accounts.

        """
        said = checked_reason(reason)
        line = self.line(task)
        if line.claimed_by != by.id or line.decided_at is not None:
            raise RightsReviewError
        person = PersonKey(self.rights.seen(line.request).request.person)
        found = self._seen(line, person)
        note = f"{verdict.text.zh}{_to(found, verdict, outcome)}（{verdict.text.en}）。{said}"
        if len(note) > _MOST_NOTE:
            raise RightsReasonError
        changes = verdict is not Verdict.UPHOLD
        self.rights.check_review(line.request, by, changes=changes)
        self.recorder.record(
            Kind.REQUEST_STATE,
            {
                "request": line.request,
                "right": Right.REFUSE_AUTOMATED.value,
                "state": f"review-{verdict}",
                "reason": note,
            },
            person=person,
            rows=Rows(activity=found.decision.activity),
        )
        self.rights.note_review(line.request, by, f"{REVIEW_DECIDED} {verdict} {outcome}".strip())
        return self.rights.reviewed(task, by, note)

    def _seen(self, line: ReviewLine, person: PersonKey) -> ReviewSeen:
        decision = self.automated.one(person, line.position)
        model = None
        if decision.record is not None:
            register = self.automated.register.served.register
            model = register.model_by_id.get(decision.record.decision.model)
        outcomes = () if model is None else model.outcomes
        return ReviewSeen(line=line, decision=decision, outcomes=outcomes)

    def _tasks(self, *, open_only: bool) -> Iterator[TaskSeen]:
        for task in self.rights.tasks(open_only=open_only):
            if task.kind is TaskKind.REVIEW:
                yield task

    def _task(self, wanted: str) -> TaskSeen:
        for task in self._tasks(open_only=False):
            if task.id == wanted:
                return task
        raise NoSuchReviewError

    def _line(self, task: TaskSeen) -> ReviewLine:
        request = self.rights.seen(task.request)
        claimed_by, verdict, outcome = "", None, ""
        for happened in request.timeline:
            words = happened.note.split()
            if words == [REVIEW_CLAIMED]:
                claimed_by = happened.by
            elif words[:1] == [REVIEW_DECIDED]:
                verdict, outcome = Verdict(words[1]), " ".join(words[2:])
        return ReviewLine(
            task=task.id,
            request=task.request,
            position=int(task.store),
            received=request.request.received,
            due=request.due.on,
            days_left=request.days_left,
            claimed_by=claimed_by,
            decided_at=task.done_at,
            verdict=verdict if task.done_at is not None else None,
            outcome=outcome if task.done_at is not None else "",
        )


_MOST_NOTE = 500


def _to(found: ReviewSeen, verdict: Verdict, outcome: str) -> str:
    """Return the words of the new outcome.

    Raises:
        ReviewOutcomeError: There is none where one is due, or one where none is.

    """
    if verdict is not Verdict.CHANGE:
        if outcome:
            raise ReviewOutcomeError
        return ""
    record = found.decision.record
    other = next((one for one in found.outcomes if one.outcome == outcome), None)
    if other is None or (record is not None and record.decision.outcome == outcome):
        raise ReviewOutcomeError
    return f"为「{other.name.zh}」"
