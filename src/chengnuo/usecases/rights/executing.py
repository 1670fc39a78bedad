"""Carrying a plan out: one store after the other, each as one transaction, under a lease.

Before anything is touched the identity is judged anew from its facts. Whoever is to stay erased is
entered in the ledger before the first row goes. A store that stands in the way parks itself alone;
the others go on. Afterwards everything is looked for again. Every result is written under the
number of the lease, so an executor that was taken over writes nothing any more.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from chengnuo.base.errors import ChengnuoError, UnavailableError
from chengnuo.base.text import Text
from chengnuo.domain.disclosure.saying import fill
from chengnuo.domain.rights.explaining import Explainer
from chengnuo.domain.rights.identity import ACTIONS
from chengnuo.domain.rights.machine import Event
from chengnuo.domain.rights.plan import Plan, RowFate, StorePlan
from chengnuo.domain.rights.reply import StoreResult, StoreState
from chengnuo.domain.rights.request import (
    EVERYTHING,
    AskedBy,
    CancellationAsked,
    DeletionAsked,
    ExplanationAsked,
    ReadAsked,
    RestrictionAsked,
    TransferAsked,
)
from chengnuo.ports.individuals import PersonKey
from chengnuo.ports.record_source import StoreRefusedError, StoreUnavailableError
from chengnuo.ports.rights import Case, CaseMovedError, Secret, Suppressed
from chengnuo.usecases.rights.asking import lack
from chengnuo.usecases.rights.exporting import ExportIncompleteError
from chengnuo.usecases.rights.making import AGAIN_AFTER, MEND, WAIT, action_after, stopped_by
from chengnuo.usecases.rights.moving_copies import move_copy
from chengnuo.usecases.rights.planner_values import Beat, PlanOutdatedError, Surroundings
from chengnuo.usecases.rights.retention import (
    carry_out_expired,
    is_about_time,
    left_expired,
)
from chengnuo.usecases.rights.room import Room, stopped

LEASE = timedelta(minutes=2)
MOST_ROUNDS = 5
"""How often a request is planned anew because rows came up meanwhile."""
_CHANGES = Text(
    "数据库、登记簿或数据反复变化，处理后仍找到数据",
    "Store, register or rows keep changing; something was found again afterwards",
)
_FIND_WRITER = Text(
    "请查明哪个程序仍在写入，停止后点击继续", "Find out what still writes it, stop that, then go on"
)


class Heart:
    """Keeps the lease of one executor, at most every ten seconds."""

    def __init__(self, room: Room, case: Case, fence: int) -> None:
        """Begin to keep it."""
        self._room, self._case, self._fence = room, case, fence
        self._last = room.keeper.now()

    def __call__(self) -> None:
        """Keep the lease.

        Raises:
            CaseMovedError: Another has taken it over; nothing more may be done.

        """
        now = self._room.keeper.now()
        if now - self._last >= LEASE / 12:
            self.check()

    def check(self) -> None:
        """Keep the lease now, whenever it was last."""
        now = self._room.keeper.now()
        self._room.store.beat(self._case.request.id, self._fence, now + LEASE)
        self._last = now


def is_erasure(case: Case) -> bool:
    """Tell whether everything of the individual goes."""
    asked = case.request.asked
    return isinstance(asked, CancellationAsked) or (
        isinstance(asked, DeletionAsked)
        and asked.scope == EVERYTHING
        and case.request.by is not AskedBy.AUTOMATIC
    )


def is_reading(case: Case) -> bool:
    """Tell whether nothing is changed in any store."""
    return isinstance(case.request.asked, ReadAsked | TransferAsked)


def execute(room: Room, case: Case, plan: Plan, secret: Secret, fence: int) -> Case:
    """Carry a plan out and return the case, moved if it could not be carried out to the end.

    Raises:
        CaseMovedError: Another executor has taken over.

    """
    heart, person = Heart(room, case, fence), PersonKey(case.request.person)
    why = lack(room, case)
    if why is not None:
        held = stopped("rights-identity", ACTIONS[why], ACTIONS[why])
        parked = replace(case, stopped=held, next_at=None)
        return room.keeper.move(parked, Event.STOPPED, note="rights-identity", fence=fence)
    around = room.around(person)
    if (plan.register, plan.law) != (around.version, str(around.law.version)):
        return outdated(room, case, fence)
    if is_erasure(case):
        now = room.keeper.now()
        room.suppressions.suppress(Suppressed(person=person, since=now, request=case.request.id))
    case = room.keeper.update(replace(case, has_begun=True), fence=fence)
    for store in plan.stores:
        try:
            case = _store(room, case, plan, store, secret, fence, heart)
        except PlanOutdatedError:
            return outdated(room, case, fence)
    if is_reading(case):
        return _copied(room, case, plan, secret, around, heart, fence)
    if isinstance(case.request.asked, RestrictionAsked | ExplanationAsked):
        return case
    return _looked_again(room, case, plan, secret, around, heart, fence)


def outdated(room: Room, case: Case, fence: int) -> Case:
    """Let a case be planned anew; one for which that does not help is parked."""
    if case.rounds >= MOST_ROUNDS:
        held = replace(
            case, stopped=stopped("rights-plan-outdated", _CHANGES, _FIND_WRITER), next_at=None
        )
        return room.keeper.move(held, Event.STOPPED, note="rights-plan-outdated", fence=fence)
    again = replace(case, next_at=room.keeper.now())
    return room.keeper.move(again, Event.OUTDATED, fence=fence)


def _store(  # noqa: PLR0913, PLR0917  one store of one case under one lease
    room: Room,
    case: Case,
    plan: Plan,
    store: StorePlan,
    secret: Secret,
    fence: int,
    heart: Heart,
) -> Case:
    result = next(one for one in case.results if one.store == store.store)
    if store.by_hand or result.state in {StoreState.DONE, StoreState.LEFT_OUT}:
        return case
    now = room.keeper.now()
    if store.is_blocked:
        result = replace(
            result, state=StoreState.STOPPED, stopped=stopped_by(store.problems), at=now
        )
    elif is_reading(case):
        result = replace(result, state=StoreState.DONE, residue=0, at=now)
    else:
        heart.check()
        result = _carried(room, plan, store, secret.account, heart, result, now)
    results = tuple(result if one.store == store.store else one for one in case.results)
    return room.keeper.update(replace(case, results=results), fence=fence)


def _carried(  # noqa: PLR0913, PLR0917  one store of one plan
    room: Room,
    plan: Plan,
    store: StorePlan,
    account: str,
    beat: Beat,
    result: StoreResult,
    now: datetime,
) -> StoreResult:
    try:
        if is_about_time(plan.request):
            carried = carry_out_expired(room, account, beat)
        else:
            carried = room.planner.carry_out(plan, store, account=account, beat=beat)
    except StoreRefusedError as refused:
        what = fill(
            "数据库拒绝了对「{table}」的更改：{constraint}，未作任何更改",
            "The store refused a change to {table}: {constraint}; nothing was changed",
            table=refused.table,
            constraint=refused.constraint,
        )
        held = stopped(refused.code, what, MEND)
        return replace(result, state=StoreState.STOPPED, stopped=held, at=now)
    except StoreUnavailableError as away:
        what = Text("数据库暂时无法访问", "The store cannot be reached just now")
        held = stopped(away.code, what, WAIT)
        return replace(result, state=StoreState.STOPPED, stopped=held, at=now)
    return replace(
        result,
        state=StoreState.DONE,
        deleted=result.deleted + carried.deleted,
        changed=result.changed + carried.changed,
        kept=sum(step.rows for step in store.steps if step.fate is RowFate.KEEP),
        stopped=None,
        at=now,
    )


def _copied(  # noqa: PLR0913, PLR0917  one copy of one case under one lease
    room: Room,
    case: Case,
    plan: Plan | None,
    secret: Secret,
    around: Surroundings,
    heart: Heart,
    fence: int,
) -> Case:
    request, now = replace(case.request, asked=secret.asked), room.keeper.now()
    person = PersonKey(request.person)
    plan = plan if room.exports.is_gathered(request) else None
    try:
        if plan is None:
            with room.exports.gathering(request, now) as taker:
                plan = room.planner.plan(
                    request, secret.account, now, around, taker=taker, beat=heart
                )
            results = tuple(_not_read(case.results, plan, now))
            case = room.keeper.update(replace(case, plan=plan, results=results), fence=fence)
        explainer = Explainer(register=around.register, catalogue=around.law)
        whole = replace(plan, request=request)
        made = room.exports.make(whole, explainer, person, now)
        if isinstance(request.asked, TransferAsked):
            move_copy(room, whole, request.asked, made.files, explainer, heart)
    except CaseMovedError:
        raise
    except ExportIncompleteError:
        return outdated(room, case, fence)  # as after a store came back; it was thrown away
    except ChengnuoError as error:
        again = isinstance(error, UnavailableError)
        what = Text("副本未能生成", "The copy could not be made")
        held = stopped(error.code, what, action_after(error))
        next_at = room.keeper.now() + AGAIN_AFTER if again else None
        parked = replace(case, stopped=held, next_at=next_at)
        return room.keeper.move(parked, Event.STOPPED, note=error.code, fence=fence)
    results = tuple(_read(case.results, plan, made.withheld))
    return room.keeper.update(replace(case, results=results), fence=fence)


def _looked_again(  # noqa: PLR0913, PLR0917  one look at one case under one lease
    room: Room,
    case: Case,
    plan: Plan,
    secret: Secret,
    around: Surroundings,
    heart: Heart,
    fence: int,
) -> Case:
    now = room.keeper.now()
    planned = {one.store for one in plan.stores if not one.by_hand}
    try:
        whole = replace(plan, request=replace(plan.request, asked=secret.asked))
        left = _left(room, whole, secret.account, now, around, heart)
        for one in case.results:
            if one.state is StoreState.DONE and one.store in planned and one.store not in left:
                raise StoreUnavailableError(one.store, "it was not looked at again")  # noqa: TRY301
    except StoreUnavailableError as away:
        what = Text("数据库暂时无法访问，未能复查", "A store cannot be reached for the second look")
        held = replace(case, stopped=stopped(away.code, what, WAIT), next_at=now + AGAIN_AFTER)
        return room.keeper.move(held, Event.STOPPED, note=away.code, fence=fence)
    case = room.keeper.update(
        replace(case, results=tuple(_with_residue(case.results, left))), fence=fence
    )
    if any(one.state is StoreState.RESIDUE for one in case.results):
        return outdated(room, case, fence)
    return case


def _left(  # noqa: PLR0913, PLR0917  one look for one plan
    room: Room, plan: Plan, account: str, now: datetime, around: Surroundings, beat: Beat
) -> dict[str, int]:
    if is_about_time(plan.request):
        rows = left_expired(room, account)
        return {store.store: rows for store in plan.stores}
    found = room.planner.residue(plan, account, now, around, beat=beat)
    return {one.store: one.rows for one in found}


def _not_read(results: tuple[StoreResult, ...], plan: Plan, now: datetime) -> Iterator[StoreResult]:
    """Yield results as a plan made anew leaves them: what it could not look at was not read."""
    blocked = {one.store: one.problems for one in plan.stores if one.is_blocked}
    for one in results:
        why = blocked.get(one.store)
        if why is None or one.state is StoreState.LEFT_OUT:
            yield one
        else:
            held = stopped_by(why)
            yield replace(one, state=StoreState.STOPPED, residue=None, stopped=held, at=now)


def _read(results: tuple[StoreResult, ...], plan: Plan, withheld: int) -> Iterator[StoreResult]:
    """Yield results with what was read; what was withheld is counted once, in the first store."""
    found = {store.store: sum(step.rows for step in store.steps) for store in plan.stores}
    for one in results:
        yield replace(one, found=found.get(one.store, one.found), withheld=withheld)
        withheld = 0


def _with_residue(results: tuple[StoreResult, ...], left: dict[str, int]) -> Iterator[StoreResult]:
    for one in results:
        rows = left.get(one.store, 0)
        if one.state is not StoreState.DONE:
            yield one
        elif rows:
            yield replace(one, state=StoreState.RESIDUE, residue=rows)
        else:
            yield replace(one, residue=0)
