"""A document as a value: what is said, in which order, in both languages, in no format.

Deriving code builds it, a writer turns it into a page, a PDF, a workbook or a file for machines.
Nothing in it is markup: a text is shown as the characters it holds, whatever they are.

A sensitive span is shown bold **and** underlined by every writer that can (26号文 9), so the mark
never hangs on color alone.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from chengnuo.base.text import Text


class DocumentKind(StrEnum):
    """Which document it is; the name also stands in file names and addresses."""

    COLLECTION_LIST = "collection-list"
    SHARING_LIST = "sharing-list"
    PROCESSING_RULES = "processing-rules"
    MINORS_RULES = "minors-rules"
    FIRST_RUN_NOTICE = "first-run-notice"
    JUST_IN_TIME = "just-in-time"
    SEPARATE_CONSENTS = "separate-consents"
    SUMMARY_TABLE = "summary-table"
    RESPONSIBILITY = "responsibility"
    CHANGES = "changes"
    INDEX = "index"
    LETTER = "letter"
    WORKING_PAPERS = "working-papers"
    SERVICE_FIGURES = "service-figures"
    AUDIT_PACK = "audit-pack"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What stands at the head of a document.

    Attributes:
        handler: Full name of the handler.
        app: Name of the app that the document is about.
        register: Version of the register, 64 hex digits; shown short.
        law: Version of the law catalogue, as it is shown.
        updated: Day on which the rules were last changed; the date of publication.
        effective: Day from which the rules apply.
        letter: Number of a letter or of papers, whose head has who, number and day; empty for
            what is published.

    """

    handler: Text
    app: Text
    register: str
    law: str
    updated: date
    effective: date
    letter: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text within a line.

    Attributes:
        text: What it says.
        strong: Shown bold.
        sensitive: Names sensitive personal information: shown bold and underlined.
        link: Address that it leads to: `https:`, `http:`, `mailto:`, `tel:`, or `#anchor`; a
            writer shows any other address as plain text.
        code: A name for machines, as a permission or a digest.

    """

    text: Text
    strong: bool = False
    sensitive: bool = False
    link: str | None = None
    code: bool = False


Line: TypeAlias = tuple[Span, ...]
"""Spans that follow one another without a break."""

Cell: TypeAlias = tuple[Line, ...]
"""Lines below one another; an empty cell is shown as a dash."""

Part: TypeAlias = Text | Span
"""What lines are made of; a bare text is a plain span."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, of level 1 (a part) to 3; the title of the document stands above them all."""

    level: int
    anchor: str
    text: Text


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph."""

    line: Line


@dataclass(frozen=True, slots=True)
class BulletList:
    """Items in no order that matters."""

    items: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class NumberedList:
    """Items in their order, counted from 1."""

    items: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; `weight` is its share of the width beside the others."""

    text: Text
    weight: int = 2


@dataclass(frozen=True, slots=True)
class Table:
    """A table; every row has one cell for each column, and the first cell names the row."""

    caption: Text
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class NoticeBox:
    """Lines set apart, because they must not be overlooked."""

    title: Text
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """What the individual can press: a box that is not ticked, and buttons of equal weight.

    Attributes:
        box: Words beside the empty box; None if there is no box.
        buttons: Words on the buttons, from the first to the last.

    """

    box: Text | None
    buttons: tuple[Text, ...]


Block: TypeAlias = Heading | Paragraph | BulletList | NumberedList | Table | NoticeBox | Choices


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document in both languages.

    Attributes:
        id: Its name among the documents of a publication; kebab-case.
        kind: Which document it is.
        title: Its title.
        facts: What stands at its head.
        blocks: What it says, from top to bottom.

    """

    id: str
    kind: DocumentKind
    title: Text
    facts: Facts
    blocks: tuple[Block, ...]

    @property
    def headings(self) -> tuple[Heading, ...]:
        """The headings, for a list of contents."""
        return tuple(block for block in self.blocks if isinstance(block, Heading))

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables, from top to bottom."""
        return tuple(block for block in self.blocks if isinstance(block, Table))


def strong(text: Text) -> Span:
    """Return a bold span."""
    return Span(text, strong=True)


def sensitive(text: Text) -> Span:
    """Return a span that names sensitive personal information."""
    return Span(text, sensitive=True)


def code(name: str) -> Span:
    """Return a name for machines, the same in both languages."""
    return Span(Text(name, name), code=True)


def link(text: Text, to: str) -> Span:
    """Return a span that leads somewhere."""
    return Span(text, link=to)


def line(*parts: Part) -> Line:
    """Return parts as one line."""
    return tuple(part if isinstance(part, Span) else Span(part) for part in parts)


def joined(parts: Iterable[Part], separator: Text) -> Line:
    """Return parts as one line with a separator between each two."""
    spans: list[Part] = []
    for part in parts:
        if spans:
            spans.append(separator)
        spans.append(part)
    return line(*spans)


def cell(*parts: Part) -> Cell:
    """Return parts as a cell of one line; nothing makes an empty cell."""
    return (line(*parts),) if parts else ()


def lines(each: Iterable[Part]) -> Cell:
    """Return a cell with each part on a line of its own."""
    return tuple(line(part) for part in each)


def paragraph(*parts: Part) -> Paragraph:
    """Return parts as a paragraph."""
    return Paragraph(line(*parts))


def bullets(items: Iterable[Part | Line]) -> BulletList:
    """Return a list in no order."""
    return BulletList(tuple(_as_line(item) for item in items))


def numbered(items: Iterable[Part | Line]) -> NumberedList:
    """Return a list in order."""
    return NumberedList(tuple(_as_line(item) for item in items))


def notice_box(title: Text, *items: Part | Line) -> NoticeBox:
    """Return a box with each item on a line of its own."""
    return NoticeBox(title, tuple(_as_line(item) for item in items))


def texts_of(document: Document) -> Iterator[Text]:
    """Yield every text of a document's blocks, in reading order; headings and captions too."""
    for block in document.blocks:
        for one in _lines_of(block):
            yield from (span.text for span in one)


def _lines_of(block: Block) -> tuple[Line, ...]:
    match block:
        case Heading(text=text):
            return (line(text),)
        case Paragraph(line=one):
            return (one,)
        case BulletList(items=items) | NumberedList(items=items):
            return items
        case Table(caption=caption, columns=columns, rows=rows):
            heads = (line(caption), *(line(column.text) for column in columns))
            return heads + tuple(each for row in rows for one in row for each in one)
        case NoticeBox(title=title, lines=within):
            return (line(title), *within)
        case Choices(box=box, buttons=buttons):
            return tuple(line(text) for text in (box, *buttons) if text is not None)


def _as_line(item: Part | Line) -> Line:
    return item if isinstance(item, tuple) else line(item)
