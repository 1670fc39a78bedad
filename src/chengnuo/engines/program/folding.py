"""Strings that code puts together from constants, and strings that it hides.

Folded are `StringBuilder` chains within one block, `String.concat`, and calls of own static
decoders that undo Base64 or an exclusive or with one number, given a constant. A decoder that does
something else is counted by its calls: what it returns cannot be told without running it.
"""

import base64
import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from chengnuo.engines.program.answers import Answers
from chengnuo.engines.program.body import Do, Instruction
from chengnuo.engines.program.code import Code
from chengnuo.engines.program.program import STATIC, parameters_of
from chengnuo.engines.program.values import Kind, Value, Values, one_of, values_at

_BUILDERS = frozenset({b"Ljava/lang/StringBuilder;", b"Ljava/lang/StringBuffer;"})
_STRING = b"Ljava/lang/String;"
_ENCODED = frozenset({_STRING, b"[B", b"I", b"[I", b"[C"})
_MOST_INSTRUCTIONS = 300
_MOST_CHARACTERS = 20_000
_MOST_NESTED = 6
_EXCLUSIVE_OR = re.compile(r"^(xor-int|ixor)\b(?:.*#(-?[0-9]+)$)?")
"""Told by its disassembly, as nothing else needs arithmetic."""


@dataclass(frozen=True, slots=True)
class Folding:
    """Folds values of a program into strings.

    Attributes:
        answers: Values from other methods.

    """

    answers: Answers
    _keys: dict[int, int | None] = field(default_factory=dict, repr=False)

    def text(self, code: Code, values: Values, nested: int = 0) -> str | None:
        """Return the one string that values come to in a method, or None."""
        value = one_of(values)
        if value is None or nested > _MOST_NESTED:
            return None
        if value.kind is Kind.TEXT:
            return value.text
        if value.kind is Kind.NUMBER and nested:
            return str(value.number)
        found = self._answer(code, value, nested) if value.kind is Kind.ANSWER else None
        return found if found is not None and len(found) <= _MOST_CHARACTERS else None

    def decoders(self) -> list[int]:
        """Return the own static methods that look as if they decode strings, ascending."""
        program = self.answers.codes.program
        candidates = (
            defined
            for defined in range(len(program.defined_method))
            if int(program.defined_access[defined]) & STATIC
            and bool(program.defined_has_code[defined])
            and program.defined_size[defined] <= 4 * _MOST_INSTRUCTIONS
            and _decodes(program.proto_of(int(program.defined_method[defined])))
        )
        return [one for one in candidates if self._has_xor(one) or self._has_base64(one)]

    def hidden(self) -> list[tuple[int, int]]:
        """Return the calls of decoders whose answer cannot be folded: method and place."""
        program = self.answers.codes.program
        found = []
        for decoder in self.decoders():
            rows = program.callers_of(int(program.defined_method[decoder]))
            for row in rows.tolist():
                caller, pc = int(program.invocations.caller[row]), int(program.invocations.pc[row])
                code = self.answers.codes.of(caller)
                call = code.at(pc) if code else None
                if code is None or call is None:
                    continue
                given = tuple(values_at(code, register, pc) for register in call.uses)
                method = int(program.invocations.method[row])
                value = Value(Kind.ANSWER, method, arguments=given, pc=pc)
                if self.text(code, frozenset({value})) is None:
                    found.append((caller, pc))
        return sorted(found)

    def _answer(self, code: Code, value: Value, nested: int) -> str | None:
        program = code.program
        if value.number < 0 or not value.arguments:
            return None
        owner = program.types[program.method_type[value.number]]
        name = program.name_of(value.number)
        parts: list[str | None] = []
        if owner in _BUILDERS and name == b"toString":
            parts = list(self._appended(code, value, nested))
        elif owner == _STRING and name in {b"concat", b"valueOf", b"toString", b"intern"}:
            parts = [self.text(code, one, nested + 1) for one in value.arguments]
        else:
            parts = [self._decoded(code, value, nested)]
        known = [one for one in parts if one is not None]
        return "".join(known) if parts and len(known) == len(parts) else None

    def _appended(self, code: Code, value: Value, nested: int) -> Iterator[str | None]:
        """Yield what was appended in the block of a `toString`, None for what is not told."""
        program, flow = code.program, code.flow
        end = code.outline.index(value.pc) or 0
        start = flow.starts[flow.block_of(end)]
        begun = False
        for one in code.body.instructions[start:end]:
            if one.do is not Do.CALL or one.index < 0 or not one.uses:
                continue
            method = int(code.part.methods[one.index])
            if program.types[program.method_type[method]] not in _BUILDERS:
                continue
            if not self._same(code, one, value):
                continue
            name = program.name_of(method)
            begun = begun or name == b"<init>"
            if name in {b"<init>", b"append"}:
                for register in one.uses[1:]:
                    yield self.text(code, values_at(code, register, one.pc), nested + 1)
            else:
                yield None
        if not begun:
            yield None

    def _same(self, code: Code, one: Instruction, value: Value) -> bool:
        """Tell whether a call is on the builder whose text is asked for."""
        builder = builder_of(values_at(code, one.uses[0], one.pc))
        return builder is not None and builder == builder_of(value.arguments[0])

    def _decoded(self, code: Code, value: Value, nested: int) -> str | None:
        """Return what an own static decoder makes of a constant."""
        program, target = code.program, self.answers.target(value.number)
        if target < 0 or not int(program.defined_access[target]) & STATIC:
            return None
        if not _decodes(program.proto_of(int(program.defined_method[target]))):
            return None
        given = self.text(code, value.arguments[0], nested + 1)
        if given is None:
            return None
        if self._has_base64(target):
            return None if self._has_xor(target) else _from_base64(given)
        key = self._key(target)
        return None if key is None else "".join(chr((ord(one) ^ key) & 0xFFFF) for one in given)

    def _key(self, defined: int) -> int | None:
        """Return the number that a method combines everything with, if it is only one."""
        code = self.answers.codes.of(defined)
        if code is None or len(code.body.instructions) > _MOST_INSTRUCTIONS:
            return None
        keys: set[int | None] = set()
        for one in code.body.instructions:
            found = _EXCLUSIVE_OR.match(one.text)
            if found and found[2]:
                keys.add(int(found[2]))
            elif found:
                values = [values_at(code, register, one.pc) for register in one.uses]
                numbers = [v.number for v in map(one_of, values) if v and v.kind is Kind.NUMBER]
                keys.add(numbers[0] if len(numbers) == 1 else None)
        return keys.pop() if len(keys) == 1 else None

    def _has_xor(self, defined: int) -> bool:
        code = self.answers.codes.of(defined)
        return code is not None and any(
            _EXCLUSIVE_OR.match(one.text) for one in code.body.instructions
        )

    def _has_base64(self, defined: int) -> bool:
        """Tell whether a method decodes Base64 by the system."""
        code = self.answers.codes.of(defined)
        if code is None:
            return False
        called = [
            int(code.part.methods[o.index]) for o in code.body.instructions if o.do is Do.CALL
        ]
        return any(
            m >= 0
            and b"Base64" in code.program.types[code.program.method_type[m]]
            and code.program.name_of(m) == b"decode"
            for m in called
        )


def _decodes(proto: bytes) -> bool:
    """Tell whether a prototype may be that of a decoder: one encoded value to a string."""
    parameters = parameters_of(proto)
    return len(parameters) == 1 and parameters[0] in _ENCODED and proto.endswith(b")" + _STRING)


def is_builder(descriptor: bytes) -> bool:
    """Tell whether a type is one that strings are put together with."""
    return descriptor in _BUILDERS


def builder_of(values: Values) -> Value | None:
    """Return the new object that a chain of `append` began with."""
    value = one_of(values)
    while value is not None and value.kind is Kind.ANSWER and value.arguments:
        value = one_of(value.arguments[0])
    return value if value is not None and value.kind is Kind.NEW else None


def _from_base64(text: str) -> str | None:
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), validate=False)
        return data.decode()
    except (binascii.Error, ValueError):
        return None
