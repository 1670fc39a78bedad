"""The audit that falls due every two years above ten million people (measures of 2025, Art. 4).

How many people there are is what the register says, or what this service has records of where that
is more. The two years run from the end of the last audit: the day of the register, or the report of
an audit kept here, whichever is later; where there was none, from the day on which the measures
came into force. It is told half a year ahead, which is a yardstick of ours.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from chengnuo.domain.dossier.dossier import Dossier
from chengnuo.domain.dossier.fields import Value
from chengnuo.domain.dossier.sorts.audit import REGULAR, REPORT
from chengnuo.domain.register.handler import Handler
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.civil import civil_date, start_of
from chengnuo.law.deadline import deadline_of
from chengnuo.law.working_calendar import WorkingCalendar

EVERY, ABOVE = "TD-U1", "TD-U2"
TOLD_AHEAD = timedelta(days=183)


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditDue:
    """A regular audit that has to be reported by a day.

    Attributes:
        people: How many people were counted.
        since: The day from which the years run.
        by: The last day.

    """

    people: int
    since: date
    by: date

    @property
    def key(self) -> str:
        """What tells this audit from the one before."""
        return f"audit:regular:{self.by.isoformat()}"

    def fields(self, handler: str, today: date) -> dict[str, Value]:
        """Return what the plan of it says; one that is overdue is to be reported at once."""
        return {
            "title": f"{self.by.year} 年定期合规审计（处理约 {self.people} 人信息）",
            "kind": REGULAR,
            "by-whom": "internal",
            "auditor": handler[:200],
            "period-from": self.since.isoformat(),
            "period-to": max(min(today, self.by), self.since).isoformat(),
            "end-by": self.by.isoformat(),
        }


def audit_due(  # noqa: PLR0913  what it follows from
    handler: Handler,
    known: int,
    audits: Sequence[Dossier],
    today: date,
    *,
    catalogue: Catalogue,
    calendar: WorkingCalendar,
) -> AuditDue | None:
    """Return the regular audit that is due or near and that nobody planned yet, or None.

    Args:
        handler: What the register says.
        known: Of how many people this service has records.
        audits: The audits that are kept here.
        today: The civil day.
        catalogue: Holds the figures.
        calendar: The official working days.

    """
    people = max(handler.individuals or 0, known)
    if people <= catalogue.number(ABOVE):
        return None
    every = catalogue.figure(EVERY)
    ended = [_reported(one) for one in audits if one.value("kind") == REGULAR]
    declared = handler.audits.last if handler.audits is not None else None
    days = [day for day in (declared, *ended) if day is not None and day <= today]
    since = max(days, default=date.fromisoformat(every.effective or ""))
    deadline = deadline_of(every, start_of(since), calendar)
    if deadline is None or deadline.on is None or today < deadline.on - TOLD_AHEAD:
        return None
    due = AuditDue(people=people, since=since, by=deadline.on)
    return None if any(_does(due, one) for one in audits) else due


def _does(due: AuditDue, audit: Dossier) -> bool:
    """Tell whether an audit that is under way will do, as one that staff planned themselves."""
    return (
        audit.value("kind") == REGULAR
        and audit.last(REPORT) is None
        and str(audit.value("end-by")) <= due.by.isoformat()
    )


def _reported(audit: Dossier) -> date | None:
    act = audit.last(REPORT)
    return None if act is None else civil_date(act.at)
