"""What is masked is not found again, and made-up values have the form of real ones."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engines.text.cues_file import product_cues
from tests.engines.text.test_finding import FOUND, PIECES

from chengnuo.engines.text.finding import find_in
from chengnuo.engines.text.kinds import Evidence, Hit, Kind
from chengnuo.engines.text.made_up import made_up
from chengnuo.engines.text.masking import (
    KEPT,
    Mask,
    _starred,
    _starred_between,
    masked,
    named,
    partly,
    wholly,
)

KEY = b"a key of the tests, 32 bytes long"
LABELS = {kind: kind.name.lower() for kind in Kind}
MASKS: dict[str, Mask] = {"named": named(KEY), "partly": partly(), "wholly": wholly(LABELS)}
TEXTS = [re.sub("[{}]", "", marked) for _, marked in FOUND]


@pytest.mark.parametrize("style", sorted(MASKS))
@pytest.mark.parametrize("text", TEXTS)
def test_nothing_masked_is_found_again(style: str, text: str) -> None:
    hidden = masked(text, find_in(text, product_cues()), MASKS[style])
    assert hidden != text
    assert find_in(hidden, product_cues()) == []


@pytest.mark.parametrize("style", sorted(MASKS))
@given(pieces=st.lists(PIECES, max_size=20))
def test_nothing_masked_is_found_again_in_any_text(style: str, pieces: list[str]) -> None:
    text = "".join(pieces)
    hidden = masked(text, find_in(text, product_cues()), MASKS[style])
    assert find_in(hidden, product_cues()) == []


@pytest.mark.parametrize(("kind", "marked"), FOUND)
def test_a_made_up_value_has_the_same_form(kind: Kind, marked: str) -> None:
    text = re.sub("[{}]", "", marked)
    [hit] = find_in(text, product_cues())
    made = made_up(KEY)
    hidden = masked(text, [hit], made)
    assert hidden != text
    [again] = find_in(hidden, product_cues())
    assert (again.kind, again.start) == (kind, hit.start)
    assert hidden == masked(text, [hit], made), "the same value has the same made-up one"
    assert hidden != masked(text, [hit], made_up(KEY[::-1])), "another key makes up another"


def test_what_stays_readable() -> None:
    mask = partly()
    assert mask("13812345678", Kind.MOBILE) == "138****5678"
    assert mask("+86 138-1234-5678", Kind.MOBILE) == "+86 138-****-5678"
    assert mask("11010519491231002X", Kind.RESIDENT_ID) == "1****************X"
    assert mask("zhang.san@example.com", Kind.EMAIL) == "z****.***@example.com"
    assert mask("6222 0212 3456 7894", Kind.BANK_CARD) == "**** **** **** 7894"
    assert mask("张三丰", Kind.NAME) == "张**"
    assert mask("李", Kind.NAME) == "*"


def test_every_kind_has_what_stays_readable() -> None:
    assert set(KEPT) == set(Kind)


def test_a_name_is_the_same_for_the_same_value_and_key() -> None:
    one, other = named(KEY), named(KEY[::-1])
    assert one("13812345678", Kind.MOBILE) == one("13812345678", Kind.MOBILE)
    assert one("13812345678", Kind.MOBILE) != one("13812345679", Kind.MOBILE)
    assert one("13812345678", Kind.MOBILE) != other("13812345678", Kind.MOBILE)
    assert "13812345678" not in one("13812345678", Kind.MOBILE)


@pytest.mark.parametrize("mask", [made_up, named])
def test_a_short_key_is_refused(mask: object) -> None:
    assert callable(mask)
    with pytest.raises(ValueError, match="16 bytes"):
        mask(b"short")


@given(st.text("aZ0é中·() -_.:,/@（），*٣", max_size=24), st.sampled_from(sorted(KEPT)))
def test_the_short_way_hides_the_same(value: str, kind: Kind) -> None:
    assert _starred(value, KEPT[kind]) == _starred_between(value, KEPT[kind])


VALUES = st.tuples(
    st.text("aZ0é中𠀀\ud800·() -_.:,/@（），*", max_size=24),
    st.sampled_from(sorted(KEPT)),
    st.text("a中 @", max_size=2),
)


@given(st.lists(VALUES, max_size=12))
def test_many_values_at_once_are_masked_as_one_by_one(values: list[tuple[str, Kind, str]]) -> None:
    text, hits = "", []
    for value, kind, between in values:
        hits.append(Hit(len(text), len(text) + len(value), kind, Evidence.FORMAT))
        text += value + between
    mask = partly()
    start, end, kinds = (np.array(row, np.int64) for row in _rows(hits))
    told = mask.many(text, start, end, kinds).decode("utf-8", "surrogatepass")
    assert ascii(told) == ascii(masked(text, hits, mask)), ascii(hits)


def test_a_long_text_is_masked_as_its_lines_are() -> None:
    lines = [f"手机 138{number:08},邮箱a{number}@example.com" for number in range(50)]
    text = "\n".join(lines)
    whole = masked(text, find_in(text, product_cues()), partly())
    assert whole == "\n".join(
        masked(line, find_in(line, product_cues()), partly()) for line in lines
    )
    assert "*" in whole


def _rows(hits: list[Hit]) -> list[list[int]]:
    return [[hit.start for hit in hits], [hit.end for hit in hits], [int(hit.kind) for hit in hits]]
