"""Impact assessments: written, reviewed by somebody else, in force until a day (PIPL Arts. 55, 56).

That one was approved stands in the log with the instant at which it was, so it cannot be dated
back. A change of what it is about ends it: it is written anew, and the activity waits.
"""

from collections.abc import Mapping

from chengnuo.base.text import Text
from chengnuo.domain.dossier.dossier import Dossier
from chengnuo.domain.dossier.fields import Choice, Value
from chengnuo.domain.dossier.making import choice, day, digest, line, row, text
from chengnuo.domain.dossier.party import DESK, Party
from chengnuo.domain.dossier.sort import NOT_OPENED, ActSort, ClockSort, DossierSort, StateSort
from chengnuo.law.ids import DutyId

DRAFTING, REVIEWED, APPROVED, REJECTED = "drafting", "under-review", "approved", "rejected"
BEGIN, WRITE, SUBMIT, APPROVE, REJECT = "begin", "write", "submit", "approve", "reject"
REOPEN = "reopen"

GROUNDS = (
    Choice("sensitive", Text("处理敏感个人信息", "Sensitive information")),
    Choice("automated", Text("自动化决策", "Automated decision-making")),
    Choice("entrusted", Text("委托处理", "Entrusting")),
    Choice("provision", Text("向他人提供", "Providing to others")),
    Choice("publication", Text("公开", "Publishing")),
    Choice("overseas", Text("向境外提供", "Providing abroad")),
    Choice("major-effect", Text("对个人权益有重大影响", "Major effect on individuals")),
)
RISKS = (
    Choice("low", Text("低", "Low")),
    Choice("medium", Text("中", "Medium")),
    Choice("high", Text("高", "High")),
)


def _is_written(dossier: Dossier | None, _: Mapping[str, Value]) -> Text | None:
    if dossier is None or dossier.last(WRITE) is None:
        return Text(
            "评估内容还没有写（个人信息保护法第五十六条）。",
            "its contents are not written yet (PIPL Art. 56).",
        )
    return None


def _high_has_reason(dossier: Dossier | None, fields: Mapping[str, Value]) -> Text | None:
    if dossier is not None and dossier.value("risk") == "high" and "conditions" not in fields:
        return Text(
            "剩余风险为高，请写明在什么条件下可以处理。",
            "what remains of the risk is high; say under which conditions it may be done.",
        )
    return None


ASSESSMENT = DossierSort(
    id="assessment",
    prefix="pa",
    path="assessments",
    text=Text("影响评估", "Impact assessment"),
    lead=Text(
        "处理之前评估，由另一人复核；批准之前不得处理。报告保存三年。",
        "Assessed before it is done and reviewed by somebody else; not done before it is approved.",
    ),
    rests_on=(DutyId("PIPL-55"), DutyId("PIPL-56")),
    title_from="title",
    states=(
        StateSort(id=DRAFTING, text=Text("起草中", "Being written")),
        StateSort(id=REVIEWED, text=Text("待复核", "Under review")),
        StateSort(id=APPROVED, text=Text("已批准", "Approved"), final=True),
        StateSort(id=REJECTED, text=Text("未通过", "Rejected"), final=True),
    ),
    acts=(
        ActSort(
            what=BEGIN,
            text=Text("开始评估", "Begin an assessment"),
            by=DESK | {Party.SERVICE},
            after=frozenset({NOT_OPENED}),
            to=DRAFTING,
            fields=(
                line("title", "名称", "Title"),
                row("activities", "activities", "评估哪些活动", "Which activities", many=True),
                row("assessment", "assessments", "登记簿中的评估", "Its row", must=False),
                choice("grounds", "为什么要评估", "Why it is due", GROUNDS, many=True),
            ),
        ),
        ActSort(
            what=WRITE,
            text=Text("写评估内容", "Write it"),
            by=DESK,
            after=frozenset({DRAFTING}),
            hint=Text("可以多次写；以最后一次为准。", "Can be written again; the last one counts."),
            fields=(
                text(
                    "lawful",
                    "目的、方式是否合法、正当、必要",
                    "Whether purpose and method are lawful, proper and necessary",
                    private=False,
                ),
                text(
                    "impact",
                    "对个人权益的影响及安全风险",
                    "Effect on individuals and the risks",
                    private=False,
                ),
                text(
                    "measures",
                    "保护措施是否合法、有效、与风险相适应",
                    "Whether the measures are lawful, effective and in proportion",
                    private=False,
                ),
                choice("risk", "剩余风险", "What remains of the risk", RISKS),
                digest("report", "报告文件的哈希", "Hash of the report"),
            ),
        ),
        ActSort(
            what=SUBMIT,
            text=Text("提交复核", "Hand in for review"),
            by=DESK,
            after=frozenset({DRAFTING}),
            to=REVIEWED,
            check=_is_written,
        ),
        ActSort(
            what="return",
            text=Text("退回修改", "Send back"),
            by=DESK,
            after=frozenset({REVIEWED}),
            to=DRAFTING,
            fields=(text("reasons", "理由", "Reasons", private=False),),
        ),
        ActSort(
            what=APPROVE,
            text=Text("批准", "Approve"),
            by=frozenset({Party.REVIEWER}),
            after=frozenset({REVIEWED}),
            to=APPROVED,
            not_by_author_of=frozenset({WRITE, SUBMIT}),
            hint=Text(
                "批准时间由日志记下，不能提前。",
                "The log keeps when it was approved; it cannot be dated back.",
            ),
            fields=(
                day("valid-until", "有效期至", "In force until"),
                text("conditions", "条件", "Conditions", must=False, private=False),
            ),
            check=_high_has_reason,
        ),
        ActSort(
            what=REJECT,
            text=Text("不予通过", "Reject"),
            by=frozenset({Party.REVIEWER}),
            after=frozenset({REVIEWED}),
            to=REJECTED,
            not_by_author_of=frozenset({WRITE, SUBMIT}),
            fields=(text("reasons", "理由", "Reasons", private=False),),
        ),
        ActSort(
            what=REOPEN,
            text=Text("重新评估", "Assess anew"),
            by=DESK | {Party.SERVICE},
            after=frozenset({APPROVED, REJECTED}),
            to=DRAFTING,
            fields=(line("reason", "什么变了", "What has changed"),),
        ),
    ),
    clocks=(
        ClockSort(
            id="valid-until",
            text=Text("重新评估", "Assess anew"),
            starts=frozenset({APPROVE}),
            stops=frozenset({REOPEN}),
            until_field="valid-until",
        ),
    ),
)
