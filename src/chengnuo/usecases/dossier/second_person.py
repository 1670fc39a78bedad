"""Which dossiers wait for a second person: what one did, somebody else has to look at now.

It follows from the tables of the sorts: an act leads to a state in which the next one must not be
done by its author. Where the first only opened the dossier and anybody may go on by themselves,
nothing waits: there the second person is for the exception.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from chengnuo.domain.dossier.party import DESK, Party
from chengnuo.domain.dossier.sort import ActSort, DossierSort
from chengnuo.usecases.dossier.seen import Seen


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondAct:
    """An act that waits for a second person.

    Attributes:
        act: The act.
        asked_by: Account of who did what it follows upon; empty where nobody is known.

    """

    act: ActSort
    asked_by: str


def states_waiting(sorts: Iterable[DossierSort]) -> tuple[tuple[str, str], ...]:
    """Return sort and state of every dossier that waits for a second person."""
    return tuple(
        (sort.id, state.id)
        for sort in sorts
        for state in sort.states
        if not state.final and _seconds(sort, state.id)
    )


def second_acts(seen: Seen) -> tuple[SecondAct, ...]:
    """Return what a second person has to do in a dossier now, and who did what it follows upon."""
    found = []
    for act in _seconds(seen.sort, seen.state.id):
        earlier = [one for one in seen.dossier.acts if one.what in act.not_by_author_of]
        found.append(SecondAct(act=act, asked_by=earlier[-1].by if earlier else ""))
    return tuple(found)


def _seconds(sort: DossierSort, state: str) -> tuple[ActSort, ...]:
    here = [act for act in sort.acts if state in act.after]
    alone = any(_goes_on_alone(act, state) for act in here)

    def follows(act: ActSort) -> bool:
        firsts = [one for one in sort.acts if one.what in act.not_by_author_of]
        return any(one.to == state and not (one.opens and alone) for one in firsts)

    return tuple(act for act in here if act.to is not None and follows(act))


def _goes_on_alone(act: ActSort, state: str) -> bool:
    """Tell whether an act leads on from a state and whoever works there may do it alone."""
    leads_on = act.to is not None and act.to != state
    return leads_on and not act.not_by_author_of and Party.STAFF in act.by <= DESK
