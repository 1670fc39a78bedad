"""Inspecting what was submitted, one release after the other, in whatever process is at hand.

A release is taken up where it stands: one that was being inspected when the process died is
inspected again. What is found is kept, and recorded durably and once, before the state says so.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import takewhile

from chengnuo.base.digest import sha256_hex
from chengnuo.base.errors import ChengnuoError, IntegrityError
from chengnuo.base.instant import to_us
from chengnuo.base.text import Lang
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.finding.package_json import report_json
from chengnuo.domain.finding.package_report import PackageReport
from chengnuo.domain.governance.gate import gate_of
from chengnuo.domain.governance.release import (
    Release,
    ReleaseId,
    ReleaseResult,
    ReleaseState,
)
from chengnuo.ports.evidence_log import Draft
from chengnuo.ports.package_reports import PackageReportWriter
from chengnuo.ports.releases import ReleaseChangedError, ReleasePaper
from chengnuo.usecases.governance.releasing import PAGES, ReleaseDesk, open_counts
from chengnuo.usecases.inspection.inspections import Declared, Inspections


class OtherPackageError(IntegrityError):
    """The package that lies there is not the one that was submitted."""

    code = "release-other-package"

    def __init__(self) -> None:
        super().__init__("the package is not the one that was submitted; submit it again")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseInspector:
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

    def due(self) -> tuple[Release, ...]:
        """Return the releases to be inspected: those that were interrupted, then by age."""
        store = self.desk.store
        return (
            *store.in_state(ReleaseState.INSPECTING),
            *store.in_state(ReleaseState.SUBMITTED),
        )

    def inspect(self, wanted: ReleaseId) -> Release:
        """Inspect a release and return it as it is afterwards.

        That it cannot be inspected is a result, not an error.

        Raises:
            NoSuchReleaseError: There is none of this id.
            LogUnavailableError: It could not be recorded; it is inspected again.
            PackageNotKeptError: What was found cannot be kept; it is inspected again.

        """
        store, clock = self.desk.store, self.desk.clock
        release = store.one(wanted)
        resumed = release.state is ReleaseState.INSPECTING
        try:
            if release.state is ReleaseState.SUBMITTED:
                begun = replace(release, state=ReleaseState.INSPECTING, changed_at=clock.now())
                store.change(begun, was=ReleaseState.SUBMITTED)
                release = begun
            release.check_next(ReleaseState.INSPECTED)
            found, before = self._report(release)
        except ReleaseChangedError:
            return store.one(wanted)  # withdrawn in the meantime
        except ChengnuoError as error:
            if release.state is not ReleaseState.INSPECTING:
                return release
            return self._end(
                replace(
                    release, state=ReleaseState.FAILED, changed_at=clock.now(), error=error.code
                )
            )
        result = self._keep(release, found, before, resumed=resumed)
        return self._end(
            replace(release, state=ReleaseState.INSPECTED, changed_at=clock.now(), result=result)
        )

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
        gate = gate_of(report)
        facts = report.inspection.package
        draft = self.desk.recorder.draft(
            Kind.INSPECTION_RESULT,
            {
                "subject": facts.sha256,
                "tool": self.tool,
                "verdict": gate.verdict.value,
                "findings": sum(1 for one in report.findings if one.is_open),
            },
        )
        # Not queued: the state must not say what a log that died with the process does not.
        if not (resumed and self._is_recorded(draft, release.changed_at)):
            self.desk.log.append([draft])
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

    def _is_recorded(self, draft: Draft, since: datetime) -> bool:
        """Tell whether a process that died after recording has recorded the same result."""
        opened, first = self.desk.recorder.payloads.opened, to_us(since)
        recent = takewhile(lambda one: one.leaf.at >= first, self.desk.log.newest())
        return any(
            one.leaf.kind == draft.kind and opened(one).payload == draft.payload for one in recent
        )

    def _end(self, release: Release) -> Release:
        try:
            self.desk.store.change(release, was=ReleaseState.INSPECTING)
        except ReleaseChangedError:
            return self.desk.store.one(release.id)
        return release
