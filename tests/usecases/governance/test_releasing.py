"""Releases: submitted, inspected, decided by a second person, attested."""

import json
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from tests.domain.finding.inspection_kit import CLEAN
from tests.usecases.governance.release_kit import (
    AUDITOR,
    LIMIT,
    OTHER_REVIEWER,
    REVIEWER,
    STAFF,
    Kit,
    kit_of,
)

from chengnuo.adapters.evidence.verifier_process import VerifierProcess
from chengnuo.adapters.keys import is_signature
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.finding.finding import Severity
from chengnuo.domain.governance.gate import (
    CriticalFindingsError,
    GateVerdict,
    SignOffReasonError,
    gate_of,
)
from chengnuo.domain.governance.release import Release, ReleaseId, ReleaseState, ReleaseStateError
from chengnuo.domain.observation.inspection import PackageKind
from chengnuo.domain.observation.knowledge import Knowledge
from chengnuo.engines.archive.limits import NotAPackageError
from chengnuo.law.catalogue import Catalogue
from chengnuo.ports.packages import InspectionUnfinishedError
from chengnuo.ports.releases import (
    NoSuchReleaseError,
    PackageTooLargeError,
    ReleaseChangedError,
    ReleasePaper,
)
from chengnuo.usecases.evidence.desk import NoReasonError
from chengnuo.usecases.evidence.file_requests import FourEyesError
from chengnuo.usecases.governance.attesting import checked_attestation
from chengnuo.usecases.governance.releasing import ReleaseReportLostError, ReleasesFullError
from chengnuo.usecases.inspection.inspections import NoSuchAppError

EMPTY = replace(CLEAN, observations=(), unread=(), not_finished=())
REASON = "隐私设置页下个版本改版，已排期处理"


@pytest.fixture
def kit(tmp_path: Path, catalogue: Catalogue, knowledge: Knowledge) -> Iterator[Kit]:
    made = kit_of(tmp_path / "data", catalogue, knowledge, EMPTY)
    yield made
    made.close()


def without_findings(kit: Kit, release: Release) -> Release:
    """Put a report without findings in the place of the one that was made."""
    report = replace(kit.desk.report(release), findings=())
    return kept(kit, release, report)


def kept(kit: Kit, release: Release, report: object) -> Release:
    from_report = kit.inspector._keep(release, report, None)  # type: ignore[arg-type]  # noqa: SLF001
    changed = replace(release, result=from_report)
    kit.desk.store.change(changed, was=release.state)
    return changed


def results_in_log(kit: Kit) -> int:
    kinds = [record.leaf.kind for record in kit.opened.log.newest()]
    return kinds.count(Kind.INSPECTION_RESULT)


def test_a_release_is_submitted_with_its_hash(kit: Kit) -> None:
    content = bytes(range(256)) * 40
    release = kit.submit(content=content, name="C:\\out\\茶\n铺.apk")
    assert release.state is ReleaseState.SUBMITTED
    assert release.sha256 == sha256(content).hexdigest()
    assert release.size == len(content)
    assert release.file_name == "茶铺.apk"
    assert kit.desk.files.package(release.id).read_bytes() == content
    assert kit.desk.store.one(release.id) == release


def test_what_is_too_large_is_not_kept(kit: Kit, tmp_path: Path) -> None:
    with pytest.raises(PackageTooLargeError):
        kit.submit(content=bytes(LIMIT + 1))
    assert list((tmp_path / "data" / "releases").iterdir()) == []
    assert kit.desk.store.every() == ()


def test_an_app_that_the_register_does_not_have_is_refused(kit: Kit) -> None:
    with pytest.raises(NoSuchAppError):
        kit.submit(app="other")


