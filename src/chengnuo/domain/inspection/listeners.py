"""Which methods run on an object that code hands over, as a listener, and which types it may be."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from chengnuo.domain.inspection.code_texts import STEPS, CodeTexts
from chengnuo.engines.program.program import STATIC, rows_of
from chengnuo.engines.program.unit import Call
from chengnuo.engines.program.values import Kind, Value, Values

_MOST_TYPES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of a parameter.

    Attributes:
        number: Its number; None if not known.
        view: Id of the view that it is, or 0.
        type_id: Type of the object that it is, or -1.

    """

    number: int | None = None
    view: int = 0
    type_id: int = -1


class Listener(NamedTuple):
    """A method that is run.

    Attributes:
        defined: The method.
        type_id: Type of the object that it is run on, or -1.

    """

    defined: int
    type_id: int = -1

    def known(self) -> dict[int, Known]:
        """Return what is known of its receiver."""
        return {} if self.type_id < 0 else {0: Known(type_id=self.type_id)}


@dataclass(frozen=True, slots=True)
class Objects:
    """Tells objects by where they were made."""

    code: CodeTexts

    def types(self, defined: int, values: Values, steps: int = STEPS) -> tuple[int, ...]:
        """Return the types of the objects that values are known to be, ascending."""
        found = set(self._types(defined, values, steps))
        return tuple(sorted(found)) if len(found) <= _MOST_TYPES else ()

    def _types(self, defined: int, values: Values, steps: int) -> Iterator[int]:
        for value in values:
            if value.kind is Kind.NEW and value.number >= 0:
                yield value.number
            elif self._is_receiver(defined, value):
                yield self.code.opened.followed.program.type_of(defined)
            else:
                for where, inner in self.code.beyond(defined, value, steps):
                    yield from self._types(where, inner, steps - 1)

    def listeners(
        self, defined: int, values: Values, names: tuple[bytes, ...]
    ) -> tuple[Listener, ...]:
        """Return the methods of some names of the objects that values are, ascending.

        Of a lambda that the compiler left to the runtime it is its own method, whatever its name.
        """
        found = {Listener(one) for one in self._lambdas(defined, values, STEPS)}
        for type_id in self.types(defined, values):
            for name in names:
                found.update(Listener(one, type_id) for one in self._methods(type_id, name))
        return tuple(sorted(found))

    def _lambdas(self, defined: int, values: Values, steps: int) -> Iterator[int]:
        for value in values:
            target = self._lambda(defined, value)
            if target >= 0:
                yield target
            elif value.kind is not Kind.ANSWER:
                for where, inner in self.code.beyond(defined, value, steps):
                    yield from self._lambdas(where, inner, steps - 1)

    def _lambda(self, defined: int, value: Value) -> int:
        """Return the method that a lambda made at a place consists of, or -1."""
        if value.kind is not Kind.ANSWER or value.number < 0:
            return -1
        program = self.code.opened.followed.program
        records = program.invocations
        for row in range(*rows_of(records, defined).indices(len(records.caller))):
            if int(records.pc[row]) == value.pc:
                is_custom = int(records.call[row]) == Call.CUSTOM
                return int(program.definition[value.number]) if is_custom else -1
        return -1

    def _methods(self, type_id: int, name: bytes) -> tuple[int, ...]:
        """Return the methods of a name that the nearest class of a chain defines."""
        hierarchy = self.code.opened.followed.hierarchy
        program = hierarchy.program
        for owner in hierarchy.chain(type_id):
            named = program.methods_named(name, type_id=owner).tolist()
            found = tuple(int(program.definition[one]) for one in named)
            known = tuple(one for one in found if one >= 0)
            if known:
                return known
        return ()

    def target(self, type_id: int, reference: int) -> int:
        """Return what runs when a method is called on an object of just this type, or -1."""
        hierarchy = self.code.opened.followed.hierarchy
        program = hierarchy.program
        signature = int(program.method_signature[reference])
        for owner in hierarchy.chain(type_id):
            method = program.method_id(owner, signature)
            found = int(program.definition[method]) if method >= 0 else -1
            if found >= 0 and program.defined_has_code[found]:
                return found
        return -1

    def _is_receiver(self, defined: int, value: Value) -> bool:
        access = int(self.code.opened.followed.program.defined_access[defined])
        return value.kind is Kind.PARAMETER and value.number == 0 and not access & STATIC
