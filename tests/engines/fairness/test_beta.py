"""The incomplete beta function against exact sums, its inverse, and the bounds that rest on it."""

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.engines.fairness.beta import (
    BetaArgumentError,
    incomplete_beta,
    inverse_incomplete_beta,
    share_lower_bound,
    share_upper_bound,
)


def by_sum(x: Fraction, a: int, b: int) -> Fraction:
    """The chance of `a` hits or more in `a + b - 1` trials (DLMF 8.17.5), exactly."""
    trials = a + b - 1
    return sum(
        (math.comb(trials, j) * x**j * (1 - x) ** (trials - j) for j in range(a, trials + 1)),
        Fraction(0),
    )


@given(st.fractions(0, 1, max_denominator=1000), st.integers(1, 60), st.integers(1, 60))
def test_it_is_the_sum_that_it_stands_for(x: Fraction, a: int, b: int) -> None:
    assert incomplete_beta(float(x), a, b) == pytest.approx(float(by_sum(x, a, b)), abs=1e-11)


@given(st.floats(0.02, 0.98), st.floats(0.3, 4000), st.floats(0.3, 4000))
def test_the_inverse_leads_back(share: float, a: float, b: float) -> None:
    x = inverse_incomplete_beta(share, a, b)
    assert incomplete_beta(x, a, b) == pytest.approx(share, abs=1e-7)


@given(st.floats(0, 1), st.floats(0.3, 50), st.floats(0.3, 50))
def test_its_two_sides_make_a_whole(x: float, a: float, b: float) -> None:
    whole = incomplete_beta(x, a, b) + incomplete_beta(1 - x, b, a)
    assert whole == pytest.approx(1, abs=1e-9)


def test_values_known_in_closed_form() -> None:
    # The arcsine distribution, and the uniform one.
    assert incomplete_beta(0.25, 0.5, 0.5) == pytest.approx(1 / 3, abs=1e-12)
    assert incomplete_beta(0.37, 1, 1) == pytest.approx(0.37, abs=1e-12)
    assert (incomplete_beta(0, 2, 3), incomplete_beta(1, 2, 3)) == (0, 1)


@pytest.mark.parametrize(("share", "trials"), [(0.01, 299), (0.05, 59)])
def test_pairs_without_a_hit_that_show_a_share_to_be_small(share: float, trials: int) -> None:
    assert share_upper_bound(0, trials, 0.05) <= share < share_upper_bound(0, trials - 1, 0.05)


@given(st.integers(1, 300), st.data())
def test_a_bound_is_where_what_was_seen_is_just_unlikely(trials: int, data: st.DataObject) -> None:
    hits = data.draw(st.integers(0, trials))
    low, high = share_lower_bound(hits, trials, 0.05), share_upper_bound(hits, trials, 0.05)
    assert 0 <= low <= hits / trials <= high <= 1
    if hits < trials:  # at the bound, as few hits come with a chance of 5 %
        assert 1 - incomplete_beta(high, hits + 1, trials - hits) == pytest.approx(0.05, abs=1e-9)


def test_nothing_seen_bounds_nothing() -> None:
    assert (share_lower_bound(0, 0, 0.05), share_upper_bound(0, 0, 0.05)) == (0, 1)


@pytest.mark.parametrize(("x", "a", "b"), [(-0.1, 1, 1), (1.1, 1, 1), (0.5, 0, 1), (0.5, 1, -1)])
def test_what_it_is_not_defined_on_is_refused(x: float, a: float, b: float) -> None:
    with pytest.raises(BetaArgumentError):
        incomplete_beta(x, a, b)


def test_a_share_beyond_one_has_no_inverse() -> None:
    with pytest.raises(BetaArgumentError):
        inverse_incomplete_beta(1.5, 1, 1)
    assert (inverse_incomplete_beta(0, 2, 2), inverse_incomplete_beta(1, 2, 2)) == (0, 1)
