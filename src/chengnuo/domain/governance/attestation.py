"""The attestation of a release: what was decided about exactly these bytes, and on what it rests.

An in-toto Statement v1 whose one subject is the package with its SHA-256. It names the versions of
register, law and knowledge, the open findings, the SHA-256 of the report, the decision, and the
office that took it; no person. The statement stands in a DSSE envelope
(`domain/evidence/dsse.py`). Format: `docs/formats/release.md`.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated

import msgspec

from chengnuo.base.canonical import Tree
from chengnuo.base.errors import InvalidInputError
from chengnuo.base.shapes import ready
from chengnuo.base.text import Text
from chengnuo.domain.evidence.dsse import EnvelopeMalformedError, Statement, read_envelope
from chengnuo.domain.evidence.note import Verify
from chengnuo.domain.finding.finding import Severity
from chengnuo.domain.finding.package_report import PackageReport
from chengnuo.domain.finding.package_verdict import is_packed
from chengnuo.domain.governance.gate import Gate, GateVerdict

PREDICATE = "urn:chengnuo:release:1"
EVIDENCE = "chengnuo:evidence"
"""Member of the predicate that holds a proof from the evidence log."""

_Hash = Annotated[str, msgspec.Meta(pattern=r"\A[0-9a-f]{64}\Z")]
_Id = Annotated[str, msgspec.Meta(pattern=r"\A[0-9a-f]{12}\Z")]
_Count = Annotated[int, msgspec.Meta(ge=0)]


class AttestationRefusedError(InvalidInputError):
    """An attestation does not hold: other key, other package, or no attestation of a release."""

    code = "attestation-refused"

    def __init__(self, what: str) -> None:
        super().__init__(f"the attestation does not hold: {what}")
        self.what = what


class ReleaseOutcome(StrEnum):
    """What was decided."""

    SIGNED_OFF = "signed-off"
    """A person let it through."""
    CHECKED = "checked"
    """A machine held it to the gate; nobody has decided."""

    @property
    def text(self) -> Text:
        """The words shown for it."""
        return _OUTCOME_TEXTS[self]


_OUTCOME_TEXTS = {
    ReleaseOutcome.SIGNED_OFF: Text("已签署放行", "signed off"),
    ReleaseOutcome.CHECKED: Text("仅经机器检查", "checked by a machine only"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What was decided, and by which office.

    Attributes:
        outcome: What was decided.
        office: Role of who decided, as `reviewer`, or `ci`; never a name.
        four_eyes: Whether somebody else had submitted it.
        reason: Whether a reason was given; the reason itself stays in the records of the operator.
        at: When, aware, UTC.

    """

    outcome: ReleaseOutcome
    office: str
    four_eyes: bool
    reason: bool
    at: datetime


class AttestedVersions(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """On what an attestation rests.

    Attributes:
        register: Version of the register.
        law: Version of the catalogue of the law.
        knowledge: Version of the knowledge.

    """

    register: _Hash | None
    law: str
    knowledge: str


class AttestedFindings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The findings of an attestation.

    Attributes:
        open: How many are open, by severity; each severity stands there.
        waived: How many are waived.
        ids: Ids of the open ones, the worst first.

    """

    open: dict[Severity, _Count]
    waived: _Count
    ids: list[_Id]


class AttestedDecision(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The decision of an attestation; the members are those of `Decided`."""

    outcome: ReleaseOutcome
    office: str
    four_eyes: bool
    reason: bool
    at: Annotated[datetime, msgspec.Meta(tz=True)]


class ReleasePredicate(msgspec.Struct, frozen=True, kw_only=True):
    """What an attestation says.

    Attributes:
        app: Id of the app in the register, or of the package.
        version: Version as people see it.
        version_code: Version as the store counts it, or -1.
        versions: On what it rests.
        verdict: What the gate says.
        fail_on: The least severity that fails.
        findings: The findings.
        report: SHA-256 of the JSON report.
        before: SHA-256 of the package of the release it was compared with.
        unseen: What was not seen: `packed`, `unread`, `not-finished`.
        decision: What was decided.

    """

    app: str
    version: str
    version_code: int
    versions: AttestedVersions
    verdict: GateVerdict
    fail_on: Severity
    findings: AttestedFindings
    report: _Hash
    before: _Hash | None
    unseen: list[str]
    decision: AttestedDecision


def predicate_of(
    report: PackageReport, gate: Gate, decided: Decided, *, app: str, report_sha256: str
) -> dict[str, Tree]:
    """Return the predicate of an attestation.

    Args:
        report: What was found.
        gate: What the gate says of it.
        decided: What was decided.
        app: Id of the app in the register, or of the package.
        report_sha256: SHA-256 of the JSON report.

    """
    facts = report.inspection.package
    open_ones = [one for one in report.findings if one.is_open]
    counts = Counter(one.severity for one in open_ones)
    return {
        "app": app,
        "version": facts.version_name,
        "version_code": facts.version_code,
        "versions": {
            "register": report.register_version,
            "law": str(report.law_version),
            "knowledge": report.inspection.knowledge,
        },
        "verdict": gate.verdict.value,
        "fail_on": gate.fail_on.value,
        "findings": {
            "open": {one.value: counts[one] for one in Severity},
            "waived": sum(1 for one in report.findings if one.waived is not None),
            "ids": [str(one.id) for one in open_ones],
        },
        "report": report_sha256,
        "before": None if report.delta is None else report.delta.before.sha256,
        "unseen": list(_unseen(report)),
        "decision": {
            "outcome": decided.outcome.value,
            "office": decided.office,
            "four_eyes": decided.four_eyes,
            "reason": decided.reason,
            "at": decided.at.isoformat().replace("+00:00", "Z"),
        },
    }


def subject_of(report: PackageReport) -> tuple[tuple[str, str], ...]:
    """Return what an attestation is about: the package by its application id, and its SHA-256."""
    facts = report.inspection.package
    return ((facts.app_id or facts.kind.value, facts.sha256),)


def read_attestation(written: bytes) -> tuple[Statement, ReleasePredicate]:
    """Return the statement of an envelope and what it says; nothing is verified yet.

    Raises:
        AttestationRefusedError: It is no attestation of a release.

    """
    try:
        statement = read_envelope(written, PREDICATE)
        said = msgspec.json.decode(statement.predicate, type=ready(ReleasePredicate))
    except EnvelopeMalformedError as error:
        raise AttestationRefusedError(error.what) from error
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise AttestationRefusedError("its predicate has not the members expected") from error
    return statement, said


def hold_attestation(
    statement: Statement, *, vkey: str, verify: Verify, package: str | None = None
) -> None:
    """Hold an attestation to a key, and to a package.

    Args:
        statement: The statement that was read.
        vkey: The public key that is trusted.
        verify: Checks a signature.
        package: SHA-256 of the package at hand; None to hold it to none.

    Raises:
        AttestationRefusedError: It is not signed by the key, or is about another package.

    """
    if not statement.is_signed_by(vkey, verify):
        raise AttestationRefusedError("it is not signed by the key given")
    if package is not None and package not in {digest for _, digest in statement.subject}:
        raise AttestationRefusedError("it is about another package")


def _unseen(report: PackageReport) -> tuple[str, ...]:
    inspection = report.inspection
    found = (
        ("packed", is_packed(inspection)),
        ("unread", bool(inspection.unread)),
        ("not-finished", bool(inspection.not_finished)),
    )
    return tuple(name for name, is_so in found if is_so)
