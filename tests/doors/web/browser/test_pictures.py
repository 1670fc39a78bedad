"""Pictures in a real browser: large enough, in their box, told apart without colour, in words."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from tests.doors.web.browser.tabs import tab_of
from tests.doors.web.plot_kit import gallery, sheet

from chengnuo.base.text import Lang

pytestmark = pytest.mark.real

WIDTHS = (320, 390, 768, 1280)
LEAST_PX = 11.0
LEAST_APART = 0.2
"""Of the whole scale of lightness, between any two sorts of bars."""
_MEASURED = """
() => [...document.querySelectorAll(".plot svg")].filter((one) => one.checkVisibility())
  .map((svg) => {
  const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
  const box = svg.viewBox.baseVal;
  const texts = [...svg.querySelectorAll("text")].map((one) => {
    let {x, y, width, height} = one.getBBox();
    if (one.closest(".plot-down")) {  // the air on both sides of a line that runs down
      x += width * 0.2;
      width *= 0.6;
    }
    return {x, y, width, height, text: one.textContent,
      px: parseFloat(getComputedStyle(one).fontSize) * scale};
  });
  const marks = [...svg.querySelectorAll(":scope > path")].map((one) => {
    const {x, y, width, height} = one.getBBox();
    return {x, y, width, height, sort: one.getAttribute("class")};
  });
  const name = svg.getAttribute("aria-labelledby");
  return {name, width: box.width, height: box.height, texts, marks,
    said: name.split(" ").map((id) => document.getElementById(id).textContent)};
})
"""
_LIGHTNESS = """
([at, name]) => {
  const grey = (color) => {
    const [r, g, b] = color.match(/[\\d.]+/g).map(Number);
    return (0.2126 * r + 0.7152 * g + 0.0722 * b) / 255;
  };
  const token = (name) => {
    const one = document.createElement("i");
    one.style.color = `var(${name})`;
    document.body.append(one);
    const color = getComputedStyle(one).color;
    one.remove();
    return grey(color);
  };
  const hatch = document.querySelector("pattern path");
  const full = parseFloat(getComputedStyle(hatch).strokeWidth) / 5;
  const ink = token("--ink"), paper = token("--paper");
  return [ink, full * ink + (1 - full) * paper, paper];
}
"""


def measured(page: Page) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = page.evaluate(_MEASURED)
    return found


@pytest.mark.parametrize("lang", Lang)
def test_pictures_are_legible_and_stay_in_their_box(browser: Browser, lang: Lang) -> None:
    drawings = gallery(lang)
    with tab_of(browser, scripts=True) as tab:
        page = tab.page
        page.goto("about:blank")  # a page of before would let no style in
        page.set_content(sheet(drawings, lang))
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            shown = measured(page)
            assert len(shown) == len(drawings), f"each once at {width}"
            for one in shown:
                is_legible(one, width)


def is_legible(one: dict[str, Any], width: int) -> None:
    texts = one["texts"]
    for text in texts:
        assert text["px"] >= LEAST_PX, (one["name"], width, text)
        assert text["x"] >= -0.5, (one["name"], text)
        assert text["x"] + text["width"] <= one["width"] + 0.5, (one["name"], text)
        assert text["y"] >= -4, (one["name"], text)
        assert text["y"] + text["height"] <= one["height"] + 4, (one["name"], text)
    for at, text in enumerate(texts):
        for other in texts[at + 1 :]:
            across = min(text["x"] + text["width"], other["x"] + other["width"]) - max(
                text["x"], other["x"]
            )
            down = min(text["y"] + text["height"], other["y"] + other["height"]) - max(
                text["y"], other["y"]
            )
            # The box of a text has air above and below the signs themselves.
            assert across <= 0 or down <= text["height"] * 0.35, (one["name"], text, other)
    for mark in one["marks"]:
        assert mark["x"] >= -0.5, (one["name"], mark)
        assert mark["x"] + mark["width"] <= one["width"] + 0.5, (one["name"], mark)
        assert mark["y"] + mark["height"] <= one["height"] + 0.5, (one["name"], mark)
    assert all(one["said"]), "a title and the numbers in words"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("media", ["screen", "print"])
def test_sorts_of_bars_differ_in_lightness(browser: Browser, scheme: str, media: str) -> None:
    with tab_of(browser, scripts=True) as tab:
        page = tab.page
        page.emulate_media(color_scheme=scheme, media=media)  # type: ignore[arg-type]  # both are
        page.goto("about:blank")
        page.set_content(sheet(gallery()))
        solid, hatched, empty = page.evaluate(_LIGHTNESS, [0, ""])
        assert abs(solid - hatched) >= LEAST_APART
        assert abs(hatched - empty) >= LEAST_APART
        wide = page.locator(".plot-wide:visible").count()
        assert media == "screen" or wide == page.locator(".plot").count()
