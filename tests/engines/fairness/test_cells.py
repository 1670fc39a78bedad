"""The plain pass over quotes: against a plainer one still, and what must not change it."""

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.strategies.quotes import PLAN, made, quotes

from chengnuo.engines.fairness.cells import Outcome, Quotes, cell_labels, measured
from chengnuo.engines.fairness.moments import Moments
from chengnuo.engines.fairness.statistics import (
    PartsDifferError,
    PartsOverlapError,
    Statistics,
)


def chosen(whole: Quotes, rows: np.ndarray) -> Quotes:
    """Return some rows, the other outcome with them."""
    place = {int(row): at for at, row in enumerate(rows)}
    kept = [
        (place[int(row)], value)
        for row, value in zip(whole.outcomes["got"].rows, whole.outcomes["got"].y, strict=True)
        if int(row) in place
    ]
    kept.sort()
    outcome = Outcome(
        rows=np.array([row for row, _ in kept], np.int64),
        y=np.array([value for _, value in kept], float),
    )
    return replace(whole.part(rows), outcomes={"got": outcome})


def same_moments(one: Moments, other: Moments) -> None:
    for field in fields(Moments):
        left, right = getattr(one, field.name), getattr(other, field.name)
        np.testing.assert_allclose(left, right, rtol=1e-9, atol=1e-11, err_msg=field.name)


def same(one: Statistics, other: Statistics) -> None:
    same_moments(one.quotes, other.quotes)
    for window, moments in one.rungs.items():
        same_moments(moments, other.rungs[window])
    same_moments(one.outcomes["got"], other.outcomes["got"])
    assert one.persons.key.tolist() == other.persons.key.tolist()
    assert one.persons.count.tolist() == other.persons.count.tolist()
    assert one.persons.shared_pairs.tolist() == other.persons.shared_pairs.tolist()
    for name in ("gap", "square", "shared"):
        np.testing.assert_allclose(
            getattr(one.persons, name), getattr(other.persons, name), rtol=1e-9, atol=1e-11
        )
    assert one.counts == other.counts
    assert one.hours.tolist() == other.hours.tolist()
    assert one.hour_sample.below == other.hour_sample.below
    for name in ("place", "person", "y", "paid", "x"):
        mine, others = getattr(one.hour_sample, name), getattr(other.hour_sample, name)
        assert mine.tolist() == others.tolist()


@settings(deadline=None, max_examples=15)
@given(quotes(), st.integers(0, 4), st.integers(1, 60))
def test_two_parts_add_up_to_the_whole(whole: Quotes, hour: int, limit: int) -> None:
    plan = replace(PLAN, limit=limit)
    early = whole.time < hour * 3600
    one = measured(chosen(whole, np.flatnonzero(early)), plan)
    two = measured(chosen(whole, np.flatnonzero(~early)), plan)
    same(one + two, measured(whole, plan))
    same(two + one, measured(whole, plan))


@settings(deadline=None, max_examples=10)
@given(quotes(), st.randoms(use_true_random=False))
def test_the_order_of_rows_never_matters(whole: Quotes, random: object) -> None:
    order = np.arange(len(whole.y))
    random.shuffle(order)  # type: ignore[attr-defined]
    same(measured(chosen(whole, order), PLAN), measured(whole, PLAN))


@settings(deadline=None, max_examples=10)
@given(quotes())
def test_moments_are_those_of_cells_one_by_one(whole: Quotes) -> None:
    labels = cell_labels(whole, 300)
    xy, weighted, cells, gap = np.zeros(3), np.zeros(3), 0, {}
    for cell in np.unique(labels):
        rows = np.flatnonzero(labels == cell)
        if len(rows) < 2:
            continue
        cells += 1
        inside = whole.x[rows] - whole.x[rows].mean(axis=0)
        apart = whole.y[rows] - whole.y[rows].mean()
        xy += inside.T @ apart
        weighted += inside.T @ apart * len(rows) / (len(rows) - 1)
        for row in rows:
            others = np.delete(whole.y[rows], np.flatnonzero(rows == row))
            gap.setdefault(int(whole.person[row]), []).append(
                (int(cell), whole.y[row] - others.mean())
            )
    statistics = measured(whole, PLAN)
    moments = statistics.quotes
    np.testing.assert_allclose(moments.xy.sum(axis=0), xy, atol=1e-11)
    np.testing.assert_allclose(moments.weighted_xy.sum(axis=0), weighted, atol=1e-11)
    assert int(moments.cells[0]) == cells
    assert int(statistics.gaps.count.sum()) == int(moments.count.sum())
    sums = statistics.persons
    for at, key in enumerate(sums.key):
        mine = gap[int(key)]
        pairs = [
            (one, two)
            for i, one in enumerate(mine)
            for j, two in enumerate(mine)
            if i != j and one[0] == two[0]
        ]
        assert sums.count[at] == len(mine)
        assert sums.shared_pairs[at] == len(pairs)
        assert sums.gap[at] == pytest.approx(sum(value for _, value in mine), abs=1e-11)
        assert sums.shared[at] == pytest.approx(
            sum(one[1] * two[1] for one, two in pairs), abs=1e-11
        )


def test_parts_that_share_an_hour_do_not_add_up() -> None:
    part = measured(made(1), PLAN)
    with pytest.raises(PartsOverlapError) as caught:
        part + part
    assert caught.value.hour == 0
    assert caught.value.code == "price-parts-overlap"


def test_parts_of_two_configurations_do_not_add_up() -> None:
    part = measured(made(1), PLAN)
    with pytest.raises(PartsDifferError):
        part + replace(part, config="d")


def test_a_gap_of_nothing_up_to_rounding_falls_into_the_middle_bin() -> None:
    whole = made(2)
    flat = replace(whole, y=np.full(len(whole.y), 0.1 + 0.2))
    count = measured(flat, PLAN).gaps.count
    assert count[2000] == count.sum() > 0
