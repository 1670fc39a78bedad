"""The page of an audit of prices: what stands on it, nothing foreign, and how it looks."""

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from msgspec.structs import replace
from playwright.sync_api import Browser
from tests.adapters.documents.page import Page

from chengnuo.adapters.documents.audit_page import audit_page
from chengnuo.base.text import Lang
from chengnuo.domain.pricing.audit import Audit
from chengnuo.domain.pricing.auditing import audited
from chengnuo.domain.pricing.coding import Problem, coded
from chengnuo.domain.pricing.hindrance import Hindrance
from chengnuo.domain.pricing.in_memory import measured_in_memory, surveyed
from chengnuo.domain.pricing.simulating import simulation_spec
from chengnuo.engines.fairness.simulation import Scenario, simulated
from chengnuo.ports.audit_reports import AuditReport

HOSTILE = '"><script>alert(1)</script>\u202e'


@pytest.fixture(scope="module")
def report() -> AuditReport:
    """Of a log of big spenders who pay more; one device has a hostile name."""
    table: dict[str, Any] = dict(
        simulated(Scenario(quotes=4000, persons=300, big_spenders=0.05), 7).columns
    )
    table["device"] = np.where(table["device"] == "c", HOSTILE, table["device"])
    spec = simulation_spec()
    by = coded(spec, surveyed(spec, table))
    audit = audited(by, measured_in_memory(by, table), registered=by.config)
    problems = (Problem(name=Hindrance.ONE_ITEM, column=HOSTILE, rows=3),)
    return AuditReport(coded=by, problems=problems, audit=audit)


def audit_of(report: AuditReport) -> Audit:
    assert report.audit is not None
    return report.audit


@pytest.mark.parametrize("lang", Lang)
def test_the_first_part_says_verdict_legs_and_hashes(lang: Lang, report: AuditReport) -> None:
    audit = audit_of(report)
    page = audit_page(report, lang).decode()
    first, _, rest = page.partition("<svg")
    assert rest
    assert audit.verdict.text.in_lang(lang) in first
    for leg in audit.proof.legs:
        assert leg.leg.text.in_lang(lang) in first
    for digest in (audit.proof.config, audit.proof.data):
        assert digest in first
    assert first.count("✗ ") == len(audit.proof.missing) > 0
    assert first.count("✓ ") == len(audit.proof.legs) - len(audit.proof.missing)


def test_every_effect_is_a_picture_with_words_and_a_row(report: AuditReport) -> None:
    audit = audit_of(report)
    prices = [one for one in audit.effects if one.outcome == "price"]
    page = audit_page(report, Lang.EN).decode()
    assert page.count('role="img"') == 2 * len(prices) + 1
    assert page.count('aria-label="spend_band=top: ') == 2
    assert page.count('role="rowheader"><div>spend_band=top</div>') >= 2


@pytest.mark.parametrize("lang", Lang)
def test_hostile_values_stay_text(lang: Lang, report: AuditReport) -> None:
    data = audit_page(report, lang)
    page = Page(data)
    assert not {"script", "img", "iframe", "link", "object"} & page.tags
    assert not {name for name in page.attributes if name.startswith("on") or name == "style"}
    assert page.addresses == []
    assert "\u202e" not in data.decode()
    assert any("<script>alert(1)</script>" in text for text in page.texts)


def test_conditions_about_the_person_come_before_all_pictures(report: AuditReport) -> None:
    audit = audit_of(report)
    moved = replace(audit.factors[-1], column="member_level", rule="rule-7", personal=True)
    changed = AuditReport(
        coded=report.coded, problems=(), audit=replace(audit, factors=(moved, *audit.factors[:-1]))
    )
    first, *_ = audit_page(changed, Lang.EN).decode().partition("<svg")
    assert "member_level" in first
    assert "rule-7" in first


@pytest.mark.parametrize("lang", Lang)
def test_without_an_audit_the_page_says_what_is_wrong_with_the_log(
    lang: Lang, report: AuditReport
) -> None:
    bare = AuditReport(coded=report.coded, problems=report.problems, audit=None)
    page = audit_page(bare, lang).decode()
    assert "<svg" not in page
    assert Hindrance.ONE_ITEM.instead.in_lang(lang) in page
    assert report.coded.config in page


def test_the_same_report_gives_the_same_bytes(report: AuditReport) -> None:
    assert audit_page(report, Lang.ZH) == audit_page(report, Lang.ZH)
    assert audit_page(report, Lang.ZH) != audit_page(report, Lang.EN)


@pytest.mark.real
@pytest.mark.parametrize("lang", Lang)
def test_the_page_fits_every_screen_and_breaks_no_rule_of_axe(
    lang: Lang, report: AuditReport, browser: Browser, tmp_path: Path
) -> None:
    whole, bare = tmp_path / "whole.html", tmp_path / "bare.html"
    written = audit_page(report, lang).decode()
    whole.write_text(written, encoding="utf-8")
    # The policy of the page would let no script of the test in.
    bare.write_text(re.sub(r"<meta http-equiv[^>]*>", "", written), encoding="utf-8")
    for width in (320, 390, 1280):
        with browser.new_page(viewport={"width": width, "height": 900}) as page:
            page.goto(whole.as_uri())
            assert page.console_messages() == []
            assert page.evaluate("document.documentElement.scrollWidth") == width
            assert page.locator("svg.strip:visible").count() > 0
            if width > 320:
                page.goto(bare.as_uri())
                found = Axe().run(page).response["violations"]
                assert [one["id"] for one in found] == []
