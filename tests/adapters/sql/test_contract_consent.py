"""Contracts of consent and of what was done with information: the state, sifted and counted."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

from tests.adapters.sql.contract_kit import Whole, contract_of
from tests.adapters.sql.test_consents import ITEM, ONE, OTHER, THIRD, act

from chengnuo.adapters.sql.consent_days import day_of
from chengnuo.adapters.sql.consent_figures import SqlConsentFigures
from chengnuo.adapters.sql.consents import SqlConsents
from chengnuo.adapters.sql.database import Database
from chengnuo.adapters.sql.sifting import SqlSifter
from chengnuo.adapters.sql.uses import SqlUses
from chengnuo.domain.consent.event import Act, Merge
from chengnuo.domain.consent.setting import Setting
from chengnuo.domain.consent.what_follows import FollowKind, FollowState
from chengnuo.domain.decision.conditions import Conditions
from chengnuo.domain.decision.decision import Outcome, Ruling
from chengnuo.domain.decision.rules import Rule
from chengnuo.domain.individual.standing import AccountState
from chengnuo.domain.register.consent_items import ConsentItemId
from chengnuo.ports.consent_figures import STANDING, ActSum, DaySum, Holders
from chengnuo.ports.consents import (
    Change,
    DeletionSeen,
    FollowUpDone,
    KnownOfIndividual,
    MergeKept,
    SettingKept,
)
from chengnuo.ports.individuals import PersonKey
from chengnuo.ports.uses import ActivitySum, BatchSum, DecidedFor, DecisionSum, UseSeen, UseSum

DAY_US = 86_400_000_000
FEED = ConsentItemId("feed/general")
HIGH = 1 << 40
NOBODY = PersonKey("0" * 64)


def positions(found: object) -> list[int]:
    return [one.event.position for one in found]  # type: ignore[attr-defined]  # entries


def setting(position: int, what: str, person: PersonKey = ONE) -> SettingKept:
    made = Setting(
        position=position, at=position, alias=person, what=what, allows=position % 2 == 0
    )
    return SettingKept(setting=made)


MERGE = Merge(position=6, at=60, one=OTHER, other=THIRD)
SETTINGS = (
    setting(7, "switch:near_first"), setting(8, "Switch:near-first", OTHER), setting(9, "handling"),
)  # fmt: skip
ACTS = (
    act(1, until=50), act(2, Act.WITHDRAW, person=OTHER), act(3, item=FEED, person=THIRD),
    act(4, at=DAY_US), act(5, Act.REFUSE, item=FEED, at=DAY_US),
)  # fmt: skip
CHANGES: tuple[Change, ...] = (*ACTS, MergeKept(merge=MERGE), *SETTINGS)


def take(store: SqlConsents) -> None:
    store.apply(CHANGES, ordinals=((ONE, 1), (OTHER, 2), (THIRD, HIGH)), position=HIGH)


def everything_is_found(store: SqlConsents) -> None:
    mine, theirs = store.of(ONE), store.of(THIRD)
    assert (mine.names, positions(mine.entries)) == ({ONE}, [1, 4, 5])
    assert mine.entries[0] == ACTS[0].entry
    assert mine.settings == (SETTINGS[0].setting, SETTINGS[2].setting)
    assert (theirs.names, theirs.merges) == ({OTHER, THIRD}, (MERGE,))
    assert (store.of(NOBODY).names, store.of(NOBODY).entries) == ({NOBODY}, ())
    assert [store.ordinal(one) for one in (THIRD, NOBODY)] == [HIGH, None]
    assert [store.person(one) for one in (HIGH, 9)] == [THIRD, None]
    assert store.how_many() == 3
    assert list(store.everyone()) == [(ONE, 1), (OTHER, 2), (THIRD, HIGH)]
    assert list(store.names()) == [ONE, OTHER, THIRD]
    assert store.answered(frozenset({ONE, OTHER}), "p-1", ITEM) == 1
    assert store.answered(frozenset({ONE}), "P-1", ITEM) is None
    assert positions(store.running_out(50, limit=9)) == []
    accepted = {FEED: frozenset({"other"}), ITEM: frozenset({"other"})}
    assert positions(store.given_otherwise(accepted, limit=9)) == [3, 4]
    assert positions(store.given_otherwise(accepted, limit=1, after=3)) == [4]
    assert positions(store.given_otherwise({}, limit=9)) == []
    assert store.settings_under("switch:", limit=9) == (SETTINGS[0].setting,)
    assert store.settings_under("switch:near_f", limit=9) == (SETTINGS[0].setting,)
    assert store.settings_under("switch:nearlf", limit=9) == ()
    assert store.settings_under("", limit=2) == (SETTINGS[2].setting, SETTINGS[1].setting)
    assert list(store.acted_on({FEED}, {"Switch:near-first"})) == [ONE, OTHER, THIRD]
    assert list(store.acted_on({ITEM}, set())) == [ONE, OTHER]
    assert list(store.acted_on(set(), set())) == []


def what_follows_is_due(store: SqlConsents) -> None:
    stop, delete = store.follow_ups(None)
    assert (stop.kind, delete.kind, stop.person) == (FollowKind.STOP, FollowKind.DELETE, OTHER)
    assert store.follow_ups(frozenset({OTHER}), due=delete.due) == (stop, delete)
    assert store.follow_ups(frozenset({ONE})) == store.follow_ups(None, due=stop.due - 1) == ()
    done = FollowUpDone(
        person=OTHER, withdrawal=2, kind=FollowKind.STOP, recipient="", at=HIGH, position=HIGH
    )
    store.apply([done, DeletionSeen(person=OTHER)], ordinals=(), position=HIGH + 1)
    assert [one.state for one in store.follow_ups(None, since=0)] == [
        FollowState.DONE,
        FollowState.OPEN,
    ]
    assert store.follow_ups(None, due=HIGH * HIGH >> 20, limit=1) == (delete,)
    assert store.with_deletion() == ((OTHER, 2),)


def what_is_known_stays(store: SqlConsents) -> None:
    child = date(2020, 2, 29)
    for known in (
        KnownOfIndividual(birth_date=child),
        KnownOfIndividual(account=AccountState.GUEST),
    ):
        store.know(NOBODY, known)
    store.know(ONE, KnownOfIndividual())
    both = (KnownOfIndividual(birth_date=child, account=AccountState.GUEST),)
    assert (store.of(NOBODY).known, store.of(ONE).known) == (both, ())
    assert store.born_between(child, child + timedelta(days=1)) == (NOBODY,)
    assert store.born_between(child - timedelta(days=9), child) == ()
    assert (store.is_born_since(child), store.is_born_since(child + timedelta(1))) == (True, False)
    assert store.position() == HIGH + 1
    store.reset()
    assert (store.position(), store.of(ONE).entries, store.follow_ups(None)) == (0, (), ())
    assert store.of(NOBODY).known == both
    assert store.ordinal(ONE) == 1


@contract_of(SqlConsents, SqlSifter)
def test_consents(database: Database, whole: Whole) -> None:
    store = whole(SqlConsents(database))
    take(store)
    everything_is_found(store)
    free = Conditions(
        always=(), some=(), wanted=(), child_from=date(2012, 11, 30), child_if_unknown=False
    )
    ruling = Ruling(Rule.ACTIVITY, "", "unknown")
    names = [ONE, NOBODY, PersonKey("a\0b"), PersonKey("'甲"), ONE]
    for sifter in (store, whole(SqlSifter(database))):
        sifted = sifter.sift(names, free, at=HIGH)
        assert (sifted.outcomes, sifted.position) == ((Outcome.PERMIT,) * 5, HIGH)
        refused = sifter.sift(names[:2], replace(free, always=(ruling,)), at=HIGH)
        assert (refused.outcomes, refused.by) == ((Outcome.REFUSE,) * 2, ((ruling,),) * 2)
        assert refused.reasons == Counter({(Outcome.REFUSE, ruling): 2})
        assert sifter.sift([], free, at=0).outcomes == ()
    what_follows_is_due(store)
    what_is_known_stays(store)


@contract_of(SqlConsentFigures)
def test_consent_figures(database: Database, whole: Whole) -> None:
    figures = whole(SqlConsentFigures(database))
    assert figures.standing(9) == 0
    take(SqlConsents(database))
    seen = UseSeen(
        position=1, ordinal=7, at=5, kind="notice-shown", activity="a", recipient="", item=str(ITEM)
    )
    SqlUses(database).add([seen], persons=[(NOBODY, 7)], deleted=(), position=2)
    assert set(figures.by_item(0)) == {
        ActSum(item=ITEM, act="give", records=2, people=1),
        ActSum(item=ITEM, act="withdraw", records=1, people=1),
        ActSum(item=FEED, act="give", records=1, people=1),
        ActSum(item=FEED, act="refuse", records=1, people=1),
    }
    assert set(figures.by_day(1)) == {
        DaySum(day=1, act="give", records=1),
        DaySum(day=1, act="refuse", records=1),
    }
    assert set(figures.by_day(0, item=FEED)) == {
        DaySum(day=0, act="give", records=1),
        DaySum(day=0, act=STANDING, records=1),
        DaySum(day=1, act="refuse", records=1),
    }
    assert figures.asked(0) == {ITEM: 2, FEED: 2}
    assert figures.asked(50) == {ITEM: 1, FEED: 1}
    assert [figures.standing(day) for day in (0, 1, 2)] == [0, 2, 2]
    assert figures.standing(1, item=FEED) == 1
    assert positions(figures.acts(0, limit=9)) == [5, 4, 3, 2, 1]
    assert positions(figures.acts(10, until=DAY_US, item=ITEM, act="give", limit=9)) == [1]
    assert positions(figures.acts(0, before=4, limit=1)) == [3]
    assert sorted(positions(figures.at([*range(3, 1200)]))) == [3, 4, 5]
    assert figures.settings("switch:", 9) == (SETTINGS[0].setting,)
    assert figures.settings("switch:near-", 9) == ()
    assert figures.settings("", 2) == (SETTINGS[0].setting, SETTINGS[1].setting)
    fingerprint = ACTS[0].entry.event.fingerprint
    assert figures.holders(HIGH) == Holders(alone={(ITEM, fingerprint): 1}, joined=(THIRD,))


def use(position: int, **other: object) -> UseSeen:
    made = UseSeen(
        position=position, ordinal=1, at=position, kind="decision", activity="near", recipient="",
        register="1" * 64, outcome="permit", rules=("consent",), categories=("place", "id"),
        consents=(HIGH,), request="{}", seen=HIGH, started=True, age="under-14",
    )  # fmt: skip
    return replace(made, **other)  # type: ignore[arg-type]  # fields by name


USES = (
    use(0),
    use(HIGH, outcome="refuse", rules=("minor", "consent")),
    use(2, ordinal=HIGH, kind="provision", outcome="", recipient="maps", categories=None),
    use(3, ordinal=0, outcome="", count=HIGH, permitted=HIGH - 1),
    use(4, ordinal=0, outcome="", count=HIGH, permitted=0),
    use(5, ordinal=HIGH, activity="Near"),
)


@contract_of(SqlUses)
def test_uses(database: Database, whole: Whole) -> None:
    store = whole(SqlUses(database))
    persons = [(ONE, 1), (OTHER, HIGH), (OTHER, HIGH)]
    assert store.position() == 0
    for position in (HIGH, 3):
        store.add(USES, persons=persons, deleted=[(HIGH, HIGH)], position=position)
    assert store.position() == HIGH
    assert [store.person(one) for one in (HIGH, 9)] == [OTHER, None]
    assert set(store.ordinals(frozenset({ONE, OTHER, NOBODY}))) == {1, HIGH}
    both = ("decision", "provision")
    assert store.rows(0, kinds=both, limit=2) == (USES[1], USES[5])
    assert store.rows(0, kinds=both, before=HIGH, limit=9) == tuple(
        USES[one] for one in (5, 4, 3, 2, 0)
    )
    for narrow, found in (
        ({"outcome": "refuse"}, 1),
        ({"rule": "consent"}, 6),
        ({"rule": "minor"}, 1),
        ({"rule": "min_r"}, 0),
        ({"activity": "Near"}, 1),
    ):
        assert store.count(0, kinds=both, **narrow) == found
        assert len(store.rows(0, kinds=both, limit=9, **narrow)) == found
    assert store.count(6, kinds=()) == 0
    used = store.used([1, HIGH], [0, 3])
    sums = {(one.kind, one.activity): one for one in used}
    assert len(used) == len(sums) == 3
    assert sums["provision", "near"] == UseSum(
        kind="provision", activity="near", recipient="maps", categories=None, counts=(1, 0), last=2
    )
    assert store.by_activity(0) == (
        ActivitySum(activity="Near", recipient="", count=1),
        ActivitySum(activity="near", recipient="", count=HIGH),
        ActivitySum(activity="near", recipient="maps", count=1),
    )
    refused = DecisionSum(outcome="refuse", rules=("minor", "consent"), count=1)
    assert store.decided(0) == (
        DecisionSum(outcome="permit", rules=("consent",), count=2),
        refused,
    )
    assert store.decided_for(5) == (
        DecidedFor(activity="Near", outcome="permit", rules=("consent",), count=1),
        DecidedFor(activity="near", outcome=refused.outcome, rules=refused.rules, count=1),
    )
    assert store.batches(0, kind="decision") == BatchSum(
        records=2, individuals=2 * HIGH, permitted=HIGH - 1
    )
    assert store.batches(HIGH, kind="decision") == BatchSum()
    assert store.by_day(0) == ((0, "permit", 2), (day_of(HIGH), "refuse", 1))
    assert store.with_deletion() == ((OTHER, HIGH, HIGH),)
    store.settle(HIGH)
    assert store.with_deletion() == ()
    store.forget(HIGH, below=HIGH, kinds=["provision"])
    assert store.count(0, kinds=both) == 5
    store.forget(1, below=HIGH, kinds=[])
    assert (store.count(0, kinds=both), store.ordinals(frozenset({ONE}))) == (4, ())
