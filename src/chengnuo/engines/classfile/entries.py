"""What the entries of all constant pools mean in the ids of the JAR (JVMS 4.4).

An entry that is damaged, as one that names an entry of another kind, has no tag here: a method
whose code names it is damaged, the rest of the class is not.
"""

from array import array
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from chengnuo.engines.classfile.class_file import MOST_PLACES, ClassFile
from chengnuo.engines.classfile.constant_pool import (
    FIELD_DESCRIPTOR,
    METHOD_DESCRIPTOR,
    ConstantPool,
    Tag,
)
from chengnuo.engines.classfile.cursor import MalformedError
from chengnuo.engines.classfile.pooling import Names
from chengnuo.engines.program.descriptors import WIDE
from chengnuo.engines.program.unit import Ids

POLYMORPHIC: Final = {
    b"Ljava/lang/invoke/MethodHandle;": (b"invoke",),
    b"Ljava/lang/invoke/VarHandle;": (b"get", b"set", b"compareAnd", b"weakCompareAnd"),
}
"""What the names of methods that are polymorphic in their signature begin with (JVMS 2.9.3)."""
_PIECES: Final = bytes.maketrans(b"\2", b"\1")
_METHODS: Final = (Tag.METHOD, Tag.INTERFACE_METHOD)
_LOADED: Final = frozenset({Tag.METHOD_HANDLE, Tag.METHOD_TYPE})
_INVOKES: Final = range(5, 10)
"""Kinds of handles that call a method (JVMS table 5.4.3.5-A)."""


@dataclass(slots=True)
class Entries:
    """Entries of all classes, one pool after the other; all arrays `(n,)`.

    Attributes:
        tag: Its `Tag`; `NOTHING` for one that is damaged or that no instruction names.
        id: Of a class, string, field or method its id; of an int or float its bits; of a call
            site, a long or a double its number among them; else -1.
        takes: Places that the parameters of a method or call site take, without a receiver.
        gives: Places that its answer, or the value of a field or constant takes.
        special: Whether a method is polymorphic in its signature.
        constructor: Whether a method is one.
        owner: Type that a method is looked for in, or -1.
        proto: Prototype of a method or call site, or -1.
        implementation: Method that each call site runs, or -1.
        pieces: Strings that each call site joins to others.
        longs: Bits of each long or double.

    """

    tag: bytearray = field(default_factory=bytearray)
    id: "array[int]" = field(default_factory=lambda: array("i"))
    takes: bytearray = field(default_factory=bytearray)
    gives: bytearray = field(default_factory=bytearray)
    special: bytearray = field(default_factory=bytearray)
    constructor: bytearray = field(default_factory=bytearray)
    owner: "array[int]" = field(default_factory=lambda: array("i"))
    proto: "array[int]" = field(default_factory=lambda: array("i"))
    implementation: list[int] = field(default_factory=list)
    pieces: list[tuple[int, ...]] = field(default_factory=list)
    longs: list[int] = field(default_factory=list)

    def add(self, read: ClassFile, names: Names) -> None:
        """Add the pool of a class."""
        pool, base = read.pool, len(self.tag)
        count = len(pool.tags)
        self.tag += pool.tags
        for places in (self.takes, self.gives, self.special, self.constructor):
            places.extend(bytes(count))
        none = array("i", [-1]) * count
        for ids in (self.id, self.owner, self.proto):
            ids.extend(none)
        for entry, tag in enumerate(pool.tags):
            if tag in _UNNAMED:
                self.tag[base + entry] = 0
                continue
            try:
                self._entry(read, names, entry, base + entry)
            except MalformedError:
                self.tag[base + entry] = 0

    def _entry(self, read: ClassFile, names: Names, entry: int, at: int) -> None:
        pool, tag = read.pool, read.pool.tags[entry]
        if tag in _METHODS:
            of, pair = pool.two(entry)
            owner = names.class_type(pool, of)
            name, descriptor = pool.name_and_type(pair)
            proto = self._called(names, at, descriptor)
            self.owner[at] = owner
            self.id[at] = names.method(owner, name, proto)
            self.constructor[at] = name == b"<init>"
            prefixes = POLYMORPHIC.get(names.type_texts[owner])
            if prefixes:
                self.special[at] = name.startswith(prefixes)
        elif tag == Tag.FIELD:
            of, pair = pool.two(entry)
            name, descriptor = pool.name_and_type(pair)
            self._value(at, descriptor)
            self.id[at] = names.field(names.class_type(pool, of), name, descriptor)
        elif tag == Tag.CLASS:
            self.gives[at] = 1
            self.id[at] = names.class_type(pool, entry)
        elif tag == Tag.STRING:
            self.gives[at] = 1
            self.id[at] = names.string(pool.utf8(pool.u2(entry)))
        elif tag in {Tag.INTEGER, Tag.FLOAT}:
            self.gives[at] = 1
            self.id[at] = pool.u4(entry)
        elif tag in {Tag.LONG, Tag.DOUBLE}:
            self.gives[at] = 2
            self.id[at] = len(self.longs)
            self.longs.append(pool.u8(entry))
        elif tag in _LOADED:
            self.gives[at] = 1
        else:
            self._dynamic(read, names, entry, at)

    def _dynamic(self, read: ClassFile, names: Names, entry: int, at: int) -> None:
        pool = read.pool
        _, descriptor = pool.name_and_type(pool.u2(entry, 2))
        if pool.tags[entry] == Tag.DYNAMIC:
            self._value(at, descriptor)
            return
        self._called(names, at, descriptor)
        number = pool.u2(entry)
        given = read.bootstraps[number] if number < len(read.bootstraps) else ()
        implementation = _implementation(pool, names, given)
        pieces = _pieces(pool, names, given) if _joins(pool, given) else ()
        # Only a call site that can be read whole gets a number.
        self.id[at] = len(self.implementation)
        self.implementation.append(implementation)
        self.pieces.append(pieces)

    def _called(self, names: Names, at: int, descriptor: bytes) -> int:
        """Note what a descriptor takes and gives, and return its prototype."""
        if descriptor not in names.protos and not METHOD_DESCRIPTOR.fullmatch(descriptor):
            message = "a descriptor is none of a method"
            raise MalformedError(message)
        proto = names.proto(descriptor)
        takes, gives = names.proto_places[proto]
        if takes >= MOST_PLACES:
            message = "a method has too many parameters"
            raise MalformedError(message)
        self.proto[at], self.takes[at], self.gives[at] = proto, takes, gives
        return proto

    def _value(self, at: int, descriptor: bytes) -> None:
        if not FIELD_DESCRIPTOR.fullmatch(descriptor):
            message = "a descriptor is none of a value"
            raise MalformedError(message)
        self.gives[at] = 1 + (descriptor in WIDE)


