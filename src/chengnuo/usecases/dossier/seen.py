"""Who acts in dossiers, and a dossier as somebody may see it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from chengnuo.domain.dossier.clocks import Clock
from chengnuo.domain.dossier.dossier import Dossier
from chengnuo.domain.dossier.fields import DossierFieldError, Value
from chengnuo.domain.dossier.party import OUTSIDE, Party
from chengnuo.domain.dossier.sort import ActSort, DossierSort, StateSort


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who does something.

    Attributes:
        id: Account id of staff, id of a recipient or of an API key; empty for an individual.
        party: In which part.
        names: All pseudonymous keys of an individual, or of whom somebody speaks for; of a back
            end, of the one individual that it asks about, empty for everybody.

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
        opened_at: When it was opened, also for whom that act is not shown to.

    """

    dossier: Dossier
    sort: DossierSort
    state: StateSort
    clocks: tuple[Clock, ...]
    acts: tuple[ActSort, ...]
    opened_at: datetime

    @property
    def next_clock(self) -> Clock | None:
        """The deadline that runs out first, or None."""
        running = [clock for clock in self.clocks if clock.met_at is None]
        return min(running, key=lambda clock: clock.deadline.until, default=None)


def sees_sort(sort: DossierSort, party: Party) -> bool:
    """Tell whether a party may see any dossier of a sort.

    A recipient sees those sorts in which it has something to do: other ones may name it, too, as a
    complaint about it does, and are not for its eyes.
    """
    if party in OUTSIDE:
        return True
    if party is Party.PARTNER:
        return any(party in act.by for act in sort.acts)
    return party is Party.SERVICE or party in sort.reads


def sees(sorts: Mapping[str, DossierSort], dossier: Dossier, actor: Actor) -> bool:
    """Tell whether somebody may see a dossier."""
    sort = sorts.get(dossier.sort)
    if sort is None or not sees_sort(sort, actor.party):
        return False
    is_theirs = bool(dossier.person) and dossier.person in actor.names
    if (actor.party in OUTSIDE or actor.names) and not is_theirs:
        return False
    return actor.party is not Party.PARTNER or dossier.value("recipient") == actor.id


def check_own(actor: Actor, said: Mapping[str, Value]) -> None:
    """Hold what a recipient opens to itself: it speaks for no other one.

    Raises:
        DossierFieldError: It names another recipient, or none.

    """
    if actor.party is Party.PARTNER and said.get("recipient") != actor.id:
        raise DossierFieldError("recipient", "the recipient that the key belongs to")
