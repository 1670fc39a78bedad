"""Advertisements that open by a touch anywhere on the screen, or by moving the phone.

26号文, item 4: no hot area of the whole screen and no over-sensitive shaking may bring
about a jump. A touch that only closes, or that leads on into the app, is none. How strongly a phone
has to be moved is computed in code: it is told that code can, with whose code it is.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from chengnuo.domain.inspection.ad_screens import AdLayouts, AdScreen, fills
from chengnuo.domain.inspection.clicked import named_by_layout
from chengnuo.domain.inspection.code_texts import CodeTexts, in_system, receiver
from chengnuo.domain.inspection.layouts import View
from chengnuo.domain.inspection.listeners import Listener, Objects
from chengnuo.domain.inspection.remark import remark, remark_at
from chengnuo.domain.observation.ad_words import AdRole
from chengnuo.domain.observation.observation import (
    Confidence,
    Observation,
    OwnerKind,
    Place,
    Subject,
)
from chengnuo.domain.observation.sdk_catalogue import PurposeId, SdkId
from chengnuo.domain.observation.seen import ScreenSeen
from chengnuo.engines.program.program import rows_of
from chengnuo.engines.program.sites import Site, argument, calls, references

_ADS = PurposeId("ads")
_LISTENS = (b"setOnClickListener", b"setOnTouchListener")
_HEARS = (b"onClick", b"onTouch")
_OPENS_PAGE = frozenset({b"loadUrl", b"openUrl", b"openWebPage", b"launchUrl"})
_VIEWS = "android.intent.action.VIEW"
_AWAY = ("http://", "https://", "market://", "intent://")
_DEPTH = 4
"""How many calls deep a click is followed."""
_MOST_METHODS = 100
_MANAGER = "Landroid/hardware/SensorManager;"


@dataclass(frozen=True, slots=True)
class AdJumps:
    """Looks for what opens advertisements unasked.

    Attributes:
        code: What code shows.
        ads: The screens that advertise.
        screens: Those of the package.

    """

    code: CodeTexts
    ads: AdLayouts
    screens: tuple[AdScreen, ...]

    def anywhere(self) -> Iterator[Observation]:
        """Yield each screen that opens what it advertises by a touch anywhere, once."""
        objects = Objects(self.code)
        for screen in self.screens:
            whole = tuple(_whole(screen.root))
            found = next(self._away(screen, whole, objects), None)
            if found is not None:
                view, method = found
                yield remark(
                    Subject.SCREEN,
                    ScreenSeen.AD_JUMP_ANYWHERE,
                    Place(file=screen.file, line=view.element.line),
                    {"sign": screen.sign, "runs": method},
                    confidence=screen.confidence,
                )

    def _away(
        self, screen: AdScreen, whole: tuple[View, ...], objects: Objects
    ) -> Iterator[tuple[View, str]]:
        """Yield the views of a whole screen whose touch leads away, with the method that runs."""
        for view in whole:
            named = view.element.android("onClick")
            if isinstance(named, str):
                for listener in named_by_layout(self.code, named, screen.file):
                    yield from self._leading(view, listener)
        ids = {view.id: view for view in whole if view.id}
        for site in self._listening() if ids else ():
            held = receiver(self.code.opened, site)
            for one in sorted(self.code.view_ids(site.defined, held) & ids.keys()):
                given = argument(self.code.opened.followed.answers, site, 0)
                for listener in objects.listeners(site.defined, given, _HEARS):
                    yield from self._leading(ids[one], listener)

    def _leading(self, view: View, listener: Listener) -> Iterator[tuple[View, str]]:
        if self._leads_away(listener.defined):
            class_name, method = self.code.opened.followed.named(listener.defined)
            yield view, f"{class_name}.{method.partition('(')[0]}"

    def _listening(self) -> Iterator[Site]:
        program = self.code.opened.followed.program
        for name in _LISTENS:
            for reference in program.methods_named(name).tolist():
                for site in calls(program, reference):
                    if not in_system(self.code.opened, site.defined):
                        yield site

    def _leads_away(self, defined: int) -> bool:
        """Tell whether a method, or one that it calls, opens a page or another app."""
        followed = self.code.opened.followed
        program = followed.program
        waiting, seen = [(defined, _DEPTH)], {defined}
        while waiting and len(seen) <= _MOST_METHODS:
            method, depth = waiting.pop()
            said = self.code.said_in(method)
            goes = any(one == _VIEWS or one.startswith(_AWAY) for one in said)
            for reference in program.invocations.method[
                rows_of(program.invocations, method)
            ].tolist():
                if reference < 0:
                    continue
                name = program.name_of(reference)
                if name in _OPENS_PAGE or (goes and name.startswith(b"startActivit")):
                    return True
                target = followed.answers.target(reference)
                if target >= 0 and depth > 0 and target not in seen:
                    seen.add(target)
                    waiting.append((target, depth - 1))
        return False

    def shaken(self) -> Iterator[Observation]:
        """Yield the screens that say that moving the phone opens them, and the code that can."""
        for screen in self.screens:
            texts = self.ads.layouts.screen_texts(screen.file)
            said = self.ads.words.speaks_of(AdRole.SHAKE, texts)
            if said:
                yield remark(
                    Subject.SCREEN,
                    ScreenSeen.AD_SHAKE_JUMP,
                    Place(file=screen.file, line=screen.root.element.line),
                    {"sign": screen.sign, "text": said},
                    confidence=screen.confidence,
                )
        yield from self._sensing()

    def _sensing(self) -> Iterator[Observation]:
        """Yield where code of advertising listens to sensors of movement, once for each class."""
        opened = self.code.opened
        seen: set[str] = set()
        for reference in references(opened.followed.hierarchy, _MANAGER, "registerListener"):
            for site in calls(opened.followed.program, reference):
                class_name, _ = opened.followed.named(site.defined)
                outer = class_name.partition("$")[0]
                sure = None if outer in seen else self._advertises(site, class_name)
                if sure is not None:
                    seen.add(outer)
                    yield remark_at(
                        opened, site, Subject.SCREEN, ScreenSeen.AD_SHAKE_JUMP, {}, confidence=sure
                    )

    def _advertises(self, site: Site, class_name: str) -> Confidence | None:
        """Return how surely listening at a place serves an advertisement; None if it does not."""
        opened = self.code.opened
        owner = opened.owners.of(class_name)
        if owner.kind is OwnerKind.SDK:
            kit = opened.knowledge.sdks.sdks.get(SdkId(owner.id))
            return Confidence.MEDIUM if kit is not None and kit.purpose == _ADS else None
        files = {one.file for one in self.screens}
        if not files.isdisjoint(self.code.screens_of(site.defined)):
            return Confidence.MEDIUM
        named = self.ads.words.named
        simple = class_name.rpartition(".")[2]
        if named(AdRole.SHAKE_NAME, simple) and named(AdRole.AD_NAME, simple):
            return Confidence.LOW
        return None


def _whole(root: View) -> Iterator[View]:
    """Yield the views that are as large as the screen, each before those in it."""
    waiting = [root]
    while waiting:
        view = waiting.pop()
        if fills(view):
            yield view
            waiting.extend(reversed(view.children))
