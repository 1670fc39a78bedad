"""Tokens are found the same by a loop and by arrays."""

import re

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.engines.text.tokens import (
    CLASSES,
    DIGITS_ONLY,
    HEX_ONLY,
    LONG,
    scan_byte_by_byte,
    scan_in_numpy,
)


@given(st.binary(max_size=300) | st.text("09afgzAFGZ .-é中", max_size=200).map(str.encode))
def test_the_loop_and_the_arrays_agree(given_bytes: bytes) -> None:
    data = np.frombuffer(given_bytes, np.uint8)
    plain = scan_in_numpy(data, CLASSES)
    loop = scan_byte_by_byte(data, CLASSES)
    for one, other in zip(plain, loop, strict=True):
        assert one.tolist() == other.tolist()
    spans = [match.span() for match in re.finditer(rb"[0-9A-Za-z]+", given_bytes)]
    assert list(zip(plain[0].tolist(), plain[1].tolist(), strict=True)) == spans


def test_a_code_tells_length_and_making() -> None:
    text = b"12 af0 xyz " + b"a" * 100
    codes = scan_in_numpy(np.frombuffer(text, np.uint8), CLASSES)[2].tolist()
    assert codes == [2 | DIGITS_ONLY | HEX_ONLY, 3 | HEX_ONLY, 3, LONG | HEX_ONLY]
