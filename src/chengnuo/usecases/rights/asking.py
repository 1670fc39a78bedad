"""Taking a request in: who may ask for what, what is asked once more, and proving identity.

A request is kept whoever asks; what is lacking then shows in its stage. Whoever cannot ask at all,
as a child alone, gets a written refusal with the reason (PIPL Arts. 31, 50).
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from chengnuo.base.errors import InvalidInputError
from chengnuo.base.instant import from_us, to_us
from chengnuo.domain.disclosure.right_words import RIGHT
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.register.ids import AppId
from chengnuo.domain.register.model import Register
from chengnuo.domain.rights.concluding import refuse
from chengnuo.domain.rights.identity import (
    ACTIONS,
    Proof,
    Strength,
    Why,
    lacking,
    may_ask,
    needed,
)
from chengnuo.domain.rights.letters import refusal
from chengnuo.domain.rights.machine import Event, Stage, WrongStageError
from chengnuo.domain.rights.request import (
    Asked,
    AskedBy,
    CancellationAsked,
    CorrectionAsked,
    DeletionAsked,
    ExplanationAsked,
    ReadAsked,
    RestrictionAsked,
    RightsRequest,
    TransferAsked,
)
from chengnuo.law.civil import after, end_of
from chengnuo.law.rights import Right
from chengnuo.ports.individuals import PersonKey
from chengnuo.ports.rights import Case, Secret
from chengnuo.ports.rights_outside import TaskKept, TaskKind
from chengnuo.usecases.rights.fetching import party_of, party_seal
from chengnuo.usecases.rights.machines import is_of_machines
from chengnuo.usecases.rights.refusals import IdentityNotProvedError
from chengnuo.usecases.rights.request_ids import fresh_id, marked_id
from chengnuo.usecases.rights.room import MOST_WORKING_DAYS, Room, stopped
from chengnuo.usecases.rights.seen import Asker
from chengnuo.usecases.rights.tasks import task_of

UNDO_FOR = timedelta(minutes=10)
"""How long what cannot be undone can be taken back before it begins."""

TAKES: dict[Right, type[Asked]] = {
    Right.KNOW: ExplanationAsked,
    Right.RESTRICT: RestrictionAsked,
    Right.REFUSE: RestrictionAsked,
    Right.REFUSE_AUTOMATED: RestrictionAsked,
    Right.ACCESS: ReadAsked,
    Right.COPY: ReadAsked,
    Right.TRANSFER: TransferAsked,
    Right.CORRECT: CorrectionAsked,
    Right.SUPPLEMENT: CorrectionAsked,
    Right.DELETE: DeletionAsked,
    Right.CANCEL_ACCOUNT: CancellationAsked,
    Right.EXPLAIN_RULES: ExplanationAsked,
    Right.EXPLAIN_AUTOMATED: ExplanationAsked,
}
"""What each right is asked for with."""


class RightsAskedOtherwiseError(InvalidInputError):
    """A right is asked for with what does not belong to it."""

    code = "rights-asked-otherwise"

    def __init__(self, right: Right) -> None:
        super().__init__(f"the right `{right}` cannot be asked for so")
        self.right = right


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A request that was taken in.

    Attributes:
        case: The request.
        is_new: Whether it was not there before.

    """

    case: Case
    is_new: bool


def checked(right: Right, asked: Asked) -> None:
    """Refuse what does not go with a right, and a pass code for files that are not asked for.

    Raises:
        RightsAskedOtherwiseError: It does not.

    """
    is_code_of_nothing = isinstance(asked, ReadAsked) and asked.with_code and not asked.formats
    if TAKES.get(right) is not type(asked) or is_code_of_nothing:
        raise RightsAskedOtherwiseError(right)


