"""Boxes that speak of agreeing and are ticked before anybody has touched them.

Consent is given by a clear act (PIPL Art. 14); a box ticked beforehand is none (191号文 3.5).
A box is ticked by its layout, or by code that runs when the screen opens. Code that runs because
the individual tapped something else is an act, and is left out.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from chengnuo.domain.inspection.boxes import Box, is_box_type
from chengnuo.domain.inspection.code_texts import CodeTexts, in_system, receiver
from chengnuo.domain.inspection.consent_texts import ConsentTexts
from chengnuo.domain.inspection.remark import remark, remark_at
from chengnuo.domain.observation.consent_words import WordRole
from chengnuo.domain.observation.moment import Moment
from chengnuo.domain.observation.observation import (
    Confidence,
    Observation,
    Place,
    Step,
    Subject,
    Why,
)
from chengnuo.domain.observation.seen import ScreenSeen
from chengnuo.engines.program.mutf8 import text_of
from chengnuo.engines.program.sites import Site, argument, calls
from chengnuo.engines.program.values import number_of

_GONE = 2
"""Value of `android:visibility="gone"`."""
_TICKS = ((b"setChecked", b"(Z)V"), (b"setIsChecked", b"(Z)V"))
_YES = number_of(1)
_NOT_ABOUT = ("", Confidence.LOW)


@dataclass(frozen=True, slots=True)
class Ticked:
    """Tells boxes about consent, by their labels or, where code makes these, by their ids.

    Attributes:
        code: What code shows.
        boxes: The boxes of all screens.
        words: What texts are about.

    """

    code: CodeTexts
    boxes: tuple[Box, ...]
    words: ConsentTexts

    def in_layouts(self) -> Iterator[Observation]:
        """Yield boxes about consent that a layout ticks, each once."""
        seen: set[int] = set()
        for box in self.boxes:
            said, sure = self._about(box.label, box.ids) if box.ticked else _NOT_ABOUT
            element = box.view.element
            if not said or id(element) in seen:
                continue
            seen.add(id(element))
            gone = element.android("visibility") == _GONE
            yield remark(
                Subject.SCREEN,
                ScreenSeen.PRE_TICKED_CONSENT,
                Place(file=box.view.file, line=element.line),
                {"text": said, "view": box.view.class_name},
                confidence=Confidence.LOW if gone else sure,
                key=f"{element.line} {said}",
            )

    def by_code(self) -> Iterator[Observation]:
        """Yield calls that tick a box about consent, when nobody has touched it."""
        by_id: dict[int, list[Box]] = {}
        for box in self.boxes:
            by_id.setdefault(box.view.id, []).append(box)
        followed = self.code.opened.followed
        for site in _ticking(self.code):
            views = receiver(self.code.opened, site)
            ids = self.code.view_ids(site.defined, views)
            found = [box for one in sorted(ids) for box in by_id.get(one, ())]
            label = [text for box in found for text in box.label]
            label += self.code.set_on(site.defined, views)
            said, sure = self._about(label, {*ids, *(one for box in found for one in box.ids)})
            if not said or followed.moment(site) in {Moment.GUARDED, Moment.UNREACHABLE}:
                continue
            if not _by_act(followed.path(site)):
                unsure = len(ids) > 1 or followed.guards.before(site.defined, site.pc)
                yield remark_at(
                    self.code.opened,
                    site,
                    Subject.SCREEN,
                    ScreenSeen.PRE_TICKED_CONSENT,
                    {"text": said},
                    confidence=Confidence.MEDIUM if unsure else sure,
                )

    def _about(self, label: Collection[str], ids: Collection[int]) -> tuple[str, Confidence]:
        """Return by what a box is about consent, and how surely; empty if it is not."""
        said = self.words.asking(label)
        if said or label:
            return said, Confidence.HIGH
        names = [self.code.opened.resources.name(one) for one in sorted(ids) if one]
        about = (one for one in names if self.words.words.name(one) is WordRole.NAME)
        return next(about, ""), Confidence.MEDIUM


def _ticking(code: CodeTexts) -> Iterator[Site]:
    """Yield the calls that tick a box, in the order of references and code."""
    followed = code.opened.followed
    program = followed.program
    for name, proto in _TICKS:
        for reference in program.methods_named(name, proto=proto).tolist():
            owner = program.types[program.method_type[reference]]
            if not is_box_type(followed.hierarchy, text_of(owner)):
                continue
            for site in calls(program, reference):
                if in_system(code.opened, site.defined):
                    continue
                if argument(followed.answers, site, 0) == _YES:
                    yield site


def _by_act(path: tuple[Step, ...]) -> bool:
    """Tell whether the way passes an act of the individual since its screen was opened."""
    opened = max(
        (n for n, step in enumerate(path) if step.why in {Why.START, Why.INTENT}), default=-1
    )
    return any(step.why is Why.ACTION for step in path[opened + 1 :])
