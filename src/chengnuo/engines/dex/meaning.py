"""What an instruction does, in the words of `engines/program/body`."""

from collections.abc import Callable
from typing import Final

from chengnuo.engines.dex.opcodes import NAMES, Op
from chengnuo.engines.dex.operands import Operands
from chengnuo.engines.program.body import Comparison, Do, Instruction

MOVE_RESULTS: Final = range(Op.MOVE_RESULT, Op.MOVE_EXCEPTION)
CALLS: Final = frozenset(op for op, name in NAMES.items() if name.startswith("invoke-"))
ANSWERING: Final = CALLS | {Op.FILLED_NEW_ARRAY, Op.FILLED_NEW_ARRAY_RANGE}
"""Instructions whose answer a `move-result` takes."""
SWITCHES: Final = frozenset({Op.PACKED_SWITCH, Op.SPARSE_SWITCH})
_COMPARISONS: Final = (
    Comparison.EQUAL,
    Comparison.NOT_EQUAL,
    Comparison.LESS,
    Comparison.AT_LEAST,
    Comparison.MORE,
    Comparison.AT_MOST,
)


def _dos() -> dict[int, Do]:
    dos = dict.fromkeys(NAMES, Do.OTHER)
    for ops, do in (
        (range(Op.MOVE, Op.MOVE_RESULT), Do.MOVE),
        (range(Op.RETURN_VOID, 0x12), Do.RETURN),
        (range(0x12, Op.CONST_STRING), Do.NUMBER),
        ((Op.CONST_STRING, Op.CONST_STRING_JUMBO), Do.STRING),
        ((Op.CONST_CLASS,), Do.CLASS),
        ((Op.CHECK_CAST,), Do.CAST),
        ((Op.INSTANCE_OF,), Do.INSTANCE_OF),
        (range(Op.NEW_INSTANCE, Op.FILL_ARRAY_DATA), Do.NEW),
        ((Op.THROW,), Do.THROW),
        (range(Op.GOTO, Op.PACKED_SWITCH), Do.GOTO),
        (SWITCHES, Do.SWITCH),
        (range(Op.IF_EQ, Op.IF_EQZ + 6), Do.IF),
        ((*range(Op.IGET, Op.IPUT), *range(Op.SGET, Op.SPUT)), Do.GET),
        ((*range(Op.IPUT, Op.SGET), *range(Op.SPUT, Op.INVOKE_VIRTUAL)), Do.PUT),
        ((Op.XOR_INT, Op.XOR_INT_2ADDR), Do.XOR),
        (CALLS, Do.CALL),
    ):
        dos.update(dict.fromkeys(ops, do))
    return dos


def _reads_all() -> frozenset[int]:
    """Return the opcodes whose registers are all read and none written."""
    stores = (*range(Op.APUT, Op.IGET), Op.FILL_ARRAY_DATA, Op.MONITOR_ENTER, 0x1E)
    only = {Do.RETURN, Do.THROW, Do.IF, Do.SWITCH, Do.PUT, Do.CALL}
    return frozenset(stores) | {op for op, do in DOS.items() if do in only} | ANSWERING


DOS: Final = _dos()
# In Python 3.11 every look-up of a member of an enumeration is a call.
_NOT: Final = Do.NOT
_NUMBER: Final = Do.NUMBER
_MAY_BE_NOT: Final = frozenset({int(Op.XOR_INT_LIT8), int(Op.XOR_INT_LIT16)})
_TESTS: Final = {op: _COMPARISONS[(op - Op.IF_EQ) % 6] for op in range(Op.IF_EQ, Op.IF_EQZ + 6)}
READS_ALL: Final = _reads_all()
_READS_FIRST: Final = frozenset(
    op for op, name in NAMES.items() if name.endswith("/2addr") or op == Op.CHECK_CAST
)
"""Opcodes that read the register they write."""


def registers_of(operands: Operands) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the registers that an instruction writes and those that it reads.

    What a `move-result` writes is written by the instruction before it.
    """
    op, registers = operands.op, operands.registers
    if not registers or op in MOVE_RESULTS:
        return (), ()
    if op in READS_ALL:
        return (), registers
    return registers[:1], registers if op in _READS_FIRST else registers[1:]


def instruction(  # noqa: PLR0913 - what the method around it tells
    operands: Operands,
    *,
    answer: tuple[int, ...],
    uses: tuple[int, ...] | None,
    index: int,
    targets: tuple[int, ...],
    keys: tuple[int, ...],
    text: str | Callable[[], str],
) -> Instruction:
    """Return an instruction in the words of the program.

    Args:
        operands: The instruction.
        answer: Register that a `move-result` after it gives its answer to.
        uses: Registers that it reads, if not all that it names.
        index: What it names, in the unit.
        targets: Places that it may go to.
        keys: Keys of a switch.
        text: Its disassembly, or what writes it.

    """
    defs, reads = registers_of(operands)
    op = operands.op
    do = _NOT if op in _MAY_BE_NOT and operands.literal == 1 else DOS[op]
    return Instruction(
        operands.pc,
        do,
        answer or defs,
        reads if uses is None else uses,
        index,
        operands.literal if do is _NUMBER else 0,
        targets,
        _TESTS.get(op),
        keys,
        text,
    )
