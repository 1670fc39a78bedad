"""PDF: Chinese text that shows and can be read back, from the packaged font alone."""

import io
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pypdf
import pytest
from tests.adapters.documents.hostile import HOSTILE, document, hostile_document
from tests.strategies.told_register import told_register

from chengnuo.adapters.documents.pdf import PdfWriter
from chengnuo.adapters.documents.pdf_process import set_pages
from chengnuo.base.text import Lang, Text
from chengnuo.domain.disclosure.declared import Declared
from chengnuo.domain.disclosure.document import paragraph
from chengnuo.domain.disclosure.processing_rules import processing_rules
from chengnuo.domain.register.ids import AppId
from chengnuo.law.catalogue import Catalogue
from chengnuo.ports.documents import DocumentNotMadeError

pytestmark = pytest.mark.real


def folded(text: str) -> str:
    return "".join(text.split())


@pytest.fixture(name="rules", scope="module")
def _rules(catalogue: Catalogue) -> tuple[Declared, bytes]:
    declared = Declared(register=told_register(catalogue), catalogue=catalogue, app_id=AppId("tea"))
    return declared, PdfWriter().write(processing_rules(declared), Lang.ZH)


def test_every_heading_can_be_read_back(rules: tuple[Declared, bytes]) -> None:
    declared, written = rules
    text = folded(
        "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(written)).pages)
    )
    missing = [
        heading.text.zh
        for heading in processing_rules(declared).headings
        if folded(heading.text.zh) not in text
    ]
    assert missing == []


def test_the_only_fonts_are_those_of_the_package_and_they_are_cut_down(
    rules: tuple[Declared, bytes],
) -> None:
    _, written = rules
    fonts = {
        str(font["/BaseFont"])
        for page in pypdf.PdfReader(io.BytesIO(written)).pages
        for font in (each.get_object() for each in page["/Resources"]["/Font"].values())
    }
    assert fonts
    assert all("+NotoSansCJK" in name for name in fonts)
    assert len(written) < 600_000


def test_it_is_tagged_titled_in_chinese_and_dated_by_the_publication(
    rules: tuple[Declared, bytes],
) -> None:
    declared, written = rules
    reader = pypdf.PdfReader(io.BytesIO(written))
    assert reader.metadata is not None
    assert reader.metadata.title == "《示例茶舍》隐私政策（个人信息处理规则）"
    assert reader.metadata.creation_date == datetime(2026, 10, 1, tzinfo=UTC)
    root = reader.trailer["/Root"]
    assert str(root["/Lang"]).startswith("zh")
    assert root["/MarkInfo"]["/Marked"]
    assert len(reader.outline) > 5
    assert b"pdfuaid:part" in written
    assert b"pdfaid:part" in written
    assert PdfWriter().write(processing_rules(declared), Lang.ZH) == written


def test_hostile_text_is_set_as_text() -> None:
    written = PdfWriter().write(hostile_document(), Lang.ZH)
    reader = pypdf.PdfReader(io.BytesIO(written))
    text = folded("".join(page.extract_text() for page in reader.pages))
    assert [words for words in HOSTILE if folded(words) not in text] == []
    assert b"/JavaScript" not in written
    actions = [
        each.get_object()["/A"]
        for page in reader.pages
        for each in page.get("/Annots", ())
        if "/A" in each.get_object()
    ]
    assert [action for action in actions if "/URI" in action] == []


def test_a_character_that_the_font_lacks_does_not_stop_the_document() -> None:
    written = PdfWriter().write(document(paragraph(Text("笑\U0001fae0脸", "x"))), Lang.ZH)
    assert written.startswith(b"%PDF-")
    assert "笑" in pypdf.PdfReader(io.BytesIO(written)).pages[0].extract_text()


def test_the_process_sets_what_it_is_given() -> None:
    with pytest.raises(RuntimeError, match=r"JSON|json|EOF|column"):
        set_pages("{", 0)


def test_pages_that_cannot_be_set_are_an_error_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", shutil.which("false"))
    with pytest.raises(DocumentNotMadeError) as refusal:
        PdfWriter().write(document(), Lang.ZH)
    assert refusal.value.code == "document-not-made"


@pytest.mark.needs("pdftotext")
def test_another_reader_reads_the_same_text(rules: tuple[Declared, bytes], tmp_path: Path) -> None:
    _, written = rules
    place = tmp_path / "rules.pdf"
    place.write_bytes(written)
    done = subprocess.run(  # noqa: S603 - a file of our own
        ["pdftotext", str(place), "-"],  # noqa: S607 - whichever the machine has
        capture_output=True,
        text=True,
        check=True,
    )
    assert folded("加粗并带下划线的为敏感个人信息。") in folded(done.stdout)
