"""Deciding: the state is looked up, the book opened, the answer recorded as asked for.

An answer for now counts for the clock's instant or that of the last record, whichever is later:
a clock that was set back does not hide a withdrawal. An answer that shall be recorded and cannot
be is not given.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import msgspec

from chengnuo.base.errors import UnavailableError
from chengnuo.base.instant import from_us, to_us
from chengnuo.domain.decision.decision import Decision
from chengnuo.domain.decision.explaining import Weighed, explained
from chengnuo.domain.decision.request import Request, State
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.register.consent_items import ConsentItemId
from chengnuo.law.civil import civil_date
from chengnuo.ports.clock import Clock
from chengnuo.ports.consents import Seen
from chengnuo.ports.evidence_log import Draft, Position
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.decision.answering import (
    NOTHING_STATED,
    Answer,
    AskedTooManyError,
    Decided,
    Mode,
    Question,
    Stated,
)
from chengnuo.usecases.decision.books import Books, OpenBook
from chengnuo.usecases.decision.recorded import payload_of, rows_of
from chengnuo.usecases.decision.states import States
from chengnuo.usecases.evidence.recording import Recorder

MOST_ASKED = 1000
"""Questions in one batch; more are a matter for an audience."""


class NotRecordedError(UnavailableError):
    """An answer shall be recorded and this process writes no log."""

    code = "decision-not-recorded"

    def __init__(self) -> None:
        super().__init__(
            "the answer shall be recorded, and this process does not write the evidence log; ask"
            " the running service, or ask without a record"
        )


Behind = Callable[[], int | None]
"""Tells by how many milliseconds answers may be behind, see `Answer`, once they are worked out;
raises `UnavailableError` where none may be given."""


def behind_nothing() -> None:
    """Tell that nothing that was acknowledged is missing."""


def as_of_now() -> Behind:
    """Tell of what is read here that nothing that was acknowledged is missing in it."""
    return behind_nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionDesk:
    """The use cases of deciding.

    Attributes:
        books: Opens the book of the register in force.
        states: Tells what is so about individuals.
        clock: Tells now.
        recorder: Records answers; None in a process that writes no log.
        as_of: Called before anything is read; returns what tells by how much answers that rest on
            it may be behind. It may refuse as that does.

    """

    books: Books
    states: States
    clock: Clock
    recorder: Recorder | None = None
    as_of: Callable[[], Behind] = as_of_now

    def answer(
        self,
        person: PersonKey,
        request: Request,
        *,
        at: datetime | None = None,
        stated: Stated = NOTHING_STATED,
        mode: Mode = Mode.NONE,
    ) -> Answer:
        """Answer one question.

        Args:
            person: Whose information it is.
            request: What shall be done with it.
            at: When, aware; None for now.
            stated: What the caller says of the individual where nothing is known.
            mode: How the answer is recorded.

        Raises:
            NaiveInstantError: `at` has no time zone.
            NoRegisterError: No register is in force.
            UnavailableError: State or log cannot be used now; nobody was told yes.

        """
        question = Question(person=person, request=request, at=at, stated=stated)
        return self.answer_all((question,), mode=mode)[0].answer

    def answer_all(
        self, questions: Sequence[Question], *, mode: Mode = Mode.NONE
    ) -> tuple[Decided, ...]:
        """Answer up to a thousand questions, in their order; recorded all or none.

        Raises:
            AskedTooManyError: There are more, or none.
            NaiveInstantError: An instant has no time zone.
            NoRegisterError: No register is in force.
            UnavailableError: State or log cannot be used now; nobody was told yes.

        """
        decided = self.decide_all(questions)
        if mode is Mode.NONE:
            return decided
        drafts = self.drafts(decided)
        if self.recorder is None:
            raise NotRecordedError
        if mode is Mode.ASYNC:
            self.recorder.log.enqueue(drafts)
            return with_records(decided, mode=mode)
        return with_records(decided, mode=mode, first=self.recorder.log.append(drafts).first)

    def decide_all(self, questions: Sequence[Question]) -> tuple[Decided, ...]:
        """Answer up to a thousand questions and record nothing; for who records by themselves.

        Raises:
            AskedTooManyError: There are more, or none.
            NaiveInstantError: An instant has no time zone.
            NoRegisterError: No register is in force.
            UnavailableError: The state cannot be read.

        """
        if not 1 <= len(questions) <= MOST_ASKED:
            raise AskedTooManyError(len(questions), MOST_ASKED)
        for question in questions:
            if question.at is not None:
                civil_date(question.at)
        behind = self.as_of()  # first: what comes to be known later is in no answer
        seen = self.states.seen(by=self.books.level())
        now = self.now(seen)
        decided = tuple(self._decided(question, seen, now) for question in questions)
        behind_ms = behind()
        if behind_ms is None:
            return decided
        return tuple(replace(one, answer=_behind(one.answer, behind_ms)) for one in decided)

    def at_hand(self, questions: Sequence[Question]) -> bool:
        """Tell whether questions can be answered without waiting for a disk."""
        if not all(self.states.at_hand(question.person) for question in questions):
            return False
        return self.states.seen().position >= self.books.level()  # else it waits for the state

    def drafts(self, decided: Sequence[Decided]) -> list[Draft]:
        """Return the records of answers.

        Raises:
            NotRecordedError: This process writes no log.

        """
        if self.recorder is None:
            raise NotRecordedError
        return [self._draft(self.recorder, one) for one in decided]

    def explain(self, decided: Decided) -> tuple[Weighed, ...]:
        """Return every rule that spoke on an answer just given, held or failed."""
        answer = decided.answer
        return explained(
            answer.decision,
            decided.question.request,
            decided.state,
            book=self.books.on(civil_date(from_us(answer.at)), position=answer.position).book,
            at=answer.at,
        )

    def now(self, seen: Seen) -> int:
        """Return the instant that counts as now: never before the last record."""
        return max(to_us(self.clock.now()), seen.at)

    def _decided(self, question: Question, seen: Seen, now: int) -> Decided:
        at = now if question.at is None else to_us(question.at)
        opened = self.books.on(civil_date(from_us(at)), position=seen.position)
        state = self.states.state_before(question.person, at, position=seen.position)
        state = question.stated.completed(state)
        return decided_by(opened, question, state, at=at, position=seen.position)

    def _draft(self, recorder: Recorder, decided: Decided) -> Draft:
        answer = decided.answer
        day = civil_date(from_us(answer.at))
        draft = recorder.draft(
            Kind.DECISION,
            payload_of(decided),
            person=decided.question.person,
            rows=rows_of(decided, self.books.on(day).book.register.activity_by_id),
        )
        return msgspec.structs.replace(draft, register=answer.register, law=answer.law)


def _behind(answer: Answer, behind_ms: int) -> Answer:
    return msgspec.structs.replace(answer, behind_ms=behind_ms)


def decided_by(
    opened: OpenBook, question: Question, state: State, *, at: int, position: int
) -> Decided:
    """Return the answer to a question by a book."""
    decision = opened.decide(question.request, state, at)
    return Decided(
        question=question,
        state=state,
        answer=Answer(
            decision=decision,
            at=at,
            register=opened.register,
            law=opened.law,
            position=position,
            rests=rests_on(decision, state),
        ),
    )


def rests_on(decision: Decision, state: State) -> tuple[Position, ...]:
    """Return the positions of the consents and refusals that a decision names, in their order."""
    found = [
        state.consents[item].position
        for ruling in decision.by
        if (item := ConsentItemId(ruling.row)) in state.consents
    ]
    return tuple(Position(position) for position in dict.fromkeys(found))


def with_records(
    decided: Sequence[Decided], *, mode: Mode, first: Position | None = None
) -> tuple[Decided, ...]:
    """Return answers with how and where they were recorded; positions follow each other."""
    return tuple(
        replace(
            one,
            answer=msgspec.structs.replace(
                one.answer,
                mode=mode,
                recorded=None if first is None else Position(first + number),
            ),
        )
        for number, one in enumerate(decided)
    )
