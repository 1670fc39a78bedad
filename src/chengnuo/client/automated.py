"""Automated decisions over HTTP: handing in what was decided, and reading the explanation back.

A decision is durable when its receipt is returned. After silence the same may be handed in again:
what had been recorded comes back as `repeated`.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

import msgspec

from chengnuo.client.client import Client
from chengnuo.client.consents import Words
from chengnuo.client.questions import QuestionTimeError

Value = bool | int | str | tuple[str, ...]
"""What an input was; a number with a fraction is written as text."""


class Input(msgspec.Struct, frozen=True):
    """An input by its name in the register, and what it was."""

    input: str
    value: Value


class Counted(msgspec.Struct, frozen=True, omit_defaults=True):
    """An input that counted; `permille` is its part in the outcome, -1000 to 1000."""

    input: str
    permille: int | None = None


class Decided(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An automated decision that was made.

    Attributes:
        person: The operator's account id.
        decision: The operator's id of the decision.
        activity: Activity of the register.
        model: Model of the register.
        version: Version of the model that was in service.
        outcome: Outcome of the model.
        inputs: What it looked at.
        alone: Whether no person took part.
        variant: Whether it rests on personal traits.
        at: When, aware.
        reasons: What counted, most first.

    """

    person: str
    decision: str
    activity: str
    model: str
    version: str
    outcome: str
    inputs: Sequence[Input]
    alone: bool
    variant: Literal["personal", "not-personal"]
    at: datetime
    reasons: Sequence[Counted] = ()


class Kept(msgspec.Struct, frozen=True, rename="camel"):
    """Where a decision stands in the log; `alarms` says what is wrong with it, if anything."""

    position: int
    at: datetime
    switched_off: bool
    alarms: tuple[str, ...]
    repeated: bool = False


class Allowed(msgspec.Struct, frozen=True):
    """What a decision made now may rest on.

    Attributes:
        personal: Whether it may rest on personal traits.
        alone: Whether a machine alone may make it where it has a major effect.

    """

    personal: bool
    alone: bool


class InputExplained(msgspec.Struct, frozen=True):
    """An input: what it was, how it counts, its place among those that counted."""

    input: str
    name: Words
    value: Value
    counts: Words
    personal: bool
    rank: int | None = None
    permille: int | None = None


class Explanation(msgspec.Struct, frozen=True, rename="camel"):
    """The explanation of a decision, in the words of the register of that day."""

    activity: Words
    model: Words
    outcome: Words
    inputs: tuple[InputExplained, ...]
    unused: tuple[Words, ...]
    ranked: bool
    major: bool
    alone: bool
    can_refuse: bool
    mechanism: Words | None = None
    review: Words | None = None
    objection: Words | None = None


class Recorded(msgspec.Struct, frozen=True, rename="camel"):
    """A recorded decision; once `erased` only its place, instant and activity are left."""

    position: int
    at: datetime
    activity: str
    erased: bool
    decision: str | None = None
    version: str | None = None
    variant: str | None = None
    switched_off: bool | None = None
    explanation: Explanation | None = None


class Review(msgspec.Struct, frozen=True):
    """A review that a person ended: `upheld`, `changed` to another outcome, or `undone`."""

    request: str
    position: int
    at: datetime
    verdict: str
    outcome: str = ""
    decision: str | None = None


class _Asked(msgspec.Struct, frozen=True):
    person: str
    activity: str


class _WhoseAsked(msgspec.Struct, frozen=True, omit_defaults=True):
    person: str
    position: int | None = None


class _ReviewsAsked(msgspec.Struct, frozen=True, omit_defaults=True):
    since: datetime | None = None


class _Recorded(msgspec.Struct, frozen=True):
    decisions: tuple[Recorded, ...]


class _Reviews(msgspec.Struct, frozen=True):
    reviews: tuple[Review, ...]


class AutomatedClient:
    """Hands in by a key with `automated:write`, reads back by one with `automated:read`.

    Raises `ServiceRefusedError` where the service does not take what was sent, and
    `ServiceSilentError` where there is no answer; the decision may have been recorded then.
    """

    def __init__(self, client: Client) -> None:
        """Go through a client; it stays the caller's to close."""
        self._client = client

    def record(self, decided: Decided) -> Kept:
        """Hand in a decision.

        Raises:
            QuestionTimeError: Its instant has no time zone.

        """
        if decided.at.utcoffset() is None:
            raise QuestionTimeError
        return self._client.post("/v1/automated-decisions", decided, Kept)

    def allowed(self, person: str, activity: str) -> Allowed:
        """Ask what a decision made now may rest on; nothing is recorded."""
        asked = _Asked(person, activity)
        return self._client.post("/v1/automated-decisions:allowed", asked, Allowed)

    def explained(self, person: str, position: int | None = None) -> tuple[Recorded, ...]:
        """Return the recorded decisions about somebody, newest first; or the one at a position."""
        asked = _WhoseAsked(person, position)
        return self._client.post("/v1/automated-decisions:explain", asked, _Recorded).decisions

    def reviewed(self, since: datetime | None = None) -> tuple[Review, ...]:
        """Return reviews that a person ended, newest first; the operator carries them out.

        Raises:
            QuestionTimeError: The instant has no time zone.

        """
        if since is not None and since.utcoffset() is None:
            raise QuestionTimeError
        asked = _ReviewsAsked(since)
        return self._client.post("/v1/automated-decisions:reviewed", asked, _Reviews).reviews