def take_in(  # noqa: PLR0913  who asks for what, and why it is asked for them
    room: Room,
    asker: Asker,
    right: Right,
    asked: Asked,
    *,
    mark: str = "",
    follows: tuple[int, ...] = (),
    released: int | None = None,
) -> Opened:
    """Take a request in; see `RightsDesk.open`.

    Args:
        room: The room.
        asker: Who asks.
        right: For which right.
        asked: For what.
        mark: Of this one asking; the same mark finds the request again, even once it is closed.
            Without one the same asked again is found while it is open.
        follows: Positions of withdrawals that it carries out.
        released: Up to how many rows it is released already, because an earlier request was.

    """
    checked(right, asked)
    before = None if mark else _the_same(room, asker, right, asked)
    if before is not None:
        return Opened(case=before, is_new=False)
    request = request_of(room, asker, right, asked)
    if mark:
        request = replace(request, id=marked_id(room.tokens, asker, mark))
    days, now = promised_days(room.served().register, asker.app, right), request.received
    due = room.due(now, days).on
    case = Case(
        request=request,
        stage=Stage.NEEDS_IDENTITY,
        days=days,
        due_on=due,
        staff=asker.staff,
        proved_at=asker.authenticated_at,
        proof_at=now,
        has_guardian=asker.guardian is not None,
        next_at=now,
        follows=follows,
        released=released,
        party=party_seal(room.tokens, request.id, party_of(asker)),
    )
    by = asker.staff or who(asker)
    secret = Secret(account=asker.account, asked=asked, party=party_of(asker))
    kept = room.keeper.add(case, secret, by=by)
    if kept is case:
        return Opened(case=judge(room, case, by=by), is_new=True)
    if kept.request.right is not right:
        raise RightsAskedOtherwiseError(right)
    return Opened(case=kept, is_new=False)


def request_of(room: Room, asker: Asker, right: Right, asked: Asked) -> RightsRequest:
    """Return a new request with an id of its own.

    Raises:
        RightsAskedOtherwiseError: The right takes another sort of `asked`, or machines are refused
            where none decides with major effect.

    """
    checked(right, asked)
    if not is_of_machines(room.served().register, right, asked):
        raise RightsAskedOtherwiseError(right)
    return RightsRequest(
        id=fresh_id(room.tokens),
        right=right,
        person=asker.person,
        by=asker.by,
        app=asker.app,
        surface=asker.surface,
        received=room.keeper.now(),
        asked=asked,
    )


def prove(room: Room, case: Case, asker: Asker) -> Case:
    """Take note of a new proof; see `RightsDesk.prove`."""
    now = room.keeper.now()
    shown = replace(
        case,
        proved_at=asker.authenticated_at,
        proof_at=now,
        has_guardian=case.has_guardian or asker.guardian is not None,
    )
    why = lack(room, shown)
    if case.request.by is AskedBy.GUARDIAN and asker.guardian is None:
        why = Why.NOT_A_GUARDIAN  # a child does not confirm what the guardian asks
    if case.stage is not Stage.NEEDS_IDENTITY:
        return room.keeper.move(shown, Event.PROVED)  # says that it does not wait for that
    if why is not None:
        _note_check(room, case, passed=False)
        raise IdentityNotProvedError(why)
    return judge(room, shown, by=who(asker))


def take_back(room: Room, case: Case) -> Case:
    """Take a request back before it begins; see `RightsDesk.take_back`."""
    if case.has_begun:
        raise WrongStageError(case.stage, Event.TAKEN_BACK)
    closed = replace(case, stopped=None, next_at=None)
    moved = room.keeper.move(closed, Event.TAKEN_BACK, by=case.request.by.value)
    room.let_go(moved)
    return moved


def judge(room: Room, case: Case, *, by: str, fence: int | None = None) -> Case:
    """Move a request that waits for identity as far as what is known of it goes."""
    request = case.request
    if not may_ask(request.right, request.by):
        return _refused(room, case, "not-a-close-relative-right", by=by, fence=fence)
    why = lack(room, case)
    if why is None:
        _note_check(room, case, passed=True)
        planned = replace(case, stopped=None, next_at=room.keeper.now())
        return room.keeper.move(planned, Event.PROVED, by=by, fence=fence)
    if why in {Why.GUARDIAN, Why.NOT_A_GUARDIAN}:
        code = "guardian-needed" if why is Why.GUARDIAN else "identity-not-proved"
        return _refused(room, case, code, by=by, fence=fence)
    if room.keeper.now() >= end_of(case.due_on):
        return _refused(room, case, "identity-not-proved", by="system", fence=fence)
    if why is Why.NOT_CHECKED:
        room.outside.put((), (_check_task(case, room.keeper.now()),))
    waits = stopped("rights-identity", ACTIONS[why], ACTIONS[why])
    return room.keeper.update(
        replace(case, stopped=waits, next_at=end_of(case.due_on)), fence=fence
    )


