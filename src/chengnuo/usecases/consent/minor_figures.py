"""Minors in numbers: how many are known, what waits for guardians, how many relations stand.

Counted by names, as they are kept: two names of one individual that were joined count twice.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from chengnuo.base.instant import from_us
from chengnuo.domain.consent.guardians import ASKED, GUARDIAN, askings_of, relations_of
from chengnuo.domain.consent.setting import Setting
from chengnuo.domain.register.consent_items import ConsentItemId
from chengnuo.law.age import (
    ADULT_FROM_YEARS,
    GUARDIAN_CONSENT_BELOW_YEARS,
    first_birth_date_below,
)
from chengnuo.law.civil import civil_date
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.consent.desk import ConsentDesk

MOST_LOOKED_AT = 20_000
"""How many of the newest acts about guardians are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingItem:
    """One consent item for which children wait.

    Attributes:
        item: The item.
        count: How many wait.
        since: Since when the first of them does.

    """

    item: ConsentItemId
    count: int
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MinorOverview:
    """Minors in numbers.

    Attributes:
        under_14: Names known to be under fourteen.
        from_14: Names known to be fourteen to seventeen.
        stand: Relations of guardians that stand.
        ended: Relations that are over.
        waiting: What waits for guardians.
        whole: Whether every act was counted, or the newest alone.

    """

    under_14: int
    from_14: int
    stand: int
    ended: int
    waiting: tuple[WaitingItem, ...]
    whole: bool


def minor_overview(consents: ConsentDesk) -> MinorOverview:
    """Return minors in numbers, as of now.

    Raises:
        DatabaseUnavailableError: The state cannot be read.

    """
    keeper = consents.keeper
    keeper.ready()
    today = civil_date(keeper.clock.now())
    child_from = first_birth_date_below(GUARDIAN_CONSENT_BELOW_YEARS, today)
    teen_from = first_birth_date_below(ADULT_FROM_YEARS, today)
    about = keeper.store.settings_under(GUARDIAN, limit=MOST_LOOKED_AT)
    asked = keeper.store.settings_under(ASKED, limit=MOST_LOOKED_AT)
    stands = [
        relation.stands
        for settings in _by_name(about).values()
        for relation in relations_of(settings).values()
    ]
    return MinorOverview(
        under_14=_born(consents, child_from, date.max),
        from_14=_born(consents, teen_from, child_from),
        stand=sum(stands),
        ended=len(stands) - sum(stands),
        waiting=_waiting(consents, asked),
        whole=max(len(about), len(asked)) < MOST_LOOKED_AT,
    )


def _born(consents: ConsentDesk, first: date, before: date) -> int:
    return len(consents.keeper.store.born_between(first, before))


def _waiting(consents: ConsentDesk, asked: Iterable[Setting]) -> tuple[WaitingItem, ...]:
    since: dict[ConsentItemId, list[int]] = defaultdict(list)
    for name, settings in _by_name(asked).items():
        kept = consents.keeper.kept(name)
        for one in askings_of(settings, kept.entries):
            since[one.item].append(one.since)
    return tuple(
        WaitingItem(item=item, count=len(found), since=from_us(min(found)))
        for item, found in sorted(since.items())
    )


def _by_name(settings: Iterable[Setting]) -> dict[PersonKey, list[Setting]]:
    found: dict[PersonKey, list[Setting]] = defaultdict(list)
    for one in settings:
        found[PersonKey(one.alias)].append(one)
    return found
