"""The page of a package inspection: kept pages, nothing foreign in it, and how it looks."""

import base64
import hashlib
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.adapters.documents.page import Page
from tests.axe import violations
from tests.domain.finding.report_kit import REPORTS, large_report

from chengnuo.adapters.documents.inspection_page import MOST_SEEN, inspection_page
from chengnuo.base.text import Lang
from chengnuo.domain.finding.package_words import ReportWords
from chengnuo.domain.observation.knowledge import Knowledge
from chengnuo.law.catalogue import Catalogue

Golden = Callable[[str, str | bytes], None]


@pytest.fixture(scope="module")
def words(catalogue: Catalogue, knowledge: Knowledge) -> ReportWords:
    return ReportWords(law=catalogue, knowledge=knowledge)


@pytest.mark.parametrize("lang", Lang)
@pytest.mark.parametrize("name", ["bad", "clean"])
def test_the_page_is_what_was_read_and_kept(
    name: str, lang: Lang, words: ReportWords, golden: Golden
) -> None:
    page = inspection_page(REPORTS[name], words, lang).decode()
    # The style has its own file; its hash is looked at below.
    without = re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)
    golden(f"inspection/{name}.{lang}.html", re.sub(r"sha256-[^']+", "sha256-", without))


def test_the_policy_lets_in_the_style_of_the_page_alone(words: ReportWords) -> None:
    page = inspection_page(REPORTS["bad"], words, Lang.ZH).decode()
    found = re.search(r"<style>(.*?)</style>", page, flags=re.DOTALL)
    assert found is not None
    digest = base64.b64encode(hashlib.sha256(found[1].encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'" in page


@pytest.mark.parametrize("lang", Lang)
def test_hostile_names_stay_text(lang: Lang, words: ReportWords) -> None:
    data = inspection_page(REPORTS["hostile"], words, lang)
    page = Page(data)
    assert not {"script", "img", "iframe", "link", "object"} & page.tags
    assert not {name for name in page.attributes if name.startswith("on") or name == "style"}
    assert all(address.startswith("#seen-") for address in page.addresses)
    assert "\u202e" not in data.decode()
    assert "\x1b" not in data.decode()
    assert any("<script>alert(1)</script>" in text for text in page.texts)


def test_a_large_report_is_cut_and_names_the_json(words: ReportWords) -> None:
    page = inspection_page(large_report(20_000), words, Lang.ZH).decode()
    assert page.count('class="seen"') == MOST_SEEN
    assert f"另有 {20_000 - MOST_SEEN} 项没有列出，全部内容见 JSON 报告。" in page


@pytest.mark.real
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", REPORTS)
def test_the_page_fits_its_screen_and_is_let_in_whole(
    name: str, width: int, words: ReportWords, browser: Browser, tmp_path: Path
) -> None:
    file = tmp_path / "report.html"
    file.write_bytes(inspection_page(REPORTS[name], words, Lang.ZH))
    with browser.new_page(viewport={"width": width, "height": 900}) as page:
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.goto(file.as_uri())
        assert said == []
        assert page.evaluate("document.documentElement.scrollWidth") == width
        shown = page.locator(".plot svg:visible")
        assert shown.count() == (0 if name == "clean" else 1)


@pytest.mark.real
@pytest.mark.parametrize("lang", Lang)
@pytest.mark.parametrize("name", REPORTS)
def test_the_page_breaks_no_rule_of_axe(
    name: str, lang: Lang, words: ReportWords, browser: Browser, tmp_path: Path
) -> None:
    file = tmp_path / "report.html"
    # The policy of the page would let no script of the test in.
    page_of_report = inspection_page(REPORTS[name], words, lang).decode()
    file.write_text(re.sub(r"<meta http-equiv[^>]*>", "", page_of_report), encoding="utf-8")
    with browser.new_page() as page:
        page.goto(file.as_uri())
        for width in (390, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            assert violations(page) == [], width
