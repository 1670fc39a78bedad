"""The JSON of a whole report of a package, read back strictly: findings, drift and delta.

What is derived is not read: the verdict, the figures of the drift. Findings of an earlier release
are told from new ones by their ids, and are shown again where they are gone.
"""

from datetime import date
from typing import Annotated, Literal

import msgspec

from chengnuo.base.text import Text
from chengnuo.domain.finding.finding import Finding, FindingId, Severity, Waived
from chengnuo.domain.finding.package_report import (
    Change,
    Delta,
    DeltaRow,
    Drift,
    DriftRow,
    PackageReport,
    Side,
)
from chengnuo.domain.observation.observation import ObservationId, Subject
from chengnuo.domain.register.ids import SdkWaiverId, Version
from chengnuo.domain.register.kinds import RowRef
from chengnuo.doors.inspection_form import (
    Hash,
    Id,
    Strict,
    WrittenInspection,
    WrittenPackage,
    decoded,
)
from chengnuo.law.catalogue import LawVersion
from chengnuo.law.ids import DutyId, FigureId
from chengnuo.law.standing import Standing

LawName = Annotated[str, msgspec.Meta(pattern=r"\A\d{4}-\d{2} · [0-9a-f]{12}\Z")]


class WrittenText(Strict, frozen=True):
    """A text in both languages."""

    zh: str
    en: str

    def to_domain(self) -> Text:
        """Return the value."""
        return Text(self.zh, self.en)


class WrittenWaiver(Strict, frozen=True):
    """The waiver of a finding."""

    waiver: str
    reason: WrittenText
    granted_by: WrittenText
    expires: date

    def to_domain(self) -> Waived:
        """Return the value."""
        return Waived(
            waiver=SdkWaiverId(self.waiver),
            reason=self.reason.to_domain(),
            granted_by=self.granted_by.to_domain(),
            expires=self.expires,
        )


class WrittenRow(Strict, frozen=True):
    """A row of a register."""

    kind: str
    id: str


class WrittenFinding(Strict, frozen=True):
    """A finding."""

    id: Id
    rule: str
    severity: Severity
    standing: Standing
    duties: tuple[str, ...]
    figures: tuple[str, ...]
    kind: str
    row: str
    field: str
    title: WrittenText
    message: WrittenText
    fix: WrittenText
    evidence: str
    waived: WrittenWaiver | None
    observations: tuple[Id, ...]

    def to_domain(self) -> Finding:
        """Return the value."""
        return Finding(
            id=FindingId(self.id),
            rule=self.rule,
            duties=tuple(map(DutyId, self.duties)),
            figures=tuple(map(FigureId, self.figures)),
            standing=self.standing,
            severity=self.severity,
            row=RowRef(self.kind, self.row),
            field=self.field,
            title=self.title.to_domain(),
            message=self.message.to_domain(),
            fix=self.fix.to_domain(),
            evidence=self.evidence,
            waived=None if self.waived is None else self.waived.to_domain(),
            observations=_seen(self.observations),
        )


class WrittenDriftRow(Strict, frozen=True):
    """One thing that is used, declared or both."""

    subject: Subject
    what: str
    side: Side
    rows: tuple[WrittenRow, ...]
    observations: tuple[Id, ...]

    def to_domain(self) -> DriftRow:
        """Return the value."""
        return DriftRow(
            subject=self.subject,
            what=self.what,
            side=self.side,
            rows=tuple(RowRef(one.kind, one.id) for one in self.rows),
            observations=_seen(self.observations),
        )


class WrittenDrift(msgspec.Struct, frozen=True):
    """How far package and register are apart."""

    rows: tuple[WrittenDriftRow, ...]


class WrittenDeltaRow(Strict, frozen=True):
    """One change."""

    subject: Subject
    what: str
    owner: str
    change: Change
    observations: tuple[Id, ...]

    def to_domain(self) -> DeltaRow:
        """Return the value."""
        return DeltaRow(
            subject=self.subject,
            what=self.what,
            owner=self.owner,
            change=self.change,
            observations=_seen(self.observations),
        )


class WrittenDelta(Strict, frozen=True):
    """What changed from an earlier release."""

    before: WrittenPackage
    knowledge_changed: bool
    rows: tuple[WrittenDeltaRow, ...]
    other_app: bool = False
    """Not said by earlier versions of this program."""

    def to_domain(self) -> Delta:
        """Return the value."""
        return Delta(
            before=self.before.to_domain(),
            knowledge_changed=self.knowledge_changed,
            other_app=self.other_app,
            rows=tuple(one.to_domain() for one in self.rows),
        )


class WrittenReport(msgspec.Struct, frozen=True, rename="camel"):
    """A report."""

    form: Literal[1]
    on: date
    law_version: LawName
    register_version: Hash | None
    findings: tuple[WrittenFinding, ...]
    drift: WrittenDrift | None
    delta: WrittenDelta | None
    inspection: WrittenInspection


def read_report(data: bytes) -> PackageReport:
    """Return the report that a JSON file holds; of the version of the law its short digest.

    Args:
        data: The file, as `package_json.report_json` writes it.

    Raises:
        InspectionFormError: It is too large, no JSON, or not of form 1.

    """
    written = decoded(data, WrittenReport)
    month, _, digest = written.law_version.partition(" · ")
    drift = written.drift
    return PackageReport(
        inspection=written.inspection.to_domain(),
        findings=tuple(one.to_domain() for one in written.findings),
        drift=None if drift is None else Drift(rows=tuple(one.to_domain() for one in drift.rows)),
        delta=None if written.delta is None else written.delta.to_domain(),
        register_version=(
            None if written.register_version is None else Version(written.register_version)
        ),
        law_version=LawVersion(date=month, digest=digest),
        on=written.on,
    )


def _seen(ids: tuple[str, ...]) -> tuple[ObservationId, ...]:
    return tuple(map(ObservationId, ids))
