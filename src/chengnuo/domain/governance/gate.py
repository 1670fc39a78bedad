"""What the gate says of an inspected package, and what a person must do to let it through.

Three answers: the package passes, it fails on open findings, or it cannot be told because a part
of it was not seen. A package that was not seen whole is never said to pass. A critical finding
breaks a prohibition: nobody can sign it off, it is mended or waived in the register, where the
waiver has a reason and an end. A high finding, or a part unseen, can be signed off with a reason,
which is recorded. What is lower is shown and stops nobody.
"""

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from chengnuo.base.errors import ConflictError, InvalidInputError
from chengnuo.base.text import Text
from chengnuo.domain.finding.finding import Finding, FindingId, Severity
from chengnuo.domain.finding.package_check import new_findings
from chengnuo.domain.finding.package_report import PackageReport
from chengnuo.domain.finding.package_verdict import is_packed
from chengnuo.domain.governance.vetting import UnvettedKit
from chengnuo.domain.observation.inspection import Inspection

FAIL_ON = Severity.HIGH
"""Where the line lies unless somebody draws another: a duty of law is not kept."""
LEAST_REASON, LONGEST_REASON = 10, 500


class NotAReleaseError(InvalidInputError):
    """What is to be released is a kit, which goes out only inside an app."""

    code = "not-a-release"

    def __init__(self, kind: str) -> None:
        super().__init__(f"the package is `{kind}`; expected an app, a kit is vetted by itself")
        self.kind = kind


class CriticalFindingsError(ConflictError):
    """A package with open critical findings was to be signed off."""

    code = "release-critical"

    def __init__(self, count: int) -> None:
        super().__init__(f"{count} critical findings are open; mend them or waive them first")
        self.count = count


class SignOffReasonError(InvalidInputError):
    """A sign-off needs a reason that it does not have."""

    code = "release-reason"

    def __init__(self) -> None:
        super().__init__(
            f"a reason of {LEAST_REASON} to {LONGEST_REASON} characters is needed; it is recorded"
        )


class GateVerdict(StrEnum):
    """What the gate says."""

    PASSES = "passes"
    FAILS = "fails"
    UNDECIDED = "undecided"
    """It cannot be looked into: it is packed."""
    UNFINISHED = "unfinished"
    """A part was damaged, or a limit ended the work."""

    @property
    def text(self) -> Text:
        """The words shown for it."""
        return _VERDICT_TEXTS[self]


_VERDICT_TEXTS = {
    GateVerdict.PASSES: Text("通过", "passes"),
    GateVerdict.FAILS: Text("不通过", "fails"),
    GateVerdict.UNDECIDED: Text("无法判断", "cannot be told"),
    GateVerdict.UNFINISHED: Text("没有检查完", "not inspected to the end"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """What the gate says of one package.

    Attributes:
        verdict: What it says; findings go before what was not seen.
        fail_on: Findings of this severity or a worse one fail it.
        failing: The open findings that fail it, the worst first.
        critical: How many critical findings are open, wherever the line lies.
        high: How many high findings are open.
        is_whole: Whether all of the package was seen.
        missing: SDKs without an approval in force, where that fails it.

    """

    verdict: GateVerdict
    fail_on: Severity
    failing: tuple[Finding, ...]
    critical: int
    high: int
    is_whole: bool
    missing: tuple[UnvettedKit, ...] = ()

    @property
    def needs_reason(self) -> bool:
        """Tell whether signing off needs a reason."""
        return bool(self.high or self.missing) or not self.is_whole

    def check_sign_off(self, reason: str) -> str:
        """Return the reason as it is recorded, if the package may be signed off with it.

        Raises:
            CriticalFindingsError: A critical finding is open; no reason is enough.
            SignOffReasonError: A reason is needed and is too short, or it is too long.

        """
        if self.critical:
            raise CriticalFindingsError(self.critical)
        given = reason.strip()
        if (self.needs_reason or given) and not LEAST_REASON <= len(given) <= LONGEST_REASON:
            raise SignOffReasonError
        return given


def gate_of(
    report: PackageReport,
    *,
    fail_on: Severity = FAIL_ON,
    known: frozenset[FindingId] = frozenset(),
    missing: tuple[UnvettedKit, ...] = (),
) -> Gate:
    """Return what the gate says of a report.

    Args:
        report: What was found.
        fail_on: The least severity that fails it.
        known: Ids of findings of a baseline, which do not fail it again; they stay open.
        missing: SDKs without an approval in force, where that is to fail it.

    Raises:
        NotAReleaseError: The package is a kit.

    """
    inspection = report.inspection
    if not inspection.package.kind.is_app:
        raise NotAReleaseError(inspection.package.kind)
    failing = tuple(one for one in new_findings(report, known) if one.severity.rank <= fail_on.rank)
    counts = Counter(one.severity for one in report.findings if one.is_open)
    return Gate(
        verdict=verdict_of(inspection, fails=bool(failing or missing)),
        fail_on=fail_on,
        failing=failing,
        critical=counts[Severity.CRITICAL],
        high=counts[Severity.HIGH],
        is_whole=_is_whole(inspection),
        missing=missing,
    )


def verdict_of(inspection: Inspection, *, fails: bool) -> GateVerdict:
    """Return what is said of a package: what is wrong goes before what was not seen.

    Args:
        inspection: What was seen.
        fails: Whether anything that was seen fails it.

    """
    if fails:
        return GateVerdict.FAILS
    if is_packed(inspection):
        return GateVerdict.UNDECIDED
    return GateVerdict.PASSES if _is_whole(inspection) else GateVerdict.UNFINISHED


def _is_whole(inspection: Inspection) -> bool:
    is_cut = bool(inspection.unread or inspection.not_finished)
    return not (is_packed(inspection) or is_cut)
