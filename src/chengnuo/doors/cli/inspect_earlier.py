"""What a package is held against, beside the register: an earlier package, or an earlier report.

Which of the two a file is is told by its content: a JSON report begins with a brace, a package
never does.
"""

from dataclasses import dataclass
from pathlib import Path

import click

from chengnuo.base.text import Text
from chengnuo.domain.finding.finding import Finding
from chengnuo.domain.finding.package_delta import is_other_app
from chengnuo.domain.finding.package_report import PackageReport
from chengnuo.domain.finding.package_verdict import OTHER_APP
from chengnuo.domain.observation.inspection import Inspection
from chengnuo.doors.cli.app import App
from chengnuo.doors.cli.inspect_progress import stages
from chengnuo.doors.inspection_form import MOST_BYTES, InspectionFormError
from chengnuo.doors.inspection_report_form import read_report
from chengnuo.usecases.inspection.inspections import Declared, Inspections

_OTHER_BASELINE = Text(
    "--baseline 的报告是另一个应用的，其中的问题可能与这个安装包无关。",
    "the report of --baseline is of another app; its findings may have nothing to do with this "
    "package",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """An earlier release.

    Attributes:
        inspection: What was seen in it.
        findings: What was found in it.

    """

    inspection: Inspection
    findings: tuple[Finding, ...]


def earlier_of(
    app: App, inspections: Inspections, declared: Declared, path: Path | None
) -> Earlier | None:
    """Return an earlier release, by its report or by inspecting it.

    Args:
        app: The program.
        inspections: Inspects it.
        declared: What it is held against.
        path: A JSON report, or a package; None for none.

    Raises:
        InspectionFormError: It is JSON, and no report.
        NotAPackageError: It is neither.

    """
    if path is None:
        return None
    if _is_json(path):
        report = kept_report(path)
    else:
        with stages(path, app.lang) as tell:
            inspection = inspections.inspect(path, tell)
        report = inspections.report(inspection, declared)
    return Earlier(inspection=report.inspection, findings=report.findings)


def kept_report(path: Path) -> PackageReport:
    """Return a JSON report that was kept.

    Raises:
        InspectionFormError: It is none, or cannot be read.

    """
    try:
        if not path.is_file() or path.stat().st_size > MOST_BYTES:
            raise InspectionFormError("it is no regular file, or too large")
        return read_report(path.read_bytes())
    except OSError as error:
        raise InspectionFormError("it cannot be opened") from error


def warn_of_other_app(app: App, report: PackageReport, baseline: PackageReport | None) -> None:
    """Say on stderr where what a package is held against is of another app.

    Args:
        app: The program.
        report: What was found, with what changed from an earlier release.
        baseline: Report whose findings do not count; None for none.

    """
    if report.delta is not None and report.delta.other_app:
        click.echo(OTHER_APP.in_lang(app.lang), err=True)
    facts = report.inspection.package
    if baseline is not None and is_other_app(baseline.inspection.package, facts):
        click.echo(_OTHER_BASELINE.in_lang(app.lang), err=True)


def _is_json(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as opened:
        return opened.read(64).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")
