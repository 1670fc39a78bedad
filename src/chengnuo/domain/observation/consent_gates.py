"""How SDKs are held back until consent: the calls that begin, the calls that only get ready.

Most SDKs of the mainland offer one of two things: a first call that collects nothing and a second
that begins, or a switch that has to be set by what the individual has chosen. What the switch says
before it is set decides whether forgetting it is harmless.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NewType

from chengnuo.base.text import Text
from chengnuo.domain.observation.touching import Basis

GateId = NewType("GateId", str)

LAST = -1
"""Index of the last parameter, where overloads differ in how many come before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Switch:
    """A call that tells an SDK whether it may collect.

    Attributes:
        call: The call, as `Lcom/mob/MobSDK;->submitPolicyGrantResult`.
        argument: Which parameter says so, from 0, or `LAST`; None where the call itself does.
        allows: The value of the parameter that allows; without a parameter, whether the call
            allows (True) or forbids (False).

    """

    call: str
    argument: int | None
    allows: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentGate:
    """How one SDK, or one part of it, is held back.

    Attributes:
        id: Stable id.
        sdk: Id of the SDK.
        closed: Whether it collects nothing as long as no switch was set.
        switches: Calls that tell it whether it may collect.
        harmless: Calls that only get it ready. Where a package defines none of `starts`, it holds
            an older version, and these begin.
        starts: Calls that begin.
        components: Components of the manifest that begin by themselves.
        meta_data: Names of meta-data that hold it back where their value is false.
        fix: What to do.
        basis: What the row was checked against.

    """

    id: GateId
    sdk: str
    closed: bool
    switches: tuple[Switch, ...] = ()
    harmless: tuple[str, ...] = ()
    starts: tuple[str, ...]
    components: tuple[str, ...] = ()
    meta_data: tuple[str, ...] = ()
    fix: Text
    basis: Basis


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentGates:
    """The rows by id, and which row each call is of.

    Attributes:
        gates: Rows, by id.
        switches, harmless, starts: Ids, by call.
        components: Ids, by class of a component.

    """

    gates: Mapping[GateId, ConsentGate]
    switches: Mapping[str, tuple[GateId, ...]]
    harmless: Mapping[str, tuple[GateId, ...]]
    starts: Mapping[str, tuple[GateId, ...]]
    components: Mapping[str, tuple[GateId, ...]]


def consent_gates(gates: Iterable[ConsentGate]) -> ConsentGates:
    """Return the table of some rows; ids are unique."""
    rows = {each.id: each for each in gates}
    return ConsentGates(
        gates=rows,
        switches=_by_call(
            (each.id, [switch.call for switch in each.switches]) for each in rows.values()
        ),
        harmless=_by_call((each.id, each.harmless) for each in rows.values()),
        starts=_by_call((each.id, each.starts) for each in rows.values()),
        components=_by_call((each.id, each.components) for each in rows.values()),
    )


def _by_call(rows: Iterable[tuple[GateId, Iterable[str]]]) -> dict[str, tuple[GateId, ...]]:
    found: dict[str, tuple[GateId, ...]] = {}
    for id_, calls in rows:
        for call in calls:
            found[call] = (*found.get(call, ()), id_)
    return found
