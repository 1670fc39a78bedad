"""The centre as a whole: screens by clicks from its home, the version for elders, paper."""

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page
from tests.axe import violations
from tests.doors.web.browser.eyes import Eyes
from tests.doors.web.browser.looks import WIDER_THAN_THE_PAGE
from tests.doors.web.browser.visits import Visitor

from chengnuo.doors.web.deep_links import SCREENS

pytestmark = pytest.mark.real

SIX = ("information", "consents", "switches", "recipients", "rights", "complaints")
"""The cards of the home, in their order."""
WAYS: dict[str, tuple[str, ...]] = {
    "/centre": (),
    **{f"/centre/{one}": (f"main a.door[href='/centre/{one}']",) for one in SIX},
    "/centre/minors": ("main a.door[href='/centre/minors']",),
    "/centre/rules": ("main a.door[href='/centre/rules']",),
    "/centre/rights/requests": (
        "main a.door[href='/centre/rights']",
        "main a[href='/centre/rights/requests']",
    ),
    "/centre/rights/cancel-account": (
        "main a.door[href='/centre/rights']",
        "main a[href='/centre/rights/cancel-account']",
    ),
}
"""What is pressed, one after the other, from the home."""
ELDER = (
    *("/centre", "/centre/about", "/centre/information", "/centre/recipients", "/centre/consents"),
    *("/centre/switches", "/centre/rights", "/centre/rights/delete", "/centre/rights/requests"),
    *("/centre/rights/cancel-account", "/centre/complaints", "/centre/receipts", "/centre/minors"),
    *("/centre/summary", "/centre/contact", "/centre/prompts/first-run"),
    "/centre/prompts/nearby-stores/general",
)
SMALLEST = """
() => {
  const sizes = [];
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const one = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || one.closest("svg") || !one.checkVisibility()) continue;
    const box = one.getBoundingClientRect();
    if (box.width <= 1 || box.height <= 1) continue;  // for whoever hears the page
    sizes.push([parseFloat(getComputedStyle(one).fontSize), one.textContent.trim().slice(0, 20)]);
  }
  return sizes.sort((one, other) => one[0] - other[0]).slice(0, 1)[0];
}
"""
BELOW = """
(least) => [...document.querySelectorAll("a, button, select, summary, textarea, input")]
  .filter((one) => {
    const box = one.getBoundingClientRect();
    if (box.width === 0 || box.height === 0 || one.closest("[aria-hidden=true]")) return false;
    if (getComputedStyle(one).display === "inline" || one.matches(".skip")) return false;
    const label = one.matches("[type=checkbox], [type=radio]") && one.closest(".tick");
    return Math.max(box.height, label ? label.getBoundingClientRect().height : 0) < least;
  }).map((one) => `${one.tagName} ${one.textContent.trim().slice(0, 20)}`)
"""


def test_the_home_has_six_cards_in_their_order(individual: Visitor) -> None:
    with individual.at("/centre") as page:
        doors = page.locator("main ul.doors").first.locator("a.door")
        hrefs = [one.get_attribute("href") for one in doors.all()]
    assert hrefs == [f"/centre/{one}" for one in SIX]


def test_every_screen_is_as_many_clicks_from_the_home_as_it_says(individual: Visitor) -> None:
    assert set(WAYS) == {one.path for one in SCREENS}
    for screen in SCREENS:
        ways = WAYS[screen.path]
        assert len(ways) == screen.clicks
        with individual.at("/centre") as page:
            pressed(page, ways)
            assert urlsplit(page.url).path == screen.path
            assert page.locator("main h1").is_visible()


def pressed(page: Page, ways: Sequence[str]) -> None:
    """Click one after the other, as a person does who waits for each page."""
    for way in ways:
        page.locator(way).first.click()
        page.wait_for_load_state()


