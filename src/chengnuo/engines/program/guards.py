"""Which places of a method a test protects, and how surely each is run once the method is.

A test of consent comes out, at the first start, as it does before anybody has agreed. Its other
side is taken away; what no way leads to any more is *guarded*. Of the rest, what lies on every
normal way through the method is *unconditional*; an exception is no normal way. This covers an
early return, `!`, tests joined by `&&`, loops and `try` alike.
"""

from dataclasses import dataclass, field, replace
from enum import IntEnum

from chengnuo.engines.program.answers import MOST_NESTED_CALLS, Answers
from chengnuo.engines.program.body import Comparison, Do
from chengnuo.engines.program.code import Code
from chengnuo.engines.program.conditions import (
    Condition,
    ConsentTest,
    FirstStart,
    Inside,
    StoreRule,
)
from chengnuo.engines.program.flow import chain_to, dominators, on_every_way, reached_blocks
from chengnuo.engines.program.hints import Hints
from chengnuo.engines.program.shown_values import shown_values
from chengnuo.engines.program.values import Kind, Values, number_of, one_of, values_at

MOST_BLOCKS = 3_000
"""A method with more of them is not followed inside; all of it counts as conditional."""
_MOST_TESTS = 400
_ROUNDS = 3
_ZERO = number_of(0)


class Sure(IntEnum):
    """How surely a place is run once its method is."""

    UNCONDITIONAL = 0
    CONDITIONAL = 1
    GUARDED = 2
    """Only when the individual has agreed."""
    DEAD = 3
    """No way in the method leads there."""


@dataclass(frozen=True, slots=True)
class Test:
    """A branch.

    Attributes:
        block: The block that it ends.
        pc: Its place.
        comparison: How the two are compared.
        left, right: What is compared.
        conditions: What the outcome depends on.
        is_consent: Whether it is a test of consent.
        first: How it comes out at the first start, None if that cannot be told.
        to: Blocks that it goes to when it holds, and when it does not.

    """

    block: int
    pc: int
    comparison: Comparison
    left: Values
    right: Values
    conditions: tuple[Condition, ...]
    is_consent: bool
    first: bool | None
    to: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Ways:
    """How a method runs at the first start.

    Attributes:
        sure: How surely each block is run.
        segments: The same by place: from each place on, until the next one.
        tests: Its branches on two sides.
        alive: Blocks that can be run before anybody has agreed.

    """

    sure: tuple[Sure, ...]
    segments: tuple[tuple[int, Sure], ...]
    tests: tuple[Test, ...]
    alive: frozenset[int]

    def at(self, pc: int) -> Sure:
        """Return how surely a place is run."""
        found = Sure.CONDITIONAL
        for start, sure in self.segments:
            if start > pc:
                break
            found = sure
        return found


@dataclass(frozen=True, slots=True)
class Seen:
    """A test that a place depends on.

    Attributes:
        pc: Place of the test.
        text: The condition as a person reads it.
        taken: What the condition is on the way to the place.
        is_consent: Whether it is a test of consent.

    """

    pc: int
    text: str
    taken: bool
    is_consent: bool


UNFOLLOWED = Ways((), ((0, Sure.CONDITIONAL),), (), frozenset())


