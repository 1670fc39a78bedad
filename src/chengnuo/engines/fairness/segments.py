"""Groups of persons, by up to three conditions at once, that pay other prices.

A mark-up on "old customers with one sort of phone who spend much" shows in each of the three
attributes a little. The scan looks for the conjunction itself. Half of the persons propose, by a
beam search; the other half, who had no say in it, confirm: their effect and error are honest.

That no group differs is another claim, over all groups of one and two conditions with enough quotes
and those proposed: each must be shown to be within the margin, and no correction is needed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from chengnuo.engines.fairness.cells import groups_of
from chengnuo.engines.fairness.fitting import Flags
from chengnuo.engines.fairness.moments import GROUPS, Floats, Ints, Keys
from chengnuo.engines.fairness.quick_moments import dot, numbered
from chengnuo.engines.fairness.sample import Singles

DEPTH: Final = 3
BEAM: Final = 20
PROPOSED: Final = 8
MOST_CONDITIONS: Final = 60
LEAST_SHARE: Final = 0.01
_SAME: Final = 0.8
_BLOCK: Final = 16_384
_HALF_BIT: Final = np.uint64(24)


@dataclass(frozen=True, slots=True, order=True)
class Condition:
    """A regressor at least, or less than, a bound.

    Attributes:
        regressor: Its column in `x`.
        at_least: Whether the bound is from below.
        bound: The bound.

    """

    regressor: int
    at_least: bool
    bound: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A group of persons and how its prices differ from the others' in the same cells.

    Attributes:
        conditions: What makes it, by regressor.
        persons: How many persons, of those looked at.
        quotes: How many of their quotes.
        effect: The difference.
        error: Its standard error, clustered by person.
        freedom: Degrees of freedom.

    """

    conditions: tuple[Condition, ...]
    persons: int
    quotes: int
    effect: float
    error: float
    freedom: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """What a scan saw.

    Attributes:
        proposed: Segments one half proposed, as the other half sees them.
        claimed: Segments the claim of absence is made over, as all see them.

    """

    proposed: tuple[Segment, ...]
    claimed: tuple[Segment, ...]


def conditions_of(x: Floats, kinds: Sequence[str], first: int) -> tuple[Condition, ...]:
    """Return the conditions that regressors give, those of larger groups first, 60 at most.

    Args:
        x: `(n, K)` regressors.
        kinds: Of each regressor `flag`, `level` or `linear`: a flag gives both of its values, a
            level its own, a linear one its upper and its lower quarter.
        first: Regressors before this are declared factors and give none.

    """
    made = []
    for k in range(first, x.shape[1]):
        if kinds[k] == "linear":
            low, high = np.quantile(x[:, k], (0.25, 0.75), method="inverted_cdf")
            made += [Condition(k, at_least=True, bound=float(high))]
            made += [Condition(k, at_least=False, bound=float(low))]
        else:
            made += [Condition(k, at_least=True, bound=0.5)]
            made += [Condition(k, at_least=False, bound=0.5)] if kinds[k] == "flag" else []
    sized = [(int(holds(x, one).sum()), one) for one in made]
    useful = [one for one in sized if LEAST_SHARE * len(x) <= one[0] < len(x)]
    useful.sort(key=lambda one: (-one[0], one[1]))
    return tuple(sorted(one for _, one in useful[:MOST_CONDITIONS]))


def scanned(
    cell: Keys, person: Keys, y: Floats, x: Floats, conditions: Sequence[Condition]
) -> Scan:
    """Return the scan.

    Args:
        cell: `(n,)` uint64 cells.
        person: `(n,)` uint64 keys.
        y: `(n,)` the outcome, without the effects of declared linear factors.
        x: `(n, K)` regressors.
        conditions: What segments are made of.

    """
    half = (person >> _HALF_BIT) & np.uint64(1) == 1
    proposing = _View(cell[half], person[half], y[half], x[half], conditions)
    confirming = _View(cell[~half], person[~half], y[~half], x[~half], conditions)
    everyone = _View(cell, person, y, x, conditions)
    rules = _proposed(proposing)
    few = [(one,) for one in range(len(conditions))]
    pairs = [pair for pair in combinations(range(len(conditions)), 2) if everyone.may(pair)]
    return Scan(
        proposed=_seen(confirming, rules),
        claimed=_seen(everyone, [*few, *pairs, *(rule for rule in rules if len(rule) == DEPTH)]),
    )


@dataclass(frozen=True, slots=True)
class _Block:
    """Whole cells, as many as the nearest memory of a processor holds.

    Attributes:
        start: The first row of each cell.
        size: Quotes of each cell.
        weight: `n / (n - 1)` of each quote.
        y: The outcome of each quote, from its mean in the cell.
        group: Group of persons of each quote.
        holds: Which conditions each quote meets, by condition.

    """

    start: Ints
    size: Ints
    weight: Floats
    y: Floats
    group: Ints
    holds: NDArray[np.bool_]

    def member(self, rule: tuple[int, ...]) -> Flags:
        """Return which quotes meet all conditions of a rule."""
        return np.asarray(np.logical_and.reduce(self.holds[list(rule)]), np.bool_)


