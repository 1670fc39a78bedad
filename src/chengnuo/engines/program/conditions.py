"""What a test in the code is about, and how it comes out at the first start of an app.

At the first start nothing is stored: a getter of preferences returns the default that it is
given, a static field holds 0 or what its class puts there. This tells which side of a test is
taken before anybody has agreed; whether a test is one of consent is the caller's to say.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from chengnuo.engines.program.answers import Answers, with_arguments
from chengnuo.engines.program.body import Comparison
from chengnuo.engines.program.mutf8 import text_of
from chengnuo.engines.program.program import Program, parameters_of
from chengnuo.engines.program.values import Kind, Value, Values, texts_of

Constant: TypeAlias = int | str
"""A number, also for null and the truth values, or a string."""

_MOST_NESTED = 6
_SAME = frozenset({b"equals", b"equalsIgnoreCase", b"contentEquals", b"areEqual"})
_EMPTY = frozenset({b"isEmpty", b"isBlank", b"isNullOrEmpty"})
_ITSELF = frozenset(
    {b"booleanValue", b"intValue", b"valueOf", b"toString", b"trim", b"parseBoolean", b"parseInt"}
)
_NUMERAL = re.compile("-?[0-9]{1,9}")
_PLAIN = frozenset(
    {b"Z", b"I", b"J", b"Ljava/lang/String;", b"Ljava/lang/Boolean;", b"Ljava/lang/Integer;"}
)
"""Types of values that say whether somebody agreed; an object that is there says nothing."""
_INITIALISERS = frozenset({b"<clinit>", b"<init>"})


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreRule:
    """Getters and setters of what is kept from one start to the next.

    Attributes:
        types: Descriptors of their types; those below count too.
        names: Names of the getters. The last of several arguments is the default; without one it
            is 0, false or null.
        setter_types, setters: The same of what sets a value: a key, then the value.

    """

    types: frozenset[bytes]
    names: frozenset[bytes]
    setter_types: frozenset[bytes] = frozenset()
    setters: frozenset[bytes] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Condition:
    """A value that a test depends on.

    Attributes:
        kind: `answer` of a call, or `field`.
        owner: Descriptor of the type that the call or field is of.
        name: Its name.
        keys: Constant strings among the arguments, sorted.

    """

    kind: str
    owner: str
    name: str
    keys: tuple[str, ...]


ConsentTest: TypeAlias = Callable[[Condition], bool]
"""Tells whether a value looks like one that says that the individual agreed."""


@dataclass(frozen=True, slots=True)
class Inside:
    """What a called method comes to.

    Attributes:
        values: What it may return at the first start.
        conditions: Values of consent that its own tests depend on.

    """

    values: Values
    conditions: tuple[Condition, ...]


LooksInside: TypeAlias = Callable[[int], Inside | None]
"""Looks into a defined method that is called; None if it cannot be told, or is too deep."""


@dataclass(frozen=True, slots=True)
class FirstStart:
    """Evaluates values as they are at the first start.

    Attributes:
        answers: Values from other methods.
        stores: Getters of what is kept.
        inside: Looks into called methods.
        may: Tells of a method whether a value of consent may come from it; others are left out.

    """

    answers: Answers
    stores: tuple[StoreRule, ...]
    inside: LooksInside
    may: Callable[[int], bool]
    _getters: dict[int, bool] = field(default_factory=dict, repr=False)
    _constants: dict[tuple[Value, int], Constant | None] = field(default_factory=dict, repr=False)
    _found: dict[tuple[Value, int], frozenset[Condition]] = field(default_factory=dict, repr=False)

    @property
    def program(self) -> Program:
        """The program."""
        return self.answers.codes.program

    def constant(self, values: Values, nested: int = 0) -> Constant | None:
        """Return the one constant that values come to; None if it cannot be told."""
        found = {self._constant(value, nested) for value in values}
        return found.pop() if len(found) == 1 else None

    def holds(self, test: Comparison, left: Values, right: Values) -> bool | None:
        """Return how a test comes out, or None if it cannot be told."""
        first, second = self.constant(left), self.constant(right)
        if first is None or second is None:
            return None
        if isinstance(first, str) or isinstance(second, str):
            # Two strings are compared as objects, so that only null differs for certain.
            differs = isinstance(first, int) or isinstance(second, int)
            return _BY_IDENTITY.get(test) if differs else None
        return _COMPARES[test](first, second)

    def conditions(self, values: Values, nested: int = 0) -> tuple[Condition, ...]:
        """Return what values depend on: calls and fields, own calls and fields looked into."""
        found: set[Condition] = set()
        for value in values:
            found.update(self._conditions(value, nested))
        return tuple(sorted(found))

    def _constant(self, value: Value, nested: int) -> Constant | None:
        key = (value, nested)
        if key not in self._constants:
            self._constants[key] = self._evaluated(value, nested)
        return self._constants[key]

    def _evaluated(self, value: Value, nested: int) -> Constant | None:
        found: Constant | None = None
        if nested > _MOST_NESTED:
            return found
        match value.kind:
            case Kind.NUMBER:
                found = value.number
            case Kind.TEXT:
                found = value.text
            case Kind.NOT:
                of = self.constant(value.arguments[0], nested + 1)
                found = int(not of) if isinstance(of, int) else None
            case Kind.FIELD if value.number >= 0:
                found = self._field(value.number, nested)
            case Kind.ANSWER if value.number >= 0:
                found = self._answer(value, nested)
        return found

    def _answer(self, value: Value, nested: int) -> Constant | None:
        program, arguments = self.program, value.arguments
        if self._is_getter(value.number):
            has_default = len(parameters_of(program.proto_of(value.number))) > 1 and arguments
            return self.constant(arguments[-1], nested + 1) if has_default else 0
        target = self._plain_target(value.number)
        if target >= 0:
            inside = self.inside(target)
            returned = with_arguments(inside.values, arguments) if inside else frozenset()
            return self.constant(returned, nested + 1)
        known = [self.constant(one, nested + 1) for one in arguments]
        return _computed(program.name_of(value.number), known)

    def _field(self, touched: int, nested: int) -> Constant | None:
        """Return what a field holds before anything but its class has set it."""
        program = self.program
        if not is_plain(program.types[program.field_of[touched]]):
            return None
        puts = self.answers.puts(touched)
        if not puts:
            # Nobody would test what is always the same: what it starts with is not told by code.
            return None
        first: set[Constant] = set()
        later: set[Constant] = set()
        for put in puts:
            inner = self.constant(put.values, nested + 1)
            if inner is None:
                continue
            if program.name_of(int(program.defined_method[put.defined])) in _INITIALISERS:
                first.add(inner)
            elif not all(self._is_literal(one) for one in put.values):
                later.add(inner)
        found = (first or {0}) | later
        return found.pop() if len(found) == 1 else None

    def _is_literal(self, value: Value) -> bool:
        """Tell whether a value stands in the code itself, plain or boxed (`Boolean.valueOf`)."""
        if value.kind is Kind.ANSWER and value.number >= 0 and len(value.arguments) == 1:
            is_boxed = self.program.name_of(value.number) == b"valueOf"
            return is_boxed and all(one.kind is Kind.NUMBER for one in value.arguments[0])
        return value.kind is Kind.NUMBER

    def _plain_target(self, method: int) -> int:
        """Return the own method that a reference means, if it answers with a plain value."""
        proto = self.program.proto_of(method)
        plain = is_plain(proto[proto.find(b")") + 1 :])
        return self.answers.target(method) if plain else -1

    def _is_getter(self, method: int) -> bool:
        if method not in self._getters:
            program, hierarchy = self.program, self.answers.hierarchy
            name = program.name_of(method)
            above = hierarchy.types_above(int(program.method_type[method]))
            owners = {program.types[one] for one in above.tolist()}
            self._getters[method] = any(
                name in rule.names and not owners.isdisjoint(rule.types) for rule in self.stores
            )
        return self._getters[method]

    def _conditions(self, value: Value, nested: int) -> frozenset[Condition]:
        key = (value, nested)
        if nested > _MOST_NESTED:
            return frozenset()
        if key not in self._found:
            found = {one for given in value.arguments for one in self.conditions(given, nested + 1)}
            if value.kind is Kind.FIELD and value.number >= 0:
                found |= self._of_field(value, nested)
            elif value.kind is Kind.ANSWER and value.number >= 0:
                found |= self._of_answer(value, nested)
            self._found[key] = frozenset(found)
        return self._found[key]

    def _of_field(self, value: Value, nested: int) -> set[Condition]:
        program = self.program
        itself = Condition(
            kind="field",
            owner=text_of(program.types[program.field_type[value.number]]),
            name=text_of(program.names[program.field_name[value.number]]),
            keys=(),
        )
        if not is_plain(program.types[program.field_of[value.number]]):
            return {itself}
        if not any(self.may(one) for one in self.answers.putting(value.number)):
            return {itself}
        puts = self.answers.puts(value.number)
        return {itself, *(one for put in puts for one in self.conditions(put.values, nested + 2))}

    def _of_answer(self, value: Value, nested: int) -> set[Condition]:
        program = self.program
        itself = Condition(
            kind="answer",
            owner=text_of(program.types[program.method_type[value.number]]),
            name=text_of(program.name_of(value.number)),
            keys=tuple(sorted({text for one in value.arguments for text in texts_of(one)})),
        )
        target = -1 if self._is_getter(value.number) else self._plain_target(value.number)
        inside = self.inside(target) if target >= 0 and self.may(target) else None
        if inside is None:
            return {itself}
        returned = with_arguments(inside.values, value.arguments)
        return {itself, *self.conditions(returned, nested + 1), *inside.conditions}


def is_plain(descriptor: bytes) -> bool:
    """Tell whether values of a type may say whether somebody agreed."""
    return descriptor in _PLAIN


def _computed(name: bytes, known: list[Constant | None]) -> Constant | None:
    """Return what a method of the system that only computes returns, told by its name."""
    last = known[-1] if known else None
    if last is None:
        return None
    if name in _SAME:
        other = known[-2] if len(known) > 1 else None
        return None if other is None else int(other == last)
    if name in _EMPTY:
        return int(last in {"", 0})
    if name == b"length":
        return len(last) if isinstance(last, str) else None
    return _parsed(name, last) if name in _ITSELF else None


def _parsed(name: bytes, value: Constant) -> Constant | None:
    """Return what a wrapper of a value, or a reader of its text, returns."""
    if name == b"parseBoolean":
        return int(isinstance(value, str) and value.lower() == "true")
    if name == b"parseInt":
        return int(value) if isinstance(value, str) and _NUMERAL.fullmatch(value) else None
    return value.strip() if name == b"trim" and isinstance(value, str) else value


_BY_IDENTITY = {Comparison.EQUAL: False, Comparison.NOT_EQUAL: True}
_COMPARES: dict[Comparison, Callable[[int, int], bool]] = {
    Comparison.EQUAL: lambda a, b: a == b,
    Comparison.NOT_EQUAL: lambda a, b: a != b,
    Comparison.LESS: lambda a, b: a < b,
    Comparison.AT_LEAST: lambda a, b: a >= b,
    Comparison.MORE: lambda a, b: a > b,
    Comparison.AT_MOST: lambda a, b: a <= b,
}
