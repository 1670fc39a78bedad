"""A report of a package as bytes of a format, and the exit status that it stands for."""

from collections.abc import Collection
from enum import StrEnum

from chengnuo.base.canonical import canonical_json
from chengnuo.domain.finding.finding import Finding
from chengnuo.domain.finding.package_check import new_findings
from chengnuo.domain.finding.package_json import report_json
from chengnuo.domain.finding.package_report import PackageReport
from chengnuo.domain.finding.package_sarif import package_sarif
from chengnuo.domain.finding.package_sbom import package_sbom
from chengnuo.domain.finding.package_verdict import is_packed
from chengnuo.domain.finding.package_words import ReportWords
from chengnuo.doors.cli.app import App
from chengnuo.doors.cli.inspection_text import report_as_text
from chengnuo.doors.cli.root import EXIT_FINDINGS, EXIT_UNDECIDED, EXIT_UNFINISHED
from chengnuo.doors.version import VERSION


class Form(StrEnum):
    """The formats of a report."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"
    PDF = "pdf"
    SARIF = "sarif"
    CYCLONEDX = "cyclonedx"


def in_form(
    app: App,
    report: PackageReport,
    words: ReportWords,
    form: Form,
    earlier: Collection[Finding] | None,
) -> bytes:
    """Return a report as the bytes of a format, in the language of the program.

    Args:
        app: The program.
        report: What was found.
        words: Names.
        form: The format.
        earlier: Findings of an earlier report, if there is one to tell new ones from.

    """
    match form:
        case Form.TEXT:
            return f"{report_as_text(report, words, app.lang)}\n".encode()
        case Form.JSON:
            return report_json(report) + b"\n"
        case Form.SARIF:
            tree = package_sarif(
                report, words.law, app.lang, program_version=VERSION, earlier=earlier
            )
            return canonical_json(tree) + b"\n"
        case Form.CYCLONEDX:
            return package_sbom(report, words, app.lang) + b"\n"
        case Form.HTML | Form.PDF:
            return app.package_writers()[form].write(report, words, app.lang)


def status_of(report: PackageReport, known: Collection[Finding]) -> int:
    """Return the exit status that a report stands for.

    What is found comes first, as in the gate of releases: it is wrong whatever else is not known.
    Then what a limit left out or what could not be read, for of that nothing is known.

    Args:
        report: What was found.
        known: Findings of a baseline, which do not count.

    """
    inspection = report.inspection
    if new_findings(report, {one.id for one in known}):
        return EXIT_FINDINGS
    if inspection.not_finished or inspection.unread:
        return EXIT_UNFINISHED
    return EXIT_UNDECIDED if is_packed(inspection) else 0
