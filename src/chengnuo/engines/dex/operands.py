"""Operands of one instruction ("Dalvik executable instruction formats")."""

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from chengnuo.engines.dex.opcodes import FORMATS, Op

_NIBBLES_PER_UNIT = 4


class Operands(NamedTuple):
    """One instruction taken apart.

    Attributes:
        pc: Its place in its method, in code units.
        op: Its opcode.
        registers: Registers in the order of the format; of a range, every one.
        named: Index of what it names, or -1.
        literal: Number that it holds, as the register gets it.
        offset: How far it goes, in code units; 0 if nowhere.
        proto: Prototype of `invoke-polymorphic`, or -1.

    """

    pc: int
    op: int
    registers: tuple[int, ...] = ()
    named: int = -1
    literal: int = 0
    offset: int = 0
    proto: int = -1


_Reader = Callable[[int, Sequence[int]], Operands]


def _signed(number: int, bits: int) -> int:
    return number - (1 << bits) if number >> (bits - 1) else number


def _two(unit: int) -> tuple[int, int]:
    return (unit >> 8) & 15, unit >> 12


def _word(u: Sequence[int]) -> int:
    return u[1] | u[2] << 16


def _high16(pc: int, u: Sequence[int]) -> Operands:
    shift = 48 if u[0] & 0xFF == Op.CONST_WIDE_HIGH16 else 16
    literal = _signed(u[1] << shift, shift + 16)
    return Operands(pc, u[0] & 0xFF, (u[0] >> 8,), literal=literal)


def _wide(pc: int, u: Sequence[int]) -> Operands:
    literal = _signed(u[1] | u[2] << 16 | u[3] << 32 | u[4] << 48, 64)
    return Operands(pc, u[0] & 0xFF, (u[0] >> 8,), literal=literal)


def _listed(pc: int, u: Sequence[int]) -> Operands:
    places = [(u[2] >> (_NIBBLES_PER_UNIT * place)) & 15 for place in range(4)]
    registers = (*places, (u[0] >> 8) & 15)[: u[0] >> 12]
    proto = u[3] if len(u) > 3 else -1  # noqa: PLR2004 - the fourth unit of 45cc
    return Operands(pc, u[0] & 0xFF, registers, u[1], proto=proto)


def _range(pc: int, u: Sequence[int]) -> Operands:
    registers = tuple(range(u[2], u[2] + (u[0] >> 8)))
    proto = u[3] if len(u) > 3 else -1  # noqa: PLR2004 - the fourth unit of 4rcc
    return Operands(pc, u[0] & 0xFF, registers, u[1], proto=proto)


_READERS: Final[dict[str, _Reader]] = {
    "10x": lambda pc, u: Operands(pc, u[0] & 0xFF),
    "12x": lambda pc, u: Operands(pc, u[0] & 0xFF, _two(u[0])),
    "11n": lambda pc, u: Operands(
        pc, u[0] & 0xFF, ((u[0] >> 8) & 15,), literal=_signed(u[0] >> 12, 4)
    ),
    "11x": lambda pc, u: Operands(pc, u[0] & 0xFF, (u[0] >> 8,)),
    "10t": lambda pc, u: Operands(pc, u[0] & 0xFF, offset=_signed(u[0] >> 8, 8)),
    "20t": lambda pc, u: Operands(pc, u[0] & 0xFF, offset=_signed(u[1], 16)),
    "22x": lambda pc, u: Operands(pc, u[0] & 0xFF, (u[0] >> 8, u[1])),
    "21t": lambda pc, u: Operands(pc, u[0] & 0xFF, (u[0] >> 8,), offset=_signed(u[1], 16)),
    "21s": lambda pc, u: Operands(pc, u[0] & 0xFF, (u[0] >> 8,), literal=_signed(u[1], 16)),
    "21h": _high16,
    "21c": lambda pc, u: Operands(pc, u[0] & 0xFF, (u[0] >> 8,), u[1]),
    "23x": lambda pc, u: Operands(pc, u[0] & 0xFF, (u[0] >> 8, u[1] & 0xFF, u[1] >> 8)),
    "22b": lambda pc, u: Operands(
        pc, u[0] & 0xFF, (u[0] >> 8, u[1] & 0xFF), literal=_signed(u[1] >> 8, 8)
    ),
    "22t": lambda pc, u: Operands(pc, u[0] & 0xFF, _two(u[0]), offset=_signed(u[1], 16)),
    "22s": lambda pc, u: Operands(pc, u[0] & 0xFF, _two(u[0]), literal=_signed(u[1], 16)),
    "22c": lambda pc, u: Operands(pc, u[0] & 0xFF, _two(u[0]), u[1]),
    "30t": lambda pc, u: Operands(pc, u[0] & 0xFF, offset=_signed(_word(u), 32)),
    "32x": lambda pc, u: Operands(pc, u[0] & 0xFF, (u[1], u[2])),
    "31i": lambda pc, u: Operands(pc, u[0] & 0xFF, (u[0] >> 8,), literal=_signed(_word(u), 32)),
    "31t": lambda pc, u: Operands(pc, u[0] & 0xFF, (u[0] >> 8,), offset=_signed(_word(u), 32)),
    "31c": lambda pc, u: Operands(pc, u[0] & 0xFF, (u[0] >> 8,), _word(u)),
    "35c": _listed,
    "3rc": _range,
    "45cc": _listed,
    "4rcc": _range,
    "51l": _wide,
}
_BY_OPCODE: Final = {op: (_READERS[form], int(form[0])) for op, form in FORMATS.items()}


def operands_at(codes: Sequence[int], pc: int) -> Operands:
    """Take the instruction at a place apart; the walk has found that one is there, and fits.

    Args:
        codes: Code units of the method.
        pc: The place.

    """
    reader, width = _BY_OPCODE[codes[pc] & 0xFF]
    return reader(pc, codes[pc : pc + width])
