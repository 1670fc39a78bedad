"""The pages of consent in a real browser: as every page, and what only they do."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from tests.doors.web.browser.consent_house import (
    ACCOUNT,
    MINORS,
    PLACES,
    REASON,
    ConsentHouse,
    consent_house,
)
from tests.doors.web.browser.test_every_page import (
    SMALL_TARGETS,
    WIDER_THAN_THE_PAGE,
    said,
    violations,
)
from tests.doors.web.browser.test_keyboard import FOCUSED, TAB_STOPS
from tests.doors.web.browser.visits import Eyes, Visitor

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ConsentHouse]:
    with consent_house(tmp_path_factory.mktemp("consents")) as served:
        yield served


def at(place: str, house: ConsentHouse, browser: Browser) -> tuple[Visitor, str]:
    """Return who visits a place, and its path."""
    who, path = house.places[place]
    return house.visitor(who, browser), path


def test_every_place_of_the_house_is_visited(house: ConsentHouse) -> None:
    assert set(PLACES) == set(house.places)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("place", PLACES)
def test_axe_finds_nothing(place: str, lang: str, house: ConsentHouse, browser: Browser) -> None:
    visitor, path = at(place, house, browser)
    eyes = Eyes(lang=lang) if lang == "zh" else Eyes(width=390, scheme="dark", lang=lang)
    with visitor.at(path, eyes) as page:
        assert violations(page) == []


@pytest.mark.parametrize("place", PLACES)
def test_the_page_fits_however_narrow(place: str, house: ConsentHouse, browser: Browser) -> None:
    visitor, path = at(place, house, browser)
    with visitor.at(path) as page:
        fits(page)


@pytest.mark.parametrize("place", PLACES)
def test_the_page_says_the_same_without_scripts(
    place: str, house: ConsentHouse, browser: Browser
) -> None:
    visitor, path = at(place, house, browser)
    with visitor.at(path) as page:
        with_scripts = said(page)
    with visitor.at(path, Eyes(scripts=False)) as page:
        assert said(page) == with_scripts


@pytest.mark.parametrize("place", PLACES)
def test_everything_is_reached_by_keyboard(
    place: str, house: ConsentHouse, browser: Browser
) -> None:
    visitor, path = at(place, house, browser)
    with visitor.at(path, Eyes(scripts=False)) as page:
        walked = []
        for _ in range(page.evaluate(TAB_STOPS)):
            page.keyboard.press("Tab")
            walked.append(page.evaluate(FOCUSED))
        assert [stop["name"] for stop in walked if not stop["outlined"]] == []
        assert [stop["name"] for stop in walked if not stop["seen"]] == []
        positions = [stop["index"] for stop in walked]
        assert positions == sorted(set(positions))


def fits(page: Page) -> None:
    for width in (1280, 768, 390, 320):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(WIDER_THAN_THE_PAGE) <= 0, width
        assert page.evaluate(SMALL_TARGETS) == [], width


def test_a_record_is_shown_after_a_reason(house: ConsentHouse, browser: Browser) -> None:
    with house.visitor("reviewer", browser).at("/console/individual") as page:
        page.fill("[name=account]", ACCOUNT)
        page.fill("[name=reason]", REASON)
        page.locator("main button").click()
        assert page.locator("#history").is_visible()
        assert violations(page) == []
        fits(page)


def test_a_child_shows_a_code_and_a_guardian_decides(house: ConsentHouse, browser: Browser) -> None:
    child, guardian = house.visitor("child", browser), house.visitor("guardian", browser)
    with child.at(f"/centre/prompts/{MINORS}") as page:
        page.get_by_role("button", name="给家长看一个码").click()
        assert page.locator(".qr-frame svg").is_visible()
        assert violations(page) == []
        fits(page)
        code = page.locator("main code").inner_text()
    with guardian.at(f"/centre/handover?code={code}&prompt={MINORS}") as page:
        page.get_by_role("button", name="我是监护人，继续").click()
        assert page.url.endswith(f"/centre/prompts/{MINORS}")
        assert page.get_by_role("radio", checked=True).count() == 0
        page.get_by_label("母亲").check()
        page.get_by_role("checkbox").check()
        page.get_by_role("button", name="同意", exact=True).click()
        page.wait_for_url("**/answered**")
    with child.at(f"/centre/prompts/{MINORS}") as page:
        assert "您已经同意过这一项" in page.locator("main").inner_text()


def test_labels_are_asked_to_be_cleared_in_one_step(house: ConsentHouse, browser: Browser) -> None:
    with house.visitor("adult", browser).at("/centre/switches") as page:
        page.get_by_role("button", name="要求清除标签：").first.click()
        assert page.locator(".strip[role=status]").inner_text().startswith("已记录")
        assert violations(page) == []
