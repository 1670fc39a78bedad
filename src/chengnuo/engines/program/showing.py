"""Layouts that code shows: the views and fragments that this makes, and what clicks on them call.

`setContentView` and `inflate` take the resource id of a layout. Of a class that it names, the
constructor that the inflater uses runs, and then what the rules of the system say of its type.
"""

from collections.abc import Iterable, Iterator

from chengnuo.engines.program.framework import FrameworkModel, When
from chengnuo.engines.program.hierarchy import Hierarchy
from chengnuo.engines.program.marks import Jump, Why
from chengnuo.engines.program.program import NATIVE, STATIC

SHOWS = frozenset({b"setContentView", b"inflate"})
_INFLATED = b"(Landroid/content/Context;Landroid/util/AttributeSet;)V"
_MADE = (_INFLATED, b"()V")
"""Constructors of a view and of a fragment."""
_CLICKED = b"(Landroid/view/View;)V"


def shown(
    hierarchy: Hierarchy, model: FrameworkModel, shower: int, pc: int, numbers: Iterable[int]
) -> Iterator[Jump]:
    """Yield what a call brings about that shows one of some layouts.

    Args:
        hierarchy: The types.
        model: The system.
        shower: Type whose method shows it.
        pc: Place of the call.
        numbers: Numbers that the call is given.

    """
    program = hierarchy.program
    for number in numbers:
        screen = model.screen(number)
        if screen is None:
            continue
        for descriptor in screen.classes:
            type_id = program.type_id(descriptor)
            if type_id >= 0 and program.class_of[type_id] >= 0:
                yield Jump(
                    pc=pc,
                    why=Why.CALLBACK,
                    type_id=type_id,
                    makes=True,
                    methods=tuple(_constructors(hierarchy, type_id)),
                    called=tuple(_called(hierarchy, model, type_id)),
                )
        clicked = {one for name in screen.handlers for one in _handlers(hierarchy, shower, name)}
        if clicked:
            called = tuple((one, When.ON_ACTION) for one in sorted(clicked))
            yield Jump(pc=pc, why=Why.ACTION, type_id=-1, makes=False, methods=(), called=called)


def _constructors(hierarchy: Hierarchy, type_id: int) -> Iterator[int]:
    for proto in _MADE:
        yield from _defined(hierarchy, b"<init>", type_id, proto)


def _called(
    hierarchy: Hierarchy, model: FrameworkModel, type_id: int
) -> Iterator[tuple[int, When]]:
    """Yield what the system calls of an object of a type that it shows, and when."""
    program = hierarchy.program
    above = {program.types[one] for one in hierarchy.types_above(type_id).tolist()}
    seen: set[tuple[bytes, bytes]] = set()
    for rule in model.callbacks:
        if rule.type not in above:
            continue
        for owner in hierarchy.chain(type_id):
            for name in sorted(rule.names):
                for one in _defined(hierarchy, name, owner, None):
                    key = (name, program.proto_of(int(program.defined_method[one])))
                    if key not in seen:
                        seen.add(key)
                        yield one, rule.when


def _handlers(hierarchy: Hierarchy, shower: int, name: bytes) -> list[int]:
    """Return the methods that a click calls: of the class that shows it, else of any."""
    for owner in hierarchy.chain(shower):
        found = list(_defined(hierarchy, name, owner, _CLICKED))
        if found:
            return found
    return list(_defined(hierarchy, name, -1, _CLICKED))


def _defined(hierarchy: Hierarchy, name: bytes, type_id: int, proto: bytes | None) -> Iterator[int]:
    """Yield the methods with code of a name."""
    program = hierarchy.program
    for method in program.methods_named(name, type_id=type_id, proto=proto).tolist():
        found = int(program.definition[method])
        if found >= 0 and not int(program.defined_access[found]) & (NATIVE | STATIC):
            yield found
