"""Methods of the class files of a JAR, decoded on demand."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from chengnuo.engines.classfile import opcodes as op
from chengnuo.engines.classfile.class_file import STATIC
from chengnuo.engines.classfile.code import CodeArrays
from chengnuo.engines.classfile.decoding import Decoder
from chengnuo.engines.classfile.entries import EntryArrays
from chengnuo.engines.classfile.meaning import catching, instruction
from chengnuo.engines.classfile.pooling import Tables
from chengnuo.engines.program.body import Body, Caught, Do, Instruction
from chengnuo.engines.program.descriptors import parameter_widths
from chengnuo.engines.program.unit import Ids


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a group of classes to decode its methods.

    Attributes:
        code: Its code.
        entries: What its constant pools mean.
        depth: Depth of the stack before each instruction, `(n,)` uint16.
        bad: Which methods are damaged, `(m,)`.

    """

    code: CodeArrays
    entries: EntryArrays
    depth: NDArray[np.uint16]
    bad: NDArray[np.bool_]


class ClassBodies:
    """Decodes methods of one JAR."""

    def __init__(
        self,
        groups: Sequence[Kept],
        tables: Tables,
        types: dict[bytes, int],
        methods: Ids,
        access: NDArray[np.uint32],
    ) -> None:
        self._groups = groups
        self._tables = tables
        self._methods = methods
        self._access = access
        self._types = types

    def body(self, method: int) -> Body | None:
        """Return a defined method instruction by instruction.

        None for a method without code, and for one whose code is damaged. The default of a switch
        is a jump of its own, one byte after the beginning of the switch.
        """
        for group in self._groups:
            row = int(np.searchsorted(group.code.method, method))
            if row < len(group.code.method) and group.code.method[row] == method:
                return None if group.bad[row] else self._body(group, row, method)
        return None

    def _body(self, group: Kept, row: int, method: int) -> Body:
        code = group.code
        low, high = int(code.bounds[row]), int(code.bounds[row + 1])
        first, variables = int(code.first[row]), int(code.locals[row])
        caught = _caught(code, row)
        catches = {one.target for one in caught}
        nothing = variables + int(code.stack[row])
        decoder = Decoder(
            code.data, group.entries, self._tables, self._types, first, int(code.pool[row])
        )
        places = code.places[low:high].tolist()
        returns = tuple(
            after - first for place, after in pairwise(places) if code.data[place] in _JUMPS_BACK
        )
        written: list[Instruction] = []
        for place, depth in zip(places, group.depth[low:high].tolist(), strict=True):
            made = instruction(decoder.operands(place, returns), variables + depth)
            if made.pc in catches:
                made = catching(made, variables, nothing)
            written += _parted(made) if made.do is Do.SWITCH else (made,)
        static = int(self._access[method]) & STATIC
        descriptor = self._tables.protos[self._tables.method[self._methods[method], 2]]
        widths = (*(() if static else (1,)), *parameter_widths(descriptor))
        parameters = tuple(accumulate(widths[:-1], initial=0)) if widths else ()
        return Body(instructions=tuple(written), parameters=parameters, caught=caught)


def _parted(switch: Instruction) -> tuple[Instruction, Instruction]:
    """Return a switch whose last target is its default as a switch and a jump."""
    *cases, default = switch.targets
    return (
        Instruction(
            pc=switch.pc,
            do=switch.do,
            defs=switch.defs,
            uses=switch.uses,
            targets=tuple(cases),
            keys=switch.keys,
            text=switch.text,
        ),
        Instruction(
            pc=switch.pc + 1, do=Do.GOTO, targets=(default,), text=f"default {default:04x}"
        ),
    )


_JUMPS_BACK: Final = frozenset({op.JSR, op.JSR_W})


def _caught(code: CodeArrays, row: int) -> tuple[Caught, ...]:
    begin = int(code.handlers[row])
    words = np.frombuffer(code.data, ">u2", 4 * int(code.handler_count[row]), begin)
    return tuple(
        Caught(start, end, target)
        for start, end, target, _ in words.reshape(-1, 4).tolist()
        if start < end
    )
