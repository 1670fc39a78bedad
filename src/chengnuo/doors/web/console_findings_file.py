"""The findings as lines of a file that a spreadsheet opens, one line a finding."""

from collections.abc import Iterable, Iterator

from chengnuo.domain.finding.check import CheckReport
from chengnuo.domain.finding.finding import Finding, Severity
from chengnuo.domain.finding.live import LiveRun
from chengnuo.domain.finding.live_findings import (
    failing,
    offended,
    severity_of_run,
)
from chengnuo.doors.web.console_findings import exposure_in_words
from chengnuo.doors.web.console_record_faults import fault_words, fix_words
from chengnuo.doors.web.register_words import Speaker

_HEADS = ("severity", "rule", "basis", "row", "field", "what", "fix", "waived-until", "exposure")


def findings_table(
    say: Speaker, report: CheckReport, runs: Iterable[LiveRun], chosen: Severity | None
) -> tuple[list[str], list[tuple[str, ...]]]:
    """Return every finding, waived ones too, and the newest faults of the records.

    Args:
        say: The register that was checked, in one language.
        report: What the check found.
        runs: What the controls over records found.
        chosen: Severity to show; None for all.

    """
    findings = [one for one in report.findings if chosen in {None, one.severity}]
    found = [run for run in runs if chosen in {None, severity_of_run(run, say.catalogue)}]
    heads = [say.t(f"console.findings.{head}") for head in _HEADS]
    return heads, [*_of_register(say, findings), *_of_records(say, found)]


def _of_register(say: Speaker, findings: Iterable[Finding]) -> Iterator[tuple[str, ...]]:
    return (
        (
            finding.severity.text.in_lang(say.lang),
            finding.rule,
            say.joined(say.catalogue.citation(duty, say.lang) for duty in finding.duties),
            f"{say.row_words(finding.row).text} · {say.row_name(finding.row)}",
            finding.field,
            finding.message.in_lang(say.lang),
            finding.fix.in_lang(say.lang),
            "" if finding.waived is None else finding.waived.expires.isoformat(),
            " / ".join(exposure_in_words(say, finding.duties, finding.severity)),
        )
        for finding in findings
    )


def _of_records(say: Speaker, runs: Iterable[LiveRun]) -> Iterator[tuple[str, ...]]:
    return (
        (
            severity_of_run(run, say.catalogue).text.in_lang(say.lang),
            run.control.id,
            say.joined(say.catalogue.citation(duty, say.lang) for duty in offended(run)),
            fault_words(say, fault)[0].text,
            "",
            fault.what.in_lang(say.lang),
            fix_words(say, run),
            "",
            " / ".join(exposure_in_words(say, offended(run), severity_of_run(run, say.catalogue))),
        )
        for run in failing(runs)
        for fault in run.result.faults
    )
