"""Rules about automated decision-making (PIPL Art. 24)."""

from collections.abc import Callable, Iterator

from chengnuo.base.text import Text
from chengnuo.domain.finding.facts import Facts
from chengnuo.domain.finding.finding import Severity
from chengnuo.domain.finding.rule import Hit, Rule, Word, duties, each_row, hit
from chengnuo.domain.register.activity import ProcessingActivity
from chengnuo.domain.register.automated import AutomatedDecisionMaking, AutomatedKind
from chengnuo.domain.register.governance import SwitchKind
from chengnuo.domain.register.purpose import PurposeKind
from chengnuo.law.legal_basis import LegalBasis

_OFF_SWITCH_DUE = frozenset(
    {AutomatedKind.RECOMMENDATION, AutomatedKind.ADVERTISING, AutomatedKind.PUSH}
)
_EXPLAINED = frozenset({AutomatedKind.RECOMMENDATION, AutomatedKind.RANKING})
_FITTING = {
    AutomatedKind.RECOMMENDATION: SwitchKind.RECOMMENDATION,
    AutomatedKind.ADVERTISING: SwitchKind.ADVERTISING,
    AutomatedKind.PUSH: SwitchKind.PUSH,
    AutomatedKind.PRICING: SwitchKind.PRICING,
}


def _activities(facts: Facts) -> tuple[ProcessingActivity, ...]:
    return facts.register.activities


def _decides(
    wrong: Callable[[AutomatedDecisionMaking], bool],
) -> Callable[[ProcessingActivity], bool]:
    return lambda activity: activity.automated is not None and wrong(activity.automated)


def _kind(activity: ProcessingActivity) -> object:
    return activity.automated.kind if activity.automated is not None else ""


def _switch_of_other_app(facts: Facts) -> Iterator[Hit]:
    for activity in facts.register.activities:
        if activity.automated is None or activity.automated.off_switch is None:
            continue
        switch = facts.register.switch_by_id[activity.automated.off_switch]
        app = facts.service_of(activity).app
        if switch.app != app:
            yield hit(activity, "automated.off_switch", switch.switch, app=app)


def _switch_of_other_kind(facts: Facts) -> Iterator[Hit]:
    for activity in facts.register.activities:
        if activity.automated is None or activity.automated.off_switch is None:
            continue
        switch = facts.register.switch_by_id[activity.automated.off_switch]
        expected = _FITTING.get(activity.automated.kind)
        if expected is not None and switch.kind not in {expected, SwitchKind.OTHER}:
            words: dict[str, Word] = {"kind": switch.kind.value, "expected": expected.value}
            yield hit(activity, "automated.off_switch", switch.switch, words=words)


def _terms_by_person(facts: Facts) -> Iterator[Hit]:
    for activity in facts.register.activities:
        automated = activity.automated
        if automated is None or not automated.sets_terms:
            continue
        for index, category in enumerate(automated.personal_factors):
            where = f"automated.personal_factors[{index}]"
            name = facts.catalogue.category(category).text
            yield hit(activity, where, category, key=category, name=name)


def _factor_not_handled(facts: Facts) -> Iterator[Hit]:
    for activity in facts.register.activities:
        if activity.automated is None:
            continue
        for index, category in enumerate(activity.automated.personal_factors):
            if category not in activity.categories:
                where = f"automated.personal_factors[{index}]"
                yield hit(activity, where, category, key=category)


def _marketing_without_refusal(activity: ProcessingActivity) -> bool:
    has_switch = activity.automated is not None and activity.automated.off_switch is not None
    handled_as_automated = (
        activity.automated is not None and activity.automated.kind in _OFF_SWITCH_DUE
    )
    return (
        activity.purpose_kind.is_marketing
        and activity.basis is not LegalBasis.CONSENT
        and not has_switch
        and not handled_as_automated
    )


