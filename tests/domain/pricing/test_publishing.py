"""The published copy of an audit: what it must not tell, and what must stay."""

from itertools import combinations
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from chengnuo.domain.pricing.audit import Audit, GapBins, Leg, LegResult, Rule, SegmentResult
from chengnuo.domain.pricing.audit_reading import (
    AuditFileError,
    read_audit,
    read_whole_audit,
)
from chengnuo.domain.pricing.auditing import audited
from chengnuo.domain.pricing.coding import coded
from chengnuo.domain.pricing.effects import PRICE
from chengnuo.domain.pricing.factor_effects import EffectPersons, FactorsResult, factor_effects
from chengnuo.domain.pricing.in_memory import measured_in_memory, surveyed
from chengnuo.domain.pricing.probe_verdict import Verdict
from chengnuo.domain.pricing.publishing import (
    TooFewPersonsError,
    at_least,
    hidden_effects,
    published,
)
from chengnuo.domain.pricing.simulating import simulation_spec
from chengnuo.engines.fairness.simulation import Scenario, simulated

RARE = "prototype"


@pytest.fixture(scope="module")
def audit() -> Audit:
    """Of a log in which four persons have a device of their own and pay a tenth more."""
    table: dict[str, Any] = dict(simulated(Scenario(quotes=6000, persons=400, days=1), 7).columns)
    is_rare = table["person"] < 4
    table["device"] = np.where(is_rare, RARE, table["device"])
    table["paid"] = np.where(is_rare, table["paid"] * 1.1, table["paid"])
    spec = simulation_spec()
    by = coded(spec, surveyed(spec, table))
    return audited(
        by,
        measured_in_memory(by, table),
        registered=by.config,
        factoring=factor_effects(by, table),
    )


def factoring_of(audit: Audit) -> FactorsResult:
    assert audit.factoring is not None
    return audit.factoring


def numbers_in(tree: object) -> set[float]:
    """Return every number of a tree, to nine digits."""
    if isinstance(tree, dict):
        return {x for one in tree.values() for x in numbers_in(one)}
    if isinstance(tree, list | tuple):
        return {x for one in tree for x in numbers_in(one)}
    is_number = isinstance(tree, int | float) and not isinstance(tree, bool)
    return {round(float(tree), 9)} if is_number else set()  # type: ignore[arg-type]


def test_a_group_of_four_is_found_in_the_whole_audit(audit: Audit) -> None:
    persons = {one.regressor: one.persons for one in factoring_of(audit).groups}
    assert persons[f"device={RARE}"] == 4
    seen = {one.regressor: one for one in audit.effects if one.outcome == PRICE}
    assert seen[f"device={RARE}"].effect == pytest.approx(0.095, abs=0.02)


def test_neither_its_name_nor_any_of_its_numbers_is_in_the_copy(audit: Audit) -> None:
    copy = published(audit)
    assert RARE not in copy.canonical.decode()
    assert copy.withheld is not None
    assert copy.withheld.effects >= 4  # two levels of the device, by two outcomes
    told = numbers_in(msgspec.to_builtins(copy))
    rare = [one for one in audit.effects if one.regressor == f"device={RARE}"]
    secret = {
        round(x, 9)
        for one in rare
        for x in (one.effect, one.low, one.high, one.error, one.naive, one.marginal, one.reach)
    } - {0.0}
    assert secret
    assert not secret & told
    sums = {round(one + other, 9) for one, other in combinations(sorted(told), 2)}
    assert not {one for one in secret if abs(one) > 1e-6} & sums


def test_never_one_level_alone_is_left_out(audit: Audit) -> None:
    hidden = hidden_effects(audit, 10)
    by_attribute: dict[tuple[str, str], int] = {}
    for one in audit.effects:
        if (one.outcome, one.regressor) in hidden:
            key = (one.outcome, one.attribute)
            by_attribute[key] = by_attribute.get(key, 0) + 1
    assert by_attribute[PRICE, "device"] == 2
    # A flag is one regressor for both of its sides.
    assert {one.attribute for one in audit.effects if (one.outcome, one.regressor) in hidden} == {
        "device"
    }


