"""Complaints and reports about personal information (PIPL Art. 65; 191号文 6.5; pledge item 8).

Whoever complains in the app is known by their account; what comes by telephone, letter or from an
authority is taken down by staff. The clock runs from the day it came in, also while a question is
open, and anew when the complainant objects to the answer.
"""

from collections.abc import Mapping

from chengnuo.base.period import Period
from chengnuo.base.text import Text
from chengnuo.domain.dossier.dossier import Dossier
from chengnuo.domain.dossier.fields import LIST_ROWS, Value
from chengnuo.domain.dossier.making import choice, day, line, row, text
from chengnuo.domain.dossier.party import DESK, OUTSIDE, Party
from chengnuo.domain.dossier.sort import (
    NOT_OPENED,
    ActSort,
    ClockSort,
    Concerns,
    DossierSort,
    StateSort,
    StepSort,
    StepWhen,
)
from chengnuo.domain.dossier.sorts.complaint_choices import (
    CAUSES,
    CHANNELS,
    CONTENT,
    OFFICES,
    OUTCOMES,
    REMEDIES,
    STEPS,
    TO_AUTHORITY,
    TO_COURT,
    TO_HEAD,
    TO_OFFICER,
    TO_REVIEWER,
)
from chengnuo.domain.dossier.stepping import STEP, STEP_UP, TO
from chengnuo.law.ids import DutyId, FigureId

RECEIVED, IN_HAND, ASKED, ESCALATED = "received", "in-hand", "asked", "escalated"
ANSWERED, DECLINED, TAKEN_BACK = "answered", "declined", "taken-back"
FILE, TAKE_DOWN, REPLY, DECLINE, OBJECT = "file", "take-down", "reply", "decline", "object"
REOPEN, RATE, TAKE_RATING, ACCEPT = "reopen", "rate", "take-rating", "accept"
REPLY_CLOCK = "reply"

_OPEN = frozenset({RECEIVED, IN_HAND, ASKED, ESCALATED})

_ABOUT = choice("cause", "关于什么", "What it is about", CAUSES)
_ACTIVITY = row("activity", "activities", "涉及的功能", "Which function", must=False)
_WHAT = text(
    "text",
    "发生了什么",
    "What happened",
    hint=Text(
        "请不要写别人的证件号码、电话等信息。",
        "Please leave out numbers of documents and telephones of other people.",
    ),
)
_MORE = text("text", "补充", "What else")
_REASONS = text("reasons", "理由", "Reasons")
_REMEDIES = choice("remedies", "告知的救济途径", "Remedies that are told", REMEDIES, many=True)
_CONTENT = choice("content", "对处理结果", "With what was done", CONTENT)
_WHY = text("comment", "想补充的话", "Anything to add", must=False)


def _is_from_authority(dossier: Dossier) -> bool:
    return dossier.value("channel") == "authority"


def _ways_are_told(_: Dossier | None, fields: Mapping[str, Value]) -> Text | None:
    told = fields.get("remedies")
    if isinstance(told, tuple) and {TO_AUTHORITY, TO_COURT} <= set(told):
        return None
    return Text(
        "答复要告知两条途径：向主管部门投诉、举报，向人民法院起诉。",
        "an answer tells both ways: to the authorities, and to a people's court.",
    )


def _rated_once(dossier: Dossier | None, _: Mapping[str, Value]) -> Text | None:
    last = None if dossier is None else dossier.last(REPLY, RATE, TAKE_RATING)
    if last is None or last.what == REPLY:
        return None
    return Text("这次答复已经评价过。", "this answer was rated already.")


def _authority_is_named(_: Dossier | None, fields: Mapping[str, Value]) -> Text | None:
    if fields.get("channel") == "authority" and "reference" not in fields:
        return Text(
            "监管部门转办的，请写明转办编号。",
            "name the reference of the authority that passed it on.",
        )
    return None


