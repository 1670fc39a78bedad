"""The writers of a publication: every format, with pages that know where they stand."""

from chengnuo.adapters.documents.html import STYLE_NAME, HtmlPageWriter, style_sheet
from chengnuo.adapters.documents.json_file import JsonWriter
from chengnuo.adapters.documents.markdown import MarkdownWriter
from chengnuo.adapters.documents.pdf import PdfWriter
from chengnuo.adapters.documents.xlsx import XlsxWriter
from chengnuo.base.text import Lang
from chengnuo.ports.documents import DocumentWriter, PublicationWriters

_UP = "../../"


def document_writers() -> tuple[DocumentWriter, ...]:
    """Return a writer for each format in which a document can be had as a single file."""
    return (HtmlPageWriter(), PdfWriter(), XlsxWriter(), MarkdownWriter(), JsonWriter())


def publication_writers() -> PublicationWriters:
    """Return the writers of a publication, whose pages lie two folders below its top."""
    files: dict[str, DocumentWriter] = {
        "PDF": PdfWriter(),
        "XLSX": XlsxWriter(),
        "Markdown": MarkdownWriter(),
        "JSON": JsonWriter(),
    }
    page = HtmlPageWriter(
        style=_UP + STYLE_NAME,
        other_language="../{lang}/{id}.html",
        home={Lang.ZH: _UP + "index.html", Lang.EN: _UP + "index.en.html"},
        saved_as=tuple((name, writer.suffix) for name, writer in files.items()),
    )
    return PublicationWriters(
        documents={"HTML": page, **files},
        index={
            Lang.ZH: HtmlPageWriter(style=STYLE_NAME, other_language="index.en.html"),
            Lang.EN: HtmlPageWriter(style=STYLE_NAME, other_language="index.html"),
        },
        beside={STYLE_NAME: style_sheet()},
        costly=frozenset({PdfWriter().format}),
    )
