"""Sets of ordinals against Python's own: members, union, one form for each set."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.engines.planes.people import (
    CHUNK_BYTES,
    NOBODY,
    growing,
    joined_of,
    people_of,
    union,
)

ORDINALS = st.lists(st.integers(1, 3 << 16), max_size=40)


@given(st.lists(ORDINALS, max_size=5))
def test_a_union_holds_whoever_is_in_any_part(parts: list[list[int]]) -> None:
    members = sorted({one for part in parts for one in part})
    whole = union(people_of(part) for part in parts)
    assert whole.ordinals().tolist() == members
    assert len(whole) == len(members)
    assert whole == people_of(reversed(members * 2))
    *_, last = [NOBODY, *growing(map(people_of, parts))]
    assert last == whole


@given(ORDINALS, st.dictionaries(st.integers(1, 200), st.integers(1, 200), max_size=9))
def test_other_names_are_replaced_by_the_one_that_stands_for_them(
    members: list[int], same: dict[int, int]
) -> None:
    near = [one % 200 + 1 for one in members]
    found = people_of(near).joined(joined_of(same.items()))
    assert set(found.ordinals().tolist()) == {same.get(one, one) for one in near}


def test_a_full_chunk_and_a_list_are_counted_and_merged_alike() -> None:
    many, few = people_of(np.arange(1, 70_000)), people_of([5, 69_999, 70_000, 200_000])
    whole = union((few, many, few))
    assert {len(one) for one in many.chunks.values()} >= {CHUNK_BYTES}
    assert (len(many), len(few), len(whole)) == (69_999, 4, 70_001)
    assert whole == people_of(np.append(np.arange(1, 70_001), 200_000))
    for size in (4_095, 4_096):  # where the two forms meet
        edge = people_of(range(1, size + 1))
        assert union((people_of(range(1, 3_000)), people_of(range(2_000, size + 1)))) == edge
        assert len(edge) == size


def test_nobodys_ordinal_is_nobody() -> None:
    assert people_of([0, -1, 2**80]) == NOBODY
    assert len(NOBODY.joined(joined_of([(1, 2)]))) == 0