def lack(room: Room, case: Case) -> Why | None:
    """Return what is lacking of the proof of a request, from its facts and never its stage."""
    proof = Proof(
        by=case.request.by,
        authenticated_at=case.proved_at,
        has_guardian=case.has_guardian,
        checked=case.checked,
    )
    age = room.age_of(PersonKey(case.request.person))
    return lacking(case.request.right, proof, age, case.proof_at or case.request.received)


def lack_of(room: Room, asker: Asker, right: Right) -> Why | None:
    """Return what is lacking of the proof of somebody who asks just now."""
    proof = Proof(
        by=asker.by,
        authenticated_at=asker.authenticated_at,
        has_guardian=asker.guardian is not None,
    )
    return lacking(right, proof, room.age_of(asker.person), room.keeper.now())


def promised_days(register: Register, app: str, right: Right) -> int:
    """Return the working days for the answer: what is promised, 15 at most (TD-R1)."""
    promised = [
        path.working_days
        for one in register.apps
        if app in {"", one.app}
        for path in one.rights
        if path.right is right
    ]
    return min([MOST_WORKING_DAYS, *promised])


def wait_until(room: Room, case: Case) -> datetime:
    """Return until when a request can be taken back before it is carried out."""
    since = case.proof_at or case.request.received
    if case.request.by in {AskedBy.STAFF, AskedBy.AUTOMATIC}:
        return since
    undo = since + UNDO_FOR
    match case.request.asked:
        case CancellationAsked():
            app = room.served().register.app_by_id.get(AppId(case.request.app))
            period = (
                None if app is None or app.cancellation is None else app.cancellation.cooling_off
            )
            return undo if period is None else max(undo, from_us(after(to_us(since), period)))
        case DeletionAsked() | CorrectionAsked() | TransferAsked():
            return undo
        case _:
            return since


def who(asker: Asker) -> str:
    """Return the word for who asks in a timeline; never an account id of an individual."""
    return "guardian" if asker.guardian is not None else asker.by.value


def _the_same(room: Room, asker: Asker, right: Right, asked: Asked) -> Case | None:
    for case in room.store.of(room.names(asker.person), open_only=True):
        if case.request.right is not right:
            continue
        secret = room.store.secret(case.request.id)
        if secret is None or not _is_party(case, secret, asker):
            continue
        if secret.asked == asked and secret.account == asker.account:
            return case
    return None


def _is_party(case: Case, secret: Secret, asker: Asker) -> bool:
    """Tell whether the same party asks; a back end is believed of what it hands in again."""
    if case.request.by is not asker.by or secret.party != party_of(asker):
        return False
    is_for_others = asker.by in {AskedBy.AGENT, AskedBy.CLOSE_RELATIVE}
    return bool(secret.party) or not is_for_others or case.request.surface == asker.surface == "api"


def _refused(room: Room, case: Case, code: str, *, by: str, fence: int | None) -> Case:
    _note_check(room, case, passed=False)
    reasons = (refusal(code, RIGHT[case.request.right]),)
    reply = refuse(case.request, reasons, room.letter(case), room.keeper.now())
    closed = replace(case, reply=reply, stopped=None, next_at=None)
    return room.keeper.move(closed, Event.NOT_PROVED, by=by, note=code, fence=fence)


def _note_check(room: Room, case: Case, *, passed: bool) -> None:
    strength = needed(case.request.right, case.request.by)
    method = "document-seen" if strength is Strength.CHECKED else strength.value
    room.keeper.recorder.record(
        Kind.IDENTITY_CHECK,
        {"method": method, "passed": passed, "request": case.request.id},
        person=PersonKey(case.request.person),
    )


def _check_task(case: Case, now: datetime) -> TaskKept:
    return task_of(case, TaskKind.CHECK, "", ACTIONS[Why.NOT_CHECKED], now)
