"""Whose code a class is: the app's own, a kit's, a library's.

The longest name wins: an app of the company that makes a kit has classes below the kit's package,
and a kit may ship below the app's. A weak name of a kit, a common word, counts only
where other signs tell the kit. The app's own are the packages of its id, of its application and
of the screens that start it, and parts of the manifest in packages of the same beginning: other
parts came with what was merged into the manifest.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from chengnuo.domain.observation.observation import OWN, Owner, OwnerKind
from chengnuo.domain.observation.sdk_catalogue import Claim, SdkCatalogue
from chengnuo.domain.observation.support_libraries import is_support

_LIBRARY_PARTS = 3
_SHORT = 2
_SHORTEST = 3
"""Labels up to this length say nothing, as obfuscators make them."""
_GENERAL = frozenset({"com", "cn", "net", "org", "io", "me", "top", "app", "edu", "gov"})
_UNKNOWN = Owner(kind=OwnerKind.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Owners:
    """Tells whose a class is; what was told is kept.

    Attributes:
        sdks: The kits that are known.
        own: Packages of the app, with dots.
        present: Kits that signs tell, which a shared or weak sign is rather taken for.
        led: Packages without telling names that are a kit's by what uses them.

    """

    sdks: SdkCatalogue
    own: tuple[str, ...]
    present: frozenset[str] = frozenset()
    led: Mapping[str, Owner] = field(default_factory=dict)
    _known: dict[str, Owner] = field(default_factory=dict, repr=False)

    def of(self, class_name: str) -> Owner:
        """Return whose a class, with dots, is."""
        package, _, simple = class_name.rpartition(".")
        key = class_name if "." not in package or self._is_named(class_name, simple) else package
        if key not in self._known:
            self._known[key] = self._told(package, self.sdks.by_class(class_name))
        return self._known[key]

    def _is_named(self, class_name: str, simple: str) -> bool:
        """Tell whether a kit is known by this very class, or by one that it is inside of."""
        names = self.sdks.packages
        if class_name in names:
            return True
        while "$" in simple:
            inner = len(simple) - simple.rfind("$")
            simple, class_name = simple[:-inner], class_name[:-inner]
            if class_name in names:
                return True
        return False

    def _told(self, package: str, claim: Claim | None) -> Owner:
        own = owned_length(package, self.own)
        if claim is not None and len(claim.name) > own and self._counts(claim):
            return owner_of(claim, self.present)
        if own:
            return OWN
        return self.led.get(package) or _library(package)

    def _counts(self, claim: Claim) -> bool:
        return not claim.weak or any(one in self.present for one in claim.sdks)


def owned_length(package: str, own: Collection[str]) -> int:
    """Return the length of the longest of the app's own packages that a package is below, or 0."""
    return max((len(one) for one in own if _is_below(package, one)), default=0)


def own_packages(
    app_id: str, starts: Collection[str], parts: Collection[str], sdks: SdkCatalogue
) -> tuple[str, ...]:
    """Return the packages of an app, sorted.

    Args:
        app_id: Application id.
        starts: Classes, with dots, of the application object and of the screens that start it.
        parts: Classes of all parts that the manifest names.
        sdks: Kits, whose classes are nobody else's.

    """
    named = [one for one in starts if _may_be_own(one, sdks)]
    beginnings = {_beginning(one) for one in (app_id, *named)}
    alike = [one for one in parts if _beginning(one) in beginnings and _may_be_own(one, sdks)]
    packages = (one.rpartition(".")[0].split(".") for one in (*named, *alike))
    found = {".".join(labels[:_LIBRARY_PARTS]) for labels in packages if len(labels) >= _SHORT}
    return tuple(sorted({app_id, *found} - {""}))


def _beginning(name: str) -> tuple[str, ...]:
    return tuple(name.split(".")[:_SHORT])


def _may_be_own(class_name: str, sdks: SdkCatalogue) -> bool:
    return not is_support(class_name) and sdks.by_class(class_name) is None


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
    short = all(len(one) <= _SHORTEST and one not in _GENERAL for one in labels[:_SHORT])
    if len(labels) < _SHORT or short:
        return _UNKNOWN
    parts = _LIBRARY_PARTS if labels[0] in _GENERAL else _SHORT
    return Owner(kind=OwnerKind.LIBRARY, id=".".join(labels[:parts]))
