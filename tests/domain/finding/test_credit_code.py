"""The check character of the unified social credit code (GB 32100-2015)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.domain.finding.credit_code import check_character, is_credit_code

CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
BODIES = st.text(CHARACTERS, min_size=17, max_size=17)


@given(BODIES)
def test_a_body_and_its_check_character_make_a_code(body: str) -> None:
    assert is_credit_code(body + check_character(body))


@given(BODIES, st.integers(0, 17), st.sampled_from(CHARACTERS))
def test_one_wrong_character_is_always_seen(body: str, place: int, other: str) -> None:
    code = body + check_character(body)
    wrong = code[:place] + other + code[place + 1 :]
    assert is_credit_code(wrong) is (wrong == code)


@pytest.mark.parametrize("code", ["", "91350100M000100Y4", "91350100m000100Y43", "\uff19" * 18])
def test_what_has_no_such_form_is_no_code(code: str) -> None:
    assert not is_credit_code(code)
