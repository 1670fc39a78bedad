"""Parts of an app that others may start: exported, and without a permission that would stop them.

What stands in the home screen must be open and is not remarkable. A permission that the app
defines itself stops nobody unless only apps of the same signer get it.
"""

from collections.abc import Iterator

from chengnuo.domain.inspection.component import Component, ComponentKind
from chengnuo.domain.inspection.manifest import Manifest
from chengnuo.domain.inspection.manifest_values import qualified, text_of
from chengnuo.domain.inspection.opened import Opened
from chengnuo.domain.inspection.owners import owner_of
from chengnuo.domain.inspection.remark import manifest_place, remark
from chengnuo.domain.observation.observation import (
    Confidence,
    Observation,
    Owner,
    Place,
    Subject,
)
from chengnuo.domain.observation.permission_catalogue import ProtectionLevel
from chengnuo.domain.observation.seen import ComponentSeen

_OPEN_LEVELS = frozenset({"normal", "dangerous"})
_GUARDS = ("readPermission", "writePermission")


def exported_parts(opened: Opened) -> Iterator[Observation]:
    """Yield the components that any other app may start or read from."""
    manifest = opened.manifest
    if manifest is None:
        return
    guarded = _guarded_providers(opened)
    for one in manifest.components:
        if not one.exported or not one.enabled or one.is_launcher or one.name in guarded:
            continue
        weak = _is_open_to_all(one.permission, manifest, opened)
        if not one.permission or weak:
            actions = dict.fromkeys(action for each in one.filters for action in each.actions)
            yield remark(
                Subject.COMPONENT,
                ComponentSeen.EXPORTED,
                part_place(opened, one),
                {
                    "actions": ", ".join(actions),
                    "authorities": ", ".join(one.authorities),
                    "kind": one.kind.value,
                    "permission": one.permission,
                    "target": one.target,
                },
                owner=part_owner(opened, one),
                confidence=Confidence.MEDIUM if weak else Confidence.HIGH,
            )


def part_place(opened: Opened, part: Component) -> Place:
    """Return where a component is: its class, and its line of the manifest."""
    at = manifest_place(opened, part.line)
    return Place(file=at.file, class_name=part.name, line=at.line)


def part_owner(opened: Opened, part: Component) -> Owner:
    """Return whose a component is: a kit's by the name of the component, else by its class."""
    owner = opened.owners.of(part.target or part.name)
    claim = opened.knowledge.sdks.components.get(part.name)
    if claim is None or claim.weak:
        return owner
    return owner_of(claim, opened.owners.present)


def _is_open_to_all(name: str, manifest: Manifest, opened: Opened) -> bool:
    """Tell whether every app, or every app that asks, gets a permission."""
    own = next((one for one in manifest.defined_permissions if one.name == name), None)
    if own is not None:
        return own.protection in _OPEN_LEVELS
    known = opened.knowledge.permissions.find(name) if name else None
    return known is not None and known.level is ProtectionLevel.NORMAL


def _guarded_providers(opened: Opened) -> frozenset[str]:
    """Return the providers that need one permission to be read and one to be written to."""
    manifest, document = opened.manifest, opened.document
    if manifest is None or document is None:
        return frozenset()
    resources = opened.resources
    return frozenset(
        qualified(text_of(one.android("name"), resources), manifest.package)
        for application in document.root.under("application")
        for one in application.under(ComponentKind.PROVIDER.value)
        if all(text_of(one.android(name), resources) for name in _GUARDS)
    )
