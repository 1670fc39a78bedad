"""Which automated decisions are recorded, kept beside the log so that they can be found again.

A row holds no content: the operator's id of a decision stands under a keyed name, and what was
decided and why is in the sealed payload only, which goes with the individual's content key.
"""

from dataclasses import dataclass
from typing import Protocol

from chengnuo.domain.decision.automated import Alarm
from chengnuo.ports.individuals import PersonKey


@dataclass(frozen=True, slots=True, kw_only=True)
class AutomatedRow:
    """One recorded decision.

    Attributes:
        key: Keyed name of the operator's id.
        person: Whom it concerns.
        position: Position of its record; None while it is not known to be recorded.
        at: When it was decided, microseconds since 1970.
        personal: Whether it rests on personal traits.
        off: Whether the individual had turned that off.
        alarms: What is wrong with it.

    """

    key: str
    person: PersonKey
    position: int | None
    at: int
    personal: bool
    off: bool
    alarms: tuple[Alarm, ...] = ()


class AutomatedStore(Protocol):
    """Keeps rows. Every method is one transaction."""

    def reserve(self, row: AutomatedRow) -> AutomatedRow | None:
        """Keep a row without a position, unless its key is there: then return what is there."""
        ...

    def settle(self, row: AutomatedRow) -> None:
        """Put a row whose record is known in the place of the one that was kept for it."""
        ...

    def of(self, persons: frozenset[PersonKey], *, limit: int) -> tuple[AutomatedRow, ...]:
        """Return recorded decisions about an individual under some names, newest first."""
        ...

    def at(self, position: int) -> AutomatedRow | None:
        """Return the decision whose record stands at a position, or None."""
        ...

    def since(self, instant: int, *, limit: int) -> tuple[AutomatedRow, ...]:
        """Return recorded decisions made at an instant or later, newest first."""
        ...
