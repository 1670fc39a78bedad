"""Requests to clear personal labels: made by the individual, acknowledged by the systems.

The labels themselves are kept by the operator's systems. Here stands that somebody asked for them
to be cleared, since when, and that the systems said it was done (PIPL Arts. 24, 47; GB/T 35273
7.5: a way to delete labels and to set them anew).
"""

from dataclasses import dataclass

from chengnuo.base.instant import from_us
from chengnuo.domain.consent.setting import LABELS, Setting
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.register.activity import ProcessingActivity
from chengnuo.domain.register.automated import AutomatedKind
from chengnuo.domain.register.ids import ActivityId, AppId
from chengnuo.domain.register.model import Register
from chengnuo.law.rights import Right
from chengnuo.ports.evidence_log import Position
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.consent.acts import Recorded
from chengnuo.usecases.consent.keeping import ConsentKeeper
from chengnuo.usecases.consent.refusals import NoLabelRequestError, NoSuchActivityError
from chengnuo.usecases.consent.taking_in import CLEARED, RECEIVED
from chengnuo.usecases.evidence.recording import Rows

_BY_LABELS = frozenset(
    {
        AutomatedKind.RECOMMENDATION,
        AutomatedKind.RANKING,
        AutomatedKind.ADVERTISING,
        AutomatedKind.PUSH,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelRequest:
    """The newest request to clear the labels of an activity.

    Attributes:
        activity: The activity.
        position: Position of the record that says how it stands.
        at: When that was, microseconds since 1970.
        done: Whether the systems said that the labels are gone.

    """

    activity: ActivityId
    position: int
    at: int
    done: bool


def uses_labels(activity: ProcessingActivity) -> bool:
    """Tell whether an activity shows, ranks or sends by labels made of personal information."""
    found = activity.automated
    return found is not None and found.kind in _BY_LABELS and bool(found.personal_factors)


def label_requests(keeper: ConsentKeeper, person: PersonKey) -> tuple[LabelRequest, ...]:
    """Return the newest request for each activity, of all their names."""
    newest: dict[str, Setting] = {}
    for one in keeper.kept(person).settings:
        if one.what.startswith(LABELS) and (
            one.what not in newest or newest[one.what].position < one.position
        ):
            newest[one.what] = one
    return tuple(
        LabelRequest(
            activity=ActivityId(what.removeprefix(LABELS)),
            position=one.position,
            at=one.at,
            done=one.allows,
        )
        for what, one in sorted(newest.items())
    )


def ask_to_clear(
    keeper: ConsentKeeper,
    register: Register,
    person: PersonKey,
    activity: ActivityId,
    *,
    app: AppId | None,
) -> Recorded:
    """Record that labels are to be cleared; see `ConsentDesk.clear_labels`."""
    found = register.activity_by_id.get(activity)
    if (
        found is None
        or not uses_labels(found)
        or (app is not None and register.service_by_id[found.service].app != app)
    ):
        raise NoSuchActivityError(activity)
    with keeper.lock:
        waiting = _open(keeper, person, activity)
        if waiting is not None:
            return Recorded(position=Position(waiting.position), at=from_us(waiting.at))
        return _record(keeper, person, activity, RECEIVED)


def acknowledge_cleared(keeper: ConsentKeeper, person: PersonKey, activity: ActivityId) -> Recorded:
    """Record that the systems cleared them; see `ConsentDesk.labels_cleared`."""
    with keeper.lock:
        if _open(keeper, person, activity) is None:
            raise NoLabelRequestError(activity)
        return _record(keeper, person, activity, CLEARED)


def _open(keeper: ConsentKeeper, person: PersonKey, activity: ActivityId) -> LabelRequest | None:
    return next(
        (
            one
            for one in label_requests(keeper, person)
            if one.activity == activity and not one.done
        ),
        None,
    )


def _record(keeper: ConsentKeeper, person: PersonKey, activity: ActivityId, state: str) -> Recorded:
    draft = keeper.recorder.draft(
        Kind.REQUEST_STATE,
        {"request": f"labels-{activity}", "right": Right.DELETE.value, "state": state},
        person=person,
        rows=Rows(activity=activity),
    )
    appended = keeper.record([draft])
    return Recorded(position=appended.first, at=from_us(appended.at))
