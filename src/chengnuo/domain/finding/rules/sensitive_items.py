"""Rules about sensitive personal information (PIPL Arts. 28 to 30)."""

from collections.abc import Iterator

from chengnuo.base.text import Text
from chengnuo.domain.finding.facts import Facts
from chengnuo.domain.finding.finding import Severity
from chengnuo.domain.finding.rule import Hit, Rule, duties, hit
from chengnuo.domain.register.automated import AutomatedKind
from chengnuo.domain.register.purpose import PurposeKind
from chengnuo.law.category import TreatAs
from chengnuo.law.legal_basis import LegalBasis

_TARGETING = frozenset(
    {
        AutomatedKind.ADVERTISING,
        AutomatedKind.RECOMMENDATION,
        AutomatedKind.PUSH,
        AutomatedKind.PRICING,
    }
)


def _without_necessity(facts: Facts) -> Iterator[Hit]:
    for activity in facts.register.activities:
        for index, item in enumerate(activity.items):
            if item.why_necessary is None and facts.is_sensitive(item):
                where = f"items[{index}].why_necessary"
                yield hit(activity, where, item.category, key=item.category)


def _without_impact(facts: Facts) -> Iterator[Hit]:
    for activity in facts.register.activities:
        for index, item in enumerate(activity.items):
            if item.impact is None and facts.is_sensitive(item):
                yield hit(activity, f"items[{index}].impact", item.category, key=item.category)


def _for_marketing(facts: Facts) -> Iterator[Hit]:
    for activity in facts.register.activities:
        kind = activity.purpose_kind
        if not kind.is_marketing and kind is not PurposeKind.PERSONALISATION:
            continue
        if activity.basis is LegalBasis.CONSENT:
            continue
        for index, item in enumerate(activity.items):
            if facts.is_sensitive(item):
                where = f"items[{index}].category"
                yield hit(activity, where, item.category, key=item.category, kind=kind)


def _as_factor(facts: Facts) -> Iterator[Hit]:
    for activity in facts.register.activities:
        automated = activity.automated
        if automated is None or automated.kind not in _TARGETING:
            continue
        sensitive = {item.category for item in facts.sensitive_items(activity)}
        for index, category in enumerate(automated.personal_factors):
            if category in sensitive or facts.catalogue.category(category).is_sensitive:
                where = f"automated.personal_factors[{index}]"
                yield hit(activity, where, category, key=category, kind=automated.kind)


def _called_ordinary(facts: Facts) -> Iterator[Hit]:
    for activity in facts.register.activities:
        for index, item in enumerate(activity.items):
            if item.sensitive is False and facts.catalogue.category(item.category).is_sensitive:
                yield hit(activity, f"items[{index}].sensitive", item.category, key=item.category)


def _overruled(facts: Facts) -> Iterator[Hit]:
    for activity in facts.register.activities:
        for index, item in enumerate(activity.items):
            category = facts.catalogue.category(item.category)
            if (
                item.sensitive is False
                and not category.is_sensitive
                and category.treat_as is TreatAs.SENSITIVE
            ):
                yield hit(activity, f"items[{index}].sensitive", item.category, key=item.category)


def _undecided(facts: Facts) -> Iterator[Hit]:
    for activity in facts.register.activities:
        for index, item in enumerate(activity.items):
            if item.sensitive is None:
                category = facts.catalogue.category(item.category)
                if category.treat_as is TreatAs.CONTEXT and not category.is_sensitive:
                    where = f"items[{index}].sensitive"
                    yield hit(activity, where, item.category, key=item.category)


