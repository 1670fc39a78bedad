"""What an audit of prices says, for a terminal and for programs."""

from collections.abc import Iterator

import msgspec

from chengnuo.base.columns import plain
from chengnuo.base.digest import short
from chengnuo.base.text import Lang, Text
from chengnuo.domain.pricing.audit import Audit, LegResult, SegmentResult
from chengnuo.domain.pricing.coding import Problem
from chengnuo.domain.pricing.effects import PRICE, Effect
from chengnuo.domain.pricing.hindrance import Hindrance
from chengnuo.domain.pricing.leg_words import leg_words
from chengnuo.domain.pricing.probe_verdict import Verdict
from chengnuo.doors.cli.second_opinion_text import second_opinion_lines
from chengnuo.ports.audit_reports import AuditReport

_HEAD = Text("价格检验：{0}", "price audit: {0}")
_NONE = Text("无法检验，没有查看价格。", "not auditable; no price was looked at")
_READ = Text(
    "{0:,} 次报价，{1:,} 人；{2:.0%} 的报价有同等条件的报价可比",
    "{0:,} quotes of {1:,} persons; {2:.0%} have another one in the same conditions",
)
_RULES = Text(
    "容许范围 {0:.2%} · 可通过的最小范围 {1} · 方案 {2} · 数据 {3}",
    "margin {0:.2%} · smallest margin that passes {1} · configuration {2} · data {3}",
)
_MONEY = Text("发现的差别合计约 {0:,.2f}", "the differences found come to about {0:,.2f}")
_PERSONAL = Text(
    "以个人信息作为条件：{0}（规则：{1}）", "a condition about the person: {0} (rule: {1})"
)
_PROOF = Text("证明的各个部分：", "what a proof stands on:")
_EFFECTS = Text("各个人特征：", "attributes:")
_EFFECT = Text(
    "{0} {1} [{2}]：{3}；{4:+.2%}（{5:+.2%} 至 {6:+.2%}），不分条件 {7:+.2%}",
    "{0} {1} [{2}]: {3}; {4:+.2%} ({5:+.2%} to {6:+.2%}), conditions left out {7:+.2%}",
)
_NEEDED = Text("约需 {0:,} 次报价才能判断", "about {0:,} quotes would decide")
_GROUPS = Text("差别集中在：", "the difference lies with:")
_GROUP = Text(
    "{0}：{1:+.2%}（{2:+.2%} 至 {3:+.2%}），{4:,} 人，金额约 {5:+,.2f}",
    "{0}: {1:+.2%} ({2:+.2%} to {3:+.2%}), {4:,} persons, about {5:+,.2f} in money",
)
_PROBLEM = Text("{0}（{1}{2:,} 行）。{3}。", "{0} ({1}{2:,} rows): {3}")
_COMMA = Text("，", ", ")
_RECORDED = Text("已记入存证日志，位置 {0}", "recorded in the evidence log at {0}")
_NOTICE = Text("这是证据，不是法律意见。", "This is evidence and no legal advice.")
_AND = Text(" 且 ", " and ")


def audit_as_text(done: AuditReport, position: int | None, lang: Lang) -> str:
    """Return what an audit says in a screenful.

    Args:
        done: The audit.
        position: Where it stands in the log; None if nowhere.
        lang: Language.

    """
    audit = done.audit
    if audit is None:
        verdict = Verdict.NOT_AUDITABLE.text.in_lang(lang)
        lines = [_HEAD.in_lang(lang).format(verdict), "  " + _NONE.in_lang(lang)]
    else:
        lines = [_HEAD.in_lang(lang).format(audit.verdict.text.in_lang(lang))]
        lines += [f"  {plain(one)}" for one in _audit_lines(audit, lang)]
    if done.second is not None:
        lines += [f"  {plain(one)}" for one in second_opinion_lines(done.second, lang)]
    lines += [f"  ! {plain(_problem(one, lang))}" for one in done.problems]
    if position is not None:
        lines.append("  " + _RECORDED.in_lang(lang).format(position))
    return "\n".join([*lines, "  " + _NOTICE.in_lang(lang)])


def audit_as_tree(done: AuditReport, position: int | None) -> dict[str, object]:
    """Return what an audit says as one JSON object."""
    audit = done.audit
    return {
        "verdict": (Verdict.NOT_AUDITABLE if audit is None else audit.verdict).value,
        "configuration": done.coded.config,
        "problems": [
            {
                "name": one.name,
                "column": one.column,
                "rows": one.rows,
                "what": _both(Hindrance(one.name).text),
                "instead": _both(Hindrance(one.name).instead),
            }
            for one in done.problems
        ],
        "audit": None if audit is None else msgspec.to_builtins(audit),
        "second_opinion": None if done.second is None else msgspec.to_builtins(done.second),
        "position": position,
    }


def _audit_lines(audit: Audit, lang: Lang) -> Iterator[str]:
    proof = audit.proof
    yield _READ.in_lang(lang).format(audit.used, audit.persons, audit.coverage)
    yield _RULES.in_lang(lang).format(
        proof.margin,
        "—" if proof.smallest_margin is None else f"{proof.smallest_margin:.2%}",
        short(proof.config),
        short(proof.data),
    )
    for factor in audit.factors:
        if factor.personal:
            yield _PERSONAL.in_lang(lang).format(factor.column, factor.rule)
    if audit.overcharged:
        yield _MONEY.in_lang(lang).format(audit.overcharged)
    yield _PROOF.in_lang(lang)
    for leg in proof.legs:
        yield f"  {leg_line(leg, lang)}"
    if audit.segments and any(one.verdict is Verdict.FOUND for one in audit.segments):
        yield _GROUPS.in_lang(lang)
        for segment in audit.segments:
            if segment.verdict is Verdict.FOUND:
                yield f"  {_segment(segment, lang)}"
    yield _EFFECTS.in_lang(lang)
    for effect in audit.effects:
        yield f"  {_effect(effect, lang)}"


def leg_line(one: LegResult, lang: Lang) -> str:
    """Return whether a leg holds, with what was measured and what it had to be."""
    sign = "✓" if one.holds else "✗"
    return f"{sign} {one.leg.text.in_lang(lang)} · {leg_words(one, lang)}"


def _effect(one: Effect, lang: Lang) -> str:
    outcome = "" if one.outcome == PRICE else f"{one.outcome}: "
    said = [one.verdict.text.in_lang(lang), one.lack.text.in_lang(lang)]
    line = _EFFECT.in_lang(lang).format(
        outcome,
        one.regressor,
        one.family.text.in_lang(lang),
        " · ".join(each for each in said if each),
        one.effect,
        one.low,
        one.high,
        one.naive,
    )
    if one.verdict is Verdict.INCONCLUSIVE and one.needed is not None:
        line += " · " + _NEEDED.in_lang(lang).format(one.needed)
    return line.strip()


def _segment(one: SegmentResult, lang: Lang) -> str:
    rules = _AND.in_lang(lang).join(
        f"{rule.attribute} {rule.relation} {rule.value}" for rule in one.rules
    )
    return _GROUP.in_lang(lang).format(
        rules, one.effect, one.low, one.high, one.persons, one.money or 0.0
    )


def _problem(one: Problem, lang: Lang) -> str:
    hindrance = Hindrance(one.name)
    what, instead = hindrance.text.in_lang(lang), hindrance.instead.in_lang(lang)
    where = f"{one.column}{_COMMA.in_lang(lang)}" if one.column else ""
    return _PROBLEM.in_lang(lang).format(what, where, one.rows, instead)


def _both(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.in_lang(Lang.EN)}
