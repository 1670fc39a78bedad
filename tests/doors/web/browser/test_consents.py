"""The pages of consent in a real browser: as every page, and what only they do."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from tests.axe import violations
from tests.doors.web.browser.consent_house import (
    ACCOUNT,
    MINORS,
    PLACES,
    REASON,
    ConsentHouse,
    consent_house,
)
from tests.doors.web.browser.looks import fits, holds_for_everybody
from tests.doors.web.browser.visits import Visitor

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


@pytest.mark.parametrize("place", PLACES)
def test_a_page_as_people_see_it(place: str, house: ConsentHouse, browser: Browser) -> None:
    visitor, path = at(place, house, browser)
    holds_for_everybody(visitor, path)


def test_a_record_is_shown_after_a_reason(house: ConsentHouse, browser: Browser) -> None:
    with house.visitor("reviewer", browser).at("/console/individual") as page:
        page.fill("[name=account]", ACCOUNT)
        page.fill("[name=reason]", REASON)
        page.locator("main button").click()
        page.wait_for_load_state()
        assert page.locator("#history").is_visible()
        assert violations(page) == []
        fits(page)


def test_a_child_shows_a_code_and_a_guardian_decides(house: ConsentHouse, browser: Browser) -> None:
    child, guardian = house.visitor("child", browser), house.visitor("guardian", browser)
    with child.at(f"/centre/prompts/{MINORS}") as page:
        page.get_by_role("button", name="给家长看一个码").click()
        page.wait_for_load_state()
        assert page.locator(".qr-frame svg").is_visible()
        assert violations(page) == []
        fits(page)
        code = page.locator("main code").inner_text()
    with guardian.at(f"/centre/handover?code={code}&prompt={MINORS}") as page:
        assert page.get_by_role("radio", checked=True).count() == 0
        page.get_by_label("母亲").check()
        page.get_by_role("checkbox").check()
        page.get_by_role("button", name="我是监护人，继续").click()
        page.wait_for_url(f"**/centre/prompts/{MINORS}*")
        page.get_by_role("checkbox").check()
        page.get_by_role("button", name="同意", exact=True).click()
        page.wait_for_url("**/answered**")
    with child.at(f"/centre/prompts/{MINORS}") as page:
        assert "您已经同意过这一项" in page.locator("main").inner_text()


def test_labels_are_asked_to_be_cleared_in_one_step(house: ConsentHouse, browser: Browser) -> None:
    with house.visitor("adult", browser).at("/centre/switches") as page:
        page.get_by_role("button", name="要求清除标签：").first.click()
        page.wait_for_load_state()
        assert page.locator(".strip[role=status]").inner_text().startswith("已记录")
        assert violations(page) == []
