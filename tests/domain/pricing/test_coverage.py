"""What an audit says with confidence holds as often as it says: every interval and bound of it.

The same logs serve all: 5 % of persons are on a hidden list and pay 3 % more, the top band of
spending pays 1 % more (the margin exactly), device `a` has 8 points less of a chance in the
lottery, and four quotes in a thousand are 20 % too high. Each claim is counted over all logs and
held against the bar of its level.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
import pytest
from tests.bars import least, most

from chengnuo.domain.pricing.audit import Audit
from chengnuo.domain.pricing.auditing import audited
from chengnuo.domain.pricing.coding import coded
from chengnuo.domain.pricing.effects import Effect
from chengnuo.domain.pricing.in_memory import measured_in_memory, surveyed
from chengnuo.domain.pricing.probe_verdict import Verdict
from chengnuo.domain.pricing.simulating import simulation_spec
from chengnuo.engines.fairness.quantiles import t_quantile
from chengnuo.engines.fairness.simulation import Scenario, simulated

RUNS = 100
MARGIN = 0.01
HIDDEN = 0.03
TILT = 0.08
LARGE = 0.2
LARGE_SHARE = 0.004
SPEC = simulation_spec()


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """An audit and the truth of its log.

    Attributes:
        audit: The audit.
        sigma: Spread of lasting mark-ups, each person weighing by their quotes.
        beyond: Share of persons whose mark-up is beyond the margin of persons.
        cost: What the mark-up of the top band cost.

    """

    audit: Audit
    sigma: float
    beyond: float
    cost: float

    @property
    def found(self) -> list[str]:
        return [
            one.regressor
            for one in self.audit.effects
            if one.outcome == "price" and one.verdict is Verdict.FOUND
        ]


def run(seed: int) -> Run:
    scenario = Scenario(quotes=8000, persons=800, days=1, lottery_tilt=TILT)
    table = dict(simulated(scenario, seed).columns)
    random = np.random.default_rng(seed + 10_000)
    person, n = table["person"], len(table["paid"])
    is_top = table["spend_band"] == "top"
    mark_up = MARGIN * is_top + HIDDEN * (random.random(800) < 0.05)[person]
    once = LARGE * (random.random(n) < LARGE_SHARE)
    given = table["coupon"] + table["lottery"]
    listed = (table["paid"] + given) * np.exp(mark_up + once)
    table["paid"] = np.round(listed - given, 2)
    made = coded(SPEC, surveyed(SPEC, table))
    apart = mark_up - mark_up.mean()
    of_person = np.zeros(800)
    of_person[person] = apart
    return Run(
        audit=audited(made, measured_in_memory(made, table), registered=made.config),
        sigma=float(np.sqrt((apart**2).mean())),
        beyond=float((np.abs(of_person[np.unique(person)]) > SPEC.person_margin).mean()),
        cost=float((table["paid"][is_top] * -np.expm1(-MARGIN)).sum()),
    )


@cache
def runs() -> tuple[Run, ...]:
    return tuple(run(seed) for seed in range(20261100, 20261100 + RUNS))


def effects(regressor: str, outcome: str = "price") -> list[Effect]:
    """Return an effect in every log that has it; the commonest value of a column has none."""
    found = [
        effect
        for one in runs()
        for effect in one.audit.effects
        if (effect.outcome, effect.regressor) == (outcome, regressor)
    ]
    assert len(found) > 0.9 * RUNS
    return found


def held(regressor: str, truth: float, outcome: str = "price") -> bool:
    """Tell whether intervals hold the truth as often as nine in ten would."""
    seen = effects(regressor, outcome)
    return sum(one.low <= truth <= one.high for one in seen) >= least(len(seen), 0.9)


@pytest.mark.slow
def test_intervals_of_attributes_hold_the_truth_at_nine_in_ten() -> None:
    assert held("spend_band=top", MARGIN)
    assert held("device=a", 0.0)
    assert held("tenure_months", 0.0)


@pytest.mark.slow
def test_gaps_of_an_attribute_alone_hold_the_truth() -> None:
    alone = effects("device=a")
    half = t_quantile(0.95, 255)
    inside = [abs(one.marginal) <= half * one.marginal_error for one in alone]
    assert sum(inside) >= least(len(alone), 0.9)


@pytest.mark.slow
def test_an_effect_of_the_margin_is_shown_within_it_by_one_in_twenty_at_most() -> None:
    tops = effects("spend_band=top")
    assert sum(one.reach < MARGIN for one in tops) <= most(RUNS, SPEC.alpha)
    assert all(one.verdict is not Verdict.ABSENT or one.reach < MARGIN for one in tops)


@pytest.mark.slow
def test_the_bound_of_lasting_mark_ups_holds() -> None:
    bounds = [one.audit.lasting.bound or np.inf for one in runs()]
    inside = [bound >= one.sigma for bound, one in zip(bounds, runs(), strict=True)]
    assert sum(inside) >= least(RUNS, 1 - SPEC.alpha)
    # And of how many persons have one beyond the margin, which is what is claimed.
    share = [one.audit.lasting.share_bound >= one.beyond for one in runs()]
    assert sum(share) >= least(RUNS, 1 - SPEC.alpha)
    assert np.median(bounds) < 3 * np.median([one.sigma for one in runs()])


@pytest.mark.slow
def test_the_bound_of_large_gaps_holds() -> None:
    inside = [one.audit.tail.bound >= LARGE_SHARE for one in runs()]
    assert sum(inside) >= least(RUNS, 1 - SPEC.alpha)
    assert all(one.audit.tail.large < LARGE for one in runs())


@pytest.mark.slow
def test_intervals_of_give_aways_hold_the_truth() -> None:
    assert held("device=a", -TILT, "lottery")
    assert held("device=c", 0.0, "lottery")


@pytest.mark.slow
def test_groups_one_half_proposed_hold_the_truth_as_the_other_half_sees_them() -> None:
    seen = [
        group
        for one in runs()
        for group in one.audit.segments
        if [(rule.attribute, rule.relation, rule.value) for rule in group.rules]
        == [("spend_band", "=", "top")]
    ]
    inside = [group.low <= MARGIN <= group.high for group in seen]
    assert len(seen) > RUNS / 3
    assert sum(inside) >= least(len(seen), 0.9)
    # The claim over all groups reaches as far as the one that pays more.
    reaches = [one.audit.segments_reach or np.inf for one in runs()]
    assert sum(one >= MARGIN for one in reaches) >= least(RUNS, 1 - SPEC.alpha)


@pytest.mark.slow
def test_money_is_right_on_the_mean() -> None:
    """It has no interval; it is told of what was found, so the logs where that is the band."""
    some = [one for one in runs() if one.found == ["spend_band=top"]]
    ratio = np.array([(one.audit.overcharged or 0.0) / one.cost for one in some])
    assert len(some) > RUNS / 3
    assert abs(ratio.mean() - 1) < 0.1
    assert ratio.std() < 0.3
