"""Dossiers as the pledge board looks at them: open ones, those of the last month, and work left.

A dossier at its end is looked at for as long as something in it is overdue, as a lesson is.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from chengnuo.domain.dossier.clocks import Clock
from chengnuo.domain.dossier.dossier import Dossier
from chengnuo.domain.dossier.lessons import lessons_of
from chengnuo.domain.dossier.sorts.assessment import APPROVE, ASSESSMENT
from chengnuo.domain.dossier.sorts.hotline import HOTLINE
from chengnuo.domain.dossier.sorts.incident import INCIDENT
from chengnuo.domain.dossier.sorts.incident_acts import is_drill
from chengnuo.domain.dossier.sorts.recorded_control import (
    ENDED,
    FAILING,
    NOT_APPLICABLE,
    RECORDED_CONTROL,
)
from chengnuo.domain.dossier.standing import state_of
from chengnuo.domain.finding.declared_rows import A_YEAR
from chengnuo.domain.finding.dossier_controls import CONTROLS
from chengnuo.domain.finding.dossier_records import (
    AssessmentSeen,
    DossierRecords,
    DossierSeen,
    IncidentSeen,
    LateClock,
    RecordedSeen,
)
from chengnuo.domain.finding.live import PERIOD_DAYS, LiveRun, run_all
from chengnuo.law.civil import civil_date
from chengnuo.usecases.dossier.desk import DossierDesk
from chengnuo.usecases.dossier.hotline_figures import months_seen
from chengnuo.usecases.dossier.whole_sort import every_one
from chengnuo.usecases.register_desk import Desk

_YEAR_DAYS = 365
MOST = 10_000
"""Dossiers looked at in one go: open ones, those of the period, and ended ones with work left."""
_MANY = frozenset({HOTLINE.id})
"""Sorts with far more dossiers than that, which are counted by themselves."""


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
        store, sorts = self.desk.store, sorted(set(self.desk.sorts) - _MANY)
        since = now - timedelta(days=PERIOD_DAYS)
        found = store.on_the_board(sorts, since=since, due_by=now, limit=MOST + 1)
        newest = sorted(found, key=lambda one: one.opened_at, reverse=True)
        return DossierRecords(
            dossiers=tuple(self._seen(one, now) for one in newest),
            assessments=self._assessments(),
            recorded=self._recorded(now),
            hotline=months_seen(self.desk),
            incidents=self._incidents(now),
            on=civil_date(now),
            too_many=len(newest) > MOST,
        )

    def _incidents(self, now: datetime) -> tuple[IncidentSeen, ...]:
        """Return the incidents of a year and those with lessons left, the newest first."""
        since = now - timedelta(days=_YEAR_DAYS)
        seen = list[tuple[datetime, IncidentSeen]]()
        for one in every_one(self.desk.store, INCIDENT):
            lessons = lessons_of(one)
            if one.opened_at >= since or any(lesson.is_open for lesson in lessons):
                opened = civil_date(one.opened_at)
                incident = IncidentSeen(
                    dossier=one.id, opened=opened, lessons=lessons, drill=is_drill(one)
                )
                seen.append((one.opened_at, incident))
        return tuple(one for _, one in sorted(seen, key=lambda pair: pair[0], reverse=True))

    def _recorded(self, now: datetime) -> tuple[RecordedSeen, ...]:
        """Return what was found last of each thing that people or a program look at.

        What is failing stays so until it is mended in its own dossier: another one does not hide
        it. That something does not apply counts for a year.
        """
        found = dict[str, tuple[bool, datetime, RecordedSeen]]()
        for dossier in every_one(self.desk.store, RECORDED_CONTROL):
            state, item = state_of(RECORDED_CONTROL, dossier).id, _text(dossier, "item")
            rank = (state == FAILING, dossier.acts[-1].at)
            if state == ENDED or (item in found and found[item][:2] > rank):
                continue
            clocks, on = self.desk.clocks(dossier), _looked_on(dossier)
            is_old = state == NOT_APPLICABLE and civil_date(now) > on + A_YEAR
            seen = RecordedSeen(
                dossier=dossier.id,
                item=item,
                state=state,
                on=on,
                why=_text(dossier, "reasons") if state == NOT_APPLICABLE else "",
                stale=is_old or any(c.met_at is None and c.is_late(now) for c in clocks),
            )
            found[item] = (*rank, seen)
        return tuple(one for _, _, one in sorted(found.values(), key=lambda told: told[:2]))

    def _assessments(self) -> tuple[AssessmentSeen, ...]:
        served = self.register.current()
        if served is None or not served.register.assessments:
            return ()
        first = dict[str, tuple[date, str]]()
        for dossier in every_one(self.desk.store, ASSESSMENT):
            row = _text(dossier, "assessment")
            days = [civil_date(act.at) for act in dossier.acts if act.what == APPROVE]
            if row and days:
                first[row] = min(first.get(row, (days[0], dossier.id)), (days[0], dossier.id))
        used = dict[str, str]()
        for activity in served.register.activities:
            if activity.assessment is not None:
                used.setdefault(activity.assessment, activity.activity)
        return tuple(
            AssessmentSeen(
                assessment=one.assessment,
                done=one.done,
                activity=used.get(one.assessment, ""),
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


def _looked_on(dossier: Dossier) -> date:
    last = dossier.acts[-1]
    said = last.fields.get("done-on")
    return date.fromisoformat(said) if isinstance(said, str) else civil_date(last.at)


def _late(clock: Clock) -> LateClock:
    return LateClock(text=clock.sort.text, due=clock.deadline.on, met=clock.met_at is not None)


def _text(dossier: Dossier, name: str) -> str:
    found = dossier.value(name)
    return found if isinstance(found, str) else ""
