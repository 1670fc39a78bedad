"""The hotline: calls as they were answered, one by one or a month of the telephone system at once.

What the 2021 action sets as targets (`action524-4.3`): a wait of at most half a minute on the
average of a month, and more than 85 of 100 calls answered by a person. No number and no name of a
caller is kept; what somebody complained about is a complaint.
"""

from collections.abc import Mapping

from chengnuo.base.text import Text
from chengnuo.domain.dossier.dossier import Dossier
from chengnuo.domain.dossier.fields import Choice, Value
from chengnuo.domain.dossier.making import choice, count, day, digest, instant, line
from chengnuo.domain.dossier.party import DESK, Party
from chengnuo.domain.dossier.sort import NOT_OPENED, ActSort, DossierSort, StateSort
from chengnuo.law.ids import DutyId

CALL, MONTH, STRIKE = "call", "month", "strike"
ENTERED, STRUCK = "entered", "struck"
BY_PERSON = "person"
AT, WAIT, ENDED, CALLS, ANSWERED, MEAN, LONGEST = (
    "at",
    "wait-seconds",
    "ended",
    "calls",
    "answered",
    "mean-wait-seconds",
    "longest-wait-seconds",
)
"""Fields of the two acts."""

_ENDS = (
    Choice(BY_PERSON, Text("由人工接听", "A person answered")),
    Choice("machine", Text("只到语音菜单", "Only the menu answered")),
    Choice("given-up", Text("未接通或者对方挂断", "Not answered, or given up")),
)
_BY_WHOM = DESK | {Party.SERVICE}


def _adds_up(_: Dossier | None, fields: Mapping[str, Value]) -> Text | None:
    calls, answered = fields[CALLS], fields[ANSWERED]
    if isinstance(calls, int) and isinstance(answered, int) and answered > calls:
        return Text("人工接听的不能多于来电。", "no more calls can be answered than came in.")
    mean, longest = fields[MEAN], fields[LONGEST]
    if isinstance(mean, int) and isinstance(longest, int) and mean > longest:
        return Text("平均等待不能长于最长等待。", "the average wait cannot exceed the longest.")
    if str(fields[AT])[8:] != "01":
        return Text("请填写当月的第一天。", "give the first day of the month.")
    return None


HOTLINE = DossierSort(
    id="hotline",
    prefix="hl",
    path="hotline",
    text=Text("客服热线", "Hotline"),
    lead=Text(
        "来电等了多久、有没有人工接听；按月公布。",
        "How long callers waited and whether a person answered; published by month.",
    ),
    rests_on=(DutyId("action524-4.3"), DutyId("26-11")),
    title_from=AT,
    states=(
        StateSort(id=ENTERED, text=Text("已登记", "Entered"), final=True),
        StateSort(id=STRUCK, text=Text("已作废", "Struck out"), final=True),
    ),
    acts=(
        ActSort(
            what=CALL,
            text=Text("登记一次来电", "Enter a call"),
            by=_BY_WHOM,
            after=frozenset({NOT_OPENED}),
            to=ENTERED,
            fields=(
                instant(AT, "来电时间", "Called at"),
                count(WAIT, "等待秒数", "Seconds until somebody answered"),
                choice(ENDED, "怎样接听", "How it was answered", _ENDS),
            ),
        ),
        ActSort(
            what=MONTH,
            text=Text("登记一个月的汇总", "Enter a month"),
            by=_BY_WHOM,
            after=frozenset({NOT_OPENED}),
            to=ENTERED,
            hint=Text(
                "由电话系统统计；有汇总的月份，逐次登记的来电不再计入。",
                "As the telephone system counts; calls entered one by one no longer count for it.",
            ),
            fields=(
                day(AT, "月份（当月第一天）", "Month (its first day)"),
                count(CALLS, "来电次数", "Calls"),
                count(ANSWERED, "人工接听次数", "Answered by a person"),
                count(MEAN, "平均等待秒数", "Average wait in seconds"),
                count(LONGEST, "最长等待秒数", "Longest wait in seconds"),
                digest("file", "统计文件的哈希", "Hash of the statistics"),
            ),
            check=_adds_up,
        ),
        ActSort(
            what=STRIKE,
            text=Text("作废", "Strike out"),
            by=DESK,
            after=frozenset({ENTERED}),
            to=STRUCK,
            fields=(line("reason", "为什么作废", "Why"),),
        ),
    ),
)
