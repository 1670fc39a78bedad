"""A page by keyboard alone: Tab to what is wanted, every stop seen and outlined, in order."""

from collections.abc import Mapping

from playwright.sync_api import Locator, Page
from tests.doors.web.browser.looks import FOCUSED, WIDER_THAN_THE_PAGE

_MOST_STOPS = 250
_IS_FOCUSED = "one => one === document.activeElement"
_IN_ITS_GROUP = """
one => ["name", "type", "form"].every((each) => document.activeElement[each] === one[each])
"""
_IS_FOLDED = "one => !one.checkVisibility({contentVisibilityAuto: true})"
_FOLD = "xpath=ancestor::details[not(@open)][1]/summary"


def tab_to(page: Page, wanted: str | Locator, *, group: bool = False) -> None:
    """Press Tab until something has the focus; with `group` any radio beside it will do."""
    target = (page.locator(wanted) if isinstance(wanted, str) else wanted).first
    asked, last = _IN_ITS_GROUP if group else _IS_FOCUSED, -1
    for _ in range(_MOST_STOPS):
        focused = page.evaluate(FOCUSED)
        if target.evaluate(asked):
            assert focused["outlined"], focused["name"]
            assert focused["seen"], focused["name"]
            return
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if not stop["body"]:
            assert stop["outlined"], stop["name"]
            assert stop["seen"], stop["name"]
            assert stop["index"] >= last, stop["name"]
        last = -1 if stop["body"] else stop["index"]  # past the last stop it begins anew
    message = f"{wanted} is not reached"
    raise AssertionError(message)


def press(page: Page, wanted: str | Locator, key: str = "Enter") -> None:
    """Tab to something and press a key; whatever page follows scrolls one way only."""
    tab_to(page, wanted)
    if key == "Enter" and page.evaluate("document.activeElement.matches('a[href], button')"):
        with page.expect_navigation():
            page.keyboard.press(key)
    else:
        page.keyboard.press(key)
    one_way(page)


def one_way(page: Page) -> None:
    """Assert that nobody has to scroll sideways."""
    assert page.evaluate(WIDER_THAN_THE_PAGE) <= 0, page.url


def fill(page: Page, given: Mapping[str, str]) -> None:
    """Fill fields in by keyboard, in the order of the page; what is folded is opened first."""
    for name, value in given.items():
        every = page.locator(f"main [name='{name}']:not([type=hidden])")
        kind = every.first.evaluate("one => one.type")
        one = every.first
        if kind in {"radio", "checkbox"}:
            one = page.locator(f"main [name='{name}'][value='{value}']")
        if one.evaluate(_IS_FOLDED):
            press(page, one.locator(_FOLD))
        if kind == "radio":
            _pick(page, one, every.count())
        elif kind == "checkbox":
            press(page, one, "Space")
        elif kind == "select-one":
            _select(page, one, value)
        else:
            tab_to(page, one)
            page.keyboard.type(value)
        held = one.is_checked() if kind in {"radio", "checkbox"} else one.input_value() == value
        assert held, name


def _pick(page: Page, one: Locator, most: int) -> None:
    tab_to(page, one, group=True)
    page.keyboard.press("Space")
    for _ in range(most):
        if one.is_checked():
            return
        page.keyboard.press("ArrowDown")


def _select(page: Page, one: Locator, value: str) -> None:
    tab_to(page, one)
    for _ in range(one.locator("option").count()):
        if one.input_value() == value:
            return
        page.keyboard.press("ArrowDown")
