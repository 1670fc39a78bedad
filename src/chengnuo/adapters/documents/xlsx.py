"""A document as a workbook: what is said on the first sheet, each table on a sheet of its own.

Everything is written as a string and nothing is ever a formula, a number or a link that the
spreadsheet program would act on, whatever a text begins with.
"""

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time
from importlib import import_module
from itertools import groupby
from typing import TYPE_CHECKING

from chengnuo.adapters.documents.tree import folded
from chengnuo.base.text import Lang, Text
from chengnuo.domain.disclosure.document import (
    Block,
    BulletList,
    Cell,
    Choices,
    Column,
    Document,
    Heading,
    Line,
    NoticeBox,
    NumberedList,
    Paragraph,
    Span,
    Table,
    line,
    strong,
)
from chengnuo.domain.disclosure.head import NOTHING, facts_in_words

if TYPE_CHECKING:
    from xlsxwriter.format import Format  # type: ignore[import-untyped]  # as above
    from xlsxwriter.workbook import Workbook  # type: ignore[import-untyped]  # as above
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]  # as above

MAX_CELL_LENGTH = 32_000
MAX_SHEET_NAME_LENGTH = 31
A4 = 9
_NARROW, _WIDE = 6, 11
_TEXT_WIDTH = 100
_CUT = Text("……（下略，全文见其他格式）", "… (cut; the other formats have the whole text)")
_ABOUT = Text("说明", "About")
_GROUP = Text("分组", "Group")
_DOT, _BOX = Text("· ", "· "), Text("☐ ", "☐ ")
_OPEN, _CLOSE = Text("【", "["), Text("】", "]")
_SEE_SHEET = Text("见工作表：", "See the sheet: ")
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")


@dataclass(frozen=True, slots=True)
class XlsxWriter:
    """Writes an Office Open XML workbook; the same document gives the same bytes."""

    format: str = "xlsx"
    media_type: str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    suffix: str = ".xlsx"

    def write(self, document: Document, lang: Lang) -> bytes:
        """Return the document as a workbook."""
        buffer = io.BytesIO()
        options = {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
        }
        # Imported when a workbook is written: a service that writes none has 2 MB more to spare.
        library = import_module("xlsxwriter")
        with library.Workbook(buffer, options) as book:
            book.set_properties(
                {
                    "title": folded(document.title, lang),
                    "author": folded(document.facts.handler, lang),
                    "created": datetime.combine(document.facts.updated, time()),
                    "comments": f"register {document.facts.register}",
                }
            )
            _Book(book, document, lang).fill()
        return buffer.getvalue()


