"""The rules of a decision: what each asks for, in words, and the article it comes from.

The order is the order in which they are shown. A rule never looks at another's result.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from chengnuo.base.text import Text

EDITION: Final = 2
"""Which edition of the rules this program decides by; it stands in each record of an answer.

It grows whenever any answer changes for the same question, register, law and state, so that a
replay by other rules is never taken for one by the same.
"""


class Rule(StrEnum):
    """A rule; the value stands in answers and records and never changes."""

    ACTIVITY = "activity-declared"
    OPERATION = "operation-declared"
    CATEGORY = "category-declared"
    RECIPIENT = "recipient-declared"
    JOINT = "joint-agreement"
    ENTRUSTING = "entrusting-agreement"
    PROVIDING = "provision-agreement"
    PUBLICATION = "publication-declared"
    OTHER_USE = "other-use-declared"
    STARTED = "activity-started"
    SUPPRESSION = "not-deleted"
    RESTRICTION = "not-restricted"
    ACCOUNT = "account-state"
    AGE = "age-band"
    BASIS = "legal-basis"
    OBJECTION = "not-objected"
    ASSESSMENT = "assessment-in-force"
    ROUTE = "transfer-route"
    FREQUENCY = "frequency"
    SWITCH = "switch-on"
    GPC = "no-gpc-signal"
    MARKETING = "marketing-sensitive"
    GENERAL = "consent-general"
    SENSITIVE = "consent-sensitive"
    PROVISION = "consent-provision"
    OVERSEAS = "consent-overseas"
    PUBLISHING = "consent-publication"
    PUBLIC_IMAGE = "consent-public-image"
    GUARDIAN = "consent-guardian"
    STATE = "state-known"

    @property
    def article(self) -> str:
        """Id of the duty in the catalogue that it carries out."""
        return RULES[self].article

    @property
    def text(self) -> Text:
        """What it asks for."""
        return RULES[self].text


@dataclass(frozen=True, slots=True)
class RuleText:
    """An article and what the rule asks for."""

    article: str
    text: Text


RULES: dict[Rule, RuleText] = {
    Rule.ACTIVITY: RuleText(
        "PIPL-6", Text("处理活动已登记，目的明确", "the activity is registered, with its purpose")
    ),
    Rule.OPERATION: RuleText(
        "PIPL-6", Text("处理方式已登记", "what is done is among the registered operations")
    ),
    Rule.CATEGORY: RuleText(
        "PIPL-6",
        Text("信息种类在登记的最小范围内", "the categories are within the registered minimum"),
    ),
    Rule.RECIPIENT: RuleText(
        "PIPL-23",
        Text("接收方及其所得种类已登记", "the recipient is registered for these categories"),
    ),
    Rule.JOINT: RuleText(
        "PIPL-20",
        Text("与共同处理者的约定有效", "the agreement with the joint handler is in force"),
    ),
    Rule.ENTRUSTING: RuleText(
        "PIPL-21",
        Text(
            "委托协议有效，未超出约定",
            "the entrusting agreement is in force, and covers what is given",
        ),
    ),
    Rule.PROVIDING: RuleText(
        "NDSR-12",
        Text("与接收方的协议有效", "the agreement with the recipient is in force"),
    ),
    Rule.PUBLICATION: RuleText(
        "PIPL-25", Text("公开已登记", "making these categories public is registered")
    ),
    Rule.OTHER_USE: RuleText(
        "PIPL-26",
        Text("公共场所图像的其他用途已登记", "another use of public images is registered"),
    ),
    Rule.STARTED: RuleText("PIPL-17", Text("处理活动已开始", "the activity has started")),
    Rule.SUPPRESSION: RuleText(
        "PIPL-47", Text("个人的信息未被删除", "the individual's information was not deleted")
    ),
    Rule.RESTRICTION: RuleText(
        "PIPL-44",
        Text(
            "未限制处理，或只是存储、删除", "handling is not restricted, or only stores or deletes"
        ),
    ),
    Rule.ACCOUNT: RuleText(
        "191-6.1", Text("账户状态允许", "the account's state allows the service")
    ),
    Rule.AGE: RuleText(
        "PIPL-31", Text("该年龄段可以处理", "the activity may be done for this age band")
    ),
    Rule.BASIS: RuleText("PIPL-13", Text("有法定依据", "there is a legal basis")),
    Rule.OBJECTION: RuleText(
        "PIPL-27", Text("个人未拒绝对其已公开信息的处理", "the individual has not refused it")
    ),
    Rule.ASSESSMENT: RuleText(
        "PIPL-55", Text("个人信息保护影响评估有效", "an impact assessment is in force")
    ),
    Rule.ROUTE: RuleText(
        "PIPL-38", Text("出境路径有效", "the route across the border is in force")
    ),
    Rule.FREQUENCY: RuleText(
        "PIPL-6", Text("未超过登记的频率", "the registered frequency is not exceeded")
    ),
    Rule.SWITCH: RuleText(
        "PIPL-24", Text("个人未关闭个性化", "the individual has not turned it off")
    ),
    Rule.GPC: RuleText(
        "PIPL-24",
        Text("浏览器未发出拒绝信号（GPC）", "the browser does not signal refusal (GPC)"),
    ),
    Rule.MARKETING: RuleText(
        "PIPL-29",
        Text(
            "营销使用敏感信息须有单独同意",
            "marketing uses sensitive information only with separate consent",
        ),
    ),
    Rule.GENERAL: RuleText("PIPL-14", Text("同意有效", "consent is in force")),
    Rule.SENSITIVE: RuleText(
        "PIPL-29",
        Text("对敏感信息的单独同意有效", "separate consent to what is sensitive is in force"),
    ),
    Rule.PROVISION: RuleText(
        "PIPL-23", Text("对向他人提供的单独同意有效", "separate consent to providing is in force")
    ),
    Rule.OVERSEAS: RuleText(
        "PIPL-39",
        Text("对向境外提供的单独同意有效", "separate consent to providing abroad is in force"),
    ),
    Rule.PUBLISHING: RuleText(
        "PIPL-25", Text("对公开的单独同意有效", "separate consent to making public is in force")
    ),
    Rule.PUBLIC_IMAGE: RuleText(
        "PIPL-26",
        Text("对公共场所图像其他用途的单独同意有效", "separate consent to that use is in force"),
    ),
    Rule.GUARDIAN: RuleText(
        "PIPL-31", Text("监护人的同意有效", "a guardian's consent is in force")
    ),
    Rule.STATE: RuleText(
        "PIPL-8",
        Text("所依据的个人状态未过期", "what is known of the individual is not out of date"),
    ),
}
"""Article and words of each rule."""
