"""Reads the class files of one JAR into a `Unit` (JVMS 4).

Nothing leaves this room as an error: a class file that cannot be read is left out and said, and so
is a method. Versions of classes for later runtimes (`META-INF/versions`, multi-release JARs) are
left out, since Android's build tools use the plain ones; so are declarations of modules. A class
file of a version after Java 21 is read as far as its constant pool is known.
"""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from chengnuo.engines.classfile.bodies import ClassBodies, Kept
from chengnuo.engines.classfile.class_file import ClassFile, read_class
from chengnuo.engines.classfile.code import CodeRows
from chengnuo.engines.classfile.cursor import MalformedError
from chengnuo.engines.classfile.depths import depths_of
from chengnuo.engines.classfile.entries import Entries, arrays_of
from chengnuo.engines.classfile.instructions import instructions_of
from chengnuo.engines.classfile.limits import ORDINARY, Limits
from chengnuo.engines.classfile.pooling import Names, Tables, tables_of
from chengnuo.engines.classfile.records import Group, Records, joined, records_of
from chengnuo.engines.program.damages import Damages
from chengnuo.engines.program.shown import shown
from chengnuo.engines.program.unit import Mentions, Unit

GROUP_BYTES: Final = 4 << 20
_LATER: Final = "META-INF/versions/"


def read_class_files(
    files: Iterable[tuple[str, bytes | memoryview]], name: str, limits: Limits = ORDINARY
) -> Unit:
    """Read the class files of one JAR.

    Args:
        files: Name in the JAR and bytes of each, in the order of the JAR; what does not end in
            `.class` is passed over.
        name: Place of the JAR in the package, as `classes.jar`.
        limits: Bounds on what is read.

    Returns:
        One unit of all of them; of two classes of one name both, the first one wins when units
        are linked. Same bytes, same unit.

    """
    reader = _Reader(limits)
    later = 0
    for file, data in files:
        if file.startswith(_LATER):
            later += file.endswith(".class")
        elif file.endswith(".class"):
            reader.add(file, data)
    reader.end_group()
    if later:
        why = f"{later} classes for later versions of Java are left out"
        reader.damages.add(_LATER, why)
    return reader.unit(name)


@dataclass(slots=True)
class _Rows:
    """Classes and members so far."""

    class_type: "array[int]" = field(default_factory=lambda: array("i"))
    class_super: "array[int]" = field(default_factory=lambda: array("i"))
    class_access: "array[int]" = field(default_factory=lambda: array("I"))
    interfaces: "array[int]" = field(default_factory=lambda: array("i"))
    interface_starts: "array[int]" = field(default_factory=lambda: array("i", [0]))
    method: "array[int]" = field(default_factory=lambda: array("i"))
    method_class: "array[int]" = field(default_factory=lambda: array("i"))
    method_access: "array[int]" = field(default_factory=lambda: array("I"))
    size: "array[int]" = field(default_factory=lambda: array("i"))
    texts: list[tuple[int, int, int]] = field(default_factory=list)


