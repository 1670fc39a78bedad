"""Builds small DEX files by hand, in the order that the format asks for.

    built = dex([Class("La/A;", methods=[Method("a", "()V", code=code(1, lambda ids: [
        0x001A, ids.string("hello"), 0x000E]))])])

`code` is given the ids twice: once to collect what it names, once to get the final numbers.
"""

import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from hashlib import sha1
from typing import TypeVar
from zlib import adler32

NO_INDEX = 0xFFFFFFFF
BOOTSTRAP_PROTO = (
    "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/invoke/MethodType;"
    "Ljava/lang/invoke/MethodHandle;)Ljava/lang/invoke/CallSite;"
)
BOOTSTRAP = ("La/Boot;", "metafactory", BOOTSTRAP_PROTO)
PUBLIC, PRIVATE, STATIC, CONSTRUCTOR = 0x1, 0x2, 0x8, 0x10000
OBJECT = "Ljava/lang/Object;"
T = TypeVar("T")
Assembly = Callable[["Ids"], Sequence[int]]
MethodName = tuple[str, str, str]
FieldName = tuple[str, str, str]


@dataclass(frozen=True)
class Code:
    registers: int
    assembly: Assembly
    ins: int = 1
    outs: int = 5
    tries: bytes = b""
    """try_items and the handlers after them."""
    try_count: int = 0


def code(registers: int, assembly: Assembly, *, ins: int = 1) -> Code:
    return Code(registers, assembly, ins)


@dataclass(frozen=True)
class Method:
    name: str
    proto: str
    access: int = PUBLIC
    code: Code | None = None

    @property
    def direct(self) -> bool:
        return bool(self.access & (PRIVATE | STATIC | CONSTRUCTOR))


@dataclass(frozen=True)
class Field:
    name: str
    type: str
    access: int = PUBLIC | STATIC
    value: str | int | None = None


@dataclass(frozen=True)
class Class:
    name: str
    methods: Sequence[Method] = ()
    fields: Sequence[Field] = ()
    super: str | None = OBJECT
    interfaces: Sequence[str] = ()
    access: int = PUBLIC


@dataclass(frozen=True)
class CallSite:
    """A lambda: kind of the handle and the method that it consists of."""

    kind: int
    method: MethodName
    proto: str = "()Ljava/lang/Runnable;"


class Ids:
    """Numbers of what is named; while collecting, every number is 0."""

    def __init__(self) -> None:
        self.strings: list[str] = []
        self.types: list[str] = []
        self.protos: list[str] = []
        self.fields: list[FieldName] = []
        self.methods: list[MethodName] = []
        self.final = False

    def string(self, text: str) -> int:
        return self._of(self.strings, text)

    def type(self, name: str) -> int:
        if not self.final:
            self.string(name)
        return self._of(self.types, name)

    def proto(self, text: str) -> int:
        if not self.final:
            self.string(shorty(text))
            for each in (*parameters(text), answer(text)):
                self.type(each)
        return self._of(self.protos, text)

    def field(self, owner: str, name: str, of: str) -> int:
        if not self.final:
            self.type(owner), self.type(of), self.string(name)
        return self._of(self.fields, (owner, name, of))

    def method(self, owner: str, name: str, proto: str) -> int:
        if not self.final:
            self.type(owner), self.string(name), self.proto(proto)
        return self._of(self.methods, (owner, name, proto))

    def _of(self, known: list[T], wanted: T) -> int:
        if self.final:
            return known.index(wanted)
        if wanted not in known:
            known.append(wanted)
        return 0

    def settle(self) -> None:
        self.strings.sort(key=lambda text: text.encode("utf-16-be", "surrogatepass"))
        self.types.sort(key=self.strings.index)
        type_ = self.types.index
        self.protos.sort(key=lambda p: (type_(answer(p)), [type_(t) for t in parameters(p)]))
        self.fields.sort(key=lambda f: (type_(f[0]), self.strings.index(f[1]), type_(f[2])))
        self.methods.sort(
            key=lambda m: (type_(m[0]), self.strings.index(m[1]), self.protos.index(m[2]))
        )
        self.final = True


def parameters(proto: str) -> list[str]:
    found = []
    place = 1
    while proto[place] != ")":
        first = place
        while proto[place] == "[":
            place += 1
        place = proto.index(";", place) + 1 if proto[place] == "L" else place + 1
        found.append(proto[first:place])
    return found


