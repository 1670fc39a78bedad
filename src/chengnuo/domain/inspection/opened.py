"""A package, opened for inspection: taken apart, its code linked and followed, its owners known.

Every observer looks at this one value. What cannot be read is said in `unread`; the rest counts.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from chengnuo.domain.inspection.following import Followed, dotted, followed
from chengnuo.domain.inspection.manifest import Manifest, manifest_of
from chengnuo.domain.inspection.owners import Owners, own_packages, present_kits
from chengnuo.domain.inspection.starting import begun
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
from chengnuo.engines.axml.element import Document, ResourceFormatError
from chengnuo.engines.axml.resources import Resources, document_of, table_of
from chengnuo.engines.axml.table import Table
from chengnuo.engines.classfile.reading import read_class_files
from chengnuo.engines.dex.errors import UnreadableDexError
from chengnuo.engines.dex.reading import read_dex
from chengnuo.engines.program.linking import link
from chengnuo.engines.program.mutf8 import text_of
from chengnuo.engines.program.unit import Damage, Unit


class Stage(StrEnum):
    """A stage of an inspection, in order; its values name what a limit ended early."""

    OPEN = "open"
    CODE = "code"
    FOLLOW = "follow"
    OBSERVE = "observe"


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
        followed: The code, linked and followed from where the system begins.
        owners: Whose code a class is.
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
    document = opening.document()
    root = None if document is None else document.root
    manifest = None if root is None else manifest_of(root, resources)
    tell(Stage.CODE)
    units = tuple(opening.units())
    tell(Stage.FOLLOW)
    kind = PackageKind(package.kind.value)
    starts = manifest if kind.is_app else None
    seen = followed(link(units), starts, knowledge.framework, knowledge.words)
    parts = () if manifest is None else tuple(one.class_name for one in begun(manifest))
    own = own_packages("" if manifest is None else manifest.package, parts, knowledge.sdks)
    classes = (dotted(text_of(seen.program.types[one])) for one in seen.program.class_type.tolist())
    present = present_kits(classes, knowledge.sdks)
    return Opened(
        package=package,
        kind=kind,
        manifest=manifest,
        document=document,
        resources=resources,
        units=units,
        followed=seen,
        owners=Owners(knowledge.sdks, own, present=present),
        knowledge=knowledge,
        unread=tuple(dict.fromkeys(opening.unread)),
    )


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
                content = self._content(file)
                if content is not None:
                    table = table_of(content, file.name)
                    self._damages(file.name, table.damages)
                    yield table
            except ResourceFormatError as error:
                self.unread.append(Unread(where=file.name, why=str(error)))

    def document(self) -> Document | None:
        """Return the manifest of the base, None if there is none that can be read."""
        file = self._package.manifest
        content = None if file is None else self._content(file)
        if file is None or content is None:
            return None
        try:
            found = document_of(content, file.name)
        except ResourceFormatError as error:
            self.unread.append(Unread(where=file.name, why=str(error)))
            return None
        self._damages(file.name, found.damages)
        return found

    def units(self) -> Iterator[Unit]:
        """Yield the code that the system loads, and the class files of a library."""
        for file in self._package.dex:
            content = self._content(file)
            if content is None:
                continue
            try:
                found = tuple(read_dex(content, file.name))
            except UnreadableDexError as error:
                self.unread.append(Unread(where=file.name, why=str(error)))
                continue
            for unit in found:
                self._damages(unit.name, unit.damages)
                yield unit
        for file in self._package.class_jars:
            content = self._content(file)
            if content is not None:
                yield from self._classes(file, content)

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

    def _content(self, file: File) -> bytes | None:
        found = self._package.read(file)
        if isinstance(found, Refused):
            self.unread.append(Unread(where=file.name, why=found.damage.why))
            return None
        return bytes(found)

    def _damages(self, name: str, damages: tuple[Damage, ...]) -> None:
        self.unread += [Unread(where=f"{name}: {one.where}", why=one.why) for one in damages]
