"""What a check found, for reading on a terminal and as JSON."""

from collections.abc import Callable, Iterable, Iterator

from chengnuo.base.canonical import Tree
from chengnuo.base.digest import short
from chengnuo.base.text import Lang, Text
from chengnuo.domain.finding.check import CheckReport
from chengnuo.domain.finding.finding import Finding, Severity
from chengnuo.domain.finding.finding_json import finding_tree
from chengnuo.domain.register.reading import LoadedRegister
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.standing import Standing

_FIX = Text("处理", "fix")
_WAIVED = Text("已豁免至", "waived until")
_CLEAN = Text("没有需要处理的问题。", "nothing has to be mended")


def report_as_text(
    report: CheckReport, loaded: LoadedRegister, catalogue: Catalogue, lang: Lang
) -> str:
    """Return a report for reading: the worst first, each with its place, article and fix."""

    def place_of(one: Finding) -> str:
        return str(loaded.place_of(one.row, one.field) or one.row)

    lines = [*findings_lines(report.findings, place_of, catalogue, lang)]
    if report.is_clean:
        lines.append(_CLEAN.in_lang(lang))
    lines.append(_summary(report, lang))
    return "\n".join(lines)


def findings_lines(
    findings: Iterable[Finding],
    place_of: Callable[[Finding], str],
    catalogue: Catalogue,
    lang: Lang,
) -> Iterator[str]:
    """Yield findings, the worst first, those of one severity under its name."""
    every = [*findings]
    for severity in Severity:
        found = [one for one in every if one.severity is severity]
        if found:
            yield f"{severity.text.in_lang(lang)} ({len(found)})"
            for one in found:
                yield from _finding(one, place_of(one), catalogue, lang)
            yield ""


def _finding(finding: Finding, place: str, catalogue: Catalogue, lang: Lang) -> Iterator[str]:
    """Yield a finding: its place, rule and articles, what is wrong, and what to do."""
    cited = "、" if lang is Lang.ZH else ", "
    articles = cited.join(catalogue.citation(duty, lang) for duty in finding.duties)
    # What is not law is said to be so: practice, a pledge, a duty of the product.
    label = f" · {finding.standing.label.in_lang(lang)}" * (finding.standing is not Standing.LAW)
    yield f"  {place}: {finding.rule} [{articles}{label}]"
    yield f"    {finding.message.in_lang(lang)}"
    if finding.waived is None:
        yield f"    {_FIX.in_lang(lang)}: {finding.fix.in_lang(lang)}"
    else:
        reason = finding.waived.reason.in_lang(lang)
        yield f"    {_WAIVED.in_lang(lang)} {finding.waived.expires.isoformat()}: {reason}"


def _summary(report: CheckReport, lang: Lang) -> str:
    counts = report.counts()
    version = short(report.register_version)
    waived = sum(1 for one in report.findings if one.waived is not None)
    if lang is Lang.ZH:
        parts = [f"{one.text.zh} {counts[one]}" for one in Severity if counts[one]]
        found = "、".join(parts) or "0 处"
        tail = f"，另有 {waived} 处已豁免" if waived else ""
        return (
            f"运行 {report.rules_run} 条规则，发现：{found}{tail}。"
            f"登记簿 {version}，法规目录 {report.law_version}，按 {report.on.isoformat()} 判断。"
        )
    parts = [f"{counts[one]} {str(one.text.en).lower()}" for one in Severity if counts[one]]
    found = ", ".join(parts) or "none"
    tail = f", {waived} waived" if waived else ""
    return (
        f"{report.rules_run} rules run; findings: {found}{tail}. "
        f"Register {version}, law {report.law_version}, as of {report.on.isoformat()}."
    )


def report_as_tree(report: CheckReport, loaded: LoadedRegister) -> Tree:
    """Return a report as one JSON object; the form is stable, both languages are in it."""
    return {
        "registerVersion": report.register_version,
        "lawVersion": str(report.law_version),
        "on": report.on.isoformat(),
        "rulesRun": report.rules_run,
        "clean": report.is_clean,
        "counts": {severity.value: count for severity, count in report.counts().items()},
        "findings": [_finding_as_tree(one, loaded) for one in report.findings],
    }


def _finding_as_tree(finding: Finding, loaded: LoadedRegister) -> Tree:
    place = loaded.place_of(finding.row, finding.field)
    return finding_tree(finding) | {
        "file": place.file if place else None,
        "line": place.line if place else None,
    }
