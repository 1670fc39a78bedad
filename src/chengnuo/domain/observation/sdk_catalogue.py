"""The catalogue of SDKs: whose code, components, libraries and hosts are whose.

The longest name that is known wins, at the boundary of a package or domain. A sign may be shared
by several SDKs, which are then all candidates; a weak sign is a common word and counts only
beside another sign of the same SDK.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import NewType

from chengnuo.base.text import Text
from chengnuo.domain.observation.name_pattern import (
    ANY,
    domains_of,
    first_known,
    matches,
    packages_of,
)
from chengnuo.domain.observation.touching import Touched
from chengnuo.law.ids import CategoryId

SdkId = NewType("SdkId", str)
PurposeId = NewType("PurposeId", str)

FACE = CategoryId("PI-BIO-FACE")


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """Names of one sort that an SDK is known by.

    Attributes:
        own: Names that are its alone.
        shared: Names that other SDKs have too.
        weak: Names that are common words.

    """

    own: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()


NO_SIGNS = Signs()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sdk:
    """One SDK.

    Attributes:
        id: Stable id.
        name: What it is called.
        company: Who offers it.
        purpose: What it is for.
        packages: Packages and classes of its code, with dots.
        components: Components that it puts into the manifest.
        meta_data: Names of its meta-data in the manifest.
        libraries: File names of its libraries.
        hosts: Hosts and domains that it talks to.
        touched: What it reads as a rule.
        declared: Whether its own documents say so.
        country: Where it is run from, by its code.
        rules: Address of its processing rules, or empty.

    """

    id: SdkId
    name: Text
    company: Text
    purpose: PurposeId
    packages: Signs = NO_SIGNS
    components: Signs = NO_SIGNS
    meta_data: Signs = NO_SIGNS
    libraries: Signs = NO_SIGNS
    hosts: Signs = NO_SIGNS
    touched: Touched
    declared: bool
    country: str
    rules: str = ""

    @property
    def is_overseas(self) -> bool:
        """Tell whether it is run from outside mainland China."""
        return self.country != "CN"

    @property
    def reads_faces(self) -> bool:
        """Tell whether it takes images of faces to recognise somebody (PIPL Art. 28)."""
        return FACE in self.touched.categories


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Whose a name is.

    Attributes:
        name: The name that was found, as the longest package of a class.
        sdks: The SDKs that have it; several where it is shared.
        weak: Whether it counts only beside another sign.

    """

    name: str
    sdks: tuple[SdkId, ...]
    weak: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SdkCatalogue:
    """The rows by id, and whose each name is.

    Attributes:
        sdks: Rows, by id.
        purposes: What each purpose is called.
        packages, components, meta_data, libraries, hosts: Claims, by name.
        component_patterns, meta_data_patterns, library_patterns: Claims on names with `*` of
            each sort, the longest first.

    """

    sdks: Mapping[SdkId, Sdk]
    purposes: Mapping[PurposeId, Text]
    packages: Mapping[str, Claim]
    components: Mapping[str, Claim]
    meta_data: Mapping[str, Claim]
    libraries: Mapping[str, Claim]
    hosts: Mapping[str, Claim]
    component_patterns: tuple[Claim, ...]
    meta_data_patterns: tuple[Claim, ...]
    library_patterns: tuple[Claim, ...]

    def by_class(self, class_name: str) -> Claim | None:
        """Return whose a class, with dots, is by its package."""
        return first_known(packages_of(class_name), self.packages)

    def by_component(self, class_name: str) -> Claim | None:
        """Return whose a component of the manifest is: by its class, else by its package."""
        found = self.components.get(class_name) or _fitting(self.component_patterns, class_name)
        return found or self.by_class(class_name)

    def by_meta_data(self, name: str) -> Claim | None:
        """Return whose a name of meta-data is."""
        return self.meta_data.get(name) or _fitting(self.meta_data_patterns, name)

    def by_library(self, file_name: str) -> Claim | None:
        """Return whose a library is, by its file name without a folder."""
        return self.libraries.get(file_name) or _fitting(self.library_patterns, file_name)

    def by_host(self, host: str) -> Claim | None:
        """Return whose a host is, by itself or the nearest domain above it."""
        return first_known(domains_of(host), self.hosts)


def sdk_catalogue(sdks: Iterable[Sdk], purposes: Mapping[PurposeId, Text]) -> SdkCatalogue:
    """Return the catalogue of some rows; ids are unique."""
    rows = {each.id: each for each in sdks}
    components = _claims(rows.values(), lambda each: each.components)
    libraries = _claims(rows.values(), lambda each: each.libraries)
    meta_data = _claims(rows.values(), lambda each: each.meta_data)
    return SdkCatalogue(
        sdks=rows,
        purposes=purposes,
        packages=_claims(rows.values(), lambda each: each.packages),
        components=_plain(components),
        meta_data=_plain(meta_data),
        libraries=_plain(libraries),
        hosts=_claims(rows.values(), lambda each: each.hosts),
        component_patterns=_patterns(components),
        meta_data_patterns=_patterns(meta_data),
        library_patterns=_patterns(libraries),
    )


def _fitting(patterns: Iterable[Claim], name: str) -> Claim | None:
    return next((each for each in patterns if matches(each.name, name)), None)


def _plain(claims: Mapping[str, Claim]) -> dict[str, Claim]:
    return {name: claim for name, claim in claims.items() if ANY not in name}


def _patterns(claims: Mapping[str, Claim]) -> tuple[Claim, ...]:
    found = (claim for name, claim in claims.items() if ANY in name)
    return tuple(sorted(found, key=lambda claim: (-len(claim.name), claim.name)))


def _claims(sdks: Iterable[Sdk], signs: Callable[[Sdk], Signs]) -> dict[str, Claim]:
    """Return the claims on the names of one sort; several owners only where all say shared."""
    owners: dict[str, tuple[SdkId, ...]] = {}
    weak: set[str] = set()
    for each in sdks:
        here = signs(each)
        weak.update(here.weak)
        for name in dict.fromkeys((*here.own, *here.shared, *here.weak)):
            owners[name] = (*owners.get(name, ()), each.id)
    return {name: Claim(name=name, sdks=ids, weak=name in weak) for name, ids in owners.items()}