def test_only_so_many_are_open(kit: Kit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chengnuo.usecases.governance.releasing.MOST_OPEN", 1)
    kit.submit()
    with pytest.raises(ReleasesFullError):
        kit.submit()


def test_an_inspected_release_has_its_result_and_its_papers(kit: Kit) -> None:
    release = kit.inspected()
    assert release.state is ReleaseState.INSPECTED
    assert release == kit.desk.store.one(release.id)
    result = release.result
    assert result is not None
    assert result.register == kit.desk.register.served.version
    assert result.verdict is gate_of(kit.desk.report(release)).verdict
    assert dict(result.counts).keys() <= set(Severity)
    for paper in (ReleasePaper.REPORT, ReleasePaper.PAGE_ZH, ReleasePaper.PAGE_EN):
        assert kit.desk.files.paper(release.id, paper)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (NotAPackageError("it is no archive"), "not-a-package"),
        (InspectionUnfinishedError("it took longer than 1 s"), "inspection-unfinished"),
    ],
)
def test_what_cannot_be_inspected_has_failed(kit: Kit, error: Exception, code: str) -> None:
    kit.told.error = error
    release = kit.inspected()
    assert (release.state, release.error) == (ReleaseState.FAILED, code)
    assert kit.desk.withdraw(release.id, STAFF).state is ReleaseState.WITHDRAWN


def test_a_kit_has_failed(kit: Kit) -> None:
    kit.told.seen = replace(EMPTY, package=replace(EMPTY.package, kind=PackageKind.AAR))
    assert kit.inspected().error == "not-a-release"


def test_other_bytes_than_were_submitted_have_failed(kit: Kit) -> None:
    release = kit.submit()
    kit.told.sha256 = "00" * 32
    assert kit.inspector.inspect(release.id).error == "release-other-package"


def test_a_release_whose_inspection_died_is_taken_up_again(kit: Kit) -> None:
    first, second = kit.submit(), kit.submit()
    begun = replace(second, state=ReleaseState.INSPECTING)
    kit.desk.store.change(begun, was=ReleaseState.SUBMITTED)
    assert [one.id for one in kit.inspector.due()] == [second.id, first.id]
    assert kit.inspector.inspect(second.id).state is ReleaseState.INSPECTED
    assert [one.id for one in kit.inspector.due()] == [first.id]


def test_a_result_is_recorded_once_though_the_state_was_not_kept(kit: Kit) -> None:
    release = kit.inspected()
    begun = replace(release, state=ReleaseState.INSPECTING, result=None)
    kit.desk.store.change(begun, was=ReleaseState.INSPECTED)
    assert kit.inspector.inspect(release.id).result == release.result
    assert results_in_log(kit) == 1
    kit.inspected()  # the same package, submitted anew
    assert results_in_log(kit) == 2


def test_what_is_withdrawn_while_it_is_inspected_stays_withdrawn(kit: Kit) -> None:
    release = kit.submit()
    kit.told.during = lambda: kit.desk.withdraw(release.id, STAFF)
    assert kit.inspector.inspect(release.id).state is ReleaseState.WITHDRAWN
    assert not kit.desk.files.package(release.id).exists()


def test_nothing_is_inspected_twice(kit: Kit) -> None:
    release = kit.inspected()
    assert kit.inspector.inspect(release.id) == release


def test_a_reviewer_other_than_who_submitted_signs_off(kit: Kit) -> None:
    release = without_findings(kit, kit.inspected(by=REVIEWER))
    for other in (REVIEWER, STAFF, AUDITOR):
        with pytest.raises(FourEyesError):
            kit.desk.sign_off(release.id, other, "")
        with pytest.raises(FourEyesError):
            kit.desk.send_back(release.id, other, REASON)
    signed = kit.desk.sign_off(release.id, OTHER_REVIEWER, "")
    assert signed.state is ReleaseState.SIGNED_OFF
    assert signed.decision is not None
    assert (signed.decision.by, signed.decision.single_person) == (OTHER_REVIEWER.id, False)
    assert kit.desk.store.one(release.id) == signed
    assert kit.desk.store.last_signed_off(release.app) == signed


def test_the_only_account_signs_off_as_a_single_person(kit: Kit) -> None:
    release = without_findings(kit, kit.inspected())
    kit.accounts[0] = 1
    signed = kit.desk.sign_off(release.id, STAFF, "")
    assert signed.decision is not None
    assert signed.decision.single_person
    attestation = kit.desk.files.paper(release.id, ReleasePaper.ATTESTATION)
    assert attestation is not None
    vkey = str(kit.opened.signer.vkeys[0])
    said = checked_attestation(attestation, vkey=vkey, verify=is_signature)
    assert not said.decision.four_eyes
    with pytest.raises(FourEyesError):
        kit.desk.sign_off(release.id, AUDITOR, "")


