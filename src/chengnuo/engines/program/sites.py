"""Where a program calls, reads or names something of the system: plain numbers for observers."""

from collections.abc import Iterator
from typing import NamedTuple

from chengnuo.engines.program.answers import Answers
from chengnuo.engines.program.body import Do, Instruction
from chengnuo.engines.program.hierarchy import Hierarchy
from chengnuo.engines.program.mutf8 import bytes_of
from chengnuo.engines.program.program import Program, run_of
from chengnuo.engines.program.unit import Call, Naming, Touch
from chengnuo.engines.program.values import ANYTHING, Values, values_at

_READS = (Touch.GET, Touch.STATIC_GET)


class Site(NamedTuple):
    """A place in the code.

    Attributes:
        defined: The method.
        pc: Place in it.
        what: The method or field reference that is named there.

    """

    defined: int
    pc: int
    what: int


def references(
    hierarchy: Hierarchy, descriptor: str, name: str, proto: str = "", *, below: bool = False
) -> tuple[int, ...]:
    """Return the references to a method of the system, in their order.

    Args:
        hierarchy: The types of the program.
        descriptor: Descriptor of the class that declares it.
        name: Its name.
        proto: Its prototype; empty for every overload.
        below: Whether a call on a subclass counts, unless the package defines what it runs.

    """
    program = hierarchy.program
    of = program.type_id(descriptor)
    if of < 0:
        return ()
    types = [of]
    if below:
        types += [one for one in hierarchy.types_below(of).tolist() if one != of]
    wanted = bytes_of(proto) if proto else None
    found: list[int] = []
    for one in sorted(types):
        named = program.methods_named(bytes_of(name), type_id=one, proto=wanted).tolist()
        found += (method for method in named if one == of or hierarchy.target[method] < 0)
    return tuple(found)


def calls(program: Program, reference: int) -> Iterator[Site]:
    """Yield the calls of a method reference, in the order of the code.

    A second definition of a class never runs, so that what it does is left out, here and below.
    """
    records = program.invocations
    for row in program.callers_of(reference).tolist():
        caller = int(records.caller[row])
        if not _is_shadowed(program, caller):
            yield Site(caller, int(records.pc[row]), reference)


def reads(program: Program, descriptor: str, name: str) -> Iterator[Site]:
    """Yield the places that read a field of the system, in the order of the code."""
    of = program.type_id(descriptor)
    wanted = program.name_ids.get(bytes_of(name), -1)
    if of < 0 or wanted < 0:
        return
    run = run_of(program.field_type, of)
    fields = {row for row in range(run.start, run.stop) if int(program.field_name[row]) == wanted}
    touched = program.fields_touched
    for one in sorted(fields):
        for row in (touched.what == one).nonzero()[0].tolist():
            caller = int(touched.caller[row])
            if int(touched.how[row]) in _READS and not _is_shadowed(program, caller):
                yield Site(caller, int(touched.pc[row]), one)


def _is_shadowed(program: Program, defined: int) -> bool:
    return bool(program.class_shadowed[program.defined_class[defined]])


def argument(answers: Answers, site: Site, index: int) -> Values:
    """Return what a call may be given as a parameter, looked for beyond the method too.

    Args:
        answers: Values from other methods.
        site: The call.
        index: Which parameter, from 0; the object that is called does not count.

    """
    return answers.settled(site.defined, given_at(answers, site, index))


def given_at(answers: Answers, site: Site, index: int) -> Values:
    """Return what a call is given as a parameter, in terms of the method that it is in.

    Args:
        answers: Values from other methods.
        site: The call.
        index: Which parameter, from 0; the object that is called does not count.

    """
    code = answers.codes.of(site.defined)
    call = code.at(site.pc) if code else None
    if code is None or call is None or call.do is not Do.CALL:
        return ANYTHING
    place = index + _receivers(answers.codes.program, site, call)
    if not 0 <= place < len(call.uses):
        return ANYTHING
    return values_at(code, call.uses[place], site.pc)


def _receivers(program: Program, site: Site, call: Instruction) -> int:
    """Return how many registers of a call come before its parameters."""
    records = program.invocations
    rows = program.callers_of(site.what)
    for row in rows[records.caller[rows] == site.defined].tolist():
        if int(records.pc[row]) == call.pc:
            return 0 if int(records.call[row]) == Call.STATIC else 1
    return 1


def makings(program: Program, type_id: int) -> Iterator[Site]:
    """Yield the places that make an object of a type, in the order of the code."""
    if type_id < 0:
        return
    named = program.types_named
    for row in ((named.what == type_id) & (named.how == Naming.NEW)).nonzero()[0].tolist():
        yield Site(int(named.caller[row]), int(named.pc[row]), type_id)


def lambdas(program: Program) -> list[int]:
    """Return the method references that lambdas are made of (`Call.CUSTOM`), ascending."""
    records = program.invocations
    found = records.method[(records.call == Call.CUSTOM) & (records.method >= 0)].tolist()
    return sorted(set(found))
