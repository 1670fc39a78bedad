"""The tables of the report of an audit, each from one part of it."""

from collections.abc import Sequence

from chengnuo.adapters.documents.audit_words import OF_ONE, amount, rules_words
from chengnuo.adapters.documents.inspection_tables import text_table
from chengnuo.base.text import Lang, Text
from chengnuo.domain.disclosure.document import Table
from chengnuo.domain.pricing.audit import Audit, LegResult
from chengnuo.domain.pricing.coding import Problem, WhyNotCoded
from chengnuo.domain.pricing.effects import PRICE, Effect
from chengnuo.domain.pricing.factor_effects import FactorsResult, moved_most
from chengnuo.domain.pricing.hindrance import Hindrance
from chengnuo.domain.pricing.leg_words import leg_words
from chengnuo.domain.pricing.second_opinion import Estimate, SecondOpinion
from chengnuo.domain.pricing.spec import Spec


def leg_table(audit: Audit, holds: Text, lacks: Text, lang: Lang) -> Table:
    """Return the legs of the proof with their figures, the missing ones first."""
    legs = sorted(audit.proof.legs, key=lambda one: one.holds)
    rows = (
        (
            f"{sign(one)} {(holds if one.holds else lacks).in_lang(lang)}",
            one.leg.text.in_lang(lang),
            leg_words(one, lang),
        )
        for one in legs
    )
    return text_table(_LEGS, ((_HOLDS, 2), (_PART, 6), (_MEASURED, 5)), rows)


def sign(one: LegResult) -> str:
    """Return the sign of whether a leg holds; the font of our PDFs has both."""
    return "✓" if one.holds else "×"


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
    least = "" if audit.withheld is None else "≥ "
    rows = (
        (
            rules_words(one.rules, lang),
            f"{least}{one.persons:,} / {least}{one.quotes:,}",
            f"{one.effect:+.2%}",
            f"{one.low:+.2%} … {one.high:+.2%}",
            "—" if one.money is None else f"{one.money:+,.2f}",
            f"{OF_ONE[one.verdict.value].in_lang(lang)} · p {_p_words(one.p)}",
        )
        for one in audit.segments
    )
    heads = ((_GROUP, 5), (_PERSONS, 3), (_EFFECT, 2), (_RANGE, 3), (_MONEY, 3), (_VERDICT, 4))
    return text_table(_SEGMENTS, heads, rows)


def factor_table(audit: Audit, *, personal: bool | None, lang: Lang) -> Table:
    """Return the declared factors; `personal` keeps those about the person, or the others."""
    does = {} if audit.factoring is None else {one.column: one for one in audit.factoring.without}

    def removed(column: str) -> str:
        return f"{does[column].removes:.2%}" if column in does else "—"

    def moved(column: str) -> str:
        most = None
        if audit.factoring is not None and column in does:
            most = moved_most(audit.factoring, does[column])
        return "—" if most is None else f"{most[0]} {most[1]:+.2%}"

    rows = (
        (
            one.column,
            " · ".join(
                (
                    one.reason.text.in_lang(lang),
                    _KINDS[one.kind.value].in_lang(lang),
                    (_YES if one.published else _NO).in_lang(lang),
                )
            ),
            one.rule,
            removed(one.column),
            moved(one.column),
        )
        for one in audit.factors
        if personal is None or one.personal is personal
    )
    heads = ((_FACTOR, 3), (_REASON, 6), (_RULE, 4), (_REMOVES, 2), (_MOVES, 4))
    return text_table(_FACTORS, heads, rows)


def left_out_table(factoring: FactorsResult) -> Table:
    """Return the estimate of every attribute with each factor left out."""
    rows = (
        (name, one.column, _share(without), _share(whole), _moved(whole, without))
        for one in factoring.without
        for name, whole, without in zip(
            factoring.regressors, factoring.effects, one.effects, strict=True
        )
    )
    heads = ((_ATTRIBUTE, 4), (_FACTOR, 3), (_WITHOUT, 2), (_WITH, 2), (_MOVED, 2))
    return text_table(_LEFT_OUT, heads, rows)


def second_table(second: SecondOpinion) -> Table:
    """Return what each way says of every attribute's effect on prices."""

    def said(one: Estimate | None) -> str:
        if one is None:
            return "—"
        ends = "" if one.low is None else f" ({one.low:+.2%} … {one.high:+.2%})"
        return f"{one.effect:+.2%}{ends}"

    rows = (
        (one.regressor, said(one.cells), said(one.compared), said(one.outside))
        for one in second.rows
    )
    heads = ((_ATTRIBUTE, 4), (_BY_CELLS, 4), (_BY_LOCAL, 4), (_OUTSIDE_CELLS, 4))
    return text_table(_SECOND, heads, rows)


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
            f"{one.rows:,}" if one.rows else "—",
            Hindrance(one.name).instead.in_lang(lang),
        )
        for one in problems
    )
    return text_table(_PROBLEMS, ((_LACK, 5), (_COLUMN, 2), (_ROWS, 2), (_INSTEAD, 5)), rows)


def _share(value: float | None) -> str:
    return "—" if value is None else f"{value:+.2%}"


def _moved(whole: float | None, without: float | None) -> str:
    return _share(None if whole is None or without is None else without - whole)


def _p_words(p: float) -> str:
    return "< 0.0001" if p < _LEAST_P else f"{p:.4f}"


def _said(one: Effect, lang: Lang) -> str:
    said = [OF_ONE[one.verdict.value].in_lang(lang), one.lack.text.in_lang(lang)]
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
_PERSONS = Text("人数 / 报价", "Persons / quotes")
_MONEY = Text("金额", "Money")
_REMOVES = Text("占价格方差", "Variance removed")
_MOVES = Text("不声明时变动最大的特征", "What moves most without it")
_WITHOUT = Text("不声明", "Without it")
_WITH = Text("声明", "With it")
_MOVED = Text("变动", "Moved")
_LEFT_OUT = Text("逐一不声明各因素时的估计", "Estimates with one factor left out")
_SECOND = Text("三种比较", "Three ways of comparing")
_BY_CELLS = Text("单元内", "By cells")
_BY_LOCAL = Text("对照当地价格", "Against the local price")
_OUTSIDE_CELLS = Text("没有可比报价的", "Quotes alone in their cell")
_FACTOR = Text("因素", "Factor")
_REASON = Text("理由、用法和公布情况", "Reason, use and whether public")
_RULE = Text("规则", "Rule")
_LEFT = Text("留下的差异", "Variation left")
_CELLS = Text("可比单元", "Cells that tell")
_LACK = Text("原因", "Why")
_COLUMN = Text("列", "Column")
_ROWS = Text("行数", "Rows")
_INSTEAD = Text("应当这样记录", "Log this instead")
_YES = Text("已公布", "published")
_NO = Text("未公布", "not published")
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
