"""Canonical JSON: the vectors of RFC 8785, and what is refused."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.base.canonical import NotCanonicalError, canonical_json


def test_strings_are_escaped_as_rfc_8785_section_3_2_2_2_says() -> None:
    given_text = "\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"/"
    expected = '{"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    assert canonical_json({"string": given_text}) == expected.encode()


def test_keys_are_sorted_by_utf_16_as_rfc_8785_section_3_2_3_says() -> None:
    keys = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]
    expected = ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]
    assert list(json.loads(canonical_json(dict.fromkeys(keys, 0)))) == expected


@pytest.mark.parametrize(
    "value",
    [
        pytest.param({"a": 1.5}, id="fraction"),
        pytest.param([2**53], id="integer over 53 bits"),
        pytest.param("\ud800", id="lone surrogate"),
        pytest.param({1: "a"}, id="key not a string"),
        pytest.param(b"a", id="bytes"),
        pytest.param({"a": {1, 2}}, id="set"),
    ],
)
def test_what_has_no_canonical_form_is_refused(value: object) -> None:
    with pytest.raises(NotCanonicalError) as refused:
        canonical_json(value)  # type: ignore[arg-type]  # what types forbid is what is tested
    assert refused.value.code == "not-canonical"


TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=8)
TREES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXTS,
    lambda child: st.lists(child, max_size=4) | st.dictionaries(TEXTS, child, max_size=4),
)


@given(TREES)
def test_a_value_reads_back_and_writes_the_same_bytes(value: object) -> None:
    data = canonical_json(value)  # type: ignore[arg-type]  # the generator makes trees only
    assert json.loads(data) == value
    assert canonical_json(json.loads(data)) == data
