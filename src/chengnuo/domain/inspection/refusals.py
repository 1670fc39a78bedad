"""Refusals of consent that lead out of the app.

A service may not be refused because somebody does not agree, unless what was asked for is needed
for it (PIPL Art. 16). Leaving the app is told with its way, not judged: a second chance, or an
app that goes on with basic functions, is no exit.
"""

from collections.abc import Iterator
from dataclasses import replace

from chengnuo.domain.inspection.answering import Answering, Exit
from chengnuo.domain.inspection.code_texts import CodeTexts
from chengnuo.domain.inspection.consent_texts import ConsentTexts
from chengnuo.domain.inspection.following import dotted
from chengnuo.domain.inspection.leaving import Leaving, Leavings, name_of
from chengnuo.domain.inspection.listeners import Objects
from chengnuo.domain.inspection.refusing import Buttons, Refusing
from chengnuo.domain.inspection.remark import remark_at
from chengnuo.domain.observation.observation import (
    Confidence,
    Observation,
    Step,
    Subject,
    Why,
)
from chengnuo.domain.observation.seen import ScreenSeen
from chengnuo.engines.program.mutf8 import text_of

_SURENESS = list(Confidence)


def refusals(code: CodeTexts, words: ConsentTexts) -> Iterator[Observation]:
    """Yield each place at which a refusal leads out of the app, by its surest button."""
    objects = Objects(code)
    answering = Answering(code, objects, Leavings(code))
    found: dict[str, Observation] = {}
    for button in Buttons(code, words, objects).all():
        for one in answering.exits(button.listener.defined, button.known):
            seen = _seen(code, button, one)
            before = found.get(seen.id)
            if before is None or _rank(seen) < _rank(before):
                found[seen.id] = seen
    yield from found.values()


def _rank(one: Observation) -> int:
    return _SURENESS.index(one.confidence)


def _seen(code: CodeTexts, button: Refusing, one: Exit) -> Observation:
    seen = remark_at(
        code.opened,
        one.site,
        Subject.SCREEN,
        ScreenSeen.REFUSAL_EXITS,
        {
            "about": button.about,
            "calls": name_of(code, one.site.what),
            "how": one.how.value,
            "text": button.text,
        },
        confidence=_confidence(code, button, one),
    )
    return replace(seen, path=_path(code, button, one))


def _confidence(code: CodeTexts, button: Refusing, one: Exit) -> Confidence:
    """Return how surely it leads out: closing a screen that others lead to may lead back."""
    manifest = code.opened.manifest
    if one.how is not Leaving.CLOSES or manifest is None:
        return button.confidence
    program = code.opened.followed.program
    places = (one.site.defined, button.listener.defined, *(at for at, _ in one.way))
    named = {dotted(text_of(program.types[program.type_of(at)])).partition("$")[0] for at in places}
    if not named.isdisjoint(manifest.launchers()):
        return button.confidence
    return max(button.confidence, Confidence.MEDIUM, key=_SURENESS.index)


def _path(code: CodeTexts, button: Refusing, one: Exit) -> tuple[Step, ...]:
    """Return the way to where the listener is set, and on from the tap to the exit."""
    followed = code.opened.followed
    before = () if button.site is None else followed.path(button.site)
    calls = [*one.way, (one.site.defined, one.site.pc)]
    steps = []
    for number, (defined, pc) in enumerate(calls):
        class_name, method = followed.named(defined)
        why = Why.CALL if number else Why.ACTION
        steps.append(Step(class_name=class_name, method=method, pc=pc, why=why))
    return (*before, *steps)
