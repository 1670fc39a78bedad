"""The key of a decision: what an individual's flags, and the values of their lanes, add to it.

Five bits are child, account, restriction and deletion; one bit each a switch and an objection; two
bits each consent item: not given, given by who may, refused.
"""

from dataclasses import dataclass
from functools import cache
from typing import Final

from chengnuo.base.digest import Digest
from chengnuo.domain.consent.event import Act, ConsentEvent
from chengnuo.domain.decision.state_bits import (
    ACCOUNTS,
    BY_GUARDIAN,
    BY_THEMSELVES,
    NO,
    OBJECTED,
    OFF,
    UNSET,
    ItemLane,
    individual_of,
    lane_of_objection,
    lane_of_switch,
)
from chengnuo.domain.register.governance import Switch
from chengnuo.domain.register.ids import ActivityId
from chengnuo.law.age import AgeBand

Worth = tuple[int, int, int, int]
"""What each of the four values of a lane adds to the key."""

CHILD: Final = 1
ACCOUNT, RESTRICTED, SUPPRESSED, ITEMS = 1, 3, 4, 5
"""At which bit each part begins."""
GIVEN, REFUSED = 1, 2
"""What the two bits of a consent item say; 0 is not given."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a consent item stands in the key, and for whom it is needed."""

    lane: ItemLane
    shift: int
    of_child: bool
    of_others: bool


@dataclass(frozen=True, slots=True)
class Column:
    """What a lane's value adds to the key.

    Attributes:
        lane: Name of the lane.
        worth: What each of the four values adds, for others than children.
        worth_of_child: Likewise for children.

    """

    lane: str
    worth: Worth
    worth_of_child: Worth


@cache
def worth_of_flags(children: frozenset[AgeBand]) -> tuple[int, ...]:
    """Return what each byte of flags adds to the key, where these ages count as a child's."""
    everybody = (individual_of(flags) for flags in range(256))
    return tuple(
        CHILD * (one.age in children)
        | ACCOUNTS.index(one.account) << ACCOUNT
        | one.restricted << RESTRICTED
        | one.suppressed << SUPPRESSED
        for one in everybody
    )


def act_of(lane: ItemLane, code: int, *, by_guardian: bool) -> ConsentEvent:
    """Return an act that two bits stand for."""
    return ConsentEvent(
        position=0,
        at=0,
        alias="",
        item=lane.item.id,
        act=Act.GIVE if code == GIVEN else Act.REFUSE,
        fingerprint=Digest(lane.item.fingerprint),
        form=lane.item.form,
        by_guardian=by_guardian,
    )


def _worth(shift: int, codes: dict[int, int]) -> Worth:
    one, two, three, four = (codes.get(value, 0) << shift for value in range(4))
    return one, two, three, four


def objection_column(activity: ActivityId, shift: int) -> Column:
    """Return what an objection adds: one bit."""
    objected = _worth(shift, {OBJECTED: 1})
    return Column(lane_of_objection(activity), objected, objected)


def switch_column(switch: Switch, shift: int) -> Column:
    """Return what a switch adds: one bit, set if it is off."""
    worth = _worth(shift, {OFF: 1, UNSET: int(not switch.default_on)})
    return Column(lane_of_switch(switch.switch), worth, worth)


def item_column(place: Place) -> Column:
    """Return what a consent item adds."""
    own = {BY_THEMSELVES: GIVEN, NO: REFUSED} if place.of_others else {}
    guardian = {BY_GUARDIAN: GIVEN, NO: REFUSED} if place.of_child else {}
    return Column(place.lane.name, _worth(place.shift, own), _worth(place.shift, guardian))
