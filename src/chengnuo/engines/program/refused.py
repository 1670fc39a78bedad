"""What a call cuts off that throws as long as nobody has agreed, as `requireConsent()`.

What follows such a call in the code is run only by who has agreed; what catches the exception is
run before.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from chengnuo.engines.program.code import Code
from chengnuo.engines.program.flow import reached_blocks

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Cut(Generic[T]):
    """How a method runs when some of its calls do not return.

    Attributes:
        sure: How surely each block is begun.
        segments: The same by place, also for what follows a call in its block.
        alive: Blocks that are begun.

    """

    sure: tuple[T, ...]
    segments: tuple[tuple[int, T], ...]
    alive: frozenset[int]


def cut_at(
    code: Code,
    normal: Sequence[tuple[int, ...]],
    sure: Sequence[T],
    pcs: Collection[int],
    guarded: T,
) -> Cut[T]:
    """Return how a method runs when the calls at some places do not return.

    Args:
        code: The method.
        normal: Blocks that each block goes on to before consent.
        sure: How surely each block is run if every call returns.
        pcs: Places of the calls.
        guarded: What is said of a place that runs only after agreeing.

    """
    flow, places = code.flow, code.outline.places
    after: dict[int, int] = {}
    for index in sorted(one for pc in pcs if (one := code.outline.index(pc)) is not None):
        after.setdefault(flow.block_of(index), index + 1)
    edges = [
        (*(() if n in after else targets), *flow.caught[n]) for n, targets in enumerate(normal)
    ]
    alive = reached_blocks(edges)
    were = reached_blocks([(*a, *c) for a, c in zip(normal, flow.caught, strict=True)])
    now = tuple(guarded if n in were and n not in alive else one for n, one in enumerate(sure))
    segments: list[tuple[int, T]] = []
    for n, begun in enumerate(now):
        segments.append((places[flow.starts[n]], begun))
        if n in alive and n in after and after[n] < flow.starts[n + 1]:
            segments.append((places[after[n]], guarded))
    return Cut(now, tuple(segments), alive)