def answer(proto: str) -> str:
    return proto[proto.index(")") + 1 :]


def shorty(proto: str) -> str:
    return "".join("L" if t[0] in "[L" else t for t in (answer(proto), *parameters(proto)))


def uleb(number: int) -> bytes:
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*out, number])


def mutf8(text: str) -> bytes:
    pairs = text.encode("utf-16-be", "surrogatepass")
    units = [int.from_bytes(pairs[at : at + 2]) for at in range(0, len(pairs), 2)]
    written = "".join(map(chr, units)).encode("utf-8", "surrogatepass").replace(b"\0", b"\xc0\x80")
    return uleb(len(units)) + written + b"\0"


@dataclass
class _Data:
    """The data section while it is written; items of one kind follow one another."""

    start: int
    content: bytearray = field(default_factory=bytearray)
    kinds: dict[int, list[int]] = field(default_factory=dict)

    def put(self, kind: int, item: bytes, align: int = 1) -> int:
        self.content += bytes(-(self.start + len(self.content)) % align)
        place = self.start + len(self.content)
        self.content += item
        self.kinds.setdefault(kind, []).append(place)
        return place


def _encoded(value: str | int | None, ids: Ids) -> bytes:
    if isinstance(value, str):
        return struct.pack("<BI", 0x17 | 3 << 5, ids.string(value))
    return b"\x1e" if value is None else struct.pack("<Bi", 0x04 | 3 << 5, value)


def _code_item(written: Code, ids: Ids) -> bytes:
    units = list(written.assembly(ids))
    head = struct.pack(
        "<HHHHII", written.registers, written.ins, written.outs, written.try_count, 0, len(units)
    )
    padding = b"\0\0" if written.try_count and len(units) % 2 else b""
    return head + struct.pack(f"<{len(units)}H", *units) + padding + written.tries


def _members(ids: Ids, owner: Class, codes: dict[int, int]) -> bytes:
    def fields(static: bool) -> list[tuple[int, int]]:
        return sorted(
            (ids.field(owner.name, f.name, f.type), f.access)
            for f in owner.fields
            if bool(f.access & STATIC) is static
        )

    def methods(direct: bool) -> list[tuple[int, int, int]]:
        return sorted(
            (ids.method(owner.name, m.name, m.proto), m.access, codes.get(id(m), 0))
            for m in owner.methods
            if m.direct is direct
        )

    lists = (fields(True), fields(False), methods(True), methods(False))
    out = b"".join(uleb(len(each)) for each in lists)
    for each in lists:
        before = 0
        for index, *rest in each:
            out += uleb(index - before) + b"".join(map(uleb, rest))
            before = index
    return out


def _collect(ids: Ids, classes: Sequence[Class], sites: Sequence[CallSite]) -> None:
    for owner in classes:
        for name in (owner.name, *owner.interfaces, *([owner.super] if owner.super else [])):
            ids.type(name)
        for each in owner.fields:
            ids.field(owner.name, each.name, each.type)
            if isinstance(each.value, str):
                ids.string(each.value)
        for method in owner.methods:
            ids.method(owner.name, method.name, method.proto)
            if method.code:
                method.code.assembly(ids)
    for site in sites:
        ids.method(*site.method)
        ids.proto(site.proto)
        ids.string("run")
    if sites:
        ids.method(*BOOTSTRAP)


