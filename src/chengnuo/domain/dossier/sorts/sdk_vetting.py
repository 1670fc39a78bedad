"""An SDK before and while it is used: its answers, what was seen in it, approval until a day.

Pledge item 9; 26号文 14 and 15; PIPL Arts. 21 and 23. The recipient answers the questions over its
own key, or staff take its answers down. What its code can do is the vetting of the kit in the
console, which the dossier names; an approval is of one version, by a second person, and ends.
"""

from collections.abc import Mapping

from chengnuo.base.text import Text
from chengnuo.domain.dossier.dossier import Act, Dossier
from chengnuo.domain.dossier.fields import Choice, Value
from chengnuo.domain.dossier.making import choice, day, line, row, text
from chengnuo.domain.dossier.party import DESK, Party
from chengnuo.domain.dossier.sort import NOT_OPENED, ActSort, ClockSort, DossierSort, StateSort
from chengnuo.domain.dossier.sorts.sdk_questions import QUESTIONS
from chengnuo.law.ids import DutyId

ASKED, ANSWERED, INSPECTED = "asked", "answered", "inspected"
APPROVED, REFUSED, ENDED = "approved", "refused", "ended"
ASK, ANSWER, ASK_AGAIN, INSPECT = "ask", "answer", "ask-again", "inspect"
APPROVE, REFUSE, WITHDRAW, ANEW, END = "approve", "refuse", "withdraw", "anew", "end"
VERSION, KIT, UNTIL, CONDITIONS = "sdk-version", "kit", "until", "conditions"
"""Fields of its acts."""

REASONS = (
    Choice("new", Text("首次接入", "It is new")),
    Choice("new-version", Text("发现新版本", "A new version was seen")),
    Choice("expiry", Text("批准到期", "The approval runs out")),
    Choice("changed", Text("行为或者用途有变化", "What it does, or what for, has changed")),
    Choice("incident", Text("发生事件", "After an incident")),
)
_OPEN = frozenset({ASKED, ANSWERED, INSPECTED, APPROVED})
_ANSWER_BY = day("answer-by", "答复期限", "Answers by")
_WHY = text("reasons", "理由", "Reasons", private=False)
_WHICH = (
    line(
        VERSION,
        "版本",
        "Version",
        hint=Text("如 5.4.0；不写就是任何版本", "as 5.4.0; left empty for any"),
        must=False,
    ),
    choice("why", "为什么审查", "Why it is vetted", REASONS),
    _ANSWER_BY,
)


def version_of(act: Act) -> str:
    """Return the version that an act began to vet; empty for any."""
    found = act.fields.get(VERSION, "")
    return found if isinstance(found, str) else ""


def answered_for(dossier: Dossier) -> bool:
    """Tell whether the questions were answered for the version that is vetted now."""
    started = dossier.last(ASK, ANEW)
    answered = dossier.last(ANSWER)
    return started is not None and answered is not None and answered.number > started.number


def _is_inspected(dossier: Dossier | None, _: Mapping[str, Value]) -> Text | None:
    if dossier is None or not answered_for(dossier):
        return Text(
            "这个版本的问卷还没有答复。", "the questions were not answered for this version."
        )
    return None


