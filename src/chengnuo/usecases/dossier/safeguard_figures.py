"""Safeguards and audits as the pledge board looks at them."""

from dataclasses import dataclass
from datetime import date, datetime

from chengnuo.domain.dossier.dossier import Dossier
from chengnuo.domain.dossier.sorts.audit import AUDIT, EXTERNAL
from chengnuo.domain.dossier.sorts.safeguard import OBSERVE, RETIRED, SAFEGUARD, SHOW
from chengnuo.domain.dossier.standing import state_of
from chengnuo.domain.finding.live import LiveRun, run_all
from chengnuo.domain.finding.safeguard_controls import CONTROLS
from chengnuo.domain.finding.safeguard_records import AuditSeen, SafeguardRecords, SafeguardSeen
from chengnuo.law.civil import civil_date
from chengnuo.usecases.dossier.desk import DossierDesk
from chengnuo.usecases.dossier.whole_sort import every_one

_IN_A_ROW = "TD-U7"


@dataclass(frozen=True, slots=True, kw_only=True)
class SafeguardFigures:
    """Runs the controls.

    Attributes:
        desk: The desk of dossiers.

    """

    desk: DossierDesk

    def runs(self, now: datetime) -> tuple[LiveRun, ...]:
        """Run the controls as of an instant.

        Raises:
            UnavailableError: Dossiers cannot be read now.

        """
        return run_all(CONTROLS, self.of(now))

    def of(self, now: datetime) -> SafeguardRecords:
        """Return what is looked at."""
        store = self.desk.store
        safeguards = (
            (one.opened_at, _safeguard(one))
            for one in every_one(store, SAFEGUARD)
            if state_of(SAFEGUARD, one).id != RETIRED
        )
        audits = ((one.opened_at, _audit(one)) for one in every_one(store, AUDIT))
        return SafeguardRecords(
            on=civil_date(now),
            safeguards=tuple(one for _, one in sorted(safeguards, key=_when, reverse=True)),
            audits=tuple(one for _, one in sorted(audits, key=_when)),
            most_in_a_row=self.desk.catalogue.number(_IN_A_ROW),
        )


def _when(seen: tuple[datetime, SafeguardSeen | AuditSeen]) -> datetime:
    return seen[0]


def _safeguard(one: Dossier) -> SafeguardSeen:
    shown = one.last(SHOW, OBSERVE)
    return SafeguardSeen(
        dossier=one.id,
        measure=str(one.value("measure")),
        state=state_of(SAFEGUARD, one).id,
        shown_on=None if shown is None else date.fromisoformat(str(shown.fields["done-on"])),
        observed=shown is not None and shown.what == OBSERVE,
        next_due=None if shown is None else date.fromisoformat(str(shown.fields["next-due"])),
    )


def _audit(one: Dossier) -> AuditSeen:
    return AuditSeen(
        dossier=one.id,
        body=str(one.value("auditor") or ""),
        lead=str(one.value("lead") or ""),
        external=one.value("by-whom") == EXTERNAL,
    )
