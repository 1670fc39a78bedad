"""A text in pieces has the values of the whole text."""

import re

from hypothesis import given
from hypothesis import strategies as st
from tests.engines.text.cues_file import product_cues
from tests.engines.text.test_finding import FOUND, PIECES

from chengnuo.engines.text.finding import find_in
from chengnuo.engines.text.streaming import found_blocks

LINES = st.lists(PIECES, max_size=5).map(lambda found: "".join(found) + "\n")
ALL = "".join(f"{re.sub('[{}]', '', marked)}，然后" for _, marked in FOUND)


def spans_of(pieces: list[str], *, block: int, rest: int = 1024) -> list[tuple[int, int, str]]:
    """Return the values of a text in pieces, as places and kinds in the whole."""
    at, found = 0, []
    for text, hits in found_blocks(
        pieces, lambda piece: find_in(piece, product_cues()), block=block, rest=rest
    ):
        found += [(at + hit.start, at + hit.end, hit.kind.name) for hit in hits]
        at += len(text)
    assert at == sum(map(len, pieces))
    return found


def whole(text: str) -> list[tuple[int, int, str]]:
    """Return the values of a text gone through at once."""
    return [(hit.start, hit.end, hit.kind.name) for hit in find_in(text, product_cues())]


@given(st.lists(LINES, max_size=12), st.integers(1, 40), st.data())
def test_lines_in_any_pieces(lines: list[str], block: int, data: st.DataObject) -> None:
    text = "".join(lines)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=6)))
    pieces = [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    assert spans_of(pieces, block=block, rest=len(text) + 1) == whole(text)


@given(st.integers(150, 400), st.integers(1, 97))
def test_one_long_line_is_cut_between_values(block: int, step: int) -> None:
    pieces = [ALL[at : at + step] for at in range(0, len(ALL), step)]
    assert spans_of(pieces, block=block, rest=100) == whole(ALL)
    assert len(whole(ALL)) == len(FOUND)
