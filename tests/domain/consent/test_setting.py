"""Switches, restriction and objection fold as consent does."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from chengnuo.domain.consent.event import Merge
from chengnuo.domain.consent.setting import SWITCH, Setting, settled

NEAR = f"{SWITCH}near-first"
ALIASES = st.sampled_from(["one", "other"])


def setting(position: int, *, allows: bool, alias: str = "one", at: int | None = None) -> Setting:
    when = position if at is None else at
    return Setting(position=position, at=when, alias=alias, what=NEAR, allows=allows)


def test_the_newest_stands() -> None:
    assert settled([setting(1, allows=True), setting(2, allows=False)]) == {NEAR: False}
    assert settled([setting(1, allows=False), setting(2, allows=True)]) == {NEAR: True}
    assert settled([]) == {}


def test_of_two_at_one_instant_the_no_stands() -> None:
    assert settled([setting(1, allows=False, at=5), setting(2, allows=True, at=5)]) == {NEAR: False}


def test_what_is_set_after_two_names_were_joined_counts_for_both() -> None:
    merge = Merge(position=3, at=3, one="one", other="other")
    before = [setting(1, allows=False, alias="other"), setting(2, allows=True)]
    assert settled(before, [merge]) == {NEAR: False}
    assert settled([*before, setting(4, allows=True)], [merge]) == {NEAR: True}


@given(
    st.lists(st.tuples(st.integers(0, 9), ALIASES, st.booleans()), max_size=6),
    st.integers(0, 9),
    st.randoms(use_true_random=False),
)
def test_order_repetition_and_joining_never_turn_a_no_into_a_yes(
    acts: list[tuple[int, str, bool]], joined_at: int, random: Random
) -> None:
    settings = [
        setting(number, allows=allows, alias=alias, at=at)
        for number, (at, alias, allows) in enumerate(acts)
    ]
    merge = Merge(position=99, at=joined_at, one="one", other="other")
    mixed = random.sample(settings * 2, k=2 * len(settings))
    assert settled(mixed, [merge, merge]) == settled(settings, [merge])
    late = Merge(position=99, at=10, one="one", other="other")
    for alias in ("one", "other"):
        own = settled(one for one in settings if one.alias == alias)
        if own.get(NEAR) is False:
            assert settled(settings, [late]) == {NEAR: False}
