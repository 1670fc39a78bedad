"""Where calls, objects and what fields hold come from in a program, as far as it runs."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from chengnuo.engines.program.answers import Answers
from chengnuo.engines.program.body import Do
from chengnuo.engines.program.program import PRIVATE, STATIC, Rows, parameters_of, rows_of
from chengnuo.engines.program.unit import Call, Ids, Naming, Touch
from chengnuo.engines.program.values import Value, Values, values_at

MOST_PLACES = 24
"""Callers of a method, writes of a field, makings of a type that are looked at."""
BY_RECEIVER = (Call.VIRTUAL, Call.INTERFACE)
_DEPTH = 2
_OF_EVERY_OBJECT = frozenset({b"toString", b"equals", b"hashCode", b"finalize"})


class Runs(Protocol):
    """Tells what runs so far."""

    def calls(self, row: int) -> bool:
        """Tell whether a call runs."""
        ...

    def writes(self, row: int) -> bool:
        """Tell whether a field is touched."""
        ...

    def names(self, row: int) -> bool:
        """Tell whether a type is named."""
        ...

    def has_made(self, type_id: int) -> bool:
        """Tell whether an object of a type was made, in whatever way."""
        ...

    def enters(self, defined: int) -> bool:
        """Tell whether a method runs, however it is called."""
        ...


@dataclass(slots=True)
class Origins:
    """Where things come from; looked up as it is needed, and kept.

    Attributes:
        answers: Values from other methods.
        runs: What runs so far; None: everything.

    """

    answers: Answers
    runs: Runs | None = None
    _runs: dict[tuple[int, int], int] = field(default_factory=dict)
    _makings: list[dict[int, list[int]]] = field(default_factory=list)
    _writes: list[dict[int, list[int]]] = field(default_factory=list)
    _fields: dict[tuple[int, int], list[int]] = field(default_factory=dict)
    _values: dict[tuple[int, int, int], Values | None] = field(default_factory=dict)
    _callers: dict[int, list[int] | None] = field(default_factory=dict)
    _begun: dict[tuple[int, Value], tuple[tuple[int, int], ...]] = field(default_factory=dict)
    _answered: dict[int, Values] = field(default_factory=dict)

    def values(self, defined: int, pc: int, use: int) -> Values | None:
        """Return what an instruction may use; None if it cannot be told.

        Args:
            defined: The method.
            pc: Place of a call, or of a write of a field.
            use: Which of the registers that it uses.

        """
        place = defined, pc, use
        if place not in self._values:
            code = self.answers.codes.of(defined)
            one = code.at(pc) if code else None
            if code is None or one is None or one.do not in _USE or use >= len(one.uses):
                self._values[place] = None
            else:
                self._values[place] = values_at(code, one.uses[use], pc, depth=_DEPTH)
        return self._values[place]

    def returned(self, defined: int) -> Values:
        """Return what a method may return, in terms of its own parameters."""
        if defined not in self._answered:
            self._answered[defined] = self.answers.returned(defined)
        return self._answered[defined]

    def running_calls(self, defined: int) -> list[int] | None:
        """Return the calls that run and may come to a method; None if they cannot be told."""
        rows = self._calls_of(defined)
        running = [row for row in rows or () if self.runs is None or self.runs.calls(row)]
        # What runs without a call was come to in another way, as by reflection.
        elsewhere = not running and self.runs is not None and self.runs.enters(defined)
        return None if rows is None or elsewhere else running

    def constructed(self, defined: int, wanted: Value) -> tuple[tuple[int, int], ...]:
        """Return the constructors that a method calls on a value, and where."""
        key = defined, wanted
        if key not in self._begun:
            self._begun[key] = tuple(self._constructed(defined, wanted))
        return self._begun[key]

    def is_by_receiver(self, caller: int, pc: int) -> bool:
        """Tell whether the object decides what a call runs."""
        records = self.answers.codes.program.invocations
        part = rows_of(records, caller)
        at = np.flatnonzero(records.pc[part] == pc)
        return any(int(records.call[part.start + one]) in BY_RECEIVER for one in at.tolist())

    def types_on(self, defined: int) -> list[int]:
        """Return the types on objects of which a call may come to a method."""
        program, hierarchy = self.answers.codes.program, self.answers.hierarchy
        method = int(program.defined_method[defined])
        signature = int(program.method_signature[method])
        rows = program.calls_of(self.answers.references(method).tolist())
        by_super = bool(np.any(program.invocations.call[rows] == Call.SUPER))
        by_super |= program.name_of(method) == b"<init>"
        below = hierarchy.types_below(program.type_of(defined)).tolist()
        return [one for one in below if by_super or self.run(one, signature) == defined]

    def run(self, type_id: int, signature: int) -> int:
        """Return what a call of a signature runs on an object of a type, or -1."""
        key = (type_id, signature)
        if key not in self._runs:
            types, signatures = np.asarray([type_id], np.int32), np.asarray([signature], np.int32)
            self._runs[key] = int(self.answers.hierarchy.resolve(types, signatures)[0])
        return self._runs[key]

    def makings(self, type_id: int) -> list[tuple[int, int]]:
        """Return the places that run and make an object of a type."""
        records = self.answers.codes.program.types_named
        if not self._makings:
            rows = np.flatnonzero(records.how == Naming.NEW)
            self._makings.append(_by_what(rows, records.what[rows]))
        return [
            (int(records.caller[row]), int(records.pc[row]))
            for row in self._makings[0].get(type_id, ())
            if self.runs is None or self.runs.names(row)
        ]

    def writes(self, touched: int) -> list[tuple[int, int]] | None:
        """Return the places that run and write a field; None if these cannot be told."""
        rows = self._rows_that_write(touched)
        records = self.answers.codes.program.fields_touched
        if not 0 < len(rows) <= MOST_PLACES:
            return None
        return [
            (int(records.caller[row]), int(records.pc[row]))
            for row in rows
            if self.runs is None or self.runs.writes(row)
        ]

    def is_own_constructor(self, defined: int, touched: int) -> bool:
        """Tell whether a method is a constructor of objects that have a field."""
        program = self.answers.codes.program
        method = int(program.defined_method[defined])
        return program.name_of(method) == b"<init>" and self.answers.hierarchy.is_below(
            program.type_of(defined), int(program.field_type[touched])
        )

    def _calls_of(self, defined: int) -> list[int] | None:
        if defined not in self._callers:
            self._callers[defined] = self._rows_calling(defined)
        return self._callers[defined]

    def _rows_calling(self, defined: int) -> list[int] | None:
        """Return the calls that may come to a method; None if it may be called otherwise."""
        if self._may_be_called_from_outside(defined):
            return None
        program = self.answers.codes.program
        method = int(program.defined_method[defined])
        rows = program.calls_of(self.answers.references(method).tolist())
        return rows.tolist() if 0 < len(rows) <= MOST_PLACES else None

    def _may_be_called_from_outside(self, defined: int) -> bool:
        """Tell whether the system may call a method: it knows none that names a type of the app."""
        program, hierarchy = self.answers.codes.program, self.answers.hierarchy
        method = int(program.defined_method[defined])
        access = int(program.defined_access[defined])
        if access & (STATIC | PRIVATE) or program.name_of(method) == b"<init>":
            return False
        proto = program.proto_of(method)
        named = (*parameters_of(proto), proto[proto.find(b")") + 1 :])
        ids = [program.type_id(one.lstrip(b"[")) for one in named]
        if any(one >= 0 and program.class_of[one] >= 0 for one in ids):
            return False
        types = {
            int(above)
            for below in hierarchy.types_below(program.type_of(defined)).tolist()
            for above in hierarchy.types_above(below).tolist()
        }
        return any(
            program.class_of[one] < 0 and program.types[one] != b"Ljava/lang/Object;"
            for one in types
        ) or (program.name_of(method) in _OF_EVERY_OBJECT)

    def _constructed(self, defined: int, wanted: Value) -> Iterator[tuple[int, int]]:
        """Yield the constructors that a method calls on a value, and where."""
        program = self.answers.codes.program
        records, code = program.invocations, self.answers.codes.of(defined)
        part = rows_of(records, defined)
        for row in range(part.start, part.stop):
            method, pc = int(records.method[row]), int(records.pc[row])
            if method < 0 or pc < wanted.pc or program.name_of(method) != b"<init>":
                continue
            target = int(self.answers.hierarchy.target[method])
            call = code.at(pc) if code and target >= 0 else None
            if code and call and wanted in values_at(code, call.uses[0], pc, depth=0):
                yield target, pc

    def _rows_that_write(self, touched: int) -> list[int]:
        if not self._writes:
            records = self.answers.codes.program.fields_touched
            rows = np.flatnonzero((records.how == Touch.PUT) | (records.how == Touch.STATIC_PUT))
            self._writes.append(_by_what(rows, records.what[rows]))
        return [row for one in self._names_of(touched) for row in self._writes[0].get(one, ())]

    def _names_of(self, touched: int) -> Iterator[int]:
        """Yield the references that may mean a field: a class may name one of a superclass."""
        program, hierarchy = self.answers.codes.program, self.answers.hierarchy
        names, of = program.field_name, program.field_of
        if not self._fields:
            for one, key in enumerate(zip(names.tolist(), of.tolist(), strict=True)):
                self._fields.setdefault(key, []).append(one)
        owner = int(program.field_type[touched])
        for one in self._fields[int(names[touched]), int(of[touched])]:
            other = int(program.field_type[one])
            if hierarchy.is_below(owner, other) or hierarchy.is_below(other, owner):
                yield one


_USE = frozenset({Do.CALL, Do.PUT})


def _by_what(rows: Rows, what: Ids) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for row, one in zip(rows.tolist(), what.tolist(), strict=True):
        found.setdefault(one, []).append(row)
    return found
