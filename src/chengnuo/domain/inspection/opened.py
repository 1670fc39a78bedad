"""A package, opened for inspection: taken apart, its code linked and followed, its owners known.

Every observer looks at this one value. What cannot be read is said in `unread`; the rest counts.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from chengnuo.domain.inspection.following import Files, Followed, followed
from chengnuo.domain.inspection.inflated import Inflating
from chengnuo.domain.inspection.kit_signs import Told
from chengnuo.domain.inspection.manifest import Manifest, manifest_of
from chengnuo.domain.inspection.owners import Owners, own_packages
from chengnuo.domain.inspection.owning import owning
from chengnuo.domain.inspection.services import providers_of
from chengnuo.domain.inspection.stage import Stage
from chengnuo.domain.inspection.starting import begun
from chengnuo.domain.inspection.whole_manifest import whole_manifest
from chengnuo.domain.observation.inspection import PackageKind, Unread
from chengnuo.domain.observation.knowledge import Knowledge
from chengnuo.engines.archive.archive import Archive
from chengnuo.engines.archive.entry import Refused
from chengnuo.engines.archive.limits import (
    DEFAULT_LIMITS,
    Limits,
    NotAPackageError,
    PackageLimitError,
)
from chengnuo.engines.archive.package import File, Package, package_of
from chengnuo.engines.archive.role import DEX_NAME
from chengnuo.engines.axml.element import Document, ResourceFormatError
from chengnuo.engines.axml.resources import Resources, document_of, table_of
from chengnuo.engines.axml.table import Table
from chengnuo.engines.classfile.reading import read_class_files
from chengnuo.engines.dex.errors import UnreadableDexError
from chengnuo.engines.dex.reading import read_dex
from chengnuo.engines.program.linking import link
from chengnuo.engines.program.unit import Damage, Unit

MOST_BESIDE, MOST_BESIDE_BYTES = 64, 64 << 20
"""Files of code beside the app that are read, and bytes of them; of each archive as many again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A package, opened.

    Attributes:
        package: Its files by what they are.
        kind: What it is.
        manifest: What it says of itself; None for a library without one.
        document: The manifest as a document.
        resources: Its tables.
        units: The code that the system loads, one a file; of a library its class files.
        followed: The code, linked and followed from where the system begins; also what lies
            beside what it loads.
        owners: Whose code a class is.
        kits: The kits in it, with what tells them, by id.
        knowledge: What it is looked at with.
        unread: What could not be read.

    """

    package: Package
    kind: PackageKind
    manifest: Manifest | None
    document: Document | None
    resources: Resources
    units: tuple[Unit, ...]
    followed: Followed
    owners: Owners
    kits: tuple[Told, ...]
    knowledge: Knowledge
    unread: tuple[Unread, ...]

    def content(self, file: File) -> bytes | None:
        """Return the bytes of a file; None if they are not given."""
        found = self.package.read(file)
        return None if isinstance(found, Refused) else bytes(found)

    def read_document(self, file: File) -> Document | None:
        """Return an XML file of the package; None if it is not to be read as one."""
        content = self.content(file)
        if content is None:
            return None
        try:
            return document_of(content, file.name)
        except ResourceFormatError:
            return None


def open_package(
    buffer: memoryview | bytes,
    knowledge: Knowledge,
    tell: Callable[[Stage], None] = lambda _: None,
    limits: Limits = DEFAULT_LIMITS,
) -> Opened:
    """Open a package.

    Args:
        buffer: The file; must stay as it is while the value is used.
        knowledge: What it is looked at with.
        tell: Called with each stage as it begins.
        limits: What is accepted of it.

    Raises:
        NotAPackageError: It is none.
        PackageLimitError: It asks for more than is accepted.

    """
    tell(Stage.OPEN)
    package = package_of(buffer, limits)
    opening = _Opening(package, limits)
    resources = Resources(tables=tuple(opening.tables()))
    document, *others = [opening.document(file) for file in package.manifests] or [None]
    manifest = _manifest(document, others, resources)
    tell(Stage.CODE)
    units = tuple(opening.units())
    tell(Stage.FOLLOW)
    kind = PackageKind(package.kind.value)
    starts = manifest if kind.is_app else None
    program = link((*units, *opening.beside()))
    files = Files(
        screen=Inflating(package, resources, opening.layout).screen,
        providers=providers_of(package.files, opening.content),
    )
    seen = followed(program, starts, knowledge.framework, knowledge.words, files)
    own = () if starts is None else _own(starts, knowledge)
    whose = owning(seen.program, manifest, package, own, knowledge.sdks)
    return Opened(
        package=package,
        kind=kind,
        manifest=manifest,
        document=document,
        resources=resources,
        units=units,
        followed=seen,
        owners=whose.owners,
        kits=whose.kits,
        knowledge=knowledge,
        unread=tuple(dict.fromkeys(opening.unread)),
    )


def _manifest(
    base: Document | None, others: Iterable[Document | None], resources: Resources
) -> Manifest | None:
    """Return the manifest of the app, None if that of its base cannot be read."""
    roots = [one.root for one in (base, *others) if one is not None and one.root is not None]
    if base is None or base.root is None:
        return None
    first, *more = (manifest_of(root, resources) for root in roots)
    return whole_manifest(first, more)


def _own(manifest: Manifest, knowledge: Knowledge) -> tuple[str, ...]:
    """Return the packages of an app's own code, by its manifest."""
    starts = (manifest.application, *manifest.launchers())
    parts = tuple(one.class_name for one in begun(manifest))
    return own_packages(manifest.package, starts, parts, knowledge.sdks)


