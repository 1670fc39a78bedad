"""Providers of services: `ServiceLoader.load(A.class)` makes the classes that a file names.

The file is `META-INF/services/` with the name of the service; each line names a class that has a
constructor without arguments, what follows `#` is a comment (`java.util.ServiceLoader`). Libraries
hook themselves into an app in this way without any call that code would show.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from chengnuo.engines.archive.package import File
from chengnuo.engines.program.body import Do
from chengnuo.engines.program.code import Code
from chengnuo.engines.program.guards import Sure
from chengnuo.engines.program.looking import Looking
from chengnuo.engines.program.marks import Jump, Why
from chengnuo.engines.program.mutf8 import bytes_of
from chengnuo.engines.program.values import Kind, values_at

_FILE = re.compile(r"(?:.*!)?(?:[\w.-]+/(?:root/))?META-INF/services/([\w.$]+)")
_LARGEST = 16_384
_MOST_FILES = 256
_LOADER = b"Ljava/util/ServiceLoader;"
_LOADS = frozenset({b"load", b"loadInstalled"})


def providers_of(
    files: Iterable[File], read: Callable[[File], bytes | None]
) -> dict[bytes, tuple[bytes, ...]]:
    """Return the descriptors of the classes that provide each service, by its descriptor.

    Args:
        files: The files of a package.
        read: Returns the bytes of a file; None if they are not given.

    """
    found: dict[bytes, dict[bytes, None]] = {}
    services = ((match[1], one) for one in files if (match := _FILE.fullmatch(one.name)))
    for service, file in list(services)[:_MOST_FILES]:
        content = read(file) if file.size <= _LARGEST else None
        for line in (content or b"").decode("utf-8", "replace").splitlines():
            if name := line.partition("#")[0].strip():
                found.setdefault(_descriptor(service), {})[_descriptor(name)] = None
    return {service: tuple(classes) for service, classes in found.items()}


def _descriptor(name: str) -> bytes:
    return b"L" + bytes_of(name).replace(b".", b"/") + b";"


@dataclass(frozen=True, slots=True)
class LookingForServices:
    """Looks into methods for the search, and follows the loading of services too.

    Attributes:
        looking: What looks for everything else.
        providers: Descriptors of the classes that provide each service, by its descriptor.

    """

    looking: Looking
    providers: Mapping[bytes, tuple[bytes, ...]]

    def segments(self, defined: int) -> Sequence[tuple[int, Sure]]:
        """Return how surely each place of a method is run: from each place on, ascending."""
        return self.looking.segments(defined)

    def may_guard(self, defined: int) -> bool:
        """Tell whether some place of a method may be guarded."""
        return self.looking.may_guard(defined)

    def handed(self, defined: int, pc: int, argument: int) -> tuple[int, ...] | None:
        """Return the types of the objects that a call hands over; None if it cannot be told."""
        return self.looking.handed(defined, pc, argument)

    def shows_by(self, name: bytes) -> bool:
        """Tell whether a method of this name, even an own one, may show a layout."""
        return self.looking.shows_by(name)

    def jumps_by(self, name: bytes) -> bool:
        """Tell whether a method of the system of this name may bring about a jump."""
        return name in _LOADS or self.looking.jumps_by(name)

    def jumps(self, defined: int, pcs: Sequence[int]) -> list[Jump]:
        """Return the jumps that calls of a method bring about."""
        found = self.looking.jumps(defined, pcs)
        code = self.looking.answers.codes.of(defined)
        if code is not None:
            for pc in pcs:
                found += self._loaded(code, pc)
        return found

    def _loaded(self, code: Code, pc: int) -> list[Jump]:
        """Return the making of each provider of the service that a call loads, if it does."""
        program, call = code.program, code.at(pc)
        if call is None or call.do is not Do.CALL or call.index < 0 or not call.uses:
            return []
        method = int(code.part.methods[call.index])
        is_loader = program.types[program.method_type[method]] == _LOADER
        if not is_loader or program.name_of(method) not in _LOADS:
            return []
        values = values_at(code, call.uses[0], pc)
        services = sorted(
            program.types[one.number]
            for one in self.looking.answers.settled(code.defined, values)
            if one.kind is Kind.CLASS
        )
        known = (program.type_id(one) for each in services for one in self.providers.get(each, ()))
        return [self._made(pc, one) for one in known if one >= 0 and program.class_of[one] >= 0]

    def _made(self, pc: int, type_id: int) -> Jump:
        program = self.looking.answers.codes.program
        named = program.methods_named(b"<init>", type_id=type_id, proto=b"()V")
        made = tuple(int(one) for one in program.definition[named] if one >= 0)
        return Jump(pc=pc, why=Why.REFLECTION, type_id=type_id, makes=True, methods=made)
