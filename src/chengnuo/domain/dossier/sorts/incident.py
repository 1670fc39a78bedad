"""Incidents: information leaked, changed or lost, or that may be (PIPL Art. 57).

The clock starts when whoever of the handler knew first knew, not when others were told; an earlier
discovery that comes to light moves it back, and both stay on record. Until somebody has graded it,
an incident is taken to be one that has to be reported within hours. Every incident is reported to
the department in charge; people are told, or it is decided not to, with reasons, by somebody else
than who graded it. A drill goes the same way and says in every record that it is one.
"""

from chengnuo.base.period import Period
from chengnuo.base.text import Text
from chengnuo.domain.dossier.lessons import LEARN, LEARNT, first_open_day
from chengnuo.domain.dossier.sort import ClockSort, DossierSort, StateSort
from chengnuo.domain.dossier.sorts.incident_acts import (
    ACTS,
    CLOSE,
    CONTAIN,
    DISCOVER,
    HANDLE,
    NOT_TELL,
    REPORT,
    TELL,
    TELL_MINORS,
    concerns_minors,
    is_reported_in_hours,
)
from chengnuo.domain.dossier.sorts.incident_reach import (
    CLOSED,
    DISCOVERED,
    EARLIER,
    GRADED,
    HANDLED,
)
from chengnuo.law.ids import DutyId, FigureId

REPORT_CLOCK = "report"
"""Id of the clock of hours; operators of critical infrastructure have fewer of them."""

INCIDENT = DossierSort(
    id="incident",
    prefix="in",
    path="incidents",
    text=Text("安全事件", "Incident"),
    lead=Text(
        "从发现之时起计时：补救、定级、报告主管部门、通知个人。演练走同样的流程。",
        "The clock runs from discovery: contain, grade, report, tell. So do drills.",
    ),
    rests_on=(DutyId("PIPL-57"), DutyId("NDSR-11"), DutyId("INC-2025"), DutyId("PIPL-51.5")),
    title_from="kind",
    kept=Period(years=3),
    states=(
        StateSort(id=DISCOVERED, text=Text("已发现，未定级", "Discovered, not graded")),
        StateSort(id=GRADED, text=Text("已定级，处置中", "Graded, being handled")),
        StateSort(id=HANDLED, text=Text("处置结束，待总结", "Handled, final report due")),
        StateSort(id=CLOSED, text=Text("已办结", "Closed"), final=True),
    ),
    acts=ACTS,
    clocks=(
        ClockSort(
            id="contain",
            text=Text("采取补救措施", "Take measures"),
            figure=FigureId("TD-B1"),
            starts=frozenset({DISCOVER}),
            stops=frozenset({CONTAIN}),
            from_field="discovered-at",
            moved_by=frozenset({EARLIER}),
        ),
        ClockSort(
            id=REPORT_CLOCK,
            text=Text("报告主管部门", "Report to the department in charge"),
            figure=FigureId("TD-B3"),
            starts=frozenset({DISCOVER}),
            stops=frozenset({REPORT}),
            from_field="discovered-at",
            moved_by=frozenset({EARLIER}),
            runs=is_reported_in_hours,
        ),
        ClockSort(
            id="report-general",
            text=Text("通知主管部门", "Notify the department in charge"),
            figure=FigureId("TD-B1"),
            starts=frozenset({DISCOVER}),
            stops=frozenset({REPORT}),
            from_field="discovered-at",
            moved_by=frozenset({EARLIER}),
            runs=lambda dossier: not is_reported_in_hours(dossier),
        ),
        ClockSort(
            id="tell",
            text=Text("通知个人", "Tell people"),
            figure=FigureId("TD-B1"),
            starts=frozenset({DISCOVER}),
            stops=frozenset({TELL, NOT_TELL}),
            from_field="discovered-at",
            moved_by=frozenset({EARLIER}),
        ),
        ClockSort(
            id="tell-minors",
            text=Text("告知未成年人和监护人", "Tell minors and guardians"),
            figure=FigureId("TD-B12"),
            starts=frozenset({DISCOVER}),
            stops=frozenset({TELL_MINORS}),
            from_field="discovered-at",
            moved_by=frozenset({EARLIER}),
            runs=concerns_minors,
        ),
        ClockSort(
            id="final-report",
            text=Text("总结报告", "Final report"),
            figure=FigureId("TD-B9"),
            starts=frozenset({HANDLE}),
            stops=frozenset({CLOSE}),
            from_field="ended-at",
        ),
        ClockSort(
            id="lesson",
            text=Text("改进事项", "Lesson"),
            starts=frozenset({LEARN}),
            stops=frozenset({LEARNT}),
            until_field="due",
            open_until=first_open_day,
        ),
    ),
)
