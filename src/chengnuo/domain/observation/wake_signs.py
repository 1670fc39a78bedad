"""Signs that an app starts by itself, starts others, or keeps itself running.

Starting by itself and in association is to be told and agreed to (164号文).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from chengnuo.domain.observation.behaviour import Behaviour
from chengnuo.domain.observation.name_pattern import first_known, packages_of


class WakeKind(StrEnum):
    """Where a sign stands."""

    ACTION = "action"
    """Action of an intent filter, or of an intent that is sent."""
    COMPONENT = "component"
    """Class of a component of the manifest."""
    PACKAGE = "package"
    """Package of a library that does nothing else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WakeSign:
    """One sign.

    Attributes:
        kind: Where it stands.
        name: Action, class or package.
        behaviour: What it is the sign of: self-start, associated-start or keep-alive.
        permissions: Permissions that it needs.
        sdk: Id of the SDK whose it is, or empty.
        from_manifest: Whether the system still delivers it to a receiver of the manifest; where
            not, the app hears it only while it runs.
        checked: Whether it was checked against a source.

    """

    kind: WakeKind
    name: str
    behaviour: Behaviour
    permissions: tuple[str, ...] = ()
    sdk: str = ""
    from_manifest: bool = True
    checked: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class WakeSigns:
    """The rows.

    Attributes:
        actions: Rows of actions, by action.
        classes: Rows of components and packages, by name.

    """

    actions: Mapping[str, WakeSign]
    classes: Mapping[str, WakeSign]

    def by_action(self, action: str) -> WakeSign | None:
        """Return what an action is the sign of."""
        return self.actions.get(action)

    def by_class(self, class_name: str) -> WakeSign | None:
        """Return what a class, with dots, is the sign of, by itself or by its package."""
        found = first_known(packages_of(class_name), self.classes)
        if found is not None and found.kind is WakeKind.COMPONENT and found.name != class_name:
            return None
        return found


def wake_signs(signs: Iterable[WakeSign]) -> WakeSigns:
    """Return the table of some rows; names are unique within a kind."""
    rows = tuple(signs)
    return WakeSigns(
        actions={each.name: each for each in rows if each.kind is WakeKind.ACTION},
        classes={each.name: each for each in rows if each.kind is not WakeKind.ACTION},
    )
