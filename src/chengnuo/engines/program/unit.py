"""What one file of code says before it is linked with the others: tables and records as arrays.

Two front ends fill a unit: `engines/dex` from a DEX file, `engines/classfile` from the class files
of a JAR. All ids in a unit are its own; `linking` gives those of the program. Record arrays are in
the order of the code: by method, then by place.

`pc` is the place of an instruction in its method: code units of 16 bits in DEX (Dalvik bytecode),
bytes in class files (JVMS 4.9).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from chengnuo.engines.program.body import Body

Ids: TypeAlias = NDArray[np.int32]

ARGUMENTS = 5
"""How many argument registers of an invocation are kept in a record; the rest are in its body."""


class Call(IntEnum):
    """How an invocation finds what it calls."""

    VIRTUAL = 0
    SUPER = 1
    DIRECT = 2
    STATIC = 3
    INTERFACE = 4
    POLYMORPHIC = 5
    """`MethodHandle.invoke` and the like: what runs is not told by the reference."""
    CUSTOM = 6
    """A lambda or string concatenation (`invoke-custom`, `invokedynamic`); `method` is that of
    the implementation where the bootstrap names one, else -1."""


class Touch(IntEnum):
    """What an instruction does with a field."""

    GET = 0
    PUT = 1
    STATIC_GET = 2
    STATIC_PUT = 3


class Naming(IntEnum):
    """What an instruction does with a type."""

    NEW = 0
    CLASS = 1
    """The class object itself (`const-class`, `ldc`)."""
    CAST = 2
    INSTANCE_OF = 3
    ARRAY = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Invocations:
    """Calls; all arrays `(n,)` but the arguments.

    Attributes:
        caller: Index of the defined method that holds the call.
        pc: Place of the call.
        call: A `Call`, uint8.
        method: Index of the method reference, or -1.
        count: How many argument registers it has, uint8, the receiver first.
        arguments: `(n, ARGUMENTS)` uint16, the first registers; those past `count` are 0.

    """

    caller: Ids
    pc: Ids
    call: NDArray[np.uint8]
    method: Ids
    count: NDArray[np.uint8]
    arguments: NDArray[np.uint16]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentions:
    """Instructions that mention a string, a type or a field; all arrays `(n,)`.

    Attributes:
        caller: Index of the defined method.
        pc: Place of the instruction.
        register: Register that gets or gives the value, uint16.
        what: Index of the string, type or field reference.
        how: A `Naming` of types, a `Touch` of fields, 0 of strings; uint8.

    """

    caller: Ids
    pc: Ids
    register: NDArray[np.uint16]
    what: Ids
    how: NDArray[np.uint8]


@dataclass(frozen=True, slots=True, kw_only=True)
class Constants:
    """Whole numbers of 32 bits that may be ids of resources: 0x01000000 and above, unsigned."""

    caller: Ids
    pc: Ids
    register: NDArray[np.uint16]
    value: NDArray[np.uint32]


class Bodies(Protocol):
    """Decodes a method on demand; most methods of a package are never looked into."""

    def body(self, method: int) -> Body | None:
        """Return a defined method instruction by instruction.

        None for a method without code, and for one whose code is damaged.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """A part of a unit that could not be read; the rest of it was.

    Attributes:
        where: What it is: `code of Lcom/example/A;->b()V`, `class_defs`, `string 17`.
        why: What is wrong with it.

    """

    where: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One file of code.

    Attributes:
        name: Its place in the package, as `classes2.dex` or `base.apk!classes.dex`.
        strings: Every string, in the file's own bytes (modified UTF-8), by index.
        types: Index of the string that is the type's descriptor (`Lcom/example/A;`).
        protos: Descriptor of each prototype, as `(ILjava/lang/String;)V`.
        method_type, method_name, method_proto: Method references.
        field_type, field_name, field_of: Field references: declaring type, name, type of value.
        class_type: Type of each defined class, in the order of the file.
        class_super: Type of its superclass, -1 for none.
        class_access: Access flags (JVMS table 4.1-B), uint32.
        class_interfaces: Types of the interfaces of all classes, one after the other.
        class_interface_starts: `(classes + 1,)`; class `i` has
            `class_interfaces[starts[i]:starts[i + 1]]`.
        defined_method: Reference of each defined method, ordered by class.
        defined_class: Class that it belongs to, an index of `class_type`.
        defined_access: Its access flags, uint32.
        defined_has_code: Whether it has code that can be read.
        defined_size: Size of its code in units of `pc`.
        field_strings: Mentions without code: `caller` is the class, `what` the string that a
            static field starts with, `register` 0, `pc` the field reference.
        invocations, strings_used, types_named, fields_touched, constants: Records of the code.
        bodies: Decodes a method on demand.
        damages: What could not be read.

    """

    name: str
    strings: Sequence[bytes]
    types: Ids
    protos: Sequence[bytes]
    method_type: Ids
    method_name: Ids
    method_proto: Ids
    field_type: Ids
    field_name: Ids
    field_of: Ids
    class_type: Ids
    class_super: Ids
    class_access: NDArray[np.uint32]
    class_interfaces: Ids
    class_interface_starts: Ids
    defined_method: Ids
    defined_class: Ids
    defined_access: NDArray[np.uint32]
    defined_has_code: NDArray[np.bool_]
    defined_size: Ids
    field_strings: Mentions
    invocations: Invocations
    strings_used: Mentions
    types_named: Mentions
    fields_touched: Mentions
    constants: Constants
    bodies: Bodies
    damages: tuple[Damage, ...] = ()