class _Opening:
    """Reads the parts of one package; holds what could not be read."""

    def __init__(self, package: Package, limits: Limits) -> None:
        self._package = package
        self._limits = limits
        self.unread = [Unread(where=one.where, why=one.why) for one in package.damages]

    def tables(self) -> Iterator[Table]:
        """Yield the resource tables that can be read."""
        for file in self._package.resource_tables:
            try:
                content = self.content(file)
                if content is not None:
                    table = table_of(content, file.name)
                    self._damages(file.name, table.damages)
                    yield table
            except ResourceFormatError as error:
                self.unread.append(Unread(where=file.name, why=str(error)))

    def document(self, file: File) -> Document | None:
        """Return a manifest, None if it cannot be read."""
        content = self.content(file)
        if content is None:
            return None
        try:
            found = document_of(content, file.name)
        except ResourceFormatError as error:
            self.unread.append(Unread(where=file.name, why=str(error)))
            return None
        self._damages(file.name, found.damages)
        return found

    def layout(self, file: File) -> Document | None:
        """Return an XML file of the package; None if it is not to be read as one."""
        content = self.content(file)
        try:
            return None if content is None else document_of(content, file.name)
        except ResourceFormatError as error:
            self.unread.append(Unread(where=file.name, why=str(error)))
            return None

    def units(self) -> Iterator[Unit]:
        """Yield the code that the system loads, and the class files of a library."""
        for file in self._package.dex:
            content = self.content(file)
            if content is not None:
                yield from self._dex(file.name, content)
        for file in self._package.class_jars:
            content = self.content(file)
            if content is not None:
                yield from self._classes(file, content)

    def beside(self) -> Iterator[Unit]:
        """Yield code that the system does not load: behind a gap, in assets, in archives there.

        It is linked behind what is loaded, as a class loader with the app's as its parent would.
        """
        left = MOST_BESIDE_BYTES
        for file in (*self._package.dex_not_loaded, *self._package.nested)[:MOST_BESIDE]:
            left -= file.size
            content = self.content(file) if left >= 0 else None
            if left < 0:
                self.unread.append(Unread(where=file.name, why="too much code beside the app"))
            elif content is not None and content.startswith(b"dex\n"):
                yield from self._dex(file.name, content)
            elif content is not None and content.startswith(b"PK"):
                yield from self._nested(file.name, content)

    def _nested(self, name: str, content: bytes) -> Iterator[Unit]:
        """Yield the DEX files of an archive inside the package."""
        try:
            archive = Archive(content, self._limits)
        except (NotAPackageError, PackageLimitError) as error:
            self.unread.append(Unread(where=name, why=str(error)))
            return
        left = MOST_BESIDE_BYTES
        for inner, entry in sorted(archive.entries.items()):
            if DEX_NAME.fullmatch(inner) and (left := left - entry.size) >= 0:
                found = archive.read(entry)
                if isinstance(found, Refused):
                    self.unread.append(Unread(where=f"{name}!{inner}", why=found.damage.why))
                else:
                    yield from self._dex(f"{name}!{inner}", bytes(found))

    def _dex(self, name: str, content: bytes) -> Iterator[Unit]:
        try:
            found = tuple(read_dex(content, name))
        except UnreadableDexError as error:
            self.unread.append(Unread(where=name, why=str(error)))
            return
        for unit in found:
            self._damages(unit.name, unit.damages)
            yield unit

    def _classes(self, file: File, content: bytes) -> Iterator[Unit]:
        try:
            archive = Archive(content, self._limits)
        except (NotAPackageError, PackageLimitError) as error:
            self.unread.append(Unread(where=file.name, why=str(error)))
            return
        files: list[tuple[str, bytes]] = []
        for name, entry in archive.entries.items():
            if name.endswith(".class"):
                found = archive.read(entry)
                if isinstance(found, Refused):
                    self.unread.append(Unread(where=f"{file.name}!{name}", why=found.damage.why))
                else:
                    files.append((name, bytes(found)))
        unit = read_class_files(files, file.name)
        self._damages(unit.name, unit.damages)
        yield unit

    def content(self, file: File) -> bytes | None:
        """Return the bytes of a file; None, and said, if they are not given."""
        found = self._package.read(file)
        if isinstance(found, Refused):
            self.unread.append(Unread(where=file.name, why=found.damage.why))
            return None
        return bytes(found)

    def _damages(self, name: str, damages: tuple[Damage, ...]) -> None:
        self.unread += [Unread(where=f"{name}: {one.where}", why=one.why) for one in damages]
