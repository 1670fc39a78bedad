"""What individuals set once for all uses, and joining the names of one individual."""

from chengnuo.base.canonical import Tree
from chengnuo.base.instant import from_us
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.register.ids import ActivityId, AppId, SwitchId
from chengnuo.domain.register.model import Register
from chengnuo.law.rights import Right
from chengnuo.ports.evidence_log import Position
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.consent.acts import Recorded
from chengnuo.usecases.consent.keeping import ConsentKeeper
from chengnuo.usecases.consent.refusals import (
    NoSuchActivityError,
    NoSuchSwitchError,
    SameIndividualError,
)
from chengnuo.usecases.consent.taking_in import ENDED, IN_FORCE
from chengnuo.usecases.evidence.recording import NO_ROWS, Rows

_REQUEST = "self-service"


def set_switch(  # noqa: PLR0913  who, what, how, where
    keeper: ConsentKeeper,
    register: Register,
    person: PersonKey,
    switch: SwitchId,
    *,
    on: bool,
    surface: str,
    app: AppId | None,
) -> Recorded:
    """Record that a switch was set; see `ConsentDesk.set_switch`."""
    found = register.switch_by_id.get(switch)
    if found is None or (app is not None and found.app != app):
        raise NoSuchSwitchError(switch)
    values: dict[str, Tree] = {"switch": switch, "on": on, "surface": surface}
    return _record(keeper, Kind.SWITCH_SET, values, person)


def restrict(keeper: ConsentKeeper, person: PersonKey, *, on: bool) -> Recorded:
    """Record that handling is restricted to storing and protecting, or not any more."""
    return _record(keeper, Kind.REQUEST_STATE, _request(Right.RESTRICT, on=on), person)


def object_to(
    keeper: ConsentKeeper,
    register: Register,
    person: PersonKey,
    activity: ActivityId,
    *,
    on: bool,
) -> Recorded:
    """Record an objection to handling what is public, or its end; see `ConsentDesk.object_to`."""
    if activity not in register.activity_by_id:
        raise NoSuchActivityError(activity)
    values = _request(Right.REFUSE, on=on)
    return _record(keeper, Kind.REQUEST_STATE, values, person, Rows(activity=activity))


def refuse_machine_only(
    keeper: ConsentKeeper,
    register: Register,
    person: PersonKey,
    activity: ActivityId | None,
    *,
    on: bool,
) -> Recorded:
    """Record a refusal of machines alone, or its end; see `ConsentDesk.refuse_machine_only`."""
    if activity is not None and activity not in register.activity_by_id:
        raise NoSuchActivityError(activity)
    values = _request(Right.REFUSE_AUTOMATED, on=on)
    return _record(keeper, Kind.REQUEST_STATE, values, person, Rows(activity=activity or ""))


def merge(keeper: ConsentKeeper, person: PersonKey, other: PersonKey, *, method: str) -> Recorded:
    """Record that two names are one individual's; see `ConsentDesk.merge`.

    The check of the second name stands in its own chain just before the merge, so that a replay
    finds whose chain the merge joined.
    """
    if person == other:
        raise SameIndividualError
    with keeper.lock:
        kept = keeper.kept(person)
        if other in kept.names:
            known = kept.merges[-1]
            return Recorded(position=Position(known.position), at=from_us(known.at))
        draft = keeper.recorder.draft
        appended = keeper.record(
            [
                draft(Kind.IDENTITY_CHECK, {"method": method, "passed": True}, person=other),
                draft(Kind.ALIASES_MERGED, {"method": method}, person=person, also=other),
            ]
        )
    return Recorded(position=Position(appended.first + 1), at=from_us(appended.at))


def _request(right: Right, *, on: bool) -> dict[str, Tree]:
    return {"request": _REQUEST, "right": right.value, "state": IN_FORCE if on else ENDED}


def _record(
    keeper: ConsentKeeper,
    kind: Kind,
    values: dict[str, Tree],
    person: PersonKey,
    rows: Rows = NO_ROWS,
) -> Recorded:
    appended = keeper.record([keeper.recorder.draft(kind, values, person=person, rows=rows)])
    return Recorded(position=appended.first, at=from_us(appended.at))
