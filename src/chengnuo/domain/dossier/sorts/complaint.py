"""Complaints and reports about personal information (PIPL Art. 65; 191号文 6.5; pledge item 8).

Whoever complains in the app is known by their account; what comes by telephone, letter or from an
authority is taken down by staff. The clock runs from the day it came in, also while a question is
open, and anew when the complainant objects to the answer.
"""

from collections.abc import Mapping

from chengnuo.base.period import Period
from chengnuo.base.text import Text
from chengnuo.domain.dossier.dossier import Dossier
from chengnuo.domain.dossier.fields import Choice, Value
from chengnuo.domain.dossier.making import choice, day, line, row, text
from chengnuo.domain.dossier.party import DESK, OUTSIDE, Party
from chengnuo.domain.dossier.sort import (
    NOT_OPENED,
    ActSort,
    ClockSort,
    Concerns,
    DossierSort,
    StateSort,
)
from chengnuo.law.ids import DutyId, FigureId

RECEIVED, IN_HAND, ASKED, ESCALATED = "received", "in-hand", "asked", "escalated"
ANSWERED, DECLINED, TAKEN_BACK = "answered", "declined", "taken-back"
FILE, TAKE_DOWN, REPLY, DECLINE, OBJECT = "file", "take-down", "reply", "decline", "object"
REPLY_CLOCK = "reply"

_OPEN = frozenset({RECEIVED, IN_HAND, ASKED, ESCALATED})

CAUSES = (
    Choice("no-consent", Text("未经同意收集或者使用", "Collected or used without consent")),
    Choice("too-much", Text("超出必要范围", "More than is necessary")),
    Choice("forced", Text("不同意就不让用", "No service without consent")),
    Choice("withdrawal", Text("撤回同意不起作用", "Withdrawal had no effect")),
    Choice("rights", Text("查阅、更正、删除没有办好", "Access, correction or deletion not done")),
    Choice("account", Text("账号注销有障碍", "Account cannot be cancelled")),
    Choice("third-party", Text("提供给了别人", "Given to somebody else")),
    Choice("abroad", Text("传到了境外", "Sent abroad")),
    Choice("advertising", Text("个性化推送和广告", "Personalised content and advertising")),
    Choice("price", Text("价格因人而异", "Prices that differ from person to person")),
    Choice("minor", Text("未成年人", "Minors")),
    Choice("leak", Text("泄露、公开或者骚扰", "Leak, publication or harassment")),
    Choice("splash", Text("开屏和弹窗", "Splash screens and pop-ups")),
    Choice("other", Text("其他", "Something else")),
)
"""What complaints are about; recurring ones of an activity raise a finding."""

CHANNELS = (
    Choice("hotline", Text("客服热线", "Hotline")),
    Choice("e-mail", Text("电子邮件", "E-mail")),
    Choice("letter", Text("信函", "Letter")),
    Choice("visit", Text("当面", "In person")),
    Choice("authority", Text("监管部门转办", "Passed on by an authority")),
    Choice("other", Text("其他", "Other")),
)

OUTCOMES = (
    Choice("upheld", Text("投诉成立", "Upheld")),
    Choice("partly", Text("部分成立", "Upheld in part")),
    Choice("not-upheld", Text("不成立", "Not upheld")),
)

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


def _is_from_authority(dossier: Dossier) -> bool:
    return dossier.value("channel") == "authority"


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
            what="accept",
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
            fields=(_REASONS,),
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
            not_by_author_of=frozenset({"escalate", REPLY}),
            hint=Text(
                "答复连同理由和救济途径一并告知对方。",
                "They are told the answer with its reasons and their remedies.",
            ),
            fields=(
                choice("outcome", "结论", "Outcome", OUTCOMES),
                _REASONS,
                text("remedy", "已经或者将要采取的措施", "What was or will be done", must=False),
            ),
        ),
        ActSort(
            what=OBJECT,
            text=Text("对答复有异议", "Object to the answer"),
            by=OUTSIDE,
            after=frozenset({ANSWERED}),
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
            starts=frozenset({FILE, TAKE_DOWN, OBJECT}),
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
)
