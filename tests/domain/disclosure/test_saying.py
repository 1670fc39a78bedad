"""Texts put together in both languages; what is filled in is never read as a pattern."""

from chengnuo.base.text import Text
from chengnuo.domain.disclosure.saying import both, fill, joined_texts, sentences


def test_braces_in_what_is_filled_in_stay_braces() -> None:
    assert fill("“{x}”", "“{x}”", x=Text("{0.__class__}")) == Text(
        "“{0.__class__}”", "“{0.__class__}”"
    )


def test_a_text_without_english_shows_its_chinese() -> None:
    assert both(Text("茶")) == Text("茶", "茶")
    assert joined_texts((Text("茶"), Text("水", "water"))) == Text("茶、水", "茶, water")


def test_sentences_end_with_one_stop_each() -> None:
    assert sentences((Text("甲。", "a."), Text("乙", "b"))) == Text("甲。乙。", "A. B.")
    assert sentences((Text("只有中文"),)) == Text("只有中文。", "只有中文。")
