"""What declared factors remove, the mean gaps of persons, and the sizes of groups."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chengnuo.engines.fairness.cells import (
    Plan,
    Quotes,
    gaps_of,
    measured,
    person_sums,
    within_cells,
)
from chengnuo.engines.fairness.factoring import FactorQuotes, factored, factored_plainly
from chengnuo.engines.fairness.groups import persons_by, sizes, sizes_plainly, smaller_side
from chengnuo.engines.fairness.person_gaps import HALF, person_gaps, person_gaps_plainly, width_of
from chengnuo.engines.fairness.segments import Condition, Segment
from chengnuo.engines.fairness.statistics import PersonSums


def drawn(seed: int, n: int, *, persons: int = 40) -> FactorQuotes:
    """Return quotes whose price moves with a zone, a distance and a coupon, and no trait."""
    random = np.random.default_rng(seed)
    who = random.integers(0, persons, n)
    key = random.integers(0, 2**48, persons).astype(np.uint64) << np.uint64(16)
    zone, arm = random.integers(0, 3, n), random.integers(0, 2, n)
    distance = random.normal(0, 1, n)
    trait = random.integers(0, 2, persons).astype(float)[who]
    coupon = np.where(random.random(n) < 0.3, 2.0, 0.0)
    listed = np.exp(3 + 0.1 * zone + 0.05 * arm + 0.02 * distance + random.normal(0, 0.01, n))
    return FactorQuotes(
        person=key[who],
        base=random.integers(0, max(n // 12, 1), n),
        keys=(zone, arm),
        backs=(coupon,),
        paid=listed - coupon,
        x=np.column_stack((distance, trait, zone == 2)),
        linear=1,
    )


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), n=st.integers(1, 300), persons=st.integers(1, 30))
def test_the_fast_way_says_what_the_plain_one_says(seed: int, n: int, persons: int) -> None:
    quotes = drawn(seed, n, persons=persons)
    fast, plain = factored(quotes), factored_plainly(quotes)
    assert fast.variance == pytest.approx(plain.variance)
    assert fast.bare == pytest.approx(plain.bare, abs=1e-12)
    for one, other in zip((fast.whole, *fast.without), (plain.whole, *plain.without), strict=True):
        np.testing.assert_allclose(one.effect, other.effect, rtol=1e-6, atol=1e-9)
        np.testing.assert_allclose(one.error, other.error, rtol=1e-6, atol=1e-9)
        assert one.variance == pytest.approx(other.variance, abs=1e-12)


def test_a_factor_left_out_leaves_its_variance_and_what_goes_with_it() -> None:
    seen = factored(drawn(1, 6000, persons=500))
    zone, arm, distance, coupon = (one.variance - seen.whole.variance for one in seen.without)
    assert seen.whole.variance == pytest.approx(0.01**2, rel=0.05)
    assert zone == pytest.approx(0.1**2 * 2 / 3, rel=0.1)
    assert arm == pytest.approx(0.05**2 / 4, rel=0.1)
    assert distance == pytest.approx(0.02**2, rel=0.1)
    assert coupon > arm
    # The second attribute is the zone in disguise: nothing of it is left while the zone is a key.
    assert np.isnan(seen.whole.effect[1])
    assert seen.without[0].effect[1] == pytest.approx(0.15, rel=0.1)
    assert abs(seen.whole.effect[0]) < 3 * seen.whole.error[0]


def test_labels_too_many_for_a_number_still_part_the_same_cells() -> None:
    n = 200
    random = np.random.default_rng(3)
    wide = tuple(random.integers(0, 2, n) * (2**30) for _ in range(4))
    narrow = tuple(one // 2**30 for one in wide)
    quotes = drawn(3, n)
    one, other = (
        FactorQuotes(
            person=quotes.person,
            base=quotes.base,
            keys=keys,
            backs=(),
            paid=quotes.paid,
            x=quotes.x,
            linear=0,
        ).cell
        for keys in (wide, narrow)
    )
    for labels in (one, other):
        assert labels.min() >= 0
    pairs = {(int(a), int(b)) for a, b in zip(one, other, strict=True)}
    assert len(pairs) == len(np.unique(one)) == len(np.unique(other))


def sums_of(seed: int, n: int, persons: int) -> PersonSums:
    random = np.random.default_rng(seed)
    cell = random.integers(0, max(n // 4, 1), n)
    person = random.integers(0, persons, n).astype(np.uint64)
    within = within_cells(cell)
    gap = gaps_of(within, random.normal(0, 0.02, n)[within.rows])
    return person_sums(within.cell, person[within.rows], gap)


@settings(max_examples=15, deadline=None)
@given(
    seed=st.integers(0, 2**32 - 1),
    n=st.integers(0, 400),
    persons=st.integers(1, 60),
    variance=st.floats(-1e-4, 1e-3),
)
def test_mean_gaps_are_those_of_one_person_after_the_other(
    seed: int, n: int, persons: int, variance: float
) -> None:
    sums = sums_of(seed, n, persons)
    fast, plain = (way(sums, 0.025, variance) for way in (person_gaps, person_gaps_plainly))
    assert fast.width == plain.width
    assert fast.count.tolist() == plain.count.tolist()
    np.testing.assert_allclose(fast.chance, plain.chance, atol=1e-9)
    assert fast.chance.sum() == pytest.approx(fast.count.sum())


def test_without_lasting_mark_ups_mean_gaps_lie_where_chance_puts_them() -> None:
    sums = sums_of(5, 20_000, 2000)
    seen = person_gaps(sums, 0.025, 0.0)
    middle = slice(HALF - 10, HALF + 11)
    assert seen.count[middle].sum() == pytest.approx(seen.chance[middle].sum(), rel=0.05)
    shifted = person_gaps(
        PersonSums(
            key=sums.key,
            count=sums.count,
            gap=sums.gap + 0.1 * sums.count * (sums.key < 100),
            square=sums.square,
            shared=sums.shared,
            shared_pairs=sums.shared_pairs,
        ),
        0.025,
        0.0,
    )
    far = slice(HALF + 10, None)
    assert shifted.count[far].sum() > 60 > 10 * shifted.chance[far].sum()


@pytest.mark.parametrize(("far", "width"), [(0.001, 0.001), (0.05, 0.002), (0.29, 0.01)])
def test_bins_are_round_and_reach_far_enough(far: float, width: float) -> None:
    assert width_of(np.full(200, -far), 0.025) == width


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), n=st.integers(2, 120))
def test_sizes_of_groups_are_those_of_one_quote_after_the_other(seed: int, n: int) -> None:
    random = np.random.default_rng(seed)
    y = random.normal(3, 0.1, n)
    sample = measured(
        Quotes(
            person=random.integers(0, 9, n).astype(np.uint64) << np.uint64(16),
            goods=np.ones(n, np.uint64),
            time=random.integers(0, 4, n) * 300,
            y=y,
            paid=np.exp(y),
            x=random.integers(0, 2, (n, 2)).astype(float),
        ),
        Plan(config="c", window_s=300, windows=(300,)),
    ).sample
    conditions = (Condition(0, at_least=True, bound=0.5), Condition(1, at_least=False, bound=0.5))
    segments = [
        Segment(conditions=some, persons=0, quotes=0, effect=effect, error=0.01, freedom=9)
        for some, effect in ((conditions, 0.05), (conditions[:1], -0.02))
    ]
    assert [(one.inside, one.outside) for one in sizes(sample, segments)] == [
        (one.inside, one.outside) for one in sizes_plainly(sample, segments)
    ]
    np.testing.assert_allclose(
        [one.cost for one in sizes(sample, segments)],
        [one.cost for one in sizes_plainly(sample, segments)],
    )
    assert sizes(sample, ()) == ()


def test_the_smaller_side_of_a_step_counts_persons_and_not_quotes() -> None:
    who = np.array([0, 0, 0, 1, 2, 3])
    column = np.array([1.0, 1.0, 1.0, 0.0, 0.0, 1.0])
    assert persons_by(who, column > 0.5) == (2, 2)
    assert smaller_side(who, column, is_step=True) == 2
    assert smaller_side(who, column, is_step=False) == 4
    assert smaller_side(who, np.zeros(6), is_step=True) == 0
