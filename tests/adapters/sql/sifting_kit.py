"""People with histories in a database, each under several names, to whom all happens that can."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from sqlalchemy import delete
from tests.strategies.decisions import DAY, NOW, any_history

from chengnuo.adapters.sql.consents import SqlConsents
from chengnuo.adapters.sql.database import Database
from chengnuo.adapters.sql.schema import INDIVIDUAL
from chengnuo.adapters.sql.sifting import SqlSifter
from chengnuo.domain.consent.entry import Entry
from chengnuo.domain.consent.event import Act, ConsentEvent, Merge
from chengnuo.domain.consent.setting import PUBLIC_INFORMATION, RESTRICTION, SWITCH, Setting
from chengnuo.domain.decision.book import Book
from chengnuo.domain.decision.decision import Decision, Outcome, Ruling
from chengnuo.domain.decision.request import State
from chengnuo.domain.individual.standing import AccountState
from chengnuo.ports.consents import (
    ActKept,
    Change,
    KnownOfIndividual,
    MergeKept,
    SettingKept,
)
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.consent.state import state_from

Reasons = Counter[tuple[Outcome, Ruling]]

BIRTHS = (None, date(1990, 1, 1), *(DAY - timedelta(days=n) for n in (-1, 400, 3000)))
EDGE = DAY.replace(year=DAY.year - 14)


@dataclass(slots=True)
class Town:
    """People with histories in a database, each under several names."""

    store: SqlConsents
    sifter: SqlSifter
    names: list[PersonKey]

    def states(self) -> list[State]:
        return [state_from(self.store.of(name), NOW) for name in self.names]


def town(database: Database, random: Random, book: Book, *, people: int = 5) -> Town:
    store = SqlConsents(database)
    with database.write() as connection:
        connection.execute(delete(INDIVIDUAL))
    store.reset()
    names: list[PersonKey] = []
    changes: list[Change] = []
    for number in range(people):
        changes += history(random, book, number, len(changes), names)
    random.shuffle(changes)
    store.apply(changes, ordinals=[(one, n) for n, one in enumerate(names)], position=1)
    again = random.sample(changes, k=len(changes) // 5)  # neither order nor repetition matters
    store.apply(again, ordinals=[], position=1)
    for name in names:
        born = random.choice((*BIRTHS, EDGE, EDGE + timedelta(days=1), EDGE - timedelta(days=1)))
        account = random.choice((None, AccountState.ACTIVE, *AccountState))
        store.know(name, KnownOfIndividual(birth_date=born, account=account))
    return Town(store, SqlSifter(database), [*names, PersonKey("nobody-knows")])


def history(
    random: Random, book: Book, number: int, first: int, names: list[PersonKey]
) -> list[Change]:
    """Return somebody's changes, and add their names."""
    items = tuple(book.item_by_id.values())
    child = random.random() < 0.4
    events, merges = any_history(random, items, most=3 * len(items) + 2, child=child)
    own = {one: PersonKey(f"{one}-{number}") for one in ("account", "device", "openid")}
    names += own.values()
    whats = [
        RESTRICTION,
        *(SWITCH + one.switch for one in book.register.switches),
        *(PUBLIC_INFORMATION + one.activity for one in book.register.activities),
    ]
    settings = [
        Setting(
            position=0,
            at=NOW - random.randint(-1, 6),
            alias=random.choice(tuple(own.values())),
            what=random.choice(whats),
            allows=random.random() < 0.8,
        )
        for _ in range(random.randint(0, 2 * len(whats)))
    ]
    good = [
        ConsentEvent(
            position=0,
            at=NOW - 7,
            alias="account",
            item=item.id,
            act=Act.GIVE,
            fingerprint=item.fingerprint,
            form=item.form,
            by_guardian=child,
        )
        for item in items
        if random.random() < 0.8
    ]
    found: list[Change] = []
    for one in (*good, *events):
        at = one.at + random.choice((0, 0, 0, 0, 2))  # some have not taken effect yet
        event = replace(one, alias=own[one.alias], position=first + len(found), at=at)
        found.append(ActKept(entry=Entry(event=event)))
    for merge in merges:
        found.append(
            MergeKept(
                merge=Merge(
                    position=first + len(found),
                    at=merge.at + random.choice((0, 0, 0, 2)),
                    one=own[merge.one],
                    other=own[merge.other],
                )
            )
        )
    for setting in settings:
        found.append(SettingKept(setting=replace(setting, position=first + len(found))))
    return found


def reasons_of(decisions: list[Decision]) -> Reasons:
    """Return how often each ruling stood in the way."""
    return Counter(
        (one.outcome, ruling) for one in decisions if not one.permits for ruling in one.by
    )
