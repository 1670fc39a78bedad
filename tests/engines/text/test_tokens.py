"""Tokens, and which may begin a value, are found the same by a loop and by arrays."""

import re

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.engines.text import batches, loops
from chengnuo.engines.text.by_tables import busy_chunks
from chengnuo.engines.text.codes import PAD, signs_of
from chengnuo.engines.text.folding import folded
from chengnuo.engines.text.tables import tables
from chengnuo.engines.text.tokens import CLASSES, DIGITS, HEXES, LETTERS, LONG, MIXED, tokens_of


@given(
    st.text(max_size=300) | st.text("0189afgzAFGZ .-:@_é中０ｚ：𠀀京", max_size=200),
    st.integers(0, 150),
)
def test_the_loop_and_the_arrays_agree(text: str, blank: int) -> None:
    text = "好" * blank + text
    signs, t = signs_of(text), tables()
    plain = tokens_of(t.classes[signs])
    spans = [match.span() for match in re.finditer("[0-9A-Za-z]+", folded(text))]
    assert list(zip(plain.start - PAD, plain.end - PAD, strict=True)) == spans
    loop = loops.begun(signs, busy_chunks(signs), t)
    for one, other in zip(batches.begun(t.codes[signs], t), loop, strict=True):
        assert one.tolist() == other.tolist()


def test_a_code_tells_length_and_making() -> None:
    text = b"12 af0 face xyz x1 " + b"a" * 100
    codes = tokens_of(CLASSES[np.frombuffer(text, np.uint8)]).code.tolist()
    assert codes == [2 | DIGITS, 3 | HEXES, 4 | HEXES, 3 | LETTERS, 2 | MIXED, LONG | HEXES]
