"""Texts measured, cut and broken by the columns that they take on a screen."""

import doctest

from hypothesis import given
from hypothesis import strategies as st

from chengnuo.base import columns as module
from chengnuo.base.columns import columns, cut, padded, plain, wrapped

WIDTHS = st.integers(min_value=2, max_value=30)


def test_the_examples_hold() -> None:
    assert doctest.testmod(module).failed == 0


@given(st.text(), WIDTHS)
def test_no_line_is_wider_and_nothing_but_blanks_is_lost(text: str, most: int) -> None:
    shown = plain(text)
    lines = list(wrapped(shown, most))
    assert all(columns(line) <= most for line in lines)
    assert "".join(lines).replace(" ", "") == shown.replace(" ", "")


@given(st.text(), WIDTHS)
def test_what_is_cut_fits_and_what_is_padded_fills(text: str, most: int) -> None:
    assert columns(cut(plain(text), most)) <= most
    assert columns(padded(plain(text), most)) == most


@given(st.text())
def test_what_is_shown_can_be_printed(text: str) -> None:
    assert plain(text).isprintable()


def test_a_closing_mark_stays_with_its_word() -> None:
    assert list(wrapped("同意之前，读取", 8)) == ["同意之", "前，读取"]
