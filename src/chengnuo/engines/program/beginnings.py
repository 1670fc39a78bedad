"""How texts begin that code puts together: enough to know the server of an address.

Followed are constants, fields, builders, what own methods return and callers give, and any call of
the system that makes one value of others; the ways are short and bounded.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from chengnuo.engines.program.answers import MOST_CALLERS, Answers
from chengnuo.engines.program.body import Do
from chengnuo.engines.program.folding import builder_of, is_builder
from chengnuo.engines.program.mutf8 import text_of
from chengnuo.engines.program.program import rows_of
from chengnuo.engines.program.said import field_texts
from chengnuo.engines.program.sites import Site, given_at
from chengnuo.engines.program.values import Kind, Value, Values, values_at

_SCHEME = "://"
_MAKERS = frozenset(
    {b"Ljava/lang/String;", b"Ljava/net/URI;", b"Ljava/net/URL;", b"Landroid/net/Uri;"}
    | {b"Landroid/net/Uri$Builder;", b"Lokhttp3/HttpUrl;", b"Lokhttp3/HttpUrl$Companion;"}
)
"""What makes a value of texts; of other calls, as for a key of a store, whole addresses count."""
_MOST_NESTED = 6
_MOST_TEXTS = 16


class Beginning(NamedTuple):
    """How a text begins, and the place that says so."""

    text: str
    site: Site


@dataclass(frozen=True, slots=True)
class Beginnings:
    """Tells how texts of a program begin.

    Attributes:
        answers: Values from other methods.

    """

    answers: Answers
    _constants: dict[int, bytes] = field(default_factory=dict, repr=False)

    def of_argument(self, site: Site, index: int) -> tuple[Beginning, ...]:
        """Return the texts with which a parameter of a call may begin, in their order.

        Args:
            site: The call.
            index: Which parameter, from 0; the object that is called does not count.

        """
        if not self._constants:
            self._constants.update(field_texts(self.answers.codes.program))
        found: set[tuple[str, int]] = set()
        for one in self._texts(site.defined, given_at(self.answers, site, index), 0):
            found.add(one)
            if len(found) >= _MOST_TEXTS:
                break
        return tuple(Beginning(text, self._place(site, text, of)) for text, of in sorted(found))

    def _place(self, site: Site, text: str, defined: int) -> Site:
        """Return where a method says a text; if in no instruction, its beginning or the call."""
        program = self.answers.codes.program
        rows = rows_of(program.strings_used, defined)
        used = zip(
            program.strings_used.what[rows].tolist(),
            program.strings_used.pc[rows].tolist(),
            strict=True,
        )
        pc = next((pc for what, pc in used if what >= 0 and program.text(what) == text), -1)
        if pc < 0 and defined == site.defined:
            return site
        return Site(defined, max(pc, 0), -1)

    def _texts(self, defined: int, values: Values, nested: int) -> Iterator[tuple[str, int]]:
        """Yield texts with the method that says them, or that reads the field they are in."""
        if nested > _MOST_NESTED:
            return
        for value in sorted(values, key=lambda one: (one.kind.value, one.number, one.text)):
            match value.kind:
                case Kind.TEXT:
                    yield value.text, defined
                case Kind.FIELD:
                    for text in self._field(value, nested):
                        yield text, defined
                case Kind.ANSWER:
                    yield from self._answer(defined, value, nested)
                case Kind.PARAMETER:
                    for caller, given in self._given(defined, value.number):
                        yield from self._texts(caller, given, nested + 1)
                case _:
                    pass

    def _given(self, defined: int, parameter: int) -> Iterator[tuple[int, Values]]:
        """Yield what each call of a method gives it as a parameter, and which method calls."""
        program = self.answers.codes.program
        rows = program.callers_of(int(program.defined_method[defined])).tolist()
        for row in rows[:MOST_CALLERS]:
            caller = int(program.invocations.caller[row])
            code = self.answers.codes.of(caller)
            call = code.at(int(program.invocations.pc[row])) if code else None
            if code is not None and call is not None and parameter < len(call.uses):
                yield caller, values_at(code, call.uses[parameter], call.pc)

    def _field(self, value: Value, nested: int) -> Iterator[str]:
        if value.number in self._constants:
            yield text_of(self._constants[value.number])
        for given in self.answers.puts(value.number):
            for text, _ in self._texts(given.defined, given.values, nested + 1):
                yield text

    def _answer(self, defined: int, value: Value, nested: int) -> Iterator[tuple[str, int]]:
        program = self.answers.codes.program
        if value.number < 0:
            return
        target = self.answers.target(value.number)
        if target >= 0:
            yield from self._texts(target, self.answers.returned(target), nested + 1)
            return
        if value.arguments and is_builder(program.types[program.method_type[value.number]]):
            first = self._appended(defined, value)
            if first is not None:
                yield from self._texts(defined, first, nested + 1)
                return
        makes = program.types[program.method_type[value.number]] in _MAKERS
        for one in value.arguments:
            for text, of in self._texts(defined, one, nested + 1):
                if makes or _SCHEME in text:
                    yield text, of

    def _appended(self, defined: int, value: Value) -> Values | None:
        """Return what is first appended to the builder whose text is asked for."""
        code = self.answers.codes.of(defined)
        begun = builder_of(value.arguments[0])
        if code is None or begun is None:
            return None
        program = code.program
        for one in code.body.instructions:
            if one.pc >= value.pc:
                break
            if one.pc < begun.pc or one.do is not Do.CALL or one.index < 0 or len(one.uses) <= 1:
                continue
            method = int(code.part.methods[one.index])
            if method < 0 or not is_builder(program.types[program.method_type[method]]):
                continue
            if builder_of(values_at(code, one.uses[0], one.pc)) == begun:
                return values_at(code, one.uses[1], one.pc)
        return None
