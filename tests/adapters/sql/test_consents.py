"""The state of consent in SQLite: all or nothing, twice is once, nothing of somebody forgotten."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import text, update
from sqlalchemy.exc import StatementError
from tests.adapters.sql.conftest import NewDatabase, rows

from chengnuo.adapters.sql.consents import SqlConsents
from chengnuo.adapters.sql.database import Database, DatabaseDamagedError
from chengnuo.adapters.sql.schema import CONSENT_ACT
from chengnuo.adapters.sqlite.database import SqliteDatabase
from chengnuo.base.digest import Digest
from chengnuo.domain.consent.entry import Entry, Guardian
from chengnuo.domain.consent.event import Act, ConsentEvent, Merge
from chengnuo.domain.consent.setting import Setting
from chengnuo.domain.consent.what_follows import FollowKind, FollowState, what_follows
from chengnuo.domain.individual.standing import AccountState
from chengnuo.domain.register.consent_items import ConsentItemId
from chengnuo.law.consent_form import ConsentForm
from chengnuo.ports.consents import (
    ActKept,
    Change,
    FollowUpDone,
    Forgotten,
    KnownOfIndividual,
    MergeKept,
    SettingKept,
)
from chengnuo.ports.individuals import PersonKey

ONE, OTHER, THIRD = PersonKey("a" * 64), PersonKey("b" * 64), PersonKey("c" * 64)
ITEM = ConsentItemId("nearby/general")


@pytest.fixture
def store(new_database: NewDatabase) -> SqlConsents:
    return SqlConsents(new_database())


def act(position: int, what: Act = Act.GIVE, *, person: str = ONE, **more: object) -> ActKept:
    event = ConsentEvent(
        position=position,
        at=position * 10,
        alias=person,
        item=ITEM,
        act=what,
        fingerprint=Digest("f" * 64),
        form=ConsentForm.SEPARATE,
    )
    entry = Entry(
        event=replace(event, **more),  # type: ignore[arg-type]  # fields of an event
        notice="0" * 64,
        lang="zh",
        surface="android",
        steps=2,
        guardian=Guardian(relation="parent", method="own-device"),
        reason="why",
        prompt="p-1",
        register="1" * 64,
        law="2" * 64,
    )
    follows = what_follows(ITEM, None, person=person, withdrawal=position, at=position * 10)
    return ActKept(entry=entry, follow_ups=follows if what is Act.WITHDRAW else ())


def take(store: SqlConsents, *changes: Change, position: int = 0) -> None:
    store.apply(changes, ordinals=((ONE, 1), (OTHER, 2), (THIRD, 3)), position=position)


def test_what_was_taken_in_is_read_back_whole(store: SqlConsents) -> None:
    kept = act(1, by_guardian=True, until=99)
    merge = Merge(position=2, at=20, one=ONE, other=OTHER)
    setting = Setting(position=3, at=30, alias=OTHER, what="switch:near-first", allows=False)
    take(store, kept, MergeKept(merge=merge), SettingKept(setting=setting), position=4)
    found = store.of(ONE)
    assert (found.names, found.entries) == ({ONE, OTHER}, (kept.entry,))
    assert (found.merges, found.settings) == ((merge,), (setting,))
    assert store.of(OTHER) == found
    assert store.position() == 4


def test_a_chain_of_merges_joins_all_names_and_nobody_else(store: SqlConsents) -> None:
    take(
        store,
        MergeKept(merge=Merge(position=1, at=1, one=ONE, other=OTHER)),
        MergeKept(merge=Merge(position=2, at=2, one=THIRD, other=OTHER)),
        MergeKept(merge=Merge(position=3, at=3, one=PersonKey("d" * 64), other="")),
        MergeKept(merge=Merge(position=4, at=4, one=THIRD, other="")),
    )
    assert store.of(ONE).names == {ONE, OTHER, THIRD}


def test_taking_in_twice_is_taking_in_once(store: SqlConsents) -> None:
    done = FollowUpDone(
        person=ONE, withdrawal=2, kind=FollowKind.STOP, recipient="", at=25, position=5
    )
    changes = (act(1), act(2, Act.WITHDRAW), done)
    for _ in range(2):
        take(store, *changes, position=6)
    assert [one.event.position for one in store.of(ONE).entries] == [1, 2]
    assert [one.state for one in store.follow_ups(None)] == [FollowState.DONE, FollowState.OPEN]


def test_an_older_yes_taken_in_again_calls_off_nothing_newer(store: SqlConsents) -> None:
    take(store, act(1), act(2, Act.WITHDRAW))
    take(store, act(1))
    assert {one.state for one in store.follow_ups(None)} == {FollowState.OPEN}


def test_the_position_never_goes_back(store: SqlConsents) -> None:
    take(store, position=7)
    take(store, position=3)
    assert store.position() == 7


def test_a_change_that_fails_takes_the_others_and_the_position_with_it(
    store: SqlConsents,
) -> None:
    bad = act(2, until=object())
    with pytest.raises(StatementError):
        take(store, act(1), bad, position=9)
    assert (store.position(), store.of(ONE).entries, store.ordinal(ONE)) == (0, (), None)


def test_of_somebody_forgotten_no_row_is_left(store: SqlConsents) -> None:
    take(
        store,
        act(1),
        act(2, Act.WITHDRAW),
        SettingKept(setting=Setting(position=3, at=3, alias=ONE, what="handling", allows=False)),
        MergeKept(merge=Merge(position=4, at=4, one=ONE, other=OTHER)),
        act(5, person=OTHER),
    )
    store.know(ONE, KnownOfIndividual(birth_date=date(1890, 1, 1)))
    take_away = Forgotten(ordinal=1)
    store.apply([take_away, take_away], ordinals=(), position=6)
    assert OTHER.encode() in rows(store.database)
    assert ONE.encode() not in rows(store.database)
    assert store.of(OTHER).merges == (Merge(position=4, at=4, one="", other=OTHER),)
    assert (store.ordinal(ONE), store.person(1), store.ordinal(OTHER)) == (None, None, 2)


def test_somebody_with_a_new_ordinal_has_lost_what_was_under_the_old(
    store: SqlConsents,
) -> None:
    take(store, act(1))
    store.apply([act(2)], ordinals=[(ONE, 9)], position=3)
    assert [one.event.position for one in store.of(ONE).entries] == [2]
    assert (store.ordinal(ONE), store.person(1)) == (9, None)


def test_what_is_known_is_kept_until_something_else_is(store: SqlConsents) -> None:
    store.know(ONE, KnownOfIndividual(birth_date=date(1890, 1, 1)))
    store.know(ONE, KnownOfIndividual(account=AccountState.ACTIVE))
    store.know(ONE, KnownOfIndividual())
    (known,) = store.of(ONE).known
    assert known == KnownOfIndividual(birth_date=date(1890, 1, 1), account=AccountState.ACTIVE)
    store.reset()
    assert store.of(ONE).known == (known,)


def test_consents_that_run_out_are_found_once_something_newer_is_done_no_more(
    store: SqlConsents,
) -> None:
    take(store, act(1, until=50), act(2, person=OTHER, until=60), act(3, person=THIRD))
    assert [one.event.position for one in store.running_out(49, limit=9)] == []
    assert [one.event.position for one in store.running_out(60, limit=9)] == [1, 2]
    assert [one.event.position for one in store.running_out(60, limit=1)] == [1]
    assert [one.event.position for one in store.running_out(60, limit=9, after=1)] == [2]
    take(store, act(4, Act.EXPIRE))
    assert [one.event.position for one in store.running_out(60, limit=9)] == [2]


def test_an_answer_is_found_by_person_prompt_and_item(store: SqlConsents) -> None:
    take(store, act(1))
    mine, others = frozenset({ONE}), frozenset({OTHER, THIRD})
    assert store.answered(mine, "p-1", ITEM) == 1
    assert store.answered(mine | others, "p-1", ITEM) == 1
    assert store.answered(others, "p-1", ITEM) is None
    assert store.answered(mine, "p-2", ITEM) is None
    assert store.answered(mine, "p-1", ConsentItemId("wall/general")) is None


def test_a_consent_to_another_text_is_found_while_nothing_newer_was_done(
    store: SqlConsents,
) -> None:
    given = act(1)
    take(store, given, act(2, person=OTHER), act(3, Act.REFUSE, person=THIRD))
    now, old = frozenset({"new"}), frozenset({"new", given.entry.event.fingerprint})

    def found(accepted: frozenset[str], after: int = -1) -> list[int]:
        entries = store.given_otherwise({ITEM: accepted}, limit=9, after=after)
        return [one.event.position for one in entries]

    assert (found(now), found(now, 1), found(old)) == ([1, 2], [2], [])
    assert store.given_otherwise({}, limit=9) == ()
    take(store, act(4, Act.WITHDRAW))
    assert found(now) == [2]


def test_a_row_that_says_what_no_act_is_is_damage(store: SqlConsents) -> None:
    take(store, act(1))
    with store.database.write() as connection:
        connection.execute(update(CONSENT_ACT).values(act="nonsense"))
    with pytest.raises(DatabaseDamagedError):
        store.of(ONE)


def test_everyone_is_named_in_order_across_pages(
    store: SqlConsents, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chengnuo.adapters.sql.consents._PAGE", 2)
    people = [(PersonKey(f"{number:064x}"), number) for number in range(1, 6)]
    store.apply([], ordinals=people, position=0)
    assert list(store.everyone()) == people


def test_every_name_is_there_once_whatever_is_known_of_it(
    store: SqlConsents, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chengnuo.adapters.sql.consents._PAGE", 2)
    before = set(store.names())
    alone, merged = PersonKey("1" * 64), PersonKey("2" * 64)
    store.know(alone, KnownOfIndividual(account=AccountState.CANCELLED))
    take(store, act(1), MergeKept(merge=Merge(position=2, at=20, one=THIRD, other=merged)))
    found = list(store.names())
    assert found == sorted(set(found))
    assert set(found) == before | {alone, merged, ONE, OTHER, THIRD}
    store.apply([Forgotten(ordinal=3)], ordinals=(), position=3)
    assert set(store.names()) == set(found) - {THIRD}


def test_one_individual_is_found_without_looking_at_all_others(store: SqlConsents) -> None:
    queries = (
        "SELECT * FROM consent_act WHERE person IN ('a') ORDER BY position",
        "SELECT * FROM consent_setting WHERE person IN ('a')",
        "SELECT * FROM consent_merge WHERE one IN ('a') OR other IN ('a')",
        "SELECT * FROM consent_follow_up WHERE person IN ('a')",
        "SELECT * FROM consent_follow_up WHERE state = 'open' AND due <= 1 ORDER BY due",
        "SELECT * FROM consent_act WHERE until <= 1 AND act = 'give'",
        "SELECT * FROM consent_person WHERE deletion",
    )
    for query in queries:
        assert not looks_at_all(store.database, query), query


def looks_at_all(database: Database, query: str) -> bool:
    """Tell whether a query reads a whole table; PostgreSQL if nothing else is possible at all."""
    with database.read() as connection:
        if isinstance(database, SqliteDatabase):
            plan = connection.execute(text(f"EXPLAIN QUERY PLAN {query}")).all()
            return any(str(row.detail) == f"SCAN {query.split()[3]}" for row in plan)
        connection.execute(text("SET LOCAL enable_seqscan = off"))
        plan = connection.execute(text(f"EXPLAIN {query}")).all()
        return any("Seq Scan" in str(row[0]) for row in plan)