@pytest.mark.parametrize("path", ELDER)
@pytest.mark.parametrize(("size", "least"), [("large", 22), ("largest", 30)])
def test_elders_read_large_text_and_press_large_targets(
    individual: Visitor, path: str, size: str, least: int
) -> None:
    with individual.at(f"{path}?size={size}", Eyes(width=390)) as page:
        assert violations(page) == []
        found = page.evaluate(SMALLEST)
        assert found[0] >= least, found
        for width in (1280, 390, 320):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate(WIDER_THAN_THE_PAGE) <= 0, f"scrolls sideways at {width}"
            assert page.evaluate(BELOW, 44) == [], f"small targets at {width}"
        page.emulate_media(color_scheme="dark")
        assert violations(page) == [], "dark"


def test_the_version_for_elders_stays_without_scripts_and_can_be_left(anyone: Visitor) -> None:
    with anyone.at("/centre", Eyes(scripts=False, lang="en")) as page:
        page.click("text=Large text")
        assert "elder-large" in str(page.locator("html").get_attribute("class"))
        page.click("main a.door[href='/centre/recipients']")
        assert "elder-large" in str(page.locator("html").get_attribute("class"))
        assert page.locator("html").get_attribute("lang") == "en"
        page.click("text=Largest")
        assert "elder-largest" in str(page.locator("html").get_attribute("class"))
        assert urlsplit(page.url).path == "/centre/recipients"
        page.click("main .elder-home a")
        page.wait_for_load_state()
        assert urlsplit(page.url).path == "/centre"
        assert page.locator("main ul.doors a.door:visible").count() == len(SIX)
        page.click("text=Usual size")
        page.wait_for_load_state()
        assert page.locator("html").get_attribute("class") is None


@pytest.mark.parametrize("width", [390, 1280])
def test_the_first_visit_explains_itself_on_one_screen(anyone: Visitor, width: int) -> None:
    screen = Eyes(width=width, height=844)
    with anyone.at("/centre/about", screen) as page:
        box = page.locator("main .about").bounding_box()
        act = page.locator("main .button").bounding_box()
        assert box is not None
        assert act is not None
        assert act["y"] + act["height"] <= 844
        assert box["y"] + box["height"] <= 844
    with anyone.at("/centre", screen) as page:
        about = page.locator("section:has(#about)").bounding_box()
        assert about is not None
        assert about["height"] <= 844
        assert page.locator("dialog, [role=dialog]").count() == 0
        page.click("text=知道了")
        page.wait_for_load_state()
        assert page.locator("#about").count() == 0


@pytest.mark.parametrize("path", ["/centre/information", "/centre/recipients"])
def test_on_paper_every_item_is_open(individual: Visitor, path: str) -> None:
    with individual.at(path) as page:
        assert page.locator(".item-body:visible").count() == 0
        page.emulate_media(media="print")
        bodies = page.locator(".item-body")
        heights = [box["height"] for one in bodies.all() if (box := one.bounding_box())]
        assert len(heights) == bodies.count() > 0
        assert min(heights) > 20
        page.emulate_media(media="screen")


@pytest.mark.parametrize(
    ("path", "act"), [("information", "删除"), ("recipients", "停止提供")], ids=["list 1", "list 2"]
)
def test_an_item_is_opened_and_acted_on_by_keyboard(
    individual: Visitor, path: str, act: str
) -> None:
    with individual.at(f"/centre/{path}", Eyes(scripts=False)) as page:
        first = page.locator(".item summary").first
        first.focus()
        page.keyboard.press("Enter")
        assert page.locator(".item-body").first.is_visible()
        page.locator(".item").first.locator("a", has_text=re.compile(act)).focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/centre/rights/**")
        assert page.locator("main h1").is_visible()


def test_a_link_to_an_item_opens_it(anyone: Visitor) -> None:
    with anyone.at("/centre") as page:
        page.goto(f"{anyone.house.address}/centre/information#pi-loc-precise")
        assert page.locator("#pi-loc-precise").is_visible()
        assert page.locator(".item-body:visible").count() == 1
