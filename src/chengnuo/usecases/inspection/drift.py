"""The register beside everything it speaks of: policy, package, runs, stores, decisions."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from chengnuo.domain.finding.drift import (
    DriftLine,
    DriftSource,
    DriftTable,
    SourceRead,
    drift_table,
)
from chengnuo.domain.finding.drift_lines import (
    UseCount,
    record_lines,
    report_lines,
    run_kit_lines,
)
from chengnuo.domain.finding.finding import Finding
from chengnuo.domain.finding.package_report import Drift, PackageReport
from chengnuo.domain.finding.policy_check import PolicyReport
from chengnuo.domain.observation.run import RunsSeen
from chengnuo.domain.observation.sdk_catalogue import SdkCatalogue
from chengnuo.domain.register.canonical import version_of
from chengnuo.domain.register.model import Register
from chengnuo.usecases.consent.counting import UseCounter

WINDOW_US = 365 * 86_400_000_000
"""How far back records are counted: what was not used in a year is not used."""
_RECORDS = "evidence log"


@dataclass(slots=True, kw_only=True)
class DriftMaking:
    """Gathers sources to one table.

    Attributes:
        register: The register.
        on: Civil day in the mainland.

    """

    register: Register
    on: date
    _sources: list[SourceRead] = field(default_factory=list)
    _lines: list[DriftLine] = field(default_factory=list)
    _findings: list[Finding] = field(default_factory=list)

    def package(self, report: PackageReport, name: str) -> None:
        """Take in a package that was held against the register."""
        digest = report.inspection.package.sha256
        self._take(
            DriftSource.PACKAGE,
            ((name, digest),),
            report_lines(DriftSource.PACKAGE, report.drift, report.findings),
            report.findings,
        )

    def runs(self, report: PackageReport, runs: RunsSeen, sdks: SdkCatalogue) -> None:
        """Take in runs that were held against the register."""
        seen, findings = runs.observations, report.findings
        kits = run_kit_lines(seen, self.register, sdks, findings)
        self._take(
            DriftSource.LOGS,
            ((one.name, one.sha256) for one in runs.logs),
            (*report_lines(DriftSource.LOGS, report.drift, findings), *kits),
            findings,
        )

    def policy(self, report: PolicyReport, name: str) -> None:
        """Take in a policy that was held against the register."""
        self._take(
            DriftSource.POLICY,
            ((name, report.reading.sha256),),
            report_lines(DriftSource.POLICY, report.drift, report.findings),
            report.findings,
        )

    def stores(self, drift: Drift, findings: Iterable[Finding], name: str, digest: str) -> None:
        """Take in a scan of stores that was held against the register.

        Args:
            drift: How far the two are apart.
            findings: What is wrong.
            name: Name of the report.
            digest: Its SHA-256, 64 hex digits.

        """
        lines = report_lines(DriftSource.STORES, drift, findings)
        self._take(DriftSource.STORES, ((name, digest),), lines, findings)

    def decisions(self, counter: UseCounter, now: int) -> None:
        """Take in what was decided and provided, after counting what is new.

        Args:
            counter: Counts the records of a log.
            now: Microseconds since 1970.

        Raises:
            DatabaseUnavailableError: The records cannot be counted.

        """
        while counter.catch_up().behind:
            pass
        sums = counter.store.by_activity(now - WINDOW_US)
        uses = [
            UseCount(activity=one.activity, recipient=one.recipient, count=one.count)
            for one in sums
            if one.activity and one.count
        ]
        lines = tuple(record_lines(self.register, uses))
        if lines:
            self._take(DriftSource.DECISIONS, ((_RECORDS, ""),), lines)

    def table(self) -> DriftTable:
        """Return what was taken in as a table."""
        return drift_table(
            version_of(self.register), self.on, self._sources, self._lines, self._findings
        )

    def _take(
        self,
        source: DriftSource,
        read: Iterable[tuple[str, str]],
        lines: Iterable[DriftLine],
        findings: Iterable[Finding] = (),
    ) -> None:
        self._sources += [
            SourceRead(source=source, name=name, digest=digest) for name, digest in read
        ]
        self._lines += lines
        self._findings += findings
