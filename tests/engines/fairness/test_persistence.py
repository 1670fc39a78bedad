"""Lasting mark-ups of persons: a list nobody logs is found, chance is not."""

import numpy as np
import pytest
from tests.bars import least

from chengnuo.engines.fairness.cells import (
    Plan,
    Quotes,
    gaps_of,
    measured,
    person_sums,
    within_cells,
)
from chengnuo.engines.fairness.controls import Bar, controlled, few_cells
from chengnuo.engines.fairness.persistence import permutation_p, persistence
from chengnuo.engines.fairness.segments import conditions_of, scanned
from chengnuo.engines.fairness.statistics import GapHistogram, Statistics
from chengnuo.engines.fairness.tails import tail


def drawn(seed: int, *, hidden: float = 0.0, planted: float = 0.0, n: int = 6000) -> Statistics:
    """Return quotes in cells of about five by n / 10 persons with three flags each."""
    random = np.random.default_rng(seed)
    persons = n // 10
    who = random.integers(0, persons, n)
    key = random.integers(0, 2**48, persons).astype(np.uint64) << np.uint64(16)
    flags = random.integers(0, 2, (persons, 3)).astype(float)
    listed = random.random(persons) < 0.05
    in_segment = (flags[:, 0] == 1) & (flags[:, 1] == 1)
    time = random.integers(0, n // 5, n) * 300
    y = 3 + random.normal(0, 0.01, n) + hidden * listed[who] + planted * in_segment[who]
    quotes = Quotes(
        person=key[who],
        goods=np.ones(n, np.uint64),
        time=time,
        y=y,
        paid=np.exp(y),
        x=flags[who],
    )
    return measured(quotes, Plan(config="c", window_s=300, windows=(300,)))


def test_sigma_is_the_mean_of_products_in_different_cells() -> None:
    random = np.random.default_rng(1)
    cell, person = random.integers(0, 20, 80), random.integers(0, 9, 80).astype(np.uint64)
    within = within_cells(cell)
    gap = gaps_of(within, random.normal(0, 1, 80)[within.rows])
    mine = person[within.rows]
    top = bottom = 0.0
    for one in np.unique(mine):
        rows = np.flatnonzero(mine == one)
        for i in rows:
            for j in rows:
                if within.cell[i] != within.cell[j]:
                    top += gap[i] * gap[j] / (len(rows) - 1)
                    bottom += 1 / (len(rows) - 1)
    seen = persistence(person_sums(within.cell, mine, gap))
    assert seen.variance == pytest.approx(top / bottom)


def test_a_hidden_list_is_found_and_its_spread_is_right() -> None:
    statistics = drawn(2, hidden=0.05)
    seen = persistence(statistics.persons)
    true = 0.05 * (0.05 * 0.95) ** 0.5
    assert seen.sigma == pytest.approx(true, rel=0.2)
    assert seen.beyond_p(0.0025) < 0.001
    assert permutation_p(statistics.sample, 1, most=199) == pytest.approx(1 / 200)


def test_chance_is_not_found_more_often_than_it_says() -> None:
    p_values, fires = [], 0
    for seed in range(40):
        statistics = drawn(100 + seed, n=2000)
        p_values.append(permutation_p(statistics.sample, seed, most=99))
        fires += persistence(statistics.persons).beyond_p(0.0) < 0.05
    assert sum(one <= 0.05 for one in p_values) <= 6
    assert 0.3 < np.mean(p_values) < 0.7
    assert fires <= 6


def test_the_bound_of_sigma_holds_and_shrinks() -> None:
    bounds = [persistence(drawn(7, n=n).persons).bound(0.05) for n in (2000, 20_000)]
    assert bounds[1] < bounds[0] < 0.01


def test_too_few_persons_bound_nothing() -> None:
    few = persistence(drawn(3, n=100).persons)
    assert few.bound(0.05) == float("inf")
    assert few.beyond_p(0.0) == 1


def test_the_conjunction_that_pays_more_is_proposed_first_and_confirmed() -> None:
    sample = drawn(4, planted=0.02).sample
    x = sample.x.astype(float)
    conditions = conditions_of(x, ("flag", "flag", "flag"), 0)
    scan = scanned(sample.cell, sample.person, sample.y, x, conditions)
    first = scan.proposed[0]
    assert [(one.regressor, one.at_least) for one in first.conditions] == [(0, True), (1, True)]
    assert first.effect == pytest.approx(0.02, abs=4 * first.error)
    assert first.error < 0.002


def test_segments_of_every_pair_of_attributes_are_claimed_over() -> None:
    sample = drawn(5).sample
    x = sample.x.astype(float)
    conditions = conditions_of(x, ("flag", "level", "flag"), 1)
    scan = scanned(sample.cell, sample.person, sample.y, x, conditions)
    claimed = {one.conditions for one in scan.claimed}
    assert len(conditions) == 3
    assert len({one for one in claimed if len(one) == 1}) == 3
    assert len({one for one in claimed if len(one) == 2}) == 2
    assert max(abs(one.effect) + 2 * one.error for one in scan.claimed) < 0.004


def test_an_effect_of_a_segment_is_its_mean_within_cells() -> None:
    sample = drawn(6, n=600).sample
    x = sample.x.astype(float)
    conditions = conditions_of(x, ("flag", "flag", "flag"), 0)
    one = scanned(sample.cell, sample.person, sample.y, x, conditions).claimed[0]
    condition = one.conditions[0]
    member = (x[:, condition.regressor] >= 0.5) == condition.at_least
    inside, apart = member.astype(float), sample.y.copy()
    for cell in np.unique(sample.cell):
        rows = sample.cell == cell
        inside[rows] -= inside[rows].mean()
        apart[rows] -= apart[rows].mean()
    assert one.effect == pytest.approx(inside @ apart / (inside @ inside))
    assert one.quotes == member.sum()


def test_large_gaps_are_told_by_the_bulk_and_not_by_themselves() -> None:
    count = np.zeros(4001, np.int64)
    count[1990:2011] = 100
    count[2000 + 400] = 30
    seen = tail(GapHistogram(count=count), 0.01, 0.05)
    assert seen.scale == pytest.approx(1.4826 * 5 * 0.0005)
    assert (seen.above, seen.below, seen.quotes) == (30, 0, 2130)
    assert 30 / 2130 < seen.bound < 0.02
    assert tail(GapHistogram(count=count), 0.25, 0.05).above == 0


def test_controls_find_what_is_planted_and_nothing_else() -> None:
    sample = drawn(8).sample
    seen = controlled(sample, 0, [0, 1, 2], Bar(dust=0.0025, rate=0.05, margin=0.01), 1)
    assert (seen.runs, seen.false, seen.planted, seen.found) == (20, 0, 60, 60)
    blind = controlled(sample, 0, [0, 1, 2], Bar(dust=0.0025, rate=0.05, margin=0.002), 1)
    assert blind.found == 0


def test_a_sample_of_fewer_quotes_holds_whole_cells() -> None:
    sample = drawn(9).sample
    few = few_cells(sample, 500)
    assert len(few.y) <= 500
    kept = np.isin(sample.cell, few.cell)
    assert kept.sum() == len(few.y)


@pytest.mark.parametrize("runs", [30, pytest.param(300, marks=pytest.mark.slow)])
def test_the_bound_of_sigma_covers_the_truth(runs: int) -> None:
    truth = 0.03 * (0.05 * 0.95) ** 0.5
    seen = [persistence(drawn(5000 + seed, hidden=0.03, n=3000).persons) for seed in range(runs)]
    # The true spread is of the list as drawn, which wavers around its share.
    assert sum(one.bound(0.05) >= 0.85 * truth for one in seen) >= least(runs, 0.95)


@pytest.mark.parametrize("runs", [30, pytest.param(300, marks=pytest.mark.slow)])
def test_the_interval_of_a_confirmed_segment_covers(runs: int) -> None:
    covered = 0
    for seed in range(runs):
        sample = drawn(6000 + seed, n=2000).sample
        x = sample.x.astype(float)
        conditions = conditions_of(x, ("flag", "flag", "flag"), 0)
        first = scanned(sample.cell, sample.person, sample.y, x, conditions).proposed[0]
        covered += abs(first.effect) <= 2 * first.error
    assert covered >= least(runs, 0.95)