def dex(
    classes: Sequence[Class], *, sites: Sequence[CallSite] = (), version: bytes = b"035"
) -> bytes:
    """Return a DEX file that defines the classes."""
    ids = Ids()
    _collect(ids, classes, sites)
    ids.settle()
    counts = [len(ids.strings), len(ids.types), len(ids.protos), len(ids.fields)]
    counts += [len(ids.methods), len(classes), len(sites), 2 * len(sites)]
    head = 0x78 if version == b"041" else 0x70
    places = [head]
    for count, size in zip(counts, (4, 4, 12, 8, 8, 32, 4, 8), strict=True):
        places.append(places[-1] + count * size)
    data = _Data(places[-1])
    codes = {
        id(m): data.put(0x2001, _code_item(m.code, ids), 4)
        for c in classes
        for m in c.methods
        if m.code
    }
    lists = [*map(parameters, ids.protos), *(owner.interfaces for owner in classes)]
    list_at = [data.put(0x1001, _type_list(ids, names), 4) if names else 0 for names in lists]
    string_at = [data.put(0x2002, mutf8(text)) for text in ids.strings]
    data_at = [
        data.put(0x2000, _members(ids, owner, codes)) if owner.methods or owner.fields else 0
        for owner in classes
    ]
    values = [_values(ids, owner) for owner in classes]
    values_at = [data.put(0x2005, each) if each else 0 for each in values]
    site_at = [data.put(0x2005, _site(ids, site, n, len(sites))) for n, site in enumerate(sites)]
    owners = list(zip(classes, list_at[len(ids.protos) :], data_at, values_at, strict=True))
    tables = _numbers("<I", [(place,) for place in string_at])
    tables += _numbers("<I", [(ids.string(name),) for name in ids.types])
    tables += _numbers(
        "<III",
        [
            (ids.string(shorty(p)), ids.type(answer(p)), at)
            for p, at in zip(ids.protos, list_at, strict=False)
        ],
    )
    tables += _numbers(
        "<HHI", [(ids.type(a), ids.type(c), ids.string(b)) for a, b, c in ids.fields]
    )
    tables += _numbers(
        "<HHI", [(ids.type(a), ids.proto(c), ids.string(b)) for a, b, c in ids.methods]
    )
    tables += _numbers("<8I", [_class_def(ids, *each) for each in owners])
    tables += _numbers("<I", [(place,) for place in site_at])
    tables += _handles(ids, sites)
    map_at = data.put(0x1000, b"", 4)
    mapped = [(kind, 0, n, p) for kind, n, p in zip(range(1, 9), counts, places, strict=False) if n]
    mapped += [(kind, 0, len(at), at[0]) for kind, at in data.kinds.items()]
    mapped.sort(key=lambda each: each[3])
    data.content += struct.pack("<I", len(mapped) + 1) + _numbers("<HHII", [(0, 0, 1, 0), *mapped])
    size = data.start + len(data.content)
    pairs = [x for n, p in zip(counts[:6], places, strict=False) for x in (n, p if n else 0)]
    header = struct.pack(
        "<20I", size, head, 0x12345678, 0, 0, map_at, *pairs, len(data.content), data.start
    )
    if version == b"041":
        header += struct.pack("<II", size, 0)
    return summed(b"dex\n" + version + b"\0" + bytes(24) + header + tables + data.content)


def _numbers(form: str, rows: Sequence[tuple[int, ...]]) -> bytes:
    return b"".join(struct.pack(form, *row) for row in rows)


def _type_list(ids: Ids, names: Sequence[str]) -> bytes:
    return struct.pack(f"<I{len(names)}H", len(names), *map(ids.type, names))


def _values(ids: Ids, owner: Class) -> bytes:
    """Return the values of the static fields; nothing if no field has one."""
    valued = [each for each in owner.fields if each.access & STATIC]
    valued.sort(key=lambda each: ids.field(owner.name, each.name, each.type))
    while valued and valued[-1].value is None:
        valued.pop()
    return uleb(len(valued)) + b"".join(_encoded(f.value, ids) for f in valued) if valued else b""


def _class_def(ids: Ids, owner: Class, lists: int, data: int, values: int) -> tuple[int, ...]:
    above = ids.type(owner.super) if owner.super else NO_INDEX
    return (ids.type(owner.name), owner.access, above, lists, NO_INDEX, 0, data, values)


def _site(ids: Ids, site: CallSite, number: int, sites: int) -> bytes:
    """Return the array of a call site: bootstrap, name, type, and the lambda's method."""
    return (
        bytes([4, 0x16, sites + number, 0x17 | 3 << 5])
        + struct.pack("<I", ids.string("run"))
        + bytes([0x15 | 1 << 5])
        + struct.pack("<H", ids.proto(site.proto))
        + bytes([0x16, number])
    )


def _handles(ids: Ids, sites: Sequence[CallSite]) -> bytes:
    if not sites:
        return b""
    boot = ids.method(*BOOTSTRAP)
    rows = [(site.kind, 0, ids.method(*site.method), 0) for site in sites]
    return _numbers("<HHHH", [*rows, *[(4, 0, boot, 0)] * len(sites)])


def summed(content: bytes) -> bytes:
    """Return a DEX file with the signature and checksum that its bytes ask for."""
    signed = content[:12] + sha1(content[32:], usedforsecurity=False).digest() + content[32:]
    return signed[:8] + struct.pack("<I", adler32(signed[12:])) + signed[12:]
