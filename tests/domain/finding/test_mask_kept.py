"""Whether a value keeps to its mask: by the signs that it leaves readable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.base.text import Text
from chengnuo.domain.finding.mask_kept import shows_more
from chengnuo.domain.register.publication import Mask
from chengnuo.law.ids import CategoryId


def mask(leading: int | None, trailing: int | None) -> Mask:
    return Mask(
        category=CategoryId("PI-BASIC-PHONE"),
        rule=Text("中间四位", "the middle"),
        leading=leading,
        trailing=trailing,
    )


@pytest.mark.parametrize(
    ("value", "leading", "trailing", "more"),
    [
        pytest.param("138****8000", 3, 4, False, id="three and four"),
        pytest.param("138 **** 8000", 3, 4, False, id="what joins may be seen"),
        pytest.param("1380***8000", 3, 4, True, id="four and four"),
        pytest.param("张*", 1, None, False, id="a surname"),
        pytest.param("张三", 1, None, True, id="a whole name"),
        pytest.param("张三", None, None, False, id="words alone are not counted"),
        pytest.param("", 0, 0, False, id="nothing"),
        pytest.param("8000", 3, 4, False, id="shorter than what may be seen"),
    ],
)
def test_a_value_is_held_to_what_its_mask_leaves(
    value: str, leading: int | None, trailing: int | None, more: bool
) -> None:
    assert shows_more(value, mask(leading, trailing)) is more


@given(st.text(alphabet="0123456789", max_size=20), st.integers(0, 5), st.integers(0, 5))
def test_what_is_masked_by_the_rule_always_keeps_it(value: str, first: int, last: int) -> None:
    end = len(value) - last
    hidden = "".join(sign if at < first or at >= end else "*" for at, sign in enumerate(value))
    assert shows_more(hidden, mask(first, last)) is False
    assert shows_more(value, mask(first, last)) is (len(value) > first + last)
