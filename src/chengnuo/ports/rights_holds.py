"""What staff keep back of individuals, as for a lawsuit (PIPL Art. 47 para. 2).

A hold is lifted, never removed: who set it, who lifted it and when stay. One that is over, lifted
or past its end, is *settled* once what it alone kept back has been deleted.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from chengnuo.domain.rights.holds import Hold
from chengnuo.ports.individuals import PersonKey


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldKept:
    """A hold as it is kept.

    Attributes:
        id: Its id.
        person: Of whom something is kept back.
        hold: What, why and until when.
        since: From when on.
        by: Account id of the staff member who set it.
        lifted_at: When it was lifted; None while it stands.
        lifted_by: Account id of who lifted it; empty before.

    """

    id: str
    person: PersonKey
    hold: Hold
    since: datetime
    by: str
    lifted_at: datetime | None = None
    lifted_by: str = ""

    def is_over(self, at: datetime) -> bool:
        """Tell whether it keeps nothing back at an instant."""
        return self.lifted_at is not None or not self.hold.holds(self.hold.table, at)


class HoldStore(Protocol):
    """Keeps holds. Every method is one transaction."""

    def keep(self, kept: HoldKept) -> None:
        """Keep something back."""
        ...

    def holds(self, person: PersonKey) -> tuple[Hold, ...]:
        """Return what is kept back of somebody, ended holds too, but not those lifted."""
        ...

    def every(self) -> tuple[HoldKept, ...]:
        """Return all holds, newest first."""
        ...

    def one(self, hold: str) -> HoldKept | None:
        """Return a hold, or None."""
        ...

    def lift(self, hold: str, *, at: datetime, by: str) -> bool:
        """Lift a hold; tell whether it stood."""
        ...

    def unsettled(self, at: datetime) -> tuple[HoldKept, ...]:
        """Return the holds that are over and not settled, oldest first."""
        ...

    def settle(self, hold: str) -> None:
        """Note that nothing is left that a hold alone kept back."""
        ...
