"""Who acts in dossiers, and a dossier as somebody may see it."""

from dataclasses import dataclass

from chengnuo.domain.dossier.clocks import Clock
from chengnuo.domain.dossier.dossier import Dossier
from chengnuo.domain.dossier.party import Party
from chengnuo.domain.dossier.sort import ActSort, DossierSort, StateSort


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who does something.

    Attributes:
        id: Account id of staff, id of a recipient or of an API key; empty for an individual.
        party: In which part.
        names: All pseudonymous keys of an individual, or of whom somebody speaks for.

    """

    id: str = ""
    party: Party
    names: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A dossier as pages and answers show it.

    Attributes:
        dossier: The dossier, without what whoever asked may not see.
        sort: Its sort.
        state: Where it stands.
        clocks: Its deadlines.
        acts: What whoever asked may do now.

    """

    dossier: Dossier
    sort: DossierSort
    state: StateSort
    clocks: tuple[Clock, ...]
    acts: tuple[ActSort, ...]

    @property
    def next_clock(self) -> Clock | None:
        """The deadline that runs out first, or None."""
        running = [clock for clock in self.clocks if clock.met_at is None]
        return min(running, key=lambda clock: clock.deadline.until, default=None)
