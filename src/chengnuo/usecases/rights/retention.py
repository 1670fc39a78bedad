"""Carrying out what goes by itself (PIPL Arts. 19, 47 para. 1 item 2): see `going` for which rows.

All rows of one table that are over are one request about nobody in particular; it waits for a
reviewer as every automatic one does. They are deleted, or anonymised where the register says so.
For a table that no activity uses any more there is one request for each change of the register: if
staff decline it, or close it as done in part, it is not asked again.
"""

from chengnuo.base.errors import UnavailableError
from chengnuo.domain.register.ids import ActivityId
from chengnuo.domain.register.model import Register
from chengnuo.domain.rights.machine import Stage
from chengnuo.domain.rights.plan import Belongs, Plan, RowFate, Step, StorePlan
from chengnuo.domain.rights.request import (
    AskedBy,
    DeletionAsked,
    Ground,
    RightsRequest,
    Scope,
)
from chengnuo.law.rights import Right
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.rights.asking import take_in
from chengnuo.usecases.rights.ended import Ended, ended
from chengnuo.usecases.rights.going import Going, Rows, expiring, rows_of
from chengnuo.usecases.rights.planner_values import Beat, Carried, PlanOutdatedError
from chengnuo.usecases.rights.room import Room
from chengnuo.usecases.rights.seen import Asker

_LEFT = frozenset({Stage.PARTLY, Stage.REFUSED, Stage.TAKEN_BACK})
"""Where a request ends of which staff said that it shall not be carried out, or not wholly."""


def is_about_time(request: RightsRequest) -> bool:
    """Tell whether a request is about rows whose time is over, and about nobody in particular."""
    asked = request.asked
    return (
        request.by is AskedBy.AUTOMATIC
        and isinstance(asked, DeletionAsked)
        and asked.ground is Ground.ENDED
    )


def look_for_expired(room: Room, register: Register) -> int:
    """Open a request for each table of which rows are over; return how many are new."""
    opened = 0
    for one in expiring(register):
        try:
            with rows_of(room, one) as rows:
                is_due = next(rows.pages(), None) is not None
        except UnavailableError:
            continue  # it is looked at again at the next sweep
        if is_due:
            person = PersonKey(room.tokens.keyed("retention", one.name))
            activities = tuple(span.activity for span in one.spans)
            opened += _open(room, one, person, activities)
    return opened


def look_for_ended(room: Room) -> int:
    """Open a request for each table that no activity uses any more; return how many are new."""
    opened = 0
    for one in ended(room.register):
        person = PersonKey(room.tokens.keyed("ended", f"{one.going.name}@{one.last}"))
        stages = {case.stage for case in room.store.of((person,))}
        if stages & _LEFT or not all(stage.is_final for stage in stages):
            continue
        try:
            if _is_due(room, one):
                opened += _open(room, one.going, person, one.activities)
        except UnavailableError:
            continue  # it is looked at again at the next sweep
    return opened


def plan_expired(room: Room, request: RightsRequest, name: str) -> Plan:
    """Return the plan: how many rows of the table are over, and what happens to them.

    Raises:
        StoreUnavailableError: The store does not answer.

    """
    around, found = room.around(PersonKey(request.person)), _ended(room, name)
    stores: tuple[StorePlan, ...] = ()
    one = _named(room, name)
    if found is not None and found.problem is not None:
        stores = (
            StorePlan(
                store=found.going.store.store,
                name=found.going.store.name,
                schema="",
                steps=(),
                problems=(found.problem,),
            ),
        )
    elif one is not None:
        with rows_of(room, one) as rows:
            stores = (_planned(rows),)
    return Plan(
        request=request,
        register=around.version,
        law=str(around.law.version),
        at=room.keeper.now(),
        stores=stores,
        basis=("PIPL-19", "PIPL-47"),
    )


def carry_out_expired(room: Room, name: str, beat: Beat) -> Carried:
    """Delete or anonymise the rows that are over, page by page, each page as one transaction.

    Raises:
        PlanOutdatedError: The store is not any more one in which it can be done.
        StoreRefusedError: A constraint stands against it; the pages before are done.
        StoreUnavailableError: The store does not answer; call again.

    """
    one = _named(room, name)
    deleted = changed = 0
    if one is not None:
        with rows_of(room, one) as rows:
            if rows.is_blocked:
                raise PlanOutdatedError(one.store.store)
            for page in rows.pages():
                beat()
                gone, other = rows.change(page)
                deleted, changed = deleted + gone, changed + other
    return Carried(deleted=deleted, changed=changed)


def left_expired(room: Room, name: str) -> int:
    """Return how many rows are over and neither gone nor anonymised."""
    one = _named(room, name)
    if one is None:
        return 0
    with rows_of(room, one) as rows:
        return sum(len(page) for page in rows.pages())


def _planned(rows: Rows) -> StorePlan:
    """Return the plan of the store; the problems are told also where no row can be looked at."""
    going, count = rows.going, sum(len(page) for page in rows.pages())
    step = Step(
        table=going.table.table,
        group="expired",
        belongs=Belongs.ALONE,
        rows=count,
        fate=RowFate.DELETE if rows.anonymised is None else RowFate.CHANGE,
        columns=() if rows.anonymised is None else rows.anonymised.columns,
    )
    return StorePlan(
        store=going.store.store,
        name=going.store.name,
        schema=rows.digest,
        steps=(step,) if count else (),
        problems=rows.problems if count or not going.spans else (),
    )


def _is_due(room: Room, one: Ended) -> bool:
    if one.problem is not None:
        return True  # nobody can look, so somebody has to
    with rows_of(room, one.going) as rows:
        return rows.schema is not None and (rows.is_blocked or next(rows.pages(), None) is not None)


def _ended(room: Room, name: str) -> Ended | None:
    return next((one for one in ended(room.register) if one.going.name == name), None)


def _named(room: Room, name: str) -> Going | None:
    """Return the table of a request; None if its rows are needed again."""
    for one in expiring(room.served().register):
        if one.name == name:
            return one
    found = _ended(room, name)
    return None if found is None or found.problem is not None else found.going


def _open(room: Room, one: Going, person: PersonKey, activities: tuple[ActivityId, ...]) -> int:
    asker = Asker(
        person=person,
        account=one.name,
        by=AskedBy.AUTOMATIC,
        app="",
        surface="automatic",
        authenticated_at=None,
    )
    asked = DeletionAsked(ground=Ground.ENDED, scope=Scope(activities=activities))
    return take_in(room, asker, Right.DELETE, asked).is_new
