"""The code around a place, as a disassembler shows it: for a person who wants to see for himself.

Only the neighbourhood is shown. Places are those of the format: units of 16 bits in DEX (Dalvik
bytecode), bytes in class files (JVMS 4.9).
"""

from collections.abc import Iterable, Sequence

from chengnuo.domain.inspection.following import dotted
from chengnuo.domain.observation.listing import ListedLine, Listing
from chengnuo.domain.observation.observation import Place
from chengnuo.engines.program.body import Body
from chengnuo.engines.program.mutf8 import text_of
from chengnuo.engines.program.unit import Unit

BEFORE, AFTER = 8, 4
"""Instructions shown before and after the place."""


def listings(units: Sequence[Unit], places: Iterable[Place]) -> tuple[Listing, ...]:
    """Return the code around each place, in their order; places that are no code are left out.

    Args:
        units: The code of the package.
        places: Where.

    """
    found = ((place, _body(units, place)) for place in places if place.pc >= 0)
    return tuple(_around(place, body) for place, body in found if body is not None)


def _body(units: Sequence[Unit], place: Place) -> Body | None:
    """Return the method of a place; the first definition in the file that it names."""
    for unit in units:
        if unit.name != place.file:
            continue
        types = [text_of(unit.strings[each]) for each in unit.types[unit.class_type].tolist()]
        classes = {at for at, each in enumerate(types) if dotted(each) == place.class_name}
        for defined, (at, reference) in enumerate(
            zip(unit.defined_class.tolist(), unit.defined_method.tolist(), strict=True)
        ):
            if at in classes and _method(unit, reference) == place.method:
                return unit.bodies.body(defined)
    return None


def _method(unit: Unit, reference: int) -> str:
    name = unit.strings[int(unit.method_name[reference])]
    return text_of(name) + text_of(unit.protos[int(unit.method_proto[reference])])


def _around(place: Place, body: Body) -> Listing:
    code = body.instructions
    at = next((n for n, one in enumerate(code) if one.pc >= place.pc), len(code))
    begin, end = max(0, at - BEFORE), min(len(code), at + AFTER + 1)
    lines = (
        ListedLine(pc=one.pc, text=one.text, is_site=one.pc == place.pc) for one in code[begin:end]
    )
    return Listing(place=place, lines=tuple(lines), before=begin, after=len(code) - end)
