"""Inspecting the packages of kits that were submitted to be vetted, as releases are inspected."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from chengnuo.base.digest import sha256_hex
from chengnuo.base.text import Lang
from chengnuo.domain.finding.declared_sdks import DeclaredSdks
from chengnuo.domain.finding.package_json import report_json
from chengnuo.domain.governance.kit_check import KitCheck
from chengnuo.domain.governance.kit_vetting import (
    KitResult,
    KitVetting,
    KitVettingId,
    sdks_of_kit,
    version_of_kit,
)
from chengnuo.domain.register.ids import RecipientId
from chengnuo.ports.clock import Clock
from chengnuo.ports.kit_vettings import KitStore
from chengnuo.ports.package_reports import PackageReportWriter
from chengnuo.ports.releases import ReleasePaper
from chengnuo.usecases.governance.inspecting import OtherPackageError, record_result
from chengnuo.usecases.governance.kit_desk import KitDesk
from chengnuo.usecases.governance.papers import PAGES, open_counts
from chengnuo.usecases.governance.taking_up import TakingUp
from chengnuo.usecases.governance.vetting import checked_kit
from chengnuo.usecases.inspection.inspections import Inspections


@dataclass(frozen=True, slots=True, kw_only=True)
class KitInspector(TakingUp[KitVetting]):
    """Inspects submitted kits.

    Attributes:
        desk: The vettings.
        inspections: Gives what inspects; called when there is something to inspect.
        page: Gives what writes the report as a page.
        tool: Name and version of this program, for the record.

    """

    desk: KitDesk
    inspections: Callable[[], Inspections]
    page: Callable[[], PackageReportWriter]
    tool: str

    @property
    def waiting(self) -> KitStore:
        """See `TakingUp.waiting`."""
        return self.desk.store

    @property
    def clock(self) -> Clock:
        """See `TakingUp.clock`."""
        return self.desk.releases.clock

    def settle(self, wanted: KitVettingId) -> KitVetting:
        """See `TakingUp.settle`."""
        return self.desk.settle(wanted)

    def look(self, one: KitVetting) -> Callable[[bool], KitVetting]:
        """See `TakingUp.look`."""
        inspections = self.inspections()
        seen = inspections.inspect(self.desk.files.package(one.id), lambda _: None)
        if seen.package.sha256 != one.sha256:
            raise OtherPackageError
        register = self.desk.releases.register.served.register
        wanted = RecipientId(one.recipient) if one.recipient else None
        checked = checked_kit(inspections, seen, register, wanted, on=self.desk.today())
        catalogue = inspections.words.knowledge.sdks
        known = DeclaredSdks(recipients=register.recipients, catalogue=catalogue)
        recipient = checked.recipient
        declared = frozenset[str]() if recipient is None else known.ids(recipient)

        def keep(resumed: bool) -> KitVetting:  # noqa: FBT001  as `TakingUp.look` says
            return replace(one, result=self._keep(one, checked, declared, resumed=resumed))

        return keep

    def _keep(
        self, kit: KitVetting, checked: KitCheck, declared: frozenset[str], *, resumed: bool
    ) -> KitResult:
        """Keep the report in all its forms, record what came of it, and return the result."""
        files, words, report = self.desk.files, self.inspections().words, checked.report
        written = report_json(report)
        files.keep(kit.id, ReleasePaper.REPORT, written)
        for lang in Lang:
            files.keep(kit.id, PAGES[lang], self.page().write(report, words, lang))
        recorder = self.desk.releases.recorder
        record_result(recorder, report, checked.verdict, self.tool, kit, resumed=resumed)
        sdks = sdks_of_kit(report.inspection, declared)
        return KitResult(
            verdict=checked.verdict,
            recipient="" if checked.recipient is None else checked.recipient.recipient,
            sdks=sdks,
            version=kit.version or version_of_kit(report.inspection, sdks),
            counts=open_counts(report),
            undeclared=len(checked.undeclared),
            report=sha256_hex(written),
            register=report.register_version or "",
            law=str(report.law_version),
            knowledge=report.inspection.knowledge,
        )
