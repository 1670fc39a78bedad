"""The strings that code says, and where: those that an instruction or a constant field names.

The string table of a file also holds names of classes and members; those are not said.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from chengnuo.engines.program.program import Program, Rows, ordered, run_of
from chengnuo.engines.program.unit import Ids, Mentions


@dataclass(frozen=True, slots=True)
class _Ordered:
    """Records by string: rows of them, and the string of each row, ascending."""

    rows: Rows
    what: Ids

    def of(self, string: int) -> list[int]:
        found: list[int] = self.rows[run_of(self.what, string)].tolist()
        return found


@dataclass(frozen=True, slots=True)
class Said:
    """The strings that the code of a program says.

    Attributes:
        program: The program.

    """

    program: Program
    _used: _Ordered
    _held: _Ordered

    def texts(self) -> Iterator[tuple[int, bytes]]:
        """Yield each string that is said, by id ascending, in modified UTF-8."""
        program = self.program
        total = sum(len(unit.strings) for unit in program.units)
        flags = np.zeros(total, np.bool_)
        for said in (self._used.what, self._held.what):
            flags[said[(said >= 0) & (said < total)]] = True
        for unit, part in zip(program.units, program.parts, strict=True):
            begin = part.strings
            for one in np.flatnonzero(flags[begin : begin + len(unit.strings)]).tolist():
                yield begin + one, unit.strings[one]

    def places(self, string: int) -> list[tuple[int, int]]:
        """Return the methods, and places in them, that name a string, in the order of the code."""
        records = self.program.strings_used
        return [(int(records.caller[row]), int(records.pc[row])) for row in self._used.of(string)]

    def holders(self, string: int) -> list[int]:
        """Return the classes that have a constant field of a string, ascending."""
        records = self.program.field_strings
        return sorted({int(records.caller[row]) for row in self._held.of(string)})


def said_in(program: Program) -> Said:
    """Return what the code of a program says."""
    return Said(program, _ordered(program.strings_used), _ordered(program.field_strings))


def field_texts(program: Program) -> dict[int, bytes]:
    """Return the string that each constant field starts with, by the id of the field."""
    held = program.field_strings
    pairs = zip(held.pc.tolist(), held.what.tolist(), strict=True)
    return {touched: program.string(string) for touched, string in pairs if string >= 0}


def _ordered(records: Mentions) -> _Ordered:
    order = ordered(records.what)
    return _Ordered(order, records.what[order])
