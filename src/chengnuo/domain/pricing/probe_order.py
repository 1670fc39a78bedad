"""In which order a probe asks: drawn from a seed whose hash is published before the first request.

Each draw is HMAC-SHA-256 under the seed over the number of leg and round and what is drawn, so that
whoever has the seed can draw everything again, and nobody could have chosen an order that suits a
result after the hash was recorded.
"""

import hmac
from enum import StrEnum
from hashlib import sha256
from itertools import permutations

import msgspec

from chengnuo.base.canonical import canonical_json
from chengnuo.domain.pricing.probe_spec import Aim, ProbeSpec

_WHOLE = 1 << 64


class Role(StrEnum):
    """Whom a request is sent as."""

    ONE = "one"
    OTHER = "other"
    AGAIN = "again"
    """A second request as the one or the other."""


class Leg(msgspec.Struct, frozen=True, kw_only=True):
    """A part of a probe that gets a verdict of its own.

    Attributes:
        number: Its place, from 0.
        twin: Which twin, from 0.
        switch: `off`, `on`, or empty where there is no switch.
        pairs: The most pairs.

    """

    number: int
    twin: int
    switch: str
    pairs: int

    @property
    def is_judged(self) -> bool:
        """Tell whether its verdict counts; answers with the switch on are only told."""
        return self.switch != "on"


class Planned(msgspec.Struct, frozen=True, kw_only=True):
    """One round as it is drawn.

    Attributes:
        is_repeat: Whether one profile is asked twice instead of both once.
        item: Which item, from 0.
        roles: Whom the requests are sent as, in the order in which they are sent.
        again: Whom `again` stands for; None where nobody is asked again.

    """

    is_repeat: bool
    item: int
    roles: tuple[Role, ...]
    again: Role | None


def commitment(seed: bytes) -> str:
    """Return what is published of a seed before the first request: its SHA-256 in hex."""
    return sha256(seed).hexdigest()


def legs_of(spec: ProbeSpec) -> tuple[Leg, ...]:
    """Return the legs of a probe in the order in which they are asked."""
    twins = range(len(spec.twins))
    if spec.aim is Aim.TWINS or spec.switch is None:
        return tuple(Leg(number=n, twin=n, switch="", pairs=spec.pairs) for n in twins)
    off, on = ("off", spec.pairs), ("on", spec.switch.on_pairs)
    stages = [off, *([on] if on[1] else []), *[off] * (spec.switch.repeats - 1)]
    order = [(switch, pairs, twin) for switch, pairs in stages for twin in twins]
    return tuple(
        Leg(number=n, twin=twin, switch=switch, pairs=pairs)
        for n, (switch, pairs, twin) in enumerate(order)
    )


def planned(seed: bytes, spec: ProbeSpec, leg: Leg, number: int) -> Planned:
    """Return a round as the seed draws it.

    Args:
        seed: 32 bytes.
        spec: The probe.
        leg: The leg.
        number: The round in it, from 0.

    """
    item = _draw(seed, leg, number, "item") % len(spec.items)
    twice = Role.OTHER if _draw(seed, leg, number, "again") % 2 else Role.ONE
    coin = _draw(seed, leg, number, "order")
    if spec.outcome.is_distance:
        orders = tuple(permutations(Role))
        return Planned(is_repeat=False, item=item, roles=orders[coin % len(orders)], again=twice)
    if _draw(seed, leg, number, "repeat") < spec.repeat_share * _WHOLE:
        roles = (twice, Role.AGAIN)
        return Planned(is_repeat=True, item=item, roles=_turned(roles, coin), again=twice)
    roles = (Role.ONE, Role.OTHER)
    return Planned(is_repeat=False, item=item, roles=_turned(roles, coin), again=None)


def _turned(roles: tuple[Role, ...], coin: int) -> tuple[Role, ...]:
    return roles[::-1] if coin % 2 else roles


def _draw(seed: bytes, leg: Leg, number: int, what: str) -> int:
    """Return a number below 2**64 that the seed gives."""
    message = canonical_json([leg.number, number, what])
    return int.from_bytes(hmac.digest(seed, message, "sha256")[:8])
