"""What the service answers, as values; members that a later service adds are passed over."""

from datetime import datetime
from typing import Literal, NoReturn

import msgspec

Outcome = Literal["permit", "ask", "refuse"]
Evidence = Literal["none", "async", "strict"]


class AnswerIsNoBoolError(TypeError):
    """An answer was used as a truth value."""

    def __init__(self) -> None:
        super().__init__("an answer has three outcomes; compare `outcome`, or use `permits`")


class Ruling(msgspec.Struct, frozen=True):
    """One rule applied to one row.

    Attributes:
        rule: Which rule.
        article: The article that it carries out.
        row: Row of the register.
        why: What was found, one word.
        holds: Whether it held; only where all rules were asked for.
        zh: The rule in words, likewise; `en` in English.

    """

    rule: str
    article: str
    row: str = ""
    why: str = ""
    zh: str = ""
    en: str = ""
    holds: bool | None = None


class Duty(msgspec.Struct, frozen=True):
    """What has to be done along with a use, or in its place."""

    kind: str
    about: str = ""
    how: str = ""


class Answer(msgspec.Struct, frozen=True, rename="camel"):
    """An answer.

    Attributes:
        outcome: `permit`, `ask` or `refuse`.
        by: The rules that made it so.
        duties: What has to be done along with it, or in its place.
        prompt: Consent items to ask for; empty unless `ask`.
        prompt_path: Path of the service at which they are asked for.
        within: Categories that could be used on their own, when not all could.
        at: Instant that it counts for.
        register_version: Version of the register.
        law_version: Version of the law catalogue.
        log_position: How many records of the log it takes into account.
        consents: Positions of the records that it rests on.
        recorded: Position of its own record, once that is durable.
        evidence: How it was recorded.
        behind_ms: By how many milliseconds it may be behind what was acknowledged; None where it is
            behind nothing.

    """

    outcome: Outcome
    by: tuple[Ruling, ...]
    at: datetime
    register_version: str
    law_version: str
    log_position: int
    duties: tuple[Duty, ...] = ()
    prompt: tuple[str, ...] = ()
    prompt_path: str = ""
    within: tuple[str, ...] = ()
    consents: tuple[int, ...] = ()
    recorded: int | None = None
    evidence: Evidence = "none"
    behind_ms: int | None = None

    @property
    def permits(self) -> bool:
        """Tell whether the use may go ahead, with its duties."""
        return self.outcome == "permit"

    def __bool__(self) -> NoReturn:
        raise AnswerIsNoBoolError


class Answers(msgspec.Struct, frozen=True):
    """The answers to many questions."""

    answers: tuple[Answer, ...]


class Problem(msgspec.Struct, frozen=True):
    """What a service says when it does not answer (RFC 9457)."""

    code: str = "unexpected"
    title: str = ""
    detail: str = ""