def test_where_persons_were_not_counted_no_effect_is_told(audit: Audit) -> None:
    copy = published(replace(audit, factoring=None))
    assert copy.effects == ()
    assert copy.factoring is None


@pytest.mark.parametrize("floor", [10, 25, 60, 150])
def test_no_group_below_the_floor_is_told_of(audit: Audit, floor: int) -> None:
    copy = published(audit, floor)
    persons = {(one.outcome, one.regressor): one.persons for one in factoring_of(audit).groups}
    assert all(persons[one.outcome, one.regressor] >= floor for one in copy.effects)
    names = {one.regressor for one in copy.effects if one.outcome == PRICE}
    assert set(factoring_of(copy).regressors) == names
    assert factoring_of(copy).groups == ()
    for segment in copy.segments:
        assert min(segment.persons, segment.outside) >= floor
    gaps = copy.lasting.gaps
    if gaps is not None:
        assert sum(gaps.persons) == copy.lasting.persons
        assert all(one == 0 or one >= floor for one in gaps.persons)
    assert (copy.tail.above, copy.tail.below) == (None, None)
    assert (copy.verdict, copy.proof.ok) == (audit.verdict, audit.proof.ok)
    assert copy.proof.missing == audit.proof.missing


def test_the_extreme_that_is_theirs_and_the_money_that_is_theirs_are_not_told(
    audit: Audit,
) -> None:
    worst = max((one for one in audit.effects if one.outcome == PRICE), key=lambda one: one.reach)
    assert worst.regressor == f"device={RARE}"
    copy = published(audit)
    leg = next(one for one in copy.proof.legs if one.leg is Leg.ATTRIBUTES)
    assert leg.is_withheld
    assert leg.value == leg.bar
    assert copy.proof.smallest_margin is None
    found = replace(
        audit,
        effects=tuple(
            replace(one, verdict=Verdict.FOUND) if one is worst else one for one in audit.effects
        ),
        overcharged=1234.5,
    )
    assert published(found).overcharged is None


def test_few_rows_left_out_cannot_be_told_from_the_totals(audit: Audit) -> None:
    some = replace(
        audit,
        read=audit.used + 503,
        dropped={**audit.dropped, "unnamed": 3, "incomplete": 500},
        proof=replace(
            audit.proof,
            legs=tuple(
                replace(one, value=0.87654) if one.leg is Leg.COVERAGE else one
                for one in audit.proof.legs
            ),
        ),
    )
    copy = published(some)
    assert copy.dropped == {}
    assert copy.read == copy.used
    assert not {0.87654, 503.0, 3.0} & numbers_in(msgspec.to_builtins(copy.proof))
    many = published(replace(some, dropped={"unnamed": 3 + 500}))
    assert many.dropped == {"unnamed": 503}


def segment(persons: int, *rules: str, outside: int = 5000, money: float = 0.0) -> SegmentResult:
    return SegmentResult(
        rules=tuple(Rule(attribute=one, relation="=", value="true") for one in rules),
        persons=persons,
        quotes=persons * 10,
        outside=outside,
        effect=0.02,
        error=0.001,
        low=0.018,
        high=0.022,
        p=0.0,
        verdict=Verdict.FOUND,
        money=money,
    )


def test_of_two_groups_that_differ_by_few_persons_the_special_one_is_left_out(
    audit: Audit,
) -> None:
    wide, special, other = segment(460, "a"), segment(455, "a", "b"), segment(300, "a", "c")
    copy = published(replace(audit, segments=(special, wide, other)))
    assert [[rule.attribute for rule in one.rules] for one in copy.segments] == [["a"], ["a", "c"]]
    assert [one.persons for one in copy.segments] == [100, 100]
    assert copy.withheld is not None
    assert copy.withheld.segments == 1


def test_a_group_of_nearly_everybody_is_left_out(audit: Audit) -> None:
    copy = published(replace(audit, segments=(segment(460, "a", outside=3),)))
    assert copy.segments == ()


