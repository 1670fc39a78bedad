"""What is asked and what comes back: an answer says by what it was given.

The versions of register and law, how far the log was read, and the records of consent or refusal
that it rests on. Nobody can use an answer as a truth value: `ask` is not yes.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, NoReturn

import msgspec

from chengnuo.base.errors import InvalidInputError
from chengnuo.domain.decision.decision import Decision, DecisionIsNoBoolError
from chengnuo.domain.decision.request import Request, State
from chengnuo.domain.individual.standing import AccountState, Individual
from chengnuo.law.age import AgeBand
from chengnuo.ports.evidence_log import Position
from chengnuo.ports.individuals import PersonKey

if TYPE_CHECKING:
    from collections.abc import Callable


class Mode(StrEnum):
    """How an answer is recorded."""

    NONE = "none"
    """Not at all, or as one record for a whole batch."""
    ASYNC = "async"
    """It is queued; a full queue makes the caller wait, then refuses. Nothing is dropped unseen."""
    STRICT = "strict"
    """It is durable before it is given."""


class AskedTooManyError(InvalidInputError):
    """A batch holds more questions than one may."""

    code = "batch-too-large"

    def __init__(self, count: int, most: int) -> None:
        super().__init__(f"the batch holds {count} questions; expected 1 to {most}")
        self.count = count
        self.most = most


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What the caller says of an individual; it counts only where nothing else is known.

    Attributes:
        age: Age band, where the operator knows it.
        account: Where the account stands, where the operator knows it.

    """

    age: AgeBand | None = None
    account: AccountState | None = None

    def completed(self, state: State) -> State:
        """Return a state with what is said put where nothing is known.

        A guest is what nothing is known of; a cancelled account is not brought back.
        """
        known = state.individual
        age = known.age
        if self.age is not None and age is AgeBand.UNKNOWN:
            age = self.age
        account = known.account
        if self.account is not None and account is AccountState.GUEST:
            account = self.account
        if age is known.age and account is known.account:
            return state
        found = Individual(
            age=age, account=account, restricted=known.restricted, suppressed=known.suppressed
        )
        return replace(state, individual=found)


NOTHING_STATED = Stated()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked.

    Attributes:
        person: Whose information it is.
        request: What shall be done with it.
        at: When, aware; None for now.
        stated: What the caller says of the individual.

    """

    person: PersonKey
    request: Request
    at: datetime | None = None
    stated: Stated = NOTHING_STATED


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What comes back.

    Attributes:
        decision: Permit, ask or refuse, by which rules.
        at: Instant that it counts for, microseconds since 1970.
        register: Version of the register.
        law: Version of the law catalogue.
        position: How many records of the log it takes into account.
        rests: What `consents` returns, or what looks it up once it is asked for.
        recorded: Position of its own record; None if it has none, or none yet.
        mode: How it was recorded.
        behind_ms: What was acknowledged so many milliseconds before it was decided, or earlier, it
            takes into account; None where that is everything that was.

    """

    decision: Decision
    at: int
    register: str
    law: str
    position: int
    rests: "tuple[Position, ...] | Callable[[Answer], tuple[Position, ...]]" = ()
    recorded: Position | None = None
    mode: Mode = Mode.NONE
    behind_ms: int | None = None

    @property
    def consents(self) -> tuple[Position, ...]:
        """Positions of the records of consent and refusal that it rests on.

        Raises:
            UnavailableError: They are looked up in the log now, and it cannot be read.

        """
        return self.rests if isinstance(self.rests, tuple) else self.rests(self)

    @property
    def permits(self) -> bool:
        """Tell whether the use may go ahead, with its duties."""
        return self.decision.permits

    def __bool__(self) -> NoReturn:
        raise DecisionIsNoBoolError


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """An answer with the question and the state that it was given on."""

    question: Question
    state: State
    answer: Answer
