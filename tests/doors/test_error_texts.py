"""Every error code has its words, in Chinese first."""

import re

from tests.docs.test_errors import CODES

from chengnuo.base.text import Lang
from chengnuo.doors.error_texts import ERRORS, error_text

OF_DOORS = {
    "body-too-large",
    "method-not-allowed",
    "not-found",
    "too-slow",
    "unexpected",
    "wrong-host",
}
"""Said by doors without an error class behind them."""
ROOT = {"error"}


def test_every_error_has_words_and_no_words_are_of_nothing() -> None:
    assert set(ERRORS) == (set(CODES) | OF_DOORS) - ROOT


def test_the_words_are_whole_sentences_in_both_languages() -> None:
    for code, text in ERRORS.items():
        assert re.search(r"[\u4e00-\u9fff].*。$", text.zh), code
        assert text.en, code


def test_an_unknown_code_gets_the_words_of_its_kind() -> None:
    assert error_text("no-such-code", Lang.ZH) == ERRORS["invalid-input"].zh
