"""Methods that are looked into: body, ways and writes of each, made once and kept."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from chengnuo.engines.program.body import Body, Instruction, Outline
from chengnuo.engines.program.flow import Flow, flow_of
from chengnuo.engines.program.program import Part, Program

MOST_INSTRUCTIONS = 40_000
MOST_CAUGHT = 400
"""A longer method, or one with more places that catch, is not looked into; compilers stay below."""


@dataclass(frozen=True, slots=True, eq=False)
class Code:
    """One method that is looked into.

    Attributes:
        program: The program that it is part of.
        defined: The method.
        body: Its instructions, which name things by the ids of their unit.
        part: How these become ids of the program.
        outline: What is known of all its instructions.
        flow: The ways through it.
        entering: Writes of a register that reach the beginning of a block, as far as asked for.

    """

    program: Program
    defined: int
    body: Body
    part: Part
    outline: Outline
    flow: Flow
    entering: dict[tuple[int, int], list[int]] = field(default_factory=dict, repr=False)
    _last: dict[int, dict[int, int]] = field(default_factory=dict, repr=False)

    def at(self, pc: int) -> Instruction | None:
        """Return the instruction at a place."""
        found = self.outline.index(pc)
        return None if found is None else self.body.instructions[found]

    def last_write(self, register: int, first: int, end: int) -> int:
        """Return the index of the last write to a register from `first` up to `end`, or -1."""
        writes = self.outline.writes.get(register, ())
        at = bisect_left(writes, end) - 1
        return writes[at] if at >= 0 and writes[at] >= first else -1

    def last_writes(self, register: int) -> dict[int, int]:
        """Return of each block that writes a register the index of the last write in it."""
        if register not in self._last:
            block = self.flow.block_of
            writes = self.outline.writes.get(register, ())
            self._last[register] = {block(one): one for one in writes}
        return self._last[register]

    def writes_between(self, register: int, first: int, end: int) -> Sequence[int]:
        """Return the indexes of the writes to a register from `first` up to `end`."""
        writes = self.outline.writes.get(register, ())
        return writes[bisect_left(writes, first) : bisect_left(writes, end)]


@dataclass(frozen=True, slots=True)
class Codes:
    """The methods of a program that were looked into so far.

    Attributes:
        program: The program.
        too_large: Methods with more in them than is looked into.

    """

    program: Program
    too_large: set[int] = field(default_factory=set)
    _known: dict[int, Code | None] = field(default_factory=dict, repr=False)

    def of(self, defined: int) -> Code | None:
        """Return a defined method, or None if it has no code, or none that is looked into."""
        if defined not in self._known:
            self._known[defined] = self._made(defined)
        return self._known[defined]

    def _made(self, defined: int) -> Code | None:
        program = self.program
        if not program.defined_has_code[defined]:
            return None
        body = program.body(defined)
        if body is None or not body.instructions:
            return None
        if len(body.instructions) > MOST_INSTRUCTIONS or len(body.caught) > MOST_CAUGHT:
            self.too_large.add(defined)
            return None
        outline = body.outline()
        part = program.parts[program.unit_of(defined)]
        return Code(program, defined, body, part, outline, flow_of(outline, body.caught))
