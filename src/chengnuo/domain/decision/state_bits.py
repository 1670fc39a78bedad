"""What is so about an individual, as a byte of flags and a value of two bits for each lane.

This is what planes hold of somebody (`engines/planes`). A lane is named for what its value rests
on: for a consent item its id and a digest of its form and of every text that counts. When the
register changes any of these the name changes, so a consent to an older text is never met by
mistake; what stays is carried over on purpose (`carried`). An earlier text that counts until some
day is a consent for a time.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from chengnuo.base.canonical import Tree, canonical_json
from chengnuo.base.digest import sha256_hex, short
from chengnuo.base.instant import to_us
from chengnuo.domain.consent.event import Act, ConsentEvent
from chengnuo.domain.consent.fold import is_in_force
from chengnuo.domain.decision.request import State
from chengnuo.domain.individual.standing import AccountState, Individual
from chengnuo.domain.register.activity import AlsoInForce, ProcessingActivity
from chengnuo.domain.register.consent_items import (
    ConsentItem,
    ConsentItemId,
    consent_items_of,
)
from chengnuo.domain.register.ids import ActivityId, SwitchId
from chengnuo.domain.register.model import Register
from chengnuo.engines.planes.planes import Value, Whole
from chengnuo.engines.planes.untils import NEVER
from chengnuo.law.age import AgeBand
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.civil import end_of
from chengnuo.law.legal_basis import LegalBasis

NOT_GIVEN: Final = 0
BY_THEMSELVES: Final = 1
BY_GUARDIAN: Final = 2
NO: Final = 3
"""What the value of a consent item's lane means; an end counts for the two that are consent."""

UNSET: Final = 0
OFF: Final = 1
ON: Final = 2
"""What the value of a switch's lane means."""

OBJECTED: Final = 1
"""What the value of an objection's lane means; 0 is none."""

AGES: Final = (AgeBand.UNKNOWN, AgeBand.UNDER_14, AgeBand.FROM_14_TO_17, AgeBand.ADULT)
ACCOUNTS: Final = (AccountState.GUEST, AccountState.ACTIVE, AccountState.CANCELLED)
_RESTRICTED, SUPPRESSED = 0x10, 0x20
"""Bits of the byte of flags."""


def flags_of(individual: Individual) -> int:
    """Return an individual's byte: age, account, restriction, deletion; 0 if nothing is known."""
    return (
        AGES.index(individual.age)
        | ACCOUNTS.index(individual.account) << 2
        | _RESTRICTED * individual.restricted
        | SUPPRESSED * individual.suppressed
    )


def individual_of(flags: int) -> Individual:
    """Return the individual that a byte stands for; one that nothing writes is deleted."""
    account = flags >> 2 & 3
    if account >= len(ACCOUNTS):
        return Individual(suppressed=True)
    return Individual(
        age=AGES[flags & 3],
        account=ACCOUNTS[account],
        restricted=bool(flags & _RESTRICTED),
        suppressed=bool(flags & SUPPRESSED),
    )


def lane_of_item(item: ConsentItem, activity: ProcessingActivity) -> str:
    """Return the name of a consent item's lane."""
    earlier: list[Tree] = [
        f"{one.fingerprint} {one.until.isoformat()}" for one in _earlier(item, activity)
    ]
    rests: dict[str, Tree] = {
        "form": item.form.value,
        "fingerprint": str(item.fingerprint),
        "earlier": earlier,
    }
    return f"consent:{item.id}@{short(sha256_hex(canonical_json(rests)))}"


def lane_of_switch(switch: SwitchId) -> str:
    """Return the name of a switch's lane."""
    return f"switch:{switch}"


def lane_of_objection(activity: ActivityId) -> str:
    """Return the name of the lane for refusing the handling of public information."""
    return f"objection:{activity}"


@dataclass(frozen=True)
class ItemLane:
    """A consent item's lane, with the texts that count for it.

    Attributes:
        name: Name of the lane.
        item: The item.
        ends: Until when each text counts, microseconds since 1970; its own has no end.

    """

    name: str
    item: ConsentItem
    ends: Mapping[str, int]

    @cached_property
    def accepted(self) -> frozenset[str]:
        """Every text that counts at some time."""
        return frozenset(self.ends)

    def value(self, act: ConsentEvent | None) -> Value:
        """Return the value that an act stands for."""
        if act is None:
            return Value(NOT_GIVEN)
        if act.act in {Act.REFUSE, Act.WITHDRAW}:
            return Value(NO)
        is_consent = is_in_force(
            act,
            accepted=self.accepted,
            needed=self.item.form,
            by_guardian=act.by_guardian,
            at=-NEVER,
        )
        if not is_consent:
            return Value(NOT_GIVEN)
        end = min(self.ends[act.fingerprint], NEVER if act.until is None else act.until)
        return Value(BY_GUARDIAN if act.by_guardian else BY_THEMSELVES, end)


@dataclass(frozen=True)
class Lanes:
    """All lanes of a register."""

    register: Register
    catalogue: Catalogue

    @cached_property
    def items(self) -> dict[ConsentItemId, ItemLane]:
        """The lanes of consent items."""
        return {
            item.id: ItemLane(lane_of_item(item, activity), item, _ends(item, activity))
            for activity in self.register.activities
            for item in consent_items_of(activity, self.register, self.catalogue)
        }

    @cached_property
    def objections(self) -> tuple[ActivityId, ...]:
        """The activities whose handling of public information may be refused (Art. 27)."""
        return tuple(
            one.activity
            for one in self.register.activities
            if one.basis is LegalBasis.ALREADY_PUBLIC
        )

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Every name, in the register's order."""
        return (
            *(lane.name for lane in self.items.values()),
            *(lane_of_switch(switch.switch) for switch in self.register.switches),
            *(lane_of_objection(activity) for activity in self.objections),
        )

    def carried(self, older: "Lanes") -> dict[str, tuple[str, tuple[int, int, int, int]]]:
        """Return which new lane begins as which older one, and what becomes of each value there.

        A consent to another text is none; a no stays a no.
        """
        return {
            lane.name: (older.items[item].name, (NOT_GIVEN, NOT_GIVEN, NOT_GIVEN, NO))
            for item, lane in self.items.items()
            if item in older.items and older.items[item].name != lane.name
        }

    def bits_of(self, state: State) -> Whole:
        """Return what planes hold of somebody, whatever the instant."""
        return Whole(flags=flags_of(state.individual), values=dict(self._values(state)))

    def _values(self, state: State) -> Iterator[tuple[str, Value]]:
        for item, act in state.consents.items():
            lane = self.items.get(item)
            if lane is not None:
                yield lane.name, lane.value(act)
        for switch, is_on in state.switches.items():
            yield lane_of_switch(switch), Value(ON if is_on else OFF)
        for activity in self.objections:
            if activity in state.objects_to:
                yield lane_of_objection(activity), Value(OBJECTED)


def _earlier(item: ConsentItem, activity: ProcessingActivity) -> Iterator[AlsoInForce]:
    return (one for one in activity.also_in_force if one.matter == item.matter)


def _ends(item: ConsentItem, activity: ProcessingActivity) -> dict[str, int]:
    ends: dict[str, int] = {}
    for one in _earlier(item, activity):
        end = NEVER if one.until == date.max else to_us(end_of(one.until))
        ends[one.fingerprint] = max(end, ends.get(one.fingerprint, 0))
    ends[str(item.fingerprint)] = NEVER
    return ends
