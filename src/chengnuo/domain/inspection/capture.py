"""Microphone, camera, screen, other apps' screens and notifications, taken without a screen.

Special permissions are for what the individual sees (26部门 App 治理; 164号文): a recording that is
begun by a service, a receiver, a job or the application itself can go on unseen. What runs there
is followed anew from those parts alone, without the screens that they may open and without what
the individual does on them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from chengnuo.domain.inspection.code_texts import in_system
from chengnuo.domain.inspection.component import Component, ComponentKind
from chengnuo.domain.inspection.following import Followed, dotted
from chengnuo.domain.inspection.manifest import Manifest
from chengnuo.domain.inspection.opened import Opened
from chengnuo.domain.inspection.remark import remark_at
from chengnuo.domain.inspection.starting import roots
from chengnuo.domain.inspection.system_model import framework_model
from chengnuo.domain.observation.api_catalogue import Api, Role
from chengnuo.domain.observation.moment import Moment
from chengnuo.domain.observation.observation import Confidence, Observation, Step, Subject
from chengnuo.domain.observation.seen import ActSeen
from chengnuo.domain.observation.touching import Weight
from chengnuo.engines.program.framework import FrameworkModel
from chengnuo.engines.program.links import links_of
from chengnuo.engines.program.looking import Looking
from chengnuo.engines.program.marks import Mark, Root
from chengnuo.engines.program.paths import mark_at
from chengnuo.engines.program.program import NATIVE
from chengnuo.engines.program.reach import reach
from chengnuo.engines.program.sites import Site, calls, references

_ACTIVITY = b"Landroid/app/Activity;"
_SEEN = (
    "Landroid/app/Activity;",
    "Landroid/app/Fragment;",
    "Landroidx/fragment/app/Fragment;",
    "Landroid/support/v4/app/Fragment;",
    "Landroid/view/View;",
    "Landroid/app/Dialog;",
)
"""Types of what the individual sees."""
_WORKERS = ("androidx.work.ListenableWorker", "androidx.work.Worker")
_WORKS = (b"<init>", b"doWork", b"startWork")
_CATEGORIES = {"PI-COMM-AUDIO": "microphone", "PI-DEVICE-CAMERA": "camera"}
_SHOWN_AS = {"microphone": "microphone", "camera": "camera", "screen": "mediaProjection"}
"""Which type of a foreground service shows the individual that it goes on."""
_UNSEEN = Mark.GUARDED
"""The last mark of what runs without an act on a screen."""


@dataclass(frozen=True, slots=True)
class _Taken:
    """A place that takes something, of which kind, and by which call."""

    kind: str
    api: Api
    site: Site


def capture(opened: Opened) -> Iterator[Observation]:
    """Yield what is taken without a screen: each class and kind once, at its first place."""
    manifest, followed = opened.manifest, opened.followed
    taken = [] if manifest is None else [one for one in _takings(opened) if _may(opened, one.site)]
    if manifest is None or not taken:
        return
    unseen = _from_unseen_parts(opened, manifest)
    parts = {one.name: one for one in manifest.components}
    shown = frozenset(each for one in manifest.components for each in one.foreground_types)
    told: set[tuple[str, str]] = set()
    for one in taken:
        class_name, _ = followed.named(one.site.defined)
        key = (class_name, one.kind)
        if key in told or not _runs(unseen, one.site):
            continue
        told.add(key)
        path = unseen.path(one.site)
        part = _part_of(path, parts)
        types = () if part is None else part.foreground_types
        details = {
            "calls": f"{dotted(one.api.class_name)}.{one.api.member}",
            "foreground-type": " ".join(types),
            "kind": one.kind,
            "part": "" if part is None else part.name,
        }
        seen = remark_at(
            opened,
            one.site,
            Subject.BEHAVIOUR,
            ActSeen.COVERT_CAPTURE,
            details,
            permissions=one.api.permissions,
            confidence=_confidence(one.kind, shown),
            key=one.kind,
        )
        yield replace(seen, categories=one.api.touched.categories[:1], path=path)


def _takings(opened: Opened) -> Iterator[_Taken]:
    """Yield the places that take sound, images, the screen or notifications."""
    hierarchy = opened.followed.hierarchy
    for api in opened.knowledge.apis.apis.values():
        kind = _kind(api)
        if kind and not api.is_field:
            for reference in references(
                hierarchy, api.class_name, api.member, api.proto, below=True
            ):
                for site in calls(hierarchy.program, reference):
                    yield _Taken(kind, api, site)


def _kind(api: Api) -> str:
    """Return what a call takes; empty for others."""
    names = [one.rpartition(".")[2] for one in api.permissions]
    if api.role is not Role.SOURCE:
        return ""
    if "BIND_ACCESSIBILITY_SERVICE" in names:
        return "accessibility"
    if "service/notification/" in api.class_name:
        return "notifications"
    if api.member in {"createVirtualDisplay", "getMediaProjection"}:
        return "screen"
    if api.weight is not Weight.HIGH or not api.touched.categories:
        return ""
    return _CATEGORIES.get(api.touched.categories[0], "")


def _from_unseen_parts(opened: Opened, manifest: Manifest) -> Followed:
    """Return the program, followed from the parts without a screen alone."""
    followed = opened.followed
    known = framework_model(opened.knowledge.framework)
    model = FrameworkModel(
        callbacks=known.callbacks,
        starts=known.starts,
        components=tuple(one for one in known.components if one.type != _ACTIVITY),
        actions=known.actions,
        names=known.names,
    )
    screens = {ComponentKind.ACTIVITY, ComponentKind.ALIAS}
    unseen = replace(
        manifest, components=tuple(one for one in manifest.components if one.kind not in screens)
    )
    starts = [*roots(unseen, followed.hierarchy, model), *_working(followed)]
    hints = followed.guards.hints
    if hints is None:
        return followed
    looks = Looking(followed.guards, model, hints)
    found = reach(
        links_of(followed.hierarchy), model, [replace(one, at_start=True) for one in starts], looks
    )
    return Followed(followed.answers, followed.guards, found)


def _working(followed: Followed) -> list[Root]:
    """Return where the work library begins: it makes its workers by their names."""
    hierarchy = followed.hierarchy
    program = hierarchy.program
    bases = [program.type_id(f"L{one.replace('.', '/')};") for one in _WORKERS]
    found = []
    for base in (one for one in bases if one >= 0):
        for type_id in hierarchy.types_below(base).tolist():
            for name in _WORKS:
                for method in program.methods_named(name, type_id=type_id).tolist():
                    defined = int(program.definition[method])
                    if defined >= 0 and not int(program.defined_access[defined]) & NATIVE:
                        found.append(Root(defined=defined, type_id=type_id))
    return found


def _may(opened: Opened, site: Site) -> bool:
    """Tell whether a place may be what is looked for, before anything is followed."""
    if in_system(opened, site.defined) or _is_seen(opened.followed, site.defined):
        return False
    is_reached = opened.followed.moment(site) is not Moment.UNREACHABLE
    return is_reached or bool(_working(opened.followed))


def _runs(unseen: Followed, site: Site) -> bool:
    if unseen.reached is None:
        return False
    return mark_at(unseen.reached, unseen.guards, site.defined, site.pc) <= _UNSEEN


def _is_seen(followed: Followed, defined: int) -> bool:
    """Tell whether a method is one of something that the individual sees."""
    hierarchy = followed.hierarchy
    of = hierarchy.program.type_of(defined)
    kinds = (hierarchy.program.type_id(one) for one in _SEEN)
    return any(one >= 0 and hierarchy.is_below(of, one) for one in kinds)


def _part_of(path: tuple[Step, ...], parts: dict[str, Component]) -> Component | None:
    """Return the part of the manifest that a way begins in, or the last one that it started."""
    named = (parts.get(step.class_name) for step in reversed(path))
    return next((one for one in named if one is not None), None)


def _confidence(kind: str, types: frozenset[str]) -> Confidence:
    """Return how surely it goes on unseen, by the types of the app's foreground services.

    What the system shows in the status bar, or lets the individual switch on in its settings, is
    less so.
    """
    shown = kind in {"accessibility", "notifications"} or _SHOWN_AS.get(kind) in types
    return Confidence.MEDIUM if shown else Confidence.HIGH
