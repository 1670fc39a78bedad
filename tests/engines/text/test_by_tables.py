"""The search by tables finds what the plain search finds, by arrays, by loops and compiled."""

import time
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.engines.text.cues_file import product_cues
from tests.engines.text.pii_lines import CHANGED, LINES
from tests.engines.text.test_finding import PIECES

from chengnuo.engines.jit import compiled
from chengnuo.engines.text.by_tables import (
    LOOPS,
    PARTS,
    Loops,
    Spans,
    search_by_arrays,
    search_by_loops,
)
from chengnuo.engines.text.check_digits import ID_CHECKS, ID_WEIGHTS
from chengnuo.engines.text.cue_tables import cue_tables
from chengnuo.engines.text.finding import find_in, find_in_many, find_one_by_one
from chengnuo.engines.text.kinds import Evidence
from chengnuo.engines.text.shapes import SHAPES
from chengnuo.engines.text.tables import tables

TEXTS = LINES | st.lists(PIECES, max_size=30).map("".join)
Found = list[tuple[int, int, str, str]]


def plainly(text: str) -> Found:
    """Return what the plain search finds."""
    return [
        (hit.start, hit.end, hit.kind.name, hit.evidence.name)
        for hit in find_one_by_one(text, product_cues())
    ]


def told(spans: Spans) -> Found:
    """Return what a search by tables finds, in the same form."""
    found = zip(spans.start, spans.end, spans.shape, spans.evidence, strict=True)
    return [
        (start, end, SHAPES[shape].kind.name, Evidence(evidence).name)
        for start, end, shape, evidence in found
    ]


@given(TEXTS)
@example("\u212a" * 3 + "护照İ12345678")
@example("护照 no_1a2B E12345678,E12345678（护照")
@example("手机12id:13812345678 手机 id 3 13812345678")
@example("生日2026-01T08:00 生日：2026-01-1T08 生日 19900101T")
@example("邮箱_a@b.cn a.b-c@d.com a_b_c.d 1.2.3.4 fe80::1 2001:db8::")
def test_arrays_and_loops_find_what_is_there(text: str) -> None:
    found = plainly(text)
    assert told(search_by_arrays(text, product_cues())) == found
    assert told(search_by_loops(text, product_cues())) == found


@pytest.mark.slow
@settings(max_examples=1000)
@given(TEXTS)
def test_the_same_by_many_more_texts(text: str) -> None:
    found = plainly(text)
    assert told(search_by_arrays(text, product_cues())) == found
    assert told(search_by_loops(text, product_cues())) == found


@pytest.mark.slow
def test_the_same_compiled() -> None:
    ways: list[Any] = [compiled(loop, parts) for loop, parts in zip(LOOPS, PARTS, strict=True)]
    way = Loops(*ways)

    @settings(max_examples=1000)
    @given(TEXTS)
    def check(text: str) -> None:
        found = search_by_loops(text, product_cues(), way)
        assert told(found) == plainly(text)

    check()


@given(st.lists(LINES, max_size=6))
def test_many_texts_at_once(texts: list[str]) -> None:
    assert find_in_many(texts, product_cues()) == [find_in(text, product_cues()) for text in texts]
    long = [text + "。\n" * 400 for text in texts]
    assert find_in_many(long, product_cues()) == [find_in(text, product_cues()) for text in texts]


def are_told_alike(value: str) -> None:
    """See that a value is told the same sign by sign and whole, by every check of its form."""
    for shape in SHAPES:
        match = shape.form.pattern.fullmatch(value)
        if match is not None and shape.check is not None:
            state = shape.check.first
            for sign in value:
                state = None if state is None else shape.check.step(state, sign)
            is_right = state is not None and shape.check.accepts(state)
            assert is_right == shape.check.tells(value), (shape.kind, value)


@given(CHANGED)
def test_a_check_sign_by_sign_tells_what_it_tells_of_the_whole(value: str) -> None:
    are_told_alike(value)


@given(st.sampled_from(["110105", "911001"]), st.integers(0, 9999), st.integers(0, 1399))
@example("110105", 1829, 1231)
@example("110105", 1900, 229)
def test_of_every_century_with_a_right_check_digit(area: str, year: int, day: int) -> None:
    number = f"{area}{year:04}{day:04}002"
    total = sum(int(digit) * weight for digit, weight in zip(number, ID_WEIGHTS, strict=True))
    are_told_alike(number + ID_CHECKS[total % 11])


def test_tables_are_small() -> None:
    assert tables().then.nbytes < 2 << 20
    assert cue_tables(product_cues()).names.nbytes < 1 << 20
    assert cue_tables(product_cues()).words.nbytes < 1 << 20


def test_a_line_of_numbers_that_all_overlap_takes_no_square_of_time() -> None:
    text = ",".join(f"39.{place:04d}" for place in range(20_000))
    begun = time.process_time()
    assert search_by_arrays(text, product_cues()).start.size >= 0
    assert time.process_time() - begun < 10
