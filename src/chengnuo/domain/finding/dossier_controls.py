"""The controls over dossiers: deadlines met, controls not failing, complaints that come again.

One control a sort looks at its deadlines. What people looked at and found wrong is a fault until it
is mended, and so is a cause of complaints that comes back: the same one, about the same activity,
often within a month. How often is a yardstick of ours; the law sets none.
"""

from collections import defaultdict
from functools import partial

from chengnuo.base.text import Text
from chengnuo.domain.dossier.all_sorts import SORTS
from chengnuo.domain.dossier.sort import DossierSort
from chengnuo.domain.dossier.sorts.complaint import COMPLAINT
from chengnuo.domain.dossier.sorts.complaint_choices import CAUSES
from chengnuo.domain.dossier.sorts.incident import INCIDENT
from chengnuo.domain.dossier.sorts.recorded_control import FAILING, RECORDED_CONTROL
from chengnuo.domain.finding.declared_control import DAY, HOUR
from chengnuo.domain.finding.dossier_records import DossierRecords, DossierSeen, LateClock
from chengnuo.domain.finding.incident_controls import CONTROLS as INCIDENT_CONTROLS
from chengnuo.domain.finding.live import Fault, Looked, RecordsControl
from chengnuo.domain.finding.rule import duties as ids_of_duties
from chengnuo.domain.finding.surface_controls import CONTROLS as SURFACE_CONTROLS

RECURS_FROM = 3
"""From how many complaints of one cause about one activity on it recurs."""

_ROWS = {
    "complaint": ("pledge-8",),
    "incident": ("duty-14", "pledge-10"),
    "assessment": ("duty-14",),
    "supervision": ("duty-6", "pledge-9"),
    "agreement-term": ("duty-6",),
    "sdk-vetting": ("pledge-9",),
    "joint-request": ("duty-7",),
    "filing": ("duty-15",),
    "audit": ("duty-14",),
    "remedy": ("duty-14",),
    "safeguard": ("pledge-10",),
    "recorded-control": ("duty-14",),
    "name-removal": ("duty-10",),
    "minors-access": ("duty-11",),
    "not-applicable": ("duty-14",),
}
"""Rows of the pledge board that a sort's deadlines are evidence for."""

_CAUSES = {one.value: one.text for one in CAUSES}


def in_time(sort: str, records: DossierRecords) -> Looked:
    """Every deadline of the dossiers of a sort was met, or runs."""
    seen = [one for one in records.dossiers if one.sort == sort and one.clocks]
    return Looked(
        count=sum(one.clocks for one in seen),
        faults=tuple(_fault(one, clock) for one in seen for clock in one.late),
        newest=seen[0].dossier if seen else "",
    )


def not_failing(records: DossierRecords) -> Looked:
    """Nothing that people looked at was found wrong and is so still."""
    seen = [one for one in records.dossiers if one.sort == RECORDED_CONTROL.id]
    return Looked(
        count=len(seen),
        faults=tuple(
            Fault(position=0, dossier=one.dossier, what=one.state_text)
            for one in seen
            if one.state == FAILING
        ),
        newest=seen[0].dossier if seen else "",
    )


def not_recurring(records: DossierRecords) -> Looked:
    """No cause of complaints about one activity comes again and again."""
    seen = [one for one in records.dossiers if one.sort == COMPLAINT.id]
    groups = defaultdict[tuple[str, str], list[DossierSeen]](list)
    for one in seen:
        if one.cause and one.activity:
            groups[one.cause, one.activity].append(one)
    return Looked(
        count=len(seen),
        faults=tuple(
            Fault(
                position=0,
                dossier=some[0].dossier,
                activity=activity,
                what=Text(
                    f"一个月内 {len(some)} 件投诉同一原因：{_CAUSES[cause].zh}",
                    f"{len(some)} complaints of one cause within a month: {_CAUSES[cause].en}",
                ),
            )
            for (cause, activity), some in groups.items()
            if len(some) >= RECURS_FROM
        ),
        newest=seen[0].dossier if seen else "",
    )


def not_dated_back(records: DossierRecords) -> Looked:
    """No assessment is said to be older than its approval in the log (PIPL Arts. 55, 56)."""
    approved = [one for one in records.assessments if one.approved is not None]
    return Looked(
        count=len(approved),
        faults=tuple(
            Fault(
                position=0,
                dossier=one.dossier,
                what=Text(
                    f"登记簿写 {one.done.isoformat()} 完成，"
                    f"日志中 {one.approved.isoformat()} 才批准",
                    f"the register says done on {one.done.isoformat()};"
                    f" approved on {one.approved.isoformat()} by the log",
                ),
            )
            for one in approved
            if one.approved is not None and one.done < one.approved
        ),
        newest=approved[0].dossier if approved else "",
    )


