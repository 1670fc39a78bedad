"""By keyboard, beside what holds for every page: the skip link first, and what is folded."""

import pytest
from tests.doors.web.browser.visits import Visitor

pytestmark = pytest.mark.real


def test_the_skip_link_comes_first_and_leads_to_the_content(anyone: Visitor) -> None:
    with anyone.at("/centre") as page:
        page.keyboard.press("Tab")
        assert page.locator(":focus").inner_text() == "跳到正文"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "content"
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('main') !== null")


def test_what_is_folded_opens_by_keyboard(staff: Visitor) -> None:
    with staff.at("/console/board/duty-1") as page:
        fold = page.locator("main details").first
        inside = fold.locator("> :not(summary)").first
        assert not inside.is_visible()
        fold.locator("> summary").focus()
        page.keyboard.press("Enter")
        assert inside.is_visible()
