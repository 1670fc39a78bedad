"""What was done, store by store, and what the individual is told of it (PIPL Art. 50).

A result counts rows that the store itself counted and rows that were looked for afterwards; nothing
in it is taken over from the plan.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from chengnuo.base.text import Text
from chengnuo.domain.rights.plan import Kept, Refusal


class StoreState(StrEnum):
    """How far one store is."""

    OPEN = "open"
    DONE = "done"
    """Changed, looked at again, and nothing left that should not be; or done by hand and confirmed
    by whoever did it: then nothing was counted, and `at` and `residue` are None."""
    RESIDUE = "residue"
    """Changed, but something was found afterwards that should not be."""
    STOPPED = "stopped"
    """Nothing was changed; see why."""
    BY_HAND = "by-hand"
    """Somebody has to do it and say so."""
    LEFT_OUT = "left-out"
    """Staff decided that it will not be done, with a reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopped:
    """Why something could not go on, and who has to do what.

    Attributes:
        code: Code of the error or problem.
        what: In words.
        action: What to do, in words.

    """

    code: str
    what: Text
    action: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreResult:
    """What was done in one store.

    Attributes:
        store: Id of the store.
        name: What people call it.
        state: How far it is.
        found: Rows found.
        deleted: Rows that the store says it deleted.
        changed: Rows that the store says it changed.
        kept: Rows that stay under a duty or because they are others' as well.
        withheld: Values left out of a copy because they are somebody else's.
        residue: Rows found afterwards that should not be there; None before it was looked.
        at: When it was last worked on; None before.
        stopped: Why it stands still.

    """

    store: str
    name: Text
    state: StoreState
    found: int = 0
    deleted: int = 0
    changed: int = 0
    kept: int = 0
    withheld: int = 0
    residue: int | None = None
    at: datetime | None = None
    stopped: Stopped | None = None


class Outcome(StrEnum):
    """How a request ended."""

    FULFILLED = "fulfilled"
    PARTLY = "partly-fulfilled"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """The answer to a request.

    Attributes:
        outcome: How it ended.
        at: When.
        stores: What was done where.
        kept: What is kept, under which duty, until when.
        refusals: What is refused and why.
        told: Names of parties outside that confirmed.
        not_told: Names of parties outside that did not.
        remedies: What the individual can do against it: complaint, regulator, court.
        letter: The whole answer in words, ready to be sent.

    """

    outcome: Outcome
    at: datetime
    stores: tuple[StoreResult, ...]
    kept: tuple[Kept, ...]
    refusals: tuple[Refusal, ...]
    told: tuple[Text, ...]
    not_told: tuple[Text, ...]
    remedies: tuple[Text, ...]
    letter: Text
