"""Which methods the system calls back of objects that were handed to it.

An object counts as handed over where a call into the system has a parameter of a type of the
system that the object's class extends or implements, or a field of the system gets it. Where the
method shows which objects these are, only they count; else all objects of such classes made so far.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from chengnuo.engines.program.framework import FrameworkModel, When
from chengnuo.engines.program.links import Links
from chengnuo.engines.program.program import PRIVATE, STATIC, parameters_of

_NOT_CALLED_BACK = STATIC | PRIVATE
_SCREEN = b"Landroid/app/Activity;"
_EVERYTHING = b"Ljava/lang/Object;"


class Handing(NamedTuple):
    """One way of handing an object over.

    Attributes:
        argument: Which argument of the call it is.
        type_id: Type of the system that it is handed over as.
        rule: Number of the start rule, or -1 for what is called back of the type.

    """

    argument: int
    type_id: int
    rule: int


class CalledBack(NamedTuple):
    """A method that the system calls back."""

    defined: int
    when: When


@dataclass(slots=True)
class Handings:
    """What the rules come to in one program, looked up as it is needed."""

    links: Links
    model: FrameworkModel
    _of_call: dict[int, tuple[Handing, ...]] = field(default_factory=dict)
    _back: dict[tuple[int, int, int], tuple[CalledBack, ...]] = field(default_factory=dict)
    _of_class: dict[int, tuple[tuple[int, bytes, int], ...]] = field(default_factory=dict)
    _actions: dict[int, tuple[int, ...]] = field(default_factory=dict)
    _rules: dict[int, dict[bytes, When]] = field(default_factory=dict)
    _names: frozenset[bytes] = frozenset()

    def __post_init__(self) -> None:
        """Gather the names that any rule has."""
        rules = [rule.names for rule in self.model.callbacks]
        starts = [rule.starts for rule in self.model.starts]
        self._names = frozenset().union(*rules, *starts)
        for rule in self.model.callbacks:
            type_id = self.links.program.type_id(rule.type)
            if type_id >= 0:
                self._rules.setdefault(type_id, {}).update(dict.fromkeys(rule.names, rule.when))

    def of_call(self, method: int) -> tuple[Handing, ...]:
        """Return what a call of a reference into the system hands over, by its types."""
        if method not in self._of_call:
            self._of_call[method] = tuple(self._found(method))
        return self._of_call[method]

    def called_back(self, type_id: int, handing: Handing) -> tuple[CalledBack, ...]:
        """Return the methods of an object of a type that the system calls when it has it."""
        key = (type_id, handing.type_id, handing.rule)
        if key not in self._back:
            self._back[key] = tuple(self._called(type_id, handing))
        return self._back[key]

    def actions_of(self, type_id: int) -> tuple[int, ...]:
        """Return the methods by which a part of the app with a screen takes actions itself.

        Such a part is what an intent starts and the system shows: it needs to be handed to nobody.
        """
        if type_id not in self._actions:
            self._actions[type_id] = tuple(self._taken(type_id))
        return self._actions[type_id]

    def _taken(self, type_id: int) -> Iterator[int]:
        hierarchy, seen = self.links.hierarchy, set[int]()
        if not hierarchy.is_below(type_id, self.links.program.type_id(_SCREEN)):
            return
        for one in hierarchy.chain(type_id):
            for defined, name, signature in self._candidates(one):
                if name in self.model.actions and signature not in seen:
                    seen.add(signature)
                    yield defined

    def takes(self, type_id: int) -> bool:
        """Tell whether a type is of the system, and classes of the package are below it."""
        program, hierarchy = self.links.program, self.links.hierarchy
        return (
            program.class_of[type_id] < 0
            and program.types[type_id] != _EVERYTHING
            and hierarchy.below_starts[type_id + 1] - hierarchy.below_starts[type_id] > 1
        )

    def _found(self, method: int) -> Iterator[Handing]:
        program, hierarchy = self.links.program, self.links.hierarchy
        name, receiver = program.name_of(method), int(program.method_type[method])
        for number, rule in enumerate(self.model.starts):
            started_of = program.type_id(rule.type)
            if name in rule.calls and hierarchy.is_below(receiver, started_of):
                yield Handing(0, receiver, number)
        parameters = parameters_of(program.proto_of(method))
        for at, descriptor in enumerate(parameters):
            type_id = program.type_id(descriptor)
            if type_id >= 0 and self.takes(type_id):
                # Counted from the end, as a static method has no receiver before them.
                yield Handing(at - len(parameters), type_id, -1)

    def _called(self, type_id: int, handing: Handing) -> Iterator[CalledBack]:
        hierarchy = self.links.hierarchy
        if handing.rule >= 0:
            rule = self.model.starts[handing.rule]
            names = dict.fromkeys(rule.starts, rule.when)
        else:
            names = self._rules.get(handing.type_id, {})
        seen: set[int] = set()
        shut = self._lifecycle(type_id) if not names else frozenset()
        for one in hierarchy.chain(type_id):
            for defined, name, signature in self._candidates(one):
                if signature in seen:
                    continue
                seen.add(signature)
                if names:
                    if name in names:
                        yield CalledBack(defined, names[name])
                elif name not in shut and self.model.is_general(name):
                    yield CalledBack(defined, self.model.general(name))

    def _lifecycle(self, type_id: int) -> frozenset[bytes]:
        """Return the names of methods that only the system calls on a part of the app."""
        program, hierarchy = self.links.program, self.links.hierarchy
        return frozenset().union(
            *(
                rule.lifecycle | rule.entries
                for rule in self.model.components
                if hierarchy.is_below(type_id, program.type_id(rule.type))
            )
        )

    def _candidates(self, type_id: int) -> tuple[tuple[int, bytes, int], ...]:
        """Return methods of a class that may be called back: method, name, signature."""
        if type_id not in self._of_class:
            program = self.links.program
            part = program.methods_of(type_id)
            self._of_class[type_id] = tuple(
                (defined, name, int(program.method_signature[method]))
                for method in range(part.start, part.stop)
                if (defined := int(program.definition[method])) >= 0
                and not int(program.defined_access[defined]) & _NOT_CALLED_BACK
                and (
                    (name := program.name_of(method)) in self._names or self.model.is_general(name)
                )
            )
        return self._of_class[type_id]
