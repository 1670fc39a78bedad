"""Records of the code of a group of classes, as in a `Unit` (JVMS 6.5).

A register is a local variable, or a stack place counted from the last local variable on.
`invokespecial` is `DIRECT` for constructors and methods of the class itself, else `SUPER`, as ART
parts `invoke-direct` from `invoke-super`. The constant parts of a string that `invokedynamic`
joins are recorded as strings used at its place, with the register of its answer.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from chengnuo.engines.classfile import opcodes as op
from chengnuo.engines.classfile.code import CodeArrays
from chengnuo.engines.classfile.constant_pool import Tag
from chengnuo.engines.classfile.entries import EntryArrays
from chengnuo.engines.classfile.instructions import CALLS, FIELDS, Instructions
from chengnuo.engines.classfile.pooling import Names
from chengnuo.engines.program.unit import (
    ARGUMENTS,
    Call,
    Constants,
    Ids,
    Invocations,
    Mentions,
    Naming,
    Touch,
)

LEAST_RESOURCE: Final = 0x01000000
Scalar = TypeVar("Scalar", bound=np.generic)

_CALL: Final = dict(
    zip(CALLS, (Call.VIRTUAL, Call.DIRECT, Call.STATIC, Call.INTERFACE, Call.CUSTOM), strict=True)
)
_TOUCH: Final = dict(
    zip(FIELDS, (Touch.STATIC_GET, Touch.STATIC_PUT, Touch.GET, Touch.PUT), strict=True)
)
_NAMING: Final = {
    op.NEW: Naming.NEW,
    op.ANEWARRAY: Naming.ARRAY,
    op.NEWARRAY: Naming.ARRAY,
    op.MULTIANEWARRAY: Naming.ARRAY,
    op.CHECKCAST: Naming.CAST,
    op.INSTANCEOF: Naming.INSTANCE_OF,
}


def _table(of: dict[int, Call] | dict[int, Touch] | dict[int, Naming]) -> NDArray[np.int16]:
    """Return a table by opcode, -1 for those that make no record."""
    table = np.full(256, -1, np.int16)
    for code, value in of.items():
        table[code] = value
    return table


_CALLS, _TOUCHES, _NAMINGS = _table(_CALL), _table(_TOUCH), _table(_NAMING)
_LOADS: Final = np.isin(np.arange(256), [op.LDC, op.LDC_W])


@dataclass(frozen=True, slots=True)
class Records:
    """Records of the code as in a `Unit`."""

    invocations: Invocations
    strings_used: Mentions
    types_named: Mentions
    fields_touched: Mentions
    constants: Constants


@dataclass(frozen=True, slots=True)
class Group:
    """A group of classes that was read.

    Attributes:
        code: Its code.
        entries: What its constant pools mean.
        found: Its instructions.
        depth: Depth of the stack before each, `(n,)`.
        bad: Which methods are damaged, `(m,)`.
        own: Type of the class of each method, `(m,)`.

    """

    code: CodeArrays
    entries: EntryArrays
    found: Instructions
    depth: Ids
    bad: NDArray[np.bool_]
    own: Ids

    def rows(self, wanted: NDArray[np.bool_]) -> NDArray[np.intp]:
        """Return the instructions that are wanted and not of a damaged method."""
        rows = np.flatnonzero(wanted)
        return rows[~self.bad[self.found.method[rows]]]

    def caller(self, rows: NDArray[np.intp]) -> Ids:
        """Return the defined method of instructions."""
        return self.code.method[self.found.method[rows]]

    def pc(self, rows: NDArray[np.intp]) -> Ids:
        """Return the place of instructions in their method."""
        first = self.code.first[self.found.method[rows]]
        pc: Ids = self.code.places[rows] - first
        return pc

    def register(self, rows: NDArray[np.intp], down: Ids | int) -> Ids:
        """Return the register so many places below the top of the stack before instructions."""
        top: Ids = self.code.locals[self.found.method[rows]] + self.depth[rows]
        register: Ids = np.maximum(top - down, 0).astype(np.int32)
        return register

    def mentions(
        self, rows: NDArray[np.intp], down: Ids | int, what: Ids, how: NDArray[np.int16]
    ) -> Mentions:
        """Return mentions by instructions."""
        return Mentions(
            caller=self.caller(rows),
            pc=self.pc(rows),
            register=self.register(rows, down).astype(np.uint16),
            what=what.astype(np.int32),
            how=how.astype(np.uint8),
        )


def records_of(group: Group, names: Names) -> Records:
    """Return the records of a group; types of arrays that are made get ids."""
    found, entries = group.found, group.entries
    loads = group.rows(_LOADS[found.ops])
    tags = entries.tag[found.entry[loads]]
    numbers = loads[tags == Tag.INTEGER]
    value = entries.id[found.entry[numbers]].astype(np.uint32)
    large = value >= LEAST_RESOURCE
    return Records(
        invocations=_invocations(group),
        strings_used=_strings(group, loads[tags == Tag.STRING]),
        types_named=_types(group, loads[tags == Tag.CLASS], names),
        fields_touched=_fields(group),
        constants=Constants(
            caller=group.caller(numbers[large]),
            pc=group.pc(numbers[large]),
            register=group.register(numbers[large], 0).astype(np.uint16),
            value=value[large],
        ),
    )


def _invocations(group: Group) -> Invocations:
    found, entries = group.found, group.entries
    rows = group.rows(_CALLS[found.ops] >= 0)
    entry = found.entry[rows]
    method = entries.id[entry].copy()
    call = _CALLS[found.ops[rows]].astype(np.uint8)
    custom = np.flatnonzero(call == Call.CUSTOM)
    method[custom] = entries.implementation[method[custom]]
    special = np.flatnonzero(call == Call.DIRECT)
    own = group.own[found.method[rows[special]]]
    outside = (entries.owner[entry[special]] != own) & ~entries.constructor[entry[special]]
    call[special[outside]] = Call.SUPER
    call[(call == Call.VIRTUAL) & entries.special[entry]] = Call.POLYMORPHIC
    count = found.takes[rows]
    places = np.arange(ARGUMENTS, dtype=np.int32)
    arguments = group.register(rows, count)[:, None] + places
    arguments[places >= count[:, None]] = 0
    return Invocations(
        caller=group.caller(rows),
        pc=group.pc(rows),
        call=call,
        method=method,
        count=count.astype(np.uint8),
        arguments=arguments.astype(np.uint16),
    )


def _strings(group: Group, loads: NDArray[np.intp]) -> Mentions:
    found, entries = group.found, group.entries
    joins = group.rows(found.ops == op.INVOKEDYNAMIC)
    rows, what = loads.tolist(), entries.id[found.entry[loads]].tolist()
    plain = len(rows)
    for row, site in zip(joins.tolist(), entries.id[found.entry[joins]].tolist(), strict=True):
        for piece in entries.pieces[site]:
            rows.append(row)
            what.append(piece)
    every = np.array(rows, np.intp)
    down = found.takes[every]
    down[:plain] = 0
    order = np.argsort(every, kind="stable")
    how = np.zeros(len(rows), np.int16)
    return group.mentions(every[order], down[order], np.array(what, np.int32)[order], how)


def _types(group: Group, loads: NDArray[np.intp], names: Names) -> Mentions:
    found, entries = group.found, group.entries
    rows = group.rows(_NAMINGS[found.ops] >= 0)
    ops = found.ops[rows]
    what = np.full(len(rows), -1, np.int32)
    named = found.entry[rows] >= 0
    what[named] = entries.id[found.entry[rows[named]]]
    for place in np.flatnonzero(ops == op.ANEWARRAY).tolist():
        what[place] = names.type(b"[" + names.type_texts[what[place]])
    for place in np.flatnonzero(ops == op.NEWARRAY).tolist():
        of = int(group.code.octets[group.code.places[rows[place]] + 1])
        what[place] = names.type(op.ARRAY_TYPES[of])
    every = np.concatenate((rows, loads))
    order = np.argsort(every, kind="stable")
    every = every[order]
    return group.mentions(
        every,
        found.takes[every],
        np.concatenate((what, entries.id[found.entry[loads]]))[order],
        np.concatenate((_NAMINGS[ops], np.full(len(loads), Naming.CLASS, np.int16)))[order],
    )


def _fields(group: Group) -> Mentions:
    found, entries = group.found, group.entries
    rows = group.rows(_TOUCHES[found.ops] >= 0)
    ops = found.ops[rows]
    entry = found.entry[rows]
    # What is got lies where the object was; what is put lies on top.
    puts = (ops == op.PUTFIELD) | (ops == op.PUTSTATIC)
    down = np.where(puts, entries.gives[entry], ops == op.GETFIELD).astype(np.int32)
    return group.mentions(rows, down, entries.id[entry], _TOUCHES[ops])


def _joined(arrays: Iterable[NDArray[Scalar]], empty: NDArray[Scalar]) -> NDArray[Scalar]:
    return np.concatenate([empty, *arrays])


_NO_IDS: Final = np.zeros(0, np.int32)


def _joined_mentions(parts: Sequence[Mentions]) -> Mentions:
    return Mentions(
        caller=_joined((one.caller for one in parts), _NO_IDS),
        pc=_joined((one.pc for one in parts), _NO_IDS),
        register=_joined((one.register for one in parts), np.zeros(0, np.uint16)),
        what=_joined((one.what for one in parts), _NO_IDS),
        how=_joined((one.how for one in parts), np.zeros(0, np.uint8)),
    )


def joined(parts: Sequence[Records]) -> Records:
    """Return the records of all groups, one after the other."""
    calls = [one.invocations for one in parts]
    constants = [one.constants for one in parts]
    return Records(
        invocations=Invocations(
            caller=_joined((one.caller for one in calls), _NO_IDS),
            pc=_joined((one.pc for one in calls), _NO_IDS),
            call=_joined((one.call for one in calls), np.zeros(0, np.uint8)),
            method=_joined((one.method for one in calls), _NO_IDS),
            count=_joined((one.count for one in calls), np.zeros(0, np.uint8)),
            arguments=_joined(
                (one.arguments for one in calls), np.zeros((0, ARGUMENTS), np.uint16)
            ),
        ),
        strings_used=_joined_mentions([one.strings_used for one in parts]),
        types_named=_joined_mentions([one.types_named for one in parts]),
        fields_touched=_joined_mentions([one.fields_touched for one in parts]),
        constants=Constants(
            caller=_joined((one.caller for one in constants), _NO_IDS),
            pc=_joined((one.pc for one in constants), _NO_IDS),
            register=_joined((one.register for one in constants), np.zeros(0, np.uint16)),
            value=_joined((one.value for one in constants), np.zeros(0, np.uint32)),
        ),
    )
