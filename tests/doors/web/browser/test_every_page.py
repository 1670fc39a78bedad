"""What holds for every page: rules of accessibility, width, targets, keys, no scripts needed."""

import pytest
from tests.axe import violations
from tests.doors.web.browser.eyes import Eyes
from tests.doors.web.browser.looks import (
    FOCUSED,
    NARROW,
    SMALL_TARGETS,
    WIDER_THAN_THE_PAGE,
    said,
    walk,
)
from tests.doors.web.browser.places import CENTRE, PAGES
from tests.doors.web.browser.tabs import text_twice_as_large, zoomed
from tests.doors.web.browser.visits import Visitor

pytestmark = pytest.mark.real

ROOT_SIZE = "getComputedStyle(document.documentElement).fontSize"


def visitor_of(path: str, anyone: Visitor, staff: Visitor) -> Visitor:
    return anyone if path in CENTRE else staff


@pytest.mark.parametrize("path", PAGES)
def test_a_page_as_most_people_see_it(path: str, anyone: Visitor, staff: Visitor) -> None:
    """One visit for all that holds in it: opening a page costs more than looking at it."""
    with visitor_of(path, anyone, staff).at(path) as page:
        assert violations(page) == []
        positions = walk(page)
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUSED)["index"] not in positions[1:], "a trap"
        assert page.locator("footer a[href='/centre/contact']").count() >= 1, "a way to complain"
        for width in (1280, 1000, 768, 640, 390, 320):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate(WIDER_THAN_THE_PAGE) <= 0, f"scrolls sideways at {width}"
            if width in {1280, 390}:
                assert page.evaluate(SMALL_TARGETS) == [], f"small targets at {width}"
        page.set_viewport_size({"width": 1280, "height": 900})
        with text_twice_as_large(page):
            assert page.evaluate(ROOT_SIZE) == "32px"
            assert page.evaluate(WIDER_THAN_THE_PAGE) <= 0, "text twice as large"
            assert page.locator("main h1").is_visible()
        assert page.evaluate(ROOT_SIZE) == "16px"
        with zoomed(page, 4):
            assert page.evaluate("[innerWidth, devicePixelRatio]") == [320, 4]
            assert page.evaluate(WIDER_THAN_THE_PAGE) <= 0, "zoomed to 400 %"
        assert page.evaluate("[innerWidth, devicePixelRatio]") == [1280, 1]
        page.click("text=English")
        assert page.url.startswith(f"{anyone.house.address}{path}")
        assert page.locator("html").get_attribute("lang") == "en"
        assert violations(page) == [], "in English"
        page.set_viewport_size({"width": NARROW.width, "height": NARROW.height})
        page.emulate_media(color_scheme=NARROW.scheme)
        assert violations(page) == [], "narrow, dark and in English"
        page.set_viewport_size({"width": 1280, "height": 900})
        page.click("text=中文")
        assert page.locator("html").get_attribute("lang") == "zh-CN"
        assert violations(page) == [], "dark and in Chinese"
        page.emulate_media(color_scheme="light")
        with_scripts = said(page)
        page.emulate_media(media="print")
        assert page.locator("main h1").is_visible()
        assert page.locator("nav:visible, button:visible").count() == 0
    with visitor_of(path, anyone, staff).at(path, Eyes(scripts=False)) as page:
        assert said(page) == with_scripts, "the page says the same without scripts"


@pytest.mark.parametrize("path", ["/console", "/console/findings"])
def test_axe_finds_nothing_where_there_is_much_to_mend(path: str, faulty: Visitor) -> None:
    with faulty.at(path) as page:
        assert violations(page) == []


def test_a_text_too_faint_is_found_among_those_that_look_alike(anyone: Visitor) -> None:
    with anyone.at("/centre") as page:
        page.evaluate("""() => document.querySelector("main").replaceChildren(
          document.querySelector("main h1"), ...[...Array(9).keys()].map((number) => {
          const one = document.createElement("p");
          one.textContent = `第 ${number} 行`;
          one.style.color = number === 7 ? "rgb(200, 200, 200)" : "";
          return one;
        }))""")
        assert [one.partition(":")[0] for one in violations(page)] == ["color-contrast"]
        assert page.locator("[data-looks-alike]").count() >= 5
