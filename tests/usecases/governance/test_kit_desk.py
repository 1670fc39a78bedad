"""Vettings of kits: submitted, inspected, decided by a second person, withdrawn, attested."""

import json
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from tests.domain.finding.inspection_kit import CLEAN, UMENG, sdk
from tests.running import run
from tests.usecases.governance.release_kit import (
    AUDITOR,
    LIMIT,
    OTHER_REVIEWER,
    REVIEWER,
    STAFF,
    Kit,
    kit_of,
)

from chengnuo.adapters.documents.inspection_page import InspectionPage
from chengnuo.adapters.evidence.verifier_process import VerifierProcess
from chengnuo.adapters.keys import is_signature
from chengnuo.adapters.release_folder import ReleaseFolder
from chengnuo.domain.evidence.dsse import read_envelope
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.finding.finding import Severity
from chengnuo.domain.governance.gate import CriticalFindingsError
from chengnuo.domain.governance.kit_attestation import KIT_PREDICATE
from chengnuo.domain.governance.kit_check import KitRecipientError
from chengnuo.domain.governance.kit_vetting import (
    KitAsk,
    KitConditionsError,
    KitNotInForceError,
    KitTermError,
    KitVetting,
    vetted_kits,
)
from chengnuo.domain.governance.release import ReleaseState, ReleaseStateError
from chengnuo.domain.governance.vetting import KitDecision
from chengnuo.domain.observation.inspection import PackageKind, Presence
from chengnuo.domain.observation.knowledge import Knowledge
from chengnuo.domain.observation.moment import Moment
from chengnuo.law.catalogue import Catalogue
from chengnuo.ports.accounts import Account
from chengnuo.ports.releases import PackageTooLargeError, ReleasePaper
from chengnuo.usecases.evidence.desk import NoReasonError
from chengnuo.usecases.evidence.file_requests import FourEyesError
from chengnuo.usecases.governance.kit_desk import KitDesk
from chengnuo.usecases.governance.kit_inspecting import KitInspector
from chengnuo.usecases.governance.releasing import ReleaseReportLostError, ReleasesFullError

REASON = "供应商承诺之外又读取设备标识，等待整改"
CONDITIONS = "只在同意之后初始化，关闭位置采集"
AAR = replace(
    CLEAN,
    package=replace(CLEAN.package, kind=PackageKind.AAR),
    observations=(),
    unread=(),
    not_finished=(),
    sdks=(sdk(UMENG, Presence.CALLED, Moment.LATER, "9.8.5"),),
)


@dataclass
class Kits:
    """A desk of vettings beside the one of releases."""

    base: Kit
    desk: KitDesk
    inspector: KitInspector

    def submit(
        self, by: Account = STAFF, content: bytes = b"PK\3\4 kit", **named: str
    ) -> KitVetting:
        async def pieces() -> AsyncIterator[bytes]:
            yield content

        given = {"recipient": "", "version": "", "file_name": "C:\\out\\umeng.aar"} | named
        kit = run(
            self.desk.submit(
                by,
                recipient=given["recipient"],
                version=given["version"],
                file_name=given["file_name"],
                pieces=pieces(),
            )
        )
        self.base.told.sha256 = kit.sha256
        return kit

    def inspected(self, by: Account = STAFF, **named: str) -> KitVetting:
        return self.inspector.inspect(self.submit(by, **named).id)

    def approved(self) -> KitVetting:
        kit = self.inspected()
        return self.desk.approve(kit.id, REVIEWER, conditions=CONDITIONS, expires="")

    def recorded(self) -> list[str]:
        """Return what was recorded of the configuration and of statements, the newest first."""
        opened = self.base.desk.recorder.payloads.opened
        told = {Kind.CONFIGURATION.value: "what", Kind.ATTESTATION.value: "signer"}
        return [
            json.loads(opened(one).payload or b"{}")[told[one.leaf.kind]]
            for one in self.base.opened.log.newest()
            if one.leaf.kind in told
        ]


@pytest.fixture
def kits(tmp_path: Path, catalogue: Catalogue, knowledge: Knowledge) -> Iterator[Kits]:
    base = kit_of(tmp_path / "data", catalogue, knowledge, AAR)
    desk = KitDesk(
        store=base.data.kits,
        files=ReleaseFolder(root=tmp_path / "data" / "kits", limit_bytes=LIMIT),
        releases=base.desk,
    )
    inspector = KitInspector(
        desk=desk, inspections=base.inspector.inspections, page=InspectionPage, tool="chengnuo test"
    )
    yield Kits(base, desk, inspector)
    base.close()


