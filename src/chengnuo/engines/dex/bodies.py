"""Methods of a DEX file, decoded on demand."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chengnuo.engines.dex.call_sites import CallSites
from chengnuo.engines.dex.catching import caught_in
from chengnuo.engines.dex.code import CODE_HEADER_BYTES
from chengnuo.engines.dex.disassembly import Disassembler
from chengnuo.engines.dex.leb import LebError
from chengnuo.engines.dex.meaning import (
    ANSWERING,
    BRANCHES,
    CALLS,
    MOVE_RESULTS,
    SWITCHES,
    instruction,
)
from chengnuo.engines.dex.opcodes import (
    FILL_ARRAY_DATA_PAYLOAD,
    INDEXED,
    PACKED_SWITCH_PAYLOAD,
    SPARSE_SWITCH_PAYLOAD,
    Op,
)
from chengnuo.engines.dex.operands import Operands, operands_at
from chengnuo.engines.dex.source import Source
from chengnuo.engines.dex.tables import Tables
from chengnuo.engines.dex.walk import instruction_places
from chengnuo.engines.program.body import Body, Caught, Instruction
from chengnuo.engines.program.descriptors import parameter_widths
from chengnuo.engines.program.unit import Ids

STATIC = 0x0008
_PAYLOADS = frozenset({PACKED_SWITCH_PAYLOAD, SPARSE_SWITCH_PAYLOAD, FILL_ARRAY_DATA_PAYLOAD})


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


def _signed(low: int, high: int) -> int:
    number = low | high << 16
    return number - (1 << 32) if number >> 31 else number


def _switch(codes: Sequence[int], operands: Operands) -> tuple[list[int], list[int]]:
    """Return the keys and places of a switch.

    Raises:
        LebError: Its payload is not there.

    """
    at = operands.pc + operands.offset
    packed = operands.op == Op.PACKED_SWITCH
    wanted = PACKED_SWITCH_PAYLOAD if packed else SPARSE_SWITCH_PAYLOAD
    if not 0 <= at < len(codes) - 1 or codes[at] != wanted:
        raise LebError
    count = codes[at + 1]
    words = codes[at + 2 : at + (4 + 2 * count if packed else 2 + 4 * count)]
    numbers = [_signed(low, high) for low, high in zip(words[::2], words[1::2], strict=False)]
    if len(numbers) != (1 + count if packed else 2 * count):
        raise LebError
    keys = list(range(numbers[0], numbers[0] + count)) if packed else numbers[:count]
    return keys, [operands.pc + offset for offset in numbers[-count:] if count]


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
        taken = [
            operands_at(codes, place)
            for place in instruction_places(codes)
            if codes[place] not in _PAYLOADS
        ]
        try:
            instructions = self._instructions(codes, taken)
            caught = caught_in(self._source.data, 2 * first - CODE_HEADER_BYTES, size)
            parameters = self._parameters(method)
        except LebError:
            return None
        if not _lead_inside(instructions, caught):
            return None
        return Body(instructions=tuple(instructions), parameters=parameters, caught=caught)

    def _instructions(self, codes: Sequence[int], taken: list[Operands]) -> list[Instruction]:
        written = []
        cases = 0
        for place, operands in enumerate(taken):
            after = taken[place + 1] if place + 1 < len(taken) else None
            answered = operands.op in ANSWERING and after and after.op in MOVE_RESULTS
            targets: list[int] = []
            keys: list[int] = []
            if operands.op in SWITCHES:
                keys, targets = _switch(codes, operands)
                cases += len(keys)
                if cases > len(codes):  # switches of compilers share no payload
                    raise LebError
            elif operands.op in BRANCHES and operands.op != Op.FILL_ARRAY_DATA:
                targets = [operands.pc + operands.offset]
            written.append(
                instruction(
                    operands,
                    answer=after.registers if answered and after else (),
                    uses=self._arguments(operands) if operands.op in CALLS else None,
                    index=self._named(operands),
                    targets=tuple(targets),
                    keys=keys,
                    text=self._disassembler.text(operands, targets, keys),
                )
            )
        return written

    def _named(self, operands: Operands) -> int:
        kind = INDEXED.get(operands.op, "")
        if kind == "call-site":
            return int(self._sites.implementation[operands.index])
        return operands.index if kind in {"string", "type", "field", "method"} else -1

    def _arguments(self, operands: Operands) -> tuple[int, ...]:
        """Return the registers of the arguments, of a wide one the first."""
        op, tables = operands.op, self._tables
        receiver: tuple[int, ...] = ()
        if INDEXED[op] == "call-site":
            proto = int(self._sites.proto[operands.index])
        else:
            own = int(tables.method_proto[operands.index])
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


def _lead_inside(instructions: list[Instruction], caught: tuple[Caught, ...]) -> bool:
    """Tell whether every way of control leads to an instruction."""
    places = {each.pc for each in instructions}
    return all(places.issuperset(each.targets) for each in instructions) and all(
        each.target in places for each in caught
    )
