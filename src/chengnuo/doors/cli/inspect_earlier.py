"""What a package is held against, beside the register: an earlier package, or an earlier report.

Which of the two a file is is told by its content: a JSON report begins with a brace, a package
never does.
"""

from dataclasses import dataclass
from pathlib import Path

from chengnuo.domain.finding.finding import Finding
from chengnuo.domain.finding.package_report import PackageReport
from chengnuo.domain.observation.inspection import Inspection
from chengnuo.doors.cli.app import App
from chengnuo.doors.cli.inspect_progress import stages
from chengnuo.doors.inspection_form import MOST_BYTES, InspectionFormError
from chengnuo.doors.inspection_report_form import read_report
from chengnuo.usecases.inspection.inspections import Declared, Inspections


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


def _is_json(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as opened:
        return opened.read(64).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")
