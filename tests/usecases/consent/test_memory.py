"""What is remembered of individuals is never older than the last acknowledged change."""

from threading import Event, Thread

from hypothesis import given
from hypothesis import strategies as st

from chengnuo.ports.consents import Kept, KnownOfIndividual
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.consent.memory import Memory

ONE, OTHER = PersonKey("one"), PersonKey("other")


def kept(*names: PersonKey, known: int = 0) -> Kept:
    return Kept(
        names=frozenset(names),
        entries=(),
        merges=(),
        settings=(),
        known=(KnownOfIndividual(),) * known,
    )


class Store:
    """Counts how often it was read."""

    def __init__(self) -> None:
        self.content: dict[PersonKey, Kept] = {}
        self.reads = 0

    def of(self, person: PersonKey) -> Kept:
        self.reads += 1
        return self.content.get(person, kept(person))


def test_somebody_asked_about_again_is_not_read_again() -> None:
    store = Store()
    memory = Memory(store.of)
    assert not memory.has(ONE)
    assert memory.of(ONE) == memory.of(ONE) == kept(ONE)
    assert store.reads == 1
    assert memory.has(ONE)


def test_whoever_has_several_names_is_read_each_time() -> None:
    store = Store()
    store.content[ONE] = kept(ONE, OTHER)
    memory = Memory(store.of)
    memory.of(ONE)
    assert not memory.has(ONE)


def test_what_was_read_before_a_change_is_not_remembered_after_it() -> None:
    """A reader that is overtaken by a withdrawal must not bring the older state back."""
    reading, changed = Event(), Event()
    store = Store()

    def slowly(person: PersonKey) -> Kept:
        found = store.of(person)
        if not changed.is_set():
            reading.set()
            changed.wait(10)
        return found

    memory = Memory(slowly)
    reader = Thread(target=memory.of, args=(ONE,))
    reader.start()
    assert reading.wait(10)
    store.content[ONE] = kept(ONE, known=1)
    memory.changed([ONE])
    changed.set()
    reader.join(10)
    assert memory.of(ONE) == kept(ONE, known=1)


def test_with_one_more_than_may_be_remembered_all_are_forgotten() -> None:
    memory = Memory(Store().of, most=2)
    for name in ("a", "b", "c"):
        memory.of(PersonKey(name))
    assert [memory.has(PersonKey(name)) for name in ("a", "b", "c")] == [False, False, True]


STEPS = st.lists(st.tuples(st.sampled_from(("read", "write", "join", "all")), st.booleans()))


@given(STEPS)
def test_what_is_remembered_is_what_stands(steps: list[tuple[str, bool]]) -> None:
    store = Store()
    memory = Memory(store.of, most=1)
    for number, (what, is_one) in enumerate(steps):
        person = ONE if is_one else OTHER
        if what == "write":
            store.content[person] = kept(*store.of(person).names, known=number)
            memory.changed([person])
        elif what == "join":
            store.content[ONE] = store.content[OTHER] = kept(ONE, OTHER, known=number)
            memory.changed([ONE, OTHER])
        elif what == "all":
            store.content.clear()
            memory.all_changed()
        assert memory.of(person) == store.of(person)
