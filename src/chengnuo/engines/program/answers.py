"""Values one step beyond a method: what it returns, what its callers give it, what fields get.

Each step is bounded; what lies beyond the bound is unknown.
"""

from collections.abc import Collection
from dataclasses import dataclass, field

import numpy as np

from chengnuo.engines.program.body import Do
from chengnuo.engines.program.code import Codes
from chengnuo.engines.program.hierarchy import Hierarchy
from chengnuo.engines.program.program import Rows, ordered, run_of
from chengnuo.engines.program.unit import Ids, Touch
from chengnuo.engines.program.values import (
    ANYTHING,
    DEPTH,
    UNKNOWN,
    Kind,
    Value,
    Values,
    joined,
    values_at,
)

MOST_CALLERS = 24
"""A parameter given by more calls is unknown."""
MOST_PUTS = 16
MOST_NESTED_CALLS = 5
"""How many calls deep a value is followed that a test depends on."""
_MOST_NESTED = 12


@dataclass(frozen=True, slots=True)
class Given:
    """What a field is set to at one place.

    Attributes:
        defined: The method that does it.
        values: What it may be set to.

    """

    defined: int
    values: Values


@dataclass(frozen=True, slots=True)
class Answers:
    """Values that come from other methods of a program.

    Attributes:
        codes: Its methods, as far as they were looked into.
        hierarchy: Its types.

    """

    codes: Codes
    hierarchy: Hierarchy
    _targets: dict[int, int] = field(default_factory=dict, repr=False)
    _writes: list[tuple[Rows, Ids]] = field(default_factory=list, repr=False)
    _givens: dict[int, tuple[Given, ...]] = field(default_factory=dict, repr=False)
    _parameters: dict[tuple[int, int], Values] = field(default_factory=dict, repr=False)

    def target(self, method: int) -> int:
        """Return the one defined method with code that a reference means, or -1.

        Of an abstract method it is the only one that overrides it.
        """
        if method < 0:
            return -1
        if method not in self._targets:
            self._targets[method] = self._target(method)
        return self._targets[method]

    def _target(self, method: int) -> int:
        program = self.codes.program
        found = int(self.hierarchy.target[method])
        owner = int(program.method_type[method])
        if (found >= 0 and program.defined_has_code[found]) or program.class_of[owner] < 0:
            return found
        below = self.hierarchy.overrides(owner, int(program.method_signature[method]))
        below = below[program.defined_has_code[below]]
        return int(below[0]) if len(below) == 1 else -1

    def returned(self, defined: int, alive: Collection[int] | None = None) -> Values:
        """Return what a method may return, in terms of its own parameters.

        Args:
            defined: The method.
            alive: Blocks that can be run. None: all.

        """
        code = self.codes.of(defined)
        if code is None:
            return ANYTHING
        found = []
        for block in code.flow.returns:
            last = code.body.instructions[code.flow.starts[block + 1] - 1]
            if last.uses and (alive is None or block in alive):
                found.append(values_at(code, last.uses[0], last.pc, alive=alive))
        return joined(found)

    def given(self, defined: int, parameter: int) -> Values:
        """Return what the callers of a method give it as a parameter, the receiver being 0."""
        key = (defined, parameter)
        if key not in self._parameters:
            self._parameters[key] = self._given(defined, parameter)
        return self._parameters[key]

    def _given(self, defined: int, parameter: int) -> Values:
        program = self.codes.program
        rows = program.calls_of(self.references(int(program.defined_method[defined])).tolist())
        if not 0 < len(rows) <= MOST_CALLERS:
            return ANYTHING
        found = []
        for row in rows.tolist():
            code = self.codes.of(int(program.invocations.caller[row]))
            call = code.at(int(program.invocations.pc[row])) if code else None
            if code is None or call is None or parameter >= len(call.uses):
                return ANYTHING
            found.append(values_at(code, call.uses[parameter], call.pc, depth=DEPTH - 1))
        return joined(found)

    def references(self, method: int) -> Ids:
        """Return the references, of types above or below too, that may mean a method."""
        program, owner = self.codes.program, int(self.codes.program.method_type[method])
        above, below = self.hierarchy.types_above(owner), self.hierarchy.types_below(owner)
        signature = np.int64(program.method_signature[method])
        wanted = np.union1d(above, below).astype(np.int64) << 32 | signature
        places = np.searchsorted(self.hierarchy.keys, wanted)
        places = places[places < len(self.hierarchy.keys)]
        found: Ids = places[self.hierarchy.keys[places] == wanted[: len(places)]].astype(np.int32)
        return found

    def settled(self, defined: int, values: Values, nested: int = 0) -> Values:
        """Return values with parameters told by the callers, and own calls by what they return."""
        found = []
        for value in values:
            if value.kind is Kind.PARAMETER:
                found.append(self.given(defined, value.number))
            elif value.kind is Kind.ANSWER and self.target(value.number) >= 0:
                inside = self.returned(self.target(value.number))
                found.append(with_arguments(inside, value.arguments))
            elif value.kind is Kind.ANSWER and value.arguments and nested < _MOST_NESTED:
                inner = tuple(self.settled(defined, one, nested + 1) for one in value.arguments)
                made = Value(value.kind, value.number, value.text, inner, value.pc)
                found.append(frozenset({made}))
            else:
                found.append(frozenset({value}))
        return joined(found)

    def puts(self, touched: int) -> tuple[Given, ...]:
        """Return what the code sets a field to, place by place; nothing if at too many."""
        if touched not in self._givens:
            self._givens[touched] = self._puts(touched)
        return self._givens[touched]

    def putting(self, touched: int) -> tuple[int, ...]:
        """Return the methods that set a field, ascending; none if it is set at too many places."""
        callers = self.codes.program.fields_touched.caller[self._rows_putting(touched)]
        return tuple(np.unique(callers).tolist())

    def _puts(self, touched: int) -> tuple[Given, ...]:
        records = self.codes.program.fields_touched
        found = []
        for row in self._rows_putting(touched).tolist():
            defined = int(records.caller[row])
            code = self.codes.of(defined)
            put = code.at(int(records.pc[row])) if code else None
            if code is not None and put is not None and put.do is Do.PUT and put.uses:
                found.append(Given(defined, values_at(code, put.uses[0], put.pc)))
        return tuple(found)

    def _rows_putting(self, touched: int) -> Rows:
        """Return the records that set a field; none if there are too many."""
        if not self._writes:
            records = self.codes.program.fields_touched
            rows = np.flatnonzero((records.how == Touch.PUT) | (records.how == Touch.STATIC_PUT))
            order = ordered(records.what[rows])
            self._writes.append((rows[order], records.what[rows][order]))
        rows, fields = self._writes[0]
        found = rows[run_of(fields, touched)]
        return found if len(found) <= MOST_PUTS else found[:0]


def with_arguments(values: Values, arguments: tuple[Values, ...], nested: int = 0) -> Values:
    """Return what a called method returns, with its parameters as the call gives them."""
    if nested > _MOST_NESTED:
        return ANYTHING
    found: list[Values] = []
    for value in values:
        if value.kind is Kind.PARAMETER:
            known = value.number < len(arguments)
            found.append(arguments[value.number] if known else frozenset({UNKNOWN}))
        elif value.arguments:
            inner = tuple(with_arguments(one, arguments, nested + 1) for one in value.arguments)
            made = Value(value.kind, value.number, value.text, inner, value.pc)
            found.append(frozenset({made}))
        else:
            found.append(frozenset({value}))
    return joined(found)
