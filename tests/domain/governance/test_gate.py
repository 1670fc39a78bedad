"""What the gate says of a report, and what signing off needs."""

from dataclasses import replace

import pytest
from tests.domain.finding.report_kit import BAD_FINDINGS, REPORTS

from chengnuo.domain.finding.finding import Severity
from chengnuo.domain.finding.package_report import PackageReport
from chengnuo.domain.governance.gate import (
    CriticalFindingsError,
    GateVerdict,
    NotAReleaseError,
    SignOffReasonError,
    gate_of,
)
from chengnuo.domain.observation.inspection import Inspection, PackageKind, Unread
from chengnuo.domain.observation.observation import Subject

CLEAN = REPORTS["clean"]
BAD = replace(
    REPORTS["bad"],
    inspection=replace(REPORTS["bad"].inspection, observations=(), unread=(), not_finished=()),
)
HIGH = BAD_FINDINGS[1]
REASON = "登录页下个版本改版，已排期"


def seen(**changes: object) -> PackageReport:
    return replace(CLEAN, inspection=replace(CLEAN.inspection, **changes))  # type: ignore[arg-type]


def packed(inspection: Inspection) -> Inspection:
    first, *_ = inspection.observations
    blind = replace(first, subject=Subject.BLIND_SPOT, what="packed")
    return replace(inspection, observations=(blind,))


def test_a_clean_package_passes() -> None:
    gate = gate_of(CLEAN)
    assert gate.verdict is GateVerdict.PASSES
    assert not gate.needs_reason
    assert gate.check_sign_off("") == ""


def test_open_findings_at_the_line_or_above_fail_it() -> None:
    gate = gate_of(BAD)
    assert gate.verdict is GateVerdict.FAILS
    assert [one.severity for one in gate.failing] == [Severity.CRITICAL, Severity.HIGH]
    assert (gate.critical, gate.high) == (1, 1)


@pytest.mark.parametrize(
    ("fail_on", "failing"),
    [(Severity.CRITICAL, 1), (Severity.HIGH, 2), (Severity.LOW, 2), (Severity.NOTE, 2)],
)
def test_the_line_can_be_drawn_elsewhere(fail_on: Severity, failing: int) -> None:
    assert len(gate_of(BAD, fail_on=fail_on).failing) == failing


def test_findings_of_the_baseline_do_not_fail_it_again_and_stay_open() -> None:
    known = frozenset(one.id for one in BAD.findings)
    gate = gate_of(BAD, known=known)
    assert gate.verdict is GateVerdict.PASSES
    assert gate.critical == 1
    with pytest.raises(CriticalFindingsError):
        gate.check_sign_off(REASON)


@pytest.mark.parametrize(
    ("report", "verdict"),
    [
        (replace(CLEAN, inspection=packed(CLEAN.inspection)), GateVerdict.UNDECIDED),
        (seen(unread=(Unread(where="classes.dex", why="cut"),)), GateVerdict.UNFINISHED),
        (seen(not_finished=("gates",)), GateVerdict.UNFINISHED),
    ],
)
def test_what_was_not_seen_whole_never_passes(report: PackageReport, verdict: GateVerdict) -> None:
    gate = gate_of(report)
    assert gate.verdict is verdict
    with pytest.raises(SignOffReasonError):
        gate.check_sign_off("")
    assert gate.check_sign_off(f" {REASON} ") == REASON


def test_no_reason_is_enough_for_an_open_critical_finding() -> None:
    with pytest.raises(CriticalFindingsError) as refused:
        gate_of(BAD).check_sign_off(REASON)
    assert refused.value.count == 1


def test_a_waived_critical_finding_stops_nobody() -> None:
    waived = tuple(one for one in BAD.findings if one.waived is not None)
    gate = gate_of(replace(BAD, findings=waived))
    assert waived
    assert gate.verdict is GateVerdict.PASSES
    assert gate.check_sign_off("") == ""


@pytest.mark.parametrize("reason", ["", "短", "x" * 501])
def test_a_high_finding_is_signed_off_with_a_reason_only(reason: str) -> None:
    gate = gate_of(replace(BAD, findings=(HIGH,)))
    with pytest.raises(SignOffReasonError):
        gate.check_sign_off(reason)
    assert gate.check_sign_off(REASON) == REASON


def test_a_kit_is_no_release() -> None:
    kit = seen(package=replace(CLEAN.inspection.package, kind=PackageKind.AAR))
    with pytest.raises(NotAReleaseError):
        gate_of(kit)
