"""Counts over everybody in SQLite, held to the plain way: fold each one's acts, then count."""

from collections import Counter
from typing import TypeAlias

from hypothesis import given
from hypothesis import strategies as st
from tests.adapters.sql.conftest import NewDatabase
from tests.adapters.sql.test_consents import act

from chengnuo.adapters.sql.consent_figures import SqlConsentFigures
from chengnuo.adapters.sql.consents import SqlConsents
from chengnuo.adapters.sql.database import Database
from chengnuo.adapters.sql.uses import SqlUses
from chengnuo.base.digest import Digest
from chengnuo.domain.consent.event import Act, ConsentEvent, Merge
from chengnuo.domain.consent.fold import standing
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.register.consent_items import ConsentItemId
from chengnuo.ports.consents import ActKept, MergeKept
from chengnuo.ports.individuals import PersonKey
from chengnuo.ports.uses import UseSeen

PEOPLE = tuple(PersonKey(letter * 64) for letter in "abcdef")
ITEMS = tuple(ConsentItemId(f"{name}/general") for name in ("nearby", "feed", "ads"))
TEXTS = (Digest("e" * 64), Digest("f" * 64))
NOW = 60


Done: TypeAlias = list[tuple[int, Act, PersonKey, ConsentItemId, Digest, int | None]]


def acts() -> st.SearchStrategy[Done]:
    return st.lists(
        st.tuples(
            st.integers(1, 50),
            st.sampled_from((Act.GIVE, Act.GIVE, Act.REFUSE, Act.WITHDRAW, Act.EXPIRE)),
            st.sampled_from(PEOPLE),
            st.sampled_from(ITEMS),
            st.sampled_from(TEXTS),
            st.one_of(st.none(), st.integers(40, 80)),
        ),
        max_size=25,
    )


@given(acts(), st.lists(st.tuples(st.sampled_from(PEOPLE), st.sampled_from(PEOPLE)), max_size=2))
def test_holders_are_those_whose_standing_act_is_a_consent_that_has_not_run_out(
    database: Database, done: Done, pairs: list[tuple[PersonKey, PersonKey]]
) -> None:
    kept = [
        act(
            number,
            what,
            person=person,
            item=item,
            at=at,
            fingerprint=text,
            until=until if what is Act.GIVE else None,
        )
        for number, (at, what, person, item, text, until) in enumerate(done, 1)
    ]
    merges = [
        MergeKept(merge=Merge(position=100 + number, at=90, one=one, other=other))
        for number, (one, other) in enumerate(pairs)
        if one != other
    ]
    joined = {name for one in merges for name in (one.merge.one, one.merge.other)}
    store = SqlConsents(database)
    ordinals = tuple((person, number) for number, person in enumerate(PEOPLE, 1))
    store.reset()
    store.apply((*kept, *merges), ordinals=ordinals, position=200)
    found = SqlConsentFigures(database).holders(NOW)
    alone, together = plain(kept, joined)
    assert dict(found.alone) == alone
    assert set(found.joined) == together


def plain(kept: list[ActKept], joined: set[str]) -> tuple[dict[tuple[str, str], int], set[str]]:
    """Fold what each did, and count who gives."""
    by_name: dict[str, list[ConsentEvent]] = {}
    for one in kept:
        by_name.setdefault(one.entry.event.alias, []).append(one.entry.event)
    alone: Counter[tuple[str, str]] = Counter()
    together: set[str] = set()
    for name, events in by_name.items():
        for item, event in standing(events).items():
            if event.act is Act.GIVE and (event.until is None or event.until > NOW):
                if name in joined:
                    together.add(name)
                else:
                    alone[item, event.fingerprint] += 1
    return dict(alone), together


def test_an_item_was_put_to_whoever_was_shown_it_or_answered_each_once(
    new_database: NewDatabase,
) -> None:
    database = new_database()
    consents, uses = SqlConsents(database), SqlUses(database)
    one, other, third = PEOPLE[:3]
    consents.apply(
        (
            act(1, person=one, item=ITEMS[0]),
            act(2, Act.REFUSE, person=other, item=ITEMS[0]),
            act(3, Act.WITHDRAW, person=other, item=ITEMS[0]),
            act(9, Act.EXPIRE, person=third, item=ITEMS[1]),
        ),
        ordinals=((one, 1), (other, 2), (third, 3)),
        position=10,
    )
    shown = [use(4, 1, ITEMS[0]), use(5, 3, ITEMS[0]), use(6, 3, ITEMS[2]), use(7, 3, "")]
    uses.add(
        [*shown, use(8, 3, ITEMS[1], kind=Kind.DECISION)],
        persons=((one, 1), (third, 3)),
        deleted=(),
        position=10,
    )
    figures = SqlConsentFigures(database)
    assert figures.asked(0) == {ITEMS[0]: 3, ITEMS[2]: 1}
    assert figures.asked(50) == {ITEMS[0]: 1, ITEMS[2]: 1}
    assert figures.asked(70) == {}
    database.close()


def use(position: int, ordinal: int, item: str, *, kind: Kind = Kind.NOTICE_SHOWN) -> UseSeen:
    return UseSeen(
        position=position,
        ordinal=ordinal,
        at=position * 10,
        kind=kind.value,
        activity="nearby",
        recipient="",
        item=item,
        register="1" * 64,
        outcome="",
        rules=(),
        categories=None,
        consents=(),
        request="",
        seen=0,
        started=False,
        age="",
        count=0,
        permitted=0,
    )
