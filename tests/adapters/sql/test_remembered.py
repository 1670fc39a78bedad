"""What is remembered of individuals while acts come in is always what a store holds."""

from hypothesis import given
from hypothesis import strategies as st
from tests.adapters.sql.test_consent_days import DONE, PEOPLE, Done, kept

from chengnuo.adapters.sql.consents import SqlConsents
from chengnuo.adapters.sql.database import Database
from chengnuo.domain.consent.event import Act, Merge
from chengnuo.domain.consent.setting import Setting
from chengnuo.ports.consents import (
    Change,
    DeletionSeen,
    Forgotten,
    KnownOfIndividual,
    MergeKept,
    SettingKept,
)
from chengnuo.usecases.consent.memory import Memory

OTHERS = st.one_of(
    st.sampled_from(PEOPLE).map(lambda person: DeletionSeen(person=person)),
    st.tuples(st.sampled_from(PEOPLE), st.booleans()),
    st.permutations(PEOPLE).map(lambda names: (names[0], names[1])),
)


def changes_of(done: list[Done], others: list[object]) -> list[Change]:
    """Return acts of three people with something else after every third of them."""
    found: list[Change] = []
    rest = iter(others)
    for number, one in enumerate(done):
        found.append(kept(10 * number, one))
        other = next(rest, None) if number % 3 == 2 else None
        position = 10 * number + 5
        if isinstance(other, DeletionSeen):
            found.append(other)
        elif isinstance(other, tuple) and isinstance(other[1], bool):
            setting = Setting(position=position, at=1, alias=other[0], what="x", allows=other[1])
            found.append(SettingKept(setting=setting))
        elif isinstance(other, tuple):
            merge = Merge(position=position, at=1, one=other[0], other=other[1])
            found.append(MergeKept(merge=merge))
    return found


@given(DONE, st.lists(OTHERS, max_size=8), st.integers(1, 4), st.data())
def test_what_is_remembered_is_what_a_store_holds(
    database: Database, done: list[Done], others: list[object], batch: int, data: st.DataObject
) -> None:
    store = SqlConsents(database)
    store.reset()
    store.apply([Forgotten(ordinal=one) for one in (1, 2, 3)], ordinals=(), position=0)
    ordinals = tuple((person, at + 1) for at, person in enumerate(PEOPLE))
    memory = Memory(store.of)
    changes = changes_of(done, others)
    for at in range(0, len(changes), batch):
        some = changes[at : at + batch]
        for person in data.draw(st.sets(st.sampled_from(PEOPLE)), label="asked about"):
            memory.of(person)
        store.apply(some, ordinals=ordinals, position=at)
        memory.grown(PEOPLE, some)
        if data.draw(st.booleans(), label="taken in again"):
            store.apply(some, ordinals=ordinals, position=at)
            memory.grown(PEOPLE, some)
        for person in PEOPLE:
            assert memory.of(person) == store.of(person)
    store.know(PEOPLE[0], KnownOfIndividual(birth_date=None))
    memory.changed([PEOPLE[0]])
    assert memory.of(PEOPLE[0]) == store.of(PEOPLE[0])


def test_an_act_of_somebody_remembered_is_not_read(database: Database) -> None:
    store = SqlConsents(database)
    store.reset()
    ordinals = ((PEOPLE[0], 1),)
    reads = []
    memory = Memory(lambda person: (reads.append(person), store.of(person))[1])
    first, second = (kept(at, (0, 0, at, act)) for at, act in enumerate((Act.GIVE, Act.WITHDRAW)))
    store.apply([first], ordinals=ordinals, position=1)
    memory.of(PEOPLE[0])
    store.apply([second], ordinals=ordinals, position=2)
    memory.grown([PEOPLE[0]], [second])
    assert memory.of(PEOPLE[0]).entries == (first.entry, second.entry)
    assert reads == [PEOPLE[0]]
    memory.grown([PEOPLE[0]], [second], anew=[PEOPLE[0]])
    assert not memory.has(PEOPLE[0])