@dataclass(frozen=True, slots=True)
class Guards:
    """The guards of a program's methods, made as they are asked for.

    Attributes:
        answers: Values from other methods.
        stores: Getters of what is kept from start to start.
        is_consent: Tells which values are of consent.
        hints: Which methods may hold such values; without them, every one may.

    """

    answers: Answers
    stores: tuple[StoreRule, ...]
    is_consent: ConsentTest
    hints: Hints | None = None
    _ways: dict[int, Ways] = field(default_factory=dict, repr=False)
    _inside: dict[int, Inside | None] = field(default_factory=dict, repr=False)
    _open: set[int] = field(default_factory=set, repr=False)
    _first: list[FirstStart] = field(default_factory=list, repr=False)

    @property
    def first(self) -> FirstStart:
        """What evaluates values at the first start."""
        if not self._first:
            self._first.append(
                FirstStart(self.answers, self.stores, self._looked_inside, self._may)
            )
        return self._first[0]

    def ways(self, defined: int) -> Ways:
        """Return how a method runs at the first start; once made, it is kept."""
        if defined not in self._ways:
            code = self.answers.codes.of(defined)
            if code is None or len(code.flow.after) > MOST_BLOCKS:
                self._ways[defined] = UNFOLLOWED
            elif len(code.flow.after) == 1:
                self._ways[defined] = _STRAIGHT
            else:
                self._ways[defined] = self._made(code)
        return self._ways[defined]

    def before(self, defined: int, pc: int) -> tuple[Seen, ...]:
        """Return the tests that a place of a method depends on, in the order of the way."""
        code, ways = self.answers.codes.of(defined), self.ways(defined)
        index = code.index.get(pc) if code else None
        if code is None or index is None or not ways.tests:
            return ()
        above = dominators(code.flow.after)
        chain = chain_to(above, code.flow.block_of(index))
        tests = {one.block: one for one in ways.tests}
        seen = []
        for block in reversed(chain[1:]):
            test = tests.get(block)
            side = _side(code, above, test, chain) if test else None
            if test and side is not None:
                seen.append(self._seen(test, holds=side))
        return tuple(seen)

    def _made(self, code: Code) -> Ways:
        """Find tests of consent, round by round: one may decide what the next one sees."""
        flow = code.flow
        everything = [(*a, *c) for a, c in zip(flow.after, flow.caught, strict=True)]
        possible = alive = reached_blocks(everything)
        branches = [
            block
            for block in sorted(possible)
            if (last := code.body.instructions[flow.starts[block + 1] - 1]).do is Do.IF
            and last.uses
        ][:_MOST_TESTS]
        tests = [self._test(code, block) for block in branches]
        normal = list(flow.after)
        for _ in range(_ROUNDS):
            cut = {
                t.block: t.to[not t.first] for t in tests if t.is_consent and t.first is not None
            }
            normal = [(cut[n],) if n in cut else targets for n, targets in enumerate(flow.after)]
            now = reached_blocks([(*a, *c) for a, c in zip(normal, flow.caught, strict=True)])
            if now == alive:
                break
            alive = now
            tests = [t if t.is_consent else self._again(code, t, alive) for t in tests]
        surely = on_every_way(normal, [one for one in flow.returns if one in alive])
        sure = tuple(
            Sure.DEAD
            if n not in possible
            else Sure.GUARDED
            if n not in alive
            else Sure.UNCONDITIONAL
            if n in surely
            else Sure.CONDITIONAL
            for n in range(len(flow.after))
        )
        places = [code.body.instructions[start].pc for start in flow.starts[:-1]]
        return Ways(sure, tuple(zip(places, sure, strict=True)), tuple(tests), alive)

    def _test(self, code: Code, block: int) -> Test:
        """Return the test that a block ends with."""
        one = code.body.instructions[code.flow.starts[block + 1] - 1]
        left = values_at(code, one.uses[0], one.pc)
        right = values_at(code, one.uses[1], one.pc) if len(one.uses) > 1 else _ZERO
        values = left | right if self._may(code.defined) else frozenset()
        conditions = self.first.conditions(values)
        is_consent = any(self.is_consent(condition) for condition in conditions)
        comparison = one.test or Comparison.NOT_EQUAL
        after = code.flow.after[block]
        return Test(
            block=block,
            pc=one.pc,
            comparison=comparison,
            left=left,
            right=right,
            conditions=conditions,
            is_consent=is_consent,
            first=self.first.holds(comparison, left, right) if is_consent else None,
            to=(after[0], after[-1]) if after else (block, block),
        )

    def _again(self, code: Code, test: Test, alive: frozenset[int]) -> Test:
        """Judge a test again that sees only what runs before consent."""
        one = code.body.instructions[code.flow.starts[test.block + 1] - 1]
        left = values_at(code, one.uses[0], one.pc, alive=alive)
        if test.block not in alive or left == test.left:
            return test
        first = self.first.holds(test.comparison, left, test.right)
        if first is None:
            return test
        return replace(test, left=left, is_consent=True, first=first)

    def _looked_inside(self, defined: int) -> Inside | None:
        """Return what a called method comes to at the first start."""
        if defined in self._inside:
            return self._inside[defined]
        if len(self._open) >= MOST_NESTED_CALLS or defined in self._open:
            return None
        self._open.add(defined)
        ways = self.ways(defined)
        self._open.discard(defined)
        consent = {
            condition for test in ways.tests if test.is_consent for condition in test.conditions
        }
        values = self.answers.returned(defined, ways.alive if ways.tests else None)
        self._inside[defined] = Inside(values, tuple(sorted(consent)))
        return self._inside[defined]

    def _may(self, defined: int) -> bool:
        return self.hints is None or self.hints.may(defined)

    def _seen(self, test: Test, *, holds: bool) -> Seen:
        """Say a test as a person would: `x` is true or false, or a comparison holds or not."""
        program = self.answers.codes.program
        left, right = shown_values(program, test.left), shown_values(program, test.right)
        against = one_of(test.right)
        is_zero = against is not None and against.kind is Kind.NUMBER and against.number == 0
        if is_zero and test.comparison in _TRUTH:
            return Seen(test.pc, left, holds is not _TRUTH[test.comparison], test.is_consent)
        return Seen(test.pc, f"{left} {test.comparison.value} {right}", holds, test.is_consent)


def _side(code: Code, above: list[int], test: Test, chain: list[int]) -> bool | None:
    """Tell on which side of a test, one above it, a place lies; None if both lead there."""
    for holds, target in ((True, test.to[0]), (False, test.to[1])):
        only = all(
            other == test.block or target in chain_to(above, other)
            for other in code.flow.before[target]
        )
        if target in chain and only and test.to[0] != test.to[1]:
            return holds
    return None


_TRUTH = {Comparison.EQUAL: True, Comparison.NOT_EQUAL: False}
_STRAIGHT = Ways((Sure.UNCONDITIONAL,), ((0, Sure.UNCONDITIONAL),), (), frozenset({0}))
