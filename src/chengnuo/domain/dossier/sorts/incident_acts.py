"""What can be done in an incident, in the order of its page, and what each needs (PIPL Art. 57)."""

from collections.abc import Mapping

from chengnuo.base.text import Text
from chengnuo.domain.dossier.dossier import Dossier
from chengnuo.domain.dossier.fields import Value
from chengnuo.domain.dossier.lessons import LEARN, LEARNT, lessons_of
from chengnuo.domain.dossier.making import (
    choice,
    count,
    day,
    flag,
    instant,
    line,
    row,
    text,
)
from chengnuo.domain.dossier.party import DESK, Party
from chengnuo.domain.dossier.sort import NOT_OPENED, ActSort
from chengnuo.domain.dossier.sorts.incident_choices import (
    CHANNELS,
    GENERAL,
    GRADES,
    HOW,
    ROOT_CAUSES,
    WHAT,
)
from chengnuo.domain.dossier.sorts.incident_letters import (
    LETTER_DIGEST,
    NO_LETTER,
    REPORTS,
    TO_MINORS,
    TO_PEOPLE,
    by_letter,
    without_letter,
)
from chengnuo.domain.dossier.sorts.incident_reach import (
    CLOSED,
    COUNT_ACT,
    DISCOVERED,
    EARLIER_ACT,
    EXPLAIN_ACT,
    GRADED,
    HANDLED,
    LETTER_ACT,
    OPEN_STATES,
    SCOPE_ACT,
)

DISCOVER, GRADE, CONTAIN, REPORT = "discover", "grade", "contain", "report"
TELL, TELL_MINORS, NOT_TELL = "tell-people", "tell-minors", "decide-not-to-tell"
HANDLE, CLOSE = "end-handling", "close"
WHY_BELOW = "why-below"
"""Field with the reason for a grade below what the number of people alone calls for."""


def is_drill(dossier: Dossier) -> bool:
    """Tell whether an incident is a drill."""
    return dossier.value("drill") is True


def is_reported_in_hours(dossier: Dossier) -> bool:
    """Tell whether an incident has to be reported within hours: unless it is graded general."""
    return dossier.value("grade") != GENERAL


def concerns_minors(dossier: Dossier) -> bool:
    """Tell whether minors are concerned, as it was said or as they were counted."""
    counted = (dossier.value("under-14"), dossier.value("from-14-to-17"))
    return dossier.value("minors") is True or any(counted)


def _not_fewer(dossier: Dossier | None, fields: Mapping[str, Value]) -> Text | None:
    counted = None if dossier is None else dossier.value("at-least")
    affected = fields["affected"]
    if isinstance(counted, int) and isinstance(affected, int) and affected < counted:
        return Text(
            f"人数少于已经查明的 {counted} 人。",
            f"these are fewer people than the {counted} that were counted.",
        )
    return None


def _is_open_lesson(dossier: Dossier | None, fields: Mapping[str, Value]) -> Text | None:
    lessons = () if dossier is None else lessons_of(dossier)
    wanted = fields.get("lesson-number")
    if any(one.is_open and wanted in {None, one.number} for one in lessons):
        return None
    return Text("没有这样一项未完成的改进。", "there is no such lesson that is open.")


def _can_close(dossier: Dossier | None, _: Mapping[str, Value]) -> Text | None:
    if dossier is None or dossier.last(REPORT) is None:
        return Text(
            "还没有登记向主管部门的报告（个人信息保护法第五十七条）。",
            "the report to the department in charge is not entered yet (PIPL Art. 57).",
        )
    told, told_minors = dossier.last(TELL, NOT_TELL), dossier.last(TELL_MINORS)
    if told is None:
        return Text(
            "还没有通知个人，也没有写明理由决定不通知。",
            "people are not told yet, and it is not decided with reasons that they are not.",
        )
    if concerns_minors(dossier) and told_minors is None:
        return Text(
            "涉及未成年人，还没有告知未成年人和监护人。",
            "minors are concerned; they and their guardians are not told yet.",
        )
    # What was entered before letters were asked for is held to them here.
    behind = (
        without_letter(dossier, kinds, act.fields)
        for act, kinds in ((told, TO_PEOPLE), (told_minors, TO_MINORS))
        if act is not None and act.what != NOT_TELL
    )
    return next((why for why in behind if why is not None), None)


def _harm_is_averted(dossier: Dossier | None, _: Mapping[str, Value]) -> Text | None:
    if dossier is None or dossier.last(CONTAIN) is None:
        return Text(
            "只有采取的措施能够有效避免危害，才可以不通知个人；请先登记措施。",
            "people need not be told only where measures avert the harm; enter the measures first.",
        )
    return None


