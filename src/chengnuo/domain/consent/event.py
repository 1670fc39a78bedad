"""What happened to a consent item: events, which are only ever added.

An event is what an evidence record says (kinds `consent-given`, `consent-refused`,
`consent-withdrawn`, `consent-ended`, `aliases-merged`). Instants are those that the sequencer
stamped, in microseconds since 1970; positions are those of the log. Somebody who comes by several
names (account, device, openid) has a chain for each; a merge joins two.
"""

from dataclasses import dataclass
from enum import StrEnum

from chengnuo.base.digest import Digest
from chengnuo.domain.register.consent_items import ConsentItemId
from chengnuo.law.consent_form import ConsentForm


class Act(StrEnum):
    """What was done, or what came to pass."""

    GIVE = "give"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    EXPIRE = "expire"
    """A consent for a time, or for one use, has ended."""
    SUPERSEDE = "supersede"
    """What was agreed to has changed, and the item is asked anew (PIPL Art. 14 para. 2)."""
    HAND_OVER = "hand-over"
    """The child has turned fourteen: what a guardian agreed to is asked of them (Art. 31)."""
    GUARDIAN_ENDED = "guardian-ended"
    """The relation of the guardian who agreed is over: a guardian is asked anew."""

    @property
    def strictness(self) -> int:
        """0 for a yes, 1 for an end that lets us ask again, 2 for a no."""
        return _STRICTNESS[self]


_STRICTNESS = {
    Act.GIVE: 0,
    Act.EXPIRE: 1,
    Act.SUPERSEDE: 1,
    Act.HAND_OVER: 1,
    Act.GUARDIAN_ENDED: 1,
    Act.REFUSE: 2,
    Act.WITHDRAW: 2,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentEvent:
    """One act on one consent item.

    Attributes:
        position: Position of its record in the log.
        at: When it took effect, microseconds since 1970.
        alias: Under which of the individual's names it was done.
        item: Consent item.
        act: What was done.
        fingerprint: Material fingerprint of the item as it was shown.
        form: Form in which it was done.
        by_guardian: Whether a guardian acted (PIPL Art. 31).
        until: When a consent for a time, or for one use, ends; None for one without end.

    """

    position: int
    at: int
    alias: str
    item: ConsentItemId
    act: Act
    fingerprint: Digest
    form: ConsentForm
    by_guardian: bool = False
    until: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """Two names were found to be one individual's.

    Attributes:
        position: Position of its record in the log.
        at: When, microseconds since 1970.
        one: One name.
        other: The other.

    """

    position: int
    at: int
    one: str
    other: str
