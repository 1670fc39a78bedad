"""The report of an audit of prices as a PDF: the same content as the page, and the same bytes."""

import re
from io import BytesIO

import pytest
from pypdf import PdfReader

from chengnuo.adapters.documents.audit_charts import Chart
from chengnuo.adapters.documents.audit_parts import front, sections
from chengnuo.adapters.documents.audit_pdf import AuditPdf
from chengnuo.base.text import Lang
from chengnuo.domain.pricing.auditing import audited
from chengnuo.domain.pricing.coding import coded
from chengnuo.domain.pricing.factor_effects import factor_effects
from chengnuo.domain.pricing.in_memory import measured_in_memory, surveyed
from chengnuo.domain.pricing.simulating import simulation_spec
from chengnuo.engines.fairness.simulation import Scenario, simulated
from chengnuo.ports.audit_reports import AuditReport

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def report() -> AuditReport:
    table = simulated(Scenario(quotes=3000, persons=300, big_spenders=0.05), 7).columns
    spec = simulation_spec()
    by = coded(spec, surveyed(spec, table))
    audit = audited(by, measured_in_memory(by, table), factoring=factor_effects(by, table))
    return AuditReport(coded=by, problems=(), audit=audit)


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("lang", Lang)
def test_the_pdf_says_what_the_page_says(lang: Lang, report: AuditReport) -> None:
    data = AuditPdf().write(report, lang)
    reader = PdfReader(BytesIO(data))
    pages = [squeezed(page.extract_text()) for page in reader.pages]
    first = front(report, lang)
    assert squeezed(first.verdict) in pages[0]
    for line in (*first.said, *first.legs, *first.todo):
        assert squeezed(line) in pages[0], line
    whole = "".join(pages)
    for section in sections(report, lang):
        assert squeezed(section.title.in_lang(lang)) in whole
    assert b"pdfuaid" in data  # every character has a shape in the font
    parts = [part for one in sections(report, lang) for part in one.parts]
    assert sum(isinstance(part, Chart) for part in parts) >= 5


def test_the_same_report_gives_the_same_pdf(report: AuditReport) -> None:
    assert AuditPdf().write(report, Lang.ZH) == AuditPdf().write(report, Lang.ZH)


def test_a_log_that_cannot_be_audited_has_a_pdf_too(report: AuditReport) -> None:
    bare = AuditReport(coded=report.coded, problems=(), audit=None)
    text = PdfReader(BytesIO(AuditPdf().write(bare, Lang.ZH))).pages[0].extract_text()
    assert squeezed("没有查看任何价格") in squeezed(text)
