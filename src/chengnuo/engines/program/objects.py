"""Which objects a call may be made on, followed through parameters, fields and what is returned.

An object is the place that makes it, and the calls through which the way came to that place, so
that two objects of one factory are told apart (Sharir and Pnueli's call strings). What is asked
for is solved alone, as the least solution of equations that grow as they are looked into. What
comes from the system, from reflection or out of an array may be anything, and so may whatever is
too much to follow: then the answer is that it cannot be told.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from chengnuo.engines.program.origins import BY_RECEIVER, MOST_PLACES, Origins
from chengnuo.engines.program.program import STATIC
from chengnuo.engines.program.unit import Call
from chengnuo.engines.program.values import Kind, Value, Values
from chengnuo.engines.program.ways import Made, Objects, Way, longer, may_be_one

MOST_STEPS = 170
"""Equations that are looked at for one call; more of them, and it cannot be told."""
MOST_STEPS_IN_ALL = 1_000
"""For one search, so that a large package costs no more; after them every call is on anything."""
_MOST_OBJECTS = 48
_MOST_CONSTRUCTORS = 5
_NO_OBJECT = frozenset({Kind.NUMBER, Kind.TEXT, Kind.CLASS, Kind.NOT})
_NOTHING: frozenset[Made] = frozenset()
_RECEIVER: Values = frozenset({Value(Kind.PARAMETER, 0)})


class _Held(NamedTuple):
    """What an argument of a call, the receiver being 0, may be."""

    defined: int
    pc: int
    argument: int
    way: Way | None


class _Given(NamedTuple):
    """What a parameter of a method may be."""

    defined: int
    parameter: int
    way: Way | None


class _Field(NamedTuple):
    """What a field of an object, or of any, may hold."""

    touched: int
    of: Made | None


class _Returned(NamedTuple):
    """What a method may return."""

    defined: int
    way: Way | None


_Key: TypeAlias = _Held | _Given | _Field | _Returned


@dataclass(slots=True)
class ObjectsOfCalls:
    """Tells of calls which objects they may be made on, by what runs so far.

    Attributes:
        origins: Where things come from, as far as they run.
        left: Equations that may still be looked at.

    """

    origins: Origins
    left: int = MOST_STEPS_IN_ALL
    _types: dict[int, frozenset[int] | None] = field(default_factory=dict)
    _known: dict[_Key, Objects] = field(default_factory=dict)
    _asking: dict[_Key, dict[_Key, None]] = field(default_factory=dict)
    _open: list[_Key] = field(default_factory=list)
    _at: list[_Key] = field(default_factory=list)

    def types(self, row: int) -> frozenset[int] | None:
        """Return the types of the objects that a call may be made on; None if it cannot be told.

        Args:
            row: The call, a row of the invocations.

        """
        if self.left <= 0:
            return None
        if row not in self._types:
            records = self.origins.answers.codes.program.invocations
            key = _Held(int(records.caller[row]), int(records.pc[row]), 0, None)
            found = self._solved(key)
            self._types[row] = None if found is None else frozenset(one.type_id for one in found)
        return self._types[row]

    def forget(self) -> None:
        """Forget what may have grown since more runs; what cannot be told stays so."""
        self._types = {one: known for one, known in self._types.items() if known is None}
        self._known = {one: known for one, known in self._known.items() if known is None}
        self._asking.clear()

    def _solved(self, key: _Key) -> Objects:
        """Return the least solution for a key."""
        if key in self._known:
            return self._known[key]
        begun = [key]
        self._known[key] = _NOTHING
        self._open, steps = [key], 0
        while self._open:
            at = self._open.pop()
            steps += 1
            self.left -= 1
            if steps > MOST_STEPS or self.left < 0 or self._known[key] is None:
                for one in begun:
                    if self._known.get(one) is not None:
                        del self._known[one]
                return None
            size = len(self._open)
            self._at = [at]
            before = self._known[at]
            found = None if before is None else self._equation(at)
            begun += self._open[size:]
            if found is not None and len(found) > _MOST_OBJECTS:
                found = None
            if found != before:
                self._known[at] = found
                self._open += (one for one in self._asking.get(at, ()) if one in self._known)
        if self._known[key] == _NOTHING and not any(self._is_unset(one) for one in begun):
            # What is called is something: where it comes from was not found.
            self._known[key] = None
        return self._known[key]

    def _is_unset(self, key: _Key) -> bool:
        """Tell whether a key is a field that nothing has been written into."""
        return isinstance(key, _Field) and self._known[key] == _NOTHING

    def _ask(self, key: _Key) -> Objects:
        """Return what is known of a key so far; whoever asks is asked again if it grows."""
        self._asking.setdefault(key, {})[self._at[0]] = None
        if key not in self._known:
            self._known[key] = _NOTHING
            self._open.append(key)
        return self._known[key]

    def _equation(self, key: _Key) -> Objects:
        match key:
            case _Held():
                return self._held(key)
            case _Given(way=None):
                return self._given(key)
            case _Given():
                return self._given_by(key)
            case _Field():
                return self._in_field(key)
            case _:
                return self._objects(key.defined, key.way, self.origins.returned(key.defined))

    def _held(self, key: _Held) -> Objects:
        values = self.origins.values(key.defined, key.pc, key.argument)
        return None if values is None else self._objects(key.defined, key.way, values)

    def _given_by(self, key: _Given) -> Objects:
        """Return what the call gives that a method was entered by."""
        way = key.way
        if way is None:
            return None
        found = self._ask(_Held(way.caller, way.pc, key.parameter, way.before))
        if key.parameter == 0 and self.origins.is_by_receiver(way.caller, way.pc):
            return self._that_run(found, key.defined)
        return found

    def _that_run(self, objects: Objects, defined: int) -> Objects:
        """Leave the objects on which a call comes to a method, if it is one of objects."""
        program = self.origins.answers.codes.program
        if objects is None or int(program.defined_access[defined]) & STATIC:
            return objects
        method = int(program.defined_method[defined])
        if program.name_of(method) == b"<init>":
            return objects
        signature = int(program.method_signature[method])
        return frozenset(
            one for one in objects if self.origins.run(one.type_id, signature) == defined
        )

    def _given(self, key: _Given) -> Objects:
        """Return what all callers of a method give it."""
        rows = self.origins.running_calls(key.defined)
        found = None if rows is None else self._joined(self._from_call(row, key) for row in rows)
        is_receiver = found is None and self._is_receiver(key)
        return self._made_to_run(key.defined) if is_receiver else found

    def _from_call(self, row: int, key: _Given) -> Objects:
        records = self.origins.answers.codes.program.invocations
        place = int(records.caller[row]), int(records.pc[row])
        kind = int(records.call[row])
        if kind == Call.CUSTOM:
            return None
        if kind in BY_RECEIVER:
            receivers = self._that_run(self._ask(_Held(*place, 0, None)), key.defined)
            if key.parameter == 0 or receivers == _NOTHING:
                return receivers
        return self._ask(_Held(*place, key.parameter, None))

    def _is_receiver(self, key: _Given) -> bool:
        access = int(self.origins.answers.codes.program.defined_access[key.defined])
        return key.parameter == 0 and not access & STATIC

    def _made_to_run(self, defined: int) -> Objects:
        """Return all objects on which a call may come to a method; None if some are not told."""
        found: set[Made] = set()
        for type_id in self.origins.types_on(defined):
            places = self.origins.makings(type_id)
            if not places and self.origins.runs and self.origins.runs.has_made(type_id):
                return None
            found.update(Made(type_id, *place, None) for place in places)
            if len(found) > MOST_PLACES:
                return None
        return frozenset(found) or None

    def _in_field(self, key: _Field) -> Objects:
        """Return what a field may hold: what is written into it, of an object when it is made."""
        program = self.origins.answers.codes.program
        if program.class_of[program.field_type[key.touched]] < 0:
            return None
        places = self.origins.writes(key.touched)
        if places is None:
            return None
        return self._joined(self._written(key, *place) for place in places)

    def _written(self, key: _Field, defined: int, pc: int) -> Objects:
        """Return what one place writes into a field."""
        values = self.origins.values(defined, pc, 0)
        if values is None:
            return None
        of = self.origins.values(defined, pc, 1) if key.of else None
        if key.of is None or of is None:
            return self._objects(defined, None, values)
        if self.origins.is_own_constructor(defined, key.touched):
            return self._begun_with(key.of, defined, values)
        set_on = self._set_on(key.of, defined, values) if of == _RECEIVER else None
        return self._objects(defined, None, values) if set_on is None else set_on

    def _begun_with(self, made: Made, defined: int, values: Values) -> Objects:
        """Return what a constructor writes into an object."""
        type_of = self.origins.answers.codes.program.type_of
        begun = dict(self._constructors(made))
        if defined in begun:
            return self._objects(defined, begun[defined], values)
        known = any(type_of(one) == type_of(defined) for one in begun)
        if known or not self.origins.answers.hierarchy.is_below(made.type_id, type_of(defined)):
            return _NOTHING
        return self._objects(defined, None, values)

    def _set_on(self, made: Made, defined: int, values: Values) -> Objects:
        """Return what a method writes into its own object, by the calls that may be made on it."""
        rows = self.origins.running_calls(defined)
        records = self.origins.answers.codes.program.invocations
        if rows is None or any(int(records.call[row]) == Call.CUSTOM for row in rows):
            return None
        found: list[Objects] = []
        for row in rows:
            way = Way(int(records.caller[row]), int(records.pc[row]), None)
            of = self._ask(_Held(way.caller, way.pc, 0, None))
            if of is None or any(may_be_one(made, one) for one in of):
                found.append(self._objects(defined, way, values))
        return self._joined(found)

    def _constructors(self, made: Made) -> Iterator[tuple[int, Way]]:
        """Yield the constructors that an object's making runs, each with the way into it."""
        left = [(made.defined, made.way, Value(Kind.NEW, made.type_id, pc=made.pc))]
        for _ in range(_MOST_CONSTRUCTORS):
            if not left:
                return
            defined, way, wanted = left.pop()
            for target, pc in self.origins.constructed(defined, wanted):
                into = longer(Way(defined, pc, way))
                yield target, into
                left.append((target, into, Value(Kind.PARAMETER, 0)))

    def _objects(self, defined: int, way: Way | None, values: Values) -> Objects:
        """Return the objects that values of a method may be."""
        return self._joined(self._object(defined, way, one) for one in values)

    def _object(self, defined: int, way: Way | None, value: Value) -> Objects:
        if value.kind in _NO_OBJECT:
            return _NOTHING
        if value.kind is Kind.PARAMETER:
            return self._ask(_Given(defined, value.number, way))
        found: Objects = None
        if value.number >= 0:
            match value.kind:
                case Kind.NEW:
                    found = frozenset({Made(value.number, defined, value.pc, way)})
                case Kind.FIELD:
                    found = self._of_field(defined, way, value)
                case Kind.ANSWER:
                    found = self._answer(defined, way, value)
        return found

    def _of_field(self, defined: int, way: Way | None, value: Value) -> Objects:
        of = self._objects(defined, way, value.arguments[0]) if value.arguments else None
        if of is None:
            return self._ask(_Field(value.number, None))
        return self._joined(self._ask(_Field(value.number, one)) for one in of)

    def _answer(self, defined: int, way: Way | None, value: Value) -> Objects:
        program, hierarchy = self.origins.answers.codes.program, self.origins.answers.hierarchy
        method = value.number
        if program.class_of[program.method_type[method]] < 0:
            return None
        into = longer(Way(defined, value.pc, way))
        target = self.origins.answers.target(method)
        signature = int(program.method_signature[method])
        owner = int(program.method_type[method])
        is_open = target < 0 or len(hierarchy.overrides(owner, signature)) > 1
        if is_open and self.origins.is_by_receiver(defined, value.pc):
            of = self._ask(_Held(defined, value.pc, 0, way))
            if of is None:
                return None
            runs = {self.origins.run(one.type_id, signature) for one in of}
        else:
            runs = {target}
        if -1 in runs:
            return None
        return self._joined(self._ask(_Returned(one, into)) for one in sorted(runs))

    @staticmethod
    def _joined(parts: Iterable[Objects]) -> Objects:
        found: set[Made] = set()
        for part in parts:
            if part is None:
                return None
            found |= part
        return frozenset(found)
