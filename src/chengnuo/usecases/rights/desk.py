"""The desk for requests about rights: all that the doors may do with them.

A request is recorded before it is acknowledged; what is asked once more while it is open is joined
with it. Every request has an owner and a next action until it is answered, and only the table in
`domain/rights/machine.py` moves it.
"""

from typing import Self

from chengnuo.domain.rights.machine import Stage
from chengnuo.domain.rights.plan import Plan
from chengnuo.domain.rights.request import Asked, RequestId
from chengnuo.law.rights import Right
from chengnuo.law.working_days import WorkingDays
from chengnuo.ports.accounts import Account
from chengnuo.ports.individuals import PersonKey
from chengnuo.ports.rights import Case
from chengnuo.ports.rights_exports import ExportStream
from chengnuo.usecases.individual_entry import person_key
from chengnuo.usecases.rights import reviewing
from chengnuo.usecases.rights.asking import lack_of, prove, take_back, take_in
from chengnuo.usecases.rights.conditions import ConditionSeen, conditions_of
from chengnuo.usecases.rights.fetching import asked_by, fetched
from chengnuo.usecases.rights.making import trial
from chengnuo.usecases.rights.refusals import IdentityNotProvedError
from chengnuo.usecases.rights.seen import Asker, RequestLine, RequestSeen, TaskSeen
from chengnuo.usecases.rights.showing import case_of, line, queue, seen, task_seen, waiting
from chengnuo.usecases.rights.staff_desk import StaffDesk
from chengnuo.usecases.rights.sweeping import start_afresh, sweep
from chengnuo.usecases.rights.swept import SweepResult
from chengnuo.usecases.rights.working import work

MOST_OPEN = 100
"""Open requests of one individual that are told at once."""


