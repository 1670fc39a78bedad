"""Erasing what is private of dossiers: when its time is over, and when somebody is gone."""

from dataclasses import dataclass
from datetime import datetime

from chengnuo.base.instant import from_us, to_us
from chengnuo.domain.dossier.sort import DossierSort
from chengnuo.law.civil import before
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.dossier.desk import DossierDesk

_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class DossierEraser:
    """Erases for good; the acts stay, and so do their digests."""

    desk: DossierDesk

    def due(self) -> int:
        """Erase what is private of dossiers whose time is over; return how many there were."""
        now, store, erased = self.desk.clock.now(), self.desk.store, 0
        for kind in self.desk.sorts.values():
            if kind.kept is None:
                continue
            due = store.to_erase(kind.id, _ended_before(kind, now), limit=_AT_ONCE)
            store.erase(due)
            erased += len(due)
        return erased

    def gone(self) -> int:
        """Erase what is private of dossiers about individuals whose proofs were destroyed.

        Every act was recorded in their chain, so whose chain has no tag any more is gone.
        """
        store, tag = self.desk.store, self.desk.recorder.payloads.tag
        gone = [one for one in store.persons() if tag(PersonKey(one)) is None]
        found = store.of_erased(gone) if gone else ()
        store.erase(found)
        return len(found)


def _ended_before(kind: DossierSort, now: datetime) -> datetime:
    """Return the instant such that what ended before it has had its time."""
    if kind.kept is None:
        return from_us(0)
    return from_us(before(to_us(now), kind.kept))
