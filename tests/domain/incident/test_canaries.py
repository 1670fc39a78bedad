"""Canary values: the same from the same key, well formed, apart from each other."""

import re
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.domain.incident.canaries import (
    UNASSIGNED_SEGMENT,
    CanaryKind,
    canary_value,
    commitment,
    normal,
)
from chengnuo.engines.text.kinds import Kind
from chengnuo.engines.text.shapes import SHAPES

FORMS = {
    CanaryKind.PHONE: ("", r"154\d{8}"),
    CanaryKind.EMAIL: ("mail.example.com", r"[a-z2-9]{10}@mail\.example\.com"),
    CanaryKind.ADDRESS: ("示例路1号", r"示例路1号\d{1,2}号楼\d{1,2}\d{2}室"),
    CanaryKind.NAME: ("", r"[一-鿿]{3}"),
}


def seed(text: str) -> str:
    return sha256(text.encode()).hexdigest()


@given(kind=st.sampled_from(CanaryKind), text=st.text())
def test_a_value_is_well_formed_and_the_same_again(kind: CanaryKind, text: str) -> None:
    own, form = FORMS[kind]
    made = canary_value(kind, seed(text), own)
    assert re.fullmatch(form, made.value)
    assert made == canary_value(kind, seed(text), own)
    assert normal(f" {made.value.upper()}\t") == normal(made.value)
    assert made.out_of > 1


def test_other_seeds_give_other_values_about_as_often_as_is_said() -> None:
    many = {canary_value(CanaryKind.EMAIL, seed(f"{one}"), "a.cn").value for one in range(5_000)}
    assert len(many) == 5_000


def test_our_recognisers_take_the_segment_for_no_number_in_use() -> None:
    mobile = next(shape.form.pattern for shape in SHAPES if shape.kind is Kind.MOBILE)
    assert mobile.fullmatch(f"{UNASSIGNED_SEGMENT}00000000") is None
    assert mobile.fullmatch("13900000000") is not None


@pytest.mark.parametrize("length", [3, 7, 10])
def test_a_number_lies_in_the_block_that_was_given(length: int) -> None:
    block = "1701234567"[:length]
    made = canary_value(CanaryKind.PHONE, seed("a"), block)
    assert made.value.startswith(block)
    assert (len(made.value), made.out_of) == (11, 10 ** (11 - length))


def test_a_commitment_is_what_anybody_can_compute() -> None:
    assert commitment("00", "x") == sha256(b"00:x").hexdigest()
