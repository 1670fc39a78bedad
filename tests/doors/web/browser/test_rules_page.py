"""The rules on a phone: contents on top, chapters folded without scripts, all of it on paper."""

import pytest
from playwright.sync_api import Page
from tests.axe import violations
from tests.doors.web.browser.eyes import Eyes
from tests.doors.web.browser.looks import WIDER_THAN_THE_PAGE
from tests.doors.web.browser.visits import Visitor
from tests.waiting import until

pytestmark = pytest.mark.real

SCREENS_AT_MOST = 9
PHONE = 844
HEIGHT = "document.documentElement.scrollHeight"
SHUT = "document.querySelectorAll('.chapter:not([open])').length"
SEEN_CHAPTERS = """
() => [...document.querySelectorAll(".chapter-body")]
  .filter((one) => one.checkVisibility({ contentVisibilityAuto: true })
    && one.getBoundingClientRect().height > 0).length
"""


@pytest.mark.parametrize("path", ["/centre/rules", "/centre/minors"])
@pytest.mark.parametrize("size", ["usual", "largest"])
def test_a_long_document_is_a_few_screens_until_it_is_opened(
    anyone: Visitor, path: str, size: str
) -> None:
    eyes = Eyes(width=390, height=PHONE, scripts=False)
    with anyone.at(f"{path}?size={size}", eyes) as page:
        assert page.evaluate(HEIGHT) <= SCREENS_AT_MOST * PHONE
        toc, first = page.locator(".toc").bounding_box(), page.locator(".chapter").first
        box = first.bounding_box()
        assert toc is not None
        assert box is not None
        assert toc["y"] + toc["height"] <= box["y"], "contents stand on top"
        assert page.evaluate(SEEN_CHAPTERS) == 0
        first.locator("summary").first.focus()
        page.keyboard.press("Enter")
        assert first.locator(".chapter-body").first.is_visible()
        assert page.evaluate(WIDER_THAN_THE_PAGE) <= 0


@pytest.mark.parametrize("scripts", [False, True])
def test_a_line_of_the_contents_opens_its_chapter(anyone: Visitor, *, scripts: bool) -> None:
    with anyone.at("/centre/rules", Eyes(width=390, scripts=scripts)) as page:
        last = page.locator(".toc a").last
        anchor = last.get_attribute("href")
        assert anchor is not None
        last.click()
        body = page.locator(anchor)
        assert body.is_visible()
        assert body.evaluate("one => one.closest('details').open")
        assert page.evaluate(SEEN_CHAPTERS) >= 1


def test_all_chapters_are_opened_by_one_link_and_folded_by_another(anyone: Visitor) -> None:
    with anyone.at("/centre/rules") as page:
        folded = page.evaluate(SHUT)
        assert folded > 10
        page.click(".chapter-fold a")
        page.wait_for_load_state()
        assert page.evaluate(SHUT) == 0
        assert violations(page) == []
        page.click("text=English")
        page.wait_for_load_state()
        assert page.evaluate(SHUT) == 0, "the language keeps it"
        page.click(".chapter-fold a")
        page.wait_for_load_state()
        assert page.evaluate(SHUT) == folded


@pytest.mark.parametrize("path", ["/centre/rules", "/centre/minors"])
def test_paper_has_every_chapter(anyone: Visitor, path: str) -> None:
    with anyone.at(path) as page:
        chapters = page.locator(".chapter-body").count()
        page.emulate_media(media="print")
        until(lambda: _shown(page) == chapters > 0)  # paper is drawn with the next frame


def _shown(page: Page) -> int:
    found = page.evaluate(SEEN_CHAPTERS)
    assert isinstance(found, int)
    return found


def test_from_the_rules_one_reaches_changes_and_archive_and_from_minors_the_guardian(
    anyone: Visitor,
) -> None:
    with anyone.at("/centre/rules") as page:
        for way in ("/centre/rules/archive", "/centre/rules/changes?"):
            assert page.locator(f"main a[href^='{way}']").count() == 1, way
        page.goto(f"{anyone.house.address}/centre/rules/changes")
        assert "old=" in page.url
        assert page.locator("main h1").is_visible()
    with anyone.at("/centre/minors") as page:
        for way in ("/centre/guardians", "/centre/handover"):
            assert page.locator(f"main .ways a[href='{way}']").count() == 1, way
