"""The ratio of two samples of rates: known ratios, strata, accounts, and too little to compare."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chengnuo.engines.fairness.two_rates import FEWEST, rate_ratio


def _drawn(seed: int, each: int, ratio: float) -> tuple[np.ndarray, np.ndarray]:
    drawn = np.random.default_rng(seed)
    is_first = np.arange(2 * each) < each
    return np.exp(drawn.normal(8, 0.4, 2 * each)) * np.where(is_first, ratio, 1.0), is_first


def test_the_interval_holds_the_ratio_as_often_as_it_says() -> None:
    held = 0
    for seed in range(200):
        rate, is_first = _drawn(seed, 40, 0.5)
        alone = np.arange(rate.size)
        found = rate_ratio(rate, is_first, alone, np.zeros_like(alone), alpha=0.05)
        held += found.low <= 0.5 <= found.high
    assert 0.90 <= held / 200 <= 0.99


def test_the_network_alone_makes_no_difference() -> None:
    """Free accounts are more often on the slow network, and as fast there as paid ones."""
    drawn = np.random.default_rng(7)
    is_first = np.arange(2000) < 1000
    slow = (drawn.random(2000) < np.where(is_first, 0.8, 0.2)).astype(np.int64)
    rate = np.exp(drawn.normal(8, 0.3, 2000)) * np.where(slow == 1, 0.2, 1.0)
    alone = np.arange(2000)
    apart = rate_ratio(rate, is_first, alone, slow, alpha=0.05)
    mixed = rate_ratio(rate, is_first, alone, np.zeros_like(slow), alpha=0.05)
    assert apart.low <= 1 <= apart.high
    assert mixed.high < 0.8


def test_transfers_of_one_account_count_as_one() -> None:
    rate, is_first = _drawn(3, 20, 0.9)
    account = np.arange(40)
    once = rate_ratio(rate, is_first, account, np.zeros_like(account), alpha=0.05)
    many = rate_ratio(
        np.repeat(rate, 50),
        np.repeat(is_first, 50),
        np.repeat(account, 50),
        np.zeros(2000, np.int64),
        alpha=0.05,
    )
    assert many.low == pytest.approx(once.low)
    assert many.high == pytest.approx(once.high)


@settings(max_examples=40)
@given(st.integers(0, 2 * FEWEST), st.integers(0, 1000))
def test_too_few_are_not_compared(each: int, seed: int) -> None:
    rate, is_first = _drawn(seed, each, 0.5)
    account = np.arange(2 * each)
    found = rate_ratio(rate, is_first, account, np.zeros_like(account), alpha=0.05)
    assert math.isnan(found.ratio) == (each < FEWEST)
    assert found.low <= found.high


def test_equal_rates_are_surely_equal() -> None:
    account = np.arange(20)
    is_first = account < 10
    found = rate_ratio(np.full(20, 5.0), is_first, account, np.zeros_like(account), alpha=0.05)
    assert (found.low, found.ratio, found.high) == pytest.approx((1, 1, 1))
