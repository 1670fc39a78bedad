"""Kits that are held back until consent by a call of their own, and how the app uses it.

Many kits have a switch that says whether they may collect, and a first call that only gets them
ready (`knowledge/inspection/pre_init.yaml`). Two things follow. Which switch is set when is an
observation of its own: setting one to "agreed" before anybody has agreed undoes it. And what a
kit reads behind some test of its own is taken to wait for the switch, as its maker says, where
nothing has set it before consent. What a kit reads without any test stays as it is.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from chengnuo.domain.inspection.following import dotted
from chengnuo.domain.inspection.opened import Opened
from chengnuo.domain.inspection.remark import remark_at
from chengnuo.domain.observation.behaviour import Behaviour
from chengnuo.domain.observation.consent_gates import LAST, ConsentGate, Switch
from chengnuo.domain.observation.moment import Moment
from chengnuo.domain.observation.observation import (
    Confidence,
    Observation,
    OwnerKind,
    Step,
    Subject,
)
from chengnuo.engines.program.body import Comparison
from chengnuo.engines.program.mutf8 import bytes_of
from chengnuo.engines.program.program import parameters_of
from chengnuo.engines.program.sites import Site, argument, calls, references
from chengnuo.engines.program.values import number_of

_ZERO = number_of(0)
_WAITING = (Moment.CONDITIONAL, Moment.GUARDED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turned:
    """A call of a switch.

    Attributes:
        gate: The gate that it is of.
        switch: The switch.
        site: The call.
        allows: Whether it lets the kit collect; None if that is not known.
        moment: When it runs.

    """

    gate: ConsentGate
    switch: Switch
    site: Site
    allows: bool | None
    moment: Moment


@dataclass(frozen=True, slots=True)
class Gate:
    """A gate as the package uses it.

    Attributes:
        row: What is known of it.
        how: Why the kit waits: `not-set`, `forbids`, or `meta-data`; empty if it does not.
        opened_by: The call that lets it collect before consent, or empty.

    """

    row: ConsentGate
    how: str
    opened_by: str


def gates(opened: Opened) -> Iterator[Observation]:
    """Yield the calls that tell a kit whether it may collect, in the order of the catalogue."""
    for one in _turned(opened):
        told = "unknown" if one.allows is None else "allows" if one.allows else "forbids"
        yield remark_at(
            opened,
            one.site,
            Subject.BEHAVIOUR,
            Behaviour.CONSENT_GATE,
            {
                "calls": _shown(one.switch.call),
                "gate": str(one.gate.id),
                "gate-call": told,
                "sdk": one.gate.sdk,
            },
            confidence=Confidence.LOW if one.allows is None else Confidence.HIGH,
            key=str(one.gate.id),
        )


def gated(opened: Opened, seen: Iterable[Observation]) -> Iterator[Observation]:
    """Yield observations, those inside a kit with the gate that it waits behind, if any.

    One that runs before consent under a condition counts as guarded, if every gate on its way is
    shut; one behind a test of the kit's own counts as conditional, if the app has opened the gate
    before anybody agreed. A certain one, and one of a kit without a gate, is yielded as it is.
    """
    known: dict[str, list[Gate]] = {}
    for one in _gates(opened):
        known.setdefault(one.row.sdk, []).append(one)
    for observation in seen:
        mine = known.get(observation.owner.id, [])
        is_kits = observation.owner.kind is OwnerKind.SDK
        if mine and is_kits and observation.subject is Subject.INFORMATION:
            yield _behind(observation, mine)
        else:
            yield observation


def _behind(seen: Observation, mine: list[Gate]) -> Observation:
    steps = {_named(step) for step in seen.path}
    on_the_way = [one for one in mine if not steps.isdisjoint(map(_shown, one.row.starts))]
    if on_the_way:
        early = next((one for one in on_the_way if one.opened_by), None)
        if early is not None:
            undone = seen.moment is Moment.GUARDED and _is_guarded_by(seen)
            return _with(
                seen, early, early.opened_by, Moment.CONDITIONAL if undone else seen.moment
            )
        if all(one.how for one in on_the_way) and seen.moment in _WAITING:
            return _with(seen, on_the_way[0], on_the_way[0].how, Moment.GUARDED)
        return seen
    for one in mine:
        is_ready = not steps.isdisjoint(map(_shown, one.row.harmless))
        if is_ready and seen.moment is Moment.CONDITIONAL:
            return _with(seen, one, "harmless", Moment.GUARDED)
    return seen


def _is_guarded_by(seen: Observation) -> bool:
    """Tell whether all tests of consent on the way are in the class that reads, or beside it.

    They ask the switch then, not the app.
    """
    package = seen.place.class_name.rpartition(".")[0]
    asking = (one for one in seen.path if any(guard.is_consent for guard in one.guards))
    return all(one.class_name.rpartition(".")[0].startswith(package) for one in asking)


def _with(seen: Observation, gate: Gate, how: str, moment: Moment) -> Observation:
    details = {**dict(seen.details), "gate": str(gate.row.id), "gate-call": how}
    return replace(seen, moment=moment, details=tuple(sorted(details.items())))


def _gates(opened: Opened) -> Iterator[Gate]:
    """Yield the gates of which the package holds a switch, a harmless call or a value."""
    turned: dict[str, list[Turned]] = {}
    for one in _turned(opened):
        turned.setdefault(one.gate.id, []).append(one)
    for row in opened.knowledge.gates.gates.values():
        early = [one for one in turned.get(row.id, ()) if one.moment.is_before_consent]
        allowing = [one for one in early if one.allows is not False]
        how = ""
        if not allowing:
            if any(one.allows is False for one in early):
                how = "forbids"
            elif row.closed and any(_is_there(opened, one.call) for one in row.switches):
                how = "not-set"
            elif _held_by_value(opened, row):
                how = "meta-data"
        by = _shown(allowing[0].switch.call) if allowing and allowing[0].allows else ""
        if how or by or row.harmless:
            yield Gate(row, how, by)


def _held_by_value(opened: Opened, row: ConsentGate) -> bool:
    values = () if opened.manifest is None else opened.manifest.meta_data
    return any(one.name in row.meta_data and one.value.lower() == "false" for one in values)


def _is_there(opened: Opened, call: str) -> bool:
    """Tell whether the package defines a switch: an older version of the kit may lack it."""
    program = opened.followed.program
    class_name, _, member = call.partition("->")
    of = program.type_id(class_name)
    if of < 0:
        return False
    named = program.methods_named(bytes_of(member), type_id=of).tolist()
    return any(opened.followed.hierarchy.target[one] >= 0 for one in named)


def _turned(opened: Opened) -> Iterator[Turned]:
    """Yield the calls of switches by code that is not the kit's own."""
    followed = opened.followed
    for row in opened.knowledge.gates.gates.values():
        for switch in row.switches:
            class_name, _, member = switch.call.partition("->")
            for reference in references(followed.hierarchy, class_name, member, below=True):
                for site in calls(followed.program, reference):
                    owner = opened.owners.of(followed.named(site.defined)[0])
                    if owner.kind is not OwnerKind.SDK or row.sdk not in {owner.id, *owner.also}:
                        yield Turned(
                            gate=row,
                            switch=switch,
                            site=site,
                            allows=_allows(opened, switch, site),
                            moment=followed.moment(site),
                        )


def _allows(opened: Opened, switch: Switch, site: Site) -> bool | None:
    """Tell whether a call lets its kit collect, at the first start; None if that is not known."""
    if switch.argument is None:
        return switch.allows
    followed = opened.followed
    index = switch.argument
    if index == LAST:
        index = len(parameters_of(followed.program.proto_of(site.what))) - 1
    values = argument(followed.answers, site, index)
    holds = followed.guards.first.holds(Comparison.NOT_EQUAL, values, _ZERO)
    return None if holds is None else holds is switch.allows


def _shown(call: str) -> str:
    """Return a call as people write it: `com.mob.MobSDK.submitPolicyGrantResult`."""
    class_name, _, member = call.partition("->")
    return f"{dotted(class_name)}.{member}"


def _named(step: Step) -> str:
    return f"{step.class_name}.{step.method.partition('(')[0]}"
