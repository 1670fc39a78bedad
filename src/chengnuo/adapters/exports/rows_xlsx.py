"""Rows as a workbook, written row by row: no row is kept, and nothing is put on disk beside it.

ECMA-376 part 1, the few parts that a workbook needs. Every text is an inline string, never a
formula, a link or a shared string; whole numbers that a spreadsheet keeps exactly are numbers.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from xml.sax.saxutils import escape

from chengnuo.adapters.exports.zip_stream import Member, ZipStream
from chengnuo.domain.rights.showing import in_text
from chengnuo.domain.rights.values import Value

MOST_TEXT = 32_767
"""Characters in one cell; a longer text is cut, the other formats hold all of it."""
_EXACT_DIGITS = 10**15
_DRAIN_BYTES = 1 << 16
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_PREFIX = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_CONTENT_TYPES = (
    f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_PREFIX}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_PREFIX}.styles+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_PREFIX}.worksheet+xml"/>'
    "</Types>"
)
_RELATIONS = (
    f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1"'
    f' Type="{_RELATION}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
_BOOK_RELATIONS = (
    f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1"'
    f' Type="{_RELATION}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2"'
    f' Type="{_RELATION}/styles" Target="styles.xml"/></Relationships>'
)
_BOOK = (
    f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_RELATION}"><sheets>'
    '<sheet name="{name}" sheetId="1" r:id="r1"/></sheets></workbook>'
)
_STYLES = (
    f'{_XML}<styleSheet xmlns="{_MAIN}"><fonts count="2"><font/><font><b/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="3"><xf/><xf fontId="1" applyFont="1"/>'
    '<xf numFmtId="49" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)
_SHEET = (
    f'{_XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    "</sheetView></sheetViews><sheetData>"
)
_SHEET_END = "</sheetData></worksheet>"
_HEAD, _TEXT = 1, 2


def xlsx_file(
    title: str, heads: tuple[str, ...], rows: Iterable[tuple[Value, ...]], *, at: datetime
) -> Iterator[bytes]:
    """Yield rows as a workbook of one sheet.

    Args:
        title: Name of the sheet; cut to what a sheet may be called.
        heads: What stands in the first row.
        rows: At most 1,048,575.
        at: Time of the parts.

    """
    out = bytearray()
    archive = ZipStream(out.extend, at=at)
    name = escape(re.sub(r"[\[\]:*?/\\']", " ", title)[:31], {'"': "&quot;"})
    for path, text in (
        ("[Content_Types].xml", _CONTENT_TYPES),
        ("_rels/.rels", _RELATIONS),
        ("xl/workbook.xml", _BOOK.replace("{name}", name)),
        ("xl/_rels/workbook.xml.rels", _BOOK_RELATIONS),
        ("xl/styles.xml", _STYLES),
    ):
        archive.put(Member(name=path, chunks=(text.encode(),)))
    archive.begin("xl/worksheets/sheet1.xml")
    archive.write((_SHEET + _row(tuple(_text(head, _HEAD) for head in heads))).encode())
    for row in rows:
        archive.write(xlsx_row(row))
        if len(out) >= _DRAIN_BYTES:
            yield bytes(out)
            out.clear()
    archive.write(_SHEET_END.encode())
    archive.end()
    archive.close()
    yield bytes(out)


def xlsx_row(row: tuple[Value, ...]) -> bytes:
    """Return one row of a sheet."""
    return _row(tuple(_cell(value) for value in row)).encode("utf-8", "replace")


def _row(cells: tuple[str, ...]) -> str:
    return f"<row>{''.join(cells)}</row>"


def _cell(value: Value) -> str:
    if value is None:
        return "<c/>"
    if isinstance(value, bool):
        return f'<c t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int) and abs(value) < _EXACT_DIGITS:
        return f"<c><v>{value}</v></c>"
    return _text(in_text(value), _TEXT)


def _text(text: str, style: int) -> str:
    clean = escape(_NOT_XML.sub("\ufffd", text[:MOST_TEXT])).replace("\r", "&#13;")
    return f'<c t="inlineStr" s="{style}"><is><t xml:space="preserve">{clean}</t></is></c>'
