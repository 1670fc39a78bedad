"""The page of an audit of prices: what stands on it, nothing foreign, and how it looks."""

import html
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from msgspec.structs import replace
from playwright.sync_api import Browser
from tests.adapters.documents.page import Page
from tests.axe import violations

from chengnuo.adapters.documents import audit_words as words
from chengnuo.adapters.documents.audit_charts import forest, worst_first
from chengnuo.adapters.documents.audit_histogram import histogram
from chengnuo.adapters.documents.audit_page import audit_page
from chengnuo.adapters.documents.audit_parts import sections
from chengnuo.base.columns import plain
from chengnuo.base.text import Lang
from chengnuo.domain.pricing.audit import Audit, Leg
from chengnuo.domain.pricing.auditing import audited
from chengnuo.domain.pricing.coding import Problem, coded
from chengnuo.domain.pricing.effects import PRICE
from chengnuo.domain.pricing.factor_effects import factor_effects
from chengnuo.domain.pricing.hindrance import Hindrance
from chengnuo.domain.pricing.in_memory import measured_in_memory, surveyed
from chengnuo.domain.pricing.probe_verdict import Verdict
from chengnuo.domain.pricing.simulating import simulation_spec
from chengnuo.engines.fairness.simulation import Scenario, simulated
from chengnuo.ports.audit_reports import AuditReport
from chengnuo.usecases.pricing.publishing import published_report

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
    audit = audited(
        by,
        measured_in_memory(by, table),
        registered=by.config,
        factoring=factor_effects(by, table),
    )
    problems = (Problem(name=Hindrance.ONE_ITEM, column=HOSTILE, rows=3),)
    return AuditReport(coded=by, problems=problems, audit=audit)


def audit_of(report: AuditReport) -> Audit:
    assert report.audit is not None
    return report.audit


@pytest.mark.parametrize("lang", Lang)
def test_the_first_part_says_verdict_money_legs_what_to_do_and_hashes(
    lang: Lang, report: AuditReport
) -> None:
    audit = audit_of(report)
    page = audit_page(report, lang).decode()
    first, _, rest = page.partition("<nav")
    assert rest
    assert words.HEAD[audit.verdict.value].in_lang(lang) in first
    assert audit.overcharged
    assert f"{audit.overcharged:,.2f}" in first
    for leg in audit.proof.legs:
        assert leg.leg.text.in_lang(lang) in first
    for leg_kind in audit.proof.missing:
        is_said = words.NEXT[leg_kind].in_lang(lang) in first
        assert is_said == (leg_kind not in {Leg.ATTRIBUTES, Leg.SEGMENTS})
    assert words.FIRST["found"].in_lang(lang) in first
    for digest in (audit.proof.config, audit.proof.data):
        assert digest in first
    assert first.count("<li>× ") == len(audit.proof.missing) > 0
    assert first.count("<li>✓ ") == len(audit.proof.legs) - len(audit.proof.missing)


@pytest.mark.parametrize("lang", Lang)
def test_the_contents_lead_to_every_section(lang: Lang, report: AuditReport) -> None:
    page = audit_page(report, lang).decode()
    anchors = re.findall(r'<a href="#([a-z-]+)">', page)
    assert anchors == [one.anchor for one in sections(report, lang)]
    for anchor in anchors:
        assert page.count(f'id="{anchor}"') == 1
    assert page.count("<h2>") == len(anchors)


def alternatives(page: str) -> list[str]:
    return [html.unescape(one) for one in re.findall(r'role="img" aria-label="([^"]*)"', page)]


def test_every_picture_says_the_numbers_of_the_audit(report: AuditReport) -> None:
    audit = audit_of(report)
    said = alternatives(audit_page(report, Lang.EN).decode())
    # A strip for each effect and group, a ladder for each effect on prices, the histogram.
    prices = [one for one in audit.effects if one.outcome == PRICE]
    assert len(said) == len(audit.effects) + len(prices) + len(audit.segments) + 1
    for one in audit.effects:
        is_open = one.verdict is not Verdict.NOT_AUDITABLE
        drawn = (one.naive, one.effect, one.low, one.high) if is_open else (one.naive,)
        spread = [f"{x:+.2%}" for x in drawn]
        mine = [each for each in said if each.startswith(f"{plain(one.regressor)}: at large")]
        assert any(all(x in each for x in spread) for each in mine), one.regressor
    for one in prices:
        rungs = [f"{rung.window_s / 60:g} min {rung.effect:+.2%}" for rung in one.rungs]
        mine = [each for each in said if each.startswith(f"{plain(one.regressor)}: {rungs[0]}")]
        assert len(mine) == 1
        assert all(each in mine[0] for each in rungs)
    for group in audit.segments:
        ends = f"{group.effect:+.2%} ({group.low:+.2%} to {group.high:+.2%})"
        assert any(ends in each for each in said)
    gaps = audit.lasting.gaps
    assert gaps is not None
    assert any(f"Mean gaps of {sum(gaps.persons):,} persons" in each for each in said)


