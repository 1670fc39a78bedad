"""Acts counted by day as they come in: always what a count over all acts gives."""

from collections import Counter
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from chengnuo.adapters.sql.consent_figures import SqlConsentFigures
from chengnuo.adapters.sql.consents import SqlConsents
from chengnuo.adapters.sql.database import Database
from chengnuo.adapters.sqlite.database import SqliteDatabase
from chengnuo.base.digest import Digest
from chengnuo.domain.consent.entry import Entry, Guardian
from chengnuo.domain.consent.event import Act, ConsentEvent
from chengnuo.domain.register.consent_items import ConsentItemId
from chengnuo.law.consent_form import ConsentForm
from chengnuo.ports.consents import ActKept, Forgotten
from chengnuo.ports.individuals import PersonKey

DAY_US = 86_400_000_000
PEOPLE = [PersonKey(one * 64) for one in "abc"]
ITEMS = [ConsentItemId("nearby/general"), ConsentItemId("nearby/sensitive")]
Done = tuple[int, int, int, Act]
"""Whose, which item, when, what."""
DONE = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.integers(0, 1),
        st.integers(0, 4 * DAY_US).map(lambda at: at // 7_200_000_000 * 7_200_000_000),
        st.sampled_from(Act),
    ),
    max_size=25,
)


def kept(position: int, done: Done) -> ActKept:
    person, item, at, act = done
    event = ConsentEvent(
        position=position,
        at=at,
        alias=PEOPLE[person],
        item=ITEMS[item],
        act=act,
        fingerprint=Digest("f" * 64),
        form=ConsentForm.SEPARATE,
    )
    entry = Entry(
        event=event,
        notice="0" * 64,
        lang="zh",
        surface="android",
        steps=2,
        guardian=Guardian(relation="parent", method="own-device"),
        reason="",
        prompt="",
        register="1" * 64,
        law="2" * 64,
    )
    return ActKept(entry=entry, follow_ups=())


def civil(at: int) -> int:
    return (at + DAY_US // 3) // DAY_US


def stands(acts: Sequence[ActKept], person: int, item: int, day: int) -> bool:
    """Tell by the plainest way whether a consent stood at the end of a day."""
    found = [
        (event.at, event.act.strictness, event.position, event.act)
        for event in (one.entry.event for one in acts)
        if (event.alias, event.item) == (PEOPLE[person], ITEMS[item]) and civil(event.at) <= day
    ]
    return bool(found) and max(found)[3] is Act.GIVE


def says_the_same(figures: SqlConsentFigures, acts: Sequence[ActKept]) -> None:
    events = [one.entry.event for one in acts]
    for item in ("", *ITEMS):
        for since in (0, 2, 9):
            by_day = Counter(
                (civil(one.at), one.act.value)
                for one in events
                if civil(one.at) >= since and item in {"", one.item}
            )
            found = figures.by_day(since, item=item)
            counted = {(one.day, one.act): one.records for one in found if one.act in set(Act)}
            assert counted == by_day
            stood = sum(
                stands(acts, person, at, since - 1)
                for person in range(3)
                for at in range(2)
                if item in {"", ITEMS[at]}
            )
            assert figures.standing(since, item=item) == stood
    for since in (0, 2, 9):
        late = [one for one in events if civil(one.at) >= since]
        records = Counter((one.item, one.act.value) for one in late)
        people = Counter(
            (one, act) for one, act, _ in {(e.item, e.act.value, e.alias) for e in late}
        )
        found_items = figures.by_item(since)
        assert {(one.item, one.act): one.records for one in found_items} == records
        assert {(one.item, one.act): one.people for one in found_items} == people


@given(DONE, st.sets(st.integers(1, 3)), st.integers(1, 25))
def test_what_is_counted_as_it_comes_in_is_what_there_is(
    database: Database, done: list[Done], gone: set[int], batch: int
) -> None:
    store, figures = SqlConsents(database), SqlConsentFigures(database)
    store.reset()
    store.apply([Forgotten(ordinal=one) for one in (1, 2, 3)], ordinals=(), position=0)
    acts = [kept(position, one) for position, one in enumerate(done)]
    ordinals = tuple((person, at + 1) for at, person in enumerate(PEOPLE))
    for at in range(0, len(acts), batch):
        store.apply(acts[at : at + batch], ordinals=ordinals, position=at)
    store.apply(acts[:batch], ordinals=ordinals, position=len(acts))  # twice is once
    says_the_same(figures, acts)
    store.apply([Forgotten(ordinal=one) for one in gone], ordinals=(), position=len(acts) + 1)
    left = {PEOPLE[at] for at in range(3) if at + 1 not in gone}
    says_the_same(figures, [one for one in acts if one.entry.event.alias in left])


def test_what_there_was_before_is_counted_by_the_upgrade(tmp_path: Path) -> None:
    database = SqliteDatabase(tmp_path / "data")
    done: list[Done] = [
        (0, 0, 0, Act.GIVE),
        (1, 0, DAY_US, Act.GIVE),
        (0, 0, DAY_US, Act.WITHDRAW),
        (0, 0, 3 * DAY_US, Act.GIVE),
        (2, 1, 2 * DAY_US, Act.REFUSE),
        (1, 1, 2 * DAY_US, Act.GIVE),
        (1, 1, 2 * DAY_US, Act.EXPIRE),
    ]
    acts = [kept(position, one) for position, one in enumerate(done)]
    SqlConsents(database).apply(acts, ordinals=(), position=len(acts))
    upgrade = import_module("chengnuo.adapters.sql.migrations.versions.0018_consent_days")
    with database.write() as connection:
        connection.exec_driver_sql("DELETE FROM consent_day")
        for statement in upgrade.COUNTING:
            connection.exec_driver_sql(statement)
    says_the_same(SqlConsentFigures(database), acts)
    database.close()