def test_an_inspected_kit_has_its_recipient_its_version_and_its_papers(kits: Kits) -> None:
    kit = kits.inspected()
    assert kit == kits.desk.store.one(kit.id)
    assert (kit.state, kit.file_name) == (ReleaseState.INSPECTED, "umeng.aar")
    assert kit.result is not None
    assert (kit.result.recipient, kit.result.sdks) == ("umeng-analytics", ("umeng-analytics",))
    assert kit.result.version == "9.8.5"
    assert kits.desk.report(kit).drift is not None
    for paper in (ReleasePaper.REPORT, ReleasePaper.PAGE_ZH, ReleasePaper.PAGE_EN):
        assert kits.desk.files.paper(kit.id, paper)
    kinds = [one.leaf.kind for one in kits.base.opened.log.newest()]
    assert kinds.count(Kind.INSPECTION_RESULT) == 1
    given = kits.inspected(version="9.8.6", recipient="bugly").result
    assert given is not None
    assert (given.version, given.recipient) == ("9.8.6", "bugly")


def test_what_is_no_kit_has_failed_and_is_taken_back(kits: Kits) -> None:
    kits.base.told.seen = replace(AAR, package=CLEAN.package)
    kit = kits.inspected()
    assert (kit.state, kit.error) == (ReleaseState.FAILED, "not-a-kit")
    with pytest.raises(FourEyesError):
        kits.desk.take_back(kit.id, REVIEWER)
    assert kits.desk.take_back(kit.id, STAFF).state is ReleaseState.WITHDRAWN
    assert not kits.desk.files.package(kit.id).exists()


def test_other_bytes_than_were_submitted_have_failed(kits: Kits) -> None:
    kit = kits.submit()
    kits.base.told.sha256 = "00" * 32
    assert kits.inspector.inspect(kit.id).error == "release-other-package"


