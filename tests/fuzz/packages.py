"""Parsers of packages: archives, manifests, resources, code, class files, and all at once."""

import struct
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from functools import cache
from io import BytesIO
from random import Random
from typing import Any

import numpy as np
from tests.engines.archive.zips import zipped
from tests.engines.axml.compiled import STRING, document, end, ids, pool, start
from tests.engines.classfile.surviving import survive
from tests.engines.dex.dex_builder import PUBLIC, Class, Method, code, dex, summed
from tests.engines.dex.test_hostile_dex import SEEDS, usable
from tests.fuzz.mutating import changed_bytes, changed_text
from tests.fuzz.parser import Broken, Parser, refused_by
from tests.packages import kit

from chengnuo.adapters.inspection_knowledge import load_knowledge
from chengnuo.adapters.inspection_knowledge_source import read_knowledge
from chengnuo.adapters.knowledge import load_catalogue
from chengnuo.adapters.law_source import read_catalogue
from chengnuo.base.errors import InvalidInputError
from chengnuo.domain.inspection.inspecting import inspect
from chengnuo.domain.inspection.manifest import manifest_of
from chengnuo.domain.inspection.network_security import network_security_of
from chengnuo.domain.inspection.services import providers_of
from chengnuo.domain.observation.knowledge import Knowledge
from chengnuo.engines.archive.entry import Refused
from chengnuo.engines.archive.limits import Limits, NotAPackageError, PackageLimitError
from chengnuo.engines.archive.package import package_of
from chengnuo.engines.axml.element import Reference, ResourceFormatError
from chengnuo.engines.axml.resources import Resources, document_of, table_of
from chengnuo.engines.dex.errors import UnreadableDexError
from chengnuo.engines.dex.limits import ORDINARY
from chengnuo.engines.dex.reading import read_dex
from chengnuo.engines.program.hierarchy import hierarchy_of
from chengnuo.engines.program.linking import link
from chengnuo.engines.program.unit import Unit

BOXES = ("box-signed-v1", "box-hidden-dex", "box-multidex", "box-jar", "box-aar", "box-aab")
SETS = ("box-xapk", "box-apks", "box-apks-feature")
WHOLE = ("start-view-layout", "guard-prefs", "reflect-service-loader", "box-aab", "whole-bad-shop")
BOUNDS = Limits(total_bytes=1 << 26, entry_bytes=1 << 24)
FEW_DAMAGES = replace(ORDINARY, damages=40)
NETWORK = (
    b"<network-security-config><base-config cleartextTrafficPermitted='true'><trust-anchors>"
    b"<certificates src='user'/></trust-anchors></base-config><domain-config>\n"
    b"<domain includeSubdomains='true'>a.example</domain><domain-config><domain>b.a.example"
    b"</domain></domain-config></domain-config></network-security-config>"
)
SERVICES = b"com.example.First # one\n\ncom.example.Second\ncom.example.in.A$B\n"


@cache
def built(name: str) -> bytes:
    """Return a sample package, whatever its kind."""
    (path,) = kit.BUILT.glob(f"{name}.*")
    return path.read_bytes()


def inside(package: str, *names: str) -> list[bytes]:
    with zipfile.ZipFile(BytesIO(built(package))) as archive:
        return [archive.read(name) for name in names if name in archive.namelist()]


def take_apart(content: bytes) -> None:
    package = package_of(content, BOUNDS)
    for file in package.files:
        package.read(file)
    for part in package.parts:
        for entry in part.archive.entries.values():
            part.archive.head(entry, 64)
    package.abis()


def repacked(content: bytes, _others: Sequence[bytes], chance: Random) -> bytes:
    """Change a file inside an archive and pack all again, so that lengths and sums fit."""
    with zipfile.ZipFile(BytesIO(content)) as package:
        files = {one: package.read(one) for one in package.namelist() if not one.endswith("/")}
    name = chance.choice(list(files))
    change = changed_text if name.endswith((".json", ".xml")) else changed_bytes
    files[name] = change(files[name], [*files.values()], chance)
    if files[name].startswith(b"dex\n") and len(files[name]) > 0x70:
        files[name] = summed(files[name])
    if chance.random() < 0.1:
        files[chance.choice(("base.apk", "manifest.json", "../a.apk", "toc.pb"))] = files.pop(name)
    return zipped(files, stored=chance.random() < 0.5)


def signed(content: bytes, others: Sequence[bytes], chance: Random) -> bytes:
    """Change the signing block of an APK or what stands around it, its foot kept mostly."""
    at = content.find(b"APK Sig Block 42")
    if at < 0 or chance.random() < 0.2:
        return changed_bytes(content, others, chance)
    size = int.from_bytes(content[at - 8 : at], "little")
    start = max(0, at + 8 - size)
    block = changed_bytes(content[start : at - 8], others, chance)
    foot = struct.pack("<Q", len(block) + 24 - 8 if chance.random() < 0.9 else size)
    moved = len(block) - (at - 8 - start)
    rest = bytearray(content[at:])
    end = rest.rfind(b"PK\x05\x06")
    offset = int.from_bytes(rest[end + 16 : end + 20], "little") + moved
    rest[end + 16 : end + 20] = (offset & 0xFFFFFFFF).to_bytes(4, "little")
    return content[:start] + block + foot + bytes(rest)


