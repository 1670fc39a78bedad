"""Agreements that run out, by the register in force: told early, the end entered, closed anew.

The decision goes by the register alone, to the instant; these dossiers tell people in time and put
the lapse and the renewal on record.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from chengnuo.domain.dossier.dossier import Dossier, DossierId
from chengnuo.domain.dossier.sorts.agreement_term import (
    AGREEMENT_TERM,
    LAPSE,
    OPEN,
    RENEW,
    RUNNING_OUT,
)
from chengnuo.domain.dossier.standing import state_of
from chengnuo.domain.register.ids import AgreementId
from chengnuo.domain.register.recipient import Agreement
from chengnuo.law.civil import civil_date
from chengnuo.usecases.dossier.desk import DossierDesk
from chengnuo.usecases.dossier.guarding import SERVICE
from chengnuo.usecases.register_desk import Desk

TOLD_DAYS = 60
"""How long before its last day an agreement is told of; a yardstick of ours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementTerms:
    """Follows agreements to their end.

    Attributes:
        desk: The desk.
        register: The register in force.

    """

    desk: DossierDesk
    register: Desk

    def run(self) -> tuple[DossierId, ...]:
        """Open, enter the end and close what is due; return the dossiers in which that was done."""
        served, today = self.register.current(), civil_date(self.desk.clock.now())
        if served is None:
            return ()
        register = served.register
        used = {one.agreement for one in register.recipients}
        done = [
            self._opened(one, one.expires)
            for one in register.agreements
            if one.agreement in used
            and one.expires is not None
            and one.expires - today <= timedelta(days=TOLD_DAYS)
        ]
        for dossier in self.desk.store.every([AGREEMENT_TERM.id], open_only=True):
            row = AgreementId(str(dossier.value("agreement")))
            if self._follow(dossier, register.agreement_by_id.get(row), today):
                done.append(dossier.id)
        return tuple(done)

    def _opened(self, agreement: Agreement, last: date) -> DossierId:
        said = {"agreement": str(agreement.agreement), "until": last.isoformat()}
        key = f"agreement-term:{agreement.agreement}:{last.isoformat()}"
        return self.desk.open(AGREEMENT_TERM.id, OPEN, SERVICE, said, key=key).dossier.id

    def _follow(self, dossier: Dossier, agreement: Agreement | None, today: date) -> bool:
        last = date.fromisoformat(str(dossier.value("until")))
        expires = None if agreement is None else agreement.expires
        if agreement is not None and (expires is None or expires > last):
            said = {
                "version": agreement.version or "",
                "new-until": "" if expires is None else expires.isoformat(),
            }
            self.desk.act(dossier.id, RENEW, SERVICE, said)
            return True
        if today > last and state_of(AGREEMENT_TERM, dossier).id == RUNNING_OUT:
            self.desk.act(dossier.id, LAPSE, SERVICE, {})
            return True
        return False
