"""The manifest of an app as it is installed: that of the base with those of its feature parts.

Split APKs and the modules of an app bundle have a manifest each; the system takes the components
of all of them, and asks for the permissions of all. Everything else the base says alone (Android
developer documentation, "About Android App Bundles", "Feature module manifest").
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from chengnuo.domain.inspection.manifest import Manifest

T = TypeVar("T")


def whole_manifest(base: Manifest, others: Sequence[Manifest]) -> Manifest:
    """Return the manifest of the base with what other parts of the app add to it.

    A part with another application id is of another app, and counts for nothing.
    """
    parts = [one for one in others if one.package in {base.package, ""}]
    return replace(
        base,
        permissions=_with(base.permissions, (one.permissions for one in parts), lambda p: p.name),
        defined_permissions=_with(
            base.defined_permissions, (one.defined_permissions for one in parts), lambda p: p.name
        ),
        components=_with(
            base.components, (one.components for one in parts), lambda c: (c.kind, c.name)
        ),
        meta_data=_with(base.meta_data, (one.meta_data for one in parts), lambda m: m.name),
        features=_with(base.features, (one.features for one in parts), lambda f: f),
    )


def _with(
    base: tuple[T, ...], others: Iterable[tuple[T, ...]], key: Callable[[T], Hashable]
) -> tuple[T, ...]:
    """Return what the base has, as it has it, and of the others what is new, each once."""
    known = {key(one) for one in base}
    added: dict[Hashable, T] = {}
    for part in others:
        for one in part:
            if key(one) not in known:
                added.setdefault(key(one), one)
    return (*base, *added.values())
