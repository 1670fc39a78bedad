"""All code of a package as one program: ids that mean the same in every file, and look-ups.

A type, a signature, a field or a method reference has one id wherever it is written. References
are ordered by type and signature, so that both are found by binary search. A string keeps the
place where it stands: equal strings of two files have two ids.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from chengnuo.engines.program.body import Body
from chengnuo.engines.program.mutf8 import bytes_of, text_of
from chengnuo.engines.program.unit import Constants, Damage, Ids, Invocations, Mentions, Unit

Rows: TypeAlias = NDArray[np.intp]
Numbers = TypeVar("Numbers", bound=NDArray[np.integer])
Recorded: TypeAlias = Invocations | Mentions | Constants

NONE = np.empty(0, np.int32)
_FEW_METHODS = 8
"""Calls of more methods than these are looked for among all calls, unless they are in order."""
_MOST_AT_ONCE = 1_000_000
"""How many pairs are made at once, so that memory stays bounded."""
STATIC, PRIVATE, ABSTRACT, INTERFACE, NATIVE = 0x8, 0x2, 0x400, 0x200, 0x100
"""Access flags (JVMS tables 4.1-B and 4.6-A)."""


class Part(NamedTuple):
    """How the ids of one unit become those of the program.

    Attributes:
        strings: What is added to the index of a string.
        classes: What is added to the index of a class.
        defined: What is added to the index of a defined method.
        types, methods, fields: Id of each of the unit's own; one more entry, -1, for none.

    """

    strings: int
    classes: int
    defined: int
    types: Ids
    methods: Ids
    fields: Ids


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """The code of a package; ids are int32 and start at 0, -1 is none.

    Attributes:
        units: What it was linked from, in the order in which definitions win.
        parts: How each unit's ids become those of the program.
        types: Descriptor of each type.
        type_ids: Id of each descriptor.
        names: Names of methods and fields.
        name_ids: Id of each name.
        protos: Descriptors of prototypes.
        signature_name, signature_proto: Signatures, ordered by both.
        method_type, method_signature: Method references, ordered by both.
        field_type, field_name, field_of: Field references: of which type, name, type of value.
        class_type: Type of each class that a unit defines.
        class_super: Type of its superclass, or -1.
        class_access: Access flags, uint32.
        class_unit: Unit that defines it.
        class_interfaces, class_interface_starts: Types of the interfaces of all classes; class
            `i` has `class_interfaces[starts[i]:starts[i + 1]]`.
        class_shadowed: Whether an earlier class has the same name, so that this never runs.
        class_of: `(types,)`, the class that defines a type, or -1.
        defined_method: Reference of each defined method, in the order of the classes.
        defined_class, defined_access, defined_has_code, defined_size: As in a unit.
        definition: `(method references,)`, the method defined under just this reference, or -1.
        invocations, strings_used, types_named, fields_touched, constants, field_strings: Records
            of all units; `caller` is a defined method, or a class for `field_strings`.
        damages: What could not be read or used.

    """

    units: tuple[Unit, ...]
    parts: tuple[Part, ...]
    types: Sequence[bytes]
    type_ids: dict[bytes, int]
    names: Sequence[bytes]
    name_ids: dict[bytes, int]
    protos: Sequence[bytes]
    signature_name: Ids
    signature_proto: Ids
    method_type: Ids
    method_signature: Ids
    field_type: Ids
    field_name: Ids
    field_of: Ids
    class_type: Ids
    class_super: Ids
    class_access: NDArray[np.uint32]
    class_unit: Ids
    class_interfaces: Ids
    class_interface_starts: Ids
    class_shadowed: NDArray[np.bool_]
    class_of: Ids
    defined_method: Ids
    defined_class: Ids
    defined_access: NDArray[np.uint32]
    defined_has_code: NDArray[np.bool_]
    defined_size: Ids
    definition: Ids
    invocations: Invocations
    strings_used: Mentions
    types_named: Mentions
    fields_touched: Mentions
    constants: Constants
    field_strings: Mentions
    damages: tuple[Damage, ...]
    _by_method: list[tuple[Rows, Rows]] = field(default_factory=list, repr=False, compare=False)
    _bodies: dict[int, Body | None] = field(default_factory=dict, repr=False, compare=False)

    def type_id(self, descriptor: bytes | str) -> int:
        """Return the id of a type by its descriptor, as `Lcom/example/A;`; -1 if never named."""
        key = bytes_of(descriptor) if isinstance(descriptor, str) else descriptor
        return self.type_ids.get(key, -1)

    def methods_of(self, type_id: int) -> slice:
        """Return the references to methods of a type."""
        return run_of(self.method_type, type_id)

    def methods_named(self, name: bytes, *, type_id: int = -1, proto: bytes | None = None) -> Ids:
        """Return the references to methods of a name, ascending.

        Args:
            name: The name, in modified UTF-8.
            type_id: Only those of this type, unless -1.
            proto: Only those of this prototype, as `(I)V`.

        """
        wanted = self.name_ids.get(name, -1)
        low = 0
        signatures = self.method_signature
        if type_id >= 0:
            part = self.methods_of(type_id)
            low, signatures = part.start, signatures[part]
        named = run_of(self.signature_name, wanted)
        found = np.flatnonzero((signatures >= named.start) & (signatures < named.stop)) + low
        if proto is not None:
            found = found[[self.proto_of(int(one)) == proto for one in found]]
        return found.astype(np.int32)

    def method_id(self, type_id: int, signature: int) -> int:
        """Return the reference to a method of a type and signature, or -1."""
        part = self.methods_of(type_id)
        at = part.start + int(np.searchsorted(self.method_signature[part], np.int32(signature)))
        return at if at < part.stop and self.method_signature[at] == signature else -1

    def name_of(self, method: int) -> bytes:
        """Return the name of a method reference."""
        return self.names[int(self.signature_name[self.method_signature[method]])]

    def proto_of(self, method: int) -> bytes:
        """Return the prototype of a method reference."""
        return self.protos[int(self.signature_proto[self.method_signature[method]])]

    def method_text(self, method: int) -> str:
        """Return a method reference as it is written: `Lcom/example/A;->b(I)V`."""
        owner = self.types[self.method_type[method]]
        return text_of(owner + b"->" + self.name_of(method) + self.proto_of(method))

    def defined_text(self, defined: int) -> str:
        """Return a defined method as its reference is written."""
        return self.method_text(int(self.defined_method[defined]))

    def type_of(self, defined: int) -> int:
        """Return the type that a defined method belongs to."""
        return int(self.class_type[self.defined_class[defined]])

    def unit_of(self, defined: int) -> int:
        """Return the number of the unit that defines a method."""
        return int(self.class_unit[self.defined_class[defined]])

    def string(self, string: int) -> bytes:
        """Return a string by its id, in modified UTF-8."""
        at = next(n for n, part in reversed([*enumerate(self.parts)]) if part.strings <= string)
        return self.units[at].strings[string - self.parts[at].strings]

    def text(self, string: int) -> str:
        """Return a string by its id; what is damaged in it stays readable."""
        return text_of(self.string(string))

    def calls_of(self, methods: Iterable[int]) -> Rows:
        """Return the rows of `invocations` that call one of some different methods, ascending."""
        called, wanted = self.invocations.method, [*methods]
        if not self._by_method and len(wanted) > _FEW_METHODS:
            flags = np.zeros(len(self.method_type) + 1, np.bool_)  # the last one for none
            flags[wanted] = True
            return np.flatnonzero(flags[called])
        if not self._by_method:
            counts = np.bincount(called + 1, minlength=len(self.method_type) + 1)
            self._by_method.append((ordered(called), np.cumsum(counts)))
        order, starts = self._by_method[0]
        runs = (order[starts[one] if one >= 0 else 0 : starts[one + 1]] for one in wanted)
        return np.sort(np.concatenate([order[:0], *runs]))

    def callers_of(self, method: int) -> Rows:
        """Return the rows of `invocations` that call a method reference, ascending."""
        return self.calls_of([method])

    def body(self, defined: int) -> Body | None:
        """Return a defined method instruction by instruction, decoded once.

        What it names, it names by the ids of its unit: `parts[unit_of(defined)]` tells those of
        the program.
        """
        if defined not in self._bodies:
            unit = self.unit_of(defined)
            local = defined - self.parts[unit].defined
            self._bodies[defined] = self.units[unit].bodies.body(local)
        return self._bodies[defined]


def rows_of(records: Recorded, defined: int) -> slice:
    """Return the rows of a method, or a class, in records."""
    return run_of(records.caller, defined)


def ordered(ids: Ids) -> Rows:
    """Return the stable order of ids; as `argsort` does, but in two passes over half of each."""
    # Numbers of 16 bits are ordered without comparing them.
    halves = (ids & 0xFFFF).astype(np.uint16), (ids >> 16).astype(np.int16)
    low = np.argsort(halves[0], kind="stable")
    return low[np.argsort(halves[1][low], kind="stable")]


def run_of(ids: Ids, one: int) -> slice:
    """Return where an id stands in ascending ones."""
    # Keys of another type than the array's would make a copy of the whole array.
    low, high = np.searchsorted(ids, np.asarray([one, one + 1], ids.dtype))
    return slice(int(low), int(high))


def in_parts(ids: Numbers, sizes: NDArray[np.integer]) -> Iterator[Numbers]:
    """Yield ids in their order, so many at a time that their sizes stay within a bound."""
    group = np.cumsum(sizes, dtype=np.int64) // _MOST_AT_ONCE
    yield from np.split(ids, np.flatnonzero(np.diff(group)) + 1)


def spread(starts: Rows | Ids, ends: Rows | Ids) -> Rows:
    """Return `starts[0]..ends[0] - 1, starts[1]..ends[1] - 1, …` as one array."""
    sizes = ends - starts
    offsets = np.cumsum(sizes) - sizes
    rows: Rows = np.arange(int(sizes.sum()), dtype=np.intp)
    rows += np.repeat(starts - offsets, sizes)
    return rows


def rows_of_many(records: Recorded, defined: Ids) -> Rows:
    """Return the rows of several methods, in the order of these."""
    return spread(
        np.searchsorted(records.caller, defined), np.searchsorted(records.caller, defined, "right")
    )


def parameters_of(proto: bytes) -> tuple[bytes, ...]:
    """Return the types of the parameters of a prototype (JVMS 4.3.3).

    >>> parameters_of(b"(I[JLa/B;)V")
    (b'I', b'[J', b'La/B;')
    """
    inner, found, at = proto[1 : proto.find(b")")], [], 0
    while at < len(inner):
        start = at
        at += len(inner) - at - len(inner[at:].lstrip(b"["))
        ends = inner.find(b";", at) + 1 if inner[at : at + 1] == b"L" else at + 1
        at = ends or len(inner)
        found.append(inner[start:at])
    return tuple(found)
