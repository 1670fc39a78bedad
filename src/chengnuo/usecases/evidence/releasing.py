"""Evidence files from the running service: asked for, released by a second person, made, taken.

Four eyes bind once two accounts are enabled: then a reviewer other than who asked has to release
the file before it is made. Before that it is made at once and recorded as single person. Every
step is a record before it takes effect; a step about an individual names nobody in the open chain,
and the reason stands in the individual's own chain, where it can be erased.

Requests and files live in memory only: a file holds personal information, which must not lie
unsealed on a disk; a restart forgets them. An audit pack holds none and lies on disk. At most 20
requests are open at a time, one file is made at a time, and finished files are held for a day, the
oldest of those in memory dropped beyond 256 MiB.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from threading import Lock, RLock

from chengnuo.base.errors import ChengnuoError
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.ports.accounts import Account, AccountId, Role
from chengnuo.ports.clock import Clock
from chengnuo.ports.individuals import PersonKey
from chengnuo.ports.pack_shelf import KeptPack
from chengnuo.ports.secrets import Tokens
from chengnuo.usecases.evidence.desk import checked_reason
from chengnuo.usecases.evidence.duty_kinds import kinds_that_show
from chengnuo.usecases.evidence.evidence_file import (
    Asking,
    DutyNotRecordedError,
    EvidenceFile,
    EvidenceFiles,
)
from chengnuo.usecases.evidence.evidence_window import Window
from chengnuo.usecases.evidence.file_requests import (
    MOST_OPEN,
    OPEN,
    EvidenceRequestGoneError,
    EvidenceRequestSettledError,
    EvidenceRequestsFullError,
    FileRequest,
    FourEyesError,
    MakesNoFault,
    Stage,
)
from chengnuo.usecases.evidence.pack_requests import PackRequests
from chengnuo.usecases.evidence.proving import NoChainError
from chengnuo.usecases.evidence.recording import Recorder
from chengnuo.usecases.staff_rules import is_single_person

WAITS = timedelta(days=3)
HELD = timedelta(days=1)
MOST_HELD_BYTES = 256 << 20


class EvidenceRequests:
    """The use cases of asking for evidence files; safe to call from several threads."""

    def __init__(  # noqa: PLR0913  what it stands on
        self,
        *,
        files: EvidenceFiles,
        recorder: Recorder,
        enabled_accounts: Callable[[], int],
        person: Callable[[str], PersonKey],
        tokens: Tokens,
        clock: Clock,
        no_fault: MakesNoFault | None = None,
        packs: PackRequests | None = None,
    ) -> None:
        """Take what files are made from.

        Args:
            files: Makes evidence files and records that they are handed out.
            recorder: Records the steps.
            enabled_accounts: How many accounts are enabled.
            person: Gives the key under which an individual is known, from the account id.
            tokens: Makes ids.
            clock: Tells the time.
            no_fault: Makes no-fault files; None where there are none.
            packs: Makes audit packs and keeps them; None where there are none.

        """
        self._no_fault, self._packs = no_fault, packs
        self._files, self._recorder = files, recorder
        self._enabled_accounts, self._person = enabled_accounts, person
        self._tokens, self._clock = tokens, clock
        found = () if packs is None else packs.found()
        self._requests: dict[str, FileRequest] = {one.id: one for one in found}
        self._changing, self._making = RLock(), Lock()

    def single_person(self) -> bool:
        """Tell whether what is asked for now could be reviewed by nobody."""
        return is_single_person(self._enabled_accounts())

    @property
    def makes_no_fault(self) -> bool:
        """Whether no-fault files can be asked for."""
        return self._no_fault is not None

    @property
    def makes_packs(self) -> bool:
        """Whether audit packs can be asked for."""
        return self._packs is not None

    def newest_instant(self) -> int:
        """Return the last instant of the log: the end of a period that names none."""
        self._files.log.publish()
        return self._files.prover.last_instant()

    def all(self) -> tuple[FileRequest, ...]:
        """Return the requests that have not lapsed, newest first."""
        with self._changing:
            self._let_lapse()
            return tuple(reversed(self._requests.values()))

    def one(self, wanted: str) -> FileRequest:
        """Return a request.

        Raises:
            EvidenceRequestGoneError: There is none of this id, or it has lapsed.

        """
        with self._changing:
            self._let_lapse()
            found = self._requests.get(wanted)
        if found is None:
            raise EvidenceRequestGoneError
        return found

    def ask(  # noqa: PLR0913  what is asked for
        self,
        by: Account,
        window: Window,
        reason: str,
        *,
        account: str = "",
        duty: str = "",
        no_fault: bool = False,
        category: str = "",
        audit_pack: bool = False,
    ) -> FileRequest:
        """Ask for the file of a person or, if no account is given, of a duty, or an audit pack.

        The request waits for a reviewer, or is to be made at once if nobody else could review it.

        Args:
            by: Who asks.
            window: The period.
            reason: Why, in words.
            account: Account id of the person; empty for a duty.
            duty: Which duty; of no account when it counts.
            no_fault: Whether the person's no-fault file is asked for.
            category: Which category that is about; empty for everything.
            audit_pack: Whether the audit pack of the period is asked for, instead of either.

        Raises:
            UnknownCategoryError: The catalogue has no such category.
            NoReasonError: The reason is too short or too long.
            NoChainError: No chain of this individual can be found.
            UnknownDutyError: The catalogue has no such duty.
            DutyNotRecordedError: No record shows the duty.
            EvidenceRequestsFullError: Too many requests are open.
            LogUnavailableError: It could not be recorded; nothing is asked for.

        """
        given, catalogue = checked_reason(reason), self._files.receipts.catalogue
        wanted = catalogue.category(category).id if category else None
        person = self._person(account) if account else None
        if audit_pack:
            duty = ""
        elif person is None:
            duty = str(catalogue.duty(duty).id)
            if not kinds_that_show(duty)[0]:
                raise DutyNotRecordedError(duty)
        elif self._files.prover.payloads.tag(person) is None:
            raise NoChainError
        single, now = self.single_person(), self._clock.now()
        request = FileRequest(
            id=self._tokens.random_bytes(8).hex(),
            person=person,
            account="" if single else account,
            duty="" if person is not None else duty,
            no_fault=no_fault and person is not None,
            audit_pack=audit_pack,
            category=wanted,
            window=window,
            reason=given,
            by=by.id,
            single_person=single,
            asked_at=now,
            stage=Stage.MAKING if single else Stage.WAITING,
            changed_at=now,
        )
        with self._changing:
            if sum(one.stage in OPEN for one in self.all()) >= MOST_OPEN:
                raise EvidenceRequestsFullError
            self._record("evidence-file-asked", request, by.id)
            self._requests[request.id] = request
        return request

    def release(self, wanted: str, by: Account) -> FileRequest:
        """Release a request, so that its file is to be made.

        Raises:
            EvidenceRequestGoneError: There is none of this id.
            FourEyesError: Whoever releases is no reviewer, or asked for it.
            EvidenceRequestSettledError: It does not wait to be released.
            LogUnavailableError: It could not be recorded; it goes on waiting.

        """
        with self._changing:
            request = self.one(wanted)
            if by.role is not Role.REVIEWER or by.id == request.by:
                raise FourEyesError
            return self._reviewed(request, Stage.MAKING, "evidence-file-released", by)

    def decline(self, wanted: str, by: Account) -> FileRequest:
        """Decline a request, or take one's own back.

        Raises:
            EvidenceRequestGoneError: There is none of this id.
            FourEyesError: Whoever declines is no reviewer and did not ask for it.
            EvidenceRequestSettledError: It does not wait to be released.
            LogUnavailableError: It could not be recorded; it goes on waiting.

        """
        with self._changing:
            request = self.one(wanted)
            own = by.id == request.by
            if by.role is not Role.REVIEWER and not own:
                raise FourEyesError
            what = "evidence-file-taken-back" if own else "evidence-file-declined"
            return self._reviewed(request, Stage.DECLINED, what, by)

    def make(self, wanted: str) -> None:
        """Make the file of a request that is due to be made; one at a time, however many call.

        The reading is recorded first, then the file is made, then that it is handed out. Why it
        could not be made stands in the request afterwards.
        """
        with self._making:
            request = self.one(wanted)
            if request.stage is not Stage.MAKING:
                return
            made, error = None, "unexpected"
            try:
                made, error = self._made(request), ""
            except ChengnuoError as refused:
                error = refused.code
            finally:
                self._settle(request, made, error)

    def take(self, wanted: str, by: Account) -> EvidenceFile | KeptPack:
        """Record that who asked takes the file away, and return it.

        Raises:
            EvidenceRequestGoneError: There is none of this id and account, or it was changed.
            EvidenceRequestSettledError: The file is not made.
            LogUnavailableError: It could not be recorded; nothing is handed out.

        """
        request = self.one(wanted)
        if request.by != by.id:
            raise EvidenceRequestGoneError
        if request.file is None:
            raise EvidenceRequestSettledError
        if self._packs is not None and self._packs.is_broken(request):
            self._forget(request)
            raise EvidenceRequestGoneError
        self._record("evidence-file-taken", request, by.id)
        return request.file

    def _made(self, request: FileRequest) -> EvidenceFile | KeptPack:
        how = "single person" if request.single_person else f"released by {request.reviewed_by}"
        about = request.called or f"evidence file {request.duty}".strip()
        self._recorder.record(
            Kind.OPERATOR_READ,
            {
                "what": f"{about} {request.window}, {how}",
                "by": request.by,
                "reason": request.reason,
            },
            person=request.person,
        )
        asking = Asking(by=request.by, reason=request.reason, single_person=request.single_person)
        if request.audit_pack and self._packs is not None:
            return self._packs.made(request, asking, self._clock.now())
        if request.person is not None and request.no_fault and self._no_fault is not None:
            return self._no_fault(request.person, request.category, request.window, asking)
        if request.person is not None:
            return self._files.of_person(request.person, request.window, asking)
        return self._files.of_duty(request.duty, request.window, asking)

    def _settle(self, request: FileRequest, made: EvidenceFile | KeptPack | None, why: str) -> None:
        stage = Stage.FAILED if made is None else Stage.READY
        with self._changing:
            self._requests[request.id] = replace(
                request, stage=stage, changed_at=self._clock.now(), error=why, file=made
            )
            size = 0
            for one in sorted(self._requests.values(), key=lambda one: one.changed_at)[::-1]:
                if isinstance(one.file, EvidenceFile):
                    size += len(one.file.data)
                    if size > MOST_HELD_BYTES and one.id != request.id:
                        del self._requests[one.id]

    def _reviewed(self, request: FileRequest, stage: Stage, what: str, by: Account) -> FileRequest:
        if request.stage is not Stage.WAITING:
            raise EvidenceRequestSettledError
        self._record(what, request, by.id)
        changed = replace(
            request, stage=stage, changed_at=self._clock.now(), reviewed_by=by.id, account=""
        )
        self._requests[request.id] = changed
        return changed

    def _record(self, what: str, request: FileRequest, by: AccountId) -> None:
        about = request.duty or request.called or "one individual"
        self._recorder.record(
            Kind.CONFIGURATION,
            {
                "what": what,
                "detail": f"{request.id}: {about} {request.window}",
                "by": by,
                "single_person": request.single_person,
            },
        )

    def _let_lapse(self) -> None:
        now = self._clock.now()
        for one in tuple(self._requests.values()):
            life = WAITS if one.stage is Stage.WAITING else HELD
            if one.stage is not Stage.MAKING and now - one.changed_at > life:
                self._forget(one)

    def _forget(self, request: FileRequest) -> None:
        self._requests.pop(request.id, None)
        if request.audit_pack and self._packs is not None:
            self._packs.kept.drop(request.id)
