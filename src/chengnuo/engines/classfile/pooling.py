"""Ids of one JAR: what its class files name, numbered in the order in which it is met."""

from dataclasses import dataclass, field

import numpy as np

from chengnuo.engines.classfile.constant_pool import ConstantPool
from chengnuo.engines.program.descriptors import answer_width, parameter_widths
from chengnuo.engines.program.shown import shown
from chengnuo.engines.program.unit import Ids


@dataclass(slots=True)
class Names:
    """Tables of a unit while they grow.

    Attributes:
        strings: Id of each string.
        types: Id of each descriptor of a type.
        classes: Type of each name of a class, in the form of constant pools.
        type_string: String of each type.
        protos: Id of each descriptor of a method.
        proto_places: Places that the parameters and the answer of each take.
        methods: Id of each method reference: type, string, prototype.
        fields: Id of each field reference: type, string, type of value.
        type_texts, proto_texts: Descriptors by id.

    """

    strings: dict[bytes, int] = field(default_factory=dict)
    types: dict[bytes, int] = field(default_factory=dict)
    classes: dict[bytes, int] = field(default_factory=dict)
    type_string: list[int] = field(default_factory=list)
    type_texts: list[bytes] = field(default_factory=list)
    protos: dict[bytes, int] = field(default_factory=dict)
    proto_places: list[tuple[int, int]] = field(default_factory=list)
    proto_texts: list[bytes] = field(default_factory=list)
    methods: dict[tuple[int, int, int], int] = field(default_factory=dict)
    fields: dict[tuple[int, int, int], int] = field(default_factory=dict)

    def string(self, text: bytes) -> int:
        """Return the id of a string."""
        return self.strings.setdefault(text, len(self.strings))

    def type(self, descriptor: bytes) -> int:
        """Return the id of a type."""
        known = self.types.get(descriptor)
        if known is None:
            known = self.types[descriptor] = len(self.types)
            self.type_string.append(self.string(descriptor))
            self.type_texts.append(descriptor)
        return known

    def class_type(self, pool: ConstantPool, entry: int) -> int:
        """Return the id of the type that an entry of a constant pool names.

        Raises:
            MalformedError: The entry is none, or its name is no name.

        """
        name = pool.class_name(entry)
        known = self.classes.get(name)
        if known is None:
            known = self.classes[name] = self.type(pool.type(entry))
        return known

    def proto(self, descriptor: bytes) -> int:
        """Return the id of a prototype, a descriptor of a method that was checked to be one."""
        known = self.protos.get(descriptor)
        if known is None:
            known = self.protos[descriptor] = len(self.protos)
            places = sum(parameter_widths(descriptor)), answer_width(descriptor)
            self.proto_places.append(places)
            self.proto_texts.append(descriptor)
        return known

    def method(self, owner: int, name: bytes, proto: int) -> int:
        """Return the id of a method reference."""
        return self.methods.setdefault((owner, self.string(name), proto), len(self.methods))

    def field(self, owner: int, name: bytes, of: bytes) -> int:
        """Return the id of a field reference."""
        key = (owner, self.string(name), self.type(of))
        return self.fields.setdefault(key, len(self.fields))


@dataclass(frozen=True, slots=True)
class Tables:
    """The same when they are full, as in a `Unit`.

    Attributes:
        type_texts: Descriptor of each type.

    """

    strings: list[bytes]
    types: Ids
    type_texts: list[bytes]
    protos: list[bytes]
    method: Ids
    touched: Ids
    _written: dict[int, str] = field(default_factory=dict, repr=False)

    def method_text(self, index: int) -> str:
        """Return a method reference as `Lcom/example/A;->b()V`, for a person to read."""
        text = self._written.get(index)
        if text is None:
            owner, name, proto = self.method[index].tolist()
            text = f"{self._member(owner, name)}{shown(self.protos[proto])}"
            self._written[index] = text
        return text

    def field_text(self, index: int) -> str:
        """Return a field reference as `Lcom/example/A;->b:I`, for a person to read."""
        owner, name, of = self.touched[index].tolist()
        return f"{self._member(owner, name)}:{shown(self.type_texts[of])}"

    def _member(self, owner: int, name: int) -> str:
        return f"{shown(self.type_texts[owner])}->{shown(self.strings[name])}"


def tables_of(names: Names) -> Tables:
    """Return the tables; `method` and `touched` are `(n, 3)`."""
    return Tables(
        list(names.strings),
        np.array(names.type_string, np.int32),
        names.type_texts,
        names.proto_texts,
        np.array(list(names.methods), np.int32).reshape(-1, 3),
        np.array(list(names.fields), np.int32).reshape(-1, 3),
    )
