"""Conditions of three databases, read and evaluated."""

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.domain.rights.checks import Truth, understand
from chengnuo.domain.rights.values import Value


@pytest.mark.parametrize(
    ("sql", "known", "expected"),
    [
        pytest.param("gender IN ('f', 'm')", {"gender": "***"}, Truth.FAILS, id="list"),
        pytest.param("gender IN ('f', 'm')", {"gender": None}, Truth.HOLDS, id="NULL passes"),
        pytest.param(
            "(card_holder IS NULL) = (card_number IS NULL)",
            {"card_holder": None, "card_number": None},
            Truth.HOLDS,
            id="both go",
        ),
        pytest.param(
            "(card_holder IS NULL) = (card_number IS NULL)",
            {"card_holder": None},
            Truth.OPEN,
            id="one goes, the other is not known",
        ),
        pytest.param(
            "CHECK (((gender)::text = ANY ((ARRAY['f'::character varying, 'm'::character "
            "varying])::text[])))",
            {"gender": "m"},
            Truth.HOLDS,
            id="as PostgreSQL writes it",
        ),
        pytest.param("`stars` between 1 and 5", {"stars": 0}, Truth.FAILS, id="as MariaDB does"),
        pytest.param(
            "total = goods - coupon", {"total": 3, "goods": 5, "coupon": 2}, Truth.HOLDS, id="sum"
        ),
        pytest.param("a IS NULL OR a < b", {"a": None}, Truth.HOLDS, id="one side is enough"),
        pytest.param("NOT (a = 1 AND b = 2)", {"a": 2}, Truth.HOLDS, id="not"),
        pytest.param("a <> 'it''s'", {"a": "it's"}, Truth.FAILS, id="quoted"),
        pytest.param("price > -1.5", {"price": 0}, Truth.HOLDS, id="sign and point"),
    ],
)
def test_a_condition_is_evaluated(sql: str, known: dict[str, Value], expected: Truth) -> None:
    condition = understand(sql)
    assert condition is not None
    assert condition.truth(known) is expected


def test_what_is_nested_too_deep_is_not_understood() -> None:
    assert understand("(" * 5_000 + "a = 1" + ")" * 5_000) is None


@pytest.mark.parametrize(
    "sql", ["length(a) > 3", "a LIKE 'x%'", "a ~ 'x'", "a > ALL (ARRAY[1])", "", "a =", "(a = 1"]
)
def test_what_is_not_understood_is_said(sql: str) -> None:
    assert understand(sql) is None


def test_a_column_that_takes_no_null_is_there() -> None:
    condition = understand("a IS NOT NULL OR b = 1")
    assert condition is not None
    assert condition.truth({"b": 2}, frozenset({"a"})) is Truth.HOLDS
    assert condition.truth({"b": 2}) is Truth.OPEN


_ATOMS = st.sampled_from(
    ["a = 1", "b < 2", "a IS NULL", "b IS NOT NULL", "a <> b", "a IN (1, 2)", "NOT (b >= 1)",
     "b BETWEEN 0 AND 2", "a + b = 3", "(a IS NULL) = (b IS NULL)"]
)  # fmt: skip
_CONDITIONS = st.recursive(
    _ATOMS,
    lambda inner: st.tuples(inner, st.sampled_from(["AND", "OR"]), inner).map(
        lambda parts: f"({parts[0]}) {parts[1]} ({parts[2]})"
    ),
    max_leaves=6,
)
_NUMBERS = st.none() | st.integers(-1, 3)


@given(_CONDITIONS, _NUMBERS, _NUMBERS)
def test_sqlite_agrees(sql: str, a: int | None, b: int | None) -> None:
    condition = understand(sql)
    assert condition is not None
    connection = sqlite3.connect(":memory:")
    (said,) = connection.execute(
        f"SELECT {sql} FROM (SELECT ? AS a, ? AS b)",  # noqa: S608  our own conditions
        (a, b),
    ).fetchone()
    connection.close()
    expected = Truth.HOLDS if said is None or said else Truth.FAILS
    assert condition.truth({"a": a, "b": b}) is expected
    for known in ({"a": a}, {"b": b}, {}):  # what is told of a part is never taken back
        assert condition.truth(dict[str, Value](known)) in {Truth.OPEN, expected}


@given(st.text(max_size=40))
def test_no_text_makes_it_stumble(sql: str) -> None:
    understand(sql)
