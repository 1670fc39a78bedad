"""Records of the code: calls, strings, types, fields and constants ("Dalvik bytecode", formats).

An instruction that names an entry which its table does not have damages its method, as it does
for the runtime: none of the method's records remain.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from chengnuo.engines.dex.code import Code
from chengnuo.engines.dex.opcodes import FORMATS, INDEXED, Op
from chengnuo.engines.dex.walk import KINDS, Walked
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
_CALL, _STRING, _TYPE, _FIELD, _CONSTANT = range(1, KINDS + 1)


def _kinds() -> NDArray[np.uint8]:
    """Return which record an opcode makes, `(256,)`; 0 for none."""
    kinds = np.zeros(256, np.uint8)
    for op, indexed in INDEXED.items():
        if op not in {Op.CONST_METHOD_HANDLE, Op.CONST_METHOD_TYPE}:
            kinds[op] = {"string": _STRING, "type": _TYPE, "field": _FIELD}.get(indexed, _CALL)
    kinds[[Op.CONST, Op.CONST_HIGH16]] = _CONSTANT
    return kinds


def _how() -> NDArray[np.uint8]:
    """Return the `Call`, `Naming` or `Touch` of an opcode, `(256,)`."""
    how = np.zeros(256, np.uint8)
    calls = (Call.VIRTUAL, Call.SUPER, Call.DIRECT, Call.STATIC, Call.INTERFACE)
    for first in (Op.INVOKE_VIRTUAL, Op.INVOKE_VIRTUAL_RANGE):
        how[first : first + len(calls)] = calls
    how[[Op.INVOKE_POLYMORPHIC, Op.INVOKE_POLYMORPHIC_RANGE]] = Call.POLYMORPHIC
    how[[Op.INVOKE_CUSTOM, Op.INVOKE_CUSTOM_RANGE]] = Call.CUSTOM
    how[Op.NEW_INSTANCE] = Naming.NEW
    how[Op.CONST_CLASS] = Naming.CLASS
    how[Op.CHECK_CAST] = Naming.CAST
    how[Op.INSTANCE_OF] = Naming.INSTANCE_OF
    how[[Op.NEW_ARRAY, Op.FILLED_NEW_ARRAY, Op.FILLED_NEW_ARRAY_RANGE]] = Naming.ARRAY
    for first, touch in (
        (Op.IGET, Touch.GET),
        (Op.IPUT, Touch.PUT),
        (Op.SGET, Touch.STATIC_GET),
        (Op.SPUT, Touch.STATIC_PUT),
    ):
        how[first : first + 7] = touch
    return how


RECORDED: Final = _kinds()
"""Which record an opcode makes, `(256,)`; 0 for none."""
_HOW: Final = _how()
_RANGE: Final = np.array(["r" in FORMATS.get(op, "") for op in range(256)])
"""Opcodes whose registers are a range (formats 3rc and 4rcc)."""
_HALF: Final = np.isin(np.arange(256), [Op.INSTANCE_OF, Op.NEW_ARRAY, *range(Op.IGET, Op.SGET)])
"""Opcodes whose first register has four bits (format 22c)."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many entries the tables have that instructions name."""

    strings: int
    types: int
    fields: int
    methods: int
    protos: int


@dataclass(frozen=True, slots=True)
class Records:
    """Records of the code as in a `Unit`, and the methods that name what is not there."""

    invocations: Invocations
    strings_used: Mentions
    types_named: Mentions
    fields_touched: Mentions
    constants: Constants
    damaged: NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Instructions:
    """Instructions of one kind of record.

    Attributes:
        units: Code units of the file.
        caller: Index of the defined method that each belongs to, `(n,)`.
        place: Where each is among the units, `(n,)`.
        pc: Where each is in its method, `(n,)`.

    """

    units: NDArray[np.uint16]
    caller: Ids
    place: NDArray[np.int64]
    pc: Ids

    def unit(self, number: int) -> NDArray[np.uint16]:
        """Return a code unit of each instruction."""
        return self.units[self.place + number]

    def word(self) -> NDArray[np.uint32]:
        """Return the 32 bits after the first code unit of each instruction."""
        return self.unit(1) | (self.unit(2).astype(np.uint32) << np.uint32(16))


def _invocations(
    found: Instructions, counts: Counts, custom: Ids
) -> tuple[Invocations, NDArray[np.bool_]]:
    first, index, third = found.unit(0), found.unit(1).astype(np.int32), found.unit(2)
    op = first & 0xFF
    call, ranges = _HOW[op], _RANGE[op]
    count = np.where(ranges, first >> 8, first >> 12).astype(np.uint8)
    arguments = np.empty((len(op), ARGUMENTS), np.uint16)
    for place in range(ARGUMENTS - 1):
        arguments[:, place] = (third >> (4 * place)) & 15
    arguments[:, ARGUMENTS - 1] = (first >> 8) & 15
    rows = np.flatnonzero(ranges)
    arguments[rows] = third[rows, None] + np.arange(ARGUMENTS, dtype=np.uint16)
    arguments[np.arange(ARGUMENTS) >= count[:, None]] = 0
    sites = np.flatnonzero(call == Call.CUSTOM)
    others = np.flatnonzero(call == Call.POLYMORPHIC)
    bad = index >= counts.methods
    bad[sites] = index[sites] >= len(custom)
    bad[others] |= found.units[found.place[others] + 3] >= counts.protos
    bad |= np.where(ranges, third.astype(np.int32) + count > 1 << 16, count > ARGUMENTS)
    inside = sites[~bad[sites]]
    index[inside] = custom[index[inside]]
    record = Invocations(
        caller=found.caller, pc=found.pc, call=call, method=index, count=count, arguments=arguments
    )
    return record, bad


