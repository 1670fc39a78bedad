"""What holds for every page: rules of accessibility, width, targets, and no scripts needed."""

import re
from dataclasses import replace

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from tests.doors.web.browser.places import CENTRE, PAGES
from tests.doors.web.browser.visits import Eyes, Visitor

pytestmark = pytest.mark.real

NARROW = Eyes(width=390, scheme="dark", lang="en")
SMALL_TARGETS = """
() => [...document.querySelectorAll("a, button, input, select, summary")].filter((one) => {
  const box = one.getBoundingClientRect();
  if (box.width === 0 || box.height === 0 || one.closest("[aria-hidden=true]")) return false;
  if (getComputedStyle(one).display === "inline") return false;  // a link within a sentence
  if (one.matches(".skip")) return false;
  return box.width < 24 || box.height < 24;
}).map((one) => `${one.tagName} ${one.textContent.trim().slice(0, 20)}`)
"""
WIDER_THAN_THE_PAGE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def visitor_of(path: str, anyone: Visitor, staff: Visitor) -> Visitor:
    return anyone if path in CENTRE else staff


def violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_as_most_people_see_it(path: str, anyone: Visitor, staff: Visitor) -> None:
    """One visit for all that holds in it: opening a page costs more than looking at it."""
    with visitor_of(path, anyone, staff).at(path) as page:
        assert violations(page) == []
        assert page.locator("footer a[href='/centre/contact']").count() >= 1, "a way to complain"
        for width in (1280, 1000, 768, 640, 390, 320):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate(WIDER_THAN_THE_PAGE) <= 0, f"scrolls sideways at {width}"
            if width in {1280, 390}:
                assert page.evaluate(SMALL_TARGETS) == [], f"small targets at {width}"
        page.set_viewport_size({"width": 1280, "height": 900})
        page.click("text=English")
        assert page.url.startswith(f"{anyone.house.address}{path}")
        assert page.locator("html").get_attribute("lang") == "en"
        page.click("text=中文")
        assert page.locator("html").get_attribute("lang") == "zh-CN"
        with_scripts = said(page)
        page.emulate_media(media="print")
        assert page.locator("main h1").is_visible()
        assert not any(nav.is_visible() for nav in page.locator("nav").all())
        assert not any(button.is_visible() for button in page.locator("button").all())
    with visitor_of(path, anyone, staff).at(path, Eyes(scripts=False)) as page:
        assert said(page) == with_scripts, "the page says the same without scripts"


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_narrow_dark_and_in_english(
    path: str, anyone: Visitor, staff: Visitor
) -> None:
    with visitor_of(path, anyone, staff).at(path, NARROW) as page:
        assert violations(page) == []


@pytest.mark.parametrize("path", ["/console", "/console/findings"])
def test_axe_finds_nothing_where_there_is_much_to_mend(path: str, faulty: Visitor) -> None:
    with faulty.at(path) as page:
        assert violations(page) == []


@pytest.mark.parametrize("path", PAGES)
def test_text_twice_as_large_stays_on_the_page(
    path: str, anyone: Visitor, staff: Visitor, large_print: Browser
) -> None:
    visitor = replace(visitor_of(path, anyone, staff), browser=large_print)
    with visitor.at(path) as page:
        assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
        assert page.evaluate(WIDER_THAN_THE_PAGE) <= 0
        assert page.locator("main h1").is_visible()


@pytest.mark.parametrize("path", PAGES)
def test_a_zoom_of_400_percent_leaves_one_column(
    path: str, anyone: Visitor, staff: Visitor
) -> None:
    zoomed = Eyes(width=1280 // 4, height=900 // 4, zoom=4)
    with visitor_of(path, anyone, staff).at(path, zoomed) as page:
        assert page.evaluate(WIDER_THAN_THE_PAGE) <= 0


def said(page: Page) -> str:
    """The words of the page, but for what the script adds as a convenience."""
    words = page.locator("main").inner_text()
    words = re.sub(r"\b(复制|打印或另存为 PDF)\b", "", words)
    return re.sub(r"\s+", "", words)
