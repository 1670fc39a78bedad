"""Advertisements that nothing closes, or something too small, too late, or known to code alone."""

from collections.abc import Iterator
from dataclasses import dataclass

from chengnuo.domain.inspection.ad_screens import (
    LEAST_DP,
    AdLayouts,
    AdScreen,
    Closing,
    is_own_view,
    shows,
)
from chengnuo.domain.inspection.layouts import View
from chengnuo.domain.inspection.remark import remark
from chengnuo.domain.observation.ad_words import AdRole
from chengnuo.domain.observation.observation import Confidence, Observation, Place, Subject
from chengnuo.domain.observation.seen import ScreenSeen


@dataclass(frozen=True, slots=True)
class AdClosing:
    """Looks at how the advertisements of a package are closed."""

    ads: AdLayouts

    def look(self, screen: AdScreen) -> Iterator[Observation]:
        """Yield what is wrong, or unseen, with how one is closed."""
        closings = tuple(self.ads.closings(screen))
        if not closings:
            yield self._without(screen)
            return
        yield from self._waits(screen, closings)
        at_once = [one for one in closings if not one.is_hidden] or list(closings)
        # One that is large enough will do, whatever else closes too.
        sizes = [(one, *self.ads.size(one.target)) for one in at_once]
        if any(_is_enough(width) and _is_enough(height) for _, width, height in sizes):
            return
        small = [one for one in sizes if _is_small(one[1]) or _is_small(one[2])]
        if len(small) == len(sizes):
            closing, width, height = small[0]
            details = {"width": _said(width), "height": _said(height), "least": _said(LEAST_DP)}
            yield self._seen(screen, ScreenSeen.AD_CLOSE_SMALL, closing, details)
            return
        closing = next(one for one, *_ in sizes if one not in [each[0] for each in small])
        yield self._seen(screen, ScreenSeen.AD_CLOSE_UNSEEN, closing, {"unseen": "size"})

    def _without(self, screen: AdScreen) -> Observation:
        """Return that nothing closes it, or that only code can tell."""
        views = tuple(screen.root.all())
        place = Place(file=screen.file, line=screen.root.element.line)
        if not any(map(shows, views)) or any(map(is_own_view, views)):
            details = {"sign": screen.sign, "unseen": "control"}
            what = ScreenSeen.AD_CLOSE_UNSEEN
        else:
            details, what = {"sign": screen.sign}, ScreenSeen.AD_WITHOUT_CLOSE
        # Code may add what no layout shows, so that it is never told for sure.
        sure = Confidence.MEDIUM if screen.confidence is Confidence.HIGH else Confidence.LOW
        if screen.confidence is Confidence.MEDIUM and self._is_drawn(views):
            sure = Confidence.MEDIUM
        return remark(Subject.SCREEN, what, place, details, confidence=sure)

    def _is_drawn(self, views: tuple[View, ...]) -> bool:
        """Tell whether what it shows and where it leads both stand in the layout."""
        texts = (text for view in views for text in self.ads.layouts.texts(view))
        return bool(self.ads.words.short(AdRole.INVITE, texts))

    def _waits(self, screen: AdScreen, closings: tuple[Closing, ...]) -> Iterator[Observation]:
        texts = self.ads.layouts.screen_texts(screen.file)
        said = self.ads.words.speaks_of(AdRole.WAITS, texts)
        if said:
            yield self._seen(screen, ScreenSeen.AD_CLOSE_WAITS, closings[0], {"text": said})
        elif all(one.is_hidden for one in closings):
            found = self._seen(screen, ScreenSeen.AD_CLOSE_WAITS, closings[0], {}, is_weak=True)
            yield found

    def _seen(
        self,
        screen: AdScreen,
        what: ScreenSeen,
        closing: Closing,
        details: dict[str, str],
        *,
        is_weak: bool = False,
    ) -> Observation:
        return remark(
            Subject.SCREEN,
            what,
            Place(file=screen.file, line=closing.view.element.line),
            {"sign": screen.sign, "closes": closing.said, **details},
            confidence=Confidence.LOW if is_weak else screen.confidence,
        )


def _is_enough(length: float | None) -> bool:
    return length is not None and length >= LEAST_DP


def _is_small(length: float | None) -> bool:
    return length is not None and length < LEAST_DP


def _said(length: float | None) -> str:
    return "" if length is None else f"{length:g} dp"
