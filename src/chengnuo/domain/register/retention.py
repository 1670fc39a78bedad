"""How long personal information is kept, from which event, and what then."""

from dataclasses import dataclass
from enum import StrEnum

from chengnuo.base.text import Text
from chengnuo.domain.register.scalars import Keep


class RetentionStart(StrEnum):
    """The event from which a retention period runs."""

    COLLECTED = "collected"
    LAST_USED = "last-used"
    TRANSACTION_DONE = "transaction-done"
    ACCOUNT_CANCELLED = "account-cancelled"
    CONSENT_WITHDRAWN = "consent-withdrawn"
    PURPOSE_ACHIEVED = "purpose-achieved"


class RetentionEnd(StrEnum):
    """What happens when the period is over."""

    DELETE = "delete"
    ANONYMISE = "anonymise"


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """How long information is kept, and what then (PIPL Arts. 17(2), 19).

    Attributes:
        keep: ISO 8601 duration, or `forever`.
        from_: Event from which it runs (written `from`).
        then: What happens at the end.
        why: Why so long; due where a duty of law asks for it.
        duty: Id of the duty or figure of the catalogue that sets the period.

    """

    keep: Keep
    from_: RetentionStart
    then: RetentionEnd
    why: Text | None = None
    duty: str | None = None
