"""A model of words is asked wherever what it says may count, and hardly in other prose."""

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st
from tests.engines.text.knowledge_files import product_search

from chengnuo.engines.text.viewed import viewed
from chengnuo.engines.text.worth_asking import persons_may_begin

# Surnames, usual and rare signs of given names, signs of no name, of names of other languages.
SIGNS = "王欧阳司马张伟犇丨的您务阿迪买提·古丽，。\n a1*\U0001f600\U00020000\u3400"


def begins(text: str) -> list[int]:
    """Return where the name of a person may begin in a text."""
    known = np.zeros(len(text), np.bool_)
    found: list[int] = persons_may_begin(viewed(text), product_search().names, known).tolist()
    return found


@given(st.text(SIGNS, max_size=30))
@example("欧阳犇")
@example("司马伟犇")
@example("王犇")
@example("阿迪买")
@example("王\U00020000")
def test_every_name_that_the_model_of_names_does_not_know(text: str) -> None:
    words = product_search().names.words
    unknown = {
        start
        for start in range(len(text))
        for end in range(start + 2, min(start + 8, len(text)) + 1)
        if words.is_unknown(text[start:end])
    }
    assert unknown <= set(begins(text))


def test_names_that_it_knows_and_hardly_any_prose() -> None:
    assert 2 in begins("客户王晓梅来电")
    assert begins("您可以随时撤回授权，我们会停止处理您提供的这些信息。") == []


def test_a_word_with_a_sign_of_no_name_is_no_rare_name() -> None:
    words = product_search().names.words
    assert words.is_unknown("张犇")
    assert not words.is_unknown("张的")
    assert not words.is_unknown("张a")
    assert not words.is_unknown("欧阳您")
