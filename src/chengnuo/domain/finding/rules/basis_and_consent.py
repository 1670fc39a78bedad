"""Rules about the legal basis and the form of consent (PIPL Arts. 13 to 15)."""

from collections.abc import Iterator

from chengnuo.base.text import Text
from chengnuo.domain.finding.facts import Facts
from chengnuo.domain.finding.finding import Severity
from chengnuo.domain.finding.rule import Hit, Rule, duties, each_row, hit
from chengnuo.domain.register.activity import ProcessingActivity
from chengnuo.domain.register.method import Provider
from chengnuo.law.consent_form import ConsentForm
from chengnuo.law.ids import CategoryId
from chengnuo.law.legal_basis import LegalBasis

_WRITTEN_BY_LAW = frozenset({CategoryId("PI-PROP-CREDIT"), CategoryId("PI-BIO-GENE")})
"""Categories for which a regulation of their field may ask for written consent."""


def _activities(facts: Facts) -> tuple[ProcessingActivity, ...]:
    return facts.register.activities


def _on_consent(activity: ProcessingActivity) -> bool:
    return activity.basis is LegalBasis.CONSENT


def _without_form(facts: Facts) -> Iterator[Hit]:
    for activity in facts.register.activities:
        ordinary = any(not facts.is_sensitive(item) for item in activity.items)
        if _on_consent(activity) and activity.consent is None and ordinary:
            yield hit(activity, "consent")


def _without_written_form(facts: Facts) -> Iterator[Hit]:
    for activity in facts.register.activities:
        if not _on_consent(activity) or activity.consent is ConsentForm.WRITTEN:
            continue
        for index, item in enumerate(activity.items):
            if item.category in _WRITTEN_BY_LAW:
                name = facts.catalogue.category(item.category).text
                where = f"items[{index}].category"
                yield hit(activity, where, item.category, key=item.category, name=name)


def _contract_not_required(facts: Facts) -> Iterator[Hit]:
    for activity in facts.register.activities:
        if activity.basis is not LegalBasis.CONTRACT or activity.activity in facts.required_by:
            continue
        if any(item.necessary for item in activity.items):
            yield hit(activity, "basis", activity.basis, service=activity.service)


def _also_in_force_over(facts: Facts) -> Iterator[Hit]:
    for activity in facts.register.activities:
        for index, earlier in enumerate(activity.also_in_force):
            if earlier.until < facts.today:
                where = f"also_in_force[{index}].until"
                yield hit(activity, where, earlier.until, key=earlier.matter, matter=earlier.matter)


def _also_in_force_unknown(facts: Facts) -> Iterator[Hit]:
    for activity in facts.register.activities:
        if not activity.also_in_force:
            continue
        matters = {item.matter for item in facts.consent_items.get(activity.activity, ())}
        for index, earlier in enumerate(activity.also_in_force):
            if earlier.matter not in matters:
                where = f"also_in_force[{index}].matter"
                yield hit(activity, where, earlier.matter, key=earlier.matter)


