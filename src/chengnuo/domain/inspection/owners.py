"""Whose code a class is: the app's own, a kit's, a library's.

The longest name wins: an app of the company that makes a kit has classes below the kit's package,
and a kit may ship below the app's. A weak name of a kit, a common word, does not count here. A
class whose name says nothing, as obfuscators make them, is the app's own only where it stands
beside a part that the manifest names.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from chengnuo.domain.observation.observation import OWN, Owner, OwnerKind
from chengnuo.domain.observation.sdk_catalogue import Claim, SdkCatalogue

_LIBRARY_PARTS = 3
_SHORT = 2
_GENERAL = frozenset({"com", "cn", "net", "org", "io", "me", "top", "app", "edu", "gov"})
_UNKNOWN = Owner(kind=OwnerKind.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Owners:
    """Tells whose a class is; what was told is kept.

    Attributes:
        sdks: The kits that are known.
        own: Packages of the app, with dots: its id, and those of the parts that it names.
        beside: Packages in which the manifest names parts of the app, whatever their names.
        present: Kits that a sign of their own tells, which a shared sign is rather taken for.

    """

    sdks: SdkCatalogue
    own: tuple[str, ...]
    beside: frozenset[str] = frozenset()
    present: frozenset[str] = frozenset()
    _known: dict[str, Owner] = field(default_factory=dict, repr=False)

    def of(self, class_name: str) -> Owner:
        """Return whose a class, with dots, is."""
        package = class_name.rpartition(".")[0]
        key = class_name if "." not in package else package
        claim = self.sdks.by_class(class_name)
        if claim is not None and claim.name.startswith(f"{package}."):
            key = class_name  # the kit is known by this very class
        if key not in self._known:
            self._known[key] = self._told(package, claim)
        return self._known[key]

    def _told(self, package: str, claim: Claim | None) -> Owner:
        own = max((len(one) for one in self.own if _is_below(package, one)), default=0)
        if claim is not None and not claim.weak and len(claim.name) > own:
            return owner_of(claim, self.present)
        if own or package in self.beside:
            return OWN
        return _library(package)


def own_packages(app_id: str, parts: Collection[str], sdks: SdkCatalogue) -> tuple[str, ...]:
    """Return the packages of an app, sorted.

    Args:
        app_id: Application id.
        parts: Classes, with dots, of the application object and of the parts that start it.
        sdks: Kits, whose classes are nobody else's.

    """
    found = {app_id} if app_id else set()
    for one in parts:
        package = one.rpartition(".")[0]
        labels = package.split(".")
        if len(labels) >= _SHORT and sdks.by_class(one) is None:
            found.add(".".join(labels[:_LIBRARY_PARTS]))
    return tuple(sorted(found))


def present_kits(class_names: Iterable[str], sdks: SdkCatalogue) -> frozenset[str]:
    """Return the kits of which classes, with dots, are there under a name of theirs alone."""
    claims = (sdks.by_class(one) for one in class_names)
    return frozenset(
        str(claim.sdks[0])
        for claim in claims
        if claim is not None and len(claim.sdks) == 1 and not claim.weak
    )


def owner_of(claim: Claim, present: Collection[str] = ()) -> Owner:
    """Return the kit that a name tells, with the others that it may be.

    Of several that share the name one that is surely there comes first.
    """
    first, *others = sorted(claim.sdks, key=lambda one: one not in present)
    return Owner(kind=OwnerKind.SDK, id=first, also=tuple(others))


def _is_below(package: str, other: str) -> bool:
    return package == other or package.startswith(f"{other}.")


def _library(package: str) -> Owner:
    labels = package.split(".")
    if len(labels) < _SHORT or all(len(one) <= _SHORT for one in labels[:2]):
        return _UNKNOWN
    parts = _LIBRARY_PARTS if labels[0] in _GENERAL else _SHORT
    return Owner(kind=OwnerKind.LIBRARY, id=".".join(labels[:parts]))