_UNNAMED: Final = frozenset({0, Tag.UTF8, Tag.NAME_AND_TYPE, Tag.MODULE, Tag.PACKAGE})


def _implementation(pool: ConstantPool, names: Names, given: tuple[int, ...]) -> int:
    """Return the first method that a bootstrap method is given a handle of, or -1."""
    for entry in given[1:]:
        method = _method_of(pool, entry)
        if method:
            owner, name, descriptor = method
            if METHOD_DESCRIPTOR.fullmatch(descriptor):
                return names.method(names.type(owner), name, names.proto(descriptor))
    return -1


def _method_of(pool: ConstantPool, handle: int) -> tuple[bytes, bytes, bytes] | None:
    """Return type, name and descriptor of the method that a handle calls; None for others."""
    if handle >= len(pool.tags) or pool.tags[handle] != Tag.METHOD_HANDLE:
        return None
    reference = pool.u2(handle, 1)
    if pool.data[pool.places[handle]] not in _INVOKES or reference >= len(pool.tags):
        return None
    if pool.tags[reference] not in _METHODS:
        return None
    return pool.type(pool.u2(reference)), *pool.name_and_type(pool.u2(reference, 2))


def _joins(pool: ConstantPool, given: tuple[int, ...]) -> bool:
    """Tell whether a bootstrap method is that of string concatenation."""
    known = _method_of(pool, given[0]) if given else None
    return known is not None and known[0] == b"Ljava/lang/invoke/StringConcatFactory;"


def _pieces(pool: ConstantPool, names: Names, given: tuple[int, ...]) -> tuple[int, ...]:
    """Return the constant parts of a recipe, and the constants given beside it."""
    texts = [
        pool.utf8(pool.u2(entry))
        for entry in given[1:]
        if entry < len(pool.tags) and pool.tags[entry] == Tag.STRING
    ]
    parts = [part for text in texts for part in text.translate(_PIECES).split(b"\1")]
    return tuple(names.string(part) for part in dict.fromkeys(parts) if part)


@dataclass(frozen=True, slots=True)
class EntryArrays:
    """`Entries` as arrays, `(n,)`."""

    tag: NDArray[np.uint8]
    id: Ids
    takes: NDArray[np.uint8]
    gives: NDArray[np.uint8]
    special: NDArray[np.bool_]
    constructor: NDArray[np.bool_]
    owner: Ids
    proto: Ids
    implementation: Ids
    pieces: list[tuple[int, ...]]
    longs: list[int]


def arrays_of(entries: Entries) -> EntryArrays:
    """Return the entries as arrays."""
    return EntryArrays(
        np.frombuffer(bytes(entries.tag), np.uint8),
        np.array(entries.id, np.int32),
        np.frombuffer(bytes(entries.takes), np.uint8),
        np.frombuffer(bytes(entries.gives), np.uint8),
        np.frombuffer(bytes(entries.special), np.bool_),
        np.frombuffer(bytes(entries.constructor), np.bool_),
        np.array(entries.owner, np.int32),
        np.array(entries.proto, np.int32),
        np.array(entries.implementation, np.int32),
        entries.pieces,
        entries.longs,
    )
