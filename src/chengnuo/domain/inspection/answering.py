"""What follows when a button is tapped: the ways through its listener that end or leave the app.

A listener that several buttons share asks which one was tapped: by the number that a dialog gives
it, or by the id of the view. Knowing that, only one side of such tests is followed. A way on
which something else is shown first, or afterwards where the screen only closes, is no exit.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from chengnuo.domain.inspection.code_texts import CodeTexts, in_system
from chengnuo.domain.inspection.known_frame import Frame
from chengnuo.domain.inspection.leaving import Leaving, Leavings
from chengnuo.domain.inspection.listeners import Known, Objects
from chengnuo.engines.program.body import Do, Instruction
from chengnuo.engines.program.sites import Site

DEPTH = 7
"""How many calls deep a listener is followed."""
MOST_METHODS = 300
"""Methods looked into for one listener."""
_MOST_TARGETS = 4
_RUNS = (b"run", b"call", b"invoke")


@dataclass(frozen=True, slots=True)
class Exit:
    """A place at which the app, or its screen, is left.

    Attributes:
        site: The place.
        how: What it does.
        way: Calls that lead to it from the listener, each a method and a place in it.

    """

    site: Site
    how: Leaving
    way: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a method comes out.

    Attributes:
        ends: Where the app is over at once.
        after: What was left by the time it returns; None: nothing. Empty if it never does.

    """

    ends: frozenset[Exit]
    after: frozenset[Exit | None]


_NOTHING = Outcome(frozenset(), frozenset({None}))


@dataclass(slots=True)
class Answering:
    """Follows one listener.

    Attributes:
        code: What code shows.
        objects: What objects are.
        leavings: What calls mean.

    """

    code: CodeTexts
    objects: Objects
    leavings: Leavings
    _done: dict[tuple[int, tuple[tuple[int, Known], ...]], Outcome] = field(default_factory=dict)
    _looked: int = 0

    def exits(self, listener: int, known: dict[int, Known]) -> tuple[Exit, ...]:
        """Return the exits of a listener, of which something is known, in the order of the code."""
        self._looked = 0
        found = self._outcome(listener, known, DEPTH)
        exits = {*found.ends, *(one for one in found.after if one is not None)}
        return tuple(sorted(exits, key=lambda one: (one.site, one.way)))

    def _outcome(self, defined: int, known: dict[int, Known], depth: int) -> Outcome:
        key = (defined, tuple(sorted(known.items(), key=lambda one: one[0])))
        if key in self._done:
            return self._done[key]
        code = self.code.opened.followed.answers.codes.of(defined)
        self._looked += 1
        if code is None or depth < 0 or self._looked > MOST_METHODS:
            return _NOTHING
        self._done[key] = _NOTHING  # of a call of itself nothing new comes
        self._done[key] = self._through(Frame(self.code, code, known, depth))
        return self._done[key]

    def _through(self, frame: Frame) -> Outcome:
        """Follow the ways through a method, each with what was left on it so far."""
        flow = frame.code.flow
        ends: set[Exit] = set()
        after: set[Exit | None] = set()
        waiting: list[tuple[int, Exit | None]] = [(0, None)]
        seen: set[tuple[int, Exit | None]] = set()
        while waiting:
            entry = waiting.pop()
            if entry in seen:
                continue
            seen.add(entry)
            block, state = entry
            waiting += ((to, state) for to in flow.caught[block])
            states: set[Exit | None] = {state}
            last = frame.code.body.instructions[flow.starts[block]]
            for index in range(flow.starts[block], flow.starts[block + 1]):
                last = frame.code.body.instructions[index]
                if last.do is Do.CALL and states:
                    states = self._call(frame, last, states, ends)
            if last.do is Do.RETURN:
                after |= states
            elif states:
                waiting += ((to, one) for to in frame.goes_to(block, last) for one in states)
        return Outcome(frozenset(ends), frozenset(after))

    def _call(
        self, frame: Frame, call: Instruction, states: set[Exit | None], ends: set[Exit]
    ) -> set[Exit | None]:
        """Return what was left after a call; nothing if the way is no exit, or over."""
        code = frame.code
        reference = int(code.part.methods[call.index]) if call.index >= 0 else -1
        how = self.leavings.of(code.defined, reference)
        here = Site(code.defined, call.pc, reference)
        if how is Leaving.CHANCE:
            return set()
        if how is Leaving.ENDS:
            ends.add(Exit(here, how))
            return set()
        if how.is_exit:
            return {one or Exit(here, how) for one in states}
        found = [
            self._outcome(target, given, frame.depth - 1)
            for target, given in (
                self._posted(frame, call)
                if how is Leaving.POSTS
                else self._targets(frame, call, reference)
            )
        ]
        if not found:
            return states
        step = (code.defined, call.pc)
        ends.update(_through_call(one, step) for outcome in found for one in outcome.ends)
        left = {one for outcome in found for one in outcome.after}
        moved = {None if one is None else _through_call(one, step) for one in left}
        return {state or one for state in states for one in moved}

    def _posted(self, frame: Frame, call: Instruction) -> Iterator[tuple[int, dict[int, Known]]]:
        """Yield the methods that run a little later, as they are handed over."""
        for register in call.uses[1:]:
            values = frame.held(register, call.pc)
            for run in self.objects.listeners(frame.code.defined, values, _RUNS):
                yield run.defined, run.known()

    def _targets(
        self, frame: Frame, call: Instruction, reference: int
    ) -> Iterator[tuple[int, dict[int, Known]]]:
        """Yield the methods that a call runs, each with what is known of its parameters."""
        if reference < 0:
            return
        held = [frame.held(one, call.pc) for one in call.uses]
        known = ((n, frame.given(values)) for n, values in enumerate(held))
        given = {n: one for n, one in known if one is not None}
        types: tuple[int, ...] = ()
        if 0 in given and given[0].type_id >= 0:
            types = (given[0].type_id,)
        elif held:
            types = self.objects.types(frame.code.defined, held[0])
        found = {self.objects.target(one, reference) for one in types} - {-1}
        targets = found or {self.code.opened.followed.answers.target(reference)} - {-1}
        if len(targets) <= _MOST_TARGETS:
            for target in sorted(targets):
                if not in_system(self.code.opened, target):
                    yield target, given


def _through_call(one: Exit, step: tuple[int, int]) -> Exit:
    return Exit(one.site, one.how, (step, *one.way))
