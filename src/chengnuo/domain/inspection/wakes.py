"""Ways by which an app starts by itself, has others start it, or keeps itself running.

Two sorts of signs. The manifest names parts that the system starts: receivers of what happens on
the phone, services that the system binds to. Code asks for more: alarms, jobs, periodic work, a
service in the foreground. A receiver of what the system delivers only to an app that runs starts
nothing. In an app, ways of libraries count where own code or a kit asks for them.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from chengnuo.domain.inspection.component import Component, ComponentKind
from chengnuo.domain.inspection.opened import Opened
from chengnuo.domain.inspection.parts import part_owner, part_place
from chengnuo.domain.inspection.remark import remark, remark_at
from chengnuo.domain.observation.behaviour import Behaviour
from chengnuo.domain.observation.moment import Moment
from chengnuo.domain.observation.observation import (
    Confidence,
    Observation,
    OwnerKind,
    Subject,
)
from chengnuo.domain.observation.touching import Weight
from chengnuo.domain.observation.wake_signs import WakeSign
from chengnuo.engines.program.sites import Site, calls, references

_JOB = "android.permission.BIND_JOB_SERVICE"
_ASKED = frozenset({Behaviour.SELF_START, Behaviour.KEEP_ALIVE})
_CALLED_BACK = frozenset({"onReceive", "onStartCommand"})
"""Methods that the system calls: a part of the manifest tells more than they do."""
_LISTENS = frozenset({"registerReceiver", "addOnAccountsUpdatedListener"})
"""Heard only while the app runs."""
_OTHERWISE = frozenset({"acquire", "isIgnoringBatteryOptimizations", "setLooping"})
"""Asks, or keeps the phone awake or a sound going while the app runs anyway."""
_NOT_ASKED = _CALLED_BACK | _LISTENS | _OTHERWISE
_DELIVERED_UP_TO = {
    "android.hardware.action.NEW_PICTURE": 23,
    "android.net.conn.CONNECTIVITY_CHANGE": 23,
}
"""Target API level up to which a receiver of the manifest was started (developer documentation,
"Background optimization")."""


@dataclass(frozen=True, slots=True)
class _Sign:
    """One sign at a part: what it is of, what told it, how surely."""

    behaviour: Behaviour
    by: str
    confidence: Confidence = Confidence.HIGH


def wakes(opened: Opened) -> Iterator[Observation]:
    """Yield the ways, those of the manifest first."""
    parts = () if opened.manifest is None else opened.manifest.components
    named = [one for part in parts if part.enabled for one in _of_part(opened, part)]
    yield from named
    yield from _asked(opened, {(one.place.class_name, one.what) for one in named})


def _of_part(opened: Opened, part: Component) -> Iterator[Observation]:
    told: dict[Behaviour, list[_Sign]] = {}
    for sign in _signs(opened, part):
        told.setdefault(sign.behaviour, []).append(sign)
    for behaviour, signs in told.items():
        yield remark(
            Subject.BEHAVIOUR,
            behaviour.value,
            part_place(opened, part),
            {
                "by": ", ".join(dict.fromkeys(sign.by for sign in signs)),
                "kind": part.kind.value,
                "process": part.process if part.process != _main(opened) else "",
            },
            owner=part_owner(opened, part),
            moment=Moment.LATER,
            confidence=min((sign.confidence for sign in signs), key=list(Confidence).index),
        )


def _main(opened: Opened) -> str:
    manifest = opened.manifest
    return "" if manifest is None else manifest.process or manifest.package


def _signs(opened: Opened, part: Component) -> Iterator[_Sign]:
    known = opened.knowledge.wakes
    for action in dict.fromkeys(action for each in part.filters for action in each.actions):
        sign = known.by_action(action)
        if sign is not None and _is_delivered(opened, part, sign):
            yield _Sign(sign.behaviour, action, _surely(sign))
    sign = known.by_class(part.name)
    if sign is not None:
        yield _Sign(sign.behaviour, sign.name, _surely(sign))
    if part.kind is not ComponentKind.SERVICE:
        return
    if part.permission == _JOB:
        yield _Sign(Behaviour.SELF_START, _JOB, Confidence.MEDIUM)
    if part.foreground_types:
        types = "|".join(part.foreground_types)
        yield _Sign(Behaviour.KEEP_ALIVE, f"foregroundServiceType {types}", Confidence.MEDIUM)


def _surely(sign: WakeSign) -> Confidence:
    return Confidence.HIGH if sign.checked else Confidence.MEDIUM


def _is_delivered(opened: Opened, part: Component, sign: WakeSign) -> bool:
    """Tell whether the system starts a part by an action."""
    if part.kind is not ComponentKind.RECEIVER or sign.from_manifest:
        return True
    manifest = opened.manifest
    return manifest is not None and manifest.target_sdk <= _DELIVERED_UP_TO.get(sign.name, 0)


def _asked(opened: Opened, named: Collection[tuple[str, str]]) -> Iterator[Observation]:
    """Yield the first place of each class in which own code or a kit asks to be kept or started.

    Args:
        opened: The package.
        named: Classes and behaviours of which the manifest tells already.

    """
    seen: set[tuple[str, str]] = set(named)
    for behaviour, member, site in _calls(opened):
        class_name, _ = opened.followed.named(site.defined)
        owner = opened.owners.of(class_name)
        if (opened.kind.is_app and owner.kind is OwnerKind.LIBRARY) or (
            class_name,
            behaviour.value,
        ) in seen:
            continue
        if opened.followed.moment(site) is Moment.UNREACHABLE:
            continue
        seen.add((class_name, behaviour.value))
        yield remark_at(
            opened,
            site,
            Subject.BEHAVIOUR,
            behaviour.value,
            {"by": member},
            confidence=Confidence.MEDIUM,
        )


def _calls(opened: Opened) -> Iterator[tuple[Behaviour, str, Site]]:
    followed = opened.followed
    for api in opened.knowledge.apis.apis.values():
        if api.behaviour not in _ASKED or api.member in _NOT_ASKED or api.weight is Weight.LOW:
            continue
        for reference in references(
            followed.hierarchy, api.class_name, api.member, api.proto, below=api.subclasses
        ):
            for site in calls(followed.program, reference):
                yield api.behaviour, str(api.id), site
