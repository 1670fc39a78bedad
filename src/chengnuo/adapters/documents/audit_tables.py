"""The tables of the report of an audit, each from one part of it."""

from collections.abc import Sequence

from chengnuo.adapters.documents.audit_words import amount, rules_words
from chengnuo.adapters.documents.inspection_tables import text_table
from chengnuo.base.text import Lang, Text
from chengnuo.domain.disclosure.document import Table
from chengnuo.domain.pricing.audit import Audit
from chengnuo.domain.pricing.coding import Problem, WhyNotCoded
from chengnuo.domain.pricing.effects import PRICE, Effect
from chengnuo.domain.pricing.hindrance import Hindrance
from chengnuo.domain.pricing.leg_words import leg_words
from chengnuo.domain.pricing.spec import Spec


def leg_table(audit: Audit, holds: Text, lacks: Text, lang: Lang) -> Table:
    """Return the legs of the proof with their figures, the missing ones first."""
    legs = sorted(audit.proof.legs, key=lambda one: one.holds)
    rows = (
        (
            f"{'✓' if one.holds else '✗'} {(holds if one.holds else lacks).in_lang(lang)}",
            one.leg.text.in_lang(lang),
            leg_words(one, lang),
        )
        for one in legs
    )
    return text_table(_LEGS, ((_HOLDS, 2), (_PART, 6), (_MEASURED, 5)), rows)


def effect_table(spec: Spec, effects: Sequence[Effect], lang: Lang) -> Table:
    """Return effects with intervals and verdicts."""
    rows = (
        (
            one.regressor if one.outcome == PRICE else f"{one.outcome} · {one.regressor}",
            one.family.text.in_lang(lang),
            amount(spec, one.outcome, one.naive),
            amount(spec, one.outcome, one.effect),
            f"{amount(spec, one.outcome, one.low)} … {amount(spec, one.outcome, one.high)}",
            _said(one, lang),
        )
        for one in effects
    )
    heads = ((_ATTRIBUTE, 4), (_FAMILY, 3), (_NAIVE, 2), (_EFFECT, 2), (_RANGE, 3), (_VERDICT, 4))
    return text_table(_EFFECTS, heads, rows)


def rung_table(effects: Sequence[Effect]) -> Table:
    """Return the estimates of effects on prices at every window."""
    rows = (
        (
            one.regressor,
            f"{rung.window_s / 60:g}",
            f"{rung.effect:+.2%}",
            f"{rung.error:.2%}",
            f"{rung.coverage:.0%}",
        )
        for one in effects
        for rung in one.rungs
    )
    heads = ((_ATTRIBUTE, 4), (_MINUTES, 2), (_EFFECT, 2), (_ERROR, 2), (_COVERAGE, 2))
    return text_table(_RUNGS, heads, rows)


def segment_table(audit: Audit, lang: Lang) -> Table:
    """Return the proposed groups, by how the other half of the persons judged them."""
    rows = (
        (
            rules_words(one.rules, lang),
            f"{one.persons:,}",
            f"{one.quotes:,}",
            f"{one.effect:+.2%} ± {one.error:.2%}",
            "< 0.0001" if one.p < _LEAST_P else f"{one.p:.4f}",
            one.verdict.text.in_lang(lang),
        )
        for one in audit.segments
    )
    heads = ((_GROUP, 5), (_PERSONS, 2), (_QUOTES, 2), (_EFFECT, 3), (_P, 2), (_VERDICT, 3))
    return text_table(_SEGMENTS, heads, rows)


def factor_table(audit: Audit, *, personal: bool | None, lang: Lang) -> Table:
    """Return the declared factors; `personal` keeps those about the person, or the others."""
    rows = (
        (
            one.column,
            one.reason.text.in_lang(lang),
            _KINDS[one.kind.value].in_lang(lang),
            one.rule,
            (_YES if one.published else _NO).in_lang(lang),
        )
        for one in audit.factors
        if personal is None or one.personal is personal
    )
    heads = ((_FACTOR, 3), (_REASON, 4), (_KIND, 3), (_RULE, 4), (_PUBLISHED, 2))
    return text_table(_FACTORS, heads, rows)


def overlap_table(effects: Sequence[Effect], lang: Lang) -> Table:
    """Return how much of each attribute's variation is left inside cells."""
    rows = (
        (one.regressor, f"{one.left:.1%}", f"{one.informative:,}", one.lack.text.in_lang(lang))
        for one in effects
    )
    return text_table(_OVERLAP, ((_ATTRIBUTE, 4), (_LEFT, 3), (_CELLS, 3), (_LACK, 5)), rows)


