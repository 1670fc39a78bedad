"""The outline of a method: where its instructions are, what they write, where they go.

Of most methods that are looked into only a few instructions matter, so that this says of all of
them the least that is needed, straight from the code units ("Dalvik executable instruction
formats"), and the rest is decoded on demand.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from chengnuo.engines.dex.leb import LebError
from chengnuo.engines.dex.meaning import ANSWERING, DOS, MOVE_RESULTS, READS_ALL, SWITCHES
from chengnuo.engines.dex.opcodes import (
    FILL_ARRAY_DATA_PAYLOAD,
    FORMATS,
    PACKED_SWITCH_PAYLOAD,
    SPARSE_SWITCH_PAYLOAD,
    Op,
)
from chengnuo.engines.dex.operands import Operands, operands_at
from chengnuo.engines.dex.walk import instruction_places
from chengnuo.engines.program.body import LEAVES, Caught, Do, Leaf, Outline

_PAYLOADS: Final = frozenset(
    {PACKED_SWITCH_PAYLOAD, SPARSE_SWITCH_PAYLOAD, FILL_ARRAY_DATA_PAYLOAD}
)


class _Writes(IntEnum):
    """Where the register stands that an instruction writes."""

    NOTHING = 0
    NIBBLE = 1
    """In four bits of the first code unit."""
    BYTE = 2
    """In its upper byte."""
    UNIT = 3
    """In the second code unit."""
    NEXT = 4
    """In the `move-result` after it, if there is one."""


def _writes(op: int) -> _Writes:
    layout = FORMATS[op]
    if op in ANSWERING:
        return _Writes.NEXT
    if op in READS_ALL or op in MOVE_RESULTS or layout in {"10x", "10t", "20t", "30t"}:
        return _Writes.NOTHING
    if layout == "32x":
        return _Writes.UNIT
    return _Writes.NIBBLE if layout in {"12x", "11n", "22c", "22t", "22s"} else _Writes.BYTE


_WRITES: Final = [int(_writes(op) if op in FORMATS else _Writes.NOTHING) for op in range(256)]
_LEAVES: Final = [op in FORMATS and DOS[op] in LEAVES for op in range(256)]
# In Python 3.11 every look-up of a member of an enumeration is a call.
_NIBBLE: Final = int(_Writes.NIBBLE)
_BYTE: Final = int(_Writes.BYTE)
_UNIT: Final = int(_Writes.UNIT)
_NEXT: Final = int(_Writes.NEXT)
_LEADS: Final = frozenset(op for op, do in DOS.items() if do in {Do.IF, Do.GOTO})


@dataclass(frozen=True, slots=True)
class Cases:
    """The cases of a switch: its keys, and where each leads to."""

    keys: tuple[int, ...]
    targets: tuple[int, ...]


def outline_of_codes(codes: Sequence[int]) -> tuple[Outline, dict[int, Cases]]:
    """Return the outline of a method, and the cases of its switches by their places.

    Args:
        codes: Its code units.

    Raises:
        LebError: A switch is damaged.

    """
    places = [one for one in instruction_places(codes) if codes[one] not in _PAYLOADS]
    last = len(places) - 1
    leaves: list[Leaf] = []
    writes: dict[int, list[int]] = {}
    switches: dict[int, Cases] = {}
    cases = 0
    for n, place in enumerate(places):
        unit = codes[place]
        op = unit & 0xFF
        how = _WRITES[op]
        if how == _NIBBLE:
            writes.setdefault((unit >> 8) & 15, []).append(n)
        elif how == _BYTE:
            writes.setdefault(unit >> 8, []).append(n)
        elif how == _NEXT:
            after = codes[places[n + 1]] if n < last else 0
            if after & 0xFF in MOVE_RESULTS:
                writes.setdefault(after >> 8, []).append(n)
        elif how == _UNIT:
            writes.setdefault(codes[place + 1], []).append(n)
        elif op in SWITCHES:
            switches[place] = found = _cases(codes, operands_at(codes, place))
            cases += len(found.keys)
            if cases > len(codes):  # switches of compilers share no payload
                raise LebError
            leaves.append(Leaf(n, DOS[op], found.targets))
        elif _LEAVES[op]:
            leaves.append(Leaf(n, DOS[op], _targets(codes, place)))
    return Outline(places, tuple(leaves), writes), switches


def _targets(codes: Sequence[int], place: int) -> tuple[int, ...]:
    """Return where a branch leads to."""
    return branch_targets(operands_at(codes, place))


def branch_targets(operands: Operands) -> tuple[int, ...]:
    """Return where an instruction other than a switch may lead to."""
    return (operands.pc + operands.offset,) if operands.op in _LEADS else ()


def lead_inside(outline: Outline, caught: Iterable[Caught]) -> bool:
    """Tell whether every way of control leads to an instruction."""
    places = set(outline.places)
    return all(places.issuperset(leaf.targets) for leaf in outline.leaves) and all(
        one.target in places for one in caught
    )


def _cases(codes: Sequence[int], operands: Operands) -> Cases:
    """Return the cases of a switch.

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
    keys = range(numbers[0], numbers[0] + count) if packed else numbers[:count]
    return Cases(tuple(keys), tuple(operands.pc + offset for offset in numbers[-count:] if count))


def _signed(low: int, high: int) -> int:
    number = low | high << 16
    return number - (1 << 32) if number >> 31 else number
