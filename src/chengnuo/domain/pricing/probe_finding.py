"""What a probe that found a difference comes to under the law and the pledge: findings."""

from collections.abc import Iterator

from chengnuo.base.text import Text
from chengnuo.domain.finding.finding import Finding, Severity, shortened
from chengnuo.domain.finding.making import findings_of
from chengnuo.domain.finding.rule import Hit, RuleWords, Word, duties
from chengnuo.domain.finding.waivers import NO_WAIVERS
from chengnuo.domain.pricing.probe_spec import Aim
from chengnuo.domain.pricing.probe_verdict import Verdict
from chengnuo.domain.pricing.probing import LegRun, ProbeRun
from chengnuo.domain.register.kinds import RowRef
from chengnuo.law.catalogue import Catalogue

TWINS_TREATED_APART = RuleWords(
    id="probe-twins-treated-apart",
    duties=duties("PIPL-24.1", "pledge-3", "CPR-9", "ALG-21", "duty-8"),
    severity=Severity.CRITICAL,
    title=Text("同等条件，待遇不同", "Twins are treated apart"),
    message=Text(
        "探测 `{probe}`：{row} 的{outcome}在“{one}”与“{other}”之间不同，两者只差：{varied}。"
        "平均差别 {value}，比较 {pairs} 对。",
        "Probe `{probe}`: the {outcome} of {row} differs between `{one}` and `{other}`, who differ"
        " in: {varied}. Mean difference {value} over {pairs} pairs.",
    ),
    fix=Text(
        "查明定价或排序用了什么个人信息，停止使用；确有公开规则的，在审计中声明该规则。",
        "Find which personal information price or order rest on and stop using it; where a"
        " published rule explains it, declare the rule in the audit.",
    ),
)
OFF_SWITCH_WITHOUT_EFFECT = RuleWords(
    id="probe-off-switch-without-effect",
    duties=duties("PIPL-24.2", "191-3.6", "ALG-17", "duty-9"),
    severity=Severity.CRITICAL,
    title=Text("关闭个性化后仍因人而异", "The off switch does not switch off"),
    message=Text(
        "探测 `{probe}`：关闭个性化后，{row} 的{outcome}在“{one}”与“{other}”之间仍然不同，"
        "两者只差：{varied}。差别 {value}，比较 {pairs} 对。",
        "Probe `{probe}`: with personalisation off the {outcome} of {row} still differs between"
        " `{one}` and `{other}`, who differ in: {varied}. Difference {value} over {pairs} pairs.",
    ),
    fix=Text(
        "让关闭开关对整条链路生效，包括缓存和下游排序，再重新探测。",
        "Make the switch reach the whole way, caches and later ranking included; probe again.",
    ),
)
RULES = (TWINS_TREATED_APART, OFF_SWITCH_WITHOUT_EFFECT)


def findings_of_probe(run: ProbeRun, catalogue: Catalogue) -> tuple[Finding, ...]:
    """Return one finding for each twin of which a difference was found; none else.

    Args:
        run: The probe.
        catalogue: The law.

    """
    rule = OFF_SWITCH_WITHOUT_EFFECT if run.spec.aim is Aim.OFF_SWITCH else TWINS_TREATED_APART
    return tuple(findings_of(rule, _hits(run), catalogue=catalogue, waivers=NO_WAIVERS))


def shown_difference(run: ProbeRun, one: LegRun) -> str:
    """Return the mean difference of a leg as people read it."""
    mean = one.judgement.mean
    return f"{mean:+.3f}" if run.spec.outcome.is_distance else f"{100 * mean:+.2f} %"


def _hits(run: ProbeRun) -> Iterator[Hit]:
    seen: set[int] = set()
    for one in run.judged_legs:
        if one.judgement.verdict is not Verdict.FOUND or one.leg.twin in seen:
            continue
        seen.add(one.leg.twin)
        twin = run.spec.twins[one.leg.twin]
        words: dict[str, Word] = {
            "probe": run.spec.name,
            "outcome": run.spec.outcome.text,
            "one": twin.one,
            "other": twin.other,
            "varied": twin.varied,
            "pairs": one.judgement.twins,
        }
        yield Hit(
            row=RowRef("activity", run.spec.activity),
            words=words,
            field="automated",
            value=shortened(shown_difference(run, one)),
            key=f"{run.spec.name} {twin.one} {twin.other}",
        )
