"""Automated decisions as JSON: what is handed in, and how one is explained; its only wire names.

Values of inputs stand in the body and in the explanation alone: no problem and no log repeats one.
"""

from datetime import datetime
from typing import Annotated

import msgspec

from chengnuo.base.instant import from_us
from chengnuo.base.text import Text
from chengnuo.domain.decision.automated import (
    Alarm,
    AutomatedDecision,
    AutomatedId,
    InputGiven,
    Reason,
    Variant,
)
from chengnuo.domain.decision.automated_explaining import Explained, InputExplained
from chengnuo.domain.register.decision_model import MOST_INPUTS
from chengnuo.domain.register.ids import ActivityId, ModelId
from chengnuo.doors.consent_bodies import Aware, Position
from chengnuo.doors.decision_bodies import AccountText, Id
from chengnuo.usecases.decision.automated import AutomatedKept, AutomatedSeen
from chengnuo.usecases.decision.reviews import ReviewDecided, Verdict

_MOST_VALUE = 500
_MOST_WORDS = 100
_PERMILLE = 1000
_MOST_NUMBER = 2**53 - 1

DecisionText = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9._:/@-]{0,119}$")]
_Number = Annotated[int, msgspec.Meta(ge=-_MOST_NUMBER, le=_MOST_NUMBER)]
_Line = Annotated[str, msgspec.Meta(max_length=_MOST_VALUE)]
_Words = Annotated[tuple[_Line, ...], msgspec.Meta(max_length=_MOST_WORDS)]
ValueBody = bool | _Number | _Line | _Words
"""A number with a fraction is written as text, so that nothing is rounded on the way."""


class _Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="camel"):
    """A body in which an unknown member is an error."""


class InputBody(_Strict, frozen=True):
    """An input by its name in the register, and what it was."""

    input: Id
    value: ValueBody


class ReasonBody(_Strict, frozen=True):
    """An input that counted, and its part in the outcome where the system knows it."""

    input: Id
    permille: Annotated[int, msgspec.Meta(ge=-_PERMILLE, le=_PERMILLE)] | None = None


class AutomatedBody(_Strict, frozen=True):
    """One automated decision that was made."""

    person: AccountText
    decision: DecisionText
    activity: Id
    model: Id
    version: Id
    outcome: Id
    inputs: Annotated[tuple[InputBody, ...], msgspec.Meta(max_length=MOST_INPUTS)]
    alone: bool
    variant: Variant
    at: Aware
    reasons: Annotated[tuple[ReasonBody, ...], msgspec.Meta(max_length=MOST_INPUTS)] = ()

    def to_domain(self) -> AutomatedDecision:
        """Return the value the use case takes."""
        return AutomatedDecision(
            id=AutomatedId(self.decision),
            activity=ActivityId(self.activity),
            model=ModelId(self.model),
            version=self.version,
            outcome=self.outcome,
            inputs=tuple(InputGiven(input=one.input, value=one.value) for one in self.inputs),
            reasons=tuple(Reason(input=one.input, permille=one.permille) for one in self.reasons),
            alone=self.alone,
            variant=self.variant,
            at=self.at,
        )


class AutomatedKeptBody(msgspec.Struct, frozen=True, rename="camel"):
    """Where a decision stands in the log, and what is wrong with it."""

    position: int
    at: datetime
    switched_off: bool
    alarms: tuple[Alarm, ...]
    repeated: bool = False


class AutomatedAskedBody(_Strict, frozen=True):
    """Whose decisions are asked about; with `position`, one of them."""

    person: AccountText
    position: Position | None = None


class AllowedAskedBody(_Strict, frozen=True):
    """About whom and for what a decision is to be made now."""

    person: AccountText
    activity: Id


class AllowedBody(msgspec.Struct, frozen=True, rename="camel"):
    """Whether it may rest on personal traits, and whether a machine alone may make it."""

    personal: bool
    alone: bool


class WordsBody(msgspec.Struct, frozen=True, omit_defaults=True):
    """A text in both languages."""

    zh: str
    en: str | None = None


