"""What is read back from each format is what was written, whatever the values are."""

import base64
import csv
import io
import json
import re
import zipfile
from datetime import UTC, date, datetime, time
from decimal import Decimal
from html.parser import HTMLParser
from uuid import UUID

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chengnuo.adapters.exports.rows_html import PAGE_ROWS, html_pages
from chengnuo.adapters.exports.rows_text import BOM, csv_file, json_lines, json_list
from chengnuo.adapters.exports.rows_xlsx import MOST_TEXT, xlsx_file
from chengnuo.base.text import Lang, Text
from chengnuo.domain.rights.explaining import Explanation, TableExplained
from chengnuo.domain.rights.showing import in_text, in_words, masked, plain
from chengnuo.domain.rights.values import Value

AT = datetime(2026, 11, 28, tzinfo=UTC)
COLUMNS = ("one", "two", "three")
TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    st.sampled_from(["=1+1", "+1", "-1", "@x", "\t=1", "'x", "''", "<b>&\"'", "，", "a\r\nb"]),
)
VALUES: st.SearchStrategy[Value] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.floats(),
    TEXTS,
    st.binary(max_size=20),
    st.decimals(),
    st.dates(),
    st.times(),
    st.datetimes(timezones=st.just(UTC)),
    st.uuids(),
)
ROWS = st.lists(st.tuples(VALUES, VALUES, VALUES), max_size=8)


@given(rows=ROWS)
def test_json_holds_every_value(rows: list[tuple[Value, ...]]) -> None:
    expected = [dict(zip(COLUMNS, map(plain, row), strict=True)) for row in rows]
    lines = b"".join(json_lines(COLUMNS, rows)).splitlines()
    assert [json.loads(line) for line in lines] == expected
    assert json.loads(b"".join(json_list(COLUMNS, rows))) == expected


@given(rows=ROWS)
def test_csv_holds_every_value_and_no_formula(rows: list[tuple[Value, ...]]) -> None:
    written = b"".join(csv_file(COLUMNS, rows))
    assert written.startswith(BOM)
    read = list(csv.reader(io.StringIO(written.decode("utf-8-sig"), newline="")))
    assert read[0] == list(COLUMNS)
    for row, cells in zip(rows, read[1:], strict=True):
        for value, cell in zip(row, cells, strict=True):
            if isinstance(value, str):
                assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
                assert cell.removeprefix("'") == value
            else:
                assert cell == in_text(value)


_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@settings(max_examples=40)
@given(rows=ROWS)
def test_a_workbook_holds_every_value_and_no_formula(rows: list[tuple[Value, ...]]) -> None:
    written = b"".join(xlsx_file("样例:表", COLUMNS, rows, at=AT))
    sheet = openpyxl.load_workbook(io.BytesIO(written)).worksheets[0]
    assert sheet.title == "样例 表"
    cells = list(sheet.iter_rows())
    assert [cell.value for cell in cells[0]] == list(COLUMNS)
    for row, found in zip(rows, cells[1:], strict=True):
        for value, cell in zip(row, found, strict=True):
            assert cell.data_type != "f"
            if value is None or value == "":
                assert cell.value in {None, ""}
            elif isinstance(value, bool) or (isinstance(value, int) and abs(value) < 10**15):
                assert cell.value == value
            else:
                assert str(cell.value) == _NOT_XML.sub("\ufffd", in_text(value))


def test_a_text_beyond_what_a_cell_holds_is_cut_in_a_workbook_only() -> None:
    long = "样" * (MOST_TEXT + 5)
    written = b"".join(xlsx_file("x", ("one",), [(long,)], at=AT))
    sheet = openpyxl.load_workbook(io.BytesIO(written)).worksheets[0]
    assert sheet["A2"].value == "样" * MOST_TEXT
    assert json.loads(b"".join(json_lines(("one",), [(long,)])))["one"] == long


def test_a_workbook_is_a_package_that_names_its_parts() -> None:
    written = b"".join(xlsx_file("x", ("one",), [], at=AT))
    with zipfile.ZipFile(io.BytesIO(written)) as package:
        names = set(package.namelist())
        types = package.read("[Content_Types].xml").decode()
    assert {name.removeprefix("/") for name in re.findall(r'PartName="([^"]+)"', types)} <= names


def explained(*columns: str) -> TableExplained:
    said = tuple(
        Explanation(
            column=column,
            category=None,
            name=Text(column, column),
            sensitive=False,
            uses=(),
            kept=None,
            others=False,
            exported=True,
        )
        for column in columns
    )
    return TableExplained(
        store="main",
        store_name=Text("主库", "Main"),
        table="t",
        holds=Text("样例", "Sample"),
        place=Text("中国大陆", "mainland China"),
        shared=None,
        columns=said,
    )


class Cells(HTMLParser):
    """Collects what stands in the cells of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.cells: list[str] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag == "td":
            self.cells.append("")
        self.inside = self.inside or tag == "td"

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "td"

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.cells[-1] += data


@given(rows=ROWS)
def test_pages_show_every_value_as_text(rows: list[tuple[Value, ...]]) -> None:

    cells: list[str] = []
    for member in html_pages("x", explained(*COLUMNS), rows):
        reader = Cells()
        reader.feed(b"".join(member.chunks).decode())
        reader.close()
        cells += reader.cells
    assert cells == [in_words(value, Lang.ZH) for row in rows for value in row]


@pytest.mark.parametrize("count", [0, 1, PAGE_ROWS, PAGE_ROWS + 1, 2 * PAGE_ROWS, 1_234])
def test_pages_lead_on_and_back_and_hold_each_row_once(count: int) -> None:
    pages: dict[str, str] = {}
    for member in html_pages("x", explained("n"), ((n,) for n in range(count))):
        pages[member.name] = b"".join(member.chunks).decode()
    assert len(pages) == max(1, -(-count // PAGE_ROWS))
    seen: list[str] = []
    for number, (name, page) in enumerate(pages.items(), 1):
        assert name == f"html/x-{number:04}.html"
        assert (f'href="x-{number - 1:04}.html"' in page) == (number > 1)
        assert (f'href="x-{number + 1:04}.html"' in page) == (number < len(pages))
        reader = Cells()
        reader.feed(page)
        seen += reader.cells
    assert seen == [str(n) for n in range(count)]


@pytest.mark.parametrize(
    ("value", "form"),
    [
        (None, None),
        (True, True),
        (2**53, "9007199254740992"),
        (b"\x00\xff", base64.b64encode(b"\x00\xff").decode()),
        (Decimal("1.10"), "1.10"),
        (date(1890, 1, 2), "1890-01-02"),
        (time(1, 2), "01:02:00"),
        (AT, "2026-11-28T00:00:00+00:00"),
        (UUID(int=1), "00000000-0000-0000-0000-000000000001"),
        (float("nan"), "nan"),
    ],
)
def test_a_value_has_one_form_in_json(value: Value, form: object) -> None:
    assert plain(value) == form


@given(value=TEXTS)
def test_a_mask_shows_at_most_half_and_keeps_the_length(value: str) -> None:
    hidden = masked(value)
    assert isinstance(hidden, str)
    assert len(hidden) == len(value)
    shown = sum(one != "*" for one in hidden)
    assert shown <= max(len(value) // 2, 7)
    if len(value) < 11:
        assert shown <= len(value) // 2
