"""Planes against a plain dictionary: every value read back, nobody's read for somebody else's."""

from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.engines.planes.keys import keys_of, split
from chengnuo.engines.planes.lane import Lane, bytes_for
from chengnuo.engines.planes.ordinals import ordinals_of
from chengnuo.engines.planes.planes import NOTHING, Value, Whole
from chengnuo.engines.planes.untils import NEVER, SLOT_BYTES, Untils
from chengnuo.engines.planes.writing import memory_planes, put_value, put_whole

WRITES = st.lists(st.tuples(st.integers(0, 199), st.integers(0, 3)), max_size=60)


def lane_of(capacity: int) -> Lane:
    return Lane(memoryview(bytearray(bytes_for(capacity))))


@given(WRITES)
def test_a_lane_holds_what_was_written_last_and_nothing_else(writes: list[tuple[int, int]]) -> None:
    lane, plain = lane_of(200), dict[int, int]()
    for ordinal, value in writes:
        lane.put(ordinal, value)
        plain[ordinal] = value
    assert [lane[one] for one in range(200)] == [plain.get(one, 0) for one in range(200)]
    counts = [list(plain.values()).count(value) for value in range(4)]
    assert lane.counts()[1:] == tuple(counts[1:])
    assert [lane.count(value) for value in (1, 2, 3)] == counts[1:]
    assert sum(lane.counts()) == len(lane.view) * 4


@pytest.mark.parametrize("words", [1, 23, 24, (1 << 17) + 25])
def test_a_long_lane_is_counted_as_it_is_one_by_one(words: int) -> None:
    lane = Lane(memoryview(bytearray(Random(words).randbytes(words * 8))))
    bytes_of = np.bincount(lane.array(), minlength=256)
    plain = [
        sum(
            int(bytes_of[one]) * [one >> s & 3 for s in (0, 2, 4, 6)].count(v) for one in range(256)
        )
        for v in range(4)
    ]
    assert list(lane.counts()) == plain
    assert [lane.count(value) for value in (1, 2, 3)] == plain[1:]


@pytest.mark.parametrize("ordinal", [-1, -(2**80), 224, 2**31, 2**80])
def test_beyond_a_lane_nothing_is_known(ordinal: int) -> None:
    lane = lane_of(200)
    lane.array()[:] = 0xFF
    assert lane[ordinal] == 0


@given(WRITES)
def test_a_lane_takes_over_another_by_what_each_value_becomes(
    writes: list[tuple[int, int]],
) -> None:
    source, lane = lane_of(200), lane_of(400)
    for ordinal, value in writes:
        source.put(ordinal, value)
    lane.take_over(source, (0, 2, 1, 3))
    assert [lane[one] for one in range(200)] == [(0, 2, 1, 3)[source[one]] for one in range(200)]
    assert not any(lane[one] for one in range(224, 400))


@given(
    st.dictionaries(
        st.tuples(st.integers(0, 2**40), st.integers(1, 4095)), st.integers(0, NEVER), max_size=16
    ),
    st.integers(1, 4095),
)
def test_ends_are_found_one_by_one_and_many_at_once(
    plain: dict[tuple[int, int], int], lane: int
) -> None:
    untils = Untils.over(memoryview(bytearray(16 * SLOT_BYTES)))
    for (ordinal, number), end in plain.items():
        assert untils.put(ordinal, number, end)
    assert {(one, number): end for one, number, end in untils.entries()} == plain
    assert untils.filled() == len(plain)
    asked = sorted({ordinal for ordinal, _ in plain} | {0, 7, 2**40})
    if len(plain) < 16:
        expected = [plain.get((one, lane), NEVER) for one in asked]
        assert [untils.get(one, lane) for one in asked] == expected
        assert untils.gathered(np.asarray(asked), lane).tolist() == expected


def test_a_full_table_of_ends_says_so_and_still_changes_what_it_has() -> None:
    untils = Untils.over(memoryview(bytearray(4 * SLOT_BYTES)))
    assert [untils.put(one, 1, 9) for one in range(5)] == [True] * 4 + [False]
    assert untils.put(2, 1, 11)
    assert [untils.get(one, 1) for one in range(5)] == [9, 9, 11, 9, NEVER]
    assert untils.gathered(np.arange(5), 1).tolist() == [9, 9, 11, 9, NEVER]


VALUES = st.builds(Value, st.integers(0, 3), st.sampled_from((3, 5, NEVER)))
WHOLES = st.builds(
    Whole,
    flags=st.integers(0, 0x3F),
    values=st.dictionaries(st.sampled_from("abc"), VALUES, max_size=3),
)


@given(st.lists(st.tuples(st.integers(0, 9), WHOLES), max_size=20), st.integers(0, 9))
def test_keys_say_what_counts_at_an_instant(wholes: list[tuple[int, Whole]], at: int) -> None:
    planes = memory_planes("abc", 10)
    last = dict(wholes)
    for ordinal, whole in wholes:
        assert put_whole(planes, ordinal, whole)
    strangers = [-1, 10, 11, 2**61]
    keys = keys_of(planes, ordinals_of([*range(10), *strangers]), "cab", at=at)
    for ordinal, key in enumerate(keys[:10].tolist()):
        flags, values = split(key, 3)
        whole = last.get(ordinal, Whole())
        assert flags == whole.flags
        for name, value in zip("cab", values, strict=True):
            known = whole.values.get(name, Value(0))
            is_over = known.value in {1, 2} and known.end <= at
            assert value == (0 if is_over else known.value)
    assert keys[10:].tolist() == [0] * 4


@pytest.mark.parametrize(
    ("value", "end", "at", "counts"),
    [
        pytest.param(1, 5, 4, 1, id="before its end"),
        pytest.param(1, 5, 5, 0, id="at its end"),
        pytest.param(2, 5, 6, 0, id="after its end"),
        pytest.param(3, 5, 6, 3, id="a no has no end"),
        pytest.param(1, NEVER, 2**62, 1, id="without end"),
    ],
)
def test_a_value_counts_until_its_end(value: int, end: int, at: int, counts: int) -> None:
    planes = memory_planes("a", 4)
    put_value(planes, 2, "a", Value(1, end))
    put_value(planes, 2, "a", Value(value, end))
    assert split(keys_of(planes, ordinals_of([2]), "a", at=at).tolist()[0], 1)[1] == (counts,)


@given(st.integers(0, 2**32))
def test_a_key_is_split_into_what_it_is_made_of(seed: int) -> None:
    random = Random(seed)
    values = tuple(random.randrange(4) for _ in range(9))
    flags = random.randrange(64)
    key = flags | sum(value << 6 + 2 * number for number, value in enumerate(values))
    assert split(key, 9) == (flags, values)


def test_a_value_without_end_takes_the_place_of_one_with() -> None:
    planes = memory_planes("a", 4)
    assert put_value(planes, 1, "a", Value(1, 5))
    assert planes.end("a", 1) == 5
    assert put_value(planes, 1, "a", Value(1))
    assert planes.end("a", 1) == NEVER


def test_there_is_nobody_in_no_planes() -> None:
    assert (NOTHING.flags_of(0), NOTHING.value("a", 0), NOTHING.end("a", 0)) == (0, 0, NEVER)
    assert keys_of(NOTHING, ordinals_of([0, -1, 5]), ["a"], at=0).tolist() == [0, 0, 0]
