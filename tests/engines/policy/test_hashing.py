"""Buckets are the same by arrays and by the plain reference."""

from hypothesis import given
from hypothesis import strategies as st

from chengnuo.engines.policy.hashing import Hashing, folded, grams, plain_grams

TEXTS = st.text(max_size=60) | st.text("aZ09 ，。中文ＡＢ\n\U00020000", max_size=60)


@given(
    st.lists(TEXTS, max_size=5),
    st.sampled_from([(5, 1), (16, 5), (16, 3)]),
    st.booleans(),
)
def test_the_arrays_and_the_reference_agree(
    texts: list[str], sizes: tuple[int, int], words: bool
) -> None:
    how = Hashing(*sizes, words=words)
    found = grams(texts, how)
    for at, text in enumerate(texts):
        mine = found.text == at
        counts = dict(zip(found.bucket[mine].tolist(), found.count[mine].tolist(), strict=True))
        assert counts == plain_grams(text, how)


def test_wide_signs_capitals_digits_and_spaces_are_folded() -> None:
    assert folded("我们 \uff33\uff24\uff2b 2.0", words=False) == "我们sdk0.0"
    assert folded(" We  share\n3 items", words=True) == "we share 0 items"
