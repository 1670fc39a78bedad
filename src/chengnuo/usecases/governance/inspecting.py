"""Inspecting what was submitted, one release after the other, in whatever process is at hand.

A release is taken up where it stands: one that was being inspected when the process died is
inspected again. What is found is kept, and recorded durably and once, before the state says so.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from chengnuo.base.digest import sha256_hex
from chengnuo.base.errors import IntegrityError
from chengnuo.base.text import Lang
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.finding.package_json import report_json
from chengnuo.domain.finding.package_report import PackageReport
from chengnuo.domain.governance.gate import GateVerdict, gate_of
from chengnuo.domain.governance.kit_vetting import KitVetting
from chengnuo.domain.governance.release import Release, ReleaseId, ReleaseResult
from chengnuo.ports.clock import Clock
from chengnuo.ports.package_reports import PackageReportWriter
from chengnuo.ports.releases import ReleasePaper, ReleaseStore
from chengnuo.usecases.evidence.recording import Recorder
from chengnuo.usecases.evidence.recording_once import append_once
from chengnuo.usecases.governance.papers import PAGES, open_counts
from chengnuo.usecases.governance.releasing import ReleaseDesk
from chengnuo.usecases.governance.taking_up import TakingUp
from chengnuo.usecases.inspection.inspections import Declared, Inspections


class OtherPackageError(IntegrityError):
    """The package that lies there is not the one that was submitted."""

    code = "release-other-package"

    def __init__(self) -> None:
        super().__init__("the package is not the one that was submitted; submit it again")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseInspector(TakingUp[Release]):
    """Inspects submitted releases.

    Attributes:
        desk: The releases.
        inspections: Gives what inspects; called when there is something to inspect, for the
            knowledge takes room.
        page: Gives what writes the report as a page.
        tool: Name and version of this program, for the record.

    """

    desk: ReleaseDesk
    inspections: Callable[[], Inspections]
    page: Callable[[], PackageReportWriter]
    tool: str

    @property
    def waiting(self) -> ReleaseStore:
        """See `TakingUp.waiting`."""
        return self.desk.store

    @property
    def clock(self) -> Clock:
        """See `TakingUp.clock`."""
        return self.desk.clock

    def settle(self, wanted: ReleaseId) -> Release:
        """See `TakingUp.settle`."""
        return self.desk.settle(wanted)

    def look(self, one: Release) -> Callable[[bool], Release]:
        """See `TakingUp.look`."""
        report, before = self._report(one)

        def keep(resumed: bool) -> Release:  # noqa: FBT001  as `TakingUp.look` says
            return replace(one, result=self._keep(one, report, before, resumed=resumed))

        return keep

    def _report(self, release: Release) -> tuple[PackageReport, Release | None]:
        """Inspect the package and hold it against the register and the last signed-off release."""
        inspections = self.inspections()
        seen = inspections.inspect(self.desk.files.package(release.id), lambda _: None)
        if seen.package.sha256 != release.sha256:
            raise OtherPackageError
        before = self.desk.store.last_signed_off(release.app)
        register = self.desk.register.served.register
        report = inspections.report(
            seen,
            Declared(register=register, app=release.app),
            before=None if before is None else self.desk.report(before).inspection,
        )
        gate_of(report)  # a kit is refused here
        return report, before

    def _keep(
        self,
        release: Release,
        report: PackageReport,
        before: Release | None,
        *,
        resumed: bool = False,
    ) -> ReleaseResult:
        """Keep the report in all its forms, record what came of it, and return the result."""
        files, words = self.desk.files, self.inspections().words
        written = report_json(report)
        files.keep(release.id, ReleasePaper.REPORT, written)
        for lang in Lang:
            files.keep(release.id, PAGES[lang], self.page().write(report, words, lang))
        gate = self.desk.gate(report)
        facts = report.inspection.package
        record_result(self.desk.recorder, report, gate.verdict, self.tool, release, resumed=resumed)
        return ReleaseResult(
            verdict=gate.verdict,
            version_name=facts.version_name,
            version_code=facts.version_code,
            app_id=facts.app_id,
            counts=open_counts(report),
            report=sha256_hex(written),
            register=report.register_version or "",
            law=str(report.law_version),
            knowledge=report.inspection.knowledge,
            before=None if before is None else before.id,
        )


def record_result(  # noqa: PLR0913  all that the record says
    recorder: Recorder,
    report: PackageReport,
    verdict: GateVerdict,
    tool: str,
    of: Release | KitVetting,
    *,
    resumed: bool,
) -> None:
    """Record what an inspection came to, durably and once.

    Args:
        recorder: Records.
        report: What was found.
        verdict: What is said of it.
        tool: Name and version of this program.
        of: What is being inspected.
        resumed: Whether a process that died may have recorded it.

    """
    draft = recorder.draft(
        Kind.INSPECTION_RESULT,
        {
            "subject": report.inspection.package.sha256,
            "tool": tool,
            "verdict": verdict.value,
            "findings": sum(1 for one in report.findings if one.is_open),
        },
    )
    # Not queued: the state must not say what a log that died with the process does not.
    if resumed:
        append_once(recorder, draft, since=of.changed_at)
    else:
        recorder.log.append([draft])
