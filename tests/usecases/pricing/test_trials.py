"""A specification written as TOML is the specification when it is read."""

import tomllib

from hypothesis import given
from hypothesis import strategies as st
from tests.docs.markdown import ROOT

from chengnuo.domain.pricing.simulating import simulation_spec
from chengnuo.domain.pricing.spec import (
    Factor,
    Family,
    Kind,
    ProfileColumn,
    Reason,
    Spec,
    Term,
    spec_of,
)
from chengnuo.usecases.pricing.trials import spec_toml


def test_the_specification_of_made_up_logs_reads_back() -> None:
    assert spec_of(tomllib.loads(spec_toml(simulation_spec()))) == simulation_spec()


def test_the_example_is_the_specification_of_made_up_logs() -> None:
    example = (ROOT / "examples" / "shop" / "prices.toml").read_text(encoding="utf-8")
    assert spec_of(tomllib.loads(example)) == simulation_spec()


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30), st.booleans())
def test_any_specification_reads_back(rule: str, published: bool) -> None:
    factor = Factor(
        column="区域", reason=Reason.NEED, kind=Kind.CELL, rule=rule, published=published
    )
    spec = Spec(
        person="who",
        item="what",
        time="when",
        price="paid",
        profile={
            Family.HABIT: (ProfileColumn(column="visits", how="linear", unit=5.0), "weekday"),
            Family.OTHER: ("年龄段",),
        },
        factors=(factor,),
        terms=(Term(column="wait_s", margin=30.0),),
        min_effect=0.001,
    )
    assert spec_of(tomllib.loads(spec_toml(spec))) == spec
