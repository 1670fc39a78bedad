"""All instructions of a group of classes: what each names, takes and gives (JVMS 6.5)."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from chengnuo.engines.classfile import opcodes as op
from chengnuo.engines.classfile.code import CodeArrays
from chengnuo.engines.classfile.constant_pool import Tag
from chengnuo.engines.classfile.entries import EntryArrays
from chengnuo.engines.program.unit import Ids

FIELDS: Final = (op.GETSTATIC, op.PUTSTATIC, op.GETFIELD, op.PUTFIELD)
CALLS: Final = (
    op.INVOKEVIRTUAL,
    op.INVOKESPECIAL,
    op.INVOKESTATIC,
    op.INVOKEINTERFACE,
    op.INVOKEDYNAMIC,
)
NAMING: Final = (op.NEW, op.ANEWARRAY, op.CHECKCAST, op.INSTANCEOF, op.MULTIANEWARRAY)


def _allowed() -> NDArray[np.bool_]:
    """Return which tags each opcode may name, `(256, tags)`."""
    allowed = np.zeros((256, max(Tag) + 1), np.bool_)
    whole = (Tag.INTEGER, Tag.FLOAT, Tag.STRING, Tag.CLASS, Tag.METHOD_HANDLE, Tag.METHOD_TYPE)
    for ops, tags in (
        ((op.LDC, op.LDC_W), (*whole, Tag.DYNAMIC)),
        ((op.LDC2_W,), (Tag.LONG, Tag.DOUBLE, Tag.DYNAMIC)),
        (FIELDS, (Tag.FIELD,)),
        ((op.INVOKEVIRTUAL,), (Tag.METHOD,)),
        ((op.INVOKESPECIAL, op.INVOKESTATIC), (Tag.METHOD, Tag.INTERFACE_METHOD)),
        ((op.INVOKEINTERFACE,), (Tag.INTERFACE_METHOD,)),
        ((op.INVOKEDYNAMIC,), (Tag.INVOKE_DYNAMIC,)),
        (NAMING, (Tag.CLASS,)),
    ):
        allowed[np.ix_(ops, tags)] = True
    return allowed


_ALLOWED: Final = _allowed()
NAMES_ENTRY: Final[NDArray[np.bool_]] = np.logical_or.reduce(_ALLOWED, axis=1)
"""Opcodes that name an entry of the constant pool, `(256,)`."""


@dataclass(frozen=True, slots=True)
class Instructions:
    """Instructions of a group; all arrays `(n,)` but the last.

    Attributes:
        ops: Opcode; of a `wide` one that after it.
        method: Row of the method in the code.
        entry: The entry that it names, or -1.
        takes, gives: Places of the stack.
        bad: `(m,)`: methods that name what is not there, or take what cannot be taken.

    """

    ops: NDArray[np.uint8]
    method: Ids
    entry: Ids
    takes: Ids
    gives: Ids
    bad: NDArray[np.bool_]


def instructions_of(code: CodeArrays, entries: EntryArrays) -> Instructions:
    """Return the instructions of a group."""
    octets, places = code.octets, code.places
    ops = octets[places]
    wide = np.flatnonzero(ops == op.WIDE)
    ops[wide] = octets[places[wide] + 1]
    method = np.repeat(np.arange(len(code.method), dtype=np.int32), np.diff(code.bounds))
    rows = np.flatnonzero(NAMES_ENTRY[ops])
    named, at, owner = ops[rows], places[rows], method[rows]
    number = octets[at + 1].astype(np.int32)
    longer = np.flatnonzero(named != op.LDC)
    number[longer] = number[longer] << 8 | octets[at[longer] + 2]
    place = code.pool[owner] + number
    there = place < code.pool_end[owner]
    place[~there] = 0
    good = there & _ALLOWED[named, entries.tag[place]]
    width = entries.gives[place].astype(np.int32)
    good &= (named != op.LDC2_W) | (width == 2)  # noqa: PLR2004 - places of a wide value
    good &= ((named != op.LDC) & (named != op.LDC_W)) | (width == 1)
    takes, gives = op.TAKEN[ops], op.GIVEN[ops]
    extra_takes, extra_gives = np.zeros(len(rows), np.int32), np.zeros(len(rows), np.int32)
    gets = (named == op.GETSTATIC) | (named == op.GETFIELD)
    puts = (named == op.PUTSTATIC) | (named == op.PUTFIELD)
    calls = np.isin(named, CALLS)
    extra_gives[gets | calls] = width[gets | calls]
    extra_takes[puts] = width[puts]
    extra_takes[calls] = entries.takes[place[calls]]
    extra_takes += np.isin(named, _RECEIVING)
    arrays = np.flatnonzero(named == op.MULTIANEWARRAY)
    extra_takes[arrays] = octets[at[arrays] + 3]
    extra_gives[arrays] = 1
    good[arrays] &= extra_takes[arrays] > 0
    takes[rows] += extra_takes
    gives[rows] += extra_gives
    entry = np.full(len(ops), -1, np.int32)
    entry[rows] = place
    bad = np.zeros(len(code.method), np.bool_)
    bad[owner[~good]] = True
    made = np.flatnonzero(ops == op.NEWARRAY)
    bad[method[made[~np.isin(octets[places[made] + 1], list(op.ARRAY_TYPES))]]] = True
    return Instructions(ops, method, entry, takes, gives, bad)


_RECEIVING: Final = (
    op.GETFIELD,
    op.PUTFIELD,
    op.INVOKEVIRTUAL,
    op.INVOKESPECIAL,
    op.INVOKEINTERFACE,
)
