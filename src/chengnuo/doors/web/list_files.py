"""A list of the console as a file: CSV for any spreadsheet, or a workbook with heads in words.

What is in the file is what the list is narrowed to. No cell is ever run as a formula.
"""

from collections.abc import Iterable, Sequence

from litestar import Response
from litestar.exceptions import NotFoundException

from chengnuo.base.text import Lang, Text
from chengnuo.domain.disclosure.document import (
    Column,
    Document,
    DocumentKind,
    Facts,
    Span,
    Table,
)
from chengnuo.doors.csv_file import csv_file
from chengnuo.doors.web.page_parts import Cell
from chengnuo.doors.web.page_parts import Table as Shown
from chengnuo.doors.web.services import Services

MOST_IN_A_FILE = 10_000
"""Lines of one file; whoever needs more narrows the list."""


def lines_of(table: Shown) -> tuple[tuple[str, ...], list[list[str]]]:
    """Return a table of a page as heads and lines of a file: all of its words, no links."""
    return table.heads, [[_words(cell) for cell in row.cells] for row in table.rows]


def _words(cell: Cell) -> str:
    found = (
        (piece.text if piece.status is None else piece.status.word, *piece.notes) for piece in cell
    )
    return " / ".join(filter(None, (" · ".join(filter(None, one)) for one in found)))


def csv_answer(name: str, heads: Iterable[str], rows: Iterable[Iterable[str]]) -> Response[bytes]:
    """Return a list as a CSV file."""
    headers = {"content-disposition": f'attachment; filename="{name}.csv"'}
    return Response(csv_file(heads, rows), media_type="text/csv; charset=utf-8", headers=headers)


def xlsx_answer(  # noqa: PLR0913, PLR0917  what is in the file
    services: Services,
    lang: Lang,
    name: str,
    title: str,
    heads: Sequence[str],
    rows: Iterable[Sequence[str]],
) -> Response[bytes]:
    """Return a list as a workbook.

    Raises:
        NotFoundException: The service writes no workbooks, or has no register.
        DocumentNotMadeError: It could not be made just now.

    """
    writer = next((one for one in services.writers if one.format == "xlsx"), None)
    served = services.register.current()
    if writer is None or served is None:
        raise NotFoundException
    handler, today = served.register.handler.name, served.report.on

    def same(text: str) -> Text:
        return Text(text, text)

    document = Document(
        id=name,
        kind=DocumentKind.WORKING_PAPERS,
        title=same(title),
        facts=Facts(
            handler=handler,
            app=handler,
            register=served.version,
            law=str(services.register.catalogue.version),
            updated=today,
            effective=today,
            letter=name,
        ),
        blocks=(
            Table(
                caption=same(title),
                columns=tuple(Column(same(head)) for head in heads),
                rows=tuple(
                    tuple(((Span(same(cell)),),) if cell else () for cell in row) for row in rows
                ),
            ),
        ),
    )
    return Response(
        writer.write(document, lang),
        media_type=writer.media_type,
        headers={
            "content-disposition": f'attachment; filename="{name}{writer.suffix}"',
            "cache-control": "no-store",
        },
    )
