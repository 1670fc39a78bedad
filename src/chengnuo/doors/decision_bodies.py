"""Decisions as JSON: what may be asked, and what is answered; the only place of its wire names.

Unknown members are an error, so that a misspelt `publish` is not read as no.
"""

from datetime import datetime
from typing import Annotated

import msgspec

from chengnuo.base.instant import from_us
from chengnuo.domain.decision.decision import Decision, Outcome
from chengnuo.domain.decision.explaining import Weighed
from chengnuo.domain.decision.request import Request
from chengnuo.domain.individual.standing import AccountState
from chengnuo.domain.register.ids import ActivityId, RecipientId
from chengnuo.domain.register.method import Operation
from chengnuo.doors.decision_words import prompt_path
from chengnuo.law.age import AgeBand
from chengnuo.law.ids import CategoryId
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.decision.answering import Answer, Decided, Mode, Question, Stated

MOST_ID = 120
MOST_ACCOUNT = 200
_MOST_CATEGORIES = 200
_MOST_RECENT = 2**31

Id = Annotated[str, msgspec.Meta(min_length=1, max_length=MOST_ID)]
AccountText = Annotated[str, msgspec.Meta(min_length=1, max_length=MOST_ACCOUNT)]
Count = Annotated[int, msgspec.Meta(ge=0, le=_MOST_RECENT)]


class AskBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="camel"):
    """One question.

    Attributes:
        person: The operator's account id.
        activity: What it is for.
        categories: What is used; left out, all that the activity handles.
        operation: What is done with it.
        recipient: To whom it is provided, if it is.
        publish: Whether it is made public.
        other_use: Whether images from public places are put to another use.
        started: Whether the individual has just started the function themselves.
        gpc: Whether their browser says `Sec-GPC: 1`.
        recent: How often this was done within the unit of the declared frequency.
        at: When, with its zone; left out, now.
        age: Age band, where the operator knows it.
        account: Where the account stands, where the operator knows it.

    """

    person: AccountText
    activity: Id
    categories: Annotated[tuple[Id, ...], msgspec.Meta(max_length=_MOST_CATEGORIES)] | None = None
    operation: Operation = Operation.USE
    recipient: Id | None = None
    publish: bool = False
    other_use: bool = False
    started: bool = False
    gpc: bool = False
    recent: Count | None = None
    at: datetime | None = None
    age: AgeBand | None = None
    account: AccountState | None = None

    def to_domain(self, person: PersonKey) -> Question:
        """Return the value the use case takes, about the person under a key."""
        return Question(
            person=person,
            request=Request(
                activity=ActivityId(self.activity),
                categories=None
                if self.categories is None
                else frozenset(map(CategoryId, self.categories)),
                operation=self.operation,
                recipient=None if self.recipient is None else RecipientId(self.recipient),
                publish=self.publish,
                other_use=self.other_use,
                started=self.started,
                gpc=self.gpc,
                recent=self.recent,
            ),
            at=self.at,
            stated=Stated(age=self.age, account=self.account),
        )


class OneAskBody(AskBody, frozen=True, forbid_unknown_fields=True, rename="camel"):
    """One question with how its answer is recorded."""

    evidence: Mode = Mode.ASYNC
    explain: bool = False


class BatchBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="camel"):
    """Many questions."""

    questions: tuple[AskBody, ...]
    evidence: Mode = Mode.ASYNC


class RulingBody(msgspec.Struct, frozen=True):
    """One rule applied to one row; its words and `holds` only where all rules are shown."""

    rule: str
    article: str
    row: str = ""
    why: str = ""
    zh: str | msgspec.UnsetType = msgspec.UNSET
    en: str | msgspec.UnsetType = msgspec.UNSET
    holds: bool | msgspec.UnsetType = msgspec.UNSET


class DutyBody(msgspec.Struct, frozen=True):
    """One duty."""

    kind: str
    about: str = ""
    how: str = ""


class DecisionBody(msgspec.Struct, frozen=True, rename="camel"):
    """The answer to one question.

    Attributes:
        prompt: Consent items to ask for.
        prompt_path: Where the privacy centre asks for them; empty unless `ask`.
        within: Categories whose use could be permitted now, when not all could.
        consents: Positions of the records of consent and refusal that it rests on.
        recorded: Position of its own record, once that is durable.
        evidence: How it was recorded.
        behind_ms: By how many milliseconds it may be behind what was acknowledged; only from a
            process that follows another.

    """

    outcome: Outcome
    by: tuple[RulingBody, ...]
    duties: tuple[DutyBody, ...]
    prompt: tuple[str, ...]
    prompt_path: str
    within: tuple[str, ...]
    at: datetime
    register_version: str
    law_version: str
    log_position: int
    consents: tuple[int, ...]
    recorded: int | None
    evidence: Mode
    behind_ms: int | msgspec.UnsetType = msgspec.UNSET


class AnswersBody(msgspec.Struct, frozen=True):
    """The answers to many questions, in their order."""

    answers: tuple[DecisionBody, ...]


def decision_body(decided: Decided, weighed: tuple[Weighed, ...] = ()) -> DecisionBody:
    """Return an answer as it is sent; with every rule that spoke, where they are given."""
    answer = decided.answer
    return DecisionBody(
        outcome=answer.decision.outcome,
        by=_weighed(weighed) if weighed else _by(answer.decision),
        duties=tuple(
            DutyBody(kind=duty.kind.value, about=duty.about, how=duty.how)
            for duty in answer.decision.duties
        ),
        prompt=tuple(answer.decision.prompt),
        prompt_path=_prompt_path(decided, answer),
        within=tuple(answer.decision.within),
        at=from_us(answer.at),
        register_version=answer.register,
        law_version=answer.law,
        log_position=answer.position,
        consents=tuple(answer.consents),
        recorded=answer.recorded,
        evidence=answer.mode,
        behind_ms=msgspec.UNSET if answer.behind_ms is None else answer.behind_ms,
    )


def _prompt_path(decided: Decided, answer: Answer) -> str:
    is_ask = answer.decision.outcome is Outcome.ASK
    return prompt_path(decided.question.request.activity) if is_ask else ""


def _by(decision: Decision) -> tuple[RulingBody, ...]:
    return tuple(
        RulingBody(rule=one.rule.value, article=one.rule.article, row=one.row, why=one.why)
        for one in decision.by
    )


def _weighed(weighed: tuple[Weighed, ...]) -> tuple[RulingBody, ...]:
    return tuple(
        RulingBody(
            rule=one.ruling.rule.value,
            article=one.ruling.rule.article,
            row=one.ruling.row,
            why=one.ruling.why,
            zh=one.ruling.rule.text.zh,
            en=one.ruling.rule.text.en or "",
            holds=one.holds,
        )
        for one in weighed
    )
