"""The files of one part of a copy, in order: the first page, then the rows in each format."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from chengnuo.adapters.documents.html import STYLE_NAME, style_sheet
from chengnuo.adapters.exports.index_page import index_page
from chengnuo.adapters.exports.index_trees import export_json, json_ld, rows_json_ld
from chengnuo.adapters.exports.rows_html import heads_of, html_pages, page_name
from chengnuo.adapters.exports.rows_text import csv_file, json_lines
from chengnuo.adapters.exports.rows_xlsx import xlsx_file
from chengnuo.adapters.exports.zip_stream import Member
from chengnuo.base.text import Lang
from chengnuo.domain.rights.export_contents import ExportIndex, Format, TableIndexed
from chengnuo.domain.rights.export_parts import Slice
from chengnuo.ports.rights_pages import Row

MOST_INLINE_ROWS = 1_000
"""Rows of a table that stand within `export.json`; a larger table is a file of JSON Lines."""
INDEX = "index.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class PartMembers:
    """Makes the files of one part.

    Attributes:
        index: The index of the copy.
        formats: In which formats.
        number: Number of the part.
        names: Names of all parts.
        slices: What the part holds.
        rows: Reads the rows of a slice, anew each time.

    """

    index: ExportIndex
    formats: tuple[Format, ...]
    number: int
    names: Sequence[str]
    slices: tuple[Slice, ...]
    rows: Callable[[Slice], Iterator[Row]]

    def __iter__(self) -> Iterator[Member]:
        files = self._files()
        page = index_page(self.index, self.number, self.names, files)
        yield Member(name=INDEX, chunks=page)
        yield Member(name=STYLE_NAME, chunks=(style_sheet(),))
        if Format.JSON in self.formats:
            inline = (one for one in self.slices if self._is_inline(one))
            small = {one.table: self.rows(one) for one in inline}
            tree = export_json(self.index, self.number, self.names, files, small)
            yield Member(name="export.json", chunks=tree)
        if Format.JSON_LD in self.formats:
            yield Member(name="export.jsonld", chunks=json_ld(self.index, files))
        for one in self.slices:
            if self._has_rows(one):
                yield from self._of_slice(one)

    def _of_slice(self, one: Slice) -> Iterator[Member]:
        table = self.index.tables[one.table]
        stem = _stem(table, one)
        columns = tuple(column.column for column in table.explained.columns)
        for made in self.formats:
            chunks: Iterable[bytes]
            match made:
                case Format.JSON:
                    if self._is_inline(one):
                        continue
                    chunks = json_lines(columns, self.rows(one))
                case Format.CSV:
                    chunks = csv_file(columns, self.rows(one))
                case Format.XLSX:
                    title = table.explained.holds.in_lang(Lang.ZH)
                    heads = heads_of(table.explained, Lang.ZH)
                    chunks = xlsx_file(title, heads, self.rows(one), at=self.index.at)
                case Format.JSON_LD:
                    chunks = rows_json_ld(self.index.export, table.name, columns, self.rows(one))
                case Format.HTML:
                    yield from html_pages(stem, table.explained, self.rows(one))
                    continue
            yield Member(name=_name(stem, made), chunks=chunks, stored=made is Format.XLSX)

    def _files(self) -> dict[int, list[str]]:
        found: dict[int, list[str]] = {}
        for one in self.slices:
            stem = _stem(self.index.tables[one.table], one)
            listed = found.setdefault(one.table, [])
            for made in self.formats if self._has_rows(one) else ():
                inline = made is Format.JSON and self._is_inline(one)
                listed.append("export.json" if inline else _name(stem, made))
        return found

    def _has_rows(self, one: Slice) -> bool:
        """Tell whether there is anything to show: rows, and columns of them."""
        return one.rows > 0 and self.index.tables[one.table].rows > 0

    def _is_inline(self, one: Slice) -> bool:
        whole = self.index.tables[one.table].rows
        return one.rows == whole and whole <= MOST_INLINE_ROWS


def _stem(table: TableIndexed, one: Slice) -> str:
    return f"{table.name}-{one.number}"


def _name(stem: str, made: Format) -> str:
    match made:
        case Format.JSON:
            return f"json/{stem}.jsonl"
        case Format.JSON_LD:
            return f"json-ld/{stem}.jsonld"
        case Format.HTML:
            return page_name(stem, 1)
        case Format.CSV | Format.XLSX:
            return f"{made.value}/{stem}.{made.value}"
