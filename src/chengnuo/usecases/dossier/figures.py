"""Dossiers as the pledge board looks at them: the open ones and those of the last month."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from chengnuo.domain.dossier.clocks import Clock
from chengnuo.domain.dossier.dossier import Dossier
from chengnuo.domain.dossier.sorts.assessment import APPROVE, ASSESSMENT
from chengnuo.domain.dossier.standing import state_of
from chengnuo.domain.finding.dossier_controls import CONTROLS
from chengnuo.domain.finding.dossier_records import (
    AssessmentSeen,
    DossierRecords,
    DossierSeen,
    LateClock,
)
from chengnuo.domain.finding.live import PERIOD_DAYS, LiveRun, run_all
from chengnuo.law.civil import civil_date
from chengnuo.usecases.dossier.desk import DossierDesk
from chengnuo.usecases.register_desk import Desk

MOST = 5_000
"""Dossiers looked at in one go, open ones and those of the period each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierFigures:
    """Runs the controls.

    Attributes:
        desk: The desk.
        register: The register in force.

    """

    desk: DossierDesk
    register: Desk

    def runs(self, now: datetime) -> tuple[LiveRun, ...]:
        """Run the controls as of an instant.

        Raises:
            UnavailableError: Dossiers cannot be read now.

        """
        return run_all(CONTROLS, self.of(now))

    def of(self, now: datetime) -> DossierRecords:
        """Return the dossiers that are looked at."""
        store, sorts = self.desk.store, sorted(self.desk.sorts)
        still_open = store.every(sorts, open_only=True, limit=MOST + 1)
        since = now - timedelta(days=PERIOD_DAYS)
        recent = store.every(sorts, since=since, limit=MOST + 1)
        found = {one.id: one for one in (*still_open, *recent)}
        newest = sorted(found.values(), key=lambda one: one.opened_at, reverse=True)
        return DossierRecords(
            dossiers=tuple(self._seen(one, now) for one in newest),
            assessments=self._assessments(),
            too_many=len(still_open) > MOST or len(recent) > MOST,
        )

    def _assessments(self) -> tuple[AssessmentSeen, ...]:
        served = self.register.current()
        if served is None or not served.register.assessments:
            return ()
        first = dict[str, tuple[date, str]]()
        for dossier in self.desk.store.every([ASSESSMENT.id], limit=MOST):
            row = _text(dossier, "assessment")
            days = [civil_date(act.at) for act in dossier.acts if act.what == APPROVE]
            if row and days:
                first[row] = min(first.get(row, (days[0], dossier.id)), (days[0], dossier.id))
        return tuple(
            AssessmentSeen(
                assessment=one.assessment,
                done=one.done,
                approved=None if one.assessment not in first else first[one.assessment][0],
                dossier="" if one.assessment not in first else first[one.assessment][1],
            )
            for one in served.register.assessments
        )

    def _seen(self, dossier: Dossier, now: datetime) -> DossierSeen:
        state = state_of(self.desk.sorts[dossier.sort], dossier)
        clocks = self.desk.clocks(dossier)
        return DossierSeen(
            dossier=dossier.id,
            sort=dossier.sort,
            state=state.id,
            state_text=state.text,
            opened=civil_date(dossier.opened_at),
            cause=_text(dossier, "cause"),
            activity=_text(dossier, "activity"),
            clocks=len(clocks),
            late=tuple(_late(clock) for clock in clocks if clock.is_late(now)),
        )


def _late(clock: Clock) -> LateClock:
    return LateClock(text=clock.sort.text, due=clock.deadline.on, met=clock.met_at is not None)


def _text(dossier: Dossier, name: str) -> str:
    found = dossier.value(name)
    return found if isinstance(found, str) else ""
