"""How many persons a group is of, how many are outside it, and what its prices cost it in all.

Counts are of what a sample shows, so they never say more persons than there are.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from chengnuo.engines.fairness.fitting import Flags
from chengnuo.engines.fairness.moments import Floats, Ints
from chengnuo.engines.fairness.quick_moments import numbered
from chengnuo.engines.fairness.sample import CellSample
from chengnuo.engines.fairness.segments import Segment, holds


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupSize:
    """A group and those outside it.

    Attributes:
        inside: Persons with a quote in the group.
        outside: Persons with a quote outside it.
        cost: `sum paid (1 - exp(-effect))` over its quotes: what it paid beyond others in the same
            conditions; below zero where it paid less.

    """

    inside: int
    outside: int
    cost: float


def sizes_plainly(sample: CellSample, segments: Sequence[Segment]) -> tuple[GroupSize, ...]:
    """Return the sizes of groups, one quote after the other."""
    made = []
    for segment in segments:
        inside, outside, cost = set(), set(), 0.0
        for row in range(len(sample.y)):
            x = sample.x[row : row + 1].astype(np.float64)
            if all(holds(x, one)[0] for one in segment.conditions):
                inside.add(int(sample.person[row]))
                cost += float(sample.paid[row]) * -float(np.expm1(-segment.effect))
            else:
                outside.add(int(sample.person[row]))
        made.append(GroupSize(inside=len(inside), outside=len(outside), cost=cost))
    return tuple(made)


def sizes(sample: CellSample, segments: Sequence[Segment]) -> tuple[GroupSize, ...]:
    """Return the sizes of groups in a sample.

    Args:
        sample: Whole cells.
        segments: The groups, with their effects.

    """
    if not segments:
        return ()
    who, _ = numbered(sample.person)
    x = sample.x
    made = []
    for segment in segments:
        member: Flags = np.logical_and.reduce([holds(x, one) for one in segment.conditions])
        inside, outside = persons_by(who, member)
        cost = float(sample.paid[member].sum()) * -float(np.expm1(-segment.effect))
        made.append(GroupSize(inside=inside, outside=outside, cost=cost))
    return tuple(made)


def persons_by(who: Ints, member: Flags) -> tuple[int, int]:
    """Return how many persons have a row that is a member, and one that is not.

    Args:
        who: `(n,)` persons, numbered from 0.
        member: `(n,)`.

    """
    return _distinct(who[member]), _distinct(who[~member])


def _distinct(who: Ints) -> int:
    is_there = np.zeros(int(who.max(initial=-1)) + 1, np.bool_)
    is_there[who] = True
    return int(np.count_nonzero(is_there))


def smaller_side(who: Ints, column: Floats, *, is_step: bool) -> int:
    """Return how many persons a regressor is told from: of a step, those of the rarer side.

    Args:
        who: `(n,)` persons, numbered from 0.
        column: `(n,)` the regressor.
        is_step: Whether it is 0 or 1.

    """
    inside, outside = persons_by(who, np.asarray(column > 0.5, np.bool_))  # noqa: PLR2004 (between 0 and 1)
    return min(inside, outside) if is_step else _distinct(who)