class _Book:
    """One workbook while it is filled."""

    def __init__(self, book: "Workbook", document: Document, lang: Lang) -> None:
        self._book = book
        self._document = document
        self._lang = lang
        base = {"text_wrap": True, "valign": "top", "font_name": "微软雅黑", "font_size": 10}
        ruled = base | {"border": 1, "border_color": "#B8B5AC"}
        self._title = book.add_format(base | {"bold": True, "font_size": 16, "text_wrap": False})
        self._heading = book.add_format(base | {"bold": True, "font_size": 12})
        self._plain = book.add_format(base)
        self._cell = book.add_format(ruled)
        self._head = book.add_format(
            ruled | {"bold": True, "bg_color": "#F2F0EA", "valign": "vcenter"}
        )
        run = {"font_name": "微软雅黑", "font_size": 10}
        self._runs = {
            "plain": book.add_format(run),
            "strong": book.add_format(run | {"bold": True}),
            "sensitive": book.add_format(run | {"bold": True, "underline": 1}),
        }
        self._ruled_runs = {
            "plain": self._cell,
            "strong": book.add_format(ruled | {"bold": True}),
            "sensitive": book.add_format(ruled | {"bold": True, "underline": 1}),
        }
        self._names: set[str] = set()

    def fill(self) -> None:
        gathered = tuple(_gathered(self._document.tables))
        self._write_about(self._sheet(_ABOUT.in_lang(self._lang)))
        for tables in gathered:
            name = self._document.title if len(gathered) == 1 else tables[0].caption
            self._write_table(self._sheet(folded(name, self._lang)), _merged_tables(tables))
        if len(gathered) == 1:
            self._book.worksheets()[1].activate()

    def _sheet(self, wanted: str) -> "Worksheet":
        clean = _NOT_IN_NAMES.sub(" ", wanted).strip() or _ABOUT.in_lang(self._lang)
        name, number = clean[:MAX_SHEET_NAME_LENGTH], 1
        while name.casefold() in self._names:
            number += 1
            name = f"{clean[: MAX_SHEET_NAME_LENGTH - len(str(number)) - 1]} {number}"
        self._names.add(name.casefold())
        sheet = self._book.add_worksheet(name)
        sheet.set_paper(A4)
        sheet.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.7)
        title = folded(self._document.title, self._lang).replace("&", "&&")[:120]
        sheet.set_header(f"&L{title}")
        sheet.set_footer(f"&L{self._document.facts.register[:12]}&R&P / &N")
        return sheet

    def _write_about(self, sheet: "Worksheet") -> None:
        sheet.set_column(0, 0, _TEXT_WIDTH)
        sheet.set_portrait()
        sheet.fit_to_pages(1, 0)
        sheet.hide_gridlines(2)
        sheet.write_string(0, 0, folded(self._document.title, self._lang), self._title)
        row = 1
        colon = "：" if self._lang is Lang.ZH else ": "
        for label, value in facts_in_words(self._document.facts):
            words = f"{folded(label, self._lang)}{colon}{folded(value, self._lang)}"
            sheet.write_string(row, 0, words, self._plain)
            row += 1
        row += 1
        for one, is_heading in self._said():
            if is_heading:
                words = "".join(self._text(span) for span in one)
                sheet.write_string(row, 0, _cut(words, self._lang), self._heading)
            else:
                self._write_runs(sheet, row, 0, (one,), self._plain, self._runs)
            row += 1

    def _said(self) -> Iterator[tuple[Line, bool]]:
        for block in self._document.blocks:
            yield from _lines(block)

    def _write_table(self, sheet: "Worksheet", table: Table) -> None:
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.freeze_panes(1, 1)
        sheet.repeat_rows(0)
        unit = _WIDE if len(table.columns) < _NARROW else 8
        for number, column in enumerate(table.columns):
            sheet.set_column(number, number, max(8, column.weight * unit))
            sheet.write_string(0, number, folded(column.text, self._lang), self._head)
        for row, cells in enumerate(table.rows, 1):
            for number, cell in enumerate(cells):
                self._write_cell(sheet, row, number, cell)
        if table.rows:
            sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)

    def _write_cell(self, sheet: "Worksheet", row: int, number: int, cell: Cell) -> None:
        if cell:
            self._write_runs(sheet, row, number, cell, self._cell, self._ruled_runs)
        else:
            sheet.write_string(row, number, NOTHING.in_lang(self._lang), self._cell)

    def _write_runs(  # noqa: PLR0913, PLR0917  where it goes, what, and how it looks
        self,
        sheet: "Worksheet",
        row: int,
        number: int,
        cell: Cell,
        whole: "Format",
        alone: "dict[str, Format]",
    ) -> None:
        runs = list(_merged(self._runs_of(cell)))
        text = "".join(words for _, words in runs)
        if not text:
            sheet.write_blank(row, number, None, whole)
        elif len(text) > MAX_CELL_LENGTH:
            sheet.write_string(row, number, _cut(text, self._lang), whole)
        elif len(runs) == 1:
            look = runs[0][0]
            sheet.write_string(row, number, text, whole if look == "plain" else alone[look])
        else:
            parts: list[Format | str] = []
            for look, words in runs:
                parts.extend((self._runs[look], words))
            sheet.write_rich_string(row, number, *parts, whole)

    def _runs_of(self, cell: Cell) -> Iterator[tuple[str, str]]:
        for number, one in enumerate(cell):
            if number:
                yield "plain", "\n"
            for span in one:
                look = "sensitive" if span.sensitive else "strong" if span.strong else "plain"
                yield look, self._text(span)

    def _text(self, span: Span) -> str:
        text = re.sub(r"\s+", " ", span.text.in_lang(self._lang))
        if span.link is None or span.link.startswith("#") or span.link in text:
            return text
        return f"{text} {span.link}"


def _gathered(tables: tuple[Table, ...]) -> Iterator[tuple[Table, ...]]:
    """Yield neighbors with the same columns together: they belong on one sheet."""
    for _, same in groupby(tables, key=lambda table: table.columns):
        yield tuple(same)


def _merged_tables(tables: tuple[Table, ...]) -> Table:
    """Return tables of the same columns as one, whose first column names the table."""
    first = tables[0]
    if len(tables) == 1:
        return first
    rows = tuple(((line(table.caption),), *row) for table in tables for row in table.rows)
    return Table(first.caption, (Column(_GROUP), *first.columns), rows)


def _merged(runs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Join neighbors that look alike, and leave out what is empty."""
    kept: tuple[str, str] | None = None
    for look, words in runs:
        if not words:
            continue
        if kept is not None and kept[0] == look:
            kept = (look, kept[1] + words)
            continue
        if kept is not None:
            yield kept
        kept = (look, words)
    if kept is not None:
        yield kept


def _lines(block: Block) -> Iterator[tuple[Line, bool]]:
    """Yield the lines of a block for the first sheet, and whether each is a heading."""
    if isinstance(block, Heading):
        yield line(block.text), True
    else:
        yield from ((one, False) for one in _said_by(block))


def _said_by(block: Block) -> tuple[Line, ...]:
    said: tuple[Line, ...]
    match block:
        case Paragraph(line=one):
            said = (one,)
        case BulletList(items=items):
            said = tuple((*line(_DOT), *item) for item in items)
        case NumberedList(items=items):
            counts = (Text(f"{number}. ", f"{number}. ") for number in range(1, len(items) + 1))
            said = tuple((*line(count), *item) for count, item in zip(counts, items, strict=True))
        case Table(caption=caption):
            said = (line(_SEE_SHEET, strong(caption)),)
        case NoticeBox(title=title, lines=within):
            said = (line(strong(title)), *within)
        case Choices(box=box, buttons=buttons):
            boxes = () if box is None else (line(_BOX, box),)
            said = boxes + tuple(line(_OPEN, button, _CLOSE) for button in buttons)
        case _:
            said = ()
    return said


def _cut(text: str, lang: Lang) -> str:
    return text if len(text) <= MAX_CELL_LENGTH else text[:MAX_CELL_LENGTH] + _CUT.in_lang(lang)
