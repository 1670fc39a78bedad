"""What others have to be told and what has to be done by hand, as it is kept."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from chengnuo.base.text import Text
from chengnuo.domain.rights.plan import Outside
from chengnuo.domain.rights.request import RequestId


class OutsideState(StrEnum):
    """How far a party outside is."""

    TO_SEND = "to-send"
    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    GIVEN_UP = "given-up"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeKept:
    """A notice to a party outside.

    Attributes:
        id: Made from request, recipient and kind, so that it is there once.
        request: Request it belongs to.
        outside: Who is told what.
        state: How far it is.
        attempts: How often it was sent.
        next_at: When it is sent next; None where it is not.

    """

    id: str
    request: RequestId
    outside: Outside
    state: OutsideState = OutsideState.TO_SEND
    attempts: int = 0
    next_at: datetime | None


class TaskKind(StrEnum):
    """What sort of work by hand it is."""

    STORE = "store"
    RECIPIENT = "recipient"
    EXPLAIN = "explain"
    CHECK = "check"
    RESTRICT = "restrict"
    REVIEW = "review"
    """One automated decision is looked at by a person; `store` is the position of its record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskKept:
    """Something that somebody has to do by hand.

    Attributes:
        id: Made from request, kind and store, so that it is there once.
        request: Request it belongs to.
        kind: What sort.
        store: Store or recipient it is about; empty where about none.
        what: What to do, in words.
        since: From when on.
        done_by: Who did it; empty before.
        done_at: When.
        note: What they said of it.

    """

    id: str
    request: RequestId
    kind: TaskKind
    store: str
    what: Text
    since: datetime
    done_by: str = ""
    done_at: datetime | None = None
    note: str = ""
