"""The fast pass gives what the plain one gives, part by part and as a whole."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.fairness.test_cells import same, same_moments
from tests.strategies.quotes import PLAN, made, quotes

from chengnuo.engines.fairness.cells import Quotes, cell_labels, measured, moments_of
from chengnuo.engines.fairness.quick_moments import numbered, order_of
from chengnuo.engines.fairness.quick_pass import Aim, Columns, quickly_measured
from chengnuo.engines.fairness.running import RunningSum
from chengnuo.engines.fairness.statistics import Statistics

AIM = Aim(config=PLAN.config, window_s=PLAN.window_s, windows=PLAN.windows)
_BLANK = np.uint64(0xFFFF)


def columns_of(some: Quotes, *, narrow: bool = True) -> Columns:
    """Return quotes as columns; its first regressor, a flag, as single bytes if asked for."""
    got = np.full(len(some.y), np.nan)
    got[some.outcomes["got"].rows] = some.outcomes["got"].y
    x = list(some.x.T)
    return Columns(
        person=some.person,
        goods=some.goods,
        time=some.time,
        y=some.y,
        paid=some.paid,
        x=[x[0].astype(np.int8), *x[1:]] if narrow else x,
        outcomes={"got": got},
    )


def finished(part: Statistics) -> Statistics:
    """Return a part as a whole, its sample in order."""
    return RunningSum(part).total()


def rows_of(some: Columns, rows: np.ndarray) -> Columns:
    """Return some rows."""
    return Columns(
        person=some.person[rows],
        goods=some.goods[rows],
        time=some.time[rows],
        y=some.y[rows],
        paid=some.paid[rows],
        x=[one[rows] for one in some.x],
        outcomes={name: one[rows] for name, one in some.outcomes.items()},
    )


@settings(deadline=None, max_examples=25)
@given(quotes(), st.booleans(), st.booleans(), st.sampled_from([60, 300, 3600]))
def test_the_fast_pass_is_the_plain_one(
    whole: Quotes, narrow: bool, blank: bool, window_s: int
) -> None:
    if blank:  # as keys of a log are; then what is sorted is shorter
        whole = replace(whole, person=whole.person & ~_BLANK)
    plain = measured(whole, replace(PLAN, window_s=window_s, windows=(window_s, 60)))
    aim = replace(AIM, window_s=window_s, windows=(window_s, 60))
    same(finished(quickly_measured(columns_of(whole, narrow=narrow), aim)), plain)


@settings(deadline=None, max_examples=15)
@given(quotes(), st.integers(1, 50))
def test_parts_added_one_by_one_are_the_whole(whole: Quotes, limit: int) -> None:
    plain = measured(whole, replace(PLAN, limit=limit))
    some = columns_of(whole)
    running: RunningSum | None = None
    for hour in range(4):
        below = running.below if running else AIM.below
        part = quickly_measured(
            rows_of(some, np.flatnonzero(some.time // 3600 == hour)), replace(AIM, below=below)
        )
        part = replace(part, hour_sample=replace(part.hour_sample, limit=limit))
        if running is None:
            running = RunningSum(part)
        else:
            running.add(part)
    assert running is not None
    same(running.total(), plain)


@settings(deadline=None, max_examples=10)
@given(quotes())
def test_windows_of_the_sample_are_those_of_the_quotes(whole: Quotes) -> None:
    whole = replace(whole, x=whole.x.astype(np.float32).astype(np.float64))
    statistics = measured(whole, PLAN)
    for window in PLAN.windows:
        labels = cell_labels(whole, window)
        plain = moments_of(labels, whole.person, whole.y, whole.paid, whole.x)
        same_moments(statistics.rungs[window], plain)
        same_moments(statistics.ladder[window], plain)
    for window in (300, 60):
        label = cell_labels(whole, window)
        size = np.bincount(label)
        assert len(statistics.hour_sample.cells(window).cell) == (size[label] > 1).sum()


def test_a_person_seen_twice_in_a_cell_is_no_pair_of_two_cells() -> None:
    whole = made(5, n=200, persons=3)
    sums = finished(quickly_measured(columns_of(whole), AIM)).persons
    assert sums.shared_pairs.sum() > 0
    assert sums.shared_pairs.tolist() == measured(whole, PLAN).persons.shared_pairs.tolist()


@pytest.mark.parametrize("rows", [1, 2, 7, 5000])
def test_equal_keys_and_no_others_get_one_number(rows: int) -> None:
    key = np.random.default_rng(rows).integers(0, max(rows // 3, 1), rows).astype(np.uint64)
    number, first = numbered(key)
    assert key[first][number].tolist() == key.tolist()
    assert len(first) == len(np.unique(key))
    assert first.tolist() == sorted(first.tolist())
    assert len(set(order_of(key).tolist())) == rows


def test_keys_that_fall_together_when_spread_are_still_told_apart() -> None:
    # Spread over the bits before those of the row, these differ in the bits that are cut off.
    inverse = pow(0x9E3779B97F4A7C15, -1, 2**64)
    key = np.array([(inverse * one) % 2**64 for one in (1, 2, 3, 1, 2)], np.uint64)
    number, first = numbered(key)
    assert number.tolist() == [0, 1, 2, 0, 1]
    assert first.tolist() == [0, 1, 2]


def test_days_far_apart_in_one_part_are_cells_of_their_own() -> None:
    whole = made(6, n=120)
    far = replace(whole, time=whole.time + np.arange(120) % 3 * 3600 * 10_000)
    plain = measured(far, replace(PLAN, window_s=60, windows=(60,)))
    found = quickly_measured(columns_of(far), replace(AIM, window_s=60, windows=(60,)))
    same(finished(found), plain)
