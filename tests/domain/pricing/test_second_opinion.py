"""The second opinion on an audit: beside it, from the same pass, deciding nothing."""

import msgspec
import pytest

from chengnuo.domain.pricing.auditing import audited
from chengnuo.domain.pricing.coding import Coded, coded
from chengnuo.domain.pricing.in_memory import measured_in_memory, surveyed
from chengnuo.domain.pricing.second_opinion import OpinionRow, SecondOpinion, second_opinion
from chengnuo.domain.pricing.simulating import simulation_spec
from chengnuo.domain.pricing.spec import Family, spec_of
from chengnuo.engines.fairness.simulation import Scenario, simulated
from chengnuo.engines.fairness.statistics import Statistics


@pytest.fixture(scope="module")
def passed() -> tuple[Coded, Statistics]:
    tree = msgspec.to_builtins(simulation_spec())
    spec = spec_of({**tree, "profile": {"paying-ability": ["spend_band"], "other": ["device"]}})
    table = simulated(Scenario(quotes=5000, persons=500, days=1, big_spenders=0.02), 5).columns
    made = coded(spec, surveyed(spec, table))
    return made, measured_in_memory(made, table)


@pytest.fixture(scope="module")
def second(passed: tuple[Coded, Statistics]) -> SecondOpinion:
    return second_opinion(*passed)


@pytest.fixture(scope="module")
def rows(second: SecondOpinion) -> dict[str, OpinionRow]:
    return {one.regressor: one for one in second.rows}


def test_every_attribute_has_a_row_and_declared_factors_have_none(
    rows: dict[str, OpinionRow],
) -> None:
    assert [one.attribute for one in rows.values()] == ["device"] * 2 + ["spend_band"] * 3
    assert rows["device=a"].family is Family.OTHER


def test_all_three_ways_see_what_was_planted(rows: dict[str, OpinionRow]) -> None:
    top = rows["spend_band=top"]
    for one in (top.cells, top.compared, top.outside):
        assert one is not None
        assert one.low is not None
        assert one.high is not None
        assert one.low < one.effect < one.high
        assert one.low > 0.01
        assert one.effect == pytest.approx(0.02, abs=0.006)


def test_its_interval_by_cells_is_sharper_than_the_audits_and_about_the_same_estimate(
    passed: tuple[Coded, Statistics], rows: dict[str, OpinionRow]
) -> None:
    audit = audited(*passed)
    for effect in audit.effects:
        if effect.outcome == "price":
            sharp = rows[effect.regressor].cells
            assert sharp is not None
            assert sharp.low is not None
            assert sharp.high is not None
            assert sharp.effect == pytest.approx(effect.effect, abs=1e-6)
            assert sharp.high - sharp.low < 1.1 * (effect.high - effect.low)


def test_quotes_are_counted_once(second: SecondOpinion) -> None:
    assert second.compared + second.outside + second.unseen == 5000
    assert second.outside > 100
