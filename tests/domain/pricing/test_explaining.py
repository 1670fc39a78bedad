"""The explanation of one price: its steps add up, and nothing is told of few others."""

import math
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.domain.pricing.audit import Audit
from chengnuo.domain.pricing.explaining import (
    NothingComparableError,
    Others,
    QuoteFacts,
    Range,
    StepKind,
    explained,
)
from chengnuo.domain.pricing.family_verdicts import family_verdicts
from chengnuo.domain.pricing.probe_verdict import Verdict
from chengnuo.domain.pricing.simulating import simulation_spec, trial
from chengnuo.domain.pricing.spec import Family
from chengnuo.engines.fairness.simulation import Scenario

SPEC = simulation_spec()
AMOUNTS = st.floats(0.01, 1e6)
OTHERS = Others(count=5, persons=5, usual=21.8, low=21.0, high=23.0, below=4)


def facts(**other: object) -> QuoteFacts:
    return QuoteFacts(
        **{
            "paid": 18.0,
            "back": (("coupon", 5.0), ("lottery", 0.0)),
            "usual": 20.0,
            "persons": 40,
            "others": OTHERS,
            "factors": (("distance_km", 0.02),),
            "scale": 0.02,
            **other,
        }
    )


def test_the_steps_lead_from_the_usual_price_to_what_was_paid() -> None:
    told = explained(facts(), SPEC)
    assert [one.kind for one in told.steps] == [
        StepKind.USUAL,
        StepKind.WINDOW,
        StepKind.FACTOR,
        StepKind.GIVEN_AWAY,
        StepKind.UNEXPLAINED,
    ]
    coupon = told.steps[3]
    assert (coupon.column, coupon.amount) == ("coupon", -5.0)
    assert (coupon.rule, coupon.published) == ("newcomer-coupon", True)
    assert (told.among, told.rank) == (Range(low=21, high=23), 4)
    assert told.gap == pytest.approx(23 / (21.8 * math.exp(0.02)) - 1)
    assert told.is_usual is True
    assert explained(facts(paid=30.0), SPEC).is_usual is False


@given(
    paid=AMOUNTS,
    back=AMOUNTS,
    usual=AMOUNTS,
    there=AMOUNTS,
    moved=st.floats(-1, 1),
    persons=st.integers(0, 9),
)
def test_the_steps_always_add_up_to_the_price(  # noqa: PLR0913, PLR0917  one for each drawn
    paid: float, back: float, usual: float, there: float, moved: float, persons: int
) -> None:
    others = Others(count=9, persons=persons, usual=there, low=there, high=there, below=0)
    told = explained(
        facts(
            paid=paid,
            back=(("coupon", back),),
            usual=usual,
            others=others,
            factors=(("distance_km", moved),),
        ),
        SPEC,
    )
    scale = max(paid, back, usual, there)
    assert sum(one.amount for one in told.steps) == pytest.approx(paid, abs=1e-9 * scale)


def test_nothing_is_told_from_which_prices_of_few_others_could_be_worked_out() -> None:
    few = Others(count=12, persons=4, usual=21.8, low=21.0, high=23.0, below=4)
    other = Others(count=12, persons=4, usual=99.0, low=50.0, high=200.0, below=0)
    told = explained(facts(others=few), SPEC)
    assert told == explained(facts(others=other, scale=0.5), SPEC)
    assert (told.among, told.rank, told.gap, told.expected) == (None,) * 4
    assert told.is_usual is None
    assert told.others == 12
    assert explained(facts(others=None), SPEC).others == 0


def test_where_too_few_quotes_tell_how_prices_scatter_no_range_is_expected() -> None:
    told = explained(facts(scale=None, factors=(), untold=("distance_km",)), SPEC)
    assert told.among is not None
    assert (told.expected, told.is_usual) == (None, None)
    assert told.untold == ("distance_km",)


def test_the_usual_price_of_few_persons_is_not_told() -> None:
    with pytest.raises(NothingComparableError):
        explained(facts(persons=4), SPEC)


@cache
def audit(big_spenders: float) -> Audit:
    scenario = Scenario(quotes=8000, persons=800, days=1)
    return trial(replace(scenario, big_spenders=big_spenders), 11)


def test_families_take_the_worst_verdict_of_their_attributes() -> None:
    families = family_verdicts(audit(0.02))
    assert families[Family.PAYING_ABILITY] is Verdict.FOUND
    assert families[Family.OTHER] is Verdict.ABSENT