def _mentions(found: Instructions, entries: int) -> tuple[Mentions, NDArray[np.bool_]]:
    first = found.unit(0)
    op = first & 0xFF
    what = found.unit(1).astype(np.int64)
    register = np.where(_HALF[op], (first >> 8) & 15, first >> 8)
    jumbo = np.flatnonzero(op == Op.CONST_STRING_JUMBO)
    what[jumbo] |= found.units[found.place[jumbo] + 2].astype(np.int64) << 16
    for array in np.flatnonzero((op == Op.FILLED_NEW_ARRAY) | (op == Op.FILLED_NEW_ARRAY_RANGE)):
        register[array] = _moved_result(found.units, int(found.place[array]) + 3)
    record = Mentions(
        caller=found.caller,
        pc=found.pc,
        register=register.astype(np.uint16),
        what=np.minimum(what, entries).astype(np.int32),
        how=_HOW[op],
    )
    return record, what >= entries


def _moved_result(units: NDArray[np.uint16], place: int) -> int:
    """Return the register of a `move-result-object` at a place, 0 if there is none."""
    after = int(units[place]) if place < len(units) else 0
    return after >> 8 if after & 0xFF == Op.MOVE_RESULT_OBJECT else 0


def _constants(found: Instructions) -> Constants:
    first = found.unit(0)
    high = found.unit(1).astype(np.uint32) << np.uint32(16)
    value = np.where(first & 0xFF == Op.CONST_HIGH16, high, found.word())
    large = np.flatnonzero(value >= LEAST_RESOURCE)
    return Constants(
        caller=found.caller[large],
        pc=found.pc[large],
        register=(first >> 8)[large].astype(np.uint16),
        value=value[large],
    )


def read_records(
    units: NDArray[np.uint16], walked: Walked, code: Code, counts: Counts, custom: Ids
) -> Records:
    """Return the records of all instructions.

    Args:
        units: Code units of the file.
        walked: Instructions of the methods of `code`, by the kinds of `RECORDED`.
        code: Where the code of the methods is.
        counts: Entries of the tables.
        custom: Method that each call site runs, or -1.

    """
    callers = code.method.astype(np.int32)

    def found(kind: int) -> Instructions:
        some = slice(walked.bounds[kind - 1], walked.bounds[kind])
        method, place = walked.method[some], walked.place[some]
        pc = (place - code.first[method]).astype(np.int32)
        return Instructions(units, callers[method], place, pc)

    invocations, bad_calls = _invocations(found(_CALL), counts, custom)
    strings, bad_strings = _mentions(found(_STRING), counts.strings)
    types, bad_types = _mentions(found(_TYPE), counts.types)
    fields, bad_fields = _mentions(found(_FIELD), counts.fields)
    return Records(
        invocations=invocations,
        strings_used=strings,
        types_named=types,
        fields_touched=fields,
        constants=_constants(found(_CONSTANT)),
        damaged=np.unique(
            np.concatenate(
                (
                    invocations.caller[bad_calls],
                    strings.caller[bad_strings],
                    types.caller[bad_types],
                    fields.caller[bad_fields],
                )
            )
        ),
    )


def _left(caller: Ids, lost: NDArray[np.bool_]) -> NDArray[np.intp]:
    return np.flatnonzero(~lost[caller])


def _mentions_left(record: Mentions, lost: NDArray[np.bool_]) -> Mentions:
    rows = _left(record.caller, lost)
    return Mentions(
        caller=record.caller[rows],
        pc=record.pc[rows],
        register=record.register[rows],
        what=record.what[rows],
        how=record.how[rows],
    )


def without_damaged(records: Records, methods: int) -> Records:
    """Return the records of the methods that name nothing that is not there."""
    if not len(records.damaged):
        return records
    lost = np.zeros(methods, np.bool_)
    lost[records.damaged] = True
    calls, rows = records.invocations, _left(records.invocations.caller, lost)
    constants, large = records.constants, _left(records.constants.caller, lost)
    return Records(
        invocations=Invocations(
            caller=calls.caller[rows],
            pc=calls.pc[rows],
            call=calls.call[rows],
            method=calls.method[rows],
            count=calls.count[rows],
            arguments=calls.arguments[rows],
        ),
        strings_used=_mentions_left(records.strings_used, lost),
        types_named=_mentions_left(records.types_named, lost),
        fields_touched=_mentions_left(records.fields_touched, lost),
        constants=Constants(
            caller=constants.caller[large],
            pc=constants.pc[large],
            register=constants.register[large],
            value=constants.value[large],
        ),
        damaged=records.damaged,
    )