RULES: tuple[Rule, ...] = (
    Rule(
        id="sensitive-without-necessity",
        duties=duties("PIPL-30", "PIPL-28", "duty-1"),
        severity=Severity.HIGH,
        title=Text("未说明处理敏感个人信息的必要性", "Sensitive item without its necessity"),
        message=Text(
            "{row} 处理敏感个人信息 `{value}`，却没有写为什么必要（`why_necessary`）。",
            "{row} handles sensitive `{value}` but does not say why it is needed "
            "(`why_necessary`).",
        ),
        fix=Text(
            "在这一项写 `why_necessary`；说不出必要性就不要收集。",
            "Write `why_necessary` on the item; where there is no need, do not collect it.",
        ),
        check=_without_necessity,
    ),
    Rule(
        id="sensitive-without-impact",
        duties=duties("PIPL-30", "duty-1"),
        severity=Severity.HIGH,
        title=Text("未说明对个人权益的影响", "Sensitive item without its effect on people"),
        message=Text(
            "{row} 处理敏感个人信息 `{value}`，却没有写对个人权益的影响（`impact`）。",
            "{row} handles sensitive `{value}` but does not say what it means for people "
            "(`impact`).",
        ),
        fix=Text(
            "在这一项写 `impact`：泄露或滥用会怎样，采取了什么保护。",
            "Write `impact`: what misuse would mean, and what protects against it.",
        ),
        check=_without_impact,
    ),
    Rule(
        id="sensitive-for-marketing",
        duties=duties("pledge-4", "PIPL-29", "PIPL-28"),
        severity=Severity.CRITICAL,
        title=Text("未经单独同意用敏感信息营销", "Sensitive information for marketing"),
        message=Text(
            "{row} 为 `{kind}` 使用敏感个人信息 `{value}`，依据不是同意，也就没有单独同意。",
            "{row} uses sensitive `{value}` for `{kind}` without consent as its basis, hence "
            "without separate consent.",
        ),
        fix=Text(
            "不在营销和个性化中使用敏感个人信息，或改为取得单独同意。",
            "Keep it out of marketing, or rest on separate consent.",
        ),
        check=_for_marketing,
    ),
    Rule(
        id="sensitive-as-factor",
        duties=duties("pledge-4", "PIPL-28", "PIPL-24.1"),
        severity=Severity.HIGH,
        title=Text("敏感信息参与推荐、广告或定价", "Sensitive information as a factor"),
        message=Text(
            "{row} 的自动化决策（`{kind}`）把敏感个人信息 `{value}` 作为因素。",
            "The automated decision of {row} (`{kind}`) has sensitive `{value}` among its factors.",
        ),
        fix=Text("从因素中去掉。", "Take it out of the factors."),
        check=_as_factor,
    ),
    Rule(
        id="sensitive-called-ordinary",
        duties=duties("PIPL-28"),
        severity=Severity.HIGH,
        title=Text("把法定敏感信息写成一般信息", "Sensitive by law, called ordinary"),
        message=Text(
            "{row} 把 `{value}` 写成 `sensitive: false`，它属于法律列明的敏感个人信息；"
            "此处写法不生效。",
            "{row} says `sensitive: false` of `{value}`, which is sensitive by the law's own list; "
            "the words have no effect.",
        ),
        fix=Text("删去 `sensitive: false`。", "Take `sensitive: false` away."),
        check=_called_ordinary,
    ),
    Rule(
        id="sensitive-default-overruled",
        duties=duties("PIPL-28"),
        severity=Severity.NOTE,
        title=Text("自行认定为一般信息", "Held to be ordinary against the default"),
        message=Text(
            "{row} 把 `{value}` 认定为一般个人信息，与本目录较严的默认相反。",
            "{row} holds `{value}` to be ordinary, against the stricter default of the catalogue.",
        ),
        fix=Text(
            "保留认定的理由，以便说明。",
            "Keep the reasons, so that they can be shown.",
        ),
        check=_overruled,
    ),
    Rule(
        id="sensitivity-undecided",
        duties=duties("PIPL-28"),
        severity=Severity.NOTE,
        title=Text("未判断是否敏感", "Sensitivity not decided"),
        message=Text(
            "{row} 的 `{value}` 是否敏感取决于用途，登记簿没有表态，现按一般信息处理。",
            "Whether `{value}` of {row} is sensitive depends on its use; the register does not "
            "say, so it counts as ordinary.",
        ),
        fix=Text(
            "按是否容易危害人格尊严或人身、财产安全来判断，写 `sensitive: true` 或 `false`。",
            "Judge by the possible harm, and write `sensitive: true` or `false`.",
        ),
        check=_undecided,
    ),
)
