"""Passwords that are tried first are known, however they are written; a person's own are not."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.usecases.common_passwords import is_common


@pytest.mark.parametrize(
    "password",
    [
        "password1234",
        "P@ssw0rd2024!",
        "\uff30\uff41\uff53\uff53word1234",  # of full width
        "qwertyuiop12",
        "poiuytrewq09",
        "1qaz2wsx3edc",
        "123456789012",
        "woaini1314520",
        "passwordpassword",
        "abc123abc123",
        "administrator!",
        "Welcome - 2024!!!",
        "letmein please 1",
        "我爱你我的密码123456",
        "chengnuo admin 1",
        "sunshine monkey dragon",
    ],
)
def test_common_words_rows_and_numbers_are_known(password: str) -> None:
    assert is_common(password)


@pytest.mark.parametrize("password", ["leavemealone", "FinalFantasy", "playstation3"])
def test_frequent_leaks_that_follow_no_rule_are_known(password: str) -> None:
    assert is_common(password)


@pytest.mark.parametrize(
    "password",
    [
        "four quiet lanterns",
        "江上数峰青曲终人不见明月",
        "a1 b2 c3 d4 e5",
        "correct horse battery staple",
        "hangzhou-rain-2026-teacup",
        "Xk9#mP2$vL7q",
        "sunshine monkey dragon summer",
    ],
)
def test_words_of_ones_own_are_not(password: str) -> None:
    assert not is_common(password)


@given(st.text(max_size=200))
def test_any_text_is_answered(password: str) -> None:
    assert is_common(password) in {True, False}


@pytest.mark.parametrize(
    "password",
    ["password1" * 22, "password1!x2" * 17, "12a" * 66 + "z", "ab" * 99 + "c", "!" * 200],
)
def test_the_longest_password_takes_no_time_to_look_at(password: str) -> None:
    began = time.process_time()
    is_common(password[:200])
    assert time.process_time() - began < 1.0
