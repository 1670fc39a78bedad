"""Which places of a method a test protects, and how surely each is run once the method is.

A test of consent comes out, at the first start, as it does before anybody has agreed. Its other
side is taken away; what no way leads to any more is *guarded*. Of the rest, what lies on every
normal way through the method is *unconditional*; an exception is no normal way. This covers an
early return, `!`, tests joined by `&&`, loops and `try` alike.
"""

from dataclasses import dataclass, field, replace
from enum import IntEnum

from chengnuo.engines.program.answers import MOST_NESTED_CALLS, Answers
from chengnuo.engines.program.body import Comparison, Do, Instruction
from chengnuo.engines.program.branches import Test, before_consent, keys_of
from chengnuo.engines.program.code import Code
from chengnuo.engines.program.conditions import (
    ConsentTest,
    FirstStart,
    Inside,
    StoreRule,
)
from chengnuo.engines.program.flow import chain_to, dominators, on_every_way, reached_blocks
from chengnuo.engines.program.hints import Hints
from chengnuo.engines.program.passed import Seen
from chengnuo.engines.program.program import rows_of
from chengnuo.engines.program.refused import cut_at
from chengnuo.engines.program.settling import set_before
from chengnuo.engines.program.shown_values import shown_values
from chengnuo.engines.program.sources import Sources, sources_of
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
    _before: dict[tuple[int, int], tuple[Seen, ...]] = field(default_factory=dict, repr=False)
    _above: dict[int, list[int]] = field(default_factory=dict, repr=False)
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
            else:
                made = self._made(code) if len(code.flow.after) > 1 else _STRAIGHT
                self._ways[defined] = self._cut(code, made) if self._may(defined) else made
        return self._ways[defined]

    def _cut(self, code: Code, made: Ways) -> Ways:
        """Take away what follows calls that throw as long as nobody has agreed."""
        calls = code.program.invocations
        rows = rows_of(calls, code.defined)
        called = zip(calls.pc[rows].tolist(), calls.method[rows].tolist(), strict=True)
        pcs = [pc for pc, method in called if self._refuses(method)]
        if not pcs:
            return made
        cut = cut_at(code, before_consent(code, made.tests)[0], made.sure, pcs, Sure.GUARDED)
        return Ways(cut.sure, cut.segments, made.tests, cut.alive)

    def _refuses(self, method: int) -> bool:
        """Tell whether a called method only throws as long as nobody has agreed."""
        target = self.answers.target(method)
        if target < 0 or not self._may(target) or self._looked_inside(target) is None:
            return False
        code, ways = self.answers.codes.of(target), self.ways(target)
        consents = any(one.is_consent for one in ways.tests)
        if code is None or not consents or not code.flow.returns:
            return False
        return ways.alive.isdisjoint(code.flow.returns)

    def before(self, defined: int, pc: int) -> tuple[Seen, ...]:
        """Return the tests that a place of a method depends on, in the order of the way."""
        if (defined, pc) not in self._before:
            self._before[defined, pc] = self._found_before(defined, pc)
        return self._before[defined, pc]

    def _found_before(self, defined: int, pc: int) -> tuple[Seen, ...]:
        code, ways = self.answers.codes.of(defined), self.ways(defined)
        index = code.outline.index(pc) if code else None
        if code is None or index is None or not ways.tests:
            return ()
        above = self._dominators(code)
        chain = chain_to(above, code.flow.block_of(index))
        tests = {one.block: one for one in ways.tests}
        seen = []
        for block in reversed(chain[1:]):
            test = tests.get(block)
            side = _side(code, above, test, chain) if test else None
            if test and side is not None:
                seen.append(self._seen(code, test, holds=side))
        return tuple(seen)

    def _dominators(self, code: Code) -> list[int]:
        if code.defined not in self._above:
            self._above[code.defined] = dominators(code.flow.after)
        return self._above[code.defined]

    def _made(self, code: Code) -> Ways:
        """Find tests of consent, round by round: one may decide what the next one sees."""
        flow = code.flow
        everything = [(*a, *c) for a, c in zip(flow.after, flow.caught, strict=True)]
        possible = alive = reached_blocks(everything)
        tested = {leaf.at for leaf in code.outline.leaves if leaf.do is Do.IF}
        branches = [
            block
            for block in sorted(possible)
            if (last := flow.starts[block + 1] - 1) in tested and code.body.instructions[last].uses
        ][:_MOST_TESTS]
        sources = self._sources(code)
        tests = self._settled(code, [self._test(code, block, sources) for block in branches])
        normal = list(flow.after)
        for _ in range(_ROUNDS):
            normal, now = before_consent(code, tests)
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
        places = [code.outline.places[start] for start in flow.starts[:-1]]
        return Ways(sure, tuple(zip(places, sure, strict=True)), tuple(tests), alive)

    def _settled(self, code: Code, tests: list[Test]) -> list[Test]:
        """Return tests; those of consent whose key is set before it anyway are plain ones."""
        if not any(one.is_consent and keys_of(one) for one in tests):
            return tests
        known = set_before(code, before_consent(code, tests)[1], self.stores)
        return [
            replace(one, is_consent=False, first=None) if known & keys_of(one) else one
            for one in tests
        ]

    def _sources(self, code: Code) -> Sources | None:
        """Return what may bring about values of consent in a method; None: anything."""
        if self.hints is None:
            return None
        return sources_of(code, self.hints.places(code.defined))

    def _test(self, code: Code, block: int, sources: Sources | None) -> Test:
        """Return the test that a block ends with."""
        last = code.flow.starts[block + 1] - 1
        one = code.body.instructions[last]
        after = code.flow.after[block]
        plain = Test(
            block=block,
            pc=one.pc,
            comparison=one.test or Comparison.NOT_EQUAL,
            compared=None,
            conditions=(),
            is_consent=False,
            first=None,
            to=(after[0], after[-1]) if after else (block, block),
        )
        if sources and not any(sources.lead_to(register, last) for register in one.uses):
            return plain
        left, right = compared = _compared(code, one)
        conditions = self.first.conditions(left | right)
        is_consent = any(self.is_consent(condition) for condition in conditions)
        first = self.first.holds(plain.comparison, left, right) if is_consent else None
        return replace(
            plain, compared=compared, conditions=conditions, is_consent=is_consent, first=first
        )

    def _again(self, code: Code, test: Test, alive: frozenset[int]) -> Test:
        """Judge a test again that sees only what runs before consent."""
        one = code.body.instructions[code.flow.starts[test.block + 1] - 1]
        if test.block not in alive:
            return test
        before, right = test.compared or _compared(code, one)
        left = values_at(code, one.uses[0], one.pc, alive=alive)
        first = None if left == before else self.first.holds(test.comparison, left, right)
        if first is None:
            return test
        return replace(test, compared=(left, right), is_consent=True, first=first)

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

    def _seen(self, code: Code, test: Test, *, holds: bool) -> Seen:
        """Say a test as a person would: `x` is true or false, or a comparison holds or not."""
        program = code.program
        one = code.body.instructions[code.flow.starts[test.block + 1] - 1]
        compared = test.compared or _compared(code, one)
        left, right = (shown_values(program, each) for each in compared)
        against = one_of(compared[1])
        is_zero = against is not None and against.kind is Kind.NUMBER and against.number == 0
        if is_zero and test.comparison in _TRUTH:
            return Seen(test.pc, left, holds is not _TRUTH[test.comparison], test.is_consent)
        return Seen(test.pc, f"{left} {test.comparison.value} {right}", holds, test.is_consent)


def _compared(code: Code, test: Instruction) -> tuple[Values, Values]:
    """Return what a branch compares."""
    left = values_at(code, test.uses[0], test.pc)
    return left, values_at(code, test.uses[1], test.pc) if len(test.uses) > 1 else _ZERO


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
