"""What an instruction does, in the words of `engines/program/body` (JVMS 6.5).

Stack places are registers after those of the local variables. Nothing writes the register after
the last of these: where an exception is caught it stands for the exception.
"""

from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from chengnuo.engines.classfile import opcodes as op
from chengnuo.engines.program.body import Comparison, Do, Instruction

_COMPARISONS: Final = (
    Comparison.EQUAL,
    Comparison.NOT_EQUAL,
    Comparison.LESS,
    Comparison.AT_LEAST,
    Comparison.MORE,
    Comparison.AT_MOST,
)
_COPIES: Final = {
    op.DUP: (0, 0),
    op.DUP + 1: (1, 0, 1),
    op.DUP + 2: (2, 0, 1, 2),
    op.DUP + 3: (0, 1, 0, 1),
    op.DUP + 4: (1, 2, 0, 1, 2),
    op.DUP + 5: (2, 3, 0, 1, 2, 3),
    op.SWAP: (1, 0),
}
"""Which of the places taken each place given is a copy of, the deepest first."""
_VALUE_FIRST: Final = frozenset({op.PUTFIELD, op.PUTSTATIC})


def _dos() -> dict[int, Do]:
    dos = dict.fromkeys(op.NAMES, Do.OTHER)
    for ops, do in (
        (range(op.ACONST_NULL, op.LDC), Do.NUMBER),
        (range(op.ILOAD, op.ILOAD_0 + 20), Do.MOVE),
        (range(op.ISTORE, op.ISTORE_0 + 20), Do.MOVE),
        (_COPIES, Do.MOVE),
        ((op.IXOR,), Do.XOR),
        ((*range(op.IFEQ, op.GOTO), op.IFNULL, op.IFNONNULL), Do.IF),
        ((op.GOTO, op.GOTO_W, op.JSR, op.JSR_W, op.RET), Do.GOTO),
        (op.SWITCHES, Do.SWITCH),
        (range(op.IRETURN, op.GETSTATIC), Do.RETURN),
        ((op.GETSTATIC, op.GETFIELD), Do.GET),
        ((op.PUTSTATIC, op.PUTFIELD), Do.PUT),
        (range(op.INVOKEVIRTUAL, op.NEW), Do.CALL),
        ((op.NEW, op.NEWARRAY, op.ANEWARRAY, op.MULTIANEWARRAY), Do.NEW),
        ((op.ATHROW,), Do.THROW),
        ((op.CHECKCAST,), Do.CAST),
        ((op.INSTANCEOF,), Do.INSTANCE_OF),
    ):
        dos.update(dict.fromkeys(ops, do))
    return dos


DOS: Final = _dos()


def _small_numbers() -> dict[int, int]:
    """Return what the instructions push that have their number in the opcode."""
    numbers = dict(zip(range(op.ACONST_NULL, op.BIPUSH), (0, *range(-1, 6), 0, 1), strict=False))
    floats = (0x3F800000, 0x40000000)
    numbers |= dict(zip(range(11, 16), (0, *floats, 0, 0x3FF0000000000000), strict=True))
    return numbers


NUMBERS: Final = _small_numbers()


@dataclass(frozen=True, slots=True, kw_only=True)
class Operands:
    """One instruction, as far as its bytes and the constant pool tell.

    Attributes:
        pc: Its place in the method.
        op: Its opcode; of a `wide` one that after it.
        takes: Places of each value that it takes, the deepest first.
        gives: Places of each value that it gives.
        local: Local variable that it names, or -1.
        do: What it does.
        index: What it names in the unit, or -1.
        literal: Number of a `NUMBER`.
        targets: Places that it may go to.
        keys: Keys of a switch.
        text: Name and what it names.

    """

    pc: int
    op: int
    takes: tuple[int, ...]
    gives: tuple[int, ...]
    local: int = -1
    do: Do
    index: int = -1
    literal: int = 0
    targets: tuple[int, ...] = ()
    keys: tuple[int, ...] = ()
    text: str


def instruction(one: Operands, top: int) -> Instruction:
    """Return an instruction in the words of the program.

    Args:
        one: The instruction.
        top: The first register of the stack that is free before it.

    """
    base = top - sum(one.takes)
    uses = tuple(accumulate(one.takes[:-1], initial=base)) if one.takes else ()
    defs = tuple(accumulate(one.gives[:-1], initial=base)) if one.gives else ()
    if one.op in _COPIES:
        moved = [(base + to, base + of) for to, of in enumerate(_COPIES[one.op]) if to != of]
        defs, uses = tuple(to for to, _ in moved), tuple(of for _, of in moved)
    elif one.local >= 0:
        uses = uses or (one.local,)
        defs = defs or ((one.local,) if one.op != op.RET else ())
    elif one.op in _VALUE_FIRST:
        uses = uses[::-1]
    named = [f"v{register}" for register in dict.fromkeys((*defs, *uses))]
    name, _, rest = one.text.partition(" ")
    return Instruction(
        pc=one.pc,
        do=one.do,
        defs=defs,
        uses=uses,
        index=one.index,
        literal=one.literal,
        targets=one.targets,
        test=_test(one.op),
        keys=one.keys,
        text=f"{name} {', '.join((*named, *([rest] if rest else [])))}".rstrip(),
    )


def _test(code: int) -> Comparison | None:
    if DOS[code] is not Do.IF:
        return None
    if code in {op.IFNULL, op.IFNONNULL}:
        return _COMPARISONS[code - op.IFNULL]
    return _COMPARISONS[(code - op.IFEQ) % 6]


def catching(one: Instruction, lowest: int, caught: int) -> Instruction:
    """Return the instruction that an exception is caught at, which lies lowest on the stack.

    Args:
        one: The instruction.
        lowest: Register of the lowest stack place.
        caught: Register that stands for the exception.

    """
    uses = tuple(caught if register == lowest else register for register in one.uses)
    defs = one.defs
    if one.do is Do.MOVE and lowest not in defs:
        defs, uses = (*defs, lowest), (*uses, caught)
    elif one.do is Do.OTHER and lowest not in defs:
        defs = (*defs, lowest)
    return Instruction(
        pc=one.pc,
        do=one.do,
        defs=defs,
        uses=uses,
        index=one.index,
        literal=one.literal,
        targets=one.targets,
        test=one.test,
        keys=one.keys,
        text=one.text,
    )