@refused_by(ResourceFormatError)
def read_document(content: bytes) -> None:
    root = document_of(content, "m").root
    manifest_of(root, Resources()).launchers()
    network_security_of(root, target_sdk=30, resources=Resources()).rule("a.b.a.example")
    repr(root).encode()


@refused_by(ResourceFormatError)
def read_table(content: bytes) -> None:
    table = table_of(content, "t")
    resources = Resources(tables=(table,))
    for kind in ("string", "xml", "layout", "mipmap", "style", ""):
        for number in table.ids(kind)[:50]:
            table.name(number).encode()
            table.rows(number)
            resources.texts(Reference(resource_id=number))
            resources.files(number)
    for text in table.strings():
        text.encode()


@refused_by(UnreadableDexError)
def read_code(content: bytes) -> None:
    units = read_dex(content, "classes.dex", FEW_DAMAGES)
    for unit in units:
        if not usable(unit) or len(unit.damages) > FEW_DAMAGES.damages + 1:
            raise Broken("a unit whose ids are not indices of its tables")
        for method in range(min(24, len(unit.defined_method))):
            body = unit.bodies.body(method)
            for instruction in () if body is None else body.instructions:
                repr(instruction)
    hierarchy_of(link(units))


def many_kinds() -> list[bytes]:
    circle = [
        Class(
            f"La/C{n};",
            [Method("run", "()V", PUBLIC, code(4, lambda _: [0x0E]))],
            super=f"La/C{(n + 1) % 4};",
            interfaces=[f"La/C{(n + 2) % 4};"],
        )
        for n in range(4)
    ]
    return [*SEEDS.values(), *inside("box-dex-039", "classes.dex"), dex(circle)]


