"""Vettings of kits in the running service: submitted, decided by a second person, attested.

It goes as for releases, and by the same rule of four eyes: what is submitted is received and then
recorded, every decision is a record before it takes effect, and is attested to. Withdrawing an
approval is asked for by one person with a reason and signed off by another.
"""

from collections.abc import AsyncIterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import date
from threading import RLock

from chengnuo.base.digest import sha256_hex
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.finding.package_report import PackageReport
from chengnuo.domain.governance.attestation import subject_of
from chengnuo.domain.governance.kit_attestation import KIT_PREDICATE, kit_predicate
from chengnuo.domain.governance.kit_check import KitRecipientError
from chengnuo.domain.governance.kit_vetting import (
    KitAsk,
    KitRuling,
    KitVetting,
    KitVettingId,
    check_can_withdraw,
    checked_term,
)
from chengnuo.domain.governance.release import ReleaseState
from chengnuo.law.civil import civil_date
from chengnuo.ports.accounts import Account, AccountId
from chengnuo.ports.evidence_log import Draft
from chengnuo.ports.kit_vettings import KitStore
from chengnuo.ports.releases import ReleaseFiles, ReleasePaper
from chengnuo.usecases.evidence.desk import checked_reason
from chengnuo.usecases.evidence.file_requests import FourEyesError
from chengnuo.usecases.evidence.recording_once import append_once
from chengnuo.usecases.governance.log_attesting import attested_in_log
from chengnuo.usecases.governance.papers import shown_name
from chengnuo.usecases.governance.releasing import (
    MOST_OPEN,
    ReleaseDesk,
    ReleaseReportLostError,
    ReleasesFullError,
)

