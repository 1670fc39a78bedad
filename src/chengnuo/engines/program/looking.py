"""Looks into methods for the search: guards, objects handed over, reflection and intents.

Reflection is followed where its names are constants: `Class.forName("a.B")` initialises the class,
`newInstance` makes an object of it, `getMethod("c")` with `invoke` runs every method of the name.
An intent is followed where its class is constant.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from chengnuo.engines.program.answers import Answers
from chengnuo.engines.program.body import Do, Instruction
from chengnuo.engines.program.code import Code
from chengnuo.engines.program.framework import ComponentRule, FrameworkModel
from chengnuo.engines.program.guards import Guards, Sure
from chengnuo.engines.program.hints import Hints
from chengnuo.engines.program.marks import Jump, Why
from chengnuo.engines.program.mutf8 import bytes_of
from chengnuo.engines.program.showing import SHOWS, shown
from chengnuo.engines.program.values import DEPTH, Kind, Value, Values, texts_of, values_at

_LOADS = frozenset({b"forName", b"loadClass", b"findClass"})
_MAKES = frozenset({b"newInstance"})
_FINDS = frozenset({b"getMethod", b"getDeclaredMethod"})
_RUNS = frozenset({b"invoke"})
_SETS = frozenset({b"setClass", b"setClassName", b"setComponent"})
_INTENT = b"Landroid/content/Intent;"
_COMPONENT_NAME = b"Landroid/content/ComponentName;"
_MOST_STEPS = 3
_MOST_OBJECTS = 64


@dataclass(frozen=True, slots=True)
class Looking:
    """What the search asks of methods.

    Attributes:
        guards: How surely each place is run.
        model: The system.
        hints: Which methods may hold a test of consent.

    """

    guards: Guards
    model: FrameworkModel
    hints: Hints
    _jumping: set[bytes] = field(default_factory=set, repr=False)

    @property
    def answers(self) -> Answers:
        """Values from other methods."""
        return self.guards.answers

    def segments(self, defined: int) -> Sequence[tuple[int, Sure]]:
        """Return how surely each place of a method is run: from each place on, ascending."""
        return self.guards.ways(defined).segments

    def may_guard(self, defined: int) -> bool:
        """Tell whether some place of a method may be guarded, without looking into it."""
        return self.hints.may(defined)

    def handed(self, defined: int, pc: int, argument: int) -> tuple[int, ...] | None:
        """Return the types of the objects that a call hands over; None if it cannot be told."""
        code = self.answers.codes.of(defined)
        call = code.at(pc) if code else None
        if code is None or call is None or not -len(call.uses) <= argument < len(call.uses):
            return None
        found: set[int] = set()
        values = values_at(code, call.uses[argument], pc, depth=1)
        known = self._objects(defined, values, _MOST_STEPS, found)
        return tuple(sorted(found)) if known and len(found) <= _MOST_OBJECTS else None

    def jumps_by(self, name: bytes) -> bool:
        """Tell whether a method of the system of this name may bring about a jump."""
        if not self._jumping:
            started = (rule.started_by for rule in self.model.components)
            self._jumping.update(_LOADS, _MAKES, _RUNS, SHOWS, *started)
        return name in self._jumping

    def shows_by(self, name: bytes) -> bool:
        """Tell whether a method of this name, even an own one, may show a layout."""
        return name in SHOWS

    def jumps(self, defined: int, pcs: Sequence[int]) -> list[Jump]:
        """Return the jumps that calls of a method bring about."""
        code = self.answers.codes.of(defined)
        if code is None:
            return []
        found: list[Jump] = []
        for pc in pcs:
            call = code.at(pc)
            if call is not None and call.do is Do.CALL and call.index >= 0:
                found += self._jumps(code, call)
        return found

    def _objects(self, defined: int, values: Values, steps: int, found: set[int]) -> bool:
        """Gather the types of objects; False if some may be of any type."""
        for value in values:
            if value.kind is Kind.NEW and value.number >= 0:
                found.add(value.number)
            elif value.kind in _NO_OBJECT:
                continue
            elif steps == 0 or not self._objects_beyond(defined, value, steps - 1, found):
                return False
        return True

    def _objects_beyond(self, defined: int, value: Value, steps: int, found: set[int]) -> bool:
        """Gather the types of objects that come from beyond the method."""
        if value.kind is Kind.PARAMETER:
            # What callers give is in their terms, so that it is followed no further.
            return self._objects(defined, self.answers.given(defined, value.number), 0, found)
        if value.kind is Kind.FIELD and value.number >= 0:
            puts = self.answers.puts(value.number)
            return bool(puts) and all(
                self._objects(put.defined, put.values, steps, found) for put in puts
            )
        target = self.answers.target(value.number) if value.kind is Kind.ANSWER else -1
        if target < 0:
            return False
        return self._objects(target, self.answers.returned(target), steps, found)

    def _jumps(self, code: Code, call: Instruction) -> Iterator[Jump]:
        program = code.program
        method = int(code.part.methods[call.index])
        name = program.name_of(method)
        if name in _LOADS:
            held = self._all_held(code, call)
            for type_id in self._named(one for values in held for one in texts_of(values)):
                yield Jump(pc=call.pc, why=Why.REFLECTION, type_id=type_id, makes=False, methods=())
        elif name in _MAKES and call.uses:
            for type_id in self._classes_in(code, self._held(code, call.uses[0], call.pc)):
                made = self._methods(type_id, b"<init>")
                yield Jump(
                    pc=call.pc, why=Why.REFLECTION, type_id=type_id, makes=True, methods=made
                )
        elif name in _RUNS and call.uses:
            yield from self._invoked(code, call.pc, self._held(code, call.uses[0], call.pc))
        elif name in SHOWS:
            held = self._all_held(code, call)
            numbers = {v.number for values in held for v in values if v.kind is Kind.NUMBER}
            shower = code.program.type_of(code.defined)
            yield from shown(self.answers.hierarchy, self.model, shower, call.pc, sorted(numbers))
        for rule in self.model.components:
            if name in rule.started_by:
                yield from self._started(code, call, rule)

    def _all_held(self, code: Code, call: Instruction) -> list[Values]:
        """Return what each argument of a call may be."""
        return [self._held(code, one, call.pc) for one in call.uses]

    def _held(self, code: Code, register: int, pc: int) -> Values:
        """Return what a register holds, with what callers give and own methods return."""
        return self.answers.settled(code.defined, values_at(code, register, pc))

    def _named(self, names: Iterator[str]) -> list[int]:
        """Return the types of the package that names, with dots, mean."""
        program = self.answers.codes.program
        found = {program.type_id(b"L" + bytes_of(one).replace(b".", b"/") + b";") for one in names}
        return sorted(one for one in found if one >= 0 and program.class_of[one] >= 0)

    def _classes_in(self, code: Code, values: Values, nested: int = 0) -> list[int]:
        """Return the types whose class objects values are, or are made from."""
        found: set[int] = set()
        for value in values:
            if value.kind is Kind.CLASS and code.program.class_of[value.number] >= 0:
                found.add(value.number)
            elif value.kind is Kind.ANSWER and nested < DEPTH:
                found.update(self._named(t for one in value.arguments for t in texts_of(one)))
                for one in value.arguments:
                    found.update(self._classes_in(code, one, nested + 1))
        return sorted(found)

    def _invoked(self, code: Code, pc: int, values: Values) -> Iterator[Jump]:
        """Follow `Method.invoke` on what `Class.getMethod` returned."""
        program = code.program
        for value in values:
            if value.kind is not Kind.ANSWER or value.number < 0 or len(value.arguments) < 2:  # noqa: PLR2004 - the class and the name
                continue
            if program.name_of(value.number) not in _FINDS:
                continue
            for type_id in self._classes_in(code, value.arguments[0]):
                methods = {
                    one
                    for name in texts_of(value.arguments[1])
                    for above in self.answers.hierarchy.chain(type_id)
                    for one in self._methods(above, bytes_of(name))
                }
                run = tuple(sorted(methods))
                yield Jump(pc=pc, why=Why.REFLECTION, type_id=type_id, makes=False, methods=run)

    def _methods(self, type_id: int, name: bytes) -> tuple[int, ...]:
        """Return the methods of a name that a class defines; of constructors the plain one."""
        program = self.answers.codes.program
        plain = b"()V" if name == b"<init>" else None
        named = program.methods_named(name, type_id=type_id, proto=plain)
        return tuple(int(one) for one in program.definition[named] if one >= 0)

    def _started(self, code: Code, call: Instruction, rule: ComponentRule) -> Iterator[Jump]:
        """Follow a call that starts a part of the app by an intent."""
        program, hierarchy = code.program, self.answers.hierarchy
        kind = program.type_id(rule.type)
        for type_id in self._classes_of_intent(code, call):
            if not hierarchy.is_below(type_id, kind):
                continue
            methods = [*self._methods(type_id, b"<init>")]
            for name in sorted(rule.entries):
                nearest = (self._methods(one, name) for one in hierarchy.chain(type_id))
                methods += next((found for found in nearest if found), ())
            yield Jump(
                pc=call.pc, why=Why.INTENT, type_id=type_id, makes=True, methods=tuple(methods)
            )

    def _classes_of_intent(self, code: Code, call: Instruction) -> list[int]:
        """Return the classes named where the intent of a call was made.

        The intent is the argument that was made here, or that an own method or a caller made;
        its class is given to its constructor, or set on it later in the same method.
        """
        found: set[int] = set()
        for register in call.uses:
            for value in values_at(code, register, call.pc):
                if value.kind is Kind.NEW and self._is_intent(code, value):
                    found.update(self._set_on(code, value))
                elif value.kind is Kind.ANSWER and value.number >= 0:
                    found.update(self._of_answer(code, value))
        return sorted(found)

    def _is_intent(self, code: Code, value: Value) -> bool:
        return code.program.types[value.number] in {_INTENT, _COMPONENT_NAME}

    def _of_answer(self, code: Code, value: Value) -> list[int]:
        """Return the classes of an intent that a call returned: of a maker, or what it set."""
        program, target = code.program, self.answers.target(value.number)
        if target >= 0:
            return self._from_maker(target)
        if program.types[program.method_type[value.number]] != _INTENT:
            return []
        found = set(self._classes_in(code, frozenset({value})))
        for one in value.arguments[0] if value.arguments else ():
            if one.kind is Kind.NEW and self._is_intent(code, one):
                found.update(self._set_on(code, one))
        return sorted(found)

    def _from_maker(self, defined: int) -> list[int]:
        """Return the classes of the intents that a method makes and returns."""
        code = self.answers.codes.of(defined)
        made = self.answers.returned(defined)
        if code is None:
            return []
        return [
            one
            for value in made
            if value.kind is Kind.NEW and self._is_intent(code, value)
            for one in self._set_on(code, value)
        ]

    def _set_on(self, code: Code, made: Value, nested: int = 0) -> list[int]:
        """Return the classes that calls on an object made here are given."""
        program = code.program
        found: set[int] = set()
        for one in code.body.instructions:
            if one.do is not Do.CALL or one.index < 0 or not one.uses:
                continue
            name = program.name_of(int(code.part.methods[one.index]))
            if name != b"<init>" and name not in _SETS:
                continue
            if made not in values_at(code, one.uses[0], one.pc):
                continue
            for register in one.uses[1:]:
                values = self._held(code, register, one.pc)
                found.update(self._classes_in(code, values))
                found.update(self._named(iter(texts_of(values))))
                for inner in values:
                    if nested == 0 and inner.kind is Kind.NEW and self._is_intent(code, inner):
                        found.update(self._set_on(code, inner, 1))
        return sorted(found)


_NO_OBJECT = frozenset({Kind.NUMBER, Kind.TEXT, Kind.CLASS, Kind.NOT})
