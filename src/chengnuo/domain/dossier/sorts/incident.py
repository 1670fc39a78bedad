"""Incidents: information leaked, changed or lost, or that may be (PIPL Art. 57).

The clock starts with the discovery. Until somebody has graded it, an incident is taken to be one
that has to be reported within hours. Every incident is reported to the department in charge; people
are told, or it is decided not to, with reasons, by somebody else than who graded it. A drill goes
the same way and says in every record that it is one.
"""

from collections.abc import Mapping

from chengnuo.base.period import Period
from chengnuo.base.text import Text
from chengnuo.domain.dossier.dossier import Dossier
from chengnuo.domain.dossier.fields import Choice, Value
from chengnuo.domain.dossier.making import choice, count, day, flag, instant, line, row, text
from chengnuo.domain.dossier.party import DESK, Party
from chengnuo.domain.dossier.sort import NOT_OPENED, ActSort, ClockSort, DossierSort, StateSort
from chengnuo.law.ids import DutyId, FigureId

DISCOVERED, GRADED, HANDLED, CLOSED = "discovered", "graded", "handled", "closed"
DISCOVER, GRADE, CONTAIN, REPORT = "discover", "grade", "contain", "report"
TELL, TELL_MINORS, NOT_TELL = "tell-people", "tell-minors", "decide-not-to-tell"
HANDLE, CLOSE, LEARN, LEARNT = "end-handling", "close", "learn", "learnt"

_OPEN = frozenset({DISCOVERED, GRADED, HANDLED})
_GENERAL = "general"

GRADES = (
    Choice(_GENERAL, Text("一般", "General")),
    Choice("fairly-major", Text("较大", "Relatively major")),
    Choice("major", Text("重大", "Major")),
    Choice("especially-major", Text("特别重大", "Especially major")),
)
HOW = (
    Choice("monitoring", Text("监测发现", "Monitoring")),
    Choice("staff", Text("员工报告", "Reported by staff")),
    Choice("complaint", Text("投诉举报", "Complaint or report")),
    Choice("recipient", Text("接收方告知", "Told by a recipient")),
    Choice("authority", Text("监管部门告知", "Told by an authority")),
    Choice("canary", Text("诱饵值出现", "A canary value surfaced")),
    Choice("press", Text("媒体或者网络", "Press or internet")),
)
WHAT = (
    Choice("leak", Text("泄露", "Leaked")),
    Choice("altered", Text("篡改", "Altered")),
    Choice("lost", Text("丢失", "Lost")),
    Choice("may-be", Text("可能发生", "May have happened")),
)
CHANNELS = (
    Choice("app", Text("应用内消息", "Message in the app")),
    Choice("sms", Text("短信", "Text message")),
    Choice("e-mail", Text("电子邮件", "E-mail")),
    Choice("phone", Text("电话", "Telephone")),
    Choice("announcement", Text("公告", "Public announcement")),
)


def is_drill(dossier: Dossier) -> bool:
    """Tell whether an incident is a drill."""
    return dossier.value("drill") is True


def _reported_in_hours(dossier: Dossier) -> bool:
    return dossier.value("grade") != _GENERAL


def _concerns_minors(dossier: Dossier) -> bool:
    return dossier.value("minors") is True


def _can_close(dossier: Dossier | None, _: Mapping[str, Value]) -> Text | None:
    if dossier is None or dossier.last(REPORT) is None:
        return Text(
            "还没有登记向主管部门的报告（个人信息保护法第五十七条）。",
            "the report to the department in charge is not entered yet (PIPL Art. 57).",
        )
    if dossier.last(TELL, NOT_TELL) is None:
        return Text(
            "还没有通知个人，也没有写明理由决定不通知。",
            "people are not told yet, and it is not decided with reasons that they are not.",
        )
    if _concerns_minors(dossier) and dossier.last(TELL_MINORS) is None:
        return Text(
            "涉及未成年人，还没有告知未成年人和监护人。",
            "minors are concerned; they and their guardians are not told yet.",
        )
    return None


