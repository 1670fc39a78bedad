"""What a probe says, for a terminal and for programs."""

from collections.abc import Iterator, Sequence

import msgspec

from chengnuo.base.canonical import Tree
from chengnuo.base.columns import plain
from chengnuo.base.digest import short
from chengnuo.base.text import Lang, Text
from chengnuo.domain.finding.finding import Finding
from chengnuo.domain.pricing.probe_finding import shown_difference
from chengnuo.domain.pricing.probe_verdict import Verdict
from chengnuo.domain.pricing.probing import LegRun, ProbeFault, ProbeRun

_PROBE = Text("探测 {0}：{1}（{2}）", "probe {0}: {1} ({2})")
_RULES = Text(
    "容许范围 {0:g} · 误判概率 {1:g} · {2} 个请求 · 方案 {3} · 种子 {4}",
    "margin {0:g} · alpha {1:g} · {2} requests · spec {3} · seed {4}",
)
_LEG = Text(
    "{0} / {1}{2}：{3}；差别 {4}，{5} 对，同一身份 {6} 对（平均相差 {7}），大差别 {8} 对",
    "{0} / {1}{2}: {3}; difference {4}, {5} pairs, {6} repeats (apart by {7}), {8} large",
)
_SWITCH = Text("（开关：{0}）", " (switch: {0})")
_VARIED = Text("两者只差：{0}", "they differ in: {0}")
_TOLD = Text("只告知，不计入结论", "told, not judged")
_LACKS = Text("没有得到可比的答复：{0}", "without an answer to compare: {0}")
_NEEDED = Text("照此趋势约需 {0} 对", "at this rate about {0} pairs would decide")
_NOTHING = Text(
    "打开个性化时也没有看到差别，所以关闭时没有差别不足以说明开关有效。",
    "No difference was seen with the switch on either, so that there is none with it off says"
    " little about the switch.",
)
_RECORDED = Text("已记入存证日志，位置 {0}", "recorded in the evidence log at {0}")
_HOLDS = Text(
    "次序由种子抽出，结论与答复相符：{0}",
    "the order is the one of the seed, and the verdict is what the answers come to: {0}",
)
_BREAKS = Text("有 {0} 处不符：", "{0} things do not fit:")
_WHERE = Text("第 {0} 段第 {1} 轮", "leg {0}, round {1}")
_MOST_SHOWN = 20


def probe_as_text(
    run: ProbeRun, findings: Sequence[Finding], position: int | None, lang: Lang
) -> str:
    """Return what a probe says in a few lines.

    Args:
        run: The probe.
        findings: What it comes to under the law.
        position: Where it stands in the log; None if nowhere.
        lang: Language.

    """
    spec = run.spec
    outcome, verdict = spec.outcome.text.in_lang(lang), run.verdict.text.in_lang(lang)
    seed = short(run.commitment)
    lines = [
        _PROBE.in_lang(lang).format(plain(spec.name), verdict, outcome),
        "  "
        + _RULES.in_lang(lang).format(
            spec.margin, spec.alpha, run.requests, short(run.spec_sha256), seed
        ),
    ]
    for one in run.legs:
        lines += [f"  {plain(line)}" for line in _leg_lines(run, one, lang)]
    if run.switch_shows_nothing:
        lines.append("  " + _NOTHING.in_lang(lang))
    lines += [
        plain(f"  {one.severity.text.in_lang(lang)} {one.id} {one.message.in_lang(lang)}")
        for one in findings
    ]
    if position is not None:
        lines.append("  " + _RECORDED.in_lang(lang).format(position))
    return "\n".join(lines)


def probe_as_tree(
    run: ProbeRun, findings: Sequence[Finding], position: int | None
) -> dict[str, object]:
    """Return what a probe says as one JSON object; the arguments are those of the text."""
    return {
        "probe": run.spec.name,
        "activity": run.spec.activity,
        "aim": run.spec.aim.value,
        "outcome": run.spec.outcome.value,
        "verdict": run.verdict.value,
        "margin": run.spec.margin,
        "alpha": run.spec.alpha,
        "requests": run.requests,
        "specSha256": run.spec_sha256,
        "commitment": run.commitment,
        "seed": run.seed,
        "switchShowsNothing": run.switch_shows_nothing,
        "legs": [
            {
                "one": run.spec.twins[one.leg.twin].one,
                "other": run.spec.twins[one.leg.twin].other,
                "switch": one.leg.switch,
                "judged": one.leg.is_judged,
                **msgspec.to_builtins(one.judgement),
            }
            for one in run.legs
        ],
        "findings": [
            {
                "id": one.id,
                "rule": one.rule,
                "severity": one.severity.value,
                "duties": list(one.duties),
                "message": {"zh": one.message.zh, "en": one.message.in_lang(Lang.EN)},
            }
            for one in findings
        ],
        "position": position,
    }


def faults_as_text(run: ProbeRun, faults: Sequence[ProbeFault], lang: Lang) -> str:
    """Return what does not fit in a report."""
    if not faults:
        return _HOLDS.in_lang(lang).format(run.verdict.text.in_lang(lang))
    lines = [_BREAKS.in_lang(lang).format(len(faults))]
    for one in faults[:_MOST_SHOWN]:
        where = "" if one.leg < 0 else _WHERE.in_lang(lang).format(one.leg, max(one.number, 0))
        lines.append(f"  {where} {one.what.in_lang(lang)}".replace("   ", "  "))
    return "\n".join(lines)


def faults_as_tree(run: ProbeRun, faults: Sequence[ProbeFault]) -> Tree:
    """Return what does not fit in a report as one JSON object."""
    return {
        "holds": not faults,
        "verdict": run.verdict.value,
        "commitment": run.commitment,
        "specSha256": run.spec_sha256,
        "faults": [
            {
                "leg": one.leg,
                "round": one.number,
                "what": {"zh": one.what.zh, "en": one.what.in_lang(Lang.EN)},
            }
            for one in faults[:_MOST_SHOWN]
        ],
        "count": len(faults),
    }


def _leg_lines(run: ProbeRun, one: LegRun, lang: Lang) -> Iterator[str]:
    twin, said = run.spec.twins[one.leg.twin], one.judgement
    switch = _SWITCH.in_lang(lang).format(one.leg.switch) if one.leg.switch else ""
    yield _LEG.in_lang(lang).format(
        twin.one,
        twin.other,
        switch,
        said.verdict.text.in_lang(lang),
        shown_difference(run, one),
        said.twins,
        said.repeats,
        f"{said.repeat_mean:.4f}",
        said.large,
    )
    notes = [_VARIED.in_lang(lang).format(twin.varied)]
    if not one.leg.is_judged:
        notes.append(_TOLD.in_lang(lang))
    notes += [reason.text.in_lang(lang) for reason in said.reasons]
    if said.lacks:
        counted = ", ".join(f"{why.text.in_lang(lang)} {n}" for why, n in said.lacks.items())
        notes.append(_LACKS.in_lang(lang).format(counted))
    if said.verdict is Verdict.INCONCLUSIVE and said.needed is not None:
        notes.append(_NEEDED.in_lang(lang).format(said.needed))
    for note in notes:
        yield f"  {note}"
