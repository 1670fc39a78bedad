"""Audits of many made-up logs: how often one is accused, found out, or certified.

Logs, seeds and scenarios are those of `engines/fairness/simulation.py`; what confounds a comparison
there is legal: surge, coupons for newcomers, a fair lottery, an arm of an experiment. A bar is what
a rate as claimed would fail once in a thousand times.
"""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from tests.bars import least

from chengnuo.domain.pricing.audit import Audit, Leg
from chengnuo.domain.pricing.probe_verdict import Verdict
from chengnuo.domain.pricing.simulating import SCENARIOS, trial

CLEAN = 120
PLANTED = 40
OFTEN = 0.95
"""A planted difference is found in so many logs, or more."""
RULE = 0.8
"""Of a group's rule of three conditions all three are named in so many logs of this size."""
WHERE = {
    "big-spenders": ("price", "spend_band=top"),
    "lottery": ("lottery", "device=a"),
    "views": ("price", "views_24h"),
}


def audits(name: str, runs: int, first: int) -> Iterator[Audit]:
    """Yield the audits of so many logs of 20,000 quotes by 2,000 persons over two days."""
    scenario = replace(SCENARIOS[name], quotes=20_000, persons=2000)
    return (trial(scenario, seed) for seed in range(first, first + runs))


def names_it(audit: Audit, name: str) -> bool:
    """Tell whether an audit says of the right thing that it was found."""
    if name == "hidden-list":
        return audit.lasting.verdict is Verdict.FOUND
    if name == "segment":
        found = [one for one in audit.segments if one.verdict is Verdict.FOUND]
        rules = {"spend_band", "device", "tenure_months"}
        return bool(found) and {one.attribute for one in found[0].rules} == rules
    outcome, regressor = WHERE[name]
    effect = next(
        one for one in audit.effects if (one.outcome, one.regressor) == (outcome, regressor)
    )
    return effect.verdict is Verdict.FOUND


@pytest.mark.slow
def test_no_clean_log_is_accused() -> None:
    """The design allows one in twenty; a minimum effect makes it fewer than one in 120."""
    seen = list(audits("clean", CLEAN, 1000))
    assert [one.verdict for one in seen].count(Verdict.FOUND) == 0
    assert sum(one.controls.false for one in seen) == 0
    assert all(one.overcharged in {0, None} for one in seen)
    # And something is said: so many quotes do not decide about the lottery, but about all else.
    assert sum({*one.proof.missing} <= {Leg.OUTCOMES} for one in seen) >= least(CLEAN, OFTEN)


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted({*SCENARIOS} - {"clean"}))
def test_what_is_planted_is_found_by_its_name_and_never_certified(name: str) -> None:
    seen = list(audits(name, PLANTED, 2000))
    assert not any(one.proof.ok for one in seen)
    assert sum(one.verdict is Verdict.FOUND for one in seen) >= least(PLANTED, OFTEN)
    named = RULE if name == "segment" else OFTEN
    assert sum(names_it(one, name) for one in seen) >= least(PLANTED, named)
    if name == "hidden-list":
        # Attributes alone would have certified them.
        blind = [Leg.ATTRIBUTES not in one.proof.missing for one in seen]
        assert sum(blind) >= least(PLANTED, OFTEN)


def test_a_mark_up_for_each_view_is_found_in_a_small_log() -> None:
    """The other scenarios, one small log each, stand in `test_auditing.py`."""
    audit = trial(replace(SCENARIOS["views"], quotes=8000, persons=800, days=1), 11)
    assert names_it(audit, "views")
