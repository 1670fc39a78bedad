"""The second opinion: against one quote at a time, and what it sees that cells do not."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.bars import least
from tests.strategies.quotes import quotes as generated

from chengnuo.engines.fairness.cells import Quotes, moments_of
from chengnuo.engines.fairness.fitting import Fit, fitted
from chengnuo.engines.fairness.quantiles import t_quantile
from chengnuo.engines.fairness.sample import HOUR, HourSample, places
from chengnuo.engines.fairness.second_opinion import FARTHEST_S, REACH, Apart, compared


def hours_of(whole: Quotes) -> HourSample:
    """Return all quotes as a sample of hours; what is a key elsewhere is a number here."""
    of_goods = np.unique(whole.goods, return_inverse=True)[1].astype(np.int64)
    hour = whole.time // HOUR
    hashes = (of_goods * (int(hour.max()) + 1) + hour).astype(np.uint64) << np.uint64(16)
    return HourSample(
        place=places(hashes, whole.time),
        person=whole.person,
        y=whole.y,
        paid=whole.paid,
        x=whole.x.astype(np.float32),
    ).ordered()


def by_cells(sample: HourSample, window_s: int) -> Fit:
    """Return what cells say of it."""
    slot = (sample.place & np.uint64(0xFFFF)) // np.uint64(window_s)
    labels = ((sample.place & ~np.uint64(0xFFFF)) | slot).astype(np.int64)
    x = sample.x.astype(float)
    return fitted(moments_of(labels, sample.person, sample.y, sample.paid, x), 0)


def local_mean(sample: HourSample, rows: list[int], at: int) -> float | None:
    """Return the local price of one quote, from its neighbours one by one; None if not seen.

    Args:
        sample: All quotes.
        rows: Those of its goods and hour, by time and person.
        at: Its place among them.

    """
    mine = rows[at]
    some = rows[max(0, at - REACH) : at] + rows[at + 1 : at + 1 + REACH]
    near = [
        one
        for one in some
        if sample.person[one] != sample.person[mine]
        and abs(int(sample.place[one]) - int(sample.place[mine])) <= FARTHEST_S
    ]
    apart = np.array([float(int(sample.place[one]) - int(sample.place[mine])) for one in near])
    if not (apart <= 0).any() or not (apart >= 0).any():
        return None
    weight = 1 - (apart / max(np.abs(apart).max() * 1.01, 1.0)) ** 2
    values = sample.y[near]
    if np.ptp(apart) == 0:
        return float(weight @ values / weight.sum())
    root = np.sqrt(weight)
    line = np.column_stack([np.ones(len(near)), apart]) * root[:, None]
    return float(np.linalg.lstsq(line, values * root, rcond=None)[0][0])


@settings(deadline=None, max_examples=20)
@given(generated())
def test_residuals_are_those_of_a_line_through_each_quotes_neighbours(whole: Quotes) -> None:
    sample = hours_of(whole)
    apart = Apart.of(sample)
    at_place = {int(row): at for at, row in enumerate(apart.order)}
    hours = sample.place >> np.uint64(16)
    for hour in np.unique(hours):
        rows = [int(one) for one in apart.order if hours[one] == hour]
        for at, row in enumerate(rows):
            local = local_mean(sample, rows, at)
            assert apart.seen[at_place[row]] == (local is not None)
            expected = 0.0 if local is None else sample.y[row] - local
            assert apart.y[at_place[row]] == pytest.approx(expected, abs=1e-7)


@settings(deadline=None, max_examples=20)
@given(generated(), st.integers(0, 2**32))
def test_what_a_deviation_moves_is_the_residual_turned_round(whole: Quotes, seed: int) -> None:
    apart = Apart.of(hours_of(whole))
    one, other = np.random.default_rng(seed).normal(0, 1, (2, len(whole.y)))
    assert apart.reach(one) @ other == pytest.approx(one @ apart.residual(other), abs=1e-9)


def drawn(seed: int, *, effect: float, n: int = 3000, drift: float = 0.0) -> HourSample:
    """Return quotes of few goods a day long, many alone in a cell of two minutes.

    The price of goods wanders; a flag is commoner while it is high. With `drift` the price jumps
    every five minutes, and a second column with it.
    """
    random = np.random.default_rng(seed)
    persons = n // 10
    who = random.integers(0, persons, n)
    key = random.integers(0, 2**63, persons).astype(np.uint64) * np.uint64(2)
    time = random.integers(0, 86_400, n)
    goods = random.integers(1, 5, n)
    price = 0.2 * np.sin(2 * np.pi * time / 86_400 * goods)
    flag = (random.random(persons)[who] < 0.5 + price).astype(float)
    jump = random.normal(0, 0.05, 288)[time // 300] if drift else np.zeros(n)
    follows = random.normal(0, 1, n) + drift * jump
    noise = random.normal(0, 0.01, n) + 0.003 * random.normal(0, 1, persons)[who]
    y = 3 + 0.1 * goods + price + jump + effect * flag + noise
    return hours_of(
        Quotes(
            person=key[who],
            goods=goods.astype(np.uint64),
            time=time,
            y=y,
            paid=np.exp(y),
            x=np.column_stack([flag, follows]),
        )
    )


def test_it_agrees_with_cells_where_both_see_and_sees_where_they_do_not() -> None:
    sample = drawn(1, effect=0.02)
    is_compared, apart = compared(sample, 120), Apart.of(sample)
    cells = by_cells(sample, 120)
    inside, outside = apart.opinion(is_compared), apart.opinion(~is_compared)
    assert is_compared.sum() == cells.quotes
    assert 0.2 < (~is_compared).mean() < 0.8
    assert inside.effect[0] == pytest.approx(cells.effect[0], abs=2 * cells.error[0])
    assert outside.effect[0] == pytest.approx(0.02, abs=4 * outside.error[0])
    assert outside.effect[0] > 10 * outside.error[0]
    assert inside.quotes + outside.quotes == apart.seen.sum()


def test_an_effect_that_lies_outside_of_cells_alone_is_seen() -> None:
    clean = drawn(2, effect=0.0)
    is_compared = compared(clean, 120)
    sample = replace(clean, y=clean.y + 0.02 * clean.x[:, 0] * ~is_compared)
    cells = by_cells(sample, 120)
    outside = Apart.of(sample).opinion(~is_compared)
    assert abs(cells.effect[0]) < 3 * cells.error[0]
    # Neighbours that are compared pay nothing more, so that a little of it is lost in their mean.
    assert outside.effect[0] == pytest.approx(0.02, abs=0.006)
    assert outside.effect[0] > 5 * outside.error[0]


def test_no_quote_of_a_person_has_a_say_in_what_he_is_expected_to_pay() -> None:
    sample = drawn(3, effect=0.0, n=600)
    person = sample.person[np.flatnonzero(Apart.of(sample).seen)[0]]
    mine = sample.person == person
    one = Apart.of(sample)
    two = Apart.of(replace(sample, y=sample.y + 5.0 * mine))
    rows = one.seen & mine[one.order]
    assert rows.sum() > 2
    np.testing.assert_allclose(two.y[rows] - one.y[rows], 5.0)


def test_a_regressor_that_others_make_up_leaves_no_estimate() -> None:
    sample = drawn(4, effect=0.0, n=400)
    everyone = np.ones(400, np.bool_)
    doubled = replace(sample, x=np.column_stack([sample.x, 2 * sample.x[:, 0]]))
    assert not np.isnan(Apart.of(sample).opinion(everyone).effect).any()
    assert np.isnan(Apart.of(doubled).opinion(everyone).effect).all()


def test_without_quotes_there_is_no_opinion() -> None:
    nobody = Apart.of(drawn(5, effect=0.0, n=40)).opinion(np.zeros(40, np.bool_))
    assert nobody.quotes == 0
    assert np.isnan(nobody.effect).all()


@pytest.mark.parametrize("runs", [10, pytest.param(400, marks=pytest.mark.slow)])
def test_its_interval_covers_inside_and_outside_of_cells(runs: int) -> None:
    covered = {True: 0, False: 0}
    for seed in range(runs):
        sample = drawn(20260500 + seed, effect=0.01, n=1500)
        is_compared, apart = compared(sample, 120), Apart.of(sample)
        for inside in (True, False):
            found = apart.opinion(is_compared == inside)
            half = t_quantile(0.95, found.freedom) * found.error[0]
            covered[inside] += abs(found.effect[0] - 0.01) <= half
    assert covered[True] >= least(runs, 0.9)
    assert covered[False] >= least(runs, 0.9)


def test_an_attribute_that_jumps_with_the_price_misleads_it_and_not_the_cells() -> None:
    """What it cannot do: a jump between neighbours is taken for an effect."""
    sample = drawn(6, effect=0.0, drift=20.0)
    found = Apart.of(sample).opinion(np.ones(len(sample.y), np.bool_))
    cells = by_cells(sample, 60)
    assert found.effect[1] > 10 * found.error[1]
    assert abs(cells.effect[1]) < 3 * cells.error[1]
