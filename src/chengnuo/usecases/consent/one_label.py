"""Labels that an individual deleted one by one: each stays deleted (算法推荐管理规定 17; PIPL 47).

A label stands in the log under the keyed name of its model and itself: whoever has neither the key
nor the label learns nothing of it, and whoever asks about a label gets an answer.
"""

from collections.abc import Iterable

from chengnuo.base.instant import from_us
from chengnuo.domain.consent.setting import LABEL, LABEL_BACK, Setting
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.register.ids import ModelId
from chengnuo.law.rights import Right
from chengnuo.ports.evidence_log import Position
from chengnuo.ports.individuals import PersonKey
from chengnuo.ports.secrets import Tokens
from chengnuo.usecases.consent.acts import Recorded
from chengnuo.usecases.consent.keeping import ConsentKeeper
from chengnuo.usecases.consent.taking_in import LABEL_CAME_BACK, LABEL_DELETED, LABEL_REQUEST

_SIGNS = 32


def label_key(tokens: Tokens, model: ModelId, label: str) -> str:
    """Return the keyed name of a label of a model."""
    return tokens.keyed("label", f"{model}\n{label}")[:_SIGNS]


def deleted_labels(settings: Iterable[Setting]) -> dict[str, Setting]:
    """Return the newest deletion of each label that was deleted, by its keyed name."""
    return _newest(settings, LABEL)


def delete_label(keeper: ConsentKeeper, person: PersonKey, key: str) -> Recorded:
    """Record that a label is deleted; see `ConsentDesk.delete_label`."""
    with keeper.lock:
        settings = keeper.kept(person).settings
        deleted, back = _newest(settings, LABEL).get(key), _newest(settings, LABEL_BACK).get(key)
        if deleted is not None and (back is None or back.position < deleted.position):
            return Recorded(position=Position(deleted.position), at=from_us(deleted.at))
        return _record(keeper, person, key, LABEL_DELETED)


def label_came_back(keeper: ConsentKeeper, person: PersonKey, key: str) -> Recorded | None:
    """Record that a deleted label is there again; see `ConsentDesk.label_came_back`."""
    with keeper.lock:
        settings = keeper.kept(person).settings
        deleted, back = _newest(settings, LABEL).get(key), _newest(settings, LABEL_BACK).get(key)
        if deleted is None:
            return None
        if back is not None and back.position > deleted.position:
            return Recorded(position=Position(back.position), at=from_us(back.at))
        return _record(keeper, person, key, LABEL_CAME_BACK)


def _newest(settings: Iterable[Setting], prefix: str) -> dict[str, Setting]:
    found: dict[str, Setting] = {}
    for one in settings:
        if one.what.startswith(prefix):
            key = one.what.removeprefix(prefix)
            if key not in found or found[key].position < one.position:
                found[key] = one
    return found


def _record(keeper: ConsentKeeper, person: PersonKey, key: str, state: str) -> Recorded:
    draft = keeper.recorder.draft(
        Kind.REQUEST_STATE,
        {"request": f"{LABEL_REQUEST}{key}", "right": Right.DELETE.value, "state": state},
        person=person,
    )
    appended = keeper.record([draft])
    return Recorded(position=appended.first, at=from_us(appended.at))
