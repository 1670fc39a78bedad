"""What is in force: the newest act stands, a no wins a tie, and no merge widens a consent."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.domain.decision.shop import NOW, act, shop
from tests.strategies.decisions import NAMES, any_history, seeds

from chengnuo.domain.consent.event import Act, ConsentEvent, Merge
from chengnuo.domain.consent.fold import is_in_force, standing
from chengnuo.law.consent_form import ConsentForm

ITEMS = tuple(shop().item_by_id.values())[:3]
ITEM = ITEMS[0]
NOS = (Act.REFUSE, Act.WITHDRAW)


def on(at: int, done: Act, alias: str = "account", *, position: int = 0) -> ConsentEvent:
    return act(ITEM, at=at, act=done, alias=alias, position=position or at)


def joined(at: int, one: str = "account", other: str = "device") -> Merge:
    return Merge(position=100 + at, at=at, one=one, other=other)


def stands(*events: ConsentEvent, merges: tuple[Merge, ...] = ()) -> Act | None:
    found = standing(events, merges).get(ITEM.id)
    return found.act if found else None


@pytest.mark.parametrize(
    ("events", "merges", "expected"),
    [
        pytest.param((), (), None, id="nothing was done"),
        pytest.param((on(1, Act.GIVE), on(2, Act.WITHDRAW)), (), Act.WITHDRAW, id="newest"),
        pytest.param((on(1, Act.WITHDRAW), on(2, Act.GIVE)), (), Act.GIVE, id="newest, a yes"),
        pytest.param(
            (on(1, Act.WITHDRAW, position=1), on(1, Act.GIVE, position=2)),
            (),
            Act.WITHDRAW,
            id="Art. 15: a withdrawal wins a tie",
        ),
        pytest.param(
            (on(1, Act.GIVE, position=2), on(1, Act.EXPIRE, position=1)),
            (),
            Act.EXPIRE,
            id="an end wins a tie with a yes",
        ),
        pytest.param(
            (on(1, Act.REFUSE, "device"), on(2, Act.GIVE)),
            (joined(3),),
            Act.REFUSE,
            id="a no under one name stands though the yes is newer",
        ),
        pytest.param(
            (on(1, Act.REFUSE, "device"), on(2, Act.GIVE), on(4, Act.GIVE)),
            (joined(3),),
            Act.GIVE,
            id="what is done after they are known to be one is newer",
        ),
        pytest.param(
            (on(1, Act.REFUSE, "openid"), on(2, Act.GIVE)),
            (joined(3, "account", "device"), joined(4, "device", "openid")),
            Act.REFUSE,
            id="through a chain of names",
        ),
        pytest.param(
            (on(1, Act.REFUSE, "device"), on(2, Act.GIVE)),
            (),
            Act.REFUSE,
            id="names asked about together before they are joined",
        ),
        pytest.param(
            (on(1, Act.GIVE), on(2, Act.WITHDRAW), on(5, Act.GIVE)),
            (joined(3, "device", "openid"),),
            Act.GIVE,
            id="a merge of others changes nothing",
        ),
    ],
)
def test_what_stands(
    events: tuple[ConsentEvent, ...], merges: tuple[Merge, ...], expected: Act | None
) -> None:
    assert stands(*events, merges=merges) is expected


@given(seeds)
def test_order_and_repetition_never_matter(random: Random) -> None:
    events, merges = any_history(random, ITEMS)
    plain = standing(events, merges)
    for _ in range(5):
        mixed = random.sample(events * 3, k=3 * len(events))
        assert standing(mixed, random.sample(merges * 2, k=2 * len(merges))) == plain


@given(seeds)
def test_a_merge_never_turns_a_no_into_a_yes(random: Random) -> None:
    events, merges = any_history(random, ITEMS)
    apart = standing(events, merges)
    together = standing(
        events, [*merges, Merge(position=99, at=NOW, one="account", other="device")]
    )
    for item, event in apart.items():
        if event.act in NOS:
            assert together[item].act in NOS
        if event.act is not Act.GIVE:
            assert together[item].act is not Act.GIVE


@given(seeds, st.permutations(NAMES))
def test_a_no_under_any_name_stands_once_they_are_joined(random: Random, names: list[str]) -> None:
    events, _ = any_history(random, ITEMS)
    one, other, third = names
    merges = [
        Merge(position=98, at=NOW, one=one, other=other),
        Merge(position=99, at=NOW, one=other, other=third),
    ]
    together = standing(events, merges)
    for name in names:
        for item, event in standing([e for e in events if e.alias == name]).items():
            assert together[item].act.strictness >= event.act.strictness


@given(seeds)
def test_a_later_no_is_never_outlived(random: Random) -> None:
    events, merges = any_history(random, ITEMS)
    no = act(ITEM, at=NOW + 1, act=Act.WITHDRAW, position=200, alias=random.choice(NAMES))
    assert standing([*events, no], merges)[ITEM.id].act in NOS


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ({}, True),
        ({"act": Act.REFUSE}, False),
        ({"act": Act.EXPIRE}, False),
        ({"fingerprint": "e" * 64}, False),
        ({"by_guardian": True}, False),
        ({"until": 7}, False),
        ({"until": 8}, True),
    ],
)
def test_what_may_be_relied_on(words: dict[str, object], expected: bool) -> None:
    event = act(ITEM, **words)
    accepted = frozenset({str(ITEM.fingerprint)})
    kept = is_in_force(event, accepted=accepted, needed=ITEM.form, by_guardian=False, at=7)
    assert kept is expected


@pytest.mark.parametrize("given_form", ConsentForm)
@pytest.mark.parametrize("needed", ConsentForm)
def test_a_form_is_enough_where_it_is_as_strong(
    given_form: ConsentForm, needed: ConsentForm
) -> None:
    event = replace(act(ITEM), form=given_form)
    accepted = frozenset({str(ITEM.fingerprint)})
    found = is_in_force(event, accepted=accepted, needed=needed, by_guardian=False, at=7)
    stronger = {
        (ConsentForm.ONE_TIME, ConsentForm.GENERAL),
        (ConsentForm.SEPARATE, ConsentForm.GENERAL),
        (ConsentForm.WRITTEN, ConsentForm.GENERAL),
        (ConsentForm.WRITTEN, ConsentForm.SEPARATE),
    }
    assert found is (given_form is needed or (given_form, needed) in stronger)


def test_nothing_is_relied_on_where_nothing_was_done() -> None:
    assert not is_in_force(
        None, accepted=frozenset(), needed=ConsentForm.GENERAL, by_guardian=False, at=0
    )