def _harm_is_averted(dossier: Dossier | None, _: Mapping[str, Value]) -> Text | None:
    if dossier is None or dossier.last(CONTAIN) is None:
        return Text(
            "只有采取的措施能够有效避免危害，才可以不通知个人；请先登记措施。",
            "people need not be told only where measures avert the harm; enter the measures first.",
        )
    return None


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
    acts=(
        ActSort(
            what=DISCOVER,
            text=Text("登记安全事件", "Enter an incident"),
            by=DESK | {Party.SERVICE},
            after=frozenset({NOT_OPENED}),
            to=DISCOVERED,
            hint=Text("期限从发现之时起算。", "Deadlines run from the discovery."),
            fields=(
                choice("kind", "发生了什么", "What happened", WHAT),
                instant("discovered-at", "发现时间", "Discovered at"),
                choice("how", "怎样发现", "How it was found", HOW),
                text("what", "情况", "What is known"),
                flag("drill", "这是演练", "This is a drill"),
            ),
        ),
        ActSort(
            what=GRADE,
            text=Text("定级", "Grade it"),
            by=DESK,
            after=frozenset({DISCOVERED, GRADED}),
            to=GRADED,
            hint=Text(
                "级别可以再改；以最后一次为准。", "It can be graded again; the last one counts."
            ),
            fields=(
                choice("grade", "级别", "Grade", GRADES),
                row("activities", "activities", "涉及的活动", "Activities concerned", many=True),
                row("stores", "stores", "涉及的存储", "Stores concerned", many=True, must=False),
                count("affected", "受影响人数", "People affected"),
                flag("sensitive", "含敏感个人信息", "Sensitive information is among it"),
                flag("minors", "涉及未成年人", "Minors are concerned"),
                text("cause", "原因", "Cause"),
                text("harm", "可能造成的危害", "Possible harm"),
            ),
        ),
        ActSort(
            what=CONTAIN,
            text=Text("登记补救措施", "Enter a remedial measure"),
            by=DESK,
            after=_OPEN,
            fields=(
                instant("done-at", "采取时间", "Taken at"),
                text("measures", "措施", "What was done", private=False),
            ),
        ),
        ActSort(
            what=REPORT,
            text=Text("登记向主管部门的报告", "Enter the report to the department in charge"),
            by=DESK,
            after=_OPEN,
            fields=(
                line("authority", "报告给谁", "To whom"),
                instant("done-at", "报告时间", "Reported at"),
                line("reference", "回执或者编号", "Receipt or reference", must=False),
                text("report", "报告内容", "What was reported"),
            ),
        ),
        ActSort(
            what=TELL,
            text=Text("登记通知个人", "Enter that people were told"),
            by=DESK,
            after=_OPEN,
            fields=(
                choice("channels", "方式", "How", CHANNELS, many=True),
                instant("done-at", "通知时间", "Told at"),
                count("told", "通知人数", "How many people"),
                text("notice", "通知内容", "What they were told", private=False),
            ),
        ),
        ActSort(
            what=TELL_MINORS,
            text=Text("登记告知未成年人和监护人", "Enter that minors and guardians were told"),
            by=DESK,
            after=_OPEN,
            fields=(
                instant("done-at", "告知时间", "Told at"),
                count("told-minors", "未成年人人数", "Minors told"),
                count("told-guardians", "监护人人数", "Guardians told"),
                text("notice", "告知内容", "What they were told", private=False),
            ),
        ),
        ActSort(
            what=NOT_TELL,
            text=Text("决定不通知个人", "Decide not to tell people"),
            by=frozenset({Party.REVIEWER}),
            after=_OPEN,
            not_by_author_of=frozenset({GRADE}),
            hint=Text(
                "仅限措施能够有效避免危害；主管部门可以要求通知。",
                "Only where measures avert the harm; the department may demand that they are told.",
            ),
            fields=(text("reasons", "理由", "Reasons", private=False),),
            check=_harm_is_averted,
        ),
        ActSort(
            what=HANDLE,
            text=Text("处置结束", "Handling has ended"),
            by=DESK,
            after=frozenset({GRADED}),
            to=HANDLED,
            fields=(instant("ended-at", "结束时间", "Ended at"),),
        ),
        ActSort(
            what=LEARN,
            text=Text("登记改进事项", "Enter a lesson"),
            by=DESK,
            after=frozenset({GRADED, HANDLED}),
            hint=Text(
                "到期没有完成会成为发现。", "It becomes a finding if it is not done in time."
            ),
            fields=(
                text("lesson", "要改进什么", "What has to change", private=False),
                row("activity", "activities", "涉及的活动", "Which activity", must=False),
                day("due", "完成期限", "By when"),
            ),
        ),
        ActSort(
            what=LEARNT,
            text=Text("改进已完成", "The lesson was carried out"),
            by=DESK,
            after=frozenset({GRADED, HANDLED, CLOSED}),
            not_by_author_of=frozenset({LEARN}),
            fields=(text("done", "做了什么", "What was done", private=False),),
        ),
        ActSort(
            what=CLOSE,
            text=Text("提交总结并办结", "Hand in the final report and close"),
            by=DESK,
            after=frozenset({HANDLED}),
            to=CLOSED,
            fields=(text("report", "总结报告", "Final report"),),
            check=_can_close,
        ),
    ),
    clocks=(
        ClockSort(
            id="contain",
            text=Text("采取补救措施", "Take measures"),
            figure=FigureId("TD-B1"),
            starts=frozenset({DISCOVER}),
            stops=frozenset({CONTAIN}),
            from_field="discovered-at",
        ),
        ClockSort(
            id="report",
            text=Text("报告主管部门", "Report to the department in charge"),
            figure=FigureId("TD-B3"),
            starts=frozenset({DISCOVER}),
            stops=frozenset({REPORT}),
            from_field="discovered-at",
            runs=_reported_in_hours,
        ),
        ClockSort(
            id="report-general",
            text=Text("通知主管部门", "Notify the department in charge"),
            figure=FigureId("TD-B1"),
            starts=frozenset({DISCOVER}),
            stops=frozenset({REPORT}),
            from_field="discovered-at",
            runs=lambda dossier: not _reported_in_hours(dossier),
        ),
        ClockSort(
            id="tell",
            text=Text("通知个人", "Tell people"),
            figure=FigureId("TD-B1"),
            starts=frozenset({DISCOVER}),
            stops=frozenset({TELL, NOT_TELL}),
            from_field="discovered-at",
        ),
        ClockSort(
            id="tell-minors",
            text=Text("告知未成年人和监护人", "Tell minors and guardians"),
            figure=FigureId("TD-B12"),
            starts=frozenset({DISCOVER}),
            stops=frozenset({TELL_MINORS}),
            from_field="discovered-at",
            runs=_concerns_minors,
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
        ),
    ),
)