def test_what_cannot_be_taken_in_leaves_nothing(
    kits: Kits, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(KitRecipientError):
        kits.submit(recipient="nobody")
    with pytest.raises(PackageTooLargeError):
        kits.submit(content=bytes(LIMIT + 1))
    assert kits.desk.store.every() == ()
    monkeypatch.setattr("chengnuo.usecases.governance.kit_desk.MOST_OPEN", 1)
    kits.submit()
    with pytest.raises(ReleasesFullError):
        kits.submit()


def test_a_reviewer_other_than_who_submitted_decides(kits: Kits) -> None:
    kit = kits.inspected(by=REVIEWER)
    for other in (REVIEWER, STAFF, AUDITOR):
        with pytest.raises(FourEyesError):
            kits.desk.approve(kit.id, other, conditions=CONDITIONS, expires="")
        with pytest.raises(FourEyesError):
            kits.desk.refuse(kit.id, other, REASON)
    with pytest.raises(KitTermError):
        kits.desk.approve(kit.id, OTHER_REVIEWER, conditions=CONDITIONS, expires="2020-01-01")
    approved = kits.desk.approve(kit.id, OTHER_REVIEWER, conditions=CONDITIONS, expires="")
    assert approved == kits.desk.store.one(kit.id)
    assert approved.decision is KitDecision.APPROVED
    assert approved.ruling is not None
    assert approved.ruling.expires == kits.desk.today() + timedelta(days=365)
    assert (approved.ruling.words, approved.ruling.single_person) == (CONDITIONS, False)
    with pytest.raises(ReleaseStateError):
        kits.desk.refuse(kit.id, OTHER_REVIEWER, REASON)
    signer = str(kits.base.opened.signer.vkeys[0])
    assert kits.recorded()[:3] == ["kit-approved", signer, "kit-submitted"]


def test_the_only_account_decides_as_a_single_person(kits: Kits) -> None:
    kit = kits.inspected()
    kits.base.accounts[0] = 1
    with pytest.raises(FourEyesError):
        kits.desk.approve(kit.id, AUDITOR, conditions=CONDITIONS, expires="")
    approved = kits.desk.approve(kit.id, STAFF, conditions=CONDITIONS, expires="")
    assert approved.ruling is not None
    assert approved.ruling.single_person
    assert said(kits, approved)["decision"]["four_eyes"] is False


def said(kits: Kits, kit: KitVetting) -> dict[str, dict[str, object]]:
    """Return the predicate of a statement whose signature holds."""
    written = kits.desk.files.paper(kit.id, ReleasePaper.ATTESTATION)
    assert written is not None
    statement = read_envelope(written, KIT_PREDICATE)
    assert statement.is_signed_by(str(kits.base.opened.signer.vkeys[0]), is_signature)
    assert [digest for _, digest in statement.subject] == [kit.sha256]
    found: dict[str, dict[str, object]] = json.loads(statement.predicate)
    return found


def test_every_decision_is_attested_with_a_proof_for_who_trusts_no_server(
    kits: Kits, tmp_path: Path
) -> None:
    kit = kits.approved()
    assert kit.result is not None
    predicate = said(kits, kit)
    assert predicate["versions"]["register"] == kit.result.register
    assert predicate["decision"]["outcome"] == "approved"
    written = kits.desk.files.paper(kit.id, ReleasePaper.ATTESTATION) or b""
    assert CONDITIONS not in written.decode()
    assert REVIEWER.name not in json.dumps(json.loads(written))
    report = VerifierProcess(tmp_path / "data" / "evidence" / "log").verify_file(
        "attestation.json", written
    )
    codes = {code for code, _ in report.messages}
    assert (report.status, "no-evidence" in codes) == (0, False)
    refused = kits.desk.refuse(kits.inspected().id, REVIEWER, REASON)
    assert said(kits, refused)["decision"]["outcome"] == "refused"
    assert not kits.desk.files.package(refused.id).exists()


def test_a_kit_that_does_not_pass_needs_conditions_and_a_critical_one_never_passes(
    kits: Kits,
) -> None:
    kit = kits.inspected()
    assert kit.result is not None
    worse = replace(kit, result=replace(kit.result, counts=((Severity.CRITICAL, 1),)))
    kits.desk.store.change(worse, was=kit.state)
    with pytest.raises(CriticalFindingsError):
        kits.desk.approve(kit.id, REVIEWER, conditions=CONDITIONS, expires="")
    with pytest.raises(NoReasonError):
        kits.desk.refuse(kit.id, REVIEWER, "no")
    with pytest.raises(KitConditionsError):
        kits.desk.approve(kits.inspected().id, REVIEWER, conditions="short", expires="")


def test_a_report_that_was_changed_decides_nothing(kits: Kits) -> None:
    kit = kits.inspected()
    kits.desk.files.keep(kit.id, ReleasePaper.REPORT, b"{}")
    with pytest.raises(ReleaseReportLostError):
        kits.desk.approve(kit.id, REVIEWER, conditions=CONDITIONS, expires="")
    assert kits.desk.store.one(kit.id).state is ReleaseState.INSPECTED


def test_an_approval_is_withdrawn_by_two_and_by_a_row_of_its_own(kits: Kits) -> None:
    kit = kits.approved()
    kits.base.clock.at += timedelta(days=1)
    with pytest.raises(NoReasonError):
        kits.desk.ask_withdrawal(kit.id, STAFF, "")
    asked = kits.desk.ask_withdrawal(kit.id, STAFF, REASON)
    assert (asked.state, asked.asks, asked.why) == (
        ReleaseState.INSPECTED,
        KitAsk.WITHDRAWAL,
        REASON,
    )
    with pytest.raises(KitNotInForceError):
        kits.desk.ask_withdrawal(kit.id, REVIEWER, REASON)
    with pytest.raises(FourEyesError):
        kits.desk.approve(asked.id, STAFF, conditions="", expires="")
    done = kits.desk.approve(asked.id, REVIEWER, conditions="", expires="")
    assert kits.desk.store.one(kit.id) == kit
    assert [one.decision for one in vetted_kits(kits.desk.store.every())] == [KitDecision.WITHDRAWN]
    assert said(kits, done)["decision"]["outcome"] == "withdrawn"
    with pytest.raises(KitNotInForceError):
        kits.desk.ask_withdrawal(kit.id, STAFF, REASON)


def test_a_withdrawal_that_is_declined_leaves_the_approval_in_force(kits: Kits) -> None:
    kit = kits.approved()
    asked = kits.desk.ask_withdrawal(kit.id, STAFF, REASON)
    declined = kits.desk.refuse(asked.id, REVIEWER, REASON)
    assert declined.decision is None
    assert kits.desk.files.paper(asked.id, ReleasePaper.ATTESTATION) is None
    assert kits.recorded()[0] == "kit-declined"
    assert [one.decision for one in vetted_kits(kits.desk.store.every())] == [KitDecision.APPROVED]


def test_what_was_only_received_is_recorded_once_and_goes_on(kits: Kits) -> None:
    kit = kits.submit()
    received = replace(kit, state=ReleaseState.RECEIVED)
    kits.desk.store.change(received, was=kit.state)  # as a process leaves it that died
    assert [one.id for one in kits.inspector.due()] == [kit.id]
    assert kits.inspector.inspect(kit.id).state is ReleaseState.INSPECTED
    assert kits.recorded() == ["kit-submitted"]
    approved = kits.approved()
    asked = kits.desk.ask_withdrawal(approved.id, STAFF, REASON)
    kits.desk.store.change(replace(asked, state=ReleaseState.RECEIVED), was=asked.state)
    assert kits.inspector.inspect(asked.id).state is ReleaseState.INSPECTED
    assert kits.recorded().count("kit-withdrawal-asked") == 1
