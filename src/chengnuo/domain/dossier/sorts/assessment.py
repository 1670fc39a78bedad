"""Impact assessments: written, reviewed by somebody else, in force until a day (PIPL Arts. 55, 56).

That one was approved stands in the log with the instant at which it was, so it cannot be dated
back. What it covers is each activity as the register had it when it was written; a change ends it:
it is written anew, and the activity waits. Its three items are those of Art. 56 para. 1, each with
a conclusion, and one question for each ground of Art. 55.
"""

from collections.abc import Mapping

from chengnuo.base.text import Lang, Text
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
    Choice("minors", Text("处理未成年人信息", "Information of minors")),
)
QUESTIONS = (
    text(
        "on-sensitive",
        "敏感个人信息：特定目的和充分必要性、严格保护措施、对个人权益的影响怎么告知",
        "Sensitive: specific purpose and sufficient need, strict protection, what people are told",
        must=False,
        private=False,
    ),
    text(
        "on-automated",
        "自动化决策：透明度和结果公平公正、不针对个人特征的选项、拒绝和说明的途径",
        "Automated decision: transparent and fair, the option without traits, refusal, explanation",
        must=False,
        private=False,
    ),
    text(
        "on-entrusted",
        "委托处理：约定了什么、怎么监督、受托人的能力、结束后返还或者删除",
        "Entrusting: what is agreed, how it is supervised, its ability, return or deletion",
        must=False,
        private=False,
    ),
    text(
        "on-provision",
        "向他人提供：必要性、接收方怎么处理、告知和单独同意、出问题时怎么追究",
        "Providing: need, what the recipient does, notice and separate consent, recourse",
        must=False,
        private=False,
    ),
    text(
        "on-publication",
        "公开：单独同意、范围和期限、遮盖规则、被收集和滥用的风险",
        "Publishing: separate consent, extent and time, masks, risk of harvesting and misuse",
        must=False,
        private=False,
    ),
    text(
        "on-overseas",
        "向境外提供：数量和敏感程度、接收方的义务和能力、当地法律的影响、行权渠道、路径",
        "Abroad: volume, sensitivity, duties, ability of the recipient, law there, rights, route",
        must=False,
        private=False,
    ),
    text(
        "on-major-effect",
        "其他重大影响：影响谁的什么权益、多大可能、发生后怎么补救",
        "Other major effect: on whom and what, how likely, what remedies there are",
        must=False,
        private=False,
    ),
    text(
        "on-minors",
        "未成年人信息：最有利于未成年人、监护人同意、谁能查看、专门规则",
        "Minors: their best interest, guardian's consent, who can look, special rules",
        must=False,
        private=False,
    ),
)
"""What is asked beside the three items of Art. 56, one question for each ground."""
HOLDS, CONDITIONS, FAILS = "holds", "with-conditions", "fails"
CONCLUSIONS = (
    Choice(HOLDS, Text("成立", "Holds")),
    Choice(CONDITIONS, Text("附条件成立", "Holds under conditions")),
    Choice(FAILS, Text("不成立", "Does not hold")),
)
RISKS = (
    Choice("low", Text("低", "Low")),
    Choice("medium", Text("中", "Medium")),
    Choice("high", Text("高", "High")),
)


def _is_written(dossier: Dossier | None, _: Mapping[str, Value]) -> Text | None:
    written = None if dossier is None else dossier.last(WRITE)
    if dossier is None or written is None or _reopened(dossier) > written.number:
        return Text(
            "评估内容还没有写（个人信息保护法第五十六条）。",
            "its contents are not written yet (PIPL Art. 56).",
        )
    grounds = dossier.value("grounds")
    due = grounds if isinstance(grounds, tuple) else ()
    missing = [one.text for one in GROUNDS if one.value in due and _asks(one) not in written.fields]
    if missing:
        return Text(
            f"这些事由的问题还没有回答：{'、'.join(one.zh for one in missing)}。",
            f"not answered for: {', '.join(one.in_lang(Lang.EN) for one in missing)}.",
        )
    return None


def _has_day(dossier: Dossier) -> bool:
    return dossier.value("due-by") is not None


def _reopened(dossier: Dossier) -> int:
    found = dossier.last(REOPEN)
    return 0 if found is None else found.number


def _asks(ground: Choice) -> str:
    """Return the field that holds the question of a ground."""
    return f"on-{ground.value}"


def _may_be_approved(dossier: Dossier | None, fields: Mapping[str, Value]) -> Text | None:
    said = [] if dossier is None else [dossier.value(one) for one in ("lawful-is", "measures-are")]
    if FAILS in said:
        return Text(
            "评估结论是不成立，不能批准；请退回修改或者不予通过。",
            "it concludes that it does not hold, so it cannot be approved; send it back or reject.",
        )
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
                text("changed", "什么变了", "What has changed", must=False, private=False),
                day("due-by", "最迟日期（自定）", "By when, as you set it", must=False),
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
                choice("lawful-is", "合法、正当、必要", "Lawful, proper, necessary", CONCLUSIONS),
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
                choice(
                    "measures-are",
                    "措施合法、有效、相适应",
                    "Measures lawful, effective, in proportion",
                    CONCLUSIONS,
                ),
                choice("likelihood", "不利影响的可能性", "Likelihood of an adverse effect", RISKS),
                choice("severity", "不利影响的严重程度", "Severity of an adverse effect", RISKS),
                choice("risk", "剩余风险", "What remains of the risk", RISKS),
                *QUESTIONS,
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
            check=_may_be_approved,
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
            id="due-by",
            text=Text("完成评估", "Have it assessed"),
            starts=frozenset({BEGIN}),
            stops=frozenset({APPROVE, REJECT}),
            until_field="due-by",
            runs=_has_day,
        ),
        ClockSort(
            id="valid-until",
            text=Text("重新评估", "Assess anew"),
            starts=frozenset({APPROVE}),
            stops=frozenset({REOPEN}),
            until_field="valid-until",
        ),
    ),
)
