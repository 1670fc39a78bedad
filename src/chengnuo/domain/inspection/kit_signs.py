"""Signs of kits: names of code, of parts in the manifest, of meta-data and of libraries.

A name of one kit alone tells it. A name that several kits have tells the one that another sign
tells too; where none does, the one that explains most of such names, with the others as what it
may be. A weak name, a common word, tells nothing by itself, but which of several kits it is, and a
kit where weak names are of two sorts. What is below the app's own package is the app's, unless the
kit's name is the longer one.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from chengnuo.domain.inspection.manifest import Manifest
from chengnuo.domain.inspection.owners import owned_length
from chengnuo.domain.inspection.starting import STARTUP_VALUE
from chengnuo.domain.observation.observation import Owner, OwnerKind
from chengnuo.domain.observation.sdk_catalogue import Claim, SdkCatalogue, SdkId
from chengnuo.engines.archive.package import Package

MANIFEST = "AndroidManifest.xml"


class Sort(StrEnum):
    """What sort of name a sign is; the value stands before it where it is shown."""

    PACKAGE = "package"
    COMPONENT = "component"
    META_DATA = "meta-data"
    LIBRARY = "library"
    NATIVE = "native"
    """A class of the kit whose native methods a library exports."""
    NAME = "name"
    """A name of the kit's code in a string of code whose own names are gone."""
    HOST = "host"
    """A host of the kit in a string of code whose own names are gone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """One name that speaks of a kit.

    Attributes:
        sort: What sort of name.
        name: The name.
        claim: Whose it is.
        file: File of the package that it stands in.

    """

    sort: Sort
    name: str
    claim: Claim
    file: str = ""

    @property
    def text(self) -> str:
        """The sign as it is shown."""
        return f"{self.sort} {self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A kit that is told by signs.

    Attributes:
        owner: The kit, with others that it may be.
        signs: What tells it, the surest first.

    """

    owner: Owner
    signs: tuple[Sign, ...]


def signs_in(
    classes: Iterable[tuple[str, str]],
    manifest: Manifest | None,
    package: Package,
    own: tuple[str, ...],
    sdks: SdkCatalogue,
) -> tuple[Sign, ...]:
    """Return the signs in a package, each name once.

    Args:
        classes: Class, with dots, and file of each class that is defined.
        manifest: What the package says of itself.
        package: Its files.
        own: Packages of the app.
        sdks: Kits that are known.

    """
    found = [*_of_classes(classes, own, sdks)]
    if manifest is not None:
        found += _of_components(manifest, own, sdks)
        found += _of_meta_data(manifest, own, sdks)
    for file in package.files:
        if file.name.endswith(".so"):
            name = file.name.rpartition("/")[2]
            claim = sdks.by_library(name)
            if claim is not None:
                found.append(Sign(sort=Sort.LIBRARY, name=name, claim=claim, file=file.name))
    first = {(one.sort, one.name): one for one in reversed(found)}
    return tuple(first[key] for key in sorted(first))


def _of_classes(
    classes: Iterable[tuple[str, str]], own: tuple[str, ...], sdks: SdkCatalogue
) -> Iterator[Sign]:
    by_package: dict[str, Claim | None] = {}
    seen: set[str] = set()
    for name, file in classes:
        package = name.rpartition(".")[0]
        claim = sdks.packages.get(name)
        if claim is None:
            if package not in by_package:
                by_package[package] = sdks.by_class(package)
            claim = by_package[package]
        if claim is None or claim.name in seen or owned_length(package, own) >= len(claim.name):
            continue
        seen.add(claim.name)
        yield Sign(sort=Sort.PACKAGE, name=claim.name, claim=claim, file=file)


def _of_components(manifest: Manifest, own: tuple[str, ...], sdks: SdkCatalogue) -> Iterator[Sign]:
    for one in manifest.components:
        for name in filter(None, (one.name, one.target)):
            claim = sdks.by_component(name)
            if claim is not None and not _is_own(name, claim, own):
                yield Sign(sort=Sort.COMPONENT, name=name, claim=claim, file=MANIFEST)


def _of_meta_data(manifest: Manifest, own: tuple[str, ...], sdks: SdkCatalogue) -> Iterator[Sign]:
    held = (
        *manifest.meta_data,
        *(each for one in manifest.components for each in one.meta_data),
    )
    for one in held:
        claim = sdks.by_meta_data(one.name)
        sort = Sort.META_DATA
        if claim is None:
            claim = sdks.by_class(one.name)
            if claim is None or claim.weak or _is_own(one.name, claim, own):
                continue
            sort = Sort.COMPONENT if one.value == STARTUP_VALUE else sort
        yield Sign(sort=sort, name=one.name, claim=claim, file=MANIFEST)


def _is_own(name: str, claim: Claim, own: tuple[str, ...]) -> bool:
    """Tell whether a name is known by a package that the app's own one is not shorter than."""
    return name.startswith(claim.name) and owned_length(name, own) >= len(claim.name)


def told_by(signs: Iterable[Sign]) -> tuple[Told, ...]:
    """Return the kits that signs tell, by id.

    Weak signs tell a kit where they are of two sorts, as its package and its library.
    """
    every = tuple(signs)
    backed = _backed(every)
    telling = [one for one in every if not one.claim.weak]
    owners = {
        one.claim.sdks[0]: Owner(kind=OwnerKind.SDK, id=one.claim.sdks[0])
        for one in telling
        if len(one.claim.sdks) == 1
    }
    left = [one for one in telling if not owners.keys() & set(one.claim.sdks)]
    while left:
        counts = Counter(sdk for one in left for sdk in one.claim.sdks)
        best = min(counts, key=lambda sdk: (-counts[sdk], sdk not in backed, sdk))
        covered = [one for one in left if best in one.claim.sdks]
        others = {sdk for one in covered for sdk in one.claim.sdks if sdk != best}
        also = () if best in backed else tuple(sorted(others))
        owners[best] = Owner(kind=OwnerKind.SDK, id=best, also=also)
        left = [one for one in left if best not in one.claim.sdks]
    for sdk, sorts in backed.items():
        if len(sorts) > 1 and sdk not in owners:
            owners[sdk] = Owner(kind=OwnerKind.SDK, id=sdk)
    return tuple(
        Told(
            owner=owners[sdk],
            signs=tuple(sorted((one for one in every if sdk in one.claim.sdks), key=_order)),
        )
        for sdk in sorted(owners)
    )


def _backed(signs: Iterable[Sign]) -> dict[SdkId, set[Sort]]:
    """Return the sorts of weak signs that each kit has."""
    found: dict[SdkId, set[Sort]] = {}
    for one in signs:
        if one.claim.weak:
            for sdk in one.claim.sdks:
                found.setdefault(sdk, set()).add(one.sort)
    return found


def _order(one: Sign) -> tuple[bool, bool, int, str]:
    return one.claim.weak, len(one.claim.sdks) > 1, list(Sort).index(one.sort), one.name
