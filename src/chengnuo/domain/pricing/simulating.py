"""The specification that goes with a made-up log, and its audit: a trial of the audit itself."""

from typing import Final

from chengnuo.domain.pricing.audit import Audit
from chengnuo.domain.pricing.auditing import audited
from chengnuo.domain.pricing.coding import coded
from chengnuo.domain.pricing.drawing import draw_of, drawn_in_memory
from chengnuo.domain.pricing.factor_effects import factor_effects
from chengnuo.domain.pricing.in_memory import measured_in_memory, surveyed
from chengnuo.domain.pricing.spec import Spec, spec_of
from chengnuo.engines.fairness.simulation import Scenario, simulated

SCENARIOS: Final = {
    "clean": Scenario(),
    "big-spenders": Scenario(big_spenders=0.01),
    "segment": Scenario(segment=0.03),
    "hidden-list": Scenario(hidden=0.05),
    "views": Scenario(per_view=0.005),
    "lottery": Scenario(lottery_tilt=0.08),
}
"""Scenarios by name: nothing planted, and one thing planted each."""


def simulation_spec() -> Spec:
    """Return the specification of a made-up log."""
    return spec_of(
        {
            "person": "person",
            "item": "item",
            "time": "time",
            "price": "paid",
            "quote_id": "quote",
            "window_s": 300,
            "engine_update_s": 300,
            "factors": [
                {"column": "zone", "reason": "NEED", "kind": "cell", "published": True},
                {"column": "arm", "reason": "RANDOM_BY_RULE", "kind": "arm"},
                {"column": "distance_km", "reason": "NEED", "kind": "linear", "published": True},
                {
                    "column": "coupon",
                    "reason": "NEW_USER",
                    "kind": "addback",
                    "rule": "newcomer-coupon",
                    "published": True,
                },
                {
                    "column": "lottery",
                    "reason": "RANDOM_BY_RULE",
                    "kind": "addback",
                    "rule": "lottery",
                    "published": True,
                    "eligible": "not newcomer",
                },
            ],
            "profile": {
                "paying-ability": ["spend_band", "device"],
                "habit": ["tenure_months", "views_24h"],
                "other": ["age_band"],
            },
        }
    )


def trial(scenario: Scenario, seed: int, spec: Spec | None = None) -> Audit:
    """Return the audit of a made-up log, its configuration taken as logged.

    Args:
        scenario: What the log holds.
        seed: Of the log; equal arguments make equal audits.
        spec: Another specification than the usual one.

    """
    table = simulated(scenario, seed).columns
    usual = simulation_spec() if spec is None else spec
    made = coded(usual, surveyed(usual, table))
    drawn = drawn_in_memory(usual, table, draw_of(usual, scenario.quotes, scenario.days * 24))
    return audited(
        made,
        measured_in_memory(made, table),
        registered=made.config,
        factoring=factor_effects(made, drawn),
    )