class _Reader:
    """Reads one class file after the other."""

    def __init__(self, limits: Limits) -> None:
        self.damages = Damages(limits.damages)
        self._limits = limits
        self._names = Names()
        self._rows = _Rows()
        self._code = CodeRows()
        self._entries = Entries()
        self._groups: list[Kept] = []
        self._records: list[Records] = []
        self._bytes = 0
        self._pool_entries = 0

    def add(self, file: str, content: bytes | memoryview) -> None:
        """Add a class file, if it can be read and is within the limits."""
        where = f"class file {shown(file.encode('utf-8', 'surrogatepass'))}"
        why = self._over(content)
        if why:
            self.damages.add(where, why)
            return
        data = bytes(content)
        self._bytes += len(data)
        try:
            read = read_class(data)
        except MalformedError as error:
            self.damages.add(where, str(error))
            return
        if read is None:
            return
        self._pool_entries += len(read.pool.tags)
        for place, fault in read.damages:
            self.damages.add(place, fault)
        self._add_class(read, data)
        if self._code.size >= GROUP_BYTES:
            self.end_group()

    def _over(self, data: bytes | memoryview) -> str:
        """Return which limit a class file is over, or nothing."""
        limits = self._limits
        if len(data) > limits.class_bytes:
            return f"it has {len(data)} bytes; at most {limits.class_bytes} are read"
        if self._bytes + len(data) > limits.all_bytes:
            return f"the classes together have more than {limits.all_bytes} bytes"
        if len(self._rows.class_type) >= limits.classes:
            return f"there are more than {limits.classes} classes"
        count = int.from_bytes(data[8:10], "big")
        if self._pool_entries + count > limits.pool_entries:
            return f"the constant pools have more than {limits.pool_entries} entries"
        return ""

    def _add_class(self, read: ClassFile, data: bytes) -> None:
        names, rows = self._names, self._rows
        base = len(self._entries.tag)
        self._entries.add(read, names)
        owner, number = names.type(read.type), len(rows.class_type)
        rows.class_type.append(owner)
        rows.class_super.append(names.type(read.super) if read.super else -1)
        rows.class_access.append(read.access)
        rows.interfaces.extend([names.type(each) for each in read.interfaces])
        rows.interface_starts.append(len(rows.interfaces))
        for static in read.static_strings:
            reference = names.field(owner, static.name, static.descriptor)
            string = self._entries.id[base + static.text]
            if string >= 0:
                rows.texts.append((number, reference, string))
        for method in read.methods:
            reference = names.method(owner, method.name, names.proto(method.descriptor))
            if method.code:
                pool = (base, base + len(read.pool.tags))
                self._code.add(len(rows.method), method.code, pool)
            elif method.damage:
                text = f"{shown(method.name)}{shown(method.descriptor)}"
                self.damages.add(f"code of {shown(read.type)}->{text}", method.damage)
            rows.method.append(reference)
            rows.method_class.append(number)
            rows.method_access.append(method.access)
            rows.size.append(method.code.size if method.code else 0)
        self._code.add_file(data)

    def end_group(self) -> None:
        """Make arrays of the class files since the last group, and their records."""
        code, entries = self._code.arrays(), arrays_of(self._entries)
        self._code, self._entries = CodeRows(), Entries()
        if not len(code.method):
            return
        found = instructions_of(code, entries)
        depths = depths_of(code, found)
        of = np.array(self._rows.method_class, np.int32)[code.method]
        own = np.array(self._rows.class_type, np.int32)[of]
        group = Group(code, entries, found, depths.depth, depths.bad, own)
        depth = depths.depth.astype(np.uint16)
        self._groups.append(Kept(code, entries, depth, depths.bad))
        self._records.append(records_of(group, self._names))
        for row in code.method[depths.bad].tolist():
            self._rows.size[row] = 0

    def _say_damaged(self, tables: Tables) -> None:
        for group in self._groups:
            for row in group.code.method[group.bad].tolist():
                where = f"code of {tables.method_text(self._rows.method[row])}"
                self.damages.add(where, "it names what is not there, or the verifier refuses it")

    def unit(self, name: str) -> Unit:
        """Return all that was read."""
        rows, tables = self._rows, tables_of(self._names)
        self._say_damaged(tables)
        records = joined(self._records)
        texts = np.array(rows.texts, np.int32).reshape(-1, 3)
        method_type, method_name, method_proto = tables.method.T.copy()
        field_type, field_name, field_of = tables.touched.T.copy()
        size = np.array(rows.size, np.int32)
        defined = np.array(rows.method, np.int32)
        access = np.array(rows.method_access, np.uint32)
        return Unit(
            name=name,
            strings=tables.strings,
            types=tables.types,
            protos=tables.protos,
            method_type=method_type,
            method_name=method_name,
            method_proto=method_proto,
            field_type=field_type,
            field_name=field_name,
            field_of=field_of,
            class_type=np.array(rows.class_type, np.int32),
            class_super=np.array(rows.class_super, np.int32),
            class_access=np.array(rows.class_access, np.uint32),
            class_interfaces=np.array(rows.interfaces, np.int32),
            class_interface_starts=np.array(rows.interface_starts, np.int32),
            defined_method=defined,
            defined_class=np.array(rows.method_class, np.int32),
            defined_access=access,
            defined_has_code=size > 0,
            defined_size=size,
            field_strings=Mentions(
                caller=texts[:, 0].copy(),
                pc=texts[:, 1].copy(),
                register=np.zeros(len(texts), np.uint16),
                what=texts[:, 2].copy(),
                how=np.zeros(len(texts), np.uint8),
            ),
            invocations=records.invocations,
            strings_used=records.strings_used,
            types_named=records.types_named,
            fields_touched=records.fields_touched,
            constants=records.constants,
            bodies=ClassBodies(self._groups, tables, self._names.types, defined, access),
            damages=self.damages.told(),
        )
