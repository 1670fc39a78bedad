"""The distance of lists against its formula, written out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.engines.fairness.lists import PERSISTENCE, list_distance

LISTS = st.lists(st.sampled_from("abcdefghij"), max_size=12)


def by_formula(one: list[str], other: list[str], p: float = PERSISTENCE) -> float:
    """1 - rank-biased overlap, from the sets of the first places at every depth."""
    first = [item for n, item in enumerate(one) if item not in one[:n]]
    second = [item for n, item in enumerate(other) if item not in other[:n]]
    depth = max(len(first), len(second))
    if depth == 0:
        return 0.0

    def agreement(d: int) -> float:
        left, right = set(first[:d]), set(second[:d])
        return 2 * len(left & right) / (len(left) + len(right))

    total = sum(agreement(d) * p**d for d in range(1, depth + 1))
    return 1 - (agreement(depth) * p**depth + (1 - p) / p * total)


@given(LISTS, LISTS)
def test_one_pass_is_the_formula(one: list[str], other: list[str]) -> None:
    assert list_distance(one, other) == pytest.approx(by_formula(one, other), abs=1e-12)


@given(LISTS, LISTS)
def test_it_is_a_distance_without_direction_from_0_to_1(one: list[str], other: list[str]) -> None:
    assert 0 <= list_distance(one, other) <= 1
    assert list_distance(one, other) == pytest.approx(list_distance(other, one), abs=1e-12)
    assert list_distance(one, one) == pytest.approx(0, abs=1e-12)


def test_lists_that_share_nothing_are_furthest_apart() -> None:
    assert list_distance("abc", "xyz") == pytest.approx(1)
    assert list_distance([], ["a"]) == pytest.approx(1)
    assert list_distance([], []) == 0


def test_the_first_places_count_most() -> None:
    plain = list("abcdefghij")
    top, bottom = list("bacdefghij"), list("abcdefghji")
    assert list_distance(plain, top) > 3 * list_distance(plain, bottom)
