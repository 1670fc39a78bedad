"""Opens a package as an inspection does: code followed, manifest read, owners known."""

from dataclasses import dataclass
from pathlib import Path

from chengnuo.domain.inspection.following import Followed, dotted, followed
from chengnuo.domain.inspection.information import information
from chengnuo.domain.inspection.manifest import Manifest, manifest_of
from chengnuo.domain.inspection.owners import Owners, own_packages, present_kits
from chengnuo.domain.inspection.starting import begun
from chengnuo.domain.observation.knowledge import Knowledge
from chengnuo.domain.observation.observation import Observation
from chengnuo.engines.archive.entry import Refused
from chengnuo.engines.archive.package import File, Package, package_of
from chengnuo.engines.axml.resources import Resources, document_of, table_of
from chengnuo.engines.dex.reading import read_dex
from chengnuo.engines.program.linking import link
from chengnuo.engines.program.mutf8 import text_of


@dataclass(frozen=True, slots=True)
class Opened:
    """A package, opened."""

    package: Package
    manifest: Manifest
    followed: Followed
    owners: Owners

    def information(self, knowledge: Knowledge) -> tuple[Observation, ...]:
        found = information(self.followed, knowledge, self.owners)
        return tuple(sorted(found, key=lambda one: one.order))


def _content(package: Package, file: File) -> bytes:
    content = package.read(file)
    assert not isinstance(content, Refused)
    return bytes(content)


def opened(path: Path, knowledge: Knowledge) -> Opened:
    package = package_of(path.read_bytes())
    assert package.manifest is not None
    resources = Resources(
        tables=tuple(table_of(_content(package, one), one.name) for one in package.resource_tables)
    )
    document = document_of(_content(package, package.manifest), package.manifest.name)
    assert document.root is not None
    manifest = manifest_of(document.root, resources)
    units = [unit for one in package.dex for unit in read_dex(_content(package, one), one.name)]
    seen = followed(link(units), manifest, knowledge.framework, knowledge.words)
    parts = [one.class_name for one in begun(manifest)]
    own = own_packages(manifest.package, parts, knowledge.sdks)
    classes = (dotted(text_of(seen.program.types[one])) for one in seen.program.class_type.tolist())
    present = present_kits(classes, knowledge.sdks)
    return Opened(package, manifest, seen, Owners(knowledge.sdks, own, present=present))
