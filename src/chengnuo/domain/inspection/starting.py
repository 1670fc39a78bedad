"""Where the system begins: what it calls at the first start, and what it calls later.

At the first start from the home screen the system makes, in the main process and in this order,
the component factory, the application object, the content providers by their order, what the
startup library finds in their meta-data, and the launcher activity. Everything else that the
manifest names is begun later, by another cause.
"""

from collections.abc import Iterator
from typing import NamedTuple

from chengnuo.domain.inspection.component import Component, ComponentKind
from chengnuo.domain.inspection.manifest import Manifest
from chengnuo.engines.program.framework import ComponentRule, FrameworkModel
from chengnuo.engines.program.hierarchy import Hierarchy
from chengnuo.engines.program.marks import Root
from chengnuo.engines.program.program import NATIVE, rows_of
from chengnuo.engines.program.unit import Naming

STARTUP_VALUE = "androidx.startup"
"""Value of the meta-data that name an initializer of the startup library."""
_NEEDED, _NEEDED_PROTO = b"dependencies", b"()Ljava/util/List;"
"""Method by which an initializer names those that come before it (`Initializer.dependencies`)."""


class Begun(NamedTuple):
    """A class that the system makes and calls.

    Attributes:
        class_name: Class, with dots.
        at_start: Whether it does so at the first start.

    """

    class_name: str
    at_start: bool


def begun(manifest: Manifest) -> tuple[Begun, ...]:
    """Return the classes that the system makes, each once, in the order in which it does."""
    found: dict[str, bool] = {}
    for name, at_start in _begun(manifest):
        if name:
            found[name] = found.get(name, False) or at_start
    return tuple(Begun(name, at_start) for name, at_start in found.items())


def _begun(manifest: Manifest) -> Iterator[tuple[str, bool]]:
    launchers = set(manifest.launchers())
    yield manifest.component_factory, True
    yield manifest.application, True
    for one in manifest.of(ComponentKind.PROVIDER):
        at_start = one.enabled and _in_main_process(one, manifest)
        yield one.name, at_start
        for held in one.meta_data:
            if held.value == STARTUP_VALUE:
                yield held.name, at_start
    for one in manifest.components:
        if one.kind is ComponentKind.ALIAS:
            yield one.target, one.is_launcher and one.enabled
        elif one.kind is not ComponentKind.PROVIDER:
            starts = one.name in launchers and one.kind is ComponentKind.ACTIVITY
            yield one.name, starts and one.enabled and one.is_launcher


def _in_main_process(one: Component, manifest: Manifest) -> bool:
    return one.process in {"", manifest.process, manifest.package}


def roots(manifest: Manifest, hierarchy: Hierarchy, model: FrameworkModel) -> tuple[Root, ...]:
    """Return the methods that the system calls, in the order of the classes."""
    program = hierarchy.program
    found: list[Root] = []
    waiting = [
        (program.type_id(f"L{one.class_name.replace('.', '/')};"), one.at_start)
        for one in begun(manifest)
    ]
    seen: set[tuple[int, bool]] = set()
    while waiting:
        type_id, at_start = waiting.pop(0)
        if type_id < 0 or program.class_of[type_id] < 0 or (type_id, at_start) in seen:
            continue
        seen.add((type_id, at_start))
        found += _of_class(type_id, hierarchy, model, at_start=at_start)
        waiting += ((each, at_start) for each in _needed(type_id, hierarchy))
    return tuple(found)


def _needed(type_id: int, hierarchy: Hierarchy) -> Iterator[int]:
    """Yield the types of the initializers that one of the startup library names as needed."""
    program = hierarchy.program
    for method in program.methods_named(_NEEDED, type_id=type_id, proto=_NEEDED_PROTO).tolist():
        defined = int(program.definition[method])
        if defined >= 0:
            named = program.types_named
            rows = rows_of(named, defined)
            for what, how in zip(named.what[rows].tolist(), named.how[rows].tolist(), strict=True):
                if how == Naming.CLASS:
                    yield what


def _of_class(
    type_id: int, hierarchy: Hierarchy, model: FrameworkModel, *, at_start: bool
) -> Iterator[Root]:
    above = {hierarchy.program.types[each] for each in hierarchy.types_above(type_id).tolist()}
    above |= {hierarchy.program.types[each] for each in hierarchy.chain(type_id)}
    rules = [rule for rule in model.components if rule.type in above]
    program = hierarchy.program
    for method in program.methods_named(b"<init>", type_id=type_id, proto=b"()V").tolist():
        yield from _root(method, type_id, hierarchy, at_start=at_start)
    for rule in rules:
        for method in _methods(type_id, tuple(sorted(rule.entries)), hierarchy):
            yield from _root(method, type_id, hierarchy, at_start=at_start)
        for method in _methods(type_id, _later(rule), hierarchy):
            yield from _root(method, type_id, hierarchy, at_start=False)


def _later(rule: ComponentRule) -> tuple[bytes, ...]:
    return tuple(sorted(rule.lifecycle - rule.entries))


def _methods(type_id: int, names: tuple[bytes, ...], hierarchy: Hierarchy) -> Iterator[int]:
    """Yield the references of methods of a name in a class and in those above it."""
    for owner in hierarchy.chain(type_id):
        for name in names:
            yield from hierarchy.program.methods_named(name, type_id=owner).tolist()


def _root(method: int, type_id: int, hierarchy: Hierarchy, *, at_start: bool) -> Iterator[Root]:
    program = hierarchy.program
    defined = int(program.definition[method])
    if defined < 0 or int(program.defined_access[defined]) & NATIVE:
        return
    yield Root(defined=defined, type_id=type_id, at_start=at_start)