LONGEST_VERSION = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class KitDesk:
    """The use cases of vettings; safe to call from several threads.

    Attributes:
        store: Keeps what is known of vettings.
        files: Keeps packages and papers.
        releases: The desk of releases, whose register, log, clock and rule of four eyes are theirs.

    """

    store: KitStore
    files: ReleaseFiles
    releases: ReleaseDesk
    _deciding: AbstractContextManager[bool] = field(default_factory=RLock, repr=False)

    def today(self) -> date:
        """Return the civil day in the mainland."""
        return civil_date(self.releases.clock.now())

    async def submit(
        self,
        by: Account,
        *,
        recipient: str,
        version: str,
        file_name: str,
        pieces: AsyncIterator[bytes],
    ) -> KitVetting:
        """Take the package of a kit in; it waits to be inspected.

        Args:
            by: Who submits it.
            recipient: Its recipient in the register; empty to find it by the kit.
            version: Its version; empty for what the package tells.
            file_name: What the file was called; shown to people, never used as a path.
            pieces: The package.

        Raises:
            NoRegisterError: No register is in force.
            KitRecipientError: The register has no such recipient.
            ReleasesFullError: Too many are open.
            PackageTooLargeError: It is larger than is taken.
            PackageNotKeptError: It cannot be kept.
            LogUnavailableError: It could not be recorded yet; that is tried again.

        """
        known = self.releases.register.served.register.recipient_by_id
        if recipient and recipient not in known:
            raise KitRecipientError(recipient, sorted(known))
        self._hold_room()
        kit_id = self._fresh_id()
        kept = await self.files.take_in(kit_id, pieces)
        now = self.releases.clock.now()
        return self._received(
            KitVetting(
                id=kit_id,
                recipient=recipient,
                version=shown_name(version.strip())[:LONGEST_VERSION],
                file_name=shown_name(file_name),
                sha256=kept.sha256,
                size=kept.size,
                submitted_by=by.id,
                submitted_at=now,
                state=ReleaseState.RECEIVED,
                changed_at=now,
            )
        )

    def ask_withdrawal(self, wanted: KitVettingId, by: Account, reason: str) -> KitVetting:
        """Ask that an approval in force be withdrawn; a second person signs that off.

        Raises:
            NoSuchKitVettingError: There is none of this id.
            NoReasonError: The reason is too short or too long.
            KitNotInForceError: It is no approval in force, or this was asked for already.
            ReleasesFullError: Too many are open.
            LogUnavailableError: It could not be recorded yet; that is tried again.

        """
        with self._deciding:
            kit = self.store.one(wanted)
            check_can_withdraw(kit, self.store.every())
            why = checked_reason(reason)
            self._hold_room()
            now = self.releases.clock.now()
            return self._received(
                replace(
                    kit,
                    id=self._fresh_id(),
                    asks=KitAsk.WITHDRAWAL,
                    submitted_by=by.id,
                    submitted_at=now,
                    state=ReleaseState.RECEIVED,
                    changed_at=now,
                    ruling=None,
                    withdraws=kit.id,
                    why=why,
                )
            )

    def settle(self, wanted: KitVettingId) -> KitVetting:
        """Record that a row was submitted, once, and let it go on.

        Raises:
            NoSuchKitVettingError: There is none of this id.
            LogUnavailableError: It could not be recorded; it stays received.

        """
        with self._deciding:
            kit = self.store.one(wanted)
            if kit.state is not ReleaseState.RECEIVED:
                return kit
            is_new = kit.asks is KitAsk.APPROVAL
            what = "kit-submitted" if is_new else "kit-withdrawal-asked"
            draft = self._draft(what, kit, AccountId(kit.submitted_by))
            since = kit.submitted_at
            append_once(self.releases.recorder, draft, since=since, told_by=("what", "detail"))
            after = replace(kit, state=ReleaseState.SUBMITTED if is_new else ReleaseState.INSPECTED)
            self.store.change(after, was=kit.state)
            return after

    def report(self, kit: KitVetting) -> PackageReport:
        """Return the report of an inspected kit.

        Raises:
            ReleaseReportLostError: It is missing, or not what was kept.

        """
        data = self.files.paper(kit.report_of, ReleasePaper.REPORT)
        if kit.result is None or data is None or sha256_hex(data) != kit.result.report:
            raise ReleaseReportLostError(kit.id)
        return self.releases.read_report(data)

    def may_decide(self, kit: KitVetting, account: Account) -> bool:
        """Tell whether an account may approve or refuse what a row asks for."""
        return self.releases.may_decide(kit.submitted_by, account)

    def approve(
        self, wanted: KitVettingId, by: Account, *, conditions: str, expires: str
    ) -> KitVetting:
        """Approve a kit until a day, under conditions, or sign the withdrawal of an approval off.

        Args:
            wanted: The row.
            by: Who decides.
            conditions: Under what conditions; of a withdrawal, a remark. May be empty if it passes.
            expires: Last day as an ISO date; empty for a year. Of a withdrawal not looked at.

        Raises:
            NoSuchKitVettingError: There is none of this id.
            FourEyesError: Whoever approves is no reviewer, or submitted it.
            ReleaseStateError: It is not inspected, or was decided.
            CriticalFindingsError: A critical finding is open.
            KitConditionsError: It does not pass, and has no conditions.
            KitTermError: The last day is none that can be.
            ReleaseReportLostError: Its report is not what was kept.
            LogUnavailableError: It could not be recorded; it stays as it is.

        """
        with self._deciding:
            kit = self._decidable(wanted, by, ReleaseState.SIGNED_OFF)
            if kit.asks is KitAsk.WITHDRAWAL:
                ruling = self._ruling(by, kit.why)
            else:
                words = "" if kit.result is None else kit.result.check_conditions(conditions)
                term = checked_term(expires, self.today())
                ruling = replace(self._ruling(by, words), expires=term)
            return self._ruled(kit, ruling, ReleaseState.SIGNED_OFF, by)

    def refuse(self, wanted: KitVettingId, by: Account, reason: str) -> KitVetting:
        """Refuse what a row asks for, with a reason.

        Raises:
            NoSuchKitVettingError: There is none of this id.
            FourEyesError: Whoever refuses is no reviewer, or submitted it.
            ReleaseStateError: It is not inspected, or was decided.
            NoReasonError: The reason is too short or too long.
            ReleaseReportLostError: Its report is not what was kept.
            LogUnavailableError: It could not be recorded; it stays as it is.

        """
        with self._deciding:
            kit = self._decidable(wanted, by, ReleaseState.SENT_BACK)
            ruling = self._ruling(by, checked_reason(reason))
            return self._ruled(kit, ruling, ReleaseState.SENT_BACK, by)

    def take_back(self, wanted: KitVettingId, by: Account) -> KitVetting:
        """Take back what one asked for oneself.

        Raises:
            NoSuchKitVettingError: There is none of this id.
            FourEyesError: Somebody else submitted it.
            ReleaseStateError: It has ended.
            LogUnavailableError: It could not be recorded; it stays as it is.

        """
        with self._deciding:
            kit = self.store.one(wanted)
            if kit.submitted_by != by.id:
                raise FourEyesError
            kit.state.check_next(ReleaseState.WITHDRAWN)
            return self._ruled(kit, self._ruling(by, ""), ReleaseState.WITHDRAWN, by)

    def _hold_room(self) -> None:
        if sum(one.state.is_open for one in self.store.every()) >= MOST_OPEN:
            raise ReleasesFullError

    def _fresh_id(self) -> KitVettingId:
        return KitVettingId(self.releases.tokens.random_bytes(8).hex())

    def _received(self, kit: KitVetting) -> KitVetting:
        with self._deciding:
            self.store.add(kit)
            return self.settle(kit.id)

    def _decidable(self, wanted: KitVettingId, by: Account, state: ReleaseState) -> KitVetting:
        kit = self.store.one(wanted)
        if not self.may_decide(kit, by):
            raise FourEyesError
        kit.state.check_next(state)
        return kit

    def _ruling(self, by: Account, words: str) -> KitRuling:
        now = self.releases.clock.now()
        return KitRuling(by=by.id, at=now, words=words, single_person=self.releases.single_person())

    def _ruled(
        self, kit: KitVetting, ruling: KitRuling, state: ReleaseState, by: Account
    ) -> KitVetting:
        after = replace(kit, state=state, changed_at=ruling.at, ruling=ruling)
        if after.decision is not None:
            self.files.keep(kit.id, ReleasePaper.ATTESTATION, self._attested(after, by))
        refused = "taken-back" if state is ReleaseState.WITHDRAWN else "declined"
        what = refused if after.decision is None else after.decision.value
        draft = self._draft(f"kit-{what}", after, by.id)
        self.releases.recorder.log.append([draft])
        self.store.change(after, was=kit.state)
        if state is not ReleaseState.SIGNED_OFF:
            self.files.drop_package(kit.id)
        return after

    def _attested(self, kit: KitVetting, by: Account) -> bytes:
        report = self.report(kit)
        said = (
            {}
            if kit.result is None or kit.ruling is None or kit.decision is None
            else kit_predicate(kit.result, kit.ruling, kit.decision, office=by.role.value)
        )
        return attested_in_log(
            self.releases.recorder,
            self.releases.prover,
            self.releases.signer,
            subject=subject_of(report),
            predicate_type=KIT_PREDICATE,
            predicate=said,
            by=by.id,
        )

    def _draft(self, what: str, kit: KitVetting, by: AccountId) -> Draft:
        return self.releases.recorder.draft(
            Kind.CONFIGURATION,
            {
                "what": what,
                "detail": f"{kit.id}: {kit.file_name} sha256:{kit.sha256}",
                "by": by,
                "single_person": self.releases.single_person(),
            },
        )
