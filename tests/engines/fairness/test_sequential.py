"""Sequential tests against plain products, their errors and their stopping times by simulation."""

import math
from collections.abc import Callable, Sequence
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.engines.fairness.beta import share_upper_bound
from chengnuo.engines.fairness.sequential import (
    MOST_EXACT,
    STAKES,
    Floats,
    log_wealth_above,
    log_wealth_either,
    log_wealth_rare,
    log_wealth_within,
    sign_flip_p,
)

CLIP, SCATTER, NEEDED = 0.06, 0.025, math.log(20)
GIVEN = st.lists(st.floats(-0.2, 0.2), max_size=40)


def wealth_above(differences: Sequence[float], bound: float, clip: float) -> list[float]:
    """The e-process as it is defined: one bet after the other, then their mean."""
    fortunes = [1.0 for _ in STAKES]
    means = []
    for one in differences:
        cut = max(-clip, min(clip, one))
        for number, stake in enumerate(STAKES):
            held = min(stake, clip / (clip + max(bound, 0.0)))
            fortunes[number] *= 1 + held * (cut - bound) / clip
        means.append(sum(fortunes) / len(fortunes))
    return means


def flipped(differences: Sequence[float], *, one_sided: bool) -> float:
    """The share of all patterns of signs that come out as far."""
    seen = math.fsum(differences)
    seen = seen if one_sided else abs(seen)
    out = count = 0
    for signs in product((1, -1), repeat=len(differences)):
        total = math.fsum(s * d for s, d in zip(signs, differences, strict=True))
        total = total if one_sided else abs(total)
        out += total >= seen - 1e-9 * math.fsum(map(abs, differences))
        count += 1
    return out / count


def first_reached(wealth: Floats) -> int | None:
    """The number of pairs after which an e-process first reaches 20."""
    reached = np.flatnonzero(wealth >= NEEDED)
    return int(reached[0]) + 1 if len(reached) else None


def runs(
    test: Callable[[Floats], Floats], mean: float, *, count: int, pairs: int, seed: int
) -> list[int | None]:
    """Stopping times of many runs on normal differences."""
    generator = np.random.default_rng(seed)
    return [first_reached(test(generator.normal(mean, SCATTER, pairs))) for _ in range(count)]


def difference(given: Floats) -> Floats:
    return log_wealth_either(given.tolist(), 0.0, CLIP)


def absence(given: Floats) -> Floats:
    return log_wealth_within(given.tolist(), 0.01, CLIP)


def share(stops: list[int | None]) -> float:
    return sum(one is not None for one in stops) / len(stops)


def median(stops: list[int | None]) -> float:
    return float(np.median([math.inf if one is None else one for one in stops]))


@given(GIVEN, st.floats(-0.05, 0.05))
def test_wealth_is_the_mean_of_the_products(differences: list[float], bound: float) -> None:
    found = np.exp(log_wealth_above(differences, bound, CLIP))
    assert found.tolist() == pytest.approx(wealth_above(differences, bound, CLIP), rel=1e-9)


@given(GIVEN)
def test_both_sides_are_the_mean_of_each(differences: list[float]) -> None:
    found = np.exp(log_wealth_either(differences, 0.001, CLIP))
    up = wealth_above(differences, 0.001, CLIP)
    down = wealth_above([-one for one in differences], 0.001, CLIP)
    means = [(a + b) / 2 for a, b in zip(up, down, strict=True)]
    assert found.tolist() == pytest.approx(means, rel=1e-9)


@given(GIVEN)
def test_absence_is_the_smaller_of_two(differences: list[float]) -> None:
    found = np.exp(log_wealth_within(differences, 0.01, CLIP))
    up = wealth_above(differences, -0.01, CLIP)
    down = wealth_above([-one for one in differences], -0.01, CLIP)
    least = [min(a, b) for a, b in zip(up, down, strict=True)]
    assert found.tolist() == pytest.approx(least, rel=1e-9)


