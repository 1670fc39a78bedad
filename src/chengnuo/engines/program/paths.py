"""When a place in the code runs, and the way from the start to it, with the tests on it."""

from typing import NamedTuple

from chengnuo.engines.program.guards import Guards, Sure
from chengnuo.engines.program.marks import Mark, Reached, Why
from chengnuo.engines.program.passed import Seen


class PathStep(NamedTuple):
    """One method on a way.

    Attributes:
        defined: The method.
        pc: Place in it from which the way goes on; that of the site in the last one.
        why: How the way came into it.
        tests: Tests in it that the way depends on, in their order.

    """

    defined: int
    pc: int
    why: Why
    tests: tuple[Seen, ...]


def mark_at(reached: Reached, guards: Guards, defined: int, pc: int) -> Mark:
    """Return when a place runs: when its method does, or later if a test is before it."""
    mark = reached.mark(defined)
    if mark is Mark.UNREACHABLE:
        return mark
    sure = guards.ways(defined).at(pc)
    return Mark.UNREACHABLE if sure is Sure.DEAD else Mark(max(mark, sure))


def path_to(reached: Reached, guards: Guards, defined: int, pc: int) -> tuple[PathStep, ...]:
    """Return the way from the start to a place; empty if there is none.

    It is one of the ways of the earliest mark that the method of the place can have, and short:
    each step is the first by which the search came to its method.
    """
    return tuple(
        PathStep(
            method, pc if left < 0 else left, why, guards.before(method, pc if left < 0 else left)
        )
        for method, left, why in reached.way(defined)
    )
