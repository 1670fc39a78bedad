"""What a register holds at a place of a method: constants, fields, answers, parameters.

Reaching definitions, looked for backwards from the place and joined where ways meet; an exception
may leave a block after any write in it. A join is a set, so that its order never matters.
Of a call's arguments the values are told a few levels deep. What follows a step into callers or
called methods is `answers`.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple, TypeAlias

from chengnuo.engines.program.body import Do, Instruction
from chengnuo.engines.program.code import Code
from chengnuo.engines.program.mutf8 import text_of

DEPTH = 3
"""How many levels of arguments of calls are told."""
MOST_VALUES = 8
"""A join of more is unknown."""
_MOST_STEPS = 4_000
_MOST_NESTED = 20
_ENTRY = -1


class Kind(Enum):
    """What sort of value it is."""

    # That of `Enum` is a function of Python, and values are kept in sets.
    __hash__ = object.__hash__

    TEXT = "text"
    """The constant string `text`."""
    NUMBER = "number"
    """The constant `number`; 0 is also null and false."""
    CLASS = "class"
    """The class object of the type `number`."""
    NEW = "new"
    """An object of the type `number`, made in this method at `pc`."""
    FIELD = "field"
    """What the field `number` holds; `arguments` has its object, if it is not static."""
    ANSWER = "answer"
    """What a call of the method reference `number` returned; `arguments` has the receiver too."""
    PARAMETER = "parameter"
    """Parameter `number`, the receiver being 0 where there is one."""
    NOT = "not"
    """The opposite of the truth value `arguments[0]`."""
    UNKNOWN = "unknown"


class Value(NamedTuple):
    """One value that a register may hold; which attributes count, its kind says."""

    kind: Kind
    number: int = 0
    text: str = ""
    arguments: "tuple[frozenset[Value], ...]" = ()
    pc: int = -1


Values: TypeAlias = frozenset[Value]

# In Python 3.11 every look-up of a member of an enumeration is a call.
_ANSWER, _FIELD, _PARAMETER, _NUMBER_KIND = Kind.ANSWER, Kind.FIELD, Kind.PARAMETER, Kind.NUMBER
_CALL, _GET, _XOR, _CAST, _NOT, _MOVE = Do.CALL, Do.GET, Do.XOR, Do.CAST, Do.NOT, Do.MOVE

UNKNOWN = Value(Kind.UNKNOWN)
ANYTHING: Values = frozenset({UNKNOWN})


def joined(parts: Iterable[Values]) -> Values:
    """Return everything that one of several may be; too much of it is unknown."""
    some = [*parts]
    found = some[0] if len(some) == 1 else frozenset().union(*some)
    return found if len(found) <= MOST_VALUES else ANYTHING


def number_of(value: int) -> Values:
    """Return a constant number as what a register may hold."""
    return frozenset({Value(_NUMBER_KIND, value)})


def texts_of(values: Values) -> tuple[str, ...]:
    """Return the constant strings among values, sorted."""
    return tuple(sorted(value.text for value in values if value.kind is Kind.TEXT))


def one_of(values: Values) -> Value | None:
    """Return the value if there is only one."""
    return next(iter(values)) if len(values) == 1 else None


def values_at(
    code: Code,
    register: int,
    pc: int,
    *,
    depth: int = DEPTH,
    alive: Collection[int] | None = None,
) -> Values:
    """Return what a register may hold just before a place.

    Args:
        code: The method.
        register: The register; of a wide value the first.
        pc: The place, of an instruction.
        depth: How many levels of arguments of calls are told.
        alive: Blocks that can be run; what comes from others does not count. None: all.

    """
    index = code.outline.index(pc)
    if index is None:
        return ANYTHING
    return _Search(code, alive).held(register, index, depth)


def writes_reaching(code: Code, register: int, index: int) -> list[int]:
    """Return the instructions that may have written a register last before one; below 0: none."""
    return _Search(code, None).writes(register, index)


@dataclass(slots=True)
class _Search:
    """One search backwards from a place.

    Attributes:
        steps: Blocks and instructions that it may still look at.
        open: Writes that it is in the middle of; a loop brings nothing new.

    """

    code: Code
    alive: Collection[int] | None
    steps: int = _MOST_STEPS
    open: set[tuple[int, int]] = field(default_factory=set)

    def held(self, register: int, index: int, depth: int) -> Values:
        """Return what a register may hold just before an instruction."""
        return joined(self._made(register, write, depth) for write in self.writes(register, index))

    def writes(self, register: int, index: int) -> list[int]:
        """Return the writes that may have been the last one, `_ENTRY` for none."""
        code, flow = self.code, self.code.flow
        block = flow.block_of(index)
        here = code.last_write(register, flow.starts[block], index)
        if here >= 0:
            return [here]
        if self.alive is not None:
            return self._entering(register, block)
        key = (register, block)
        if key not in code.entering:
            code.entering[key] = self._entering(register, block)
        return code.entering[key]

    def _entering(self, register: int, block: int) -> list[int]:
        """Return the writes that may have been the last one when a block begins."""
        code, flow, alive = self.code, self.code.flow, self.alive
        last = code.last_writes(register)
        found: set[int] = set()
        # A block is entered from its beginning backwards; True: an exception left the one before.
        left = [(block, False)]
        seen = set(left)
        while left:
            at, _ = left.pop()
            self.steps -= 1
            if at == 0:
                found.add(_ENTRY)
            entries: list[tuple[int, bool]] = []
            for other in flow.before[at]:
                if alive is None or other in alive:
                    if other in last:
                        found.add(last[other])
                    else:
                        entries.append((other, False))
            for other in flow.thrown[at]:
                if alive is None or other in alive:
                    if other in last:
                        begin, end = flow.starts[other], flow.starts[other + 1]
                        found.update(code.writes_between(register, begin, end))
                    entries.append((other, True))
            new = [one for one in entries if one not in seen]
            seen.update(new)
            left += new
        return sorted(found)

    def _made(self, register: int, write: int, depth: int) -> Values:
        """Return what an instruction writes."""
        self.steps -= 1
        if self.steps < 0 or len(self.open) > _MOST_NESTED:
            return ANYTHING
        if write == _ENTRY:
            parameters = self.code.body.parameters
            if register in parameters:
                return frozenset({Value(_PARAMETER, parameters.index(register))})
            return ANYTHING
        key = (register, write)
        if key in self.open:
            return frozenset()
        self.open.add(key)
        one = self.code.body.instructions[write]
        place = one.defs.index(register)
        if one.do is _MOVE and place < len(one.uses):
            made = self.held(one.uses[place], write, depth)
        else:
            made = self._from(one, write, depth)
        self.open.discard(key)
        return made

    def _from(self, one: Instruction, index: int, depth: int) -> Values:
        do = one.do
        if do is _CALL:
            method = int(self.code.part.methods[one.index])
            arguments = self._arguments(one, index, depth - 1) if depth > 0 else ()
            return frozenset({Value(_ANSWER, method, arguments=arguments, pc=one.pc)})
        if do is _GET:
            touched = int(self.code.part.fields[one.index])
            arguments = self._arguments(one, index, depth - 1) if depth > 0 else ()
            return frozenset({Value(_FIELD, touched, arguments=arguments)})
        if do is _XOR:
            return self._exclusive_or(self._arguments(one, index, depth))
        if do is _CAST and one.uses:
            return self.held(one.uses[0], index, depth)
        if do is _NOT and one.uses:
            return frozenset({Value(Kind.NOT, arguments=self._arguments(one, index, depth))})
        return self._constant(one)

    def _exclusive_or(self, parts: tuple[Values, ...]) -> Values:
        """Return the opposite of one of two, where the other is 1; compilers write `!` so too."""
        one = number_of(1)
        others = [part for part in parts if part != one]
        known = len(parts) == 2 and len(others) == 1  # noqa: PLR2004 - the two of an operation
        return frozenset({Value(Kind.NOT, arguments=(others[0],))}) if known else ANYTHING

    def _arguments(self, one: Instruction, index: int, depth: int) -> tuple[Values, ...]:
        return tuple(self.held(register, index, depth) for register in one.uses)

    def _constant(self, one: Instruction) -> Values:
        part = self.code.part
        match one.do:
            case Do.NUMBER:
                return number_of(one.literal)
            case Do.STRING if one.index >= 0:
                program = self.code.program
                unit = program.units[program.unit_of(self.code.defined)]
                return frozenset({Value(Kind.TEXT, text=text_of(unit.strings[one.index]))})
            case Do.CLASS:
                return frozenset({Value(Kind.CLASS, int(part.types[one.index]))})
            case Do.NEW:
                return frozenset({Value(Kind.NEW, int(part.types[one.index]), pc=one.pc)})
            case _:
                return ANYTHING
