"""Methods of a DEX file, decoded on demand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import overload

import numpy as np
from numpy.typing import NDArray

from chengnuo.engines.dex.call_sites import CallSites
from chengnuo.engines.dex.catching import caught_in
from chengnuo.engines.dex.code import CODE_HEADER_BYTES
from chengnuo.engines.dex.disassembly import Disassembler
from chengnuo.engines.dex.leb import LebError
from chengnuo.engines.dex.meaning import ANSWERING, CALLS, MOVE_RESULTS, instruction
from chengnuo.engines.dex.opcodes import INDEXED, Op
from chengnuo.engines.dex.operands import Operands, operands_at
from chengnuo.engines.dex.outline import Cases, branch_targets, lead_inside, outline_of_codes
from chengnuo.engines.dex.source import Source
from chengnuo.engines.dex.tables import Tables
from chengnuo.engines.program.body import Body, Instruction
from chengnuo.engines.program.descriptors import parameter_widths
from chengnuo.engines.program.unit import Ids

STATIC = 0x0008
_OF_UNIT = frozenset({"string", "type", "field", "method"})


def _firsts(registers: tuple[int, ...], widths: tuple[int, ...]) -> tuple[int, ...]:
    """Return the first register of each parameter; all of them if the widths do not fit."""
    if sum(widths) != len(registers):
        return registers
    firsts = []
    place = 0
    for width in widths:
        firsts.append(registers[place])
        place += width
    return tuple(firsts)


@dataclass(frozen=True, slots=True)
class Methods:
    """The defined methods; all arrays `(n,)`.

    Attributes:
        reference: Method reference of each.
        access: Its access flags.
        first: First code unit, in the file.
        size: Its code units; 0 for one without code, or with damaged code.

    """

    reference: Ids
    access: NDArray[np.uint32]
    first: NDArray[np.int64]
    size: Ids


class DexBodies:
    """Decodes methods of one DEX file."""

    def __init__(self, source: Source, tables: Tables, sites: CallSites, methods: Methods) -> None:
        self._source = source
        self._tables = tables
        self._sites = sites
        self._methods = methods
        self._disassembler = Disassembler(tables, sites)

    def body(self, method: int) -> Body | None:
        """Return a defined method instruction by instruction.

        None for a method without code, and for one whose code, branches or handlers are damaged.
        """
        first, size = int(self._methods.first[method]), int(self._methods.size[method])
        if not size:
            return None
        codes = self._source.units[first : first + size].tolist()
        try:
            outline, switches = outline_of_codes(codes)
            caught = caught_in(self._source.data, 2 * first - CODE_HEADER_BYTES, size)
            parameters = self._parameters(method)
        except LebError:
            return None
        if not lead_inside(outline, caught):
            return None
        instructions = Decoded(self, codes, outline.places, switches)
        return Body(instructions, parameters, caught, outline)

    def decoded(
        self, codes: Sequence[int], place: int, after: int, cases: Cases | None
    ) -> Instruction:
        """Return one instruction of a method.

        Args:
            codes: Code units of the method.
            place: Where the instruction is.
            after: Where the next one is, or -1.
            cases: Its cases, if it is a switch.

        """
        operands = operands_at(codes, place)
        op = operands.op
        answered = op in ANSWERING and after >= 0 and codes[after] & 0xFF in MOVE_RESULTS
        targets = cases.targets if cases else branch_targets(operands)
        keys = cases.keys if cases else ()
        return instruction(
            operands,
            answer=(codes[after] >> 8,) if answered else (),
            uses=self._arguments(operands) if op in CALLS else None,
            index=self._named(operands) if op in INDEXED else -1,
            targets=targets,
            keys=keys,
            text=partial(self._disassembler.text, operands, targets, keys),
        )

    def _named(self, operands: Operands) -> int:
        kind = INDEXED[operands.op]
        if kind == "call-site":
            return int(self._sites.implementation[operands.named])
        return operands.named if kind in _OF_UNIT else -1

    def _arguments(self, operands: Operands) -> tuple[int, ...]:
        """Return the registers of the arguments, of a wide one the first."""
        op, tables = operands.op, self._tables
        receiver: tuple[int, ...] = ()
        if INDEXED[op] == "call-site":
            proto = int(self._sites.proto[operands.named])
        else:
            own = int(tables.method_proto[operands.named])
            proto = operands.proto if operands.proto >= 0 else own
            receiver = () if op in _STATIC_CALLS else (1,)
        if proto < 0:
            return operands.registers
        return _firsts(operands.registers, (*receiver, *parameter_widths(tables.protos[proto])))

    def _parameters(self, method: int) -> tuple[int, ...]:
        """Return the registers of the parameters.

        Raises:
            LebError: The method has fewer registers than its parameters take.

        """
        head = int(self._methods.first[method]) - CODE_HEADER_BYTES // 2
        registers, arriving = map(int, self._source.units[head : head + 2])
        proto = self._tables.protos[self._tables.method_proto[self._methods.reference[method]]]
        static = int(self._methods.access[method]) & STATIC
        widths = (*(() if static else (1,)), *parameter_widths(proto))
        if arriving > registers or sum(widths) != arriving:
            raise LebError
        return _firsts(tuple(range(registers - arriving, registers)), widths)


_STATIC_CALLS = frozenset({Op.INVOKE_VIRTUAL + 3, Op.INVOKE_VIRTUAL_RANGE + 3})


class Decoded(Sequence[Instruction]):
    """Instructions of a method, each decoded when it is first asked for."""

    def __init__(
        self,
        bodies: DexBodies,
        codes: Sequence[int],
        places: Sequence[int],
        switches: Mapping[int, Cases],
    ) -> None:
        self._bodies = bodies
        self._codes = codes
        self._places = places
        self._switches = switches
        self._known: dict[int, Instruction] = {}

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._places)

    @overload
    def __getitem__(self, index: int) -> Instruction: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Instruction, ...]: ...
    def __getitem__(self, index: int | slice) -> Instruction | tuple[Instruction, ...]:
        """Return one, or several."""
        if isinstance(index, slice):
            return tuple(self[each] for each in range(*index.indices(len(self))))
        found = self._known.get(index)
        if found is None:
            found = self._known[index] = self._decoded(range(len(self))[index])
        return found

    def _decoded(self, index: int) -> Instruction:
        place = self._places[index]
        after = self._places[index + 1] if index + 1 < len(self) else -1
        return self._bodies.decoded(self._codes, place, after, self._switches.get(place))
