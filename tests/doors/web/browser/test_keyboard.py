"""Everything by keyboard: the skip link first, a visible focus, the order of reading, no trap."""

import pytest
from tests.doors.web.browser.places import CENTRE, PAGES
from tests.doors.web.browser.visits import Visitor

pytestmark = pytest.mark.real

TAB_STOPS = """
() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
  .filter((one) => one.tabIndex >= 0 && !one.matches(":disabled") && one.type !== "hidden"
    && one.checkVisibility({visibilityProperty: true}))
  .length
"""
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


@pytest.mark.parametrize("path", PAGES)
def test_a_walk_by_tab_reaches_everything_in_order(
    path: str, anyone: Visitor, staff: Visitor
) -> None:
    with (anyone if path in CENTRE else staff).at(path) as page:
        stops = page.evaluate(TAB_STOPS)
        walked = []
        for _ in range(stops):
            page.keyboard.press("Tab")
            walked.append(page.evaluate(FOCUSED))
        assert [stop["name"] for stop in walked if not stop["outlined"]] == []
        assert [stop["name"] for stop in walked if not stop["seen"]] == []
        positions = [stop["index"] for stop in walked]
        assert positions == sorted(set(positions))
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUSED)["index"] not in positions[1:]


def test_the_skip_link_comes_first_and_leads_to_the_content(anyone: Visitor) -> None:
    with anyone.at("/centre") as page:
        page.keyboard.press("Tab")
        assert page.locator(":focus").inner_text() == "跳到正文"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "content"
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('main') !== null")


def test_what_is_folded_opens_by_keyboard(staff: Visitor) -> None:
    with staff.at("/console/register") as page:
        page.locator("summary").first.focus()
        page.keyboard.press("Enter")
        assert page.locator(".map-words .bands").is_visible()
