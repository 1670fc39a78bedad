"""Releases in the running service: submitted, inspected, decided by a second person, attested.

Every step is a record before it takes effect; what is submitted is kept as received first, so that
a process that dies between the two leaves nothing that nobody takes up. Four eyes bind once two
accounts are enabled: then a reviewer other than who submitted decides. Before that an act is
recorded and shown as single person. The attestation is made when a release is signed off: its
statement is recorded in the log, and the proof of that record stands in what is signed.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from threading import RLock

from chengnuo.base.digest import sha256_hex
from chengnuo.base.errors import ConflictError, IntegrityError
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.finding.package_report import PackageReport
from chengnuo.domain.governance.attestation import (
    PREDICATE,
    Decided,
    ReleaseOutcome,
    predicate_of,
    subject_of,
)
from chengnuo.domain.governance.gate import Gate, gate_of
from chengnuo.domain.governance.release import (
    Release,
    ReleaseDecision,
    ReleaseId,
    ReleaseState,
)
from chengnuo.domain.governance.vetting import UnvettedKit, VettedKit, unvetted
from chengnuo.domain.register.ids import AppId
from chengnuo.law.civil import civil_date
from chengnuo.ports.accounts import Account, AccountId, Role
from chengnuo.ports.checkpoint_signing import LogSigner
from chengnuo.ports.clock import Clock
from chengnuo.ports.evidence_log import Draft
from chengnuo.ports.releases import ReleaseFiles, ReleasePaper, ReleaseStore
from chengnuo.ports.secrets import Tokens
from chengnuo.usecases.evidence.desk import checked_reason
from chengnuo.usecases.evidence.file_requests import FourEyesError
from chengnuo.usecases.evidence.proving import Prover
from chengnuo.usecases.evidence.recording import Recorder
from chengnuo.usecases.evidence.recording_once import append_once
from chengnuo.usecases.governance.log_attesting import attested_in_log
from chengnuo.usecases.governance.papers import shown_name
from chengnuo.usecases.inspection.inspections import NoSuchAppError
from chengnuo.usecases.register_desk import Desk
from chengnuo.usecases.staff_rules import is_single_person

MOST_OPEN = 50
"""How many releases may be open at a time; each keeps a package."""


class ReleasesFullError(ConflictError):
    """Too many releases are open."""

    code = "releases-full"

    def __init__(self) -> None:
        super().__init__(f"{MOST_OPEN} releases are open; decide or withdraw some first")


class ReleaseReportLostError(IntegrityError):
    """The report of an inspected release is not what was kept."""

    code = "release-report-lost"

    def __init__(self, release: ReleaseId) -> None:
        super().__init__(f"the report of release `{release}` is missing or was changed")
        self.release = release


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseDesk:
    """The use cases of releases; safe to call from several threads.

    Attributes:
        store: Keeps what is known of releases.
        files: Keeps packages and papers.
        register: The register in force.
        recorder: Records the steps.
        prover: Proves that the attestation was recorded.
        signer: Signs attestations with the keys of the log.
        read_report: Reads a kept JSON report back.
        enabled_accounts: How many accounts are enabled.
        tokens: Makes ids.
        clock: Tells the time.
        vettings: Tells what was decided about SDKs, by register and console.
        require_vetting: Whether an SDK without an approval in force fails the gate.

    """

    store: ReleaseStore
    files: ReleaseFiles
    register: Desk
    recorder: Recorder
    prover: Prover
    signer: LogSigner
    read_report: Callable[[bytes], PackageReport]
    enabled_accounts: Callable[[], int]
    tokens: Tokens
    clock: Clock
    vettings: Callable[[], tuple[VettedKit, ...]] = tuple
    require_vetting: bool = False
    _deciding: AbstractContextManager[bool] = field(default_factory=RLock, repr=False)

    def single_person(self) -> bool:
        """Tell whether nobody could decide what somebody else submitted."""
        return is_single_person(self.enabled_accounts())

    async def submit(
        self, by: Account, app: str, file_name: str, pieces: AsyncIterator[bytes]
    ) -> Release:
        """Take a package in; it waits to be inspected.

        Args:
            by: Who submits it.
            app: App of the register that it is a version of.
            file_name: What the file was called; shown to people, never used as a path.
            pieces: The package.

        Raises:
            NoRegisterError: No register is in force.
            NoSuchAppError: The register has no such app.
            ReleasesFullError: Too many releases are open.
            PackageTooLargeError: It is larger than is taken.
            PackageNotKeptError: It cannot be kept.
            LogUnavailableError: It could not be recorded yet; that is tried again.

        """
        known = self.register.served.register.app_by_id
        if app not in known:
            raise NoSuchAppError(app, sorted(known))
        if sum(one.state.is_open for one in self.store.every()) >= MOST_OPEN:
            raise ReleasesFullError
        release_id = ReleaseId(self.tokens.random_bytes(8).hex())
        kept = await self.files.take_in(release_id, pieces)
        now = self.clock.now()
        release = Release(
            id=release_id,
            app=AppId(app),
            file_name=shown_name(file_name),
            sha256=kept.sha256,
            size=kept.size,
            submitted_by=by.id,
            submitted_at=now,
            state=ReleaseState.RECEIVED,
            changed_at=now,
        )
        with self._deciding:
            self.store.add(release)
            return self.settle(release.id)

    def settle(self, wanted: ReleaseId) -> Release:
        """Record that a release was submitted, once, and let it wait to be inspected.

        Raises:
            NoSuchReleaseError: There is none of this id.
            LogUnavailableError: It could not be recorded; it stays received.

        """
        with self._deciding:
            release = self.store.one(wanted)
            if release.state is not ReleaseState.RECEIVED:
                return release
            draft = self._draft("release-submitted", release, AccountId(release.submitted_by))
            since = release.submitted_at
            append_once(self.recorder, draft, since=since, told_by=("what", "detail"))
            after = replace(release, state=ReleaseState.SUBMITTED)
            self.store.change(after, was=release.state)
            return after

    def report(self, release: Release) -> PackageReport:
        """Return the report of an inspected release.

        Raises:
            ReleaseReportLostError: It is missing, or not what was kept.

        """
        data = self.files.paper(release.id, ReleasePaper.REPORT)
        if release.result is None or data is None or sha256_hex(data) != release.result.report:
            raise ReleaseReportLostError(release.id)
        return self.read_report(data)

    def unvetted(self, report: PackageReport) -> tuple[UnvettedKit, ...]:
        """Return the SDKs of a release without an approval in force, by console and register.

        Where nothing was ever vetted and nothing has to be, none is named.
        """
        vettings = self.vettings()
        if not vettings and not self.require_vetting:
            return ()
        return unvetted(report.inspection, vettings, civil_date(self.clock.now()))

    def gate(self, report: PackageReport) -> Gate:
        """Return what the gate says of a release now.

        Raises:
            NotAReleaseError: The package is a kit.

        """
        return gate_of(report, missing=self.unvetted(report) if self.require_vetting else ())

    def may_decide(self, submitted_by: str, account: Account) -> bool:
        """Tell whether an account may decide what another submitted."""
        if self.single_person():
            return account.role is not Role.AUDITOR
        return account.role is Role.REVIEWER and account.id != submitted_by

    def sign_off(self, wanted: ReleaseId, by: Account, reason: str) -> Release:
        """Sign a release off and attest to it.

        Raises:
            NoSuchReleaseError: There is none of this id.
            FourEyesError: Whoever signs off is no reviewer, or submitted it.
            ReleaseStateError: It is not inspected, or was decided.
            CriticalFindingsError: A critical finding is open.
            SignOffReasonError: A reason is needed.
            ReleaseReportLostError: Its report is not what was kept.
            LogUnavailableError: It could not be recorded; nothing was signed off.

        """
        with self._deciding:
            release = self._decidable(wanted, by, ReleaseState.SIGNED_OFF)
            report = self.report(release)
            gate = self.gate(report)
            decision = self._decision(by, gate.check_sign_off(reason))
            attestation = self._attested(release, report, gate, decision, by)
            self.files.keep(release.id, ReleasePaper.ATTESTATION, attestation)
            return self._decided(release, decision, ReleaseState.SIGNED_OFF, by.id)

    def send_back(self, wanted: ReleaseId, by: Account, reason: str) -> Release:
        """Send a release back, with a reason.

        Raises:
            NoSuchReleaseError: There is none of this id.
            FourEyesError: Whoever sends it back is no reviewer, or submitted it.
            ReleaseStateError: It is not inspected, or was decided.
            NoReasonError: The reason is too short or too long.
            LogUnavailableError: It could not be recorded; it stays as it is.

        """
        with self._deciding:
            release = self._decidable(wanted, by, ReleaseState.SENT_BACK)
            decision = self._decision(by, checked_reason(reason))
            return self._decided(release, decision, ReleaseState.SENT_BACK, by.id)

    def withdraw(self, wanted: ReleaseId, by: Account) -> Release:
        """Take back what one submitted oneself.

        Raises:
            NoSuchReleaseError: There is none of this id.
            FourEyesError: Somebody else submitted it.
            ReleaseStateError: It has ended.
            LogUnavailableError: It could not be recorded; it stays as it is.

        """
        with self._deciding:
            release = self.store.one(wanted)
            if release.submitted_by != by.id:
                raise FourEyesError
            release.state.check_next(ReleaseState.WITHDRAWN)
            decision = self._decision(by, "")
            return self._decided(release, decision, ReleaseState.WITHDRAWN, by.id)

    def _decidable(self, wanted: ReleaseId, by: Account, state: ReleaseState) -> Release:
        release = self.store.one(wanted)
        if not self.may_decide(release.submitted_by, by):
            raise FourEyesError
        release.state.check_next(state)
        return release

    def _decision(self, by: Account, reason: str) -> ReleaseDecision:
        return ReleaseDecision(
            by=by.id, at=self.clock.now(), reason=reason, single_person=self.single_person()
        )

    def _decided(
        self, release: Release, decision: ReleaseDecision, state: ReleaseState, by: AccountId
    ) -> Release:
        after = replace(release, state=state, changed_at=decision.at, decision=decision)
        self._record(f"release-{state.value}", after, by)
        self.store.change(after, was=release.state)
        if state is not ReleaseState.SIGNED_OFF:
            self.files.drop_package(release.id)
        return after

    def _attested(
        self,
        release: Release,
        report: PackageReport,
        gate: Gate,
        decision: ReleaseDecision,
        by: Account,
    ) -> bytes:
        decided = Decided(
            outcome=ReleaseOutcome.SIGNED_OFF,
            office=by.role.value,
            four_eyes=not decision.single_person,
            reason=bool(decision.reason),
            at=decision.at,
        )
        digest = "" if release.result is None else release.result.report
        return attested_in_log(
            self.recorder,
            self.prover,
            self.signer,
            subject=subject_of(report),
            predicate_type=PREDICATE,
            predicate=predicate_of(report, gate, decided, app=release.app, report_sha256=digest),
            by=by.id,
        )

    def _record(self, what: str, release: Release, by: AccountId) -> None:
        self.recorder.log.append([self._draft(what, release, by)])

    def _draft(self, what: str, release: Release, by: AccountId) -> Draft:
        return self.recorder.draft(
            Kind.CONFIGURATION,
            {
                "what": what,
                "detail": f"{release.id}: {release.app} sha256:{release.sha256}",
                "by": by,
                "single_person": self.single_person(),
            },
        )
