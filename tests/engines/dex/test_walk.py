"""The two ways of finding instructions give the same marks; compiled code does too."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from chengnuo.engines.dex import walk
from chengnuo.engines.dex.opcodes import WIDTHS
from chengnuo.engines.jit import can_compile, compiled

VALUES = (np.arange(256) % 5 + 1).astype(np.uint8)
Mark = Callable[..., None]
WAYS: list[Mark] = [walk.mark_in_lock_step]
if can_compile():
    WAYS.append(compiled(walk.mark_one_by_one))

COMMON = st.sampled_from(
    [0x0E, 0x12, 0x1A, 0x6E, 0x14, 0x18, 0x28, 0x32, 0x54, 0x0100, 0x0200, 0x0300, 0x3E, 0xFA, 1, 2]
)
UNITS = st.lists(COMMON | st.integers(0, 0xFFFF), min_size=1, max_size=300)


def marked(
    mark: Mark, units: NDArray[np.uint16], first: NDArray[np.int64], size: NDArray[np.int64]
) -> tuple[list[int], list[int]]:
    marks, faults = np.zeros(int(size.sum()), np.uint8), np.full(len(first), -1, np.int64)
    mark(units, WIDTHS, VALUES, first, size, np.cumsum(size) - size, marks, faults)
    return marks.tolist(), faults.tolist()


def plainly(
    units: list[int], first: NDArray[np.int64], size: NDArray[np.int64]
) -> tuple[list[int], list[int]]:
    """Return what the loop marks in plain Python."""
    marks, faults = bytearray(int(size.sum())), [-1] * len(first)
    walk.mark_one_by_one(
        units,
        WIDTHS.tolist(),
        VALUES.tolist(),
        first.tolist(),
        size.tolist(),
        (np.cumsum(size) - size).tolist(),
        marks,
        faults,
    )
    return list(marks), faults


@pytest.mark.parametrize("way", WAYS)
@given(units=UNITS, seed=st.integers(0, 2**32 - 1), methods=st.integers(1, 400))
def test_every_way_marks_the_same_instructions(
    way: Mark, units: list[int], seed: int, methods: int
) -> None:
    random = np.random.default_rng(seed)
    code = np.array(units, np.uint16)
    first = random.integers(0, len(code), methods)
    size = random.integers(0, len(code) - first + 1)
    assert marked(way, code, first, size) == plainly(units, first, size)


def test_instructions_are_sorted_by_kind_for_methods_that_overlap() -> None:
    code = np.array([0x1A, 7, 0x12, 0x0E], np.uint16)
    kinds = np.zeros(256, np.uint8)
    kinds[0x1A], kinds[0x0E] = 2, 1
    walked = walk.walk(code, kinds, np.array([0, 2, 0]), np.array([4, 2, 3]))
    assert walked.bounds.tolist() == [0, 2, 4, 4, 4, 4]
    assert walked.method.tolist() == [0, 1, 0, 2]
    assert walked.place.tolist() == [3, 3, 0, 0]
    assert walked.faults.tolist() == [-1, -1, -1]


def test_a_method_with_a_fault_has_no_instructions() -> None:
    code = np.array([0x12, 0x12, 0x3E, 0x0E], np.uint16)
    walked = walk.walk(code, np.ones(256, np.uint8), np.array([0, 3]), np.array([4, 1]))
    assert walked.method.tolist() == [1]
    assert walked.faults.tolist() == [2, -1]


def test_no_methods_have_no_instructions() -> None:
    none = np.zeros(0, np.int64)
    walked = walk.walk(np.zeros(4, np.uint16), np.ones(256, np.uint8), none, none)
    assert len(walked.place) == 0
