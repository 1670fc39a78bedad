"""The controls over incidents: lessons carried out, causes that do not come again.

A lesson is a fault from the day after its day until somebody else than who entered it says that it
was carried out; its activity is the row, PIPL Art. 51(5) and 57 the articles. A sort of cause that
came in two incidents within a year is one fault while a lesson of that sort is open. How often is a
yardstick of ours. Drills teach, and their lessons count; their causes do not.
"""

from collections import defaultdict
from datetime import date

from chengnuo.base.text import Text
from chengnuo.domain.dossier.lessons import Lesson
from chengnuo.domain.dossier.sorts.incident import INCIDENT
from chengnuo.domain.dossier.sorts.incident_choices import ROOT_CAUSES
from chengnuo.domain.finding.dossier_records import DossierRecords, IncidentSeen
from chengnuo.domain.finding.live import Fault, Looked, RecordsControl
from chengnuo.domain.finding.rule import duties as ids_of_duties

RECURS_FROM = 2
"""From how many incidents of one sort of cause within a year on it recurs."""
_CAUSES = {one.value: one.text for one in ROOT_CAUSES}


def carried_out(records: DossierRecords) -> Looked:
    """Every lesson whose day is over was carried out."""
    lessons = [(one, lesson) for one in records.incidents for lesson in one.lessons]
    return Looked(
        count=len(lessons),
        faults=tuple(
            _overdue(one, lesson) for one, lesson in lessons if _is_overdue(lesson, records.on)
        ),
        newest=records.incidents[0].dossier if records.incidents else "",
    )


def not_again(records: DossierRecords) -> Looked:
    """No sort of cause comes again while what it taught is not done."""
    groups = defaultdict[str, dict[str, IncidentSeen]](dict)
    still = set[str]()
    for one in records.incidents:
        for lesson in one.lessons:
            if lesson.root_cause and not one.drill:
                groups[lesson.root_cause][one.dossier] = one
                still |= {lesson.root_cause} if lesson.is_open else set()
    return Looked(
        count=len(records.incidents),
        faults=tuple(
            Fault(
                position=0,
                dossier=next(iter(some)),
                activity=_activity(some, cause),
                what=Text(
                    f"一年内 {len(some)} 起事件同一类原因：{_CAUSES[cause].zh}",
                    f"{len(some)} incidents of one cause within a year: {_CAUSES[cause].en}",
                ),
            )
            for cause, some in groups.items()
            if len(some) >= RECURS_FROM and cause in still
        ),
        newest=records.incidents[0].dossier if records.incidents else "",
    )


def _is_overdue(lesson: Lesson, on: date | None) -> bool:
    return lesson.is_open and on is not None and lesson.due < on


def _overdue(one: IncidentSeen, lesson: Lesson) -> Fault:
    due = lesson.due.isoformat()
    return Fault(
        position=0,
        dossier=one.dossier,
        activity=lesson.activity,
        what=Text(
            f"第 {lesson.number} 项改进没有在 {due} 前完成",
            f"lesson {lesson.number} was not carried out by {due}",
        ),
    )


def _activity(some: dict[str, IncidentSeen], cause: str) -> str:
    named = (
        lesson.activity
        for one in some.values()
        for lesson in one.lessons
        if lesson.root_cause == cause and lesson.activity
    )
    return next(named, "")


CONTROLS: tuple[RecordsControl[DossierRecords], ...] = (
    RecordsControl(
        id="incident-lessons-carried-out",
        duties=ids_of_duties("duty-14", "pledge-10"),
        whole=frozenset(),
        title=Text("事件的改进事项按期完成", "Lessons of incidents are carried out in time"),
        looks_at=Text("近一年的事件和未完成的改进", "Incidents of a year, and lessons left"),
        fails_when=Text("改进事项过期没有完成", "A lesson is past its day and not carried out"),
        rests_on=INCIDENT.rests_on,
        fix=Text("完成改进，由他人登记完成。", "Carry it out; somebody else enters that."),
        at_any_size=True,
        check=carried_out,
    ),
    RecordsControl(
        id="incident-causes-not-recurring",
        duties=ids_of_duties("duty-14", "pledge-10"),
        whole=frozenset(),
        title=Text("没有反复出现的事件原因", "No cause of incidents comes again"),
        looks_at=Text("近一年的事件", "Incidents of the last year"),
        fails_when=Text(
            f"一年内 {RECURS_FROM} 起事件同一类原因，改进还没有完成",
            f"{RECURS_FROM} incidents of one cause within a year, with a lesson left",
        ),
        rests_on=INCIDENT.rests_on,
        fix=Text("针对这类原因改进并完成。", "Mend what this sort of cause comes from."),
        at_any_size=True,
        check=not_again,
    ),
)
