"""What an individual asks of either joint handler: whoever got it, it is answered (PIPL Art. 20).

The other handler hands it over with its own key, or staff take it down and forward it. Both see
what was asked of them; who answered stands on record. The days run from the day on which either
received it.
"""

from collections.abc import Mapping

from chengnuo.base.period import Period
from chengnuo.base.text import Text
from chengnuo.domain.dossier.dossier import Dossier
from chengnuo.domain.dossier.fields import Choice, Value
from chengnuo.domain.dossier.making import choice, day, line, row, text
from chengnuo.domain.dossier.party import DESK, Party
from chengnuo.domain.dossier.sort import (
    NOT_OPENED,
    ActSort,
    ClockSort,
    Concerns,
    DossierSort,
    StateSort,
)
from chengnuo.law.ids import DutyId, FigureId

RECEIVED, FORWARDED, DONE, ANSWERED = "received", "forwarded", "done", "answered"
HAND_OVER, TAKE_DOWN, FORWARD = "hand-over", "take-down", "forward"
ACKNOWLEDGE, ANSWER = "acknowledge", "answer"
DECLINED = "declined"

RIGHTS = (
    Choice("access", Text("查阅、复制", "Access or a copy")),
    Choice("correct", Text("更正、补充", "Correction or supplement")),
    Choice("delete", Text("删除", "Deletion")),
    Choice("withdraw", Text("撤回同意", "Withdrawal of consent")),
    Choice("restrict", Text("限制、拒绝处理", "Restriction or refusal")),
    Choice("transfer", Text("转移", "Transfer")),
    Choice("explain", Text("解释说明", "Explanation")),
)
PROOFS = (
    Choice("signed-in", Text("登录账号", "Signed in")),
    Choice("contact", Text("向登记的电话或者邮箱确认", "Confirmed over a known contact")),
    Choice("papers", Text("核对证明材料", "By papers")),
)
ANSWERERS = (
    Choice("handler", Text("我方", "We")),
    Choice("recipient", Text("对方", "The other handler")),
    Choice("both", Text("双方", "Both")),
)
OUTCOMES = (
    Choice("done", Text("已办理", "Done")),
    Choice("partly", Text("部分办理", "Done in part")),
    Choice(DECLINED, Text("不予办理", "Declined")),
)
_OPENING = (
    row("recipient", "recipients", "共同处理者", "Joint handler"),
    choice("right", "要求什么", "What is asked", RIGHTS),
    day("received-on", "收到日期", "Received on"),
    choice("proved", "怎样核验身份", "How identity was proved", PROOFS),
    text("text", "要求的内容", "What was said", must=False),
)


def _has_reasons(_: Dossier | None, fields: Mapping[str, Value]) -> Text | None:
    if fields.get("outcome") == "done" or fields.get("reasons"):
        return None
    return Text(
        "拒绝或者部分办理须说明理由（个人信息保护法第五十条）。",
        "what is declined, wholly or in part, needs reasons (PIPL Art. 50).",
    )


JOINT_REQUEST = DossierSort(
    id="joint-request",
    prefix="jr",
    path="joint-requests",
    text=Text("共同处理的权利请求", "Request to a joint handler"),
    lead=Text(
        "个人向任何一方提出都算数；记录转给谁、谁办理、谁答复。",
        "Asked of either, it counts; who was told, who did it and who answered is on record.",
    ),
    rests_on=(DutyId("PIPL-20"), DutyId("PIPL-50")),
    concerns=Concerns.ONE,
    title_from="recipient",
    kept=Period(years=3),
    states=(
        StateSort(id=RECEIVED, text=Text("已收到", "Received")),
        StateSort(id=FORWARDED, text=Text("已转对方办理", "Forwarded to the other handler")),
        StateSort(id=DONE, text=Text("对方已办理", "Done by the other handler")),
        StateSort(id=ANSWERED, text=Text("已答复", "Answered"), final=True),
    ),
    acts=(
        ActSort(
            what=HAND_OVER,
            text=Text("移交收到的请求", "Hand a request over"),
            by=frozenset({Party.PARTNER}),
            after=frozenset({NOT_OPENED}),
            to=RECEIVED,
            shown=True,
            fields=_OPENING,
        ),
        ActSort(
            what=TAKE_DOWN,
            text=Text("登记收到的请求", "Take a request down"),
            by=DESK | {Party.SERVICE},
            after=frozenset({NOT_OPENED}),
            to=RECEIVED,
            shown=True,
            fields=_OPENING,
        ),
        ActSort(
            what=FORWARD,
            text=Text("转请对方办理", "Forward it"),
            by=DESK,
            after=frozenset({RECEIVED, FORWARDED, DONE}),
            to=FORWARDED,
            shown=True,
            fields=(
                text("wanted", "请对方做什么", "What the other handler has to do", private=False),
                day("answer-by", "期限", "By"),
            ),
        ),
        ActSort(
            what=ACKNOWLEDGE,
            text=Text("确认已经办理", "Say that it was done"),
            by=DESK | {Party.PARTNER},
            after=frozenset({FORWARDED}),
            to=DONE,
            shown=True,
            fields=(
                day("done-on", "完成日期", "Done on"),
                line("note", "说明", "Note", must=False),
            ),
        ),
        ActSort(
            what=ANSWER,
            text=Text("登记答复", "Enter the answer"),
            by=DESK | {Party.PARTNER},
            after=frozenset({RECEIVED, FORWARDED, DONE}),
            to=ANSWERED,
            shown=True,
            fields=(
                choice("answered-by", "谁答复的", "Who answered", ANSWERERS),
                choice("outcome", "结果", "Outcome", OUTCOMES),
                day("answered-on", "答复日期", "Answered on"),
                line("request", "本系统的请求编号", "Number of the request here", must=False),
                text("reasons", "答复内容和理由", "Answer and reasons", must=False),
            ),
            check=_has_reasons,
        ),
    ),
    clocks=(
        ClockSort(
            id="answer",
            text=Text("答复个人", "Answer the individual"),
            figure=FigureId("TD-R1"),
            starts=frozenset({HAND_OVER, TAKE_DOWN}),
            stops=frozenset({ANSWER}),
            from_field="received-on",
        ),
        ClockSort(
            id="forwarded",
            text=Text("对方办理", "The other handler's part"),
            starts=frozenset({FORWARD}),
            stops=frozenset({ACKNOWLEDGE, ANSWER}),
            until_field="answer-by",
        ),
    ),
)