def on_record(records: DossierRecords) -> Looked:
    """Every assessment of the register was approved in a dossier, once any was.

    A day that is only typed counts, because registers are older than dossiers; that nothing stands
    behind it is said.
    """
    used = [one for one in records.assessments if one.activity]
    typed = [one for one in used if one.approved is None]
    recorded = len(used) - len(typed)
    said = Text(
        f"{recorded} 项评估有批准记录，{len(typed)} 项只有登记簿中的日期。",
        f"{recorded} assessments have an approval on record, {len(typed)} a typed day alone.",
    )
    return Looked(
        count=recorded,
        faults=tuple(
            Fault(
                position=-1,
                activity=one.activity,
                what=Text(
                    f"评估 `{one.assessment}` 的日期 {one.done.isoformat()} 没有记录",
                    f"no record stands behind {one.done.isoformat()} of `{one.assessment}`",
                ),
            )
            for one in typed
            if recorded
        ),
        said=said if used else None,
    )


def _fault(one: DossierSeen, clock: LateClock) -> Fault:
    zh, en = clock.text.zh, clock.text.en
    by = "" if clock.due is None else clock.due.isoformat()
    if clock.met:
        what = Text(
            f"{zh}：晚于期限完成 {by}".rstrip(), f"{en}: done after it was due {by}".rstrip()
        )
    else:
        what = Text(f"{zh}：已过期限 {by}".rstrip(), f"{en}: overdue {by}".rstrip())
    return Fault(position=0, dossier=one.dossier, activity=one.activity, what=what)


def _timed(sort: DossierSort) -> RecordsControl[DossierRecords]:
    name = sort.text
    return RecordsControl(
        id=f"{sort.id}-in-time",
        duties=ids_of_duties(*_ROWS[sort.id]),
        whole=frozenset(),
        title=Text(f"{name.zh}：期限都已遵守", f"{name.en}: deadlines were met"),
        looks_at=Text("未办结和近一个月的卷宗", "Open dossiers and those of the last month"),
        fails_when=Text("有期限已过，或者过了期限才完成", "A deadline has passed, or was met late"),
        rests_on=sort.rests_on,
        every=HOUR if sort.id == INCIDENT.id else DAY,
        samples=True,
        check=partial(in_time, sort.id),
    )


CONTROLS: tuple[RecordsControl[DossierRecords], ...] = (
    *(_timed(sort) for sort in SORTS.values() if sort.clocks),
    RecordsControl(
        id="recorded-controls-not-failing",
        duties=ids_of_duties("duty-14"),
        whole=frozenset(),
        title=Text("人工核查没有不符合的", "Nothing that people looked at is failing"),
        looks_at=Text("人工核查事项", "Recorded controls"),
        fails_when=Text("最近一次核查不符合", "The last look found it wrong"),
        rests_on=RECORDED_CONTROL.rests_on,
        fix=Text("改正后再核查一次。", "Mend it and look again."),
        samples=True,
        check=not_failing,
    ),
    RecordsControl(
        id="assessments-not-dated-back",
        duties=ids_of_duties("duty-14"),
        whole=frozenset(),
        title=Text("影响评估没有倒签日期", "No impact assessment is dated back"),
        looks_at=Text("登记簿中经日志批准的评估", "Assessments with an approval in the log"),
        fails_when=Text(
            "登记簿的完成日期早于日志中的批准日期", "The register's day is before the log's"
        ),
        rests_on=ids_of_duties("PIPL-55", "PIPL-56"),
        fix=Text(
            "把登记簿的日期改为批准的日期。", "Write the day of the approval into the register."
        ),
        at_any_size=True,
        check=not_dated_back,
    ),
    RecordsControl(
        id="assessments-on-record",
        duties=ids_of_duties("duty-14"),
        whole=frozenset(),
        title=Text("影响评估的日期有批准记录", "Days of assessments have an approval on record"),
        looks_at=Text("登记簿中的评估", "Assessments of the register"),
        fails_when=Text(
            "有的评估经卷宗批准，有的只有登记的日期",
            "Some were approved in a dossier, and others have a typed day alone",
        ),
        rests_on=ids_of_duties("PIPL-55", "PIPL-56"),
        fix=Text(
            "在卷宗中重新评估并批准。", "Assess it anew in a dossier, and have it approved there."
        ),
        at_any_size=True,
        check=on_record,
    ),
    RecordsControl(
        id="complaints-not-recurring",
        duties=ids_of_duties("pledge-8"),
        whole=frozenset(),
        title=Text("没有反复出现的投诉原因", "No cause of complaints comes again and again"),
        looks_at=Text("近一个月的投诉", "Complaints of the last month"),
        fails_when=Text(
            f"同一活动同一原因的投诉达到 {RECURS_FROM} 件",
            f"{RECURS_FROM} complaints of one cause about one activity",
        ),
        rests_on=ids_of_duties("191-6.5", "pledge-8"),
        fix=Text(
            "找出这项活动的问题并改正登记簿或者做法。",
            "Find what is wrong with the activity; mend the register or what is done.",
        ),
        samples=True,
        check=not_recurring,
    ),
    *SURFACE_CONTROLS,
    *INCIDENT_CONTROLS,
)
