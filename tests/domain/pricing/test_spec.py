"""Specification and coding of an audit: what is refused, and what the digest hangs on."""

import msgspec
import numpy as np
import pytest

from chengnuo.base.errors import InvalidInputError
from chengnuo.domain.pricing.coding import (
    ColumnSurvey,
    ColumnType,
    How,
    NotNumericError,
    Survey,
    UnknownColumnError,
    WhyNotCoded,
    coded,
)
from chengnuo.domain.pricing.in_memory import numbers, surveyed
from chengnuo.domain.pricing.spec import Family, Kind, PriceSpecError, Spec, spec_of

TREE: dict[str, object] = {
    "person": "uid",
    "item": "sku",
    "time": "at",
    "price": "paid",
    "profile": {"habit": ["tenure"], "paying-ability": [{"column": "band", "as": "level"}]},
}


def with_factor(**factor: object) -> dict[str, object]:
    return {**TREE, "factors": [{"reason": "NEED", "kind": "cell", **factor}]}


def test_a_specification_is_read_and_filled_up() -> None:
    spec = spec_of(TREE)
    assert spec.dust == 0.0025
    assert spec.windows == (3600, 1800, 1200, 600, 300, 120, 60)
    assert [(family, one.column, one.how) for family, one in spec.columns] == [
        (Family.HABIT, "tenure", ""),
        (Family.PAYING_ABILITY, "band", "level"),
    ]


@pytest.mark.parametrize(
    ("tree", "code"),
    [
        pytest.param({**TREE, "colour": "red"}, "price-spec", id="unknown field"),
        pytest.param({**TREE, "profile": {}}, "price-spec", id="no profile"),
        pytest.param({**TREE, "profile": {"habit": ["uid"]}}, "price-spec", id="person audited"),
        pytest.param({**TREE, "window_s": 700}, "price-spec", id="window does not divide an hour"),
        pytest.param({**TREE, "engine_update_s": 300}, "price-spec", id="window beyond the engine"),
        pytest.param({**TREE, "min_effect": 0.02}, "price-spec", id="dust beyond the margin"),
        pytest.param({**TREE, "item": "uid"}, "price-spec", id="one column twice"),
        pytest.param(with_factor(column="x", eligible="y"), "price-spec", id="eligible for none"),
        pytest.param(with_factor(column="tenure"), "price-personal-factor", id="in the profile"),
        pytest.param(with_factor(column="vip_level"), "price-personal-factor", id="by its name"),
        pytest.param(
            with_factor(column="x", personal=True, kind="linear"),
            "price-personal-factor",
            id="by its tag",
        ),
    ],
)
def test_what_is_no_specification_is_refused(tree: dict[str, object], code: str) -> None:
    with pytest.raises(InvalidInputError) as caught:
        spec_of(tree)
    assert caught.value.code == code


def test_a_personal_factor_with_its_rule_passes_and_is_known_as_one() -> None:
    spec = spec_of(with_factor(column="tenure", rule="fare-table-2"))
    assert [spec.is_personal(one) for one in spec.of_kind(Kind.CELL)] == [True]
    plain = spec_of(with_factor(column="home_zone", personal=False))
    assert not plain.is_personal(plain.factors[0])


@pytest.mark.parametrize(
    ("eligible", "column", "value"),
    [("*", "", True), ("newcomer", "newcomer", True), ("not newcomer", "newcomer", False)],
)
def test_who_is_eligible_is_read(eligible: str, column: str, value: bool) -> None:
    spec = spec_of(with_factor(column="c", kind="addback", eligible=eligible))
    assert spec.factors[0].eligible_column == column
    assert spec.factors[0].eligible_value is value


def _survey(**columns: np.ndarray) -> Survey:
    spec = _spec(*columns)
    return surveyed(spec, {**columns, "paid": np.ones(len(next(iter(columns.values()))))})


def _spec(*columns: str) -> Spec:
    return spec_of({**TREE, "profile": {"other": list(columns)}})


def test_columns_are_coded_by_what_they_hold() -> None:
    columns = {
        "flag": np.array([True, False] * 50),
        "binary": np.array([0, 1] * 50),
        "few": np.array([1, 2, 2, 3] * 25),
        "many": np.arange(100),
        "text": np.array(["b", "a", "b", "c"] * 25),
    }
    made = coded(_spec(*columns), _survey(**columns))
    assert [(one.name, one.how) for one in made.regressors] == [
        ("flag", How.FLAG),
        ("binary", How.FLAG),
        ("few=1.0", How.LEVEL),
        ("few=3.0", How.LEVEL),
        ("many", How.LINEAR),
        ("text=a", How.LEVEL),
        ("text=c", How.LEVEL),
    ]
    many = made.regressors[4]
    assert (many.centre, many.unit) == (49, 80)
    assert numbers(many, np.array([49, 129])).tolist() == [0, 1]
    assert numbers(made.regressors[6], columns["text"]).sum() == 25
    assert numbers(made.regressors[3], columns["few"]).sum() == 25


def test_what_cannot_be_coded_is_told_with_its_reason() -> None:
    columns = {
        "same": np.ones(30),
        "texts": np.array([f"v{i}" for i in range(30)]),
        "when": np.arange(30).astype("M8[s]"),
        "good": np.arange(30),
    }
    made = coded(_spec(*columns), _survey(**columns))
    assert {one.attribute: one.why for one in made.not_coded} == {
        "same": WhyNotCoded.CONSTANT,
        "texts": WhyNotCoded.TOO_MANY_LEVELS,
        "when": WhyNotCoded.NOT_A_PROFILE_TYPE,
    }
    assert [one.name for one in made.regressors] == ["good"]


def test_a_linear_factor_has_to_be_a_number() -> None:
    spec = spec_of(with_factor(column="x", kind="linear"))
    survey = Survey(rows=1, columns=(ColumnSurvey(column="x", type=ColumnType.TEXT),))
    with pytest.raises(NotNumericError):
        coded(spec, survey)


def test_a_column_that_is_not_there_is_named() -> None:
    with pytest.raises(UnknownColumnError) as caught:
        coded(spec_of(TREE), Survey(rows=0, columns=()))
    assert caught.value.column == "tenure"


def test_the_digest_hangs_on_specification_and_coding() -> None:
    columns = {"many": np.arange(100)}
    one = coded(_spec("many"), _survey(**columns))
    wider = coded(_spec("many"), _survey(many=np.arange(200)))
    looser = msgspec.structs.replace(one, spec=msgspec.structs.replace(one.spec, margin=0.02))
    assert len({one.config, wider.config, looser.config}) == 3
    assert coded(_spec("many"), _survey(**columns)).config == one.config


def test_a_specification_without_a_margin_of_its_own_takes_one_percent() -> None:
    assert spec_of(TREE).margin == 0.01
    with pytest.raises(PriceSpecError):
        spec_of({**TREE, "margin": 0})
