"""Sensors that could be covert, in a draft: which ones code was seen to use, and when.

Pledge item 5. What shows their use and what starts it is for a person to say.
"""

from collections.abc import Iterable, Iterator

from chengnuo.base.text import Text
from chengnuo.domain.finding.package_look import PackageLook
from chengnuo.domain.inspection.draft_groups import Group
from chengnuo.domain.observation.observation import OwnerKind, Subject
from chengnuo.domain.observation.seen import ActSeen
from chengnuo.domain.register.draft import to_complete
from chengnuo.domain.register.watching import Capture, CaptureMoment, Sensor
from chengnuo.law.ids import CategoryId

_BY_CATEGORY = {
    CategoryId("PI-DEVICE-CAMERA"): Sensor.CAMERA,
    CategoryId("PI-COMM-AUDIO"): Sensor.MICROPHONE,
    CategoryId("PI-COMM-CLIP"): Sensor.CLIPBOARD,
}
_BY_CALLED = {
    "MediaProjection": Sensor.SCREEN,
    "AccessibilityService": Sensor.ACCESSIBILITY,
    "NotificationListenerService": Sensor.NOTIFICATIONS,
}
"""Which class of the system stands for a sensor, where the category does not tell."""


def captures(look: PackageLook, group: Group) -> tuple[Capture, ...]:
    """Return the sensors that the code of a group was seen to use."""
    covert = acts(look, group, ActSeen.COVERT_CAPTURE)
    return _undecided(_sensors(group), is_background=bool(covert))


def captures_of(categories: Iterable[CategoryId], *, is_background: bool) -> tuple[Capture, ...]:
    """Return the sensors that categories come from."""
    found = (_BY_CATEGORY[one] for one in categories if one in _BY_CATEGORY)
    return _undecided(found, is_background=is_background)


def _undecided(sensors: Iterable[Sensor], *, is_background: bool) -> tuple[Capture, ...]:
    return tuple(
        Capture(
            sensor=sensor,
            moment=CaptureMoment.BACKGROUND if is_background else CaptureMoment.WHILE_USED,
            indicator=to_complete(Text("使用时个人能看到或听到什么", "what shows that it is used")),
            starts_with=to_complete(Text("个人做什么才会开始", "what the individual does first")),
        )
        for sensor in sorted(set(sensors))
    )


def _sensors(group: Group) -> Iterator[Sensor]:
    for category, readings in group.readings.items():
        if category in _BY_CATEGORY:
            yield _BY_CATEGORY[category]
        for one in readings:
            called = one.what.partition(".")[0]
            if called in _BY_CALLED:
                yield _BY_CALLED[called]


def acts(look: PackageLook, group: Group, act: ActSeen) -> bool:
    """Tell whether an act was seen in code of the kind that a group is of."""
    seen = look.seen(Subject.BEHAVIOUR, act)
    if group.recipients:
        return any(one.owner.id in group.recipients for one in seen)
    return any(one.owner.kind is not OwnerKind.SDK for one in seen)
