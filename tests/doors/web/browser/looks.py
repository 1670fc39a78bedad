"""What must hold for a page, in as few visits as can be: each costs more than most looks in it."""

import re
from collections.abc import Collection

from playwright.sync_api import Page
from tests.axe import violations
from tests.doors.web.browser.eyes import Eyes
from tests.doors.web.browser.visits import Visitor

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
_TAB_STOPS = """
() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
  .filter((one) => one.tabIndex >= 0 && !one.matches(":disabled") && one.type !== "hidden"
    && one.checkVisibility({visibilityProperty: true}))
  .filter((one, place, all) => one.type !== "radio" || all.findIndex(  // a group is one stop
    (other) => other.type === "radio" && other.name === one.name && other.form === one.form
  ) === place)
  .length
"""
_PARTS = 8
"""How many stops one field may have: a day has year, month, day and a calendar."""
FOCUSED = """
() => {
  const one = document.activeElement;
  const style = getComputedStyle(one);
  const box = one.getBoundingClientRect();
  return {
    index: [...document.querySelectorAll("*")].indexOf(one),
    name: `${one.tagName} ${one.textContent.trim().slice(0, 20)}`,
    outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    seen: box.bottom > 0 && box.top < innerHeight,
    body: one === document.body,
  };
}
"""


def holds_for_everybody(
    visitor: Visitor,
    path: str,
    *,
    hidden: Collection[str] = (),
    framed: bool = True,
) -> None:
    """Assert what holds for every page: wide and narrow, dark, in English, and without scripts.

    Args:
        visitor: Who looks.
        path: At what.
        hidden: Targets that may be small, as something else is pressed in their place.
        framed: Whether it is a page that works without scripts.

    """
    with visitor.at(path) as page:
        assert violations(page) == []
        with_scripts = said(page) if framed else ""
        fits(page, hidden)
    with visitor.at(path, NARROW) as page:
        assert violations(page) == [], "narrow, dark and in English"
        fits(page, hidden)
    if framed:
        with visitor.at(path, Eyes(scripts=False)) as page:
            assert said(page) == with_scripts, "the page says the same without scripts"
            walk(page)


def fits(page: Page, hidden: Collection[str] = ()) -> None:
    """Assert that a page fits however narrow, and that what is pressed is large enough."""
    for width in (1280, 768, 390, 320):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(WIDER_THAN_THE_PAGE) <= 0, f"scrolls sideways at {width}"
        small = [one for one in page.evaluate(SMALL_TARGETS) if one not in hidden]
        assert small == [], f"small targets at {width}"


def said(page: Page) -> str:
    """Return the words of the page, but for what the script adds as a convenience."""
    words = page.locator("main").inner_text()
    words = re.sub(r"\b(复制|显示|打印或另存为 PDF)\b", "", words)
    return re.sub(r"\s+", "", words)


def walk(page: Page) -> list[int]:
    """Assert that Tab reaches everything in order, seen and outlined; return the positions."""
    walked, stops = [], int(page.evaluate(_TAB_STOPS))
    for _ in range(stops * _PARTS):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if not walked or focused["index"] != walked[-1]["index"]:
            walked.append(focused)
        if len(walked) == stops:
            break
    assert [stop["name"] for stop in walked if not stop["outlined"]] == []
    assert [stop["name"] for stop in walked if not stop["seen"]] == []
    positions = [int(stop["index"]) for stop in walked]
    assert positions == sorted(set(positions))
    return positions