def test_marks_lie_where_the_numbers_are(report: AuditReport) -> None:
    spec, audit = report.coded.spec, audit_of(report)
    gaps = audit.lasting.gaps
    assert gaps is not None
    bars = re.findall(
        r'<rect class="bar".*?height="([\d.]+)"', histogram(gaps, 0.02, Lang.EN).alone
    )
    most = max(*gaps.persons, *gaps.chance)
    assert [float(one) for one in bars] == pytest.approx(
        [100 * one / most for one in gaps.persons], abs=0.01
    )
    worst = worst_first(audit.effects)
    chart = forest(spec, worst, Lang.EN)
    assert chart is not None
    ends = [(one.low, one.high) for one in worst]
    lines = re.findall(r'class="range" x1="([\d.]+)%" x2="([\d.]+)%"', chart.alone)
    span = 1.1 * max(abs(x) for one in worst for x in (one.naive, one.low, one.high, spec.margin))
    for (left, right), (low, high) in zip(lines, ends, strict=True):
        assert float(left) == pytest.approx(50 + 48 * low / span, abs=0.01)
        assert float(right) == pytest.approx(50 + 48 * high / span, abs=0.01)


def test_the_tables_beside_the_pictures_hold_the_same(report: AuditReport) -> None:
    audit = audit_of(report)
    page = audit_page(report, Lang.EN).decode()
    gaps = audit.lasting.gaps
    assert gaps is not None
    assert f"<div>{max(gaps.persons):,}</div>" in page
    does = audit.factoring
    assert does is not None
    for one in does.without:
        assert f"<div>{one.removes:.2%}</div>" in page
    moved = [
        other - effect
        for one in does.without
        for effect, other in zip(does.effects, one.effects, strict=True)
        if effect is not None and other is not None
    ]
    assert all(f"<div>{one:+.2%}</div>" in page for one in moved)
    for group in audit.segments:
        if group.money is not None:
            assert f"<div>{group.money:+,.2f}</div>" in page


@pytest.mark.parametrize("lang", Lang)
def test_a_published_copy_says_what_it_withholds(lang: Lang, report: AuditReport) -> None:
    copy = published_report(report, 1000 if audit_of(report).persons >= 1000 else 100)
    shown = audit_of(copy)
    assert shown.withheld is not None
    assert shown.withheld.effects > 0
    page = audit_page(copy, lang).decode()
    said = words.WITHHELD_SAID.in_lang(lang).format(
        shown.withheld.floor, shown.withheld.effects, shown.withheld.segments, shown.withheld.whole
    )
    assert html.escape(said) in page
    told = {one.regressor for one in shown.effects}
    gone = {one.regressor for one in audit_of(report).effects} - told
    assert gone
    assert not [one for one in gone if html.escape(plain(one)) in page]
    assert copy.problems[0].rows == 0


@pytest.mark.parametrize("lang", Lang)
def test_hostile_values_stay_text(lang: Lang, report: AuditReport) -> None:
    data = audit_page(report, lang)
    page = Page(data)
    assert not {"script", "img", "iframe", "link", "object"} & page.tags
    assert not {name for name in page.attributes if name.startswith("on") or name == "style"}
    assert all(one.startswith("#") for one in page.addresses)
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
            assert page.evaluate("document.documentElement.scrollHeight") < 14_000
            top = page.locator(".legs li").last.bounding_box()
            assert top is not None
            # The verdict and every part of the proof stand on the first screen.
            assert top["y"] + top["height"] < 900 or width == 320
            if width > 320:
                page.goto(bare.as_uri())
                assert violations(page) == []


@pytest.mark.real
def test_folded_sections_are_open_in_print(
    report: AuditReport, browser: Browser, tmp_path: Path
) -> None:
    file = tmp_path / "report.html"
    file.write_bytes(audit_page(report, Lang.ZH))
    with browser.new_page(viewport={"width": 1280, "height": 900}) as page:
        page.goto(file.as_uri())
        method = page.locator("details#method li").first
        assert not method.is_visible()
        page.emulate_media(media="print")
        box = method.bounding_box()
        assert box is not None
        assert box["height"] > 0
