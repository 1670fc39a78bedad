"""Audits of made-up logs: clean ones are not accused, hidden ones not passed."""

from dataclasses import replace
from functools import cache

import msgspec
import numpy as np
import pytest

from chengnuo.domain.pricing.audit import Audit, Leg
from chengnuo.domain.pricing.auditing import audited
from chengnuo.domain.pricing.coding import coded
from chengnuo.domain.pricing.effects import Lack
from chengnuo.domain.pricing.in_memory import measured_in_memory, plan_of, quotes_of, surveyed
from chengnuo.domain.pricing.probe_verdict import Verdict
from chengnuo.domain.pricing.simulating import simulation_spec, trial
from chengnuo.domain.pricing.spec import spec_of
from chengnuo.engines.fairness.cells import measured
from chengnuo.engines.fairness.simulation import Scenario, simulated

SMALL = Scenario(quotes=8000, persons=800, days=1)


@cache
def small(**planted: float) -> Audit:
    return trial(replace(SMALL, **planted), 11)


def by_regressor(audit: Audit, outcome: str = "price") -> dict[str, Verdict]:
    return {one.regressor: one.verdict for one in audit.effects if one.outcome == outcome}


def test_a_clean_log_is_accused_of_nothing_though_groups_differ() -> None:
    audit = small()
    assert audit.verdict is not Verdict.FOUND
    assert {*by_regressor(audit).values()} == {Verdict.ABSENT}
    assert Verdict.FOUND not in [one.verdict for one in audit.segments]
    assert audit.lasting.verdict is Verdict.ABSENT
    assert audit.overcharged == 0
    naive = {one.regressor: one.naive for one in audit.effects if one.outcome == "price"}
    assert naive["spend_band=top"] > 0.02


def test_big_spenders_who_pay_a_percent_more_are_found_and_what_it_cost() -> None:
    scenario = replace(SMALL, big_spenders=0.02)
    audit = small(big_spenders=0.02)
    assert audit.verdict is Verdict.FOUND
    assert by_regressor(audit)["spend_band=top"] is Verdict.FOUND
    assert by_regressor(audit)["device=a"] is Verdict.ABSENT
    assert audit.overcharged == pytest.approx(simulated(scenario, 11).overcharged, rel=0.15)
    assert Leg.ATTRIBUTES in audit.proof.missing


def test_a_hidden_list_passes_every_attribute_and_is_not_certified() -> None:
    audit = small(hidden=0.05)
    assert Verdict.FOUND not in by_regressor(audit).values()
    assert not audit.proof.ok
    assert audit.lasting.verdict is Verdict.FOUND
    assert audit.verdict is Verdict.FOUND


def test_the_rule_of_a_segment_is_named() -> None:
    audit = trial(Scenario(quotes=16_000, persons=2000, days=1, segment=0.05), 11)
    first = audit.segments[0]
    assert first.verdict is Verdict.FOUND
    assert {one.attribute for one in first.rules} == {"spend_band", "device", "tenure_months"}


def test_a_lottery_that_disfavours_a_device_shows_in_its_own_channel_only() -> None:
    audit = small(lottery_tilt=0.11)
    assert by_regressor(audit, "lottery")["device=a"] is Verdict.FOUND
    assert Verdict.FOUND not in by_regressor(audit).values()


def test_a_declared_key_that_is_the_profile_makes_it_not_auditable() -> None:
    spec = simulation_spec()
    tree = msgspec.to_builtins(spec)
    key = {"column": "spend_band", "reason": "OTHER", "kind": "cell", "rule": "price-groups"}
    tree["factors"] = [*tree["factors"], key]
    audit = trial(replace(SMALL, big_spenders=0.02), 11, spec_of(tree))
    seen = {one.regressor: one for one in audit.effects if one.outcome == "price"}
    assert seen["spend_band=top"].verdict is Verdict.NOT_AUDITABLE
    assert seen["spend_band=top"].lack is Lack.OVERLAP
    assert seen["spend_band=top"].left == 0
    assert audit.verdict is Verdict.NOT_AUDITABLE
    assert [one.column for one in audit.factors if one.personal] == ["spend_band"]
    assert audit.factors[0].column == "spend_band"


def test_views_that_drift_with_the_surge_need_a_narrower_window() -> None:
    tree = msgspec.to_builtins(simulation_spec())
    tree |= {"window_s": 3600, "engine_update_s": 0}
    scenario = Scenario(quotes=30_000, persons=3000, days=1, noise=0.003)
    audit = trial(scenario, 12, spec_of(tree))
    views = next(one for one in audit.effects if one.regressor == "views_24h")
    wide = next(one for one in views.rungs if one.window_s == 3600)
    assert wide.effect > 0.01
    assert views.window_s < 1800
    assert abs(views.effect) < 0.0025
    assert views.verdict is not Verdict.FOUND


def test_an_audit_of_parts_is_the_audit_of_the_whole() -> None:
    table = simulated(SMALL, 13).columns
    spec = simulation_spec()
    made = coded(spec, surveyed(spec, table))
    late = table["time"] >= np.int64(table["time"][4000] // 3600 * 3600)
    early, rest = (
        measured_in_memory(made, {name: one[rows] for name, one in table.items()})
        for rows in (~late, late)
    )
    whole = audited(made, measured_in_memory(made, table))
    parts = audited(made, early + rest)
    assert parts.used == whole.used
    assert [one.verdict for one in parts.effects] == [one.verdict for one in whole.effects]
    np.testing.assert_allclose(
        [one.effect for one in parts.effects], [one.effect for one in whole.effects], atol=1e-10
    )


def test_names_of_persons_and_items_never_matter() -> None:
    table = dict(simulated(SMALL, 13).columns)
    spec = simulation_spec()
    made = coded(spec, surveyed(spec, table))
    plan, quotes = plan_of(made), quotes_of(made, table)
    renamed = quotes_of(made, {**table, "item": 7 - table["item"]})
    one, other = (measured(some, plan).ladder[300] for some in (quotes, renamed))
    np.testing.assert_allclose(one.xy, other.xy, atol=1e-9)
    people = quotes_of(made, {**table, "person": table["person"] + 5000})
    np.testing.assert_allclose(
        one.xy.sum(axis=0), measured(people, plan).ladder[300].xy.sum(axis=0), atol=1e-9
    )


def test_a_configuration_that_was_not_logged_proves_nothing() -> None:
    table = simulated(SMALL, 13).columns
    spec = simulation_spec()
    made = coded(spec, surveyed(spec, table))
    audit = audited(made, measured_in_memory(made, table))
    assert Leg.REGISTERED in audit.proof.missing


def test_the_canonical_form_is_the_same_twice_and_reads_back() -> None:
    audit = small()
    again = trial(SMALL, 11)
    assert audit.canonical == again.canonical
    assert msgspec.json.decode(audit.canonical, type=Audit) == audit
