"""The ways through one method: basic blocks, edges between them, and what lies on every way.

A block begins where something goes to, after whatever goes elsewhere, and where a `try` begins or
ends, so that an exception may leave it as a whole or not. Dominators are found as by Cooper,
Harvey and Kennedy (A Simple, Fast Dominance Algorithm, 2001), over blocks in reverse postorder.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from chengnuo.engines.program.body import Caught, Do, Outline

_GOES_ON = frozenset({Do.IF, Do.SWITCH})
_RETURN = Do.RETURN


@dataclass(frozen=True, slots=True)
class Flow:
    """The blocks of a body; block 0 is where it begins.

    Attributes:
        starts: Index of the first instruction of each block, ascending; one more entry at the end.
        after: Blocks that each one normally goes on to, without doubles: what is next in the code
            last.
        caught: Blocks where what it throws is caught.
        before: Blocks that normally go on to each one.
        thrown: Blocks whose exceptions each one catches.
        returns: Blocks that return.

    """

    starts: tuple[int, ...]
    after: tuple[tuple[int, ...], ...]
    caught: tuple[tuple[int, ...], ...]
    before: tuple[tuple[int, ...], ...]
    thrown: tuple[tuple[int, ...], ...]
    returns: tuple[int, ...]

    def block_of(self, index: int) -> int:
        """Return the block that an instruction, by its index, is in."""
        return bisect_right(self.starts, index, 0, len(self.starts) - 1) - 1


def flow_of(outline: Outline, caught: Sequence[Caught]) -> Flow:
    """Return the ways through a method; a place that is no instruction is not gone to.

    Args:
        outline: Its instructions.
        caught: What is caught where.

    """
    places, index, count = outline.places, outline.index, len(outline.places)
    leaders = {0} if count else set()
    for leaf in outline.leaves:
        leaders.add(leaf.at + 1)
        leaders.update(at for to in leaf.targets if (at := index(to)) is not None)
    for one in caught:
        for place in (one.start, one.end, one.target):
            if (at := index(place)) is not None:
                leaders.add(at)
    starts = sorted(one for one in leaders if one < count)
    block = {start: n for n, start in enumerate(starts)}
    ends = [*starts[1:], count]
    lasts = {leaf.at: leaf for leaf in outline.leaves}
    after: list[tuple[int, ...]] = []
    returns: list[int] = []
    for n, end in enumerate(ends):
        last = lasts.get(end - 1)
        found = [index(one) for one in last.targets] if last else []
        to = [block[one] for one in found if one is not None]
        if (last is None or last.do in _GOES_ON) and end in block:
            to.append(block[end])
        if last is not None and last.do is _RETURN:
            returns.append(n)
        after.append(tuple(dict.fromkeys(to)))
    caught_by = _caught_by([places[start] for start in starts], outline, caught, block)
    return Flow(
        starts=(*starts, count),
        after=tuple(after),
        caught=tuple(caught_by),
        before=_reversed(after),
        thrown=_reversed(caught_by),
        returns=tuple(returns),
    )


def _caught_by(
    places: Sequence[int], outline: Outline, caught: Sequence[Caught], block: dict[int, int]
) -> list[tuple[int, ...]]:
    """Return, for the beginning of each block, the blocks where what it throws is caught."""
    found: list[dict[int, None]] = [{} for _ in places]
    for one in caught:
        target = outline.index(one.target)
        if target is not None:
            for n in range(bisect_left(places, one.start), bisect_left(places, one.end)):
                found[n][block[target]] = None
    return [tuple(one) for one in found]


def _reversed(edges: Sequence[Iterable[int]]) -> tuple[tuple[int, ...], ...]:
    back: list[list[int]] = [[] for _ in edges]
    for source, targets in enumerate(edges):
        for target in targets:
            back[target].append(source)
    return tuple(tuple(one) for one in back)


def reached_blocks(edges: Sequence[Iterable[int]], start: int = 0) -> frozenset[int]:
    """Return the nodes that edges lead to from a node, itself too."""
    seen, left = {start}, [start]
    while left:
        for target in edges[left.pop()]:
            if target not in seen:
                seen.add(target)
                left.append(target)
    return frozenset(seen)


def dominators(edges: Sequence[Sequence[int]]) -> list[int]:
    """Return the immediate dominator of each node: the last one on every way to it from node 0.

    That of node 0 is itself; a node that no way leads to has -1.
    """
    order = _postorder(edges)
    rank = {node: n for n, node in enumerate(order)}
    back = _reversed(edges)
    above = [-1] * len(edges)
    if edges:
        above[0] = 0
    changed = True
    while changed:
        changed = False
        for node in reversed(order[:-1]):
            new = -1
            for other in back[node]:
                if above[other] >= 0:
                    new = other if new < 0 else _nearest_common(above, rank, other, new)
            if above[node] != new:
                above[node], changed = new, True
    return above


def _postorder(edges: Sequence[Sequence[int]]) -> list[int]:
    """Return the nodes that can be reached from node 0, each after those it leads to first."""
    order: list[int] = []
    seen = {0}
    stack = [(0, 0)] if edges else []
    while stack:
        node, at = stack.pop()
        targets = edges[node]
        while at < len(targets) and targets[at] in seen:
            at += 1
        if at == len(targets):
            order.append(node)
        else:
            seen.add(targets[at])
            stack += [(node, at + 1), (targets[at], 0)]
    return order


def _nearest_common(above: list[int], rank: dict[int, int], first: int, second: int) -> int:
    while first != second:
        while rank[first] < rank[second]:
            first = above[first]
        while rank[second] < rank[first]:
            second = above[second]
    return first


def chain_to(above: Sequence[int], node: int) -> list[int]:
    """Return a node and its dominators, up to node 0; nothing if no way leads to it."""
    if above[node] < 0:
        return []
    found = [node]
    while found[-1] != above[found[-1]]:
        found.append(above[found[-1]])
    return found


def on_every_way(edges: Sequence[Sequence[int]], ends: Collection[int]) -> frozenset[int]:
    """Return the nodes that every way from node 0 to one of `ends` goes through.

    Where no way leads to any of them, as in an endless loop, it is the nodes that every way goes
    through until the first choice.
    """
    last = len(edges)
    joined = [(*targets, last) if node in ends else targets for node, targets in enumerate(edges)]
    above = dominators([*joined, ()])
    if above and above[last] >= 0:
        return frozenset(chain_to(above, last)) - {last}
    found = [0] if edges else []
    while found and len(edges[found[-1]]) == 1 and edges[found[-1]][0] not in found:
        found.append(edges[found[-1]][0])
    return frozenset(found)