@settings(max_examples=60, deadline=None)
@given(counts=st.lists(st.integers(1, 100_000), min_size=2, max_size=6), floor=st.integers(10, 99))
def test_no_group_of_few_is_the_difference_of_two_told_numbers(
    counts: list[int], floor: int
) -> None:
    told = {at_least(one, floor) for one in counts if one >= floor}
    gaps = {abs(one - other) for one, other in combinations(sorted(told), 2)}
    assert all(one >= 9 * floor for one in gaps)


@settings(max_examples=60, deadline=None)
@given(persons=st.lists(st.integers(0, 40), min_size=61, max_size=61), floor=st.integers(10, 40))
def test_bins_are_put_together_until_none_holds_few(persons: list[int], floor: int) -> None:
    audit = _audit_with(GapBins(width=0.001, persons=tuple(persons), chance=(1.0,) * 61))
    gaps = published(audit, floor).lasting.gaps
    if gaps is not None:
        assert sum(gaps.persons) == sum(persons)
        assert len(gaps.persons) == len(gaps.chance)
        assert all(one == 0 or one >= floor for one in gaps.persons)


def _audit_with(gaps: GapBins) -> Audit:
    base = _BASE[0] if _BASE else None
    if base is None:
        table = simulated(Scenario(quotes=1500, persons=150, days=1), 3).columns
        spec = simulation_spec()
        by = coded(spec, surveyed(spec, table))
        base = audited(by, measured_in_memory(by, table))
        _BASE.append(base)
    lasting = replace(base.lasting, gaps=gaps, persons=sum(gaps.persons))
    return replace(base, lasting=lasting, persons=10_000)


_BASE: list[Audit] = []


def test_nobody_is_answered_by_a_copy_that_withholds(audit: Audit) -> None:
    assert read_whole_audit(audit.canonical) == audit
    copy = published(audit).canonical
    assert read_audit(copy).withheld is not None
    with pytest.raises(AuditFileError, match="published copy"):
        read_whole_audit(copy)


def test_an_audit_of_few_persons_is_not_published(audit: Audit) -> None:
    with pytest.raises(TooFewPersonsError) as told:
        published(audit, audit.persons + 1)
    assert told.value.persons == audit.persons


def test_the_copy_reads_back_and_names_the_whole_audit(audit: Audit) -> None:
    copy = published(audit)
    assert read_audit(copy.canonical) == copy
    assert copy.withheld is not None
    assert copy.withheld.whole not in audit.canonical.decode()


@pytest.mark.parametrize("what", ["found", "gaps", "rows", "factors", "withheld"])
def test_figures_that_do_not_go_with_each_other_are_refused(audit: Audit, what: str) -> None:
    gaps = audit.lasting.gaps
    assert gaps is not None
    turned = {
        "found": replace(
            audit,
            effects=tuple(replace(one, verdict=Verdict.ABSENT) for one in audit.effects),
            segments=(),
            lasting=replace(audit.lasting, verdict=Verdict.ABSENT),
            verdict=Verdict.FOUND,
        ),
        "gaps": replace(
            audit,
            lasting=replace(
                audit.lasting,
                gaps=replace(gaps, persons=(*gaps.persons[:-1], gaps.persons[-1] + 1)),
            ),
        ),
        "rows": replace(audit, read=audit.read + 1),
        "factors": replace(audit, factoring=replace(factoring_of(audit), effects=())),
        "withheld": replace(
            audit,
            proof=replace(
                audit.proof,
                legs=tuple(_withheld(one) for one in audit.proof.legs),
            ),
        ),
    }[what]
    with pytest.raises(AuditFileError):
        read_audit(turned.canonical)


def _withheld(one: LegResult) -> LegResult:
    return replace(one, is_withheld=True)


def test_persons_of_a_level_are_those_of_it_or_of_what_it_is_compared_with(audit: Audit) -> None:
    groups = {(one.outcome, one.regressor): one.persons for one in factoring_of(audit).groups}
    assert groups[PRICE, "tenure_months"] == factoring_of(audit).persons
    assert all(isinstance(one, EffectPersons) for one in factoring_of(audit).groups)
    assert groups["lottery", "device=a"] <= groups[PRICE, "device=a"]