def outside_table(audit: Audit, lang: Lang) -> Table:
    """Return the columns of the profile that were not coded, and why."""
    rows = (
        (one.attribute, one.family.text.in_lang(lang), _WHYS[one.why].in_lang(lang))
        for one in audit.not_coded
    )
    return text_table(_OUTSIDE, ((_COLUMN, 4), (_FAMILY, 3), (_LACK, 5)), rows)


def dropped_table(audit: Audit, lang: Lang) -> Table:
    """Return the rows that were not used."""
    rows = (
        (Hindrance(name).text.in_lang(lang), f"{count:,}")
        for name, count in sorted(audit.dropped.items())
        if count
    )
    return text_table(_DROPPED, ((_LACK, 6), (_ROWS, 2)), rows)


def problem_table(problems: Sequence[Problem], lang: Lang) -> Table:
    """Return what is wrong with the log and what to log instead."""
    rows = (
        (
            Hindrance(one.name).text.in_lang(lang),
            one.column,
            f"{one.rows:,}",
            Hindrance(one.name).instead.in_lang(lang),
        )
        for one in problems
    )
    return text_table(_PROBLEMS, ((_LACK, 5), (_COLUMN, 2), (_ROWS, 2), (_INSTEAD, 5)), rows)


def _said(one: Effect, lang: Lang) -> str:
    said = [one.verdict.text.in_lang(lang), one.lack.text.in_lang(lang)]
    if one.needed is not None and one.lack:
        said.append(_NEEDED.in_lang(lang).format(one.needed))
    return " · ".join(each for each in said if each)


_LEAST_P = 0.0001
_LEGS = Text("每一部分的结果，缺少的在前", "Each part, those that are lacking first")
_EFFECTS = Text("各项差别", "Differences")
_RUNGS = Text("各窗口的估计值", "Estimates at every window")
_SEGMENTS = Text("提出的组合", "Proposed groups")
_FACTORS = Text("因素、理由和规则", "Factors, their reasons and rules")
_OVERLAP = Text("各特征在同等条件内留下的差异", "What is left of each attribute inside cells")
_OUTSIDE = Text("没有编码的列", "Columns that were not coded")
_DROPPED = Text("没有使用的行", "Rows that were not used")
_PROBLEMS = Text("问题和改法", "What is wrong, and what to log instead")
_HOLDS = Text("结果", "Result")
_PART = Text("部分", "Part")
_MEASURED = Text("数值", "Figures")
_ATTRIBUTE = Text("特征", "Attribute")
_FAMILY = Text("类别", "Kind")
_NAIVE = Text("不分条件", "At large")
_EFFECT = Text("同等条件", "Same conditions")
_RANGE = Text("区间", "Interval")
_VERDICT = Text("结论", "Verdict")
_MINUTES = Text("分钟", "Minutes")
_ERROR = Text("标准误", "Standard error")
_COVERAGE = Text("覆盖", "Coverage")
_GROUP = Text("组合", "Group")
_PERSONS = Text("人数", "Persons")
_QUOTES = Text("报价", "Quotes")
_P = Text("p 值", "p-value")
_FACTOR = Text("因素", "Factor")
_REASON = Text("理由", "Reason")
_KIND = Text("用法", "Use")
_RULE = Text("规则", "Rule")
_PUBLISHED = Text("已公布", "Published")
_LEFT = Text("留下的差异", "Variation left")
_CELLS = Text("可比单元", "Cells that tell")
_LACK = Text("原因", "Why")
_COLUMN = Text("列", "Column")
_ROWS = Text("行数", "Rows")
_INSTEAD = Text("应当这样记录", "Log this instead")
_YES = Text("是", "yes")
_NO = Text("否", "no")
_NEEDED = Text("约需 {0:,} 次报价", "about {0:,} quotes would decide")
_KINDS = {
    "cell": Text("只比较取值相同的报价", "only equal ones are compared"),
    "linear": Text("扣除线性影响", "its linear effect is taken out"),
    "addback": Text("金额加回价格", "the amount is added back"),
    "arm": Text("只比较同一实验组", "only one arm is compared"),
}
_WHYS = {
    WhyNotCoded.TOO_MANY_LEVELS: Text("取值太多，应当分组", "too many values; they want grouping"),
    WhyNotCoded.CONSTANT: Text("只有一个取值", "it has one value only"),
    WhyNotCoded.NO_VALUES: Text("没有值", "it has no values"),
    WhyNotCoded.NOT_A_PROFILE_TYPE: Text("类型不能编码", "its type cannot be coded"),
}