class _View:
    """Some of the quotes, within their cells, which lie together."""

    def __init__(
        self, cell: Keys, person: Keys, y: Floats, x: Floats, conditions: Sequence[Condition]
    ) -> None:
        order = np.argsort(cell, kind="stable")
        is_first = _is_first(cell[order])
        rows = order[~(is_first & np.append(is_first[1:], True))]
        start = np.flatnonzero(_is_first(cell[rows]))
        size = np.diff(start, append=len(rows))
        sizes = np.repeat(size, size).astype(np.float64)
        y = y[rows]
        means = np.add.reduceat(y, start) / size if len(start) else np.zeros(0)
        y, weight = y - np.repeat(means, size), sizes / (sizes - 1)
        self.who, first = numbered(person[rows])
        self.persons = len(first)
        group = groups_of(person[rows])
        self.freedom = max(len(np.unique(group)) - 1, 1)
        self.conditions = conditions
        inner = x[rows]
        holding = np.array([holds(inner, one) for one in conditions]).reshape(-1, len(rows))
        self.least = LEAST_SHARE * len(rows)
        self.blocks = []
        cuts = np.searchsorted(start, np.arange(0, len(rows), _BLOCK))
        for low, high in pairwise(np.unique(np.append(cuts, len(start)))):
            end = start[high] if high < len(start) else len(rows)
            part = slice(start[low], end)
            self.blocks.append(
                _Block(
                    start[low:high] - start[low],
                    size[low:high],
                    weight[part],
                    y[part],
                    group[part],
                    holding[:, part],
                )
            )

    def may(self, rule: tuple[int, ...]) -> bool:
        """Tell whether conditions are of different regressors."""
        regressors = {self.conditions[one].regressor for one in rule}
        return len(regressors) == len(rule)

    def member(self, rule: tuple[int, ...]) -> Flags:
        """Return which quotes meet all conditions of a rule."""
        return np.concatenate([one.member(rule) for one in self.blocks])

    def standing_out(self, rule: tuple[int, ...]) -> float | None:
        """Return by how many errors a segment stands out; None if it is too small, or all."""
        quotes, spread, product = 0, 0.0, 0.0
        for block in self.blocks:
            member = block.member(rule)
            inside = member.astype(np.float64)
            met = np.add.reduceat(inside, block.start)
            quotes += int(np.count_nonzero(member))
            spread -= dot(met, met / block.size)
            product += dot(block.y, inside)
        spread += quotes
        return None if quotes < self.least or spread <= 1 else abs(product) / spread**0.5

    def segment(self, rule: tuple[int, ...]) -> Segment | None:
        """Return a segment; None if it is too small, or all of every cell."""
        quotes, spread, product = 0, 0.0, 0.0
        # A score is `w x~ (y~ - effect x~)`: what the effect is taken times is summed apart.
        alone, squares = np.zeros(GROUPS), np.zeros(GROUPS)
        members = []
        for block in self.blocks:
            member = block.member(rule)
            members.append(member)
            inside = member.astype(np.float64)
            met = np.add.reduceat(inside, block.start)
            share = met / block.size
            quotes += int(np.count_nonzero(member))
            spread -= dot(met, share)
            product += dot(block.y, inside)
            inside -= np.repeat(share, block.size)
            heavy = block.weight * inside
            alone += np.bincount(block.group, heavy * block.y, GROUPS)
            squares += np.bincount(block.group, heavy * inside, GROUPS)
        spread += quotes
        if quotes < self.least or spread <= 1:
            return None
        effect = product / spread
        by_group = alone - effect * squares
        persons = np.bincount(self.who[np.concatenate(members)], minlength=self.persons)
        return Segment(
            conditions=tuple(self.conditions[one] for one in rule),
            persons=int(np.count_nonzero(persons)),
            quotes=quotes,
            effect=effect,
            error=float(np.sqrt(by_group @ by_group)) / spread,
            freedom=self.freedom,
        )


def _is_first(cell: Keys) -> Flags:
    """Tell of each row whether it is the first of its cell."""
    return np.concatenate(([True], cell[1:] != cell[:-1]))[: len(cell)]


def holds(x: Floats | Singles, condition: Condition) -> Flags:
    """Return `(n,)` which rows of `x` meet a condition."""
    column = x[:, condition.regressor]
    if condition.at_least:
        return np.asarray(column >= condition.bound, np.bool_)
    below = column <= condition.bound if condition.bound != 0.5 else column < condition.bound  # noqa: PLR2004 (between 0 and 1)
    return np.asarray(below, np.bool_)


def _proposed(view: _View) -> list[tuple[int, ...]]:
    """Return the rules that stand out most, none nearly the same as one before it."""
    scored: dict[tuple[int, ...], float] = {}
    frontier: list[tuple[int, ...]] = [(one,) for one in range(len(view.conditions))]
    for _ in range(DEPTH):
        level: dict[tuple[int, ...], float] = {}
        for rule in frontier:
            stands = view.standing_out(rule)
            if stands is not None:
                level[rule] = stands
        scored |= level
        best: list[tuple[int, ...]] = sorted(level, key=lambda rule: (-level[rule], rule))[:BEAM]
        frontier = sorted(
            {
                tuple(sorted((*rule, one)))
                for rule in best
                for one in range(len(view.conditions))
                if one not in rule and view.may((*rule, one))
            }
        )
    chosen: list[tuple[int, ...]] = []
    members: list[Flags] = []
    for rule in sorted(scored, key=lambda rule: (-scored[rule], rule)):
        member = view.member(rule)
        if all((member & other).sum() < _SAME * (member | other).sum() for other in members):
            chosen.append(rule)
            members.append(member)
        if len(chosen) == PROPOSED:
            break
    return chosen


def _seen(view: _View, rules: Sequence[tuple[int, ...]]) -> tuple[Segment, ...]:
    segments = (view.segment(rule) for rule in rules)
    return tuple(one for one in segments if one is not None)
