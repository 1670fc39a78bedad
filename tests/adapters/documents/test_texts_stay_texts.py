"""Whatever a text holds, every format shows its characters and does nothing with them."""

import io
import json
import re

import openpyxl
import pytest
from tests.adapters.documents.hostile import HOSTILE, hostile_document, linked
from tests.adapters.documents.page import Page

from chengnuo.adapters.documents.addresses import safe_address
from chengnuo.adapters.documents.html import HtmlFragmentWriter, HtmlPageWriter
from chengnuo.adapters.documents.json_file import JsonWriter
from chengnuo.adapters.documents.markdown import MarkdownWriter
from chengnuo.adapters.documents.publication_set import document_writers, publication_writers
from chengnuo.adapters.documents.xlsx import XlsxWriter
from chengnuo.base.text import Lang
from chengnuo.ports.documents import DocumentWriter

WRITERS = [
    writer
    for writer in (*document_writers(), HtmlFragmentWriter())
    if writer.format not in publication_writers().costly
]


@pytest.mark.parametrize("writer", WRITERS, ids=lambda writer: writer.format)
@pytest.mark.parametrize("lang", Lang)
def test_the_same_document_gives_the_same_bytes(writer: DocumentWriter, lang: Lang) -> None:
    assert writer.write(hostile_document(), lang) == writer.write(hostile_document(), lang)


def test_html_shows_hostile_text_as_text() -> None:
    page = Page(HtmlPageWriter(style="style.css").write(hostile_document(), Lang.ZH))
    assert not {"script", "img", "style", "iframe"} & page.tags
    assert not {name for name in page.attributes if name.startswith("on") or name == "style"}
    assert set(page.addresses) <= {"style.css", *(f"#part-{n}" for n in range(len(HOSTILE)))}
    assert set(HOSTILE) <= set(page.texts)


def test_a_page_for_saving_holds_its_style_and_no_script() -> None:
    page = Page(HtmlPageWriter().write(hostile_document(), Lang.EN))
    assert "style" in page.tags
    assert "script" not in page.tags


def test_sensitive_spans_are_bold_and_underlined() -> None:
    written = HtmlFragmentWriter().write(hostile_document(), Lang.ZH).decode()
    assert written.count('<strong class="sensitive"><u>') == 2 * len(HOSTILE)
    assert "<strong><u>" in MarkdownWriter().write(hostile_document(), Lang.ZH).decode()


def test_markdown_escapes_everything_that_would_be_markup() -> None:
    written = MarkdownWriter().write(hostile_document(), Lang.ZH).decode()
    ours = re.compile(r"</?(?:strong|u|code)>|<br>|<https?:[^>]*>")
    bare = ours.sub("", written)
    assert re.search(r"(?<!\\)<", bare) is None
    assert re.search(r"(?<!\\)[*_`]", bare) is None
    assert "](<javascript" not in written
    table = [one for one in written.splitlines() if one.startswith("| ")]
    assert all(len(re.findall(r"(?<!\\)\|", one)) == 3 for one in table)


def test_no_cell_of_a_workbook_is_a_formula_a_number_or_a_link() -> None:
    written = XlsxWriter().write(hostile_document(), Lang.ZH)
    book = openpyxl.load_workbook(io.BytesIO(written))
    cells = [one for sheet in book for row in sheet.iter_rows() for one in row]
    assert {one.data_type for one in cells if one.value is not None} == {"s"}
    assert [one.coordinate for one in cells if one.hyperlink] == []
    found = {str(one.value) for one in cells}
    assert set(HOSTILE) <= found | {part for text in found for part in text.split("\n")}


def test_a_workbook_is_set_up_for_reading_and_printing() -> None:
    book = openpyxl.load_workbook(
        io.BytesIO(XlsxWriter().write(hostile_document(), Lang.ZH)), rich_text=True
    )
    sheet = book.worksheets[1]
    assert sheet.freeze_panes == "B2"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.cell(1, 1).font.bold
    assert book.properties.title == "示例清单"


def test_json_is_what_its_format_says() -> None:
    tree = json.loads(JsonWriter().write(hostile_document(), Lang.EN))
    assert (tree["format"], tree["version"], tree["lang"]) == ("chengnuo-document", 1, "en")
    assert tree["facts"] == {
        "handler": "Example & Co.",
        "app": "Example app",
        "register": "ab" * 32,
        "law": "2026-11 · 0123",
        "updated": "2026-10-01",
        "effective": "2026-10-08",
    }
    kinds = {block["type"] for block in tree["blocks"]}
    assert kinds == {
        "heading",
        "paragraph",
        "bullets",
        "numbered",
        "table",
        "notice",
        "choices",
    }


@pytest.mark.parametrize(
    ("address", "is_let_through"),
    [
        ("https://maps.example/privacy?x=1&y=2", True),
        ("mailto:privacy@tea.example", True),
        ("tel:+86-571-00000000", True),
        ("#who", True),
        ("../en/processing-rules.html", True),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt:alert(1)", False),
        ("data:text/html,x", False),
        ("//evil.example", False),
        ("/etc/passwd", False),
        ("https://a.example/'onclick=x", False),
        ("file:///etc/passwd", False),
        ("", False),
        ("https://a.example/" + "x" * 2_000, False),
    ],
)
def test_only_addresses_of_the_web_become_links(address: str, *, is_let_through: bool) -> None:
    assert (safe_address(address) is not None) is is_let_through
    page = Page(HtmlFragmentWriter().write(linked(address), Lang.ZH))
    assert (address in page.addresses) is is_let_through
