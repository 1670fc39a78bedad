"""The branches of a method, and which ways they leave before anybody has agreed."""

from collections.abc import Iterable
from dataclasses import dataclass

from chengnuo.engines.program.body import Comparison
from chengnuo.engines.program.code import Code
from chengnuo.engines.program.conditions import Condition
from chengnuo.engines.program.flow import reached_blocks
from chengnuo.engines.program.values import Values


@dataclass(frozen=True, slots=True)
class Test:
    """A branch.

    Attributes:
        block: The block that it ends.
        pc: Its place.
        comparison: How the two are compared.
        compared: The two; None where it can be no test of consent, so that nobody has looked yet.
        conditions: What the outcome depends on.
        is_consent: Whether it is a test of consent.
        first: How it comes out at the first start, None if that cannot be told.
        to: Blocks that it goes to when it holds, and when it does not.

    """

    block: int
    pc: int
    comparison: Comparison
    compared: tuple[Values, Values] | None
    conditions: tuple[Condition, ...]
    is_consent: bool
    first: bool | None
    to: tuple[int, int]


def before_consent(
    code: Code, tests: Iterable[Test]
) -> tuple[list[tuple[int, ...]], frozenset[int]]:
    """Return where each block normally goes on to before consent, and the blocks that run then."""
    flow = code.flow
    cut = {t.block: t.to[not t.first] for t in tests if t.is_consent and t.first is not None}
    normal = [(cut[n],) if n in cut else targets for n, targets in enumerate(flow.after)]
    edges = [(*a, *c) for a, c in zip(normal, flow.caught, strict=True)]
    return normal, reached_blocks(edges)


def keys_of(test: Test) -> frozenset[str]:
    """Return the keys by which what a test depends on is kept."""
    return frozenset(key for condition in test.conditions for key in condition.keys)
