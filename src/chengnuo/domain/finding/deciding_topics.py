"""What has to be decided about a row of a register: its questions, in the order of their risk.

A question gathers the fields that one person decides at once. It belongs to a kind of row, says
which articles ask for it, and what the careful answer is where nothing else is known.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from chengnuo.base.text import Text
from chengnuo.domain.finding.rule import duties
from chengnuo.law.ids import DutyId


class Risk(StrEnum):
    """What goes wrong if a question is left: the gravest first, as a person should work."""

    PROHIBITED = "prohibited"
    SENSITIVE = "sensitive"
    RECIPIENTS = "recipients"
    MINORS = "minors"
    BASIS = "basis"
    RETENTION = "retention"
    DUTIES = "duties"
    WORDING = "wording"

    @property
    def rank(self) -> int:
        """Its place in the order, 0 for the gravest."""
        return list(Risk).index(self)

    @property
    def text(self) -> Text:
        """What it is called."""
        return _RISK_TEXTS[self]


_RISK_TEXTS = {
    Risk.PROHIBITED: Text("法律禁止的", "What the law forbids"),
    Risk.SENSITIVE: Text("敏感个人信息与自动化决策", "Sensitive information, automated decisions"),
    Risk.RECIPIENTS: Text("接收方与出境", "Recipients, and what goes abroad"),
    Risk.MINORS: Text("不满十四周岁", "Children under fourteen"),
    Risk.BASIS: Text("依据与必要性", "Basis and necessity"),
    Risk.RETENTION: Text("保存期限与存放", "How long, and where"),
    Risk.DUTIES: Text("处理者自身的义务", "Duties of the handler itself"),
    Risk.WORDING: Text("文字与入口", "Words and ways"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """One question about rows of one kind.

    Attributes:
        id: Its id, unique within the kind.
        kind: Name of the kind of row.
        risk: What goes wrong if it is left.
        fields: First names of the fields that it is about.
        asked: The question.
        careful: The careful answer where nothing else is known.
        duties: What asks for it.
        always: Whether every row of the kind has to answer it; else only where it came up.
        together: Whether one answer may fit many rows; not so for what is said of one alone.

    """

    id: str
    kind: str
    risk: Risk
    fields: frozenset[str]
    asked: Text
    careful: Text
    duties: tuple[DutyId, ...] = field(default=())
    always: bool = True
    together: bool = False


def _topic(  # noqa: PLR0913, PLR0917 (the columns of the table below)
    kind: str,
    id_: str,
    risk: Risk,
    fields: str,
    asked: Text,
    careful: Text,
    by: tuple[DutyId, ...],
    *,
    always: bool = True,
    together: bool = False,
) -> Topic:
    return Topic(
        id=id_,
        kind=kind,
        risk=risk,
        fields=frozenset(fields.split()),
        asked=asked,
        careful=careful,
        duties=by,
        always=always,
        together=together,
    )


TOPICS: tuple[Topic, ...] = (
    _topic(
        "app",
        "first-run",
        Risk.PROHIBITED,
        "first_run",
        Text("首次运行怎样征求同意？", "How does the first run ask?"),
        Text(
            "同意之前什么都不收集；不勾选；两个按钮同样醒目；不同意也能用基本功能",
            "nothing is collected before the answer; nothing is ticked; both buttons are alike; "
            "refusing leaves the basic function",
        ),
        duties("191-3.1", "191-3.4", "PIPL-16"),
    ),
    _topic(
        "activity",
        "sensitive",
        Risk.SENSITIVE,
        "face capture public_image disclosure automated assessment",
        Text(
            "有敏感处理：人脸、拍摄、公开、自动化决策，各凭什么？",
            "Faces, sensors, publication, automated decisions: on what grounds?",
        ),
        Text(
            "不做就删去；要做的，写明目的，做影响评估，单独征求同意",
            "delete what is not done; for what is: a purpose, an assessment, a consent of its own",
        ),
        duties("PIPL-24", "PIPL-26", "PIPL-29", "PIPL-55"),
        always=False,
    ),
    _topic(
        "recipient",
        "abroad",
        Risk.RECIPIENTS,
        "country cross_border",
        Text("信息是否出境，走哪条路径？", "Does information leave the mainland, by which route?"),
        Text(
            "没有路径就不出境：换境内的服务，或者先停用",
            "without a route nothing leaves: use a service in the mainland, or stop",
        ),
        duties("PIPL-38", "PIPL-39"),
        always=False,
    ),
    _topic(
        "recipient",
        "role",
        Risk.RECIPIENTS,
        "role agreement vetting sub_recipients categories sdk",
        Text(
            "它是受托人、共同处理者，还是独立的接收方？有没有协议、审查？",
            "Entrusted, joint, or a handler of its own? Is there an agreement, was it vetted?",
        ),
        Text(
            "暂按独立的接收方：要单独同意；有委托协议的改为受托人",
            "a handler of its own, which needs separate consent, until there is an agreement",
        ),
        duties("PIPL-21", "PIPL-23"),
    ),
    _topic(
        "recipient",
        "named",
        Risk.RECIPIENTS,
        "recipient name company contact rules_url purpose method channel",
        Text("它叫什么、为什么取得信息、怎样联系？", "Who is it, what for, how is it reached?"),
        Text("照它自己的隐私政策写全名、用途和联系方式", "as its own policy says"),
        duties("PIPL-23", "duty-7"),
    ),
    _topic(
        "activity",
        "minors",
        Risk.MINORS,
        "minors_under_14",
        Text("遇到不满十四周岁的人怎么办？", "What about children under fourteen?"),
        Text(
            "不收集；要收集的，先取得监护人同意", "not collected; else the guardian consents first"
        ),
        duties("PIPL-31"),
    ),
    _topic(
        "app",
        "audience",
        Risk.MINORS,
        "audience",
        Text("应用是否面向不满十四周岁？怎样得知年龄？", "Is it for children under fourteen?"),
        Text(
            "说不准就写“可能有”，并写明年龄未知时怎样处理",
            "if unsure, “possible”, and what is done while the age is unknown",
        ),
        duties("PIPL-31"),
    ),
    _topic(
        "activity",
        "items",
        Risk.BASIS,
        "items permissions",
        Text("哪些信息离不开，不给会怎样？", "Which items are needed, and what if refused?"),
        Text(
            "用不到的删去；离不开的才写必需", "delete what is not used; necessary is what it needs"
        ),
        duties("PIPL-6", "PIPL-16"),
        together=True,
    ),
    _topic(
        "activity",
        "basis",
        Risk.BASIS,
        "activity basis basis_detail consent if_withdrawn also_in_force",
        Text("凭什么可以处理？", "What makes it lawful?"),
        Text(
            "取得同意；履行合同所必需、法律要求的，才写别的依据",
            "consent; another basis only where a contract or a law needs it",
        ),
        duties("PIPL-13", "PIPL-14"),
        together=True,
    ),
    _topic(
        "activity",
        "recipients",
        Risk.RECIPIENTS,
        "recipients",
        Text("还有谁会拿到？", "Who else gets it?"),
        Text("没有就不写；有的逐个登记", "nobody, unless each is in the register"),
        duties("PIPL-23"),
        always=False,
    ),
    _topic(
        "activity",
        "retention",
        Risk.RETENTION,
        "retention stores",
        Text("保存多久，存在哪里？", "How long is it kept, and where?"),
        Text(
            "实现目的所必要的最短时间；账号类的到注销为止",
            "the shortest time that the purpose needs; of accounts, until they are cancelled",
        ),
        duties("PIPL-19", "PIPL-47"),
        together=True,
    ),
    _topic(
        "handler",
        "safety",
        Risk.DUTIES,
        "handler security incident_plan audits individuals knows_minors large_platform "
        "critical_infrastructure turnover protection_officer",
        Text(
            "处理多少人的信息？怎样保护、怎样应急、何时审计？",
            "How many people? How is it kept safe, what if it leaks, when is the audit?",
        ),
        Text(
            "按实际情况写；说不清人数就写上限", "as it is; of the number of people an upper bound"
        ),
        duties("PIPL-51", "PIPL-54", "PIPL-57"),
    ),
    _topic(
        "app",
        "whole",
        Risk.DUTIES,
        "app",
        Text("还有什么没有写进登记簿？", "What is not in the register yet?"),
        Text("逐项核对草稿没有看到的，补上或者去掉", "go through what the draft could not see"),
        duties("PIPL-7", "PIPL-17"),
    ),
    _topic(
        "handler",
        "who",
        Risk.WORDING,
        "name credit_code address country representative",
        Text("谁是处理者？", "Who is the handler?"),
        Text("与营业执照一致", "as on the business licence"),
        duties("PIPL-17"),
    ),
    _topic(
        "handler",
        "reach",
        Risk.WORDING,
        "contacts complaints",
        Text("人们怎样联系你们、怎样投诉？", "How do people reach you, and complain?"),
        Text("有人接听、有人回复的电话和邮箱", "a telephone and a mailbox that somebody answers"),
        duties("PIPL-50", "191-6.5"),
    ),
    _topic(
        "activity",
        "purpose",
        Risk.WORDING,
        "purpose purpose_kind scene method service started",
        Text("为了什么，在什么情形下？", "What for, and when does it happen?"),
        Text("一个活动一个目的，用人们看得懂的话", "one purpose, in words that people understand"),
        duties("PIPL-6", "PIPL-17"),
    ),
    _topic(
        "service",
        "service",
        Risk.WORDING,
        "service app name basic app_type requires requires_account account_reason speeds",
        Text("这个功能叫什么，离不开哪些活动？", "What is the function called, what does it need?"),
        Text(
            "按人们的说法命名；不需要账号的就不要求账号",
            "as people call it; no account unless needed",
        ),
        duties("PIPL-16", "191-4.3"),
    ),
    _topic(
        "app",
        "named",
        Risk.WORDING,
        "name platforms app_types other_type distributors",
        Text("应用叫什么，是哪一类？", "What is the app called, of which type?"),
        Text("与应用商店里一致", "as in the store"),
        duties("PIPL-17"),
    ),
    _topic(
        "app",
        "ways",
        Risk.WORDING,
        "access rights cancellation",
        Text("规则、清单和各项权利的入口在哪里？", "Where are the rules, the lists, the rights?"),
        Text(
            "挂在“我 → 设置 → 隐私中心”下，四次点击之内", "below “Me → Settings → Privacy centre”"
        ),
        duties("PIPL-50", "191-1.4", "191-6.1"),
    ),
    _topic(
        "app",
        "days",
        Risk.WORDING,
        "rules_updated rules_effective",
        Text("规则何时更新、何时生效？", "From which day do the rules hold?"),
        Text("发布的那一天", "the day on which you publish"),
        duties("PIPL-17"),
    ),
)
