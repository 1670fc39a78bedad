"""The catalogue of permissions of Android and of the systems built on it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from chengnuo.base.text import Text
from chengnuo.domain.observation.name_pattern import ANY, matches
from chengnuo.domain.observation.touching import Touched
from chengnuo.law.ids import AppTypeId


class ProtectionLevel(StrEnum):
    """How a permission is granted."""

    NORMAL = "normal"
    """When the app is installed; nobody is asked."""
    DANGEROUS = "dangerous"
    """The individual is asked while the app runs."""
    SIGNATURE = "signature"
    """To apps signed as the one that defines it."""
    SPECIAL = "special"
    """On a page of the settings."""


class GrantRoute(StrEnum):
    """What else is needed for it to be granted."""

    SPECIAL = "special"
    """A switch on a page of the settings."""
    PRIVILEGED = "privileged"
    """The app is part of the system."""
    RESTRICTED = "restricted"
    """Stores or systems allow it to some apps only."""
    DEVELOPMENT = "development"
    """Somebody grants it by a tool for development."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Permission:
    """One permission.

    Attributes:
        id: Short unique id.
        name: Full name; one that begins with `*` is of the app's own id.
        level: How it is granted.
        route: What else is needed.
        group: Group that it is asked for together with, or empty.
        purpose: What it allows, as people say it.
        touched: What it opens.
        app_types: App types where it can commonly be justified: guidance, not law.

    """

    id: str
    name: str
    level: ProtectionLevel
    route: GrantRoute | None = None
    group: str = ""
    purpose: Text
    touched: Touched
    app_types: tuple[AppTypeId, ...] = ()

    @property
    def asks(self) -> bool:
        """Tell whether the individual is asked while the app runs."""
        return self.level is ProtectionLevel.DANGEROUS


@dataclass(frozen=True, slots=True, kw_only=True)
class PermissionCatalogue:
    """The rows by full name.

    Attributes:
        names: Rows with a whole name.
        patterns: Rows whose name begins with `*`.

    """

    names: Mapping[str, Permission]
    patterns: tuple[Permission, ...]

    def find(self, name: str) -> Permission | None:
        """Return the row of a permission by its full name."""
        found = self.names.get(name)
        if found is not None:
            return found
        return next((each for each in self.patterns if matches(each.name, name)), None)


def permission_catalogue(permissions: Iterable[Permission]) -> PermissionCatalogue:
    """Return the catalogue of some rows; names are unique."""
    rows = tuple(permissions)
    return PermissionCatalogue(
        names={each.name: each for each in rows if ANY not in each.name},
        patterns=tuple(each for each in rows if ANY in each.name),
    )
