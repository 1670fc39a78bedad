"""Screens that advertise over or before others, what closes them, and how large that is.

Splash screens and pop-ups need a clear and effective way to close them (292号文 5.4,
26号文 item 4). Neither names a size; held against is the least target of WCAG 2.2
(success criterion 2.5.8). A row of a list that advertises stands beside other things, and is left
out. What code draws, or sizes, is told as unseen and never as good.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from chengnuo.domain.inspection.layouts import Layouts, View
from chengnuo.domain.observation.ad_words import AdRole, AdWords
from chengnuo.domain.observation.observation import Confidence
from chengnuo.engines.axml.dimension import dp_of, fills_parent, is_pixels
from chengnuo.engines.axml.element import Reference, Value

LEAST_DP = 24.0
"""Least width and height of a target (WCAG 2.2, success criterion 2.5.8; CSS px taken as dp)."""
INVISIBLE, GONE = 1, 2
"""Values of `android:visibility` by which a view is not seen at first."""
_HIDDEN = frozenset({INVISIBLE, GONE, "invisible", "gone"})
_PICTURES = ("src", "srcCompat", "background", "drawable")
_SHOWING = ("ImageView", "TextView", "Button", "VideoView", "WebView", "ImageButton", "TextureView")
_OF_SYSTEM = ("android.", "androidx.", "com.google.android.material.")


@dataclass(frozen=True, slots=True, kw_only=True)
class AdScreen:
    """A screen that advertises.

    Attributes:
        file: Its file.
        root: Its views.
        sign: By what it is known: its label, what it invites to, or its name.
        confidence: How surely it is one.

    """

    file: str
    root: View
    sign: str
    confidence: Confidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """What closes a screen.

    Attributes:
        view: The view.
        target: The view that is hit: itself, or what holds nothing but it.
        said: Its text, or its name.
        is_hidden: Whether it is not seen at first.

    """

    view: View
    target: View
    said: str
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class AdLayouts:
    """Tells the screens that advertise, and what is on them.

    Attributes:
        layouts: The screens of a package.
        words: Words of advertisements.

    """

    layouts: Layouts
    words: AdWords

    def all(self) -> Iterator[AdScreen]:
        """Yield the screens, those that stand inside others left out, in their order."""
        inner = {
            view.file
            for file, root in self.layouts.screens.items()
            for view in root.all()
            if view.file != file
        }
        for file, root in self.layouts.screens.items():
            found = None if file in inner else self._judged(file, root)
            if found is not None:
                yield found

    def _judged(self, file: str, root: View) -> AdScreen | None:
        name = file.rpartition("/")[2].removesuffix(".xml")
        named = self.words.named
        over = named(AdRole.OVER_NAME, name)
        if named(AdRole.NOT_NAME, name) or not (over or fills(root)):
            return None
        texts = self.layouts.screen_texts(file)
        label = self.words.label(texts)
        advertises = named(AdRole.AD_NAME, name) or self._holds_ad(root)
        if label or (over and advertises):
            sure = Confidence.HIGH if label and over else Confidence.MEDIUM
            return AdScreen(file=file, root=root, sign=label or name, confidence=sure)
        invites = self.words.short(AdRole.INVITE, texts) if over else ""
        if invites and any(is_picture(view) for view in root.all()):
            return AdScreen(file=file, root=root, sign=invites, confidence=Confidence.MEDIUM)
        return None

    def _holds_ad(self, root: View) -> bool:
        return any(self.words.named(AdRole.AD_NAME, self.name(view)) for view in root.all())

    def name(self, view: View) -> str:
        """Return the name of the id of a view; empty if it has none."""
        value = view.element.android("id")
        if isinstance(value, Reference):
            found = value.name or self.layouts.resources.name(value.resource_id)
            return found.rpartition("/")[2]
        return ""

    def closings(self, screen: AdScreen) -> Iterator[Closing]:
        """Yield what closes a screen, in the order of its views."""
        waiting: list[tuple[View, tuple[View, ...]]] = [(screen.root, ())]
        while waiting:
            view, above = waiting.pop()
            waiting.extend((child, (*above, view)) for child in reversed(view.children))
            said = "" if view.children else self._closes(view)
            if said:
                seen = (*above, view)
                hidden = any(one.element.android("visibility") in _HIDDEN for one in seen)
                target = self._target(view, above)
                yield Closing(view=view, target=target, said=said, is_hidden=hidden)

    def _closes(self, view: View) -> str:
        """Return by what a view closes: its text, or the name of it or its picture."""
        texts = self.layouts.texts(view)
        said = self.words.short(AdRole.CLOSE, texts) or self.words.speaks_of(AdRole.WAITS, texts)
        if said:
            return said
        pictures = (self._picture(view, one) for one in _PICTURES)
        names = (self.name(view), *pictures, view.class_name.rpartition(".")[2])
        return next((one for one in names if self.words.named(AdRole.CLOSE_NAME, one)), "")

    def _picture(self, view: View, attribute: str) -> str:
        value = view.element.android(attribute) or view.element.plain(attribute)
        if not isinstance(value, Reference):
            return ""
        return (value.name or self.layouts.resources.name(value.resource_id)).rpartition("/")[2]

    def _target(self, view: View, above: tuple[View, ...]) -> View:
        """Return what is hit: what holds only the view and is tapped, or is named as closing."""
        target = view
        for outer in reversed(above):
            tapped = outer.element.android("clickable") in {True, "true"}
            tapped = tapped or outer.element.android("onClick") is not None
            named = self.words.named(AdRole.CLOSE_NAME, self.name(outer))
            if len(outer.children) != 1 or not (tapped or named):
                break
            target = outer
        return target

    def size(self, view: View) -> tuple[float | None, float | None]:
        """Return the width and height of a view in dp, the least of any device; None: unknown."""
        return self._length(view, "Width"), self._length(view, "Height")

    def _length(self, view: View, side: str) -> float | None:
        given = self._least(view.element.android(f"layout_{side.lower()}"))
        least = self._least(view.element.android(f"min{side}"))
        if given is None:  # as large as its content, and at least so large
            return least if least is not None and least >= LEAST_DP else None
        return given

    def _least(self, value: Value | None) -> float | None:
        found: list[float] = []
        for one in self.layouts.resources.values(value):
            length = dp_of(one)
            if length is None or (is_pixels(one) and length >= LEAST_DP):
                return None
            found.append(length)
        return min(found, default=None)


def fills(view: View) -> bool:
    """Tell whether a view is as wide and as high as what is around it."""
    sides = (view.element.android(f"layout_{one}") for one in ("width", "height"))
    return all(fills_parent(side) for side in sides)


def is_picture(view: View) -> bool:
    """Tell whether a view shows a picture."""
    return view.class_name.endswith("ImageView")


def shows(view: View) -> bool:
    """Tell whether a view shows something by itself, as the system's views do."""
    return view.class_name.endswith(_SHOWING)


def is_own_view(view: View) -> bool:
    """Tell whether a view is of a class that is not the system's: it may draw anything."""
    name = view.class_name
    return "." in name and not name.startswith(_OF_SYSTEM)
