"""One class file taken apart: class, members, code, bootstrap methods (JVMS 4.1, 4.5 to 4.7)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeVar

from chengnuo.engines.classfile.constant_pool import (
    FIELD_DESCRIPTOR,
    FIRST_ENTRY,
    METHOD_DESCRIPTOR,
    ConstantPool,
    Tag,
)
from chengnuo.engines.classfile.cursor import Cursor, MalformedError
from chengnuo.engines.classfile.walk import places_of
from chengnuo.engines.program.descriptors import parameter_widths
from chengnuo.engines.program.shown import shown

MAGIC: Final = b"\xca\xfe\xba\xbe"
MODULE: Final = 0x8000
STATIC: Final = 0x0008
MOST_CODE: Final = 65535
MOST_PLACES: Final = 255
"""Places that the parameters of a method may take, the receiver too (JVMS 4.11)."""
_HANDLER_BYTES: Final = 8
_ENTRY_BYTES: Final = 2


@dataclass(frozen=True, slots=True)
class Field:
    """A static field that starts with a string; `text` is its entry."""

    name: bytes
    descriptor: bytes
    text: int


@dataclass(frozen=True, slots=True)
class Code:
    """Code of a method.

    Attributes:
        first, size: Where it is in the class file, and its bytes.
        stack, locals: Most places of the stack, and places of local variables.
        handlers, handler_count: Where the exception table is, and its entries.
        places: Where its instructions begin, in the class file.

    """

    first: int
    size: int
    stack: int
    locals: int
    handlers: int
    handler_count: int
    places: list[int]


@dataclass(frozen=True, slots=True)
class Method:
    """A method; `damage` says what is wrong with its code, which is None then."""

    access: int
    name: bytes
    descriptor: bytes
    code: Code | None
    damage: str


@dataclass(frozen=True, slots=True)
class ClassFile:
    """A class file.

    Attributes:
        type, super: Descriptors of the class and its superclass; empty for none.
        static_strings: Its static fields that start with a string.
        bootstraps: Entries of what each bootstrap method is given, its own handle first.
        damages: Members left out and what else cannot be read, as where and why.

    """

    pool: ConstantPool
    access: int
    type: bytes
    super: bytes
    interfaces: list[bytes]
    static_strings: list[Field]
    methods: list[Method]
    bootstraps: list[tuple[int, ...]]
    damages: list[tuple[str, str]]


def read_class(data: bytes) -> ClassFile | None:
    """Take a class file apart; None for the declaration of a module.

    Raises:
        MalformedError: It is no class file, or cannot be read on at some place.

    """
    if len(data) < FIRST_ENTRY or data[:4] != MAGIC:
        message = "it is no class file"
        raise MalformedError(message)
    pool = ConstantPool(data)
    cursor = Cursor(data, pool.end)
    access, this, above = cursor.three()
    if access & MODULE:
        return None
    type_ = pool.type(this)
    super_ = pool.type(above) if above else b""
    interfaces = [pool.type(cursor.u2()) for _ in range(cursor.u2())]
    damages: list[tuple[str, str]] = []
    owner = shown(type_)
    fields = _members(_field, "field", pool, cursor, owner, damages)
    methods = _members(_method, "method", pool, cursor, owner, damages)
    bootstraps: list[tuple[int, ...]] = []
    for name, place, end in _attributes(pool, cursor):
        if name == b"BootstrapMethods":
            try:
                bootstraps = _bootstraps(Cursor(data, place, end))
            except MalformedError as error:
                damages.append((f"bootstrap methods of {owner}", str(error)))
    return ClassFile(
        pool,
        access,
        type_,
        super_,
        interfaces,
        [field for field in fields if field],
        methods,
        bootstraps,
        damages,
    )


class _LeftOutError(Exception):
    """A member is left out, the next one can be read."""


Member = TypeVar("Member")


def _members(  # noqa: PLR0913, PLR0917 - fields and methods are read alike
    read: Callable[[ConstantPool, Cursor], Member],
    kind: str,
    pool: ConstantPool,
    cursor: Cursor,
    owner: str,
    damages: list[tuple[str, str]],
) -> list[Member]:
    """Return the members of a kind; those left out are added to the damages."""
    found = []
    for number in range(cursor.u2()):
        try:
            found.append(read(pool, cursor))
        except _LeftOutError as error:
            damages.append((f"{kind} {number} of {owner}", str(error)))
    return found


def _attributes(pool: ConstantPool, cursor: Cursor) -> list[tuple[bytes, int, int]]:
    """Return name, beginning and end of each attribute; one without a name has none."""
    found = []
    for _ in range(cursor.u2()):
        entry, size = cursor.attribute()
        place = cursor.take(size)
        known = entry < len(pool.tags) and pool.tags[entry] == Tag.UTF8
        found.append((pool.utf8(entry) if known else b"", place, place + size))
    return found


def _field(pool: ConstantPool, cursor: Cursor) -> Field | None:
    access, name, descriptor = cursor.three()
    attributes = _attributes(pool, cursor)
    try:
        names = pool.utf8(name), pool.utf8(descriptor)
    except MalformedError as error:
        raise _LeftOutError(str(error)) from error
    if not FIELD_DESCRIPTOR.fullmatch(names[1]):
        message = "its descriptor is none of a field"
        raise _LeftOutError(message)
    for attribute, place, end in attributes:
        if attribute == b"ConstantValue" and access & STATIC and end == place + _ENTRY_BYTES:
            text = int.from_bytes(pool.data[place:end], "big")
            if text < len(pool.tags) and pool.tags[text] == Tag.STRING:
                return Field(*names, text)
    return None


def _method(pool: ConstantPool, cursor: Cursor) -> Method:
    access, name, descriptor = cursor.three()
    attributes = _attributes(pool, cursor)
    try:
        names = pool.utf8(name), pool.utf8(descriptor)
    except MalformedError as error:
        raise _LeftOutError(str(error)) from error
    if not METHOD_DESCRIPTOR.fullmatch(names[1]):
        message = "its descriptor is none of a method"
        raise _LeftOutError(message)
    code, damage = None, ""
    for attribute, place, end in attributes:
        if attribute == b"Code":
            try:
                code = _code(Cursor(pool.data, place, end))
                damage = "" if _fits(names[1], access, code) else "its parameters do not fit"
            except MalformedError as error:
                damage = str(error)
    return Method(access, *names, None if damage else code, damage)


def _fits(descriptor: bytes, access: int, code: Code) -> bool:
    """Tell whether the local variables have room for the parameters."""
    taken = sum(parameter_widths(descriptor)) + (not access & STATIC)
    return taken <= min(code.locals, MOST_PLACES) and code.stack + code.locals <= MOST_CODE


def _code(cursor: Cursor) -> Code:
    stack, variables, size = cursor.u2(), cursor.u2(), cursor.u4()
    if not 0 < size <= MOST_CODE:
        message = f"its code has {size} bytes; 1 to {MOST_CODE} are allowed"
        raise MalformedError(message)
    first = cursor.take(size)
    count = cursor.u2()
    handlers = cursor.take(_HANDLER_BYTES * count)
    places = places_of(cursor.data, first, first + size)
    return Code(first, size, stack, variables, handlers, count, places)


def _bootstraps(cursor: Cursor) -> list[tuple[int, ...]]:
    found = []
    for _ in range(cursor.u2()):
        handle, count = cursor.u2(), cursor.u2()
        found.append((handle, *(cursor.u2() for _ in range(count))))
    return found