@given(st.lists(st.booleans(), max_size=30))
def test_rare_hits_are_the_mean_of_the_products(hits: list[bool]) -> None:
    found = np.exp(log_wealth_rare(hits, 0.05))
    whole = 1.0
    fortunes = [1.0 for _ in STAKES]
    means = []
    for one in hits:
        step = (0.05 - one) / 0.95
        whole = max(0.0, whole * (1 + step))
        fortunes = [f * (1 + stake * step) for f, stake in zip(fortunes, STAKES, strict=True)]
        means.append((whole + sum(fortunes) / len(fortunes)) / 2)
    assert found.tolist() == pytest.approx(means, rel=1e-6, abs=1e-12)


@given(st.lists(st.floats(-1, 1), max_size=9), st.booleans())
def test_signs_flipped_all_ways(differences: list[float], one_sided: bool) -> None:
    found = sign_flip_p(differences, one_sided=one_sided)
    assert found == pytest.approx(flipped(differences, one_sided=one_sided))


def test_signs_flipped_by_chance_come_near_and_are_repeated_by_seed() -> None:
    given_ones = np.random.default_rng(5).normal(0.4, 1.0, MOST_EXACT).tolist()
    exact = sign_flip_p(given_ones)
    drawn = sign_flip_p([*given_ones, 0.0], seed=1)  # a zero changes no sum
    assert drawn == pytest.approx(exact, abs=0.02)
    assert drawn == sign_flip_p([*given_ones, 0.0], seed=1)
    assert drawn != sign_flip_p([*given_ones, 0.0], seed=2)
    assert sign_flip_p([1.0] * 40, draws=99) == 1 / 100


def test_nothing_seen_shows_nothing() -> None:
    assert sign_flip_p([]) == 1
    assert len(log_wealth_either([], 0.0, CLIP)) == 0


def test_no_hit_shows_rarity_about_as_soon_as_the_exact_bound() -> None:
    for limit, exact in ((0.05, 59), (0.01, 299)):
        soon = first_reached(log_wealth_rare([False] * 600, limit))
        assert share_upper_bound(0, exact, 0.05) <= limit
        assert soon is not None
        assert exact < soon < 1.2 * exact


def test_one_hit_delays_and_does_not_end_it() -> None:
    hits = [False] * 300
    hits[30] = True
    late = first_reached(log_wealth_rare(hits, 0.05))
    assert late is not None
    assert late > 100


def test_differences_are_found_and_absence_shown_in_some_runs() -> None:
    assert median(runs(difference, 0.05, count=20, pairs=60, seed=1)) < 20
    assert share(runs(absence, 0.0, count=20, pairs=300, seed=2)) == 1
    assert share(runs(difference, 0.0, count=60, pairs=300, seed=3)) <= 0.1


@pytest.mark.slow
def test_false_alarms_and_stopping_times_are_those_of_the_method() -> None:
    null = runs(difference, 0.0, count=1000, pairs=2000, seed=11)
    assert share(null) <= 0.05 + 2 * math.sqrt(0.05 * 0.95 / 1000)
    for mean, least, most in ((0.005, 130, 210), (0.01, 40, 65), (0.02, 17, 28), (0.05, 8, 13)):
        stops = runs(difference, mean, count=300, pairs=2000, seed=12)
        assert share(stops) == 1
        assert least <= median(stops) <= most


@pytest.mark.slow
def test_absence_is_shown_when_true_and_hardly_ever_else() -> None:
    for mean, least, most in ((0.0, 55, 75), (0.005, 105, 165)):
        stops = runs(absence, mean, count=300, pairs=2000, seed=13)
        assert share(stops) == 1
        assert least <= median(stops) <= most
    wrong = runs(absence, 0.01, count=1000, pairs=2000, seed=14)
    assert share(wrong) <= 0.05 + 2 * math.sqrt(0.05 * 0.95 / 1000)


@pytest.mark.slow
def test_flipped_signs_keep_their_level_and_find_what_they_should() -> None:
    generator = np.random.default_rng(15)
    null = [sign_flip_p(generator.normal(0, SCATTER, 12).tolist()) <= 0.05 for _ in range(1500)]
    assert sum(null) / 1500 <= 0.05 + 2 * math.sqrt(0.05 * 0.95 / 1500)
    found = [
        sign_flip_p(generator.normal(0.02, SCATTER, 32).tolist(), seed=n, draws=1999) <= 0.05
        for n in range(400)
    ]
    assert sum(found) / 400 >= 0.97