RULES: tuple[Rule, ...] = (
    Rule(
        id="automated-without-off-switch",
        duties=duties("PIPL-24.2", "191-3.6", "164-4", "ALG-17", "duty-9"),
        severity=Severity.HIGH,
        title=Text("个性化没有关闭开关", "Personalisation without an off switch"),
        message=Text(
            "{row} 有自动化决策（`{value}`），却没有关闭开关（`off_switch`）。",
            "{row} decides automatically (`{value}`) but has no off switch.",
        ),
        fix=Text(
            "做一个关闭开关或“不针对个人特征”的选项，登记在 `switches`。",
            "Build a switch or an option not based on personal characteristics, and register it.",
        ),
        check=each_row(
            _activities,
            "automated.off_switch",
            _decides(lambda one: one.kind in _OFF_SWITCH_DUE and one.off_switch is None),
            _kind,
        ),
    ),
    Rule(
        id="marketing-without-refusal",
        duties=duties("PIPL-24.2", "164-4"),
        severity=Severity.MEDIUM,
        title=Text("营销没有拒绝方式", "Marketing that cannot be refused"),
        message=Text(
            "{row} 的目的是 `{value}`，不以同意为依据，也没有关闭开关。",
            "{row} serves `{value}`, neither by consent nor with an off switch.",
        ),
        fix=Text(
            "登记关闭开关（`automated.off_switch`），或改为征得同意。",
            "Register an off switch (`automated.off_switch`), or ask for consent.",
        ),
        check=each_row(
            _activities,
            "purpose_kind",
            _marketing_without_refusal,
            lambda activity: activity.purpose_kind,
        ),
    ),
    Rule(
        id="personalisation-not-declared-automated",
        duties=duties("PIPL-24", "PIPL-55", "duty-9"),
        severity=Severity.MEDIUM,
        title=Text("个性化没有登记为自动化决策", "Personalisation not declared as automated"),
        message=Text(
            "{row} 的目的是 `{value}`，却没有 `automated` 一段。",
            "{row} serves `{value}` but has no `automated` part.",
        ),
        fix=Text(
            "补上 `automated`：依据什么因素、有没有重大影响、怎样关闭。",
            "Add it: which factors, whether the effect is major, how it is turned off.",
        ),
        check=each_row(
            _activities,
            "automated",
            lambda activity: (
                activity.purpose_kind is PurposeKind.PERSONALISATION and activity.automated is None
            ),
            lambda activity: activity.purpose_kind,
        ),
    ),
    Rule(
        id="off-switch-of-other-app",
        duties=duties("PIPL-24.2", "duty-9"),
        severity=Severity.MEDIUM,
        title=Text("关闭开关在别的应用里", "Off switch in another app"),
        message=Text(
            "{row} 属于应用 `{app}`，它的关闭开关 `{value}` 却在另一个应用里。",
            "{row} belongs to app `{app}`, but its off switch `{value}` is in another app.",
        ),
        fix=Text("在本应用里设开关。", "Put a switch into the same app."),
        check=_switch_of_other_app,
    ),
    Rule(
        id="off-switch-of-other-kind",
        duties=duties("PIPL-24.2", "duty-9"),
        severity=Severity.LOW,
        title=Text("关闭开关管的是别的事", "Off switch for something else"),
        message=Text(
            "{row} 的关闭开关 `{value}` 管的是 `{kind}`，这里需要的是 `{expected}`。",
            "Off switch `{value}` of {row} turns off `{kind}`; `{expected}` is what is needed.",
        ),
        fix=Text("换成对应的开关，或改正它的 `kind`。", "Name the fitting switch."),
        check=_switch_of_other_kind,
    ),
    Rule(
        id="terms-by-personal-factors",
        duties=duties("PIPL-24.1", "pledge-3", "CPR-9", "ALG-21", "duty-8"),
        severity=Severity.CRITICAL,
        title=Text("交易条件因人而异", "Terms depend on the person"),
        message=Text(
            "{row} 决定价格等交易条件（`sets_terms: true`），因素里有个人信息“{name}”（`{value}`）"
            "。",
            "{row} sets prices or other terms, with {name} (`{value}`) among its factors.",
        ),
        fix=Text(
            "交易条件只用与个人无关的因素；新客优惠等公开规则另作说明。",
            "Let terms rest on what is not personal; explain public rules such as new-customer "
            "offers apart.",
        ),
        check=_terms_by_person,
    ),
    Rule(
        id="terms-without-fairness",
        duties=duties("PIPL-24.1", "pledge-3", "duty-8"),
        severity=Severity.MEDIUM,
        title=Text("未说明怎样保证公平", "Fairness of terms not explained"),
        message=Text(
            "{row} 决定交易条件，却没有写怎样保证公平、怎样检查（`fairness`）。",
            "{row} sets terms but does not say what keeps them fair and how that is checked.",
        ),
        fix=Text("写明规则和定期检查的办法。", "State the rule and the regular check."),
        check=each_row(
            _activities,
            "automated.fairness",
            _decides(lambda one: one.sets_terms and one.fairness is None),
        ),
    ),
    Rule(
        id="pricing-not-setting-terms",
        duties=duties("PIPL-24.1", "pledge-3"),
        severity=Severity.MEDIUM,
        title=Text("定价却写成不影响交易条件", "Pricing said not to set terms"),
        message=Text(
            "{row} 的自动化决策是 `{value}`，却写 `sets_terms: false`。",
            "The automated decision of {row} is `{value}` but says `sets_terms: false`.",
        ),
        fix=Text("改为 `sets_terms: true`，并写 `fairness`。", "Write `sets_terms: true`."),
        check=each_row(
            _activities,
            "automated.sets_terms",
            _decides(lambda one: one.kind is AutomatedKind.PRICING and not one.sets_terms),
            _kind,
        ),
    ),
    Rule(
        id="major-effect-without-explanation",
        duties=duties("PIPL-24.3", "duty-9"),
        severity=Severity.HIGH,
        title=Text("重大影响的决定没有说明", "Major decision without an explanation"),
        message=Text(
            "{row} 的自动化决策（`{value}`）对个人有重大影响，却没有写怎样说明（`explanation`）。",
            "The automated decision of {row} (`{value}`) has a major effect but no explanation.",
        ),
        fix=Text("写明个人会得到怎样的说明。", "Say what people are told."),
        check=each_row(
            _activities,
            "automated.explanation",
            _decides(lambda one: one.major_effect and one.explanation is None),
            _kind,
        ),
    ),
    Rule(
        id="major-effect-without-human-review",
        duties=duties("PIPL-24.3", "duty-9"),
        severity=Severity.HIGH,
        title=Text("重大影响的决定没有人工复核", "Major decision without human review"),
        message=Text(
            "{row} 的自动化决策（`{value}`）对个人有重大影响，却没有人工复核（`human_review`）。",
            "The automated decision of {row} (`{value}`) has a major effect but no human review.",
        ),
        fix=Text("写明怎样申请、谁来复核、多久答复。", "Say how to ask, who reviews, how soon."),
        check=each_row(
            _activities,
            "automated.human_review",
            _decides(lambda one: one.major_effect and one.human_review is None),
            _kind,
        ),
    ),
    Rule(
        id="recommendation-not-explained",
        duties=duties("ALG-16", "duty-9"),
        severity=Severity.LOW,
        title=Text("未公示推荐的基本原理", "How it recommends not published"),
        message=Text(
            "{row} 的算法（`{value}`）没有写基本原理（`explanation`）。",
            "The algorithm of {row} (`{value}`) has no account of how it works.",
        ),
        fix=Text("用几句话写明原理、目的和主要机制。", "Say in a few sentences how it works."),
        check=each_row(
            _activities,
            "automated.explanation",
            _decides(
                lambda one: one.kind in _EXPLAINED and not one.major_effect and not one.explanation
            ),
            _kind,
        ),
    ),
    Rule(
        id="personal-factor-not-handled",
        duties=duties("PIPL-7", "PIPL-6"),
        severity=Severity.MEDIUM,
        title=Text("决策用到未登记的信息", "Factor that the activity does not handle"),
        message=Text(
            "{row} 的自动化决策用到 `{value}`，但这项活动的 `items` 里没有它。",
            "The automated decision of {row} looks at `{value}`, which is not among its items.",
        ),
        fix=Text("在 `items` 补上，或从因素中去掉。", "Add the item, or drop the factor."),
        check=_factor_not_handled,
    ),
)
