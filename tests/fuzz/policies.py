"""Policies as the harness changes them: pages, Markdown, Word documents, PDFs, and what is read.

Every row that is read stands in the text at its place.
"""

from collections.abc import Callable
from functools import cache
from io import BytesIO

from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject
from tests.adapters.policies.word_files import WORD, docx
from tests.fuzz.mutating import changed_bytes, changed_text
from tests.fuzz.packages import knowledge, repacked
from tests.fuzz.parser import Broken, Parser, refused_by
from tests.strategies.told_register import told_register

from chengnuo.adapters.documents.html import HtmlPageWriter
from chengnuo.adapters.documents.markdown import MarkdownWriter
from chengnuo.adapters.knowledge import load_catalogue
from chengnuo.adapters.law_source import read_catalogue
from chengnuo.adapters.policies.format_error import PolicyFormatError
from chengnuo.adapters.policies.lines import markdown_blocks
from chengnuo.adapters.policies.page import page_blocks
from chengnuo.adapters.policies.portable import pdf_blocks
from chengnuo.adapters.policies.word import word_blocks
from chengnuo.base.text import Lang
from chengnuo.domain.disclosure.all_documents import derive
from chengnuo.domain.disclosure.declared import Declared
from chengnuo.domain.disclosure.document import Document, DocumentKind
from chengnuo.domain.inspection.policies.lexicon import Lexicon, lexicon_of
from chengnuo.domain.inspection.policies.reading import read_policy
from chengnuo.domain.register.ids import AppId
from chengnuo.engines.policy.blocks import BlockText
from chengnuo.law.catalogue import Catalogue


@cache
def law() -> Catalogue:
    return load_catalogue(read_catalogue, cache_folder=None)


@cache
def lexicon() -> Lexicon:
    return lexicon_of(knowledge(), law())


def list_2() -> Document:
    told = Declared(register=told_register(law()), catalogue=law(), app_id=AppId("tea"))
    return derive(told, DocumentKind.SHARING_LIST)


def pdf() -> bytes:
    """Return a PDF of one line."""
    written, out, line = PdfWriter(), BytesIO(), DecodedStreamObject()
    line.set_data(b"BT /F1 12 Tf 20 20 Td (We collect your phone number to sign you in.) Tj ET")
    font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    named = {NameObject(name): NameObject(value) for name, value in font.items()}
    fonts = DictionaryObject({NameObject("/F1"): DictionaryObject(named)})
    page = written.add_blank_page(400, 100)
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    page[NameObject("/Contents")] = line
    written.write(out)
    return out.getvalue()


def read_by(blocks_of: Callable[[bytes], BlockText]) -> Callable[[bytes], bool]:
    @refused_by(PolicyFormatError)
    def read(content: bytes) -> None:
        document = blocks_of(content)
        found = read_policy(document, file="policy", sha256="0" * 64, lexicon=lexicon())
        said = [
            *(one.item for one in found.collected),
            *(one.name for one in found.parties),
            *(one.said for one in found.fields),
            *(cell for block in document.blocks for row in block.rows for cell in row),
        ]
        for one in said:
            words = getattr(one, "words", None) or getattr(one, "text", "")
            if document.text[one.start : one.end] != words:
                raise Broken(repr(one))

    return read


def as_page(content: bytes) -> BlockText:
    return page_blocks(content.decode("utf-8", "replace"))


def as_markdown(content: bytes) -> BlockText:
    return markdown_blocks(content.decode("utf-8", "replace"))


PARSERS = {
    "policy-page": Parser(
        seeds=lambda: [HtmlPageWriter().write(list_2(), lang) for lang in Lang],
        change=changed_text,
        read=read_by(as_page),
        weight=10,
    ),
    "policy-markdown": Parser(
        seeds=lambda: [MarkdownWriter().write(list_2(), lang) for lang in Lang],
        change=changed_text,
        read=read_by(as_markdown),
        weight=10,
    ),
    "policy-word": Parser(
        seeds=lambda: [docx(WORD)], change=repacked, read=read_by(word_blocks), weight=10
    ),
    "policy-pdf": Parser(
        seeds=lambda: [pdf()], change=changed_bytes, read=read_by(pdf_blocks), weight=5
    ),
}