def test_the_attestation_holds_with_its_proof_for_who_trusts_no_server(
    kit: Kit, tmp_path: Path
) -> None:
    release = without_findings(kit, kit.inspected())
    kit.desk.sign_off(release.id, REVIEWER, REASON)
    attestation = kit.desk.files.paper(release.id, ReleasePaper.ATTESTATION)
    assert attestation is not None
    vkey = str(kit.opened.signer.vkeys[0])
    said = checked_attestation(attestation, vkey=vkey, verify=is_signature, package=release.sha256)
    assert said.verdict is GateVerdict.PASSES
    assert (said.decision.office, said.decision.four_eyes, said.decision.reason) == (
        "reviewer",
        True,
        True,
    )
    assert REASON not in attestation.decode()
    assert REVIEWER.name not in json.dumps(json.loads(attestation))
    public = tmp_path / "data" / "evidence" / "log"
    report = VerifierProcess(public).verify_file("attestation.json", attestation)
    codes = {code for code, _ in report.messages}
    assert (report.status, "attested" in codes, "no-evidence" in codes) == (0, True, False)


def test_an_open_critical_finding_is_never_signed_off(kit: Kit) -> None:
    release = kit.inspected()
    found = kit.desk.report(release)
    worst = replace(found.findings[0], severity=Severity.CRITICAL, waived=None)
    release = kept(kit, release, replace(found, findings=(worst,)))
    with pytest.raises(CriticalFindingsError):
        kit.desk.sign_off(release.id, REVIEWER, REASON)
    assert kit.desk.store.one(release.id).state is ReleaseState.INSPECTED


def test_a_high_finding_is_signed_off_with_a_reason(kit: Kit) -> None:
    release = kit.inspected()
    found = kit.desk.report(release)
    high = replace(found.findings[0], severity=Severity.HIGH, waived=None)
    release = kept(kit, release, replace(found, findings=(high,)))
    with pytest.raises(SignOffReasonError):
        kit.desk.sign_off(release.id, REVIEWER, "")
    assert kit.desk.sign_off(release.id, REVIEWER, REASON).state is ReleaseState.SIGNED_OFF


def test_a_report_that_was_changed_is_not_signed_off(kit: Kit) -> None:
    release = kit.inspected()
    kit.desk.files.keep(release.id, ReleasePaper.REPORT, b"{}")
    with pytest.raises(ReleaseReportLostError):
        kit.desk.sign_off(release.id, REVIEWER, REASON)


def test_sending_back_needs_a_reason_and_ends_it(kit: Kit) -> None:
    release = kit.inspected()
    with pytest.raises(NoReasonError):
        kit.desk.send_back(release.id, REVIEWER, "")
    assert kit.desk.send_back(release.id, REVIEWER, REASON).state is ReleaseState.SENT_BACK
    with pytest.raises(ReleaseStateError):
        kit.desk.sign_off(release.id, REVIEWER, REASON)


def test_only_who_submitted_withdraws(kit: Kit) -> None:
    release = kit.submit()
    with pytest.raises(FourEyesError):
        kit.desk.withdraw(release.id, REVIEWER)
    assert kit.desk.withdraw(release.id, STAFF).state is ReleaseState.WITHDRAWN


def test_the_next_version_is_compared_with_the_last_that_was_signed_off(kit: Kit) -> None:
    first = without_findings(kit, kit.inspected())
    kit.desk.sign_off(first.id, REVIEWER, "")
    second = kit.inspected(content=b"PK\3\4 tea 2")
    assert second.result is not None
    assert second.result.before == first.id
    delta = kit.desk.report(second).delta
    assert delta is not None
    assert delta.before.sha256 == first.sha256


def test_a_change_from_a_state_that_passed_is_refused(kit: Kit) -> None:
    release = kit.submit()
    kit.desk.withdraw(release.id, STAFF)
    with pytest.raises(ReleaseChangedError):
        kit.desk.store.change(release, was=ReleaseState.SUBMITTED)


@pytest.mark.parametrize("wanted", ["", "../../etc", "0123456789abcdef"])
def test_an_unknown_id_is_no_path(kit: Kit, wanted: str) -> None:
    with pytest.raises(NoSuchReleaseError):
        kit.desk.store.one(ReleaseId(wanted))
    if len(wanted) != 16:
        with pytest.raises(NoSuchReleaseError):
            kit.desk.files.package(ReleaseId(wanted))