COMPLAINT = DossierSort(
    id="complaint",
    prefix="cp",
    path="complaints",
    text=Text("投诉", "Complaint"),
    lead=Text(
        "受理、答复并说明理由；从收到之日起按工作日计时。",
        "Taken up, answered with reasons; counted in working days from the day it came in.",
    ),
    rests_on=(DutyId("191-6.5"), DutyId("pledge-8")),
    concerns=Concerns.EITHER,
    title_from="cause",
    kept=Period(years=3),
    states=(
        StateSort(id=RECEIVED, text=Text("已收到", "Received")),
        StateSort(id=IN_HAND, text=Text("处理中", "In hand")),
        StateSort(id=ASKED, text=Text("等待补充", "Waiting for an answer to a question")),
        StateSort(id=ESCALATED, text=Text("已升级", "Escalated")),
        StateSort(id=ANSWERED, text=Text("已答复", "Answered"), final=True),
        StateSort(id=DECLINED, text=Text("不予受理", "Not taken up"), final=True),
        StateSort(id=TAKEN_BACK, text=Text("已撤回", "Taken back"), final=True),
    ),
    acts=(
        ActSort(
            what=FILE,
            text=Text("提交投诉", "Complain"),
            by=OUTSIDE,
            after=frozenset({NOT_OPENED}),
            to=RECEIVED,
            shown=True,
            fields=(_ABOUT, _ACTIVITY, _WHAT),
        ),
        ActSort(
            what=TAKE_DOWN,
            text=Text("登记投诉", "Take down"),
            by=DESK | {Party.SERVICE},
            after=frozenset({NOT_OPENED}),
            to=RECEIVED,
            shown=True,
            fields=(
                choice("channel", "渠道", "Channel", CHANNELS),
                day("received-on", "收到日期", "Received on"),
                line("reference", "来件编号", "Reference of the sender", must=False),
                _ABOUT,
                _ACTIVITY,
                _WHAT,
                line("reach", "怎样答复对方", "How to reach them", must=False, private=True),
            ),
            check=_authority_is_named,
        ),
        ActSort(
            what=ACCEPT,
            text=Text("受理", "Take up"),
            by=DESK,
            after=frozenset({RECEIVED}),
            to=IN_HAND,
            shown=True,
        ),
        ActSort(
            what=DECLINE,
            text=Text("不予受理", "Do not take up"),
            by=DESK,
            after=frozenset({RECEIVED}),
            to=DECLINED,
            shown=True,
            hint=Text(
                "只用于与个人信息无关的来件；理由会告知对方。",
                "Only for what has nothing to do with personal information; they are told why.",
            ),
            fields=(_REASONS, _REMEDIES),
            check=_ways_are_told,
        ),
        ActSort(
            what="map",
            text=Text("归到登记簿的条目", "Map to the register"),
            by=DESK,
            after=_OPEN,
            fields=(
                _ABOUT,
                _ACTIVITY,
                row("recipient", "recipients", "涉及的接收方", "Which recipient", must=False),
                row("list-row", LIST_ROWS, "涉及的清单条目", "Which row of the list", must=False),
            ),
        ),
        ActSort(
            what="ask",
            text=Text("向对方提问", "Ask them"),
            by=DESK,
            after=frozenset({IN_HAND, ESCALATED}),
            to=ASKED,
            shown=True,
            hint=Text("期限照常计算。", "The clock goes on."),
            fields=(text("question", "问题", "Question"),),
        ),
        ActSort(
            what="tell",
            text=Text("回答提问", "Answer the question"),
            by=OUTSIDE,
            after=frozenset({ASKED}),
            to=IN_HAND,
            shown=True,
            fields=(_MORE,),
        ),
        ActSort(
            what="told",
            text=Text("登记对方的回答", "Take their answer down"),
            by=DESK,
            after=frozenset({ASKED}),
            to=IN_HAND,
            shown=True,
            fields=(_MORE,),
        ),
        ActSort(
            what="add",
            text=Text("补充说明", "Add something"),
            by=OUTSIDE,
            after=frozenset({RECEIVED, IN_HAND, ESCALATED}),
            shown=True,
            fields=(_MORE,),
        ),
        ActSort(
            what="escalate",
            text=Text("升级给负责人", "Escalate"),
            by=DESK | {Party.SERVICE},
            after=frozenset({RECEIVED, IN_HAND, ASKED}),
            to=ESCALATED,
            shown=True,
            fields=(line("reason", "为什么升级", "Why"),),
        ),
        ActSort(
            what=REPLY,
            text=Text("答复", "Answer"),
            by=DESK,
            after=frozenset({IN_HAND, ASKED, ESCALATED}),
            to=ANSWERED,
            shown=True,
            not_by_author_of=frozenset({"escalate", REPLY, DECLINE}),
            hint=Text(
                "答复连同理由和救济途径一并告知对方。",
                "They are told the answer with its reasons and their remedies.",
            ),
            fields=(
                choice("outcome", "结论", "Outcome", OUTCOMES),
                _REASONS,
                text("remedy", "已经或者将要采取的措施", "What was or will be done", must=False),
                _REMEDIES,
            ),
            check=_ways_are_told,
        ),
        ActSort(
            what=STEP_UP,
            text=Text("系统升级", "Stepped up by the service"),
            by=frozenset({Party.SERVICE}),
            after=_OPEN,
            shown=True,
            fields=(
                choice(STEP, "原因", "Why", STEPS),
                choice(TO, "升级给", "To", OFFICES),
                day("due", "答复期限", "Answer due", must=False),
            ),
        ),
        ActSort(
            what=REOPEN,
            text=Text("重新处理", "Reopen"),
            by=DESK,
            after=frozenset({ANSWERED, DECLINED}),
            to=IN_HAND,
            shown=True,
            hint=Text("期限重新计算。", "The clock starts anew."),
            fields=(line("reason", "为什么重新处理", "Why", private=True),),
        ),
        ActSort(
            what=RATE,
            text=Text("评价处理结果", "Say how it was handled"),
            by=OUTSIDE,
            after=frozenset({ANSWERED}),
            shown=True,
            fields=(_CONTENT, _WHY),
            check=_rated_once,
        ),
        ActSort(
            what=TAKE_RATING,
            text=Text("登记对方的评价", "Take their rating down"),
            by=DESK,
            after=frozenset({ANSWERED}),
            shown=True,
            fields=(_CONTENT, _WHY),
            check=_rated_once,
        ),
        ActSort(
            what=OBJECT,
            text=Text("对答复有异议", "Object to the answer"),
            by=OUTSIDE,
            after=frozenset({ANSWERED, DECLINED}),
            to=ESCALATED,
            shown=True,
            hint=Text(
                "由另一位负责人重新处理，期限重新计算。",
                "Somebody else looks at it again, and the clock starts anew.",
            ),
            fields=(_MORE,),
        ),
        ActSort(
            what="take-back",
            text=Text("撤回投诉", "Take the complaint back"),
            by=OUTSIDE,
            after=_OPEN,
            to=TAKEN_BACK,
            shown=True,
        ),
    ),
    clocks=(
        ClockSort(
            id=REPLY_CLOCK,
            text=Text("答复", "Answer"),
            figure=FigureId("TD-R2"),
            starts=frozenset({FILE, TAKE_DOWN, OBJECT, REOPEN}),
            stops=frozenset({REPLY, DECLINE, "take-back"}),
            from_field="received-on",
        ),
        ClockSort(
            id="authority",
            text=Text("向转办部门反馈", "Report back to the authority"),
            figure=FigureId("TD-R12"),
            starts=frozenset({TAKE_DOWN}),
            stops=frozenset({REPLY, DECLINE}),
            from_field="received-on",
            runs=_is_from_authority,
        ),
    ),
    steps=(
        StepSort(
            when=StepWhen.HALF,
            clock=REPLY_CLOCK,
            to=TO_REVIEWER,
            unless=frozenset({ACCEPT, "map", "ask", "escalate", REOPEN, OBJECT}),
        ),
        StepSort(when=StepWhen.LAST_DAY, clock=REPLY_CLOCK, to=TO_OFFICER),
        StepSort(when=StepWhen.OVERDUE, clock=REPLY_CLOCK, to=TO_HEAD),
    ),
)
