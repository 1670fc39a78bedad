"""Buttons that refuse, each with what runs when it is tapped.

A button is known by the id of its view in a layout, by an attribute of the layout that names its
method, by a text that code sets, or by the text given to a dialog together with a listener. A
refusal is one of consent where what stands around it is about consent.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from chengnuo.domain.inspection.clicked import named_by_layout
from chengnuo.domain.inspection.code_texts import CodeTexts, in_system
from chengnuo.domain.inspection.consent_texts import ConsentTexts
from chengnuo.domain.inspection.layouts import View
from chengnuo.domain.inspection.listeners import Known, Listener, Objects
from chengnuo.domain.observation.consent_words import WordRole
from chengnuo.domain.observation.observation import Confidence
from chengnuo.engines.program.mutf8 import text_of
from chengnuo.engines.program.program import parameters_of
from chengnuo.engines.program.sites import Site, calls
from chengnuo.engines.program.values import Kind, Values, one_of, values_at

_ON_CLICK = b"onClick"
_CLICKS = (_ON_CLICK, b"invoke", b"onSingleClick", b"onNoDoubleClick", b"doClick", b"accept")
_ANSWERS = (*_CLICKS, b"onCancel", b"onNegative", b"onNegativeClick", b"onLeftClick", b"onRefuse")
_BEGIN = (
    b"set",
    b"add",
    b"as",
    b"show",
    b"create",
    b"on",
    b"with",
    b"negative",
    b"neutral",
    b"positive",
)
_BUTTON = (
    b"button",
    b"btn",
    b"negative",
    b"positive",
    b"neutral",
    b"cancel",
    b"confirm",
    b"left",
    b"right",
    b"refuse",
    b"reject",
    b"disagree",
    b"deny",
)
"""How the calls are named that give a dialog a button, and a part of their names."""
_REFUSING_LISTENER = re.compile(
    r"seton.*(?:left|cancel|negative|refuse|reject|disagree|deny|exit|quit|no(?=click)).*"
)
"""How a dialog of an app or library names the listener of the button that refuses."""
_WHICH = {"negative": -2, "positive": -1, "neutral": -3}
"""What a dialog gives its listener (`DialogInterface.BUTTON_NEGATIVE` and the like)."""
_TEXTS = (b"Ljava/lang/CharSequence;", b"Ljava/lang/String;", b"I")
_LONGEST = 3
"""Kinds of parameters of a call that gives a dialog a button."""
_CANCELS = b"setOnCancelListener"


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusing:
    """A button that refuses consent.

    Attributes:
        site: Where its listener is set; None where a layout names it.
        listener: What runs.
        known: What is known of its parameters.
        text: Text of the button, empty where a dialog is only cancelled.
        about: The text by which it is about consent.
        confidence: How surely it refuses consent.

    """

    site: Site | None
    listener: Listener
    known: dict[int, Known]
    text: str
    about: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Buttons:
    """Finds buttons that refuse.

    Attributes:
        code: What code shows.
        words: What texts are about.
        objects: What objects are.

    """

    code: CodeTexts
    words: ConsentTexts
    objects: Objects

    def all(self) -> Iterator[Refusing]:
        """Yield the buttons that refuse consent, in the order of references and code."""
        for name in self._names():
            said = text_of(name)
            for reference in self.code.opened.followed.program.methods_named(name).tolist():
                for site in self._calls(reference):
                    if said.startswith("setOn") and "Click" in said:
                        yield from self._view(site, said.lower())
                    elif name == _CANCELS:
                        yield from self._cancelled(site)
                    elif self._takes_both(reference):
                        yield from self._dialog(site, said.lower())
        yield from self._in_layouts()

    def _names(self) -> list[bytes]:
        """Return the names of methods that may give a view or dialog a button, sorted."""
        names = sorted(set(self.code.opened.followed.program.names))
        return [one for one in names if _may_give(one, one.lower())]

    def _calls(self, reference: int) -> Iterator[Site]:
        program = self.code.opened.followed.program
        for site in calls(program, reference):
            if not in_system(self.code.opened, site.defined):
                yield site

    def _takes_both(self, reference: int) -> bool:
        """Tell whether a call takes a text and an object that may listen."""
        parameters = parameters_of(self.code.opened.followed.program.proto_of(reference))
        listens = any(one.startswith(b"L") and one not in _TEXTS for one in parameters)
        return listens and any(one in _TEXTS for one in parameters)

    def _view(self, site: Site, name: str) -> Iterator[Refusing]:
        """Yield a view that gets a listener."""
        held = self._held(site)
        if len(held) < 2:  # noqa: PLR2004 - the view and the listener
            return
        ids = self.code.view_ids(site.defined, held[0])
        shown = [
            (view, screen) for one in sorted(ids) for view, screen in self.code.layouts.with_id(one)
        ]
        text = self.words.refusing(t for view, _ in shown for t in self.code.layouts.texts(view))
        around: tuple[str, ...] = tuple(
            t for _, screen in shown for t in self.code.layouts.screen_texts(screen)
        )
        if not text:
            text = self.words.refusing(self.code.set_on(site.defined, held[0]))
            around = self.code.said_by_class(site.defined) if text else ()
        known = Known(view=next(iter(ids))) if len(ids) == 1 else None
        if not text and not ids and _REFUSING_LISTENER.fullmatch(name):
            around = self._around(site.defined)
            judged = self._judged(self.words.refusing(around), around, is_dialog=True)
            yield from self._made(site, [held[1]], _ANSWERS, None, ("", judged))
        elif text:
            judged = self._judged(text, around, is_dialog=False)
            yield from self._made(site, [held[1]], _CLICKS, known, (text, judged))

    def _dialog(self, site: Site, name: str) -> Iterator[Refusing]:
        """Yield a button of a dialog."""
        held = self._held(site)
        if len(held) < _LONGEST:
            return
        text = self.words.refusing(
            t for one in held[1:] for t in self.code.texts(site.defined, one)
        )
        if not text:
            return
        which = next((number for part, number in _WHICH.items() if part in name), None)
        if which is None:
            first = one_of(held[1])
            which = first.number if first is not None and first.kind is Kind.NUMBER else None
        known = Known(number=which) if which is not None and which < 0 else None
        around = self._around(site.defined)
        judged = self._judged(text, around, is_dialog=True)
        yield from self._made(site, held[1:], _ANSWERS, known, (text, judged))

    def _cancelled(self, site: Site) -> Iterator[Refusing]:
        """Yield what runs when a dialog is cancelled."""
        held = self._held(site)
        around = self._around(site.defined)
        if len(held) > 1 and self.words.speak_of(WordRole.RULES, around):
            judged = self._judged("", around, is_dialog=True)
            yield from self._made(site, [held[1]], (b"onCancel",), None, ("", judged))

    def _around(self, defined: int) -> tuple[str, ...]:
        """Return what a dialog shows that a method builds, or its class if its name says so."""
        said = self.code.said_in(defined)
        if self.words.about(said):
            return said
        class_name, method = self.code.opened.followed.named(defined)
        names = (class_name.rpartition(".")[2], method.partition("(")[0])
        named = any(self.words.words.name(one) is WordRole.NAME for one in names)
        return self.code.said_by_class(defined) if named else said

    def _made(
        self,
        site: Site,
        given: list[Values],
        names: tuple[bytes, ...],
        known: Known | None,
        said: tuple[str, tuple[str, Confidence] | None],
    ) -> Iterator[Refusing]:
        """Yield a button for each method that listens to it; nothing if it refuses nothing."""
        text, judged = said
        if judged is None:
            return
        for values in given:
            for listener in self.objects.listeners(site.defined, values, names):
                yield Refusing(
                    site=site,
                    listener=listener,
                    known={**listener.known(), **self._last(listener, known)},
                    text=text,
                    about=judged[0],
                    confidence=judged[1],
                )

    def _judged(
        self, text: str, around: tuple[str, ...], *, is_dialog: bool
    ) -> tuple[str, Confidence] | None:
        """Return by which text a refusal is one of consent, and how surely; None if it is not.

        A button that may only close a screen refuses where another one agrees.
        """
        rules, about = self.words.speak_of(WordRole.RULES, around), self.words.about(around)
        plainly = bool(self.words.speak_of(WordRole.DISAGREE, (text,)))
        if not plainly and not is_dialog and not self.words.agreeing(around):
            return None
        if rules:
            sure = Confidence.HIGH if plainly or is_dialog else Confidence.MEDIUM
            return rules, sure if text else Confidence.MEDIUM
        if about and (plainly or self.words.agreeing(around)):
            return about, Confidence.MEDIUM
        itself = self.words.speak_of(WordRole.CONSENT_TEXT, (text,)) if plainly else ""
        return (itself, Confidence.MEDIUM) if itself else None

    def _last(self, listener: Listener, known: Known | None) -> dict[int, Known]:
        """Return what is known of the last parameter, which tells the button."""
        code = self.code.opened.followed.answers.codes.of(listener.defined)
        if code is None or known is None or not code.body.parameters:
            return {}
        return {len(code.body.parameters) - 1: known}

    def _held(self, site: Site) -> list[Values]:
        code = self.code.opened.followed.answers.codes.of(site.defined)
        call = code.at(site.pc) if code else None
        if code is None or call is None:
            return []
        return [values_at(code, register, site.pc) for register in call.uses]

    def _in_layouts(self) -> Iterator[Refusing]:
        """Yield buttons whose layout names the method that runs."""
        for file, root in self.code.layouts.screens.items():
            for view in root.all():
                method = view.element.android("onClick")
                if isinstance(method, str) and view.file == file:
                    yield from self._named(view, method, file)

    def _named(self, view: View, method: str, file: str) -> Iterator[Refusing]:
        text = self.words.refusing(self.code.layouts.texts(view))
        around = self.code.layouts.screen_texts(file)
        judged = self._judged(text, around, is_dialog=False) if text else None
        if judged is None:
            return
        known = Known(view=view.id) if view.id else None
        for listener in named_by_layout(self.code, method, file):
            yield Refusing(
                site=None,
                listener=listener,
                known={**listener.known(), **self._last(listener, known)},
                text=text,
                about=judged[0],
                confidence=judged[1],
            )


def _may_give(name: bytes, lower: bytes) -> bool:
    """Tell whether a method of a name may give a view or dialog a button."""
    if lower.startswith(b"seton"):
        return b"click" in lower or name == _CANCELS
    return lower.startswith(_BEGIN) and any(part in lower for part in _BUTTON)
