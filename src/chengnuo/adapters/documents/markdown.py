"""A document as Markdown (CommonMark with the tables of GitHub).

Bold and underlined are written as tags: asterisks between Chinese characters and punctuation
are not read as bold (CommonMark 6.2), and underlining has no sign of its own.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from chengnuo.adapters.documents.addresses import safe_address
from chengnuo.adapters.documents.tree import folded
from chengnuo.base.text import Lang
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
from chengnuo.domain.disclosure.head import NOTHING, facts_in_words

_SPECIAL = re.compile(r"[\\`*_\[\]<>#|~&!{}$@]")
_AT_START = re.compile(r"^(\s*)(?:([-+=:])|(\d{1,9})([.)]))")
_IN_ADDRESS = str.maketrans({"(": "%28", ")": "%29", "|": "%7C"})


def escaped(text: str) -> str:
    r"""Return a text so that Markdown shows exactly its characters.

    >>> escaped("*a* <b> 1|2")
    '\\*a\\* \\<b\\> 1\\|2'

    """
    return _SPECIAL.sub(r"\\\g<0>", text)


@dataclass(frozen=True, slots=True)
class MarkdownWriter:
    """Writes Markdown in UTF-8."""

    format: str = "markdown"
    media_type: str = "text/markdown; charset=utf-8"
    suffix: str = ".md"

    def write(self, document: Document, lang: Lang) -> bytes:
        """Return the document as a Markdown file."""
        head = [
            f"- {escaped(folded(label, lang))}{'：' if lang is Lang.ZH else ': '}"
            f"{escaped(folded(value, lang))}"
            for label, value in facts_in_words(document.facts)
        ]
        parts = [f"# {escaped(folded(document.title, lang))}", "\n".join(head)]
        parts.extend(part for block in document.blocks for part in _block(block, lang))
        return ("\n\n".join(parts) + "\n").encode()


def _block(block: Block, lang: Lang) -> Iterator[str]:
    match block:
        case Heading(level=level, text=text):
            yield f"{'#' * (level + 1)} {escaped(folded(text, lang))}"
        case Paragraph(line=one):
            yield _start_escaped(_line(one, lang))
        case BulletList(items=items):
            if items:
                yield "\n".join(f"- {_start_escaped(_line(item, lang))}" for item in items)
        case NumberedList(items=items):
            if items:
                yield "\n".join(
                    f"{number}. {_start_escaped(_line(item, lang))}"
                    for number, item in enumerate(items, 1)
                )
        case Table():
            yield from _table(block, lang)
        case NoticeBox(title=title, lines=within):
            lines = [f"<strong>{escaped(folded(title, lang))}</strong>"]
            lines.extend(_start_escaped(_line(one, lang)) for one in within)
            yield "\n>\n".join(f"> {one}" for one in lines)
        case Choices():
            yield from _choices(block, lang)


def _choices(block: Choices, lang: Lang) -> Iterator[str]:
    if block.box is not None:
        yield f"☐ {escaped(folded(block.box, lang))}"
    if block.buttons:
        yield "　".join(f"【{escaped(folded(button, lang))}】" for button in block.buttons)


def _table(table: Table, lang: Lang) -> Iterator[str]:
    yield f"<strong>{escaped(folded(table.caption, lang))}</strong>"
    heads = [escaped(folded(column.text, lang)) for column in table.columns]
    lines = [_row(heads), _row(["---"] * len(heads))]
    lines.extend(_row(_cell(cell, lang) for cell in row) for row in table.rows)
    yield "\n".join(lines)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(cell: Cell, lang: Lang) -> str:
    if not cell:
        return NOTHING.in_lang(lang)
    return "<br>".join(_line(one, lang) for one in cell)


def _line(line: Line, lang: Lang) -> str:
    return "".join(_span(span, lang) for span in line)


def _span(span: Span, lang: Lang) -> str:
    text = re.sub(r"\s+", " ", span.text.in_lang(lang))
    shown = escaped(text)
    if span.code:
        shown = f"<code>{shown}</code>"
    if span.sensitive:
        shown = f"<strong><u>{shown}</u></strong>"
    elif span.strong:
        shown = f"<strong>{shown}</strong>"
    address = safe_address(span.link)
    if address is not None:
        shown = f"[{shown}](<{address.translate(_IN_ADDRESS)}>)"
    return shown


def _start_escaped(text: str) -> str:
    """Escape what would begin a list or an underline at the start of a line."""

    def escape(match: re.Match[str]) -> str:
        blank, sign, number, mark = match.groups()
        return f"{blank}\\{sign}" if sign else f"{blank}{number}\\{mark}"

    return _AT_START.sub(escape, text)