class InputExplainedBody(msgspec.Struct, frozen=True, rename="camel", omit_defaults=True):
    """One input: what it was, how it counts, its place among what counted."""

    input: str
    name: WordsBody
    value: ValueBody
    counts: WordsBody
    personal: bool
    rank: int | None = None
    permille: int | None = None


class ExplanationBody(msgspec.Struct, frozen=True, rename="camel", omit_defaults=True):
    """The explanation of a decision, in the words of the register of that day."""

    activity: WordsBody
    model: WordsBody
    outcome: WordsBody
    inputs: tuple[InputExplainedBody, ...]
    unused: tuple[WordsBody, ...]
    ranked: bool
    major: bool
    alone: bool
    can_refuse: bool
    mechanism: WordsBody | None = None
    review: WordsBody | None = None
    objection: WordsBody | None = None


class AutomatedSeenBody(msgspec.Struct, frozen=True, rename="camel", omit_defaults=True):
    """A recorded decision; without `explanation` its content is erased, or there are no words."""

    position: int
    at: datetime
    activity: str
    erased: bool
    decision: str | None = None
    version: str | None = None
    variant: Variant | None = None
    switched_off: bool | None = None
    explanation: ExplanationBody | None = None


class AutomatedListBody(msgspec.Struct, frozen=True):
    """Recorded decisions about an individual, newest first."""

    decisions: tuple[AutomatedSeenBody, ...]


class ReviewsAskedBody(_Strict, frozen=True):
    """From when on reviews are asked about; left out, all that are kept."""

    since: Aware | None = None


class ReviewBody(msgspec.Struct, frozen=True, rename="camel", omit_defaults=True):
    """A review that a person ended; `outcome` is the new one of a change."""

    request: str
    position: int
    at: datetime
    verdict: Verdict
    outcome: str = ""
    decision: str | None = None


class ReviewsBody(msgspec.Struct, frozen=True):
    """Reviews that a person ended, newest first."""

    reviews: tuple[ReviewBody, ...]


def review_body(line: ReviewDecided, decision: str | None) -> ReviewBody:
    """Return a review with the operator's id of the decision, unless its content was erased."""
    return ReviewBody(
        request=line.request,
        position=line.position,
        at=line.at,
        verdict=line.verdict,
        outcome=line.outcome,
        decision=decision,
    )


def kept_body(kept: AutomatedKept) -> AutomatedKeptBody:
    """Return the answer to handing a decision in."""
    return AutomatedKeptBody(
        position=kept.position,
        at=kept.at,
        switched_off=kept.off,
        alarms=kept.alarms,
        repeated=kept.repeated,
    )


def seen_body(seen: AutomatedSeen) -> AutomatedSeenBody:
    """Return a recorded decision with its explanation."""
    record = seen.record
    if record is None:
        return AutomatedSeenBody(
            position=seen.position, at=from_us(seen.at), activity=seen.activity, erased=True
        )
    return AutomatedSeenBody(
        position=seen.position,
        at=from_us(seen.at),
        activity=seen.activity,
        erased=False,
        decision=record.decision.id,
        version=record.decision.version,
        variant=record.decision.variant,
        switched_off=record.is_off,
        explanation=None if seen.explained is None else _explanation(seen.explained),
    )


def _explanation(found: Explained) -> ExplanationBody:
    return ExplanationBody(
        activity=words_body(found.activity),
        model=words_body(found.model),
        outcome=words_body(found.outcome),
        inputs=tuple(map(_input, found.inputs)),
        unused=tuple(map(words_body, found.unused)),
        ranked=found.ranked,
        major=found.major,
        alone=found.alone,
        can_refuse=found.can_refuse,
        mechanism=None if found.mechanism is None else words_body(found.mechanism),
        review=None if found.review is None else words_body(found.review),
        objection=None if found.objection is None else words_body(found.objection),
    )


def _input(one: InputExplained) -> InputExplainedBody:
    return InputExplainedBody(
        input=one.input,
        name=words_body(one.name),
        value=one.value,
        counts=words_body(one.counts),
        personal=one.is_personal,
        rank=one.rank,
        permille=one.permille,
    )


def words_body(text: Text) -> WordsBody:
    """Return words as JSON."""
    return WordsBody(zh=text.zh, en=text.en)
