"""A disclosure document as a page shows it: its blocks by kind, its contents, its head."""

from dataclasses import dataclass
from types import SimpleNamespace

from markupsafe import Markup

from chengnuo.base.text import Lang
from chengnuo.domain.disclosure.document import (
    Block,
    BulletList,
    Choices,
    Document,
    DocumentKind,
    Heading,
    NoticeBox,
    NumberedList,
    Paragraph,
    Table,
)
from chengnuo.domain.disclosure.head import day_in_words
from chengnuo.doors.web.document_chapters import Chapter, chapters_of
from chengnuo.doors.web.rendering import Link, environment
from chengnuo.doors.web.wording import wording

_KINDS: dict[type[Block], str] = {
    Heading: "heading",
    Paragraph: "paragraph",
    BulletList: "bullets",
    NumberedList: "numbered",
    Table: "table",
    NoticeBox: "notice",
    Choices: "choices",
}
_TOP_LEVEL = 1
_FOLDED = frozenset({DocumentKind.PROCESSING_RULES, DocumentKind.MINORS_RULES})
"""Documents of many screens."""
_SHUT, _OPEN = '<details class="chapter">', '<details class="chapter" open>'


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentView:
    """A document, ready for its template.

    Attributes:
        id: Name of the document.
        title: Its title.
        body: Its blocks, set; long documents with their chapters folded.
        contents: Links to its parts.
        handler: Who seals it.
        effective: Day from which it applies, in words.
        updated: Day on which it was last changed, in words.
        version: Version of the register, whole.

    """

    id: str
    title: str
    body: Markup
    contents: tuple[Link, ...]
    handler: str
    effective: str
    updated: str
    version: str

    @property
    def folded(self) -> bool:
        """Tell whether chapters are folded."""
        return _SHUT in self.body

    @property
    def unfolded(self) -> Markup:
        """Return the body with every chapter open."""
        return Markup(self.body.replace(_SHUT, _OPEN))  # noqa: S704  set by our own template


def document_view(document: Document, lang: Lang) -> DocumentView:
    """Return a document as a page shows it."""
    facts = document.facts
    return DocumentView(
        id=document.id,
        title=document.title.in_lang(lang),
        body=_body(document, lang),
        contents=tuple(
            Link(href=f"#{heading.anchor}", name=heading.text.in_lang(lang))
            for heading in document.headings
            if heading.level == _TOP_LEVEL
        ),
        handler=facts.handler.in_lang(lang),
        effective=day_in_words(facts.effective).in_lang(lang),
        updated=day_in_words(facts.updated).in_lang(lang),
        version=facts.register,
    )


def _body(document: Document, lang: Lang) -> Markup:
    """Return the blocks of a document, set; they need nothing of the page around them."""
    around = {"t": wording(lang), "frame": SimpleNamespace(lang=lang)}
    parts = environment().get_template("document.html").make_module(around)
    blocks: tuple[Block, ...] = tuple(document.blocks)
    folded = document.kind in _FOLDED
    before, chapters = chapters_of(blocks) if folded else (blocks, ())
    unfolded: str = parts.blocks(_named(before))  # type: ignore[attr-defined]  # a macro
    rest: str = parts.chapters(tuple(map(_folded, chapters)))  # type: ignore[attr-defined]  # a macro
    return Markup(unfolded + rest)  # noqa: S704  set by our own template


@dataclass(frozen=True, slots=True, kw_only=True)
class _Folded:
    """A chapter as its template takes it: blocks with the names of their kinds."""

    heading: Heading
    named: list[tuple[str, Block]]
    parts: list["_Folded"]


def _folded(one: Chapter) -> _Folded:
    return _Folded(
        heading=one.heading,
        named=_named(one.blocks),
        parts=[_folded(part) for part in one.parts],
    )


def _named(blocks: tuple[Block, ...]) -> list[tuple[str, Block]]:
    return [(_KINDS[type(block)], block) for block in blocks]
