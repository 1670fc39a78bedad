"""A request about rights: who asks for what, about whom, and on which ground (PIPL Arts. 44 to 50).

The account id by which the stores know somebody is not part of it: it is kept sealed beside an open
request and erased when the request closes.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from chengnuo.domain.register.ids import ActivityId, RecipientId
from chengnuo.domain.rights.values import Value
from chengnuo.law.ids import CategoryId
from chengnuo.law.rights import Right

RequestId = NewType("RequestId", str)
"""Random, `rq-` and 20 characters of base 32; says nothing about anybody."""


class AskedBy(StrEnum):
    """Who asks."""

    INDIVIDUAL = "individual"
    GUARDIAN = "guardian"
    """For a child under fourteen (PIPL Art. 31)."""
    CLOSE_RELATIVE = "close-relative"
    """Of somebody who has died (Art. 49)."""
    AGENT = "agent"
    """On a power of attorney."""
    STAFF = "staff"
    """The operator itself, as when processing was unlawful (Art. 47 para. 1 item 4)."""
    AUTOMATIC = "automatic"
    """Nobody: a ground of Art. 47 has come about."""


class Ground(StrEnum):
    """The five grounds on which information is deleted (PIPL Art. 47 para. 1)."""

    PURPOSE = "purpose-achieved"
    """Item 1: the purpose is achieved, cannot be achieved, or no longer needs it."""
    ENDED = "service-ended-or-expired"
    """Item 2: the product or service has stopped, or the retention period is over."""
    WITHDRAWN = "consent-withdrawn"
    """Item 3."""
    UNLAWFUL = "unlawful"
    """Item 4: handled against law or agreement."""
    OTHER_LAW = "other-law"
    """Item 5, as the account was cancelled (E-Commerce Law Art. 24; NDR Art. 24)."""

    @property
    def item(self) -> int:
        """Number of the item of Art. 47 para. 1."""
        return list(Ground).index(self) + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelAt:
    """One label about an individual, where it is kept.

    Attributes:
        table: Table of the register, `store.table`.
        label: The label; personal, and left out of what is kept open.

    """

    table: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What part of somebody's information a request is about; empty lists stand for everything.

    Attributes:
        activities: Only what is handled in these activities.
        categories: Only these categories.
        label: Only this one label; then neither of the others is given.

    """

    activities: tuple[ActivityId, ...] = ()
    categories: tuple[CategoryId, ...] = ()
    label: LabelAt | None = None


EVERYTHING = Scope()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadAsked:
    """Access or copy (Art. 45).

    Attributes:
        scope: What of it.
        formats: Of `json`, `csv`, `xlsx`, `html`, `json-ld`; empty for a view without files.
        part_bytes: Largest size of one file to take home.
        with_code: Whether the files open by a pass code only, which is shown once.

    """

    scope: Scope = EVERYTHING
    formats: tuple[str, ...] = ()
    part_bytes: int = 512 << 20
    with_code: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferAsked:
    """Transfer to another handler (Art. 45 para. 3; NDR Art. 25).

    Attributes:
        scope: What of it.
        offer: What the receiving handler gave the individual: its address, key and one-time code.

    """

    scope: Scope = EVERYTHING
    offer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnChange:
    """One value to be set.

    Attributes:
        table: Table, `store.table`.
        row: The row, as `encode_key` writes its key; empty to add what is missing where the
            individual has exactly one row.
        column: Column.
        value: What it shall be.

    """

    table: str
    row: str
    column: str
    value: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionAsked:
    """Correction or supplement (Art. 46).

    Attributes:
        changes: What shall be changed.
        reason: Why, in the individual's own words; may be empty.

    """

    changes: tuple[ColumnChange, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeletionAsked:
    """Deletion (Art. 47), also as part of a cancellation."""

    ground: Ground
    scope: Scope = EVERYTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class RestrictionAsked:
    """Restriction or objection (Art. 44; Art. 47 para. 2), set or lifted.

    Attributes:
        on: Whether it shall hold.
        activity: Only this activity; None for all handling beyond storing and protecting.
        recipient: Only provision to this recipient.
        decision: Only one recorded automated decision, by the position of its record: it is to be
            looked at by a person, and nothing else is restricted (Art. 24 para. 3).

    """

    on: bool
    activity: ActivityId | None = None
    recipient: RecipientId | None = None
    decision: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplanationAsked:
    """Explanation of the processing rules or of an automated decision (Arts. 48, 24 para. 3).

    Attributes:
        about: The activity; None for the rules as a whole.
        question: What is asked, in the individual's words.

    """

    about: ActivityId | None = None
    question: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CancellationAsked:
    """Cancellation of the account (191号文 6.1): conditions, cooling-off, deletion, recipients."""


Asked = (
    ReadAsked
    | TransferAsked
    | CorrectionAsked
    | DeletionAsked
    | RestrictionAsked
    | ExplanationAsked
    | CancellationAsked
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RightsRequest:
    """One request.

    Attributes:
        id: Its id.
        right: Which right.
        person: Whose information: the key under which the individual is known.
        by: Who asks.
        app: App that it came from; empty where none.
        surface: Where it was made: `centre`, `console`, `api`, `drp`, `automatic`.
        received: When it came in; the deadline runs from its civil date.
        asked: What is asked for.

    """

    id: RequestId
    right: Right
    person: str
    by: AskedBy
    app: str
    surface: str
    received: datetime
    asked: Asked