ACTS = (
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
    EARLIER_ACT,
    SCOPE_ACT,
    COUNT_ACT,
    ActSort(
        what=GRADE,
        text=Text("定级", "Grade it"),
        by=DESK,
        after=frozenset({DISCOVERED, GRADED}),
        to=GRADED,
        hint=Text("级别可以再改；以最后一次为准。", "It can be graded again; the last one counts."),
        fields=(
            choice("grade", "级别", "Grade", GRADES),
            row("activities", "activities", "涉及的活动", "Activities concerned", many=True),
            row("stores", "stores", "涉及的存储", "Stores concerned", many=True, must=False),
            count("affected", "受影响人数", "People affected"),
            flag("sensitive", "含敏感个人信息", "Sensitive information is among it"),
            flag("minors", "涉及未成年人", "Minors are concerned"),
            text("cause", "原因", "Cause"),
            text("harm", "可能造成的危害", "Possible harm"),
            text(
                WHY_BELOW,
                "低于仅按人数的级别的理由",
                "Why it is below what the number of people alone calls for",
                hint=Text("低于时必填。", "Needed where it is."),
                must=False,
                private=False,
            ),
        ),
        check=_not_fewer,
    ),
    EXPLAIN_ACT,
    LETTER_ACT,
    ActSort(
        what=CONTAIN,
        text=Text("登记补救措施", "Enter a remedial measure"),
        by=DESK,
        after=OPEN_STATES,
        fields=(
            instant("done-at", "采取时间", "Taken at"),
            text("measures", "措施", "What was done", private=False),
        ),
    ),
    ActSort(
        what=REPORT,
        text=Text("登记向主管部门的报告", "Enter the report to the department in charge"),
        by=DESK,
        after=OPEN_STATES,
        fields=(
            line("authority", "报告给谁", "To whom"),
            instant("done-at", "报告时间", "Reported at"),
            line("reference", "回执或者编号", "Receipt or reference", must=False),
            text("report", "报告内容", "What was reported"),
            LETTER_DIGEST,
        ),
        check=by_letter(REPORTS, needed=False),
    ),
    ActSort(
        what=TELL,
        text=Text("登记通知个人", "Enter that people were told"),
        by=DESK,
        after=OPEN_STATES,
        fields=(
            choice("channels", "方式", "How", CHANNELS, many=True),
            instant("done-at", "通知时间", "Told at"),
            count("told", "通知人数", "How many people"),
            text("notice", "通知内容", "What they were told", private=False),
            LETTER_DIGEST,
            NO_LETTER,
        ),
        check=by_letter(TO_PEOPLE, needed=True),
    ),
    ActSort(
        what=TELL_MINORS,
        text=Text("登记告知未成年人和监护人", "Enter that minors and guardians were told"),
        by=DESK,
        after=OPEN_STATES,
        fields=(
            instant("done-at", "告知时间", "Told at"),
            count("told-minors", "未成年人人数", "Minors told"),
            count("told-guardians", "监护人人数", "Guardians told"),
            text("notice", "告知内容", "What they were told", private=False),
            LETTER_DIGEST,
            NO_LETTER,
        ),
        check=by_letter(TO_MINORS, needed=True),
    ),
    ActSort(
        what=NOT_TELL,
        text=Text("决定不通知个人", "Decide not to tell people"),
        by=frozenset({Party.REVIEWER}),
        after=OPEN_STATES,
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
        hint=Text("到期没有完成会成为发现。", "It becomes a finding if it is not done in time."),
        fields=(
            text("lesson", "要改进什么", "What has to change", private=False),
            row("activity", "activities", "涉及的活动", "Which activity", must=False),
            choice("root-cause", "原因类别", "Sort of cause", ROOT_CAUSES, must=False),
            day("due", "完成期限", "By when"),
        ),
    ),
    ActSort(
        what=LEARNT,
        text=Text("改进已完成", "The lesson was carried out"),
        by=DESK,
        after=frozenset({GRADED, HANDLED, CLOSED}),
        not_by_author_of=frozenset({LEARN}),
        fields=(
            text("done", "做了什么", "What was done", private=False),
            count(
                "lesson-number",
                "第几项改进",
                "Which lesson",
                hint=Text("不填为最早未完成的一项。", "Else the first that is open."),
                must=False,
            ),
        ),
        check=_is_open_lesson,
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
)
