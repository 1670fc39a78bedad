"""Whether staff may look at a minor's information now (Regulation on Minors Online Art. 36).

They have asked for it in a dossier about that minor, somebody else has granted it, and the day
until which it was granted has not passed. It ends with the entry of what was done under it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from chengnuo.domain.dossier.dossier import Dossier
from chengnuo.domain.dossier.sorts.minors_access import ASK, GRANT, GRANTED, MINORS_ACCESS
from chengnuo.domain.dossier.standing import state_of
from chengnuo.law.civil import civil_date
from chengnuo.ports.clock import Clock
from chengnuo.ports.dossiers import DossierStore
from chengnuo.ports.individuals import PersonKey


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovedAccess:
    """Looks for an approval that holds today.

    Attributes:
        store: Keeps dossiers.
        clock: Tells the day.

    """

    store: DossierStore
    clock: Clock

    def __call__(self, names: Iterable[PersonKey], by: str) -> bool:
        """Tell whether an account of staff may look at somebody, under any of their names."""
        today = civil_date(self.clock.now()).isoformat()
        found = self.store.of(sorted(names), [MINORS_ACCESS.id])
        return any(_is_granted(one, by) and str(_until(one)) >= today for one in found)


def _is_granted(dossier: Dossier, by: str) -> bool:
    asked = dossier.last(ASK)
    is_theirs = asked is not None and asked.by == by
    return is_theirs and state_of(MINORS_ACCESS, dossier).id == GRANTED


def _until(dossier: Dossier) -> object:
    granted = dossier.last(GRANT)
    return "" if granted is None else granted.fields.get("until", "")
