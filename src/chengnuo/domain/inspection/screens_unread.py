"""Screens that no layout tells: drawn by Compose, by a view of the app's own, or on a web page.

What such a screen shows stands in code, or is not in the package at all. Whether a box is ticked
beforehand or what a button says cannot be told there; a person has to look.
"""

from collections.abc import Iterator

from chengnuo.domain.inspection.code_texts import CodeTexts
from chengnuo.domain.inspection.listeners import Objects
from chengnuo.domain.inspection.remark import remark_at
from chengnuo.domain.observation.observation import (
    Confidence,
    Observation,
    OwnerKind,
    Subject,
)
from chengnuo.domain.observation.seen import ScreenSeen
from chengnuo.engines.program.sites import Site, argument, calls

_COMPOSE = (
    ("Landroidx/activity/compose/ComponentActivityKt;", b"setContent"),
    ("Landroidx/activity/compose/ComponentActivityKt;", b"setContent$default"),
    ("Landroidx/compose/ui/platform/ComposeView;", b"setContent"),
)
_SHOWN = (b"(Landroid/view/View;)V", b"(Landroid/view/View;Landroid/view/ViewGroup$LayoutParams;)V")
_WEB = "Landroid/webkit/WebView;"
_SURFACES = ("Landroid/view/SurfaceView;", "Landroid/view/TextureView;")
_VIEW, _GROUP = "Landroid/view/View;", "Landroid/view/ViewGroup;"


def unread_screens(code: CodeTexts) -> Iterator[Observation]:
    """Yield each way of drawing by which screens of the app are kept from a reader, once.

    It stands at the first such screen, with how many there are.
    """
    found: dict[str, dict[str, Site]] = {}
    for site, drawn in (*_composed(code), *_drawn(code)):
        class_name, _ = code.opened.followed.named(site.defined)
        if code.opened.owners.of(class_name).kind is OwnerKind.OWN:
            found.setdefault(drawn, {}).setdefault(class_name.partition("$")[0], site)
    for drawn, sites in sorted(found.items()):
        first = min(sites.values(), key=lambda one: (code.opened.followed.moment(one).rank, one))
        yield remark_at(
            code.opened,
            first,
            Subject.SCREEN,
            ScreenSeen.NOT_ANALYSABLE,
            {"drawn-by": drawn, "screens": str(len(sites))},
            confidence=Confidence.MEDIUM if drawn == "own-view" else Confidence.HIGH,
        )


def _composed(code: CodeTexts) -> Iterator[tuple[Site, str]]:
    program = code.opened.followed.program
    for owner, name in _COMPOSE:
        of = program.type_id(owner)
        for reference in program.methods_named(name, type_id=of).tolist() if of >= 0 else ():
            for site in calls(program, reference):
                yield site, "compose"


def _drawn(code: CodeTexts) -> Iterator[tuple[Site, str]]:
    """Yield the calls that show one view as the whole screen, where it draws by itself."""
    followed, objects = code.opened.followed, Objects(code)
    for proto in _SHOWN:
        for reference in followed.program.methods_named(b"setContentView", proto=proto).tolist():
            for site in calls(followed.program, reference):
                views = argument(followed.answers, site, 0)
                kinds = {_kind(code, one) for one in objects.types(site.defined, views)}
                for kind in sorted(kinds - {""}):
                    yield site, kind


def _kind(code: CodeTexts, type_id: int) -> str:
    """Return how a view draws; empty for one that layouts or other views make up."""
    hierarchy = code.opened.followed.hierarchy
    program = hierarchy.program

    def is_below(name: str) -> bool:
        other = program.type_id(name)
        return other >= 0 and hierarchy.is_below(type_id, other)

    if is_below(_WEB):
        return "web-page"
    if any(is_below(one) for one in _SURFACES):
        return "surface"
    draws = program.methods_named(b"onDraw", type_id=type_id).size > 0
    own = program.class_of[type_id] >= 0 and is_below(_VIEW) and not is_below(_GROUP)
    return "own-view" if own and draws else ""