def rewired(content: bytes, others: Sequence[bytes], chance: Random) -> bytes:
    """Change a DEX file, or let entries of its tables point at each other, in circles too."""
    if chance.random() < 0.6 or len(content) < 0x70:
        return changed_bytes(content, others, chance)
    out = bytearray(content)
    for _ in range(chance.choice((1, 2, 8))):
        head, width = chance.choice(
            ((0x38, 4), (0x40, 4), (0x48, 12), (0x50, 8), (0x58, 8), (0x60, 32))
        )
        count, offset = struct.unpack_from("<II", out, head)
        if not count or offset + width * count > len(out):
            continue
        one, other = (offset + width * chance.randrange(count) for _ in "ab")
        column = 4 * chance.randrange(width // 4)
        if chance.random() < 0.5:
            out[one + column : one + column + 4] = out[other + column : other + column + 4]
        else:
            struct.pack_into(
                "<I", out, one + column, chance.choice((0, count, count - 1, 1, offset))
            )
    return summed(bytes(out)) if chance.random() < 0.5 else bytes(out)


def leb(content: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        value |= (content[at] & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if content[at - 1] < 0x80:
            return value, at


def codes_in(content: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield each method that has code: its number among those defined, first byte and end of it."""
    count, table = struct.unpack_from("<II", content, 0x60)
    defined = 0
    for row in range(count):
        (at,) = struct.unpack_from("<I", content, table + 32 * row + 24)
        if not at:
            continue
        sizes = []
        for _ in range(4):
            size, at = leb(content, at)
            sizes.append(size)
        for _ in range(sizes[0] + sizes[1]):
            _, at = leb(content, leb(content, at)[1])
        for _ in range(sizes[2] + sizes[3]):
            for _ in range(2):
                _, at = leb(content, at)
            place, at = leb(content, at)
            if place:
                (units,) = struct.unpack_from("<I", content, place + 12)
                yield defined, place + 16, place + 16 + 2 * units
            defined += 1


HURT = b"hurt"
"""Stands before an input for the parser of one damaged method, with where the damage is."""


def hurt(content: bytes, others: Sequence[bytes], chance: Random) -> bytes:
    """Change the code of one method of a DEX file, and nothing else."""
    _, first, end = chance.choice(list(codes_in(content)))
    changed = changed_bytes(content[first:end], others, chance)
    area = changed[: end - first].ljust(end - first, b"\xff")
    seed = HURTABLE.index(content)
    return HURT + struct.pack(">BII", seed, first, end) + area


def others_keep(content: bytes) -> bool:
    """Tell whether a damaged method was left out; whatever other methods do must be as before."""
    if not content.startswith(HURT) or len(content) < 13:
        return False
    number, first, end = struct.unpack_from(">BII", content, 4)
    if number >= len(HURTABLE):
        return False
    whole = HURTABLE[number]
    after = read_one(whole[:first] + content[13:] + whole[end:])
    before = BEFORE[number]
    lost = np.array([row for row, start, _ in codes_in(whole) if start == first], np.int64)
    for name in ("invocations", "strings_used", "types_named", "fields_touched", "constants"):
        was, now = getattr(before, name), getattr(after, name)
        for column in fields(was):
            if not np.array_equal(kept(was, column.name, lost), kept(now, column.name, lost)):
                raise Broken(f"{name} of methods that are not damaged are others")
    same = np.ones(len(before.defined_size), np.bool_)
    same[lost] = False
    if not np.array_equal(before.defined_size[same], after.defined_size[same]):
        raise Broken("methods that are not damaged have another size")
    return bool(after.defined_has_code[lost].all())


def kept(records: Any, column: str, lost: np.ndarray[Any, Any]) -> Any:  # noqa: ANN401 (any records)
    return getattr(records, column)[~np.isin(records.caller, lost)]


def read_one(content: bytes) -> Unit:
    (unit,) = read_dex(content, "classes.dex", FEW_DAMAGES)
    return unit


HURTABLE = [
    SEEDS["lambda"],
    SEEDS["threads"],
    *(inside(name, "classes.dex")[0] for name in ("guard-loop-try-switch", "usual-guards")),
]
BEFORE = [read_one(content) for content in HURTABLE]


def class_files() -> list[bytes]:
    folder = kit.HERE.parent / "engines/classfile/samples"
    own = [path.read_bytes() for path in sorted(folder.glob("*.class"))]
    with zipfile.ZipFile(BytesIO(built("box-jar"))) as archive:
        return [*own, *(archive.read(n) for n in archive.namelist() if n.endswith(".class"))]


def read_class(content: bytes) -> bool:
    survive(content)
    return True


def read_services(content: bytes) -> bool:
    packed = zipped({"META-INF/services/com.example.Service": content, "a.class": b""})
    package = package_of(packed)

    def contents(file: Any) -> bytes | None:  # noqa: ANN401 (a file of the package)
        found = package.read(file)
        return None if isinstance(found, Refused) else bytes(found)

    return bool(providers_of(package.files, contents))


@cache
def knowledge() -> Knowledge:
    return load_knowledge(
        read_knowledge, load_catalogue(read_catalogue, cache_folder=None), cache_folder=None
    )


@refused_by(InvalidInputError)
def read_whole(content: bytes) -> None:
    inspect(content, knowledge(), sha256="0" * 64)


def read_bundle_documents() -> list[bytes]:
    return inside("box-aab", "base/manifest/AndroidManifest.xml")


taken_apart = refused_by(NotAPackageError, PackageLimitError)(take_apart)

PARSERS = {
    "zip": Parser(
        seeds=lambda: [*(built(name) for name in BOXES), zipped({"a.class": b"x" * 99, "b": b""})],
        change=changed_bytes,
        read=taken_apart,
        weight=80,
    ),
    "signing": Parser(
        seeds=lambda: [built("box-signed-v2"), built("box-signed-v1")],
        change=signed,
        read=taken_apart,
        weight=50,
    ),
    "sets": Parser(
        seeds=lambda: [built(name) for name in SETS],
        change=repacked,
        read=taken_apart,
        weight=8,
    ),
    "axml": Parser(
        seeds=lambda: [
            *inside("net-security-config", "AndroidManifest.xml"),
            *inside("start-providers", "AndroidManifest.xml"),
            *inside("layout-pre-ticked", "AndroidManifest.xml", "res/layout/login.xml"),
            document(
                pool(["name", "manifest"]), ids(0x01010003), start(1, [(0, 0, STRING, 0)]), end(1)
            ),
        ],
        change=changed_bytes,
        read=read_document,
        weight=90,
    ),
    "axml-protobuf": Parser(
        seeds=read_bundle_documents, change=changed_bytes, read=read_document, weight=80
    ),
    "xml-text": Parser(
        seeds=lambda: [NETWORK, NETWORK.replace(b"><", b">\n<")],
        change=changed_text,
        read=read_document,
        weight=90,
    ),
    "arsc": Parser(
        seeds=lambda: [
            *inside("net-security-config", "resources.arsc"),
            *inside("start-providers", "resources.arsc"),
            *inside("layout-pre-ticked", "resources.arsc"),
        ],
        change=changed_bytes,
        read=read_table,
        weight=80,
    ),
    "arsc-protobuf": Parser(
        seeds=lambda: inside("box-aab", "base/resources.pb"),
        change=changed_bytes,
        read=read_table,
        weight=80,
    ),
    "dex": Parser(seeds=many_kinds, change=rewired, read=read_code, weight=8),
    "dex-method": Parser(seeds=lambda: HURTABLE, change=hurt, read=others_keep, weight=6),
    "class": Parser(seeds=class_files, change=changed_bytes, read=read_class, weight=10),
    "services": Parser(
        seeds=lambda: [SERVICES], change=changed_text, read=read_services, weight=20
    ),
    "package": Parser(
        seeds=lambda: [built(name) for name in WHOLE], change=repacked, read=read_whole, weight=1
    ),
}
