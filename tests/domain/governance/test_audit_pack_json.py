"""The JSON of an audit pack is read back whole, whatever its texts hold; nothing else is read."""

import io
import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from tests.adapters.documents.hostile import HOSTILE
from tests.domain.governance.test_audit_answers import audit, looked, papers

from chengnuo.adapters.documents.pdf import PdfWriter
from chengnuo.adapters.documents.xlsx import MAX_CELL_LENGTH, XlsxWriter
from chengnuo.base.canonical import canonical_json
from chengnuo.base.text import Lang, Text
from chengnuo.domain.dossier.dossier import DossierId
from chengnuo.domain.governance.audit_document import audit_document
from chengnuo.domain.governance.audit_pack import PackColumn, PackFacts, PackPart, Value
from chengnuo.domain.governance.audit_pack_json import PackFileError, read_head, read_part
from chengnuo.domain.governance.audit_pack_report import part_document, report_document
from chengnuo.domain.governance.audit_pack_words import readme
from chengnuo.domain.governance.audit_papers import AuditPapers, Remedy
from chengnuo.domain.governance.audit_papers_json import (
    papers_tree,
    read_papers,
)
from chengnuo.law.catalogue import Catalogue

PLAN = {
    "title": "2026 年度",
    "by-whom": "external",
    "auditor": "某会计师事务所",
    "period-from": "2026-01-01",
    "period-to": "2026-12-31",
}
UNSEEN = ("\u200b零宽\u200d", "\u202e反向", "\ufeffBOM", "a\x00b\x1b[31m", "长" * 40_000)
"""Signs that nobody sees or that steer a terminal, and a text longer than a cell."""
PLAIN = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
TEXTS = st.builds(Text, PLAIN, PLAIN)
VALUES = st.one_of(TEXTS, PLAIN, st.integers(-(2**53) + 1, 2**53 - 1), st.booleans(), st.none())
COLUMNS = (PackColumn("a", Text("甲", "A"), 1), PackColumn("b", Text("乙", "B"), 3))


def part(*rows: tuple[Value, ...], name: str = "05-rights") -> PackPart:
    return PackPart(
        id=name,
        title=Text("请求", "Requests"),
        looked=Text("看过全部", "All looked at"),
        columns=COLUMNS,
        rows=[*rows],
        records=[3, 7],
        complete=("request-state",),
    )


def facts(*parts: PackPart) -> PackFacts:
    return PackFacts(
        handler=Text("甲公司", "A Ltd"),
        start=1_790_784_000_000_000,
        end=1_798_732_799_999_999,
        period="2026-10-01..2026-12-31",
        origin="log.example/a",
        records=9,
        law="2026-11",
        program="chengnuo 1",
        parts=parts,
        papers=["au-1"],
        versions=["ab" * 32],
    )


@given(st.lists(st.tuples(VALUES, VALUES), max_size=8))
def test_a_part_is_read_back_as_it_was_written(rows: list[tuple[Value, ...]]) -> None:
    leaves = {3: "00" * 32, 7: "11" * 32}
    data = canonical_json(part(*rows).tree(leaves))
    assert read_part(data, "parts/05-rights.json") == part(*rows)


def test_the_head_is_read_back_as_it_was_written() -> None:
    data = canonical_json(facts().tree())
    read = read_head(data, "head.json", ())
    assert read == PackFacts(**{**_members(facts()), "papers": ("au-1",), "versions": ("ab" * 32,)})
    assert readme(read, Lang.EN) == readme(facts(), Lang.EN)


def _members(said: PackFacts) -> dict[str, object]:
    return {name: getattr(said, name) for name in PackFacts.__dataclass_fields__}


@given(st.binary(max_size=300))
def test_other_bytes_are_refused_by_every_reader(data: bytes) -> None:
    with pytest.raises(PackFileError):
        read_part(data, "x")
    with pytest.raises(PackFileError):
        read_head(data, "x", ())
    assert read_papers(data) is None


@pytest.mark.parametrize(
    "change",
    [
        {"type": "chengnuo-audit-part/2"},
        {"rows": [{"a": 1}]},
        {"rows": [{"a": 1, "b": 1.5}]},
        {"rows": [{"a": 1, "b": {"zh": "x"}}]},
        {"columns": []} | {"rows": 7},
        {"records": [{"leaf": "x"}]},
    ],
)
def test_a_part_of_another_form_is_refused(change: dict[str, object]) -> None:
    tree = json.loads(canonical_json(part((1, 2)).tree({3: "00", 7: "11"}))) | change
    with pytest.raises(PackFileError):
        read_part(json.dumps(tree).encode(), "x")


def test_no_cell_of_a_sheet_is_a_formula_or_a_link_and_each_says_its_text() -> None:
    rows = [(words, Text(words, words)) for words in (*HOSTILE, *UNSEEN[:3])]
    book = load_workbook(
        io.BytesIO(XlsxWriter().write(part_document(part(*rows), facts()), Lang.ZH))
    )
    sheet = book.worksheets[1]
    for at, (words, _) in enumerate(rows, 2):
        for cell in sheet[at]:
            assert cell.data_type == "s"
            assert cell.hyperlink is None
            assert cell.value == words


@pytest.mark.parametrize(
    "words", UNSEEN, ids=["zero width", "right to left", "BOM", "control", "huge"]
)
def test_what_nobody_sees_breaks_neither_sheet_nor_page(words: str) -> None:
    one = part((words, Text(words, words)))
    data = XlsxWriter().write(part_document(one, facts()), Lang.ZH)
    sheet = load_workbook(io.BytesIO(data)).worksheets[1]
    assert all(len(str(cell.value)) <= MAX_CELL_LENGTH + 40 for cell in sheet[2])
    assert PdfWriter().write(report_document(facts(one)), Lang.ZH).startswith(b"%PDF-")


def test_working_papers_are_read_back_to_the_same_documents(catalogue: Catalogue) -> None:
    remedy = Remedy(dossier=DossierId("rm-1"), state=Text("整改中", "x"), due="2027", done=False)
    said = {"item": "technical-measures", "result": "conforms", "finding": "=1+1", "samples": "3"}
    beyond = {"item": "other", "duty": "合同第9条", "result": "partly", "due": "2027-01-01"}
    dossier = audit(said, beyond)
    plan = {**PLAN, "kind": "regular"}
    dossier = replace(dossier, acts=(replace(dossier.acts[0], fields=plan), *dossier.acts[1:]))
    drawn = AuditPapers(
        audit=dossier,
        state=Text("审计中", "working"),
        items=tuple(papers(looked(catalogue, remedies={3: remedy}), dossier).values()),
        list_version="cd" * 32,
        register_version="ab" * 32,
        law_version="2026-11",
        handler=Text("甲", "A"),
        on=date(2026, 11, 30),
        small=Text("可以简化", "may be simple"),
    )
    read = read_papers(canonical_json(papers_tree(drawn)))
    assert read is not None
    for lang in Lang:
        ours, again = (
            XlsxWriter().write(audit_document(one, catalogue), lang) for one in (drawn, read)
        )
        assert ours == again
    assert papers_tree(read) == papers_tree(drawn)
