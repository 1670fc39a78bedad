"""Staff keep something back, and what goes once they no longer do (PIPL Art. 47 para. 2).

Setting a hold only ever protects, so one person can do it at once; lifting lets information go, so
with two accounts it takes a reviewer other than who set it. The reason names somebody and stands in
their own chain; the record about the installation has the id alone. A secret hold (Arts. 18, 35)
leaves no trace in their chain, because they read it. What a deletion left only because of a hold
was asked for, so it goes without being asked again.
"""

from dataclasses import dataclass
from datetime import datetime

from chengnuo.base.text import Text
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.rights.holds import Hold
from chengnuo.domain.rights.machine import Stage
from chengnuo.domain.rights.plan import Plan
from chengnuo.domain.rights.request import CancellationAsked, DeletionAsked, Ground, Scope
from chengnuo.domain.rights.words import RefusalCode
from chengnuo.ports.accounts import Account, Role
from chengnuo.ports.rights import Case
from chengnuo.ports.rights_holds import HoldKept
from chengnuo.usecases.evidence.file_requests import FourEyesError
from chengnuo.usecases.individual_entry import person_key
from chengnuo.usecases.rights.refusals import NoSuchRightsHoldError, RightsHoldError
from chengnuo.usecases.rights.reviewing import checked_reason
from chengnuo.usecases.rights.room import Room

HOLD_SET, HOLD_LIFTED = "rights-hold-set", "rights-hold-lifted"
_ID_BYTES = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldSeen:
    """A hold as pages show it.

    Attributes:
        kept: The hold.
        over: Whether it keeps nothing back any more.

    """

    kept: HoldKept
    over: bool


def seen_holds(room: Room) -> tuple[HoldSeen, ...]:
    """Return all holds, newest first."""
    now = room.keeper.now()
    return tuple(HoldSeen(kept=one, over=one.is_over(now)) for one in room.holds.every())


def keep_back(  # noqa: PLR0913  what a hold is
    room: Room,
    account: str,
    *,
    table: str,
    reason: str,
    until: datetime | None,
    by: Account,
    secret: bool,
) -> HoldKept:
    """Keep something back; see `StaffDesk.hold`."""
    said = checked_reason(reason)
    tables = {
        f"{store.store}.{one.table}"
        for store in room.served().register.stores
        for one in store.tables
    }
    now = room.keeper.now()
    if not account or table not in {"", *tables} or (until is not None and until <= now):
        raise RightsHoldError
    kept = HoldKept(
        id=f"ho-{room.tokens.random_bytes(_ID_BYTES).hex()}",
        person=person_key(room.tokens, account),
        hold=Hold(table=table, reason=Text(said), until=until, secret=secret),
        since=now,
        by=by.id,
    )
    _record(room, kept, HOLD_SET, by=by, reason=said)
    room.holds.keep(kept)
    return kept


def lift(room: Room, wanted: str, by: Account, reason: str) -> HoldKept:
    """Keep something back no longer; see `StaffDesk.lift`."""
    said = checked_reason(reason)
    kept = room.holds.one(wanted)
    if kept is None or kept.lifted_at is not None:
        raise NoSuchRightsHoldError
    if room.is_two_people() and (by.role is not Role.REVIEWER or by.id == kept.by):
        raise FourEyesError
    _record(room, kept, HOLD_LIFTED, by=by, reason=said)
    if not room.holds.lift(kept.id, at=room.keeper.now(), by=by.id):
        raise NoSuchRightsHoldError
    return room.holds.one(kept.id) or kept


def over(room: Room) -> tuple[HoldKept, ...]:
    """Return the holds that are over, and of which what they kept back may still be there."""
    return room.holds.unsettled(room.keeper.now())


def left_by(room: Room, kept: HoldKept) -> tuple[tuple[DeletionAsked, Plan], ...] | None:
    """Return the deletions that left something because of a hold, as they would be asked now.

    None while one of them is still at it. Nothing where another hold keeps the same: once that one
    is over they are found again.
    """
    now = room.keeper.now()
    names = room.names(kept.person)
    others = [one for name in names for one in room.holds.holds(name)]
    if any(one.holds(kept.hold.table, now) for one in others):
        return ()
    cases = [case for case in room.store.of(names) if _was_held(case)]
    if any(not case.stage.is_final for case in cases):
        return None
    found = dict[Scope, Plan]()
    for case in cases:  # newest first
        if case.plan is not None and _was_granted(case):
            found.setdefault(_scope(case), case.plan)
    return tuple(
        (DeletionAsked(ground=Ground.OTHER_LAW, scope=scope), plan) for scope, plan in found.items()
    )


def _was_held(case: Case) -> bool:
    asked, plan = case.request.asked, case.plan
    return (
        isinstance(asked, DeletionAsked | CancellationAsked)
        and plan is not None
        and any(one.code == RefusalCode.HELD_BACK for one in plan.refusals)
    )


def _was_granted(case: Case) -> bool:
    """Tell whether it was carried out as far as could be, neither taken back nor declined."""
    if case.stage is Stage.REFUSED:
        planned = () if case.plan is None else case.plan.refusals
        return case.reply is not None and case.reply.refusals == planned
    return case.stage is not Stage.TAKEN_BACK


def _scope(case: Case) -> Scope:
    asked = case.request.asked
    return asked.scope if isinstance(asked, DeletionAsked) else Scope()


def _record(room: Room, kept: HoldKept, what: str, *, by: Account, reason: str) -> None:
    recorder = room.keeper.recorder
    recorder.record(
        Kind.CONFIGURATION,
        {
            "what": what,
            "detail": kept.id,
            "by": by.id,
            "single_person": not room.is_two_people(),
        },
    )
    if not kept.hold.secret and recorder.payloads.tag(kept.person) is not None:
        said = {"what": what, "by": by.id, "reason": reason}
        recorder.record(Kind.OPERATOR_READ, dict(said), person=kept.person)
