"""One prompt as a page shows it, and what stands in its place where nothing may be asked."""

from dataclasses import dataclass, field
from enum import StrEnum

from chengnuo.base.text import Lang, Text
from chengnuo.domain.disclosure.document import DocumentKind, Line
from chengnuo.domain.disclosure.prompt import Prompt, PromptKind, Says, Waiting
from chengnuo.doors.web.page_parts import Status, StatusKind
from chengnuo.doors.web.rendering import Link
from chengnuo.doors.web.wording import wording

_PAGE_OF = {
    DocumentKind.PROCESSING_RULES: "/centre/rules",
    DocumentKind.SUMMARY_TABLE: "/centre/summary",
    DocumentKind.MINORS_RULES: "/centre/minors",
}


class Place(StrEnum):
    """Where an answer goes."""

    RECORDED = "recorded"
    """It is posted and recorded for the individual."""
    PASSED_ON = "passed-on"
    """Nothing is recorded here: the app reads the answer from the address that follows."""
    NOWHERE = "nowhere"
    """Nobody has come in: the prompt can be read and not answered."""


@dataclass(frozen=True, slots=True)
class ButtonView:
    """A button with its words; both are set alike."""

    says: str
    words: str

    @property
    def is_no(self) -> bool:
        """Whether it says no."""
        return self.says == Says.NO


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One change: old beside new."""

    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptPage:
    """A prompt, ready for its template.

    Attributes:
        kind: The occasion, as a word beside the title.
        asks: Who asks: the app and the handler.
        title: What is asked.
        lines: What is said first.
        changes: What has changed.
        facts: Labels and what they say.
        box: Words beside the box, or empty.
        buttons: The two.
        links: Documents.
        relations: Pairs of id and words for a guardian to choose from.
        place: Where the answer goes.
        action: Address of the form.
        hidden: Names and values that go with the answer.
        note: Why it cannot be answered here, or empty.
        error: What was missing in the last answer, or empty.

    """

    kind: str
    asks: str
    title: str
    lines: tuple[str, ...]
    changes: tuple[ChangeView, ...]
    facts: tuple[tuple[str, tuple[Line, ...]], ...]
    box: str
    buttons: tuple[ButtonView, ButtonView]
    links: tuple[Link, ...]
    relations: tuple[tuple[str, str], ...]
    place: Place
    action: str
    hidden: tuple[tuple[str, str], ...]
    note: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SettledPage:
    """A page in the place of a prompt, or after it: what is so, and where to go on.

    Attributes:
        title: What is so.
        status: The same as a status, or None.
        lines: What it means.
        links: Where to go on.
        hand_over: Id of the prompt that can be handed over to a guardian, or empty.

    """

    title: str
    lines: tuple[str, ...]
    status: Status | None = None
    links: tuple[Link, ...] = ()
    hand_over: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """Where the answer to a prompt goes, and what goes with it."""

    place: Place
    action: str
    hidden: tuple[tuple[str, str], ...] = field(default=())
    error: str = ""


def prompt_page(prompt: Prompt, lang: Lang, asks: Text, form: Form) -> PromptPage:
    """Return a prompt as a page.

    Args:
        prompt: The prompt.
        lang: Language in which it is shown.
        asks: Who asks.
        form: Where the answer goes.

    """
    t = wording(lang)
    first, second = (ButtonView(one.says, one.words.in_lang(lang)) for one in prompt.buttons)
    is_open = form.place is not Place.NOWHERE
    return PromptPage(
        kind=t(f"prompt.kind.{_kind(prompt)}"),
        asks=asks.in_lang(lang),
        title=prompt.title.in_lang(lang),
        lines=tuple(line.in_lang(lang) for line in prompt.lines),
        changes=tuple(
            ChangeView(*(text.in_lang(lang) for text in (one.what, one.before, one.after)))
            for one in prompt.changes
        ),
        facts=tuple((label.in_lang(lang), lines) for label, lines in prompt.facts),
        box="" if prompt.box is None else prompt.box.in_lang(lang),
        buttons=(first, second),
        links=tuple(
            Link(href=f"{_PAGE_OF[kind]}?app={prompt.app}", name=words.in_lang(lang))
            for words, kind in prompt.links
        ),
        relations=tuple((one.id, one.words.in_lang(lang)) for one in prompt.relations),
        place=form.place,
        action=form.action,
        hidden=form.hidden,
        note="" if is_open else t("prompt.come-in"),
        error=form.error,
    )


def waiting_page(waiting: Waiting, lang: Lang, prompt: str) -> SettledPage:
    """Return what a child sees while a guardian has not decided about a prompt."""
    t = wording(lang)
    return SettledPage(
        title=waiting.title.in_lang(lang),
        status=Status(kind=StatusKind.NONE, word=t("prompt.undecided")),
        lines=tuple(line.in_lang(lang) for line in waiting.lines),
        links=(
            Link(href="/centre/minors", name=t("centre.minors.name")),
            Link(href="/centre", name=t("prompt.to-centre")),
        ),
        hand_over=prompt,
    )


def _kind(prompt: Prompt) -> PromptKind:
    return PromptKind.RENEWAL if prompt.changes else prompt.kind
