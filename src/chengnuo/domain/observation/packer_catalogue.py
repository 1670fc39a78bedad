"""The catalogue of packers: what hides the code of a package from everybody who reads it.

A packed package shows only the packer's own stub, so its report must say so. A component of
security alone (`security-kit`) hides nothing.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from chengnuo.base.text import Text
from chengnuo.domain.observation.name_pattern import (
    ANY,
    first_known,
    folders_of,
    matches,
    packages_of,
)

PackerId = NewType("PackerId", str)


class PackerKind(StrEnum):
    """What it does to the code."""

    PACKER = "packer"
    """Encrypts or extracts whole DEX files."""
    VIRTUAL_MACHINE = "virtual-machine"
    """Replaces methods by code of a machine of its own."""
    PROTECTOR = "protector"
    """Hardens; the code can still be read."""
    SECURITY_KIT = "security-kit"
    """Looks alike, and hides nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Packer:
    """One packer.

    Attributes:
        id: Stable id.
        name: What it is called.
        company: Whose it is.
        kind: What it does.
        applications: Application classes of the manifest after packing.
        prefixes: Packages of its stub.
        libraries: File names of its libraries; `*` is any run of characters.
        files: Other paths in the package; one that ends in `/` is a folder.
        weak: Those of all these names that are common, and count only beside another.

    """

    id: PackerId
    name: Text
    company: str
    kind: PackerKind
    applications: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()
    libraries: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()

    @property
    def hides_code(self) -> bool:
        """Tell whether code cannot be read where it is at work."""
        return self.kind in {PackerKind.PACKER, PackerKind.VIRTUAL_MACHINE}


@dataclass(frozen=True, slots=True, kw_only=True)
class PackerClaim:
    """Whose a name is.

    Attributes:
        name: The name or pattern that was found.
        packers: The packers that have it.
        weak: Whether it counts only beside another sign.

    """

    name: str
    packers: tuple[PackerId, ...]
    weak: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PackerCatalogue:
    """The rows by id, and whose each name is.

    Attributes:
        packers: Rows, by id.
        applications: Claims, by Application class.
        prefixes: Claims, by package of the stub.
        libraries: Claims, by file name.
        files: Claims, by path; a folder is without its last slash.
        patterns: Claims on names with `*`, the longest first, of libraries and paths.

    """

    packers: Mapping[PackerId, Packer]
    applications: Mapping[str, PackerClaim]
    prefixes: Mapping[str, PackerClaim]
    libraries: Mapping[str, PackerClaim]
    files: Mapping[str, PackerClaim]
    patterns: tuple[PackerClaim, ...]

    def by_application(self, class_name: str) -> PackerClaim | None:
        """Return who puts this Application class into the manifest."""
        return self.applications.get(class_name)

    def by_class(self, class_name: str) -> PackerClaim | None:
        """Return whose stub this class, with dots, is of."""
        return first_known(packages_of(class_name), self.prefixes)

    def by_file(self, path: str) -> PackerClaim | None:
        """Return whose sign this file of the package is."""
        name = path.rpartition("/")[2]
        found = self.libraries.get(name) or first_known(folders_of(path), self.files)
        return found or next(
            (
                each
                for each in self.patterns
                if matches(each.name, path if "/" in each.name else name)
            ),
            None,
        )


def packer_catalogue(packers: Iterable[Packer]) -> PackerCatalogue:
    """Return the catalogue of some rows; ids are unique."""
    rows = {each.id: each for each in packers}
    libraries = _claims(rows.values(), lambda each: each.libraries)
    files = _claims(rows.values(), lambda each: each.files)
    return PackerCatalogue(
        packers=rows,
        applications=_claims(rows.values(), lambda each: each.applications),
        prefixes=_claims(rows.values(), lambda each: each.prefixes),
        libraries={name: claim for name, claim in libraries.items() if ANY not in name},
        files={name.rstrip("/"): claim for name, claim in files.items() if ANY not in name},
        patterns=tuple(
            sorted(
                (claims[name] for claims in (libraries, files) for name in claims if ANY in name),
                key=lambda claim: (-len(claim.name), claim.name),
            )
        ),
    )


def _claims(
    packers: Iterable[Packer], names: Callable[[Packer], tuple[str, ...]]
) -> dict[str, PackerClaim]:
    owners: dict[str, tuple[PackerId, ...]] = {}
    weak: set[str] = set()
    for each in packers:
        weak.update(each.weak)
        for name in names(each):
            owners[name] = (*owners.get(name, ()), each.id)
    return {
        name: PackerClaim(name=name, packers=ids, weak=name in weak) for name, ids in owners.items()
    }
