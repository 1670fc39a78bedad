"""Which calls end or leave the app, and which give a second chance or another way first."""

from dataclasses import dataclass, field
from enum import Enum

from chengnuo.domain.inspection.code_texts import CodeTexts
from chengnuo.engines.program.mutf8 import text_of

HOME = "android.intent.category.HOME"
_ENDS = {
    (b"Ljava/lang/System;", b"exit"),
    (b"Ljava/lang/Runtime;", b"exit"),
    (b"Ljava/lang/Runtime;", b"halt"),
    (b"Landroid/os/Process;", b"killProcess"),
    (b"Lkotlin/system/ProcessKt;", b"exitProcess"),
}
_LEAVES = frozenset({b"finishAffinity", b"finishAndRemoveTask", b"moveTaskToBack"})
_CLOSES = frozenset({b"finish", b"finishAfterTransition", b"onBackPressed"})
_SHOWS = frozenset(
    {b"show", b"showNow", b"showDialog", b"showAtLocation", b"showAsDropDown", b"showPopup"}
)
_COMMITS = frozenset({b"commit", b"commitNow", b"commitAllowingStateLoss"})
_GOES_ON = frozenset({b"setContentView", b"recreate", b"setResult", b"navigate", b"navigation"})
_POSTS = frozenset(
    {b"post", b"postDelayed", b"postAtTime", b"runOnUiThread", b"execute", b"submit", b"schedule"}
)


class Leaving(Enum):
    """What a call means for somebody who refused."""

    ENDS = "ends"
    """The app is over at once."""
    LEAVES = "leaves"
    """The whole app closes, or goes to the background."""
    CLOSES = "closes"
    """One screen closes; the app with it, where it is the only one."""
    CHANCE = "chance"
    """Another screen or dialog comes, or the one before gets to know."""
    POSTS = "posts"
    """What is handed over runs a little later."""
    OTHER = "other"

    @property
    def is_exit(self) -> bool:
        """Tell whether the app, or its screen, is left."""
        return self in {Leaving.ENDS, Leaving.LEAVES, Leaving.CLOSES}


@dataclass(frozen=True, slots=True)
class Leavings:
    """Tells what calls mean, by the reference that they name; what was told is kept."""

    code: CodeTexts
    _known: dict[int, Leaving] = field(default_factory=dict, repr=False)

    def of(self, defined: int, reference: int) -> Leaving:
        """Return what a call of a reference means in a method."""
        if reference < 0:
            return Leaving.OTHER
        if reference not in self._known:
            self._known[reference] = self._told(reference)
        found = self._known[reference]
        if found is Leaving.CHANCE and self._goes_home(defined, reference):
            return Leaving.LEAVES
        return found

    def _told(self, reference: int) -> Leaving:
        program = self.code.opened.followed.program
        name = program.name_of(reference)
        owner = int(program.method_type[reference])
        if (program.types[owner], name) in _ENDS:
            return Leaving.ENDS
        if name in _LEAVES and self._sounds(owner, b"Activity", b"Task"):
            return Leaving.LEAVES
        if name in _CLOSES and self._sounds(owner, b"Activity"):
            return Leaving.CLOSES
        if self._is_chance(name, owner):
            return Leaving.CHANCE
        return Leaving.POSTS if name in _POSTS and program.class_of[owner] < 0 else Leaving.OTHER

    def _is_chance(self, name: bytes, owner: int) -> bool:
        if name in _SHOWS:
            return self._sounds(owner, b"Dialog", b"Popup", b"Sheet")
        if name in _COMMITS:
            return self._sounds(owner, b"Transaction")
        return name.startswith(b"startActivit") or name in _GOES_ON

    def _sounds(self, owner: int, *parts: bytes) -> bool:
        """Tell whether a type, or one above it, is named as one of the system's kinds."""
        hierarchy = self.code.opened.followed.hierarchy
        names = (hierarchy.program.types[one] for one in hierarchy.types_above(owner).tolist())
        return any(part in name.rpartition(b"/")[2] for name in names for part in parts)

    def _goes_home(self, defined: int, reference: int) -> bool:
        """Tell whether a call starts the home screen: that leaves the app."""
        program = self.code.opened.followed.program
        starts = program.name_of(reference).startswith(b"startActivit")
        return starts and HOME in self.code.said_in(defined)


def name_of(code: CodeTexts, reference: int) -> str:
    """Return a method as people write it: `Activity.finish`."""
    program = code.opened.followed.program
    owner = text_of(program.types[program.method_type[reference]])
    simple = owner.removesuffix(";").rpartition("/")[2]
    return f"{simple}.{text_of(program.name_of(reference))}"