class RightsDesk(StaffDesk):
    """The use cases around requests; safe to call from several threads and processes."""

    def start(self) -> Self:
        """Record what a stop left unrecorded, and destroy what it left of closed requests."""
        self._room.keeper.mend()
        self._room.planner.forget_all_but(self._is_open)
        return self

    def open(self, asker: Asker, right: Right, asked: Asked, *, mark: str = "") -> RequestSeen:
        """Take a request in; durable and recorded on return.

        The same asked again while a request of the individual is open returns that one. With a
        mark of the asking, the same mark returns the one there is, open or closed, and another
        mark is another request.
        Identity is judged by `domain/rights/identity.py`; who has not proved enough gets a request
        that waits in `NEEDS_IDENTITY` for `prove`.

        Raises:
            RightsAskedOtherwiseError: The right takes another sort of `asked`.
            NoRegisterError: Nothing is served.
            LogUnavailableError: It could not be recorded; it is taken up again by itself.

        """
        return self._seen(take_in(self._room, asker, right, asked, mark=mark).case)

    def prove(self, request: RequestId, asker: Asker) -> RequestSeen:
        """Take note that the individual has proved who they are.

        Raises:
            NoSuchRightsRequestError: There is none, or it is somebody else's.
            IdentityNotProvedError: It is not enough; `why` says what is lacking.
            WrongStageError: It does not wait for that.

        """
        case = case_of(self._room, request, asker.person)
        return self._seen(prove(self._room, case, asker))

    def mine(
        self, person: PersonKey, *, limit: int | None = None, skip: int = 0
    ) -> tuple[RequestLine, ...]:
        """Return the requests about an individual, newest first: all, or so many of them."""
        cases = self._room.store.of(self._room.names(person), limit=limit, skip=skip)
        return tuple(line(self._room, case) for case in cases)

    def count_of(self, person: PersonKey) -> int:
        """Return how many requests there are about an individual."""
        return self._room.store.count_of(self._room.names(person))

    def open_of(self, person: PersonKey) -> tuple[RequestLine, ...]:
        """Return the open requests about an individual, soonest due first, at most `MOST_OPEN`."""
        names = self._room.names(person)
        cases = self._room.store.of(names, limit=MOST_OPEN, open_only=True)
        return tuple(line(self._room, case) for case in cases)

    def own(self, request: RequestId, person: PersonKey) -> RequestSeen:
        """Return a request about an individual.

        Raises:
            NoSuchRightsRequestError: There is none, or it is somebody else's.

        """
        return self._seen(case_of(self._room, request, person))

    def take_back(self, request: RequestId, person: PersonKey) -> RequestSeen:
        """Take a request back before it begins.

        Raises:
            NoSuchRightsRequestError: There is none, or it is somebody else's.
            WrongStageError: It has begun, or is closed.

        """
        return self._seen(take_back(self._room, case_of(self._room, request, person)))

    def preview(self, asker: Asker, right: Right, asked: Asked) -> Plan:
        """Return what would be done; nothing is kept and nothing is changed.

        Raises:
            IdentityNotProvedError: Who asks has not proved enough; `why` says what is lacking.
            StoreUnavailableError: A store does not answer.

        """
        why = lack_of(self._room, asker, right)
        if why is not None:
            raise IdentityNotProvedError(why)
        return trial(self._room, asker, right, asked)

    def queue(  # noqa: PLR0913  which, and which part of them
        self,
        stage: Stage | None = None,
        *,
        overdue: bool = False,
        limit: int = 200,
        skip: int = 0,
        right: str = "",
        by: str = "",
    ) -> tuple[RequestLine, ...]:
        """Return requests by the days left, least first; without a stage those that are open."""
        return queue(self._room, stage, overdue=overdue, limit=limit, skip=skip, right=right, by=by)

    def waiting(
        self, stage: Stage | None = None, *, overdue: bool = False, right: str = "", by: str = ""
    ) -> int:
        """Return how many requests `queue` has in all, without reading them."""
        return waiting(self._room, stage, overdue=overdue, right=right, by=by)

    def seen(self, request: RequestId) -> RequestSeen:
        """Return a request, for staff.

        Raises:
            NoSuchRightsRequestError: There is none.

        """
        return self._seen(case_of(self._room, request))

    def release(self, request: RequestId, by: Account) -> RequestSeen:
        """Release a plan, so that it is carried out.

        Raises:
            NoSuchRightsRequestError: There is none.
            FourEyesError: It takes a reviewer other than who asked.
            WrongStageError: It does not wait for that.

        """
        return self._seen(reviewing.release(self._room, case_of(self._room, request), by))

    def decline(self, request: RequestId, by: Account, code: str, reason: str) -> RequestSeen:
        """Refuse a request with a reason (PIPL Art. 50).

        Args:
            request: Which.
            by: Who; a reviewer once there are two accounts.
            code: One of `domain/rights/letters.REFUSALS`.
            reason: Why, in words that the individual reads.

        Raises:
            NoSuchRightsRequestError: There is none.
            FourEyesError: It takes a reviewer other than who asked.
            RightsReasonError: The reason has a wrong length, or the code is none.
            WrongStageError: It cannot be refused where it stands.

        """
        case = case_of(self._room, request)
        return self._seen(reviewing.decline(self._room, case, by, code, reason))

    def resume(self, request: RequestId, by: Account) -> RequestSeen:
        """Try a parked request again: it is planned anew.

        Raises:
            NoSuchRightsRequestError: There is none.
            WrongStageError: It is not parked.

        """
        return self._seen(reviewing.resume(self._room, case_of(self._room, request), by))

    def conclude_partly(self, request: RequestId, by: Account, reason: str) -> RequestSeen:
        """Close a request as it is, as partly fulfilled; what is open is left out for a reason.

        Raises:
            NoSuchRightsRequestError: There is none.
            FourEyesError: It takes a reviewer other than who asked.
            RightsReasonError: The reason has a wrong length.
            WrongStageError: It is neither parked nor waits for somebody outside.

        """
        case = case_of(self._room, request)
        return self._seen(reviewing.conclude_partly(self._room, case, by, reason))

    def extend(
        self, request: RequestId, by: Account, days: WorkingDays, reason: str
    ) -> RequestSeen:
        """Extend the time for the answer, once, by at most 15 working days; the individual sees it.

        Raises:
            NoSuchRightsRequestError: There is none.
            RightsReasonError: The reason has a wrong length, or the days are not 1 to 15.
            RightsExtendedError: It was extended before, or is closed.

        """
        case = case_of(self._room, request)
        return self._seen(reviewing.extend(self._room, case, by, days, reason))

    def tasks(self, *, open_only: bool = True) -> tuple[TaskSeen, ...]:
        """Return what has to be done by hand, oldest first."""
        return tuple(map(task_seen, self._room.outside.tasks(None, open_only=open_only)))

    def task_done(self, task: str, by: Account, note: str) -> RequestSeen:
        """Take note that a task was done; the note of an explanation is the answer itself.

        Raises:
            NoSuchRightsTaskError: There is none that is open.

        """
        return self._seen(reviewing.task_done(self._room, task, by, note))

    def note_review(self, request: RequestId, by: Account, note: str) -> RequestSeen:
        """Write into the timeline how far the review of an automated decision is.

        Raises:
            NoSuchRightsRequestError: There is none.
            CaseMovedError: It moved meanwhile.

        """
        case = case_of(self._room, request)
        return self._seen(self._room.keeper.note(case, by=by.id, note=note))

    def check_review(self, request: RequestId, by: Account, *, changes: bool) -> None:
        """Make sure that somebody may end the review of an automated decision so.

        Raises:
            NoSuchRightsRequestError: There is none.
            FourEyesError: It changes something, which takes a reviewer other than who asked.

        """
        if changes:
            reviewing.four_eyes(self._room, case_of(self._room, request), by)

    def reviewed(self, task: str, by: Account, note: str) -> RequestSeen:
        """Take note that a person decided anew; the note is the answer the individual reads.

        Raises:
            NoSuchRightsTaskError: There is none that is open.

        """
        return self._seen(reviewing.task_done(self._room, task, by, note, is_review=True))

    def acknowledge(self, notice: str) -> RequestSeen:
        """Take note that a party outside confirms that it did what it was told.

        Raises:
            NoSuchRightsTaskError: There is no such notice.

        """
        return self._seen(reviewing.acknowledge(self._room, notice))

    def cancellation_conditions(self, asker: Asker) -> tuple[ConditionSeen, ...]:
        """Return what has to be so before the account can be cancelled, as it is published."""
        return conditions_of(self._room.served().register, asker.app)

    def may_create_account(self, account: str) -> bool:
        """Tell whether an account may be made under an id: not where it was erased."""
        person = person_key(self._room.tokens, account)
        return self._room.suppressions.entry(person) is None

    def start_afresh(self, asker: Asker) -> bool:
        """Let somebody erased come back by their own registration; return whether they had been."""
        return start_afresh(self._room, asker)

    def work(self, *, limit: int = 20) -> int:
        """Do one round of the worker; return how many requests were moved.

        Plans, ends waiting times, executes, sends, concludes; several processes may call it.
        """
        return work(self._room, limit=limit)

    def sweep(self) -> SweepResult:
        """Look for what came back and for what is due to go by itself."""
        return sweep(self._room)

    def file(self, request: RequestId, asker: Asker, part: int) -> ExportStream:
        """Return a file to take home, read in ranges; who asked for it has signed in just now.

        Raises:
            NoSuchRightsRequestError: There is none, or it is somebody else's.
            IdentityNotProvedError: The sign-in is over ten minutes ago, or not known.
            NoSuchExportError: There is no such file, or it has expired.

        """
        case, now = fetched(self._room, request, asker)
        return self._room.exports.file(case.request.id, part, now)

    def gathered_for(self, request: RequestId, asker: Asker) -> RequestSeen:
        """Return a request whose view and files somebody may see: whoever asked for it.

        Raises:
            NoSuchRightsRequestError: There is none, or it is somebody else's.
            IdentityNotProvedError: The guardian who asked for it has to act.

        """
        return self._seen(asked_by(self._room, request, asker))

    def code(self, request: RequestId, asker: Asker) -> str:
        """Return the pass code of a copy, once; who asks has signed in just now.

        Raises:
            NoSuchRightsRequestError: There is none, or it is somebody else's.
            IdentityNotProvedError: The sign-in is over ten minutes ago, or not known.
            NoSuchExportError: The files have no code, are not ready, or it was shown before.

        """
        case, now = fetched(self._room, request, asker)
        return self._room.exports.take_code(case.request.id, now)

    def _seen(self, case: Case) -> RequestSeen:
        return seen(self._room, case)

    def _is_open(self, request: RequestId) -> bool:
        case = self._room.store.case(request)
        return case is not None and not case.stage.is_final
