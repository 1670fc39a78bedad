"""Lengths of layouts in dp: every unit, both forms, and what is no length."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.engines.axml.dimension import dp_of, fills_parent, is_pixels
from chengnuo.engines.axml.element import Raw, Reference
from chengnuo.engines.axml.res_value import DIMENSION, FRACTION

_PX, _DIP, _SP, _PT, _IN, _MM = range(6)


def _raw(number: int, unit: int, point: int = 0) -> Raw:
    return Raw(kind=DIMENSION, data=(number & 0xFFFFFF) << 8 | point << 4 | unit)


@pytest.mark.parametrize(
    ("value", "dp"),
    [
        pytest.param(_raw(24, _DIP), 24.0, id="dp"),
        pytest.param(_raw(-3, _DIP), -3.0, id="below nothing"),
        pytest.param(_raw(3 << 6, _DIP, 1), 1.5, id="a point after 7 bits"),
        pytest.param(_raw(1 << 22, _SP, 3), 0.5, id="a point after 23 bits"),
        pytest.param(_raw(36, _PT), 80.0, id="points"),
        pytest.param(_raw(1, _IN), 160.0, id="inch"),
        pytest.param(_raw(254, _MM), 1600.0, id="millimetres"),
        pytest.param(_raw(48, _PX), 48.0, id="pixels, at most"),
        pytest.param("24dp", 24.0, id="written"),
        pytest.param(" 16.5dip ", 16.5, id="written, old unit"),
        pytest.param("-1", None, id="no unit"),
        pytest.param("match_parent", None, id="a word"),
        pytest.param(Raw(kind=FRACTION, data=24 << 8), None, id="a fraction"),
        pytest.param(_raw(24, 9), None, id="no such unit"),
        pytest.param(-2, None, id="a number"),
        pytest.param(Reference(resource_id=1), None, id="a reference"),
        pytest.param(None, None, id="nothing"),
    ],
)
def test_a_length_comes_to_dp(value: object, dp: float | None) -> None:
    assert dp_of(value) == (None if dp is None else pytest.approx(dp))  # type: ignore[arg-type]


@given(st.integers(0, (1 << 32) - 1))
def test_any_bits_are_a_length_or_none(data: int) -> None:
    found = dp_of(Raw(kind=DIMENSION, data=data))
    assert (found is None) == (data & 0xF > _MM)
    assert is_pixels(Raw(kind=DIMENSION, data=data)) == (data & 0xF == _PX)


def test_what_is_around_is_told_in_both_forms() -> None:
    assert [fills_parent(one) for one in (-1, "match_parent", "fill_parent")] == [True] * 3
    assert not any(fills_parent(one) for one in (-2, "wrap_content", True, None, _raw(1, _DIP)))
    assert is_pixels("12px")
    assert not is_pixels("12dp")
