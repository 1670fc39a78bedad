"""Blocks out of every format: headings, lists, tables with cells that span, in any depth."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfWriter as BlankPdf
from tests.adapters.policies.word_files import SPACE, WORD, docx
from tests.strategies.told_register import told_register

from chengnuo.adapters.documents.pdf import PdfWriter
from chengnuo.adapters.policies.format_error import PolicyFormatError
from chengnuo.adapters.policies.lines import markdown_blocks, plain_blocks
from chengnuo.adapters.policies.page import page_blocks
from chengnuo.adapters.policies.policy_file import PolicyFile
from chengnuo.adapters.policies.portable import pdf_blocks
from chengnuo.adapters.policies.word import word_blocks
from chengnuo.base.text import Lang
from chengnuo.domain.disclosure.all_documents import derive
from chengnuo.domain.disclosure.declared import Declared
from chengnuo.domain.disclosure.document import DocumentKind
from chengnuo.domain.register.ids import AppId
from chengnuo.engines.policy.blocks import BlockKind, BlockText
from chengnuo.law.catalogue import Catalogue
from chengnuo.ports.policies import UnreadablePolicyError

GRID = (("SDK名称", "信息", "信息"), ("友盟", "IMEI", "MAC"), ("友盟", "OAID", "—"))
PAGE = """<table><tr><th>SDK名称</th><th colspan=2>信息</th></tr>
<tr><td rowspan="2">友盟</td><td>IMEI<td>MAC</tr><tr><td>OAID</td><td>—</td></table>"""


def grid(document: BlockText) -> tuple[tuple[str, ...], ...]:
    tables = [one for one in document.blocks if one.kind is BlockKind.TABLE]
    assert len(tables) == 1
    return tuple(tuple(cell.text for cell in row) for row in tables[0].rows)


def shape(document: BlockText) -> list[tuple[BlockKind, int, bool, str]]:
    return [
        (one.kind, one.level, one.bold, document.text_of(one))
        for one in document.blocks
        if one.kind is not BlockKind.TABLE
    ]


def holds(document: BlockText) -> bool:
    """Tell whether every offset is right and no block overlaps another."""
    cells = [cell for one in document.blocks for row in one.rows for cell in row]
    ends = [0, *(one.end for one in document.blocks)]
    starts = [*(one.start for one in document.blocks), len(document.text)]
    return all(document.text[cell.start : cell.end] == cell.text for cell in cells) and all(
        end <= start for end, start in zip(ends, starts, strict=True)
    )


def test_cells_of_a_page_that_span_stand_at_each_place() -> None:
    found = page_blocks(PAGE)
    assert grid(found) == GRID
    assert found.blocks[0].heading_rows == 1
    assert holds(found)


def test_a_word_document_gives_headings_items_and_its_table() -> None:
    found = word_blocks(docx(WORD))
    assert grid(found) == GRID
    assert holds(found)
    assert shape(found) == [
        (BlockKind.HEADING, 1, False, "隐私政策"),
        (BlockKind.PARAGRAPH, 0, True, "一、收集"),
        (BlockKind.ITEM, 2, False, "相机"),
    ]


def test_a_table_of_markdown_keeps_lines_bold_and_escapes() -> None:
    found = markdown_blocks(
        "## 二、**第三方**\n\n| 名称 | 信息 |\n| --- | --- |\n"
        "| **友盟**<br>SDK: U\\|App | [规则](<https://a.example>) |\n\n> - 相机\n"
    )
    assert grid(found) == (("名称", "信息"), ("友盟\nSDK: U|App", "规则 (https://a.example)"))
    assert shape(found) == [
        (BlockKind.HEADING, 2, False, "二、第三方"),
        (BlockKind.ITEM, 1, False, "相机"),
    ]
    assert holds(found)


def test_a_table_that_lays_out_a_page_is_paragraphs() -> None:
    found = page_blocks(f"<table><tr><td>左<td><h2>一、收集</h2>{PAGE}<p>后</table>尾")
    assert grid(found) == GRID
    assert [text for *_, text in shape(found)] == ["左", "一、收集", "后", "尾"]
    assert page_blocks("<table><tr><td>甲<tr><td>乙</table>").text == "甲\n乙"


def test_terms_and_what_is_said_of_them_are_one_line() -> None:
    found = page_blocks("<dl><dt>更新日期</dt>\n<dd>2026年1月1日</dd><dt>邮箱</dt><dd>a</dd></dl>")
    assert found.text == "更新日期：2026年1月1日\n邮箱：a"


@pytest.mark.parametrize("tag", ["div", "table", "ul", "b", "td"])
def test_no_depth_exhausts_the_reader_of_a_page(tag: str) -> None:
    found = page_blocks(f"<{tag}>" * 20_000 + "手机号" + f"</{tag}>" * 20_000)
    assert found.text == "手机号"


def test_no_depth_exhausts_the_reader_of_word() -> None:
    deep = "<w:tbl><w:tr><w:tc>" * 20_000
    end = "</w:tc></w:tr></w:tbl>" * 20_000
    text = "<w:p><w:r><w:t>手机号</w:t></w:r></w:p>"
    document = f'<w:document xmlns:w="{SPACE}">{deep}{text}{end}</w:document>'
    assert word_blocks(docx(document)).text == "手机号"


ENTITIES = f'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>{WORD.replace("相机", "&b;")}'


def packed_otherwise(data: bytes) -> bytes:
    """Return a ZIP whose files are said to be packed by a method that nobody knows."""
    for sign, place in ((b"PK\3\4", 8), (b"PK\1\2", 10)):
        start = data.find(sign)
        while start >= 0:
            at = start + place
            data = data[:at] + b"\x63\0" + data[at + 2 :]
            start = data.find(sign, at)
    return data


@pytest.mark.parametrize(
    ("data", "why"),
    [
        pytest.param(docx(ENTITIES), "document type", id="an entity of another file"),
        pytest.param(docx(WORD[:-20]), "damaged", id="XML that ends early"),
        pytest.param(packed_otherwise(docx(WORD)), "damaged", id="packed in an unknown way"),
        pytest.param(docx(WORD)[:-30], "damaged", id="a ZIP that ends early"),
        pytest.param(docx(WORD.replace("</w:t>", "")), "damaged", id="tags that do not match"),
    ],
)
def test_a_hostile_word_document_is_refused(data: bytes, why: str) -> None:
    with pytest.raises(PolicyFormatError, match=why):
        word_blocks(data)


def test_an_archive_that_is_no_word_document_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "policy.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "手机号")
    with pytest.raises(UnreadablePolicyError, match="no Word document"):
        PolicyFile().read(path)


def test_more_text_than_is_read_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chengnuo.adapters.policies.word.MAX_PART_BYTES", 500)
    with pytest.raises(PolicyFormatError, match="more than"):
        word_blocks(docx(WORD))


def test_a_pdf_of_ours_gives_its_text_and_an_empty_one_is_said_to_be_scanned(
    catalogue: Catalogue, tmp_path: Path
) -> None:
    register = told_register(catalogue)
    told = Declared(register=register, catalogue=catalogue, app_id=AppId("tea"))
    path = tmp_path / "policy.pdf"
    path.write_bytes(PdfWriter().write(derive(told, DocumentKind.FIRST_RUN_NOTICE), Lang.ZH))
    assert "示例茶舍" in PolicyFile().read(path).text
    blank, out = BlankPdf(), BytesIO()
    blank.add_blank_page(100, 100)
    blank.write(out)
    with pytest.raises(PolicyFormatError, match="scanned"):
        pdf_blocks(out.getvalue())


def test_lines_of_mixed_encodings_are_read(tmp_path: Path) -> None:
    path = tmp_path / "policy.txt"
    path.write_bytes("手机号\n".encode() + "位置\n".encode("gb18030"))
    assert PolicyFile().read(path).text == "手机号\n位置"


TAGS = "<table> </table> <tr> <td> </td> <h2> </h2> <li> <p> <dl> <dt> </dt> <dd> <b> </b> <br>"
SIGNS = "甲 乙。 A # - ** ` < > &lt; \\| |---|---| <th\xa0colspan=2> <td\xa0rowspan=3>"
PIECES = st.sampled_from([*TAGS.split(), *SIGNS.split(" "), "\n", " ", "| a | b |\n"])


@given(st.lists(PIECES, max_size=60))
def test_offsets_hold_for_whatever_is_read(pieces: list[str]) -> None:
    written = "".join(pieces)
    assert all(holds(read(written)) for read in (page_blocks, markdown_blocks, plain_blocks))


@given(st.binary(max_size=400))
def test_bytes_give_blocks_or_are_refused(data: bytes) -> None:
    for read in (word_blocks, pdf_blocks):
        try:
            found = read(data)
        except PolicyFormatError:
            continue
        assert holds(found)
