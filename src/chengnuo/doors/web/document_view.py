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
    Heading,
    NoticeBox,
    NumberedList,
    Paragraph,
    Table,
)
from chengnuo.domain.disclosure.head import day_in_words
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


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentView:
    """A document, ready for its template.

    Attributes:
        id: Name of the document.
        title: Its title.
        body: Its blocks, set.
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
    named = [(_KINDS[type(block)], block) for block in document.blocks]
    return Markup(parts.blocks(named))  # type: ignore[attr-defined]  # noqa: S704  set by our own template
