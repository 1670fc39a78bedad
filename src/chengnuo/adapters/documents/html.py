"""A document as HTML: a fragment for a page of the service, and a page that stands alone.

No script, no style attribute: both are shown under a policy that forbids them. On a narrow
screen a table row becomes a card; roles are written out, so that it stays a table to a screen
reader.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from importlib.resources import files

from chengnuo.adapters.documents.addresses import is_outside, safe_address
from chengnuo.adapters.documents.tree import folded
from chengnuo.base.text import Lang, Text
from chengnuo.domain.disclosure.document import (
    Block,
    BulletList,
    Cell,
    Choices,
    Document,
    Heading,
    Line,
    NoticeBox,
    NumberedList,
    Paragraph,
    Span,
    Table,
)
from chengnuo.domain.disclosure.head import CONTENTS, NOTHING, facts_in_words

STYLE_NAME = "style.css"
_CONTENTS_FROM = 4
_WIDE_FROM = 7
_CARDS_FROM = 10
_SAVE = Text("保存", "Save")


def style_sheet() -> bytes:
    """Return the style sheet of stand-alone pages."""
    return files("chengnuo.adapters.documents").joinpath(STYLE_NAME).read_bytes()


@dataclass(frozen=True, slots=True)
class HtmlFragmentWriter:
    """Writes an `article` to be put into a page; headings begin at level 2."""

    format: str = "html-fragment"
    media_type: str = "text/html; charset=utf-8"
    suffix: str = ".fragment.html"

    def write(self, document: Document, lang: Lang) -> bytes:
        """Return the document as an `article` element."""
        return ("\n".join(_article(document, lang)) + "\n").encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class HtmlPageWriter:
    """Writes a page that stands alone.

    Attributes:
        style: Address of the style sheet; None puts it into the page, for a single saved file.
        other_language: Address of the same document in the other language, with `{lang}` and
            `{id}`; None if there is none beside it.
        home: Address of the list of documents by language; None if there is none.
        saved_as: Formats beside the page, as (name, suffix).

    """

    style: str | None = None
    other_language: str | None = None
    home: Mapping[Lang, str] | None = None
    saved_as: tuple[tuple[str, str], ...] = ()
    format: str = "html"
    media_type: str = "text/html; charset=utf-8"
    suffix: str = ".html"

    def write(self, document: Document, lang: Lang) -> bytes:
        """Return the document as a page."""
        if self.style is None:
            style = f"<style>\n{style_sheet().decode()}</style>"
        else:
            style = f'<link rel="stylesheet" href="{escape(self.style)}">'
        title = escape(folded(document.title, lang))
        handler = escape(folded(document.facts.handler, lang))
        parts = [
            "<!DOCTYPE html>",
            f'<html lang="{html_lang(lang)}">',
            "<head>",
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{title} · {handler}</title>",
            style,
            "</head>",
            "<body>",
            *self._bar(document, lang),
            "<main>",
            *_article(document, lang),
            "</main>",
            "</body>",
            "</html>",
        ]
        return ("\n".join(parts) + "\n").encode()

    def _bar(self, document: Document, lang: Lang) -> Iterator[str]:
        links: list[str] = []
        if self.home is not None:
            all_of = "全部规则与清单" if lang is Lang.ZH else "All rules and lists"
            links.append(f'<a href="{escape(self.home[lang])}">{all_of}</a>')
        if self.other_language is not None:
            other = Lang.EN if lang is Lang.ZH else Lang.ZH
            address = self.other_language.format(lang=other.value, id=document.id)
            name = "English" if other is Lang.EN else "中文"
            tag = html_lang(other)
            links.append(f'<a href="{escape(address)}" lang="{tag}" hreflang="{tag}">{name}</a>')
        if self.saved_as:
            saves = " · ".join(
                f'<a href="{escape(document.id + suffix)}" download>{escape(name)}</a>'
                for name, suffix in self.saved_as
            )
            colon = "：" if lang is Lang.ZH else ": "
            links.append(f"<span>{_SAVE.in_lang(lang)}{colon}{saves}</span>")
        if links:
            label = "文件" if lang is Lang.ZH else "Files"
            yield f'<nav class="doc-bar" aria-label="{label}">'
            yield from links
            yield "</nav>"


def html_lang(lang: Lang) -> str:
    """Return the tag of a language, for `lang` (BCP 47)."""
    return "zh-CN" if lang is Lang.ZH else "en"


def _article(document: Document, lang: Lang) -> Iterator[str]:
    yield f'<article class="doc doc-{document.kind}" lang="{html_lang(lang)}">'
    yield f"<h1>{escape(folded(document.title, lang))}</h1>"
    yield '<dl class="doc-facts">'
    for label, value in facts_in_words(document.facts):
        yield (
            f"<div><dt>{escape(folded(label, lang))}</dt>"
            f"<dd>{escape(folded(value, lang))}</dd></div>"
        )
    yield "</dl>"
    tops = [heading for heading in document.headings if heading.level == 1]
    if len(tops) >= _CONTENTS_FROM:
        yield f'<nav class="doc-contents" aria-label="{CONTENTS.in_lang(lang)}">'
        yield "<ol>"
        for heading in tops:
            yield (
                f'<li><a href="#{escape(heading.anchor)}">'
                f"{escape(folded(heading.text, lang))}</a></li>"
            )
        yield "</ol>"
        yield "</nav>"
    for block in document.blocks:
        yield from _block(block, lang)
    yield "</article>"


def _block(block: Block, lang: Lang) -> Iterator[str]:
    match block:
        case Heading(level=level, anchor=anchor, text=text):
            tag = f"h{level + 1}"
            yield f'<{tag} id="{escape(anchor)}">{escape(folded(text, lang))}</{tag}>'
        case Paragraph(line=one):
            yield f"<p>{_line(one, lang)}</p>"
        case BulletList(items=items):
            yield from _list("ul", items, lang)
        case NumberedList(items=items):
            yield from _list("ol", items, lang)
        case Table():
            yield from table_html(block, lang)
        case NoticeBox(title=title, lines=within):
            yield f'<aside class="doc-notice" aria-label="{escape(folded(title, lang))}">'
            yield f"<p><strong>{escape(folded(title, lang))}</strong></p>"
            yield from (f"<p>{_line(one, lang)}</p>" for one in within)
            yield "</aside>"
        case Choices(box=box, buttons=buttons):
            yield '<div class="doc-choices">'
            if box is not None:
                mark = '<span class="doc-box" aria-hidden="true">☐</span>'
                yield f"<p>{mark} {escape(folded(box, lang))}</p>"
            shown = (f"<span>{escape(folded(button, lang))}</span>" for button in buttons)
            yield f'<p class="doc-buttons">{" ".join(shown)}</p>'
            yield "</div>"


def _list(tag: str, items: tuple[Line, ...], lang: Lang) -> Iterator[str]:
    if items:
        yield f"<{tag}>"
        yield from (f"<li>{_line(item, lang)}</li>" for item in items)
        yield f"</{tag}>"


def table_html(table: Table, lang: Lang) -> Iterator[str]:
    """Yield a table, as every document shows it."""
    wide = " doc-wide" if len(table.columns) >= _WIDE_FROM else ""
    wide += " doc-cards" if len(table.columns) >= _CARDS_FROM else ""
    heads = [escape(folded(column.text, lang)) for column in table.columns]
    yield f'<table class="doc-table{wide}" role="table">'
    yield f"<caption>{escape(folded(table.caption, lang))}</caption>"
    shown = "".join(f'<th scope="col" role="columnheader">{head}</th>' for head in heads)
    yield f'<thead role="rowgroup"><tr role="row">{shown}</tr></thead>'
    yield '<tbody role="rowgroup">'
    for row in table.rows:
        yield '<tr role="row">'
        for number, (head, one) in enumerate(zip(heads, row, strict=True)):
            if number == 0:
                yield f'<th scope="row" role="rowheader">{_cell(one, lang)}</th>'
            else:
                yield f'<td role="cell" data-label="{head}">{_cell(one, lang)}</td>'
        yield "</tr>"
    yield "</tbody>"
    yield "</table>"


def _cell(cell: Cell, lang: Lang) -> str:
    if not cell:
        return f"<div>{NOTHING.in_lang(lang)}</div>"
    return "".join(f"<div>{_line(one, lang)}</div>" for one in cell)


def _line(line: Line, lang: Lang) -> str:
    return "".join(_span(span, lang) for span in line)


def _span(span: Span, lang: Lang) -> str:
    shown = escape(re.sub(r"\s+", " ", span.text.in_lang(lang)))
    if span.code:
        shown = f"<code>{shown}</code>"
    if span.sensitive:
        shown = f'<strong class="sensitive"><u>{shown}</u></strong>'
    elif span.strong:
        shown = f"<strong>{shown}</strong>"
    address = safe_address(span.link)
    if address is not None:
        rel = ' rel="noopener noreferrer"' if is_outside(address) else ""
        shown = f'<a href="{escape(address)}"{rel}>{shown}</a>'
    return shown
