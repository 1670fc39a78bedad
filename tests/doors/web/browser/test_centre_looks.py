"""The centre as it may look: in an operator's theme, and without any colour."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page
from tests.axe import violations
from tests.doors.web.browser.eyes import Eyes
from tests.doors.web.browser.houses import EXAMPLES, House, serving
from tests.doors.web.browser.looks import fits
from tests.doors.web.browser.prompt_house import PROMPTS, PromptHouse, prompt_house
from tests.doors.web.browser.rights_house import ServedRights, served_rights
from tests.doors.web.browser.visits import Visitor

pytestmark = pytest.mark.real

THEMES = {
    "round, blue and large": """
radius = 16
text = 21
[light]
ink = "#0b2b5c"
ink-soft = "#3d5378"
paper = "#eef4ff"
sheet = "#ffffff"
shade = "#e2ecfd"
edge = "#5a6f94"
hairline = "#c3d3ee"
seal = "#a01f5c"
[dark]
paper = "#081226"
sheet = "#0e1b36"
shade = "#142447"
ink = "#e6eeff"
ink-soft = "#a9bbdd"
edge = "#7f93ba"
on-ink = "#081226"
""",
    "square, warm and plain": """
radius = 0
[light]
ink = "#33210f"
ink-soft = "#634a2f"
paper = "#fff7e6"
sheet = "#fffdf8"
shade = "#fbeed2"
edge = "#8a6d45"
seal = "#8c1d18"
[dark]
paper = "#000000"
sheet = "#101010"
shade = "#1c1c1c"
ink = "#fff4d6"
""",
}
PAGES = (
    "/centre",
    "/centre/information",
    "/centre/recipients",
    "/centre/rules",
    "/centre/rights",
    "/centre/contact",
    "/centre/prompts/first-run",
    "/centre/prompts/nearby-stores/moment-1",
)
MEANT = """
() => [...document.querySelectorAll("main .status")].filter((one) => one.checkVisibility())
  .map((one) => [
    one.querySelector("svg use")?.getAttribute("href") ?? "",
    [...one.classList].find((each) => each.startsWith("status-")) ?? "",
    one.textContent.trim(),
  ])
"""
LIKE_TEXT = """
() => [...document.querySelectorAll("main a[href]")].filter((one) => one.checkVisibility())
  .filter((one) => [...one.parentElement.childNodes].some(
    (each) => each.nodeType === Node.TEXT_NODE && each.data.trim()))
  .filter((one) => {
    const style = getComputedStyle(one);
    return !style.textDecorationLine.includes("underline")
      && parseFloat(style.borderBottomWidth) === 0;
  }).map((one) => one.textContent.trim())
"""
CURRENT_LIKE_OTHERS = """
() => [...document.querySelectorAll("a[aria-current]")].filter((one) => one.checkVisibility())
  .filter((one) => {
    const look = (each) => {
      const style = getComputedStyle(each);
      return [style.fontWeight, style.borderBottomWidth, style.textDecorationLine,
        style.backgroundColor].join();
    };
    const others = [...one.closest("ul, ol, nav, div").querySelectorAll("a:not([aria-current])")];
    return others.some((each) => look(each) === look(one));
  }).map((one) => one.textContent.trim())
"""
PLAIN_SENSITIVE = """
() => [...document.querySelectorAll("main .sensitive")].filter((one) => one.checkVisibility())
  .filter((one) => {
    const style = getComputedStyle(one);
    const under = style.textDecorationLine.includes("underline")
      || parseFloat(style.borderBottomWidth) > 0;
    return !under || parseInt(style.fontWeight) < 600;
  }).map((one) => one.textContent.trim())
"""


@pytest.fixture(scope="module", params=THEMES)
def themed(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("themed")
    theme, settings = folder / "theme.toml", folder / "settings.toml"
    theme.write_text(THEMES[request.param], "utf-8")
    settings.write_text(f'centre_theme = "{theme}"\n', "utf-8")
    with serving(EXAMPLES / "shop" / "register", folder / "data", settings) as house:
        yield house


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_legible_in_a_theme_in_light_and_in_dark(
    path: str, themed: House, browser: Browser
) -> None:
    visitor = Visitor(browser=browser, house=themed)
    with visitor.at(path) as page:
        assert page.locator("link[href^='/centre/theme.css']").count() == 1
        assert violations(page) == []
        fits(page)
        page.emulate_media(color_scheme="dark")
        assert violations(page) == [], "dark"
    with visitor.at(f"{path}?size=largest", Eyes(width=390, lang="en")) as page:
        assert violations(page) == [], "largest"
        fits(page)


@pytest.fixture(scope="module")
def asking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PromptHouse]:
    with prompt_house(tmp_path_factory.mktemp("asking")) as served:
        yield served


@pytest.fixture(scope="module")
def rights(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedRights]:
    with served_rights(tmp_path_factory.mktemp("rights")) as served:
        yield served


@contextmanager
def without_colour(page: Page) -> Iterator[None]:
    """What somebody sees who sees no colour at all."""
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setEmulatedVisionDeficiency", {"type": "achromatopsia"})
    yield
    session.send("Emulation.setEmulatedVisionDeficiency", {"type": "none"})
    session.detach()


def nothing_by_colour_alone(page: Page) -> None:
    """Assert that each status has a shape of its kind and a word, and links and rows their mark."""
    kinds: dict[str, set[str]] = {}
    for shape, kind, word in page.evaluate(MEANT):
        assert word, page.url
        assert shape == f"#shape-{kind.removeprefix('status-')}", word
        kinds.setdefault(shape, set()).add(kind)
    assert all(len(one) == 1 for one in kinds.values())
    assert page.evaluate(LIKE_TEXT) == []
    assert page.evaluate(CURRENT_LIKE_OTHERS) == []
    assert page.evaluate(PLAIN_SENSITIVE) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_meaning_is_lost_without_colour(
    scheme: str, asking: PromptHouse, rights: ServedRights, browser: Browser
) -> None:
    own = ("", "/consents", "/switches", "/information", "/recipients", "/complaints", "/receipts")
    pages = [(asking.visitor("adult", browser), f"/centre{one}") for one in own]
    pages += [(asking.visitor(one.who, browser), one.path) for one in PROMPTS.values()]
    pages += [(rights.visitor(browser), path) for path in rights.paths.values()]
    eyes = Eyes(width=390, scheme="dark" if scheme == "dark" else "light")
    for visitor, path in pages:
        with visitor.at(path, eyes) as page, without_colour(page):
            nothing_by_colour_alone(page)


def test_a_ticked_box_and_a_chosen_answer_are_told_apart_without_colour(
    asking: PromptHouse, browser: Browser
) -> None:
    guardian, path = asking.visitor("guardian", browser), PROMPTS["guardian"].path
    with guardian.at(path) as page, without_colour(page):
        for name in ("box", "relation"):
            one = page.locator(f"[name={name}]").first
            empty = one.screenshot()
            one.check()
            page.locator("#prompt-title").focus()
            assert one.screenshot() != empty
