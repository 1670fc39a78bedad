"""The controls over the register for the sixteen duties, one row each."""

from collections.abc import Callable
from typing import TypeAlias

from chengnuo.base.text import Text
from chengnuo.domain.finding import declared_counts as counted
from chengnuo.domain.finding.control import Control, Reach
from chengnuo.domain.finding.facts import Facts
from chengnuo.domain.finding.rule import duties as ids_of_duties

Count: TypeAlias = Callable[[Facts], int]

_FAILS = Text(
    "登记簿在这一点上有缺漏或者不合要求，又没有经批准的豁免",
    "The register lacks something here or is not as required, and no waiver was approved",
)


def control_over_register(  # noqa: PLR0913, PLR0917 (the columns of the table)
    name: str,
    for_duties: tuple[str, ...],
    title: Text,
    looks_at: Text,
    count: Count,
    rules: tuple[str, ...],
    *,
    reach: Reach = Reach.DECLARED,
) -> Control:
    """Return a control that fails when one of some rules finds a fault that is not waived."""
    return Control(
        id=name,
        duties=ids_of_duties(*for_duties),
        title=title,
        looks_at=looks_at,
        fails_when=_FAILS,
        reach=reach,
        rules=frozenset(rules),
        count=count,
    )


CONTROLS: tuple[Control, ...] = (
    control_over_register(
        "consent-declared",
        ("duty-1",),
        Text("同意的依据、形式和告知都已登记", "Basis, form and notice of consent are declared"),
        Text("同意事项", "Consent items"),
        counted.consent_items,
        (
            "consent-without-form",
            "form-without-consent",
            "basis-without-detail",
            "written-consent-missing",
            "first-run-pre-ticked",
            "first-run-unequal-buttons",
            "first-run-collects-before",
            "switch-on-before-consent",
            "sensitive-without-necessity",
            "sensitive-without-impact",
            "vague-purpose",
        ),
    ),
    control_over_register(
        "renewal-declared",
        ("duty-2",),
        Text(
            "每个同意事项有指纹，过渡期有终点",
            "Every consent item has a fingerprint, every transition an end",
        ),
        Text("同意事项", "Consent items"),
        counted.consent_items,
        (
            "also-in-force-over",
            "also-in-force-unknown-matter",
            "rules-effective-before-updated",
        ),
    ),
    control_over_register(
        "withdrawal-declared",
        ("duty-3", "pledge-6"),
        Text("撤回的途径和后果都已登记", "Ways to withdraw, and their effect, are declared"),
        Text("以同意为依据的活动", "Activities on consent"),
        counted.on_consent,
        ("no-way-to-withdraw", "withdraw-outside-app", "withdrawal-effect-missing"),
    ),
    control_over_register(
        "refusal-proved",
        ("duty-4",),
        Text(
            "拒绝后基本服务仍有路可走（由登记簿推出）",
            "Basic services still run after a no (by the register)",
        ),
        Text("基本服务", "Basic services"),
        counted.basic_services,
        (
            "refusing-closes-basic-service",
            "first-run-leaves-on-refusal",
            "forced-for-own-ends",
            "none-needed-type-collects",
            "account-for-none-needed-type",
            "account-without-need",
            "beyond-necessary-list",
            "optional-without-effect-of-refusing",
            "app-without-basic-service",
        ),
    ),
    control_over_register(
        "rules-public",
        ("duty-5",),
        Text("处理规则公开、可查、可存", "The rules are public, reachable and saveable"),
        Text("应用", "Apps"),
        counted.apps,
        (
            "rules-too-deep",
            "way-longer-than-said",
            "rules-not-saveable",
            "rules-effective-before-updated",
            "handler-without-contact",
            "no-way-to-explain-rules",
        ),
        reach=Reach.PUBLISHED,
    ),
    control_over_register(
        "parties-agreed",
        ("duty-6",),
        Text(
            "接收方的关系、协议和告知都已登记",
            "Role, agreement and notice of each party are declared",
        ),
        Text("接收方", "Recipients"),
        counted.recipients,
        (
            "entrusted-without-agreement",
            "joint-without-agreement",
            "provision-without-agreement",
            "joint-without-duties",
            "entrusted-without-duties",
            "entrusted-without-return",
            "entrusted-without-supervision",
            "sub-entrusting-uncontrolled",
            "sub-recipients-despite-ban",
            "agreement-expired",
            "recipient-without-contact",
            "recipient-without-method",
            "recipient-names-nobody",
            "sharing-without-assessment",
        ),
    ),
    control_over_register(
        "joint-liability-agreed",
        ("duty-7",),
        Text("共同处理约定了分工和责任", "Joint handlers agreed on duties and liability"),
        Text("共同处理者", "Joint handlers"),
        counted.joint,
        ("joint-without-agreement", "joint-without-duties", "joint-without-liability"),
    ),
    control_over_register(
        "terms-not-personal",
        ("duty-8", "pledge-3"),
        Text("交易条件不取决于个人", "Terms do not depend on the person"),
        Text("决定交易条件的自动化决策", "Automated decisions on terms"),
        counted.setting_terms,
        (
            "terms-by-personal-factors",
            "terms-without-fairness",
            "pricing-not-setting-terms",
            "model-input-not-a-factor",
        ),
    ),
    control_over_register(
        "off-switches-declared",
        ("duty-9",),
        Text(
            "个性化可以关闭，重大决定可以说明和复核",
            "What is personal can be switched off; major decisions are explained",
        ),
        Text("自动化决策", "Automated decisions"),
        counted.automated,
        (
            "automated-without-off-switch",
            "marketing-without-refusal",
            "personalisation-not-declared-automated",
            "off-switch-of-other-app",
            "off-switch-of-other-kind",
            "switch-turns-on-again",
            "switch-too-deep",
            "labels-cannot-be-cleared",
            "major-effect-without-explanation",
            "major-effect-without-human-review",
            "automated-without-model",
            "model-for-no-automated-decision",
            "model-major-effect-differs",
            "model-alone-without-review",
            "model-without-explanation",
            "model-without-objection",
            "model-name-twice",
            "no-way-to-explain-automated",
            "no-way-to-refuse-automated",
            "recommendation-not-explained",
        ),
    ),
    control_over_register(
        "publication-masked",
        ("duty-10",),
        Text("公开的信息都有脱敏和期限", "What is shown in public is masked and ends"),
        Text("公开个人信息的活动", "Activities that publish"),
        counted.published,
        (
            "published-unmasked",
            "sensitive-published-unmasked",
            "published-forever",
            "published-not-handled",
            "publication-without-assessment",
        ),
    ),
    control_over_register(
        "minors-provided-for",
        ("duty-11",),
        Text(
            "未成年人的规则、年龄识别和审计都已安排",
            "Rules, age check and audit for minors are arranged",
        ),
        Text("须监护人同意的活动", "Activities that ask a guardian"),
        counted.for_minors,
        (
            "minors-rules-missing",
            "minors-age-check-missing",
            "minors-unknown-age-missing",
            "minors-category-without-guardian",
            "minors-expected-not-handled",
            "minors-handled-not-intended",
            "minors-known-not-said",
            "minors-marketing",
            "minors-audit-overdue",
        ),
    ),
    # Regulation on the Protection of Minors Online, Art. 32: a decision asks of somebody from
    # fourteen on what it asks of an adult, so the proof for everybody is the one for them.
    control_over_register(
        "minors-not-forced",
        ("duty-11",),
        Text(
            "未成年人拒绝非必要信息仍能用基本服务（由登记簿推出）",
            "Minors who refuse can use basic services (by the register)",
        ),
        Text("未成年人可能使用的基本服务", "Basic services that minors may use"),
        counted.basic_for_minors,
        (
            "refusing-closes-basic-service",
            "forced-for-own-ends",
            "beyond-necessary-list",
            "first-run-leaves-on-refusal",
        ),
    ),
    control_over_register(
        "access-ways",
        ("duty-12", "pledge-6"),
        Text(
            "查阅、复制、转移都有途径和时限",
            "Ways and times for access, copy and transfer are declared",
        ),
        Text("应用", "Apps"),
        counted.apps,
        (
            "no-way-to-access",
            "no-way-to-copy",
            "no-way-to-transfer",
            "right-too-slow",
            "table-without-identity",
            "item-without-column",
        ),
    ),
    control_over_register(
        "correction-and-deletion-ways",
        ("duty-13", "pledge-6"),
        Text(
            "更正、补充、删除都有途径，保留都有义务",
            "Ways to correct and delete, and duties to keep, are declared",
        ),
        Text("应用", "Apps"),
        counted.apps,
        (
            "no-way-to-correct",
            "no-way-to-supplement",
            "no-way-to-delete",
            "retention-forever",
            "kept-column-without-duty",
            "keep-duty-unknown",
        ),
    ),
    control_over_register(
        "assessments-on-file",
        ("duty-14",),
        Text(
            "应评估的都已评估，且在处理之前", "Assessments that are due were made, and beforehand"
        ),
        Text("影响评估", "Impact assessments"),
        counted.assessments,
        (
            "sensitive-without-assessment",
            "automated-without-assessment",
            "sharing-without-assessment",
            "publication-without-assessment",
            "overseas-without-assessment",
            "assessment-ground-missing",
            "assessment-after-start",
            "assessment-incomplete",
            "audit-overdue",
        ),
    ),
    control_over_register(
        "abroad-routed",
        ("duty-15",),
        Text("出境有路径、告知和评估", "What goes abroad has a route, notice and assessment"),
        Text("境外接收方", "Recipients abroad"),
        counted.overseas,
        (
            "overseas-without-route",
            "overseas-route-without-reference",
            "overseas-route-expired",
            "overseas-above-exempt-volume",
            "overseas-assessment-due",
            "overseas-volumes-split",
            "overseas-count-missing",
            "overseas-without-rights",
            "overseas-without-safeguards",
            "overseas-without-assessment",
            "exempt-contract-without-contract",
            "store-abroad-without-recipient",
        ),
    ),
)
