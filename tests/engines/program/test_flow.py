"""The ways through a method: blocks, dominators, and what lies on every way."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from tests.engines.program.units import Class, Method, Op, back, goto, label, number, unit, when

from chengnuo.engines.program.body import Comparison
from chengnuo.engines.program.flow import (
    Flow,
    chain_to,
    dominators,
    flow_of,
    on_every_way,
    reached_blocks,
)

EQ = Comparison.EQUAL


@st.composite
def graphs(draw: st.DrawFn) -> list[list[int]]:
    """Return edges of a graph of up to nine nodes."""
    size = draw(st.integers(1, 9))
    nodes = st.integers(0, size - 1)
    return [draw(st.lists(nodes, max_size=3, unique=True)) for _ in range(size)]


def without(edges: list[list[int]], node: int) -> list[list[int]]:
    return [[t for t in targets if t != node] for targets in edges]


def dominates(edges: list[list[int]], first: int, second: int) -> bool:
    """Tell by the definition: without the first no way leads to the second."""
    if first in {0, second}:
        return True
    return second not in reached_blocks(without(edges, first))


@given(graphs())
def test_dominators_are_those_of_the_definition(edges: list[list[int]]) -> None:
    above = dominators(edges)
    reached = reached_blocks(edges)
    for node in range(len(edges)):
        expected = {n for n in reached if dominates(edges, n, node)} if node in reached else set()
        assert set(chain_to(above, node)) == expected


@given(graphs(), st.sets(st.integers(0, 8), max_size=3))
def test_on_every_way_is_what_no_way_can_leave_out(edges: list[list[int]], ends: set[int]) -> None:
    reached = reached_blocks(edges)
    ends = {end for end in ends if end < len(edges)}
    if not ends & reached:
        return
    expected = {
        node
        for node in reached
        if node == 0 or not ends - {node} & reached_blocks(without(edges, node))
    }
    assert on_every_way(edges, ends) == expected


def test_without_an_end_it_is_what_comes_before_the_first_choice() -> None:
    assert on_every_way([[1], [2], [3, 4], [2], [2]], []) == {0, 1, 2}
    assert on_every_way([[1], [0]], []) == {0, 1}
    assert on_every_way([], []) == frozenset()


def test_a_deep_graph_needs_no_deep_stack() -> None:
    edges = [[n + 1] for n in range(5_000)] + [[]]
    assert dominators(edges)[-1] == 4_999


def flow(*code: Op, caught: tuple[tuple[str, str, str], ...] = ()) -> Flow:
    made = unit(Class("La/A;", [Method("m()V", code, caught=caught)]))
    body = made.bodies.body(0)
    assert body is not None
    return flow_of(body.outline(), body.caught)


def test_blocks_begin_where_something_goes_to() -> None:
    found = flow(
        number(0, 1), when(EQ, 0, "else"), number(1, 2), goto("end"), label("else"), number(1, 3),
        label("end"), back(1),
    )  # fmt: skip
    assert found.starts == (0, 2, 4, 5, 6)
    assert found.after == ((2, 1), (3,), (3,), ())
    assert found.before == ((), (0,), (0,), (1, 2))
    assert found.returns == (3,)
    assert [found.block_of(n) for n in range(6)] == [0, 0, 1, 1, 2, 3]


def test_an_exception_goes_from_what_is_tried_to_what_catches() -> None:
    found = flow(
        number(0, 1), label("try"), number(1, 1), label("tried"), back(), label("catch"), back(),
        caught=(("try", "tried", "catch"),),
    )  # fmt: skip
    assert found.caught == ((), (3,), (), ())
    assert found.thrown[3] == (1,)


def test_starts_are_ascending_in_any_body() -> None:
    found = flow(label("a"), number(0, 0), when(EQ, 0, "a"), goto("a"))
    assert all(a < b for a, b in pairwise(found.starts))
