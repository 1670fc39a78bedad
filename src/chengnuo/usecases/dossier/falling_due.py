"""Dossiers that the service opens by itself, because a line was reached or a year has its task.

The person in charge of protection is filed once a million people are handled (PIPL Art. 52). The
information of minors is audited every year as soon as one is known (Regulation on the Protection of
Minors Online, Art. 37), and the audit is filed by the end of January. Above ten million people the
whole is audited every two years (`audits_due`). Each is opened once.
"""

from dataclasses import dataclass
from datetime import date

from chengnuo.domain.dossier.dossier import DossierId
from chengnuo.domain.dossier.sorts.audit import AUDIT, PLAN
from chengnuo.domain.dossier.sorts.filing import FILING, OFFICER, OPEN
from chengnuo.law.age import ADULT_FROM_YEARS, first_birth_date_below
from chengnuo.law.civil import civil_date
from chengnuo.ports.consents import ConsentStore
from chengnuo.usecases.dossier.audits_due import AuditDue, audit_due
from chengnuo.usecases.dossier.desk import DossierDesk
from chengnuo.usecases.dossier.guarding import SERVICE
from chengnuo.usecases.register_desk import Desk

_OFFICER_FROM = "TD-U3"
_FILED_BY = "TD-A7"


@dataclass(frozen=True, slots=True, kw_only=True)
class FallingDue:
    """Opens what falls due by itself.

    Attributes:
        desk: The desk.
        register: The register in force.
        people: Knows who is a minor.

    """

    desk: DossierDesk
    register: Desk
    people: ConsentStore

    def open(self) -> tuple[DossierId, ...]:
        """Open what has fallen due and is not open yet; return all that there is of it."""
        served = self.register.current()
        if served is None:
            return ()
        handler, today = served.register.handler, civil_date(self.desk.clock.now())
        found = []
        known = self.people.how_many()
        people = max(handler.individuals or 0, known)
        line = self.desk.catalogue.number(_OFFICER_FROM)
        filed = handler.protection_officer is not None and handler.protection_officer.filed
        if people >= line and not filed:
            found.append(self._officer(people, today))
        audits = self.desk.store.every([AUDIT.id])
        due = audit_due(
            handler,
            known,
            audits,
            today,
            catalogue=self.desk.catalogue,
            calendar=self.desk.calendar,
        )
        if due is not None:
            found.append(self._regular_audit(due, handler.name.zh, today))
        for audit in audits:
            self.desk.follow(audit)
        if handler.knows_minors or self._a_minor_is_known(today):
            found.append(self._audit(today, handler.name.zh))
        return tuple(found)

    def _a_minor_is_known(self, today: date) -> bool:
        return self.people.is_born_since(first_birth_date_below(ADULT_FROM_YEARS, today))

    def _officer(self, people: int, today: date) -> DossierId:
        return self.desk.open(
            FILING.id,
            OPEN,
            SERVICE,
            {
                "kind": OFFICER,
                "crossed-on": today.isoformat(),
                "persons": people,
                "why": "登记的或者有记录的人数达到法定的线",
            },
            key="filing:officer",
        ).dossier.id

    def _regular_audit(self, due: AuditDue, auditor: str, today: date) -> DossierId:
        fields = due.fields(auditor, today)
        return self.desk.open(AUDIT.id, PLAN, SERVICE, fields, key=due.key).dossier.id

    def _audit(self, today: date, auditor: str) -> DossierId:
        due = self.desk.catalogue.figure(_FILED_BY).values
        last = date(today.year + 1, int(due["month"]), int(due["day"]))
        return self.desk.open(
            AUDIT.id,
            PLAN,
            SERVICE,
            {
                "title": f"{today.year} 年度未成年人信息审计",
                "kind": "minors",
                "by-whom": "internal",
                "auditor": auditor[:200],
                "period-from": date(today.year, 1, 1).isoformat(),
                "period-to": date(today.year, 12, 31).isoformat(),
                "end-by": last.isoformat(),
            },
            key=f"audit:minors:{today.year}",
        ).dossier.id