SDK_VETTING = DossierSort(
    id="sdk-vetting",
    prefix="sk",
    path="sdk-vettings",
    text=Text("SDK 审查", "Vetting of an SDK"),
    lead=Text(
        "问卷、检测结果、由另一人批准到某一天；新版本或者到期须重新审查。",
        "Questions, what was seen in it, approval by a second person until a day; anew for a new "
        "version or when it ends.",
    ),
    rests_on=(DutyId("26-14"), DutyId("PIPL-21"), DutyId("PIPL-23")),
    title_from="recipient",
    states=(
        StateSort(id=ASKED, text=Text("等待答复问卷", "Answers are waited for")),
        StateSort(id=ANSWERED, text=Text("已答复，待检测", "Answered, to be inspected")),
        StateSort(id=INSPECTED, text=Text("已检测，待批准", "Inspected, to be decided")),
        StateSort(id=APPROVED, text=Text("已批准", "Approved")),
        StateSort(id=REFUSED, text=Text("不批准或者已撤销", "Refused or withdrawn")),
        StateSort(id=ENDED, text=Text("不再使用", "No longer used"), final=True),
    ),
    acts=(
        ActSort(
            what=ASK,
            text=Text("发出问卷", "Send the questions"),
            by=DESK | {Party.SERVICE},
            after=frozenset({NOT_OPENED}),
            to=ASKED,
            shown=True,
            fields=(row("recipient", "recipients", "接收方", "Recipient"), *_WHICH),
        ),
        ActSort(
            what=ANSWER,
            text=Text("答复问卷", "Answer the questions"),
            by=DESK | {Party.PARTNER},
            after=frozenset({ASKED}),
            to=ANSWERED,
            shown=True,
            fields=QUESTIONS,
        ),
        ActSort(
            what=ASK_AGAIN,
            text=Text("要求补充答复", "Ask for more"),
            by=DESK,
            after=frozenset({ANSWERED, INSPECTED}),
            to=ASKED,
            shown=True,
            fields=(text("question", "要补充什么", "What is missing", private=False), _ANSWER_BY),
        ),
        ActSort(
            what=INSPECT,
            text=Text("关联检测结果", "Name the inspection"),
            by=DESK,
            after=frozenset({ANSWERED, INSPECTED}),
            to=INSPECTED,
            hint=Text(
                "先在“SDK 审查（检测）”提交这个版本的安装包；这里填它的编号。",
                "Submit the package of this version under vetted kits first; give its number here.",
            ),
            fields=(line(KIT, "检测编号", "Number of the inspection"),),
        ),
        ActSort(
            what=APPROVE,
            text=Text("批准", "Approve"),
            by=frozenset({Party.REVIEWER}),
            after=frozenset({INSPECTED}),
            to=APPROVED,
            not_by_author_of=frozenset({ASK, ANSWER, INSPECT, ANEW}),
            shown=True,
            fields=(
                day(UNTIL, "批准至", "Approved until"),
                text(CONDITIONS, "条件", "Conditions", must=False, private=False),
            ),
            check=_is_inspected,
        ),
        ActSort(
            what=REFUSE,
            text=Text("不批准", "Refuse"),
            by=frozenset({Party.REVIEWER}),
            after=frozenset({ANSWERED, INSPECTED}),
            to=REFUSED,
            shown=True,
            fields=(_WHY,),
        ),
        ActSort(
            what=WITHDRAW,
            text=Text("撤销批准", "Withdraw the approval"),
            by=frozenset({Party.REVIEWER}),
            after=frozenset({APPROVED}),
            to=REFUSED,
            shown=True,
            fields=(_WHY,),
        ),
        ActSort(
            what=ANEW,
            text=Text("重新审查", "Vet it anew"),
            by=DESK | {Party.SERVICE},
            after=frozenset({APPROVED, REFUSED}),
            to=ASKED,
            shown=True,
            fields=_WHICH,
        ),
        ActSort(
            what=END,
            text=Text("不再使用", "It is no longer used"),
            by=DESK,
            after=_OPEN | {REFUSED},
            to=ENDED,
            shown=True,
            fields=(_WHY,),
        ),
    ),
    clocks=(
        ClockSort(
            id="answer",
            text=Text("答复问卷", "Answers"),
            starts=frozenset({ASK, ASK_AGAIN, ANEW}),
            stops=frozenset({ANSWER, END}),
            until_field="answer-by",
        ),
        ClockSort(
            id="anew",
            text=Text("重新审查", "Vetting anew"),
            starts=frozenset({APPROVE}),
            stops=frozenset({WITHDRAW, ANEW, END}),
            until_field=UNTIL,
        ),
    ),
)
