"""A package of an app or SDK: which of its files are code, manifest, resources, libraries.

Split APKs count as one package, the base first. Names of files in a part are those of both, as
`base.apk!classes.dex`; names in the package itself stand alone. The runtime of Android loads
`classes.dex`, `classes2.dex` and so on up to the first number that is missing; other DEX files
run only if code loads them, and are told apart.
"""

from collections import Counter
from dataclasses import dataclass

from chengnuo.engines.archive.archive import Archive, Content
from chengnuo.engines.archive.entry import Entry, Refused, shown
from chengnuo.engines.archive.hidden import Hidden, hidden_in
from chengnuo.engines.archive.kind import Kind, kind_of
from chengnuo.engines.archive.limits import (
    DEFAULT_LIMITS,
    Limits,
    NotAPackageError,
    PackageLimitError,
)
from chengnuo.engines.archive.parts import part_names
from chengnuo.engines.archive.role import Role, load_order, role_of
from chengnuo.engines.archive.signing import Signature, signatures_of
from chengnuo.engines.program.unit import Damage

WHOLE = "."
"""The name of the file that is the package itself: a JAR is its own jar of classes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file of the package; its contents are read when asked for.

    Attributes:
        name: Where it is, as `assets/a.zip` or `base.apk!assets/a.zip`.
        role: What it is in the package.
        size: Bytes when read.
        crc: CRC-32 of the contents as its archive tells it.
        part: Which archive of the package it is in, 0 the base.
        entry: Its entry there, None for the package itself.

    """

    name: str
    role: Role
    size: int
    crc: int
    part: int
    entry: Entry | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One archive of the package: the only one, or one of split APKs.

    Attributes:
        name: Its name in the outer archive, empty for the outer one itself.
        archive: The archive.
        signatures: Who signed it.
        hidden: Files in it that belong to no entry.

    """

    name: str
    archive: Archive
    signatures: tuple[Signature, ...]
    hidden: tuple[Hidden, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """What was given, taken apart.

    Attributes:
        kind: What kind of package it is.
        parts: Its archives, the base first.
        files: Every file of every part in the order of the parts and their directories, folders
            and second entries of a name left out.
        manifest: The manifest of the base; a library in a JAR has none.
        manifests: Those of all parts and modules, the base's first.
        resource_tables: Compiled resource tables, the base's first.
        dex: What the runtime loads by itself, in its order.
        dex_not_loaded: DEX files beside those, in the order of their names.
        class_jars: Archives of class files; of a JAR the package itself.
        native_libraries: Shared objects under the folder of an instruction set.
        nested: Archives and code in assets and elsewhere, which code may load.
        damages: What is odd or could not be read.

    """

    kind: Kind
    parts: tuple[Part, ...]
    files: tuple[File, ...]
    manifest: File | None
    manifests: tuple[File, ...]
    resource_tables: tuple[File, ...]
    dex: tuple[File, ...]
    dex_not_loaded: tuple[File, ...]
    class_jars: tuple[File, ...]
    native_libraries: tuple[File, ...]
    nested: tuple[File, ...]
    damages: tuple[Damage, ...]

    def read(self, file: File) -> Content | Refused:
        """Return the contents of one of its files, or why they are not given."""
        archive = self.parts[file.part].archive
        return archive.buffer if file.entry is None else archive.read(file.entry)

    def abis(self) -> dict[str, int]:
        """Return how many native libraries there are for each instruction set, by its name."""
        found = Counter(file.name.split("/")[-2] for file in self.native_libraries)
        return dict(sorted(found.items()))


def package_of(buffer: memoryview | bytes, limits: Limits = DEFAULT_LIMITS) -> Package:
    """Take a package apart.

    Args:
        buffer: The file; must stay as it is while the package is used.
        limits: What is accepted of it, and of each archive in it.

    Raises:
        NotAPackageError: It is none of the kinds.
        PackageLimitError: It asks for more than is accepted.

    """
    outer = Archive(buffer, limits)
    kind = kind_of(outer)
    damages: list[Damage] = []
    parts = [("", outer)] if not kind.is_set else _parts(outer, kind, limits, damages)
    files: list[File] = []
    for index, (name, archive) in enumerate(parts):
        files += _files(kind, name, index, archive)
        prefix = f"{name}!" if name else ""
        damages += [Damage(where=f"{prefix}{one.where}", why=one.why) for one in archive.damages()]
    if kind is Kind.JAR:
        size = len(outer.buffer)
        whole = File(name=WHOLE, role=Role.CLASS_JAR, size=size, crc=0, part=0, entry=None)
        files = [whole, *files] if _has_classes(outer) else files
    dex = [file for file in files if file.role is Role.DEX]
    loaded = dict.fromkeys(load_order((file.part, file.name) for file in dex))
    by_place = {(file.part, file.name): file for file in dex}
    manifests = sorted(_of(files, Role.MANIFEST), key=_base_module_first)
    return Package(
        kind=kind,
        parts=tuple(
            Part(
                name=name,
                archive=archive,
                signatures=signatures_of(archive),
                hidden=hidden_in(archive),
            )
            for name, archive in parts
        ),
        files=tuple(files),
        manifest=manifests[0] if manifests else None,
        manifests=tuple(manifests),
        resource_tables=tuple(sorted(_of(files, Role.RESOURCES), key=_base_module_first)),
        dex=tuple(by_place[place] for place in loaded),
        dex_not_loaded=tuple(
            sorted(
                (file for file in dex if (file.part, file.name) not in loaded),
                key=lambda file: (file.part, file.name),
            )
        ),
        class_jars=_of(files, Role.CLASS_JAR),
        native_libraries=_of(files, Role.NATIVE_LIBRARY),
        nested=_of(files, Role.NESTED),
        damages=shown(damages),
    )


def _of(files: list[File], role: Role) -> tuple[File, ...]:
    return tuple(file for file in files if file.role is role)


def _base_module_first(file: File) -> tuple[int, bool]:
    """Order files of parts, and of the modules of an app bundle; the sort keeps the rest."""
    return file.part, file.entry is not None and not file.entry.name.startswith("base/")


def _has_classes(archive: Archive) -> bool:
    return any(name.endswith(".class") for name in archive.entries)


def _parts(
    outer: Archive, kind: Kind, limits: Limits, damages: list[Damage]
) -> list[tuple[str, Archive]]:
    """Open the APKs of a set, the base first; one that cannot be opened is said."""
    names = part_names(outer, kind)
    if len(names) > limits.parts:
        raise PackageLimitError("the number of APKs", len(names), limits.parts)
    parts: list[tuple[str, Archive]] = []
    for name in names:
        content = outer.read(outer.entries[name])
        if isinstance(content, Refused):
            damages.append(content.damage)
            continue
        try:
            archive = Archive(content, limits)
            if kind_of(archive) is Kind.APK:
                parts.append((name, archive))
            else:
                damages.append(Damage(where=f"entry {name}", why="it is no APK"))
        except (NotAPackageError, PackageLimitError) as error:
            damages.append(Damage(where=f"entry {name}", why=str(error)))
    if not parts:
        raise NotAPackageError("the archive holds APKs, but none can be read")
    return parts


def _files(kind: Kind, name: str, index: int, archive: Archive) -> list[File]:
    inner = Kind.APK if kind.is_set else kind
    prefix = f"{name}!" if name else ""
    return [
        File(
            name=prefix + entry.name,
            role=role_of(inner, archive, entry),
            size=entry.size,
            crc=entry.crc,
            part=index,
            entry=entry,
        )
        for entry in archive.entries.values()
        if not entry.is_folder
    ]
