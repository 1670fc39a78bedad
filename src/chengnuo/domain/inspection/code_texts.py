"""What code shows, and on which views: texts that values come to, ids of views, screens named.

Ids of resources are constants in code (Android developer documentation, "App resources"); a view
is found by its id, kept in a field, or handed on by the class that the build makes for a layout.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from chengnuo.domain.inspection.layouts import Layouts
from chengnuo.domain.inspection.opened import Opened
from chengnuo.engines.axml.element import Reference
from chengnuo.engines.program.answers import with_arguments
from chengnuo.engines.program.mutf8 import text_of
from chengnuo.engines.program.program import rows_of
from chengnuo.engines.program.sites import Site, argument, calls
from chengnuo.engines.program.values import Kind, Value, Values, values_at

STEPS = 4
"""How many fields, callers and called methods a value is followed through."""
_LEAST_ID = 1 << 24
"""The least id of a resource: its first byte names a package."""
_SETTERS = (b"setText", b"setTitle", b"setLabel", b"setContentDescription")
_SET_STEPS = 1
"""What most code sets as a text is a constant; what it reads elsewhere is no button's."""
_MOST_SETS = 300
"""Calls that set a text in one class and those inside it; more are not looked at."""


@dataclass(frozen=True, slots=True)
class _Set:
    """A text that a view gets in code."""

    defined: int
    views: Values
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CodeTexts:
    """Answers what code shows.

    Attributes:
        opened: The package.
        layouts: Its screens.

    """

    opened: Opened
    layouts: Layouts
    _families: dict[str, list[int]] = field(default_factory=dict, repr=False)
    _sets: dict[str, list[_Set]] = field(default_factory=dict, repr=False)
    _said: dict[int, tuple[str, ...]] = field(default_factory=dict, repr=False)
    _by_class: dict[int, tuple[str, ...]] = field(default_factory=dict, repr=False)
    _numbers: dict[str, int] = field(default_factory=dict, repr=False)
    _setting: list[dict[int, list[Site]]] = field(default_factory=list, repr=False)

    def texts(self, defined: int, values: Values, steps: int = STEPS) -> tuple[str, ...]:
        """Return the texts that values come to in a method, in all languages."""
        found: dict[str, None] = {}
        for value in sorted(values, key=repr):
            found.update(dict.fromkeys(self._texts(defined, value, steps)))
        return tuple(found)

    def _texts(self, defined: int, value: Value, steps: int) -> Iterator[str]:
        if value.kind is Kind.TEXT:
            yield value.text
        elif number := self.number(value):
            yield from self.resource(number)
        elif value.kind is Kind.ANSWER:
            for one in value.arguments:
                yield from self.texts(defined, one, steps)
        for where, inner in self.beyond(defined, value, steps):
            yield from self.texts(where, inner, steps - 1)

    def resource(self, number: int) -> tuple[str, ...]:
        """Return the texts of a string resource; nothing if a number is none."""
        if not self._name(number).startswith("string/"):
            return ()
        found = self.opened.resources.texts(Reference(resource_id=number))
        return tuple(dict.fromkeys(one.text for one in found))

    def number(self, value: Value) -> int:
        """Return a value as an id of a resource, 0 if it is none.

        Where ids are not built into the code, it reads them from fields of the classes `R`.
        """
        if value.kind is Kind.NUMBER:
            number = value.number & 0xFFFF_FFFF
            return number if number >= _LEAST_ID else 0
        return self._of_field(value.number) if value.kind is Kind.FIELD else 0

    def _of_field(self, touched: int) -> int:
        program = self.opened.followed.program
        if touched < 0:
            return 0
        owner = program.types[program.field_type[touched]]
        _, is_id, kind = owner.partition(b"/R$")
        if not is_id:
            return 0
        name = text_of(kind.removesuffix(b";") + b"/" + program.names[program.field_name[touched]])
        if not self._numbers:
            resources = self.opened.resources
            for each in ("id", "string", "layout"):
                self._numbers.update((resources.name(one), one) for one in resources.ids(each))
        return self._numbers.get(name, 0)

    def _name(self, number: int) -> str:
        return self.opened.resources.name(number) if number >= _LEAST_ID else ""

    def view_ids(self, defined: int, values: Values, steps: int = STEPS) -> frozenset[int]:
        """Return the resource ids of the views that values may be."""
        found: set[int] = set()
        for value in values:
            here: set[int] = set()
            if value.kind is Kind.ANSWER:
                given = (one for part in value.arguments for one in part)
                numbers = map(self.number, given)
                here = {n for n in numbers if self._name(n).startswith("id/")}
            if not here:
                for where, inner in self.beyond(defined, value, steps):
                    here |= self.view_ids(where, inner, steps - 1)
            found |= here
        return frozenset(found)

    def beyond(self, defined: int, value: Value, steps: int) -> Iterator[tuple[int, Values]]:
        """Yield what a value is in other methods, each with the method in whose terms."""
        answers = self.opened.followed.answers
        if steps <= 0:
            return
        if value.kind is Kind.PARAMETER:
            yield from self._given(defined, value.number)
        elif value.kind is Kind.FIELD and value.number >= 0:
            for put in answers.puts(value.number):
                yield put.defined, put.values
        elif value.kind is Kind.ANSWER and (target := answers.target(value.number)) >= 0:
            yield defined, with_arguments(answers.returned(target), value.arguments)

    def _given(self, defined: int, parameter: int) -> Iterator[tuple[int, Values]]:
        """Yield what each caller gives as a parameter, the receiver being 0."""
        answers = self.opened.followed.answers
        reference = int(answers.codes.program.defined_method[defined])
        for site in list(calls(answers.codes.program, reference))[:STEPS]:
            code = answers.codes.of(site.defined)
            call = code.at(site.pc) if code else None
            if code is not None and call is not None and parameter < len(call.uses):
                yield site.defined, values_at(code, call.uses[parameter], site.pc)

    def said_in(self, defined: int) -> tuple[str, ...]:
        """Return every text that a method names: its strings, its resources, its screens."""
        if defined not in self._said:
            self._said[defined] = self._said_in(defined)
        return self._said[defined]

    def _said_in(self, defined: int) -> tuple[str, ...]:
        program = self.opened.followed.program
        used = program.strings_used
        found = [program.text(one) for one in used.what[rows_of(used, defined)].tolist()]
        for number in self.resources_in(defined):
            found += self.resource(number)
            for file in self.layouts.files.get(number, ()):
                found += self.layouts.screen_texts(file)
        return tuple(dict.fromkeys(found))

    def resources_in(self, defined: int) -> tuple[int, ...]:
        """Return the numbers in a method that may be ids of resources."""
        program = self.opened.followed.program
        records, touched = program.constants, program.fields_touched
        found = records.value[rows_of(records, defined)].tolist()
        found += map(self._of_field, touched.what[rows_of(touched, defined)].tolist())
        return tuple(dict.fromkeys(found))

    def families(self) -> dict[str, list[int]]:
        """Return the methods of each class and of those inside it, by its name with slashes."""
        program = self.opened.followed.program
        if not self._families:
            names = [_outer(program.types[one]) for one in program.class_type.tolist()]
            for one, of in enumerate(program.defined_class.tolist()):
                self._families.setdefault(names[of], []).append(one)
        return self._families

    def family(self, defined: int) -> list[int]:
        """Return the methods of the class of a method and of those inside it, ascending."""
        program = self.opened.followed.program
        return self.families().get(_outer(program.types[program.type_of(defined)]), [])

    def said_by_class(self, defined: int) -> tuple[str, ...]:
        """Return every text that the class of a method, or one inside it, names."""
        family = self.family(defined)
        first = family[0] if family else defined
        if first not in self._by_class:
            said = (text for one in family for text in self.said_in(one))
            self._by_class[first] = tuple(dict.fromkeys(said))
        return self._by_class[first]

    def screens_in(self, defined: int) -> tuple[str, ...]:
        """Return the files of the screens that a method names."""
        files = self.layouts.files
        return tuple(file for one in self.resources_in(defined) for file in files.get(one, ()))

    def screens_of(self, defined: int) -> tuple[str, ...]:
        """Return the files of the screens that a class, or one inside it, names."""
        found = (file for one in self.family(defined) for file in self.screens_in(one))
        return tuple(dict.fromkeys(found))

    def set_on(self, defined: int, views: Values) -> tuple[str, ...]:
        """Return the texts that code of the class sets on views, by object or field."""
        objects = {one for one in views if one.kind is Kind.NEW}
        fields = {one.number for one in views if one.kind is Kind.FIELD}
        found: list[str] = []
        for one in self._sets_of(defined):
            same = one.defined == defined and not objects.isdisjoint(one.views)
            if same or any(v.kind is Kind.FIELD and v.number in fields for v in one.views):
                found += one.texts
        return tuple(dict.fromkeys(found))

    def _sets_of(self, defined: int) -> list[_Set]:
        program = self.opened.followed.program
        name = _outer(program.types[program.type_of(defined)])
        if name not in self._sets:
            sites = [s for one in self.family(defined) for s in self._setters().get(one, ())]
            self._sets[name] = [self._set(site) for site in sites[:_MOST_SETS]]
        return self._sets[name]

    def _setters(self) -> dict[int, list[Site]]:
        """Return the calls that set a text, by the method that makes them."""
        if not self._setting:
            program = self.opened.followed.program
            found: dict[int, list[Site]] = {}
            for name in _SETTERS:
                for reference in program.methods_named(name).tolist():
                    for site in calls(program, reference):
                        found.setdefault(site.defined, []).append(site)
            self._setting.append(found)
        return self._setting[0]

    def _set(self, site: Site) -> _Set:
        answers = self.opened.followed.answers
        values = argument(answers, site, 0)
        texts = self.texts(site.defined, values, _SET_STEPS)
        return _Set(site.defined, receiver(self.opened, site), texts)


def receiver(opened: Opened, site: Site) -> Values:
    """Return the object that a call may be on; nothing if it cannot be told."""
    code = opened.followed.answers.codes.of(site.defined)
    call = code.at(site.pc) if code else None
    if code is None or call is None or not call.uses:
        return frozenset()
    return values_at(code, call.uses[0], site.pc)


SYSTEM = (
    b"Landroidx/",
    b"Landroid/",
    b"Lkotlin/",
    b"Lkotlinx/",
    b"Ljava/",
    b"Ljavax/",
    b"Lcom/google/android/",
)
"""How types of the system and of its companion libraries begin, which know no app's consent."""


def in_system(opened: Opened, defined: int) -> bool:
    """Tell whether a method is one of the system's companion libraries."""
    program = opened.followed.program
    return program.types[program.type_of(defined)].startswith(SYSTEM)


def _outer(descriptor: bytes) -> str:
    """Return the class that holds a class, by what its name shows."""
    return text_of(descriptor).partition("$")[0].removesuffix(";")
