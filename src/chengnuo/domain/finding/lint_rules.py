"""The rules about what is published, or reported to somebody else; see `lint_check`."""

from chengnuo.base.text import Text
from chengnuo.domain.finding.finding import Severity
from chengnuo.domain.finding.rule import RuleWords, duties

_PUBLIC = duties("PIPL-25", "PIPL-28", "duty-10")
SENSITIVE = RuleWords(
    id="disclosed-sensitive",
    duties=_PUBLIC,
    severity=Severity.HIGH,
    title=Text("对外给出敏感个人信息", "Sensitive information given out"),
    message=Text(
        "{row} 的 `{value}` 是{kind}，属敏感个人信息，对外给出且没有遮盖。",
        "In {row}, `{value}` is of the kind {kind}, sensitive personal information, given out "
        "without a mask.",
    ),
    fix=Text("删去这一字段，或遮盖后再给出。", "Take the field out, or mask it."),
)
VALUES = RuleWords(
    id="disclosed-value-unmasked",
    duties=duties("PIPL-25", "PIPL-6", "duty-10"),
    severity=Severity.HIGH,
    title=Text("对外给出的值没有遮盖", "Values given out unmasked"),
    message=Text(
        "{row} 的 `{value}` 有没有遮盖的{kind}，共 {count} 处。",
        "In {row}, `{value}` holds values of the kind {kind} without a mask: {count}.",
    ),
    fix=Text("按脱敏规则遮盖后再给出。", "Mask the values by the rules of the register."),
)
FIELD = RuleWords(
    id="disclosed-field-unmasked",
    duties=duties("PIPL-25", "PIPL-6", "duty-10"),
    severity=Severity.MEDIUM,
    title=Text("对外给出的字段没有遮盖", "Field given out unmasked"),
    message=Text(
        "{row} 的 `{value}` 按名称是{kind}，没有看到遮盖。",
        "In {row}, `{value}` is {kind} by its name, and no mask was seen.",
    ),
    fix=Text(
        "在模板或接口中遮盖，或确认传入的值已经遮盖。",
        "Mask it in the template or interface, or make sure that it comes masked.",
    ),
)
UNDECLARED = RuleWords(
    id="disclosed-not-declared",
    duties=duties("PIPL-25", "PIPL-23", "PIPL-17"),
    severity=Severity.MEDIUM,
    title=Text("对外给出未登记的信息", "Information given out that is not declared"),
    message=Text(
        "{row} 的 `{value}` 是{kind}（`{category}`），登记簿没有登记对{whom}给出它。",
        "In {row}, `{value}` is of the kind {kind} (`{category}`), which the register does not "
        "declare as given to {whom}.",
    ),
    fix=Text(
        "删去这一字段，或先登记并告知、取得同意。", "Take it out, or declare it and ask first."
    ),
)
MASK = RuleWords(
    id="disclosed-beyond-mask",
    duties=duties("PIPL-25", "PIPL-6", "duty-10"),
    severity=Severity.HIGH,
    title=Text("显示的多于脱敏规则", "More is seen than the mask leaves"),
    message=Text(
        "{row} 的 `{value}` 有 {count} 个值，露出的多于登记的脱敏规则（{rule}）。",
        "In {row}, {count} values of `{value}` show more than the mask in the register leaves "
        "({rule}).",
    ),
    fix=Text(
        "按登记的规则遮盖，或先改登记。", "Mask them as declared, or change the register first."
    ),
)
LINT_RULES = (SENSITIVE, VALUES, FIELD, UNDECLARED, MASK)
