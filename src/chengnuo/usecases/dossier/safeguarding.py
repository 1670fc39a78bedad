"""Observing safeguards: what the service sees stands as dated evidence in what was declared.

Only measures that somebody declared are observed. What was seen is recorded when it changed, when
it says something else than the state does, and once a month, so that the log shows that somebody
looked; never more.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TypeAlias

from chengnuo.domain.dossier.dossier import Dossier, DossierId
from chengnuo.domain.dossier.fields import MOST_TEXT, Value
from chengnuo.domain.dossier.sorts.incident import INCIDENT
from chengnuo.domain.dossier.sorts.safeguard import (
    FAILING,
    OBSERVE,
    OBSERVE_FAULT,
    SAFEGUARD,
    SHOWN,
)
from chengnuo.domain.dossier.standing import state_of
from chengnuo.domain.register.store import Store
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.civil import civil_date
from chengnuo.ports.accounts import Account
from chengnuo.ports.protection import ProtectionLook
from chengnuo.usecases.dossier.desk import DossierDesk
from chengnuo.usecases.dossier.guarding import SERVICE
from chengnuo.usecases.dossier.safeguard_looks import (
    SafeguardLook,
    access_look,
    drill_look,
    encryption_look,
    handed_in,
)
from chengnuo.usecases.register_desk import Desk

RECORDED_EVERY = timedelta(days=30)
SHOWN_FOR = timedelta(days=90)
"""How long what was seen counts; a yardstick of ours."""
Scans: TypeAlias = Callable[[bytes, Sequence[Store], Catalogue], SafeguardLook | None]
"""Tells what a report of a scan of the stores shows; None where it saw no column of a kind."""


class ScanCame(StrEnum):
    """What came of a report that was handed in."""

    RECORDED = "recorded"
    KNOWN = "known"
    """The same, or something newer, is recorded already."""
    NOTHING = "nothing"
    NOT_WHOLE = "not-whole"
    AHEAD = "ahead"
    NOT_DECLARED = "not-declared"


@dataclass(frozen=True, slots=True, kw_only=True)
class Safeguarding:
    """Observes safeguards.

    Attributes:
        desk: The desk of dossiers.
        register: The register in force.
        accounts: Returns the accounts of this service.
        protection: Looks at connections and key files; None where there is nothing to look at.
        scans: Reads reports of scans that are handed in; None where none are taken.

    """

    desk: DossierDesk
    register: Desk
    accounts: Callable[[], Sequence[Account]]
    protection: ProtectionLook | None
    scans: Scans | None = None

    def looks(self) -> tuple[SafeguardLook, ...]:
        """Return what can be seen now."""
        now, served = self.desk.clock.now(), self.register.current()
        stores = () if served is None else served.register.stores
        found = [
            access_look(self.accounts(), now),
            drill_look(self.desk.store.every([INCIDENT.id]), now),
        ]
        if self.protection is not None:
            found.append(
                encryption_look(
                    self.protection.connections(stores), self.protection.key_files(), stores
                )
            )
        return tuple(one for one in found if one is not None)

    def observe(self) -> tuple[DossierId, ...]:
        """Record what is seen in the safeguards declared; return those in which it was."""
        return tuple(one for look in self.looks() for one in self.record(look))

    def record(self, look: SafeguardLook) -> tuple[DossierId, ...]:
        """Record what was seen in the safeguards of its measure; return those in which it was."""
        found = list[DossierId]()
        if not look.shows or self._is_ahead(look):
            return ()
        seen_on = look.on or civil_date(self.desk.clock.now())
        for dossier in self._declared():
            if dossier.value("measure") != look.measure or not self._is_news(dossier, look):
                continue
            text = look.text
            fields: dict[str, Value] = {
                "done-on": seen_on.isoformat(),
                "evidence": f"{text.zh}\n{text.en}"[:MOST_TEXT],
                "looked-at": look.looked_at,
                "seen": look.digest,
            }
            if not look.faults:
                fields["next-due"] = (seen_on + SHOWN_FOR).isoformat()
            what = OBSERVE_FAULT if look.faults else OBSERVE
            self.desk.act(dossier.id, what, SERVICE, fields)
            found.append(dossier.id)
        return tuple(found)

    def hand_in(self, scans: Scans, report: bytes, by: str) -> ScanCame:
        """Record what a report of a scan of the stores shows, and who handed it in.

        Args:
            scans: Reads it.
            report: The file.
            by: Account id of who hands it in.

        Raises:
            InspectionFormError: It is no such report.

        """
        register = self.register.served.register
        look = scans(report, register.stores, self.register.catalogue)
        if look is None:
            return ScanCame.NOTHING
        if not look.shows:
            return ScanCame.NOT_WHOLE
        if self._is_ahead(look):
            return ScanCame.AHEAD
        if not any(one.value("measure") == look.measure for one in self._declared()):
            return ScanCame.NOT_DECLARED
        recorded = self.record(handed_in(look, report, by))
        return ScanCame.RECORDED if recorded else ScanCame.KNOWN

    def _is_ahead(self, look: SafeguardLook) -> bool:
        return look.on is not None and look.on > civil_date(self.desk.clock.now())

    def _declared(self) -> tuple[Dossier, ...]:
        return self.desk.store.every([SAFEGUARD.id], open_only=True)

    def _is_news(self, dossier: Dossier, look: SafeguardLook) -> bool:
        last = dossier.last(OBSERVE, OBSERVE_FAULT)
        if last is None:
            return True
        if look.on is not None and look.on.isoformat() < str(last.fields["done-on"]):
            return False  # an older scan that is handed in after a newer one
        if last.fields.get("seen") != look.digest:
            return True
        if state_of(SAFEGUARD, dossier).id != (FAILING if look.faults else SHOWN):
            return True
        return self.desk.clock.now() - last.at >= RECORDED_EVERY