RULES: tuple[Rule, ...] = (
    Rule(
        id="consent-without-form",
        duties=duties("PIPL-14", "PIPL-13"),
        severity=Severity.HIGH,
        title=Text("以同意为依据却没有写形式", "Consent without a form"),
        message=Text(
            "{row} 以同意为依据，却没有写一般事项的同意形式（`consent`）。",
            "{row} rests on consent but does not say in which form it is given (`consent`).",
        ),
        fix=Text(
            "写 `consent: general` 等形式；敏感、提供、出境等单独同意会自动生成，不用另写。",
            "Write `consent: general` or another form; separate matters follow by themselves.",
        ),
        check=_without_form,
    ),
    Rule(
        id="form-without-consent",
        duties=duties("PIPL-13", "PIPL-14"),
        severity=Severity.MEDIUM,
        title=Text("依据不是同意却征求同意", "Consent asked where it is not the basis"),
        message=Text(
            "{row} 的依据是 `{value}`，却写了同意形式；征求了同意又不以它为依据，会误导人。",
            "{row} rests on `{value}` but names a form of consent; asking for what does not count "
            "misleads people.",
        ),
        fix=Text(
            "真的可以拒绝，就把依据改为 `consent`；否则删去 `consent`，只作告知。",
            "If people can refuse, make consent the basis; else take `consent` away and tell them.",
        ),
        check=each_row(
            _activities,
            "consent",
            lambda activity: not _on_consent(activity) and activity.consent is not None,
            lambda activity: activity.basis,
        ),
    ),
    Rule(
        id="basis-without-detail",
        duties=duties("PIPL-13"),
        severity=Severity.HIGH,
        title=Text("未说明依据的是哪份合同或哪条法律", "Basis without its detail"),
        message=Text(
            "{row} 的依据是 `{value}`，却没有写是哪份合同、哪条法律或哪个公开来源。",
            "{row} rests on `{value}` but does not say which contract, law or public source.",
        ),
        fix=Text(
            "在 `basis_detail` 写明；写不出来，多半该改为征得同意。",
            "Say which under `basis_detail`; if there is none, ask for consent.",
        ),
        check=each_row(
            _activities,
            "basis_detail",
            lambda activity: not _on_consent(activity) and activity.basis_detail is None,
            lambda activity: activity.basis,
        ),
    ),
    Rule(
        id="contract-for-own-interest",
        duties=duties("PIPL-13", "191-4.5", "26-8"),
        severity=Severity.HIGH,
        title=Text("拿合同给自己的目的作依据", "Contract as the basis of the handler's own ends"),
        message=Text(
            "{row} 的目的是 `{value}`，却以“订立、履行合同所必需”为依据；合同不靠它也能履行。",
            "{row} serves `{value}` but rests on the contract, which can be performed without it.",
        ),
        fix=Text(
            "改为 `basis: consent` 并允许拒绝，或停止这项处理。",
            "Ask for consent and let people refuse, or stop.",
        ),
        check=each_row(
            _activities,
            "basis",
            lambda activity: (
                activity.basis is LegalBasis.CONTRACT and activity.purpose_kind.never_necessary
            ),
            lambda activity: activity.purpose_kind,
        ),
    ),
    Rule(
        id="contract-basis-not-required",
        duties=duties("PIPL-13", "191-4.1"),
        severity=Severity.LOW,
        title=Text("称合同必需，却没有服务需要它", "Contract basis that no service needs"),
        message=Text(
            "{row} 以合同必需为依据，但没有一项服务的 `requires` 里有它；服务不靠它也能运行。",
            "{row} rests on being needed for the contract, but no service requires it.",
        ),
        fix=Text(
            "确实必需，就写进服务 `{service}` 的 `requires`；否则改为征得同意。",
            "If it is needed, let service `{service}` require it; else ask for consent.",
        ),
        check=_contract_not_required,
    ),
    Rule(
        id="public-basis-without-public-source",
        duties=duties("PIPL-27", "PIPL-13"),
        severity=Severity.MEDIUM,
        title=Text("依据为已公开信息，来源却不是公开渠道", "Public basis without a public source"),
        message=Text(
            "{row} 以处理已公开信息为依据，信息却来自 `{value}`。",
            "{row} rests on information being public already, but it comes from `{value}`.",
        ),
        fix=Text(
            "改正 `method.provided_by`，或换成真实的依据。",
            "Correct `method.provided_by`, or name the true basis.",
        ),
        check=each_row(
            _activities,
            "method.provided_by",
            lambda activity: (
                activity.basis is LegalBasis.ALREADY_PUBLIC
                and activity.method.provided_by is not Provider.PUBLIC
            ),
            lambda activity: activity.method.provided_by,
        ),
    ),
    Rule(
        id="guardian-form-for-general-matter",
        duties=duties("PIPL-31", "PIPL-14"),
        severity=Severity.MEDIUM,
        title=Text("把监护人同意写成一般形式", "Guardian consent as the general form"),
        message=Text(
            "{row} 写了 `consent: {value}`；监护人同意只对不满十四周岁的人，"
            "由 `minors_under_14` 生成。",
            "{row} says `consent: {value}`; guardian consent is for children under fourteen and "
            "follows from `minors_under_14`.",
        ),
        fix=Text(
            "`consent` 写本人同意的形式；需要监护人同意的写 `minors_under_14: guardian-consent`。",
            "Write the individual's own form, and `minors_under_14: guardian-consent` beside it.",
        ),
        check=each_row(
            _activities,
            "consent",
            lambda activity: activity.consent is ConsentForm.GUARDIAN,
            lambda activity: activity.consent,
        ),
    ),
    Rule(
        id="written-consent-missing",
        duties=duties("PIPL-29", "PIPL-14"),
        severity=Severity.MEDIUM,
        title=Text("可能须书面同意", "Written consent may be due"),
        message=Text(
            "{row} 处理“{name}”（`{value}`），该领域的法规可能要求书面同意，登记的不是书面形式。",
            "{row} handles {name} (`{value}`), for which the rules of its field may ask for "
            "written "
            "consent; another form is registered.",
        ),
        fix=Text(
            "核对该领域的法规；确须书面同意的，改为 `consent: written` 并保存。",
            "Look the rules of the field up; where it is due, write `consent: written` and keep "
            "it.",
        ),
        check=_without_written_form,
    ),
    Rule(
        id="withdrawal-effect-missing",
        duties=duties("PIPL-15", "duty-3"),
        severity=Severity.MEDIUM,
        title=Text("未说明撤回的后果", "Effect of withdrawing not stated"),
        message=Text(
            "{row} 以同意为依据，却没有写撤回同意会怎样（`if_withdrawn`）。",
            "{row} rests on consent but does not say what withdrawing means (`if_withdrawn`).",
        ),
        fix=Text(
            "用一句话写明撤回后哪个功能停止、哪些信息删除。",
            "Say in one sentence what stops and what is deleted.",
        ),
        check=each_row(
            _activities,
            "if_withdrawn",
            lambda activity: _on_consent(activity) and activity.if_withdrawn is None,
        ),
    ),
    Rule(
        id="also-in-force-over",
        duties=duties("PIPL-14", "duty-2"),
        severity=Severity.LOW,
        title=Text("旧同意的过渡期已过", "Earlier consent no longer in force"),
        message=Text(
            "{row} 仍列着 `{matter}` 的旧文本，过渡期已在 {value} 结束。",
            "{row} still lists an earlier text of `{matter}`, which ended on {value}.",
        ),
        fix=Text("删去这一行。", "Take the row away."),
        check=_also_in_force_over,
    ),
    Rule(
        id="also-in-force-unknown-matter",
        duties=duties("PIPL-14", "duty-2"),
        severity=Severity.LOW,
        title=Text("旧同意对应的事项不存在", "Earlier consent to a matter that is not there"),
        message=Text(
            "{row} 列着 `{value}` 的旧文本，但这项活动现在没有这个同意事项。",
            "{row} lists an earlier text of `{value}`, but asks for no such consent now.",
        ),
        fix=Text("改正 `matter`，或删去这一行。", "Correct `matter`, or take the row away."),
        check=_also_in_force_unknown,
    ),
)
