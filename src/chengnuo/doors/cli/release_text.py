"""The verdict of the release gate for a terminal and for programs: short, the worst first."""

from collections.abc import Iterator

from chengnuo.base.canonical import Tree
from chengnuo.base.columns import cut, plain
from chengnuo.base.digest import short
from chengnuo.base.text import Lang, Text
from chengnuo.domain.finding.finding import Finding
from chengnuo.domain.finding.package_report import PackageReport
from chengnuo.domain.finding.package_verdict import CAPABILITY, delta_words, drift_words
from chengnuo.domain.finding.package_words import ReportWords, app_title
from chengnuo.domain.governance.attestation import ReleasePredicate
from chengnuo.domain.governance.gate import Gate, GateVerdict
from chengnuo.domain.governance.vetting import UnvettedKit
from chengnuo.doors.cli.root import EXIT_FINDINGS, EXIT_UNDECIDED, EXIT_UNFINISHED

MOST_SHOWN = 20
WIDTH = 80
STATUS = {
    GateVerdict.PASSES: 0,
    GateVerdict.FAILS: EXIT_FINDINGS,
    GateVerdict.UNFINISHED: EXIT_UNFINISHED,
    GateVerdict.UNDECIDED: EXIT_UNDECIDED,
}

_GATE = Text("发布门禁：{0}（界线：{1}）", "release gate: {0} (line: {1})")
_RESTS = Text("登记簿 {0} · 法规 {1} · 检测知识 {2}", "register {0} · law {1} · knowledge {2}")
_MORE = Text("另有 {0} 个问题，见完整报告。", "{0} more findings stand in the whole report.")
_UNDECIDED = Text(
    "应用已加固，只看到外壳：请用未加固的安装包检查。",
    "The app is packed, only its shell was seen: check the unpacked build.",
)
_UNFINISHED = Text(
    "有一部分没有看到，不能说通过；见完整报告。",
    "A part was not seen, so it is not said to pass; see the whole report.",
)
_UNVETTED = Text("SDK 未经审查：{0}（{1}）", "SDK not vetted: {0} ({1})")
_MORE_UNVETTED = Text("另有 {0} 个 SDK 未经审查。", "{0} more SDKs are not vetted.")
_SIGNED = Text("签名有效，声明成立。", "the signature fits and the attestation holds.")
_ABOUT = Text(
    "应用 {0} {1} · 门禁 {2} · 决定 {3}（{4}，{5}）",
    "app {0} {1} · gate {2} · decision {3} ({4}, {5})",
)


def verdict_as_text(
    report: PackageReport,
    gate: Gate,
    missing: tuple[UnvettedKit, ...],
    words: ReportWords,
    lang: Lang,
) -> str:
    """Return the verdict in a few lines.

    Args:
        report: What was found.
        gate: What the gate says of it.
        missing: The SDKs that have no approval in force.
        words: Names.
        lang: Language.

    """
    facts = report.inspection.package
    register = "" if report.register_version is None else short(report.register_version)
    lines = [
        _said(_GATE, lang, gate.verdict.text.in_lang(lang), gate.fail_on.text.in_lang(lang)),
        f"  {plain(app_title(facts))} · SHA-256 {short(facts.sha256)}",
        "  " + _said(_RESTS, lang, register, report.law_version, report.inspection.knowledge),
        *_findings(gate, lang),
    ]
    if report.drift is not None:
        lines.append("  " + drift_words(report.drift).in_lang(lang))
    if report.delta is not None:
        lines.append("  " + plain(delta_words(report.delta).in_lang(lang)))
    lines += _unvetted(missing, words, lang)
    if gate.verdict is GateVerdict.UNDECIDED:
        lines.append("  " + _UNDECIDED.in_lang(lang))
    elif not gate.is_whole:
        lines.append("  " + _UNFINISHED.in_lang(lang))
    lines.append("  " + CAPABILITY.in_lang(lang))
    return "\n".join(lines)


def verdict_as_tree(report: PackageReport, gate: Gate, missing: tuple[UnvettedKit, ...]) -> Tree:
    """Return the verdict as one JSON object; the arguments are those of the text."""
    facts = report.inspection.package
    return {
        "verdict": gate.verdict.value,
        "failOn": gate.fail_on.value,
        "package": {
            "appId": facts.app_id,
            "versionName": facts.version_name,
            "versionCode": facts.version_code,
            "sha256": facts.sha256,
        },
        "registerVersion": report.register_version,
        "lawVersion": str(report.law_version),
        "knowledge": report.inspection.knowledge,
        "isWhole": gate.is_whole,
        "drift": None if report.drift is None else report.drift.apart,
        "changes": None if report.delta is None else len(report.delta.rows),
        "unvetted": [
            {
                "sdk": one.kit.owner.id,
                "version": one.kit.version,
                "why": one.why.value,
                "recipient": None if one.vetting is None else one.vetting.recipient or None,
                "expires": None if one.vetting is None else one.vetting.expires.isoformat(),
            }
            for one in missing
        ],
        "failing": [
            {
                "id": one.id,
                "rule": one.rule,
                "severity": one.severity.value,
                "title": {"zh": one.title.zh, "en": one.title.in_lang(Lang.EN)},
            }
            for one in gate.failing
        ],
    }


def attestation_as_text(said: ReleasePredicate, lang: Lang) -> str:
    """Return what an attestation that holds says."""
    decision = said.decision
    about = _said(
        _ABOUT,
        lang,
        plain(said.app),
        plain(said.version),
        said.verdict.text.in_lang(lang),
        decision.outcome.text.in_lang(lang),
        plain(decision.office),
        decision.at.isoformat(),
    )
    return f"{_SIGNED.in_lang(lang)}\n  {about}"


def attestation_as_tree(said: ReleasePredicate) -> Tree:
    """Return what an attestation that holds says as one JSON object."""
    return {
        "holds": True,
        "app": said.app,
        "version": said.version,
        "verdict": said.verdict.value,
        "outcome": said.decision.outcome.value,
        "office": said.decision.office,
        "fourEyes": said.decision.four_eyes,
        "at": said.decision.at.isoformat(),
        "report": said.report,
    }


def _findings(gate: Gate, lang: Lang) -> Iterator[str]:
    for one in gate.failing[:MOST_SHOWN]:
        yield cut(f"  {_line(one, lang)}", WIDTH)
    if len(gate.failing) > MOST_SHOWN:
        yield "  " + _said(_MORE, lang, len(gate.failing) - MOST_SHOWN)


def _unvetted(missing: tuple[UnvettedKit, ...], words: ReportWords, lang: Lang) -> Iterator[str]:
    for one in missing[:MOST_SHOWN]:
        name = f"{words.owner(one.kit.owner).in_lang(lang)} {one.kit.version}".strip()
        said = _said(_UNVETTED, lang, name, one.why.text.in_lang(lang))
        yield cut(f"  {plain(said)}", WIDTH)
    if len(missing) > MOST_SHOWN:
        yield "  " + _said(_MORE_UNVETTED, lang, len(missing) - MOST_SHOWN)


def _line(one: Finding, lang: Lang) -> str:
    severity = one.severity.text.in_lang(lang)
    return plain(f"{severity} {one.id} {one.title.in_lang(lang)}: {one.message.in_lang(lang)}")


def _said(text: Text, lang: Lang, *values: object) -> str:
    return text.in_lang(lang).format(*values)
