"""办理权利 in a real browser: by keyboard, however narrow, without scripts, in three steps."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from tests.axe import violations
from tests.doors.web.browser.eyes import Eyes
from tests.doors.web.browser.looks import fits
from tests.doors.web.browser.rights_house import PAGE, PLACES, ServedRights, served_rights

pytestmark = pytest.mark.real
STEPS = 3


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedRights]:
    with served_rights(tmp_path_factory.mktemp("rights")) as served:
        yield served


@pytest.mark.parametrize("place", PLACES)
def test_axe_finds_nothing_and_the_page_fits(
    place: str, house: ServedRights, browser: Browser
) -> None:
    path = house.paths[place]
    with house.visitor(browser).at(path) as page:
        assert violations(page) == []
        fits(page)
    with house.visitor(browser).at(path, Eyes(width=390, scheme="dark", lang="en")) as page:
        assert violations(page) == []
        fits(page)


def test_a_sheet_takes_three_steps_by_keyboard_alone(house: ServedRights, browser: Browser) -> None:
    with house.visitor(browser).at(f"{PAGE}/delete", Eyes(scripts=False)) as page:
        now = [step_now(page)]
        press(page, "input[name=scope][value=all]", "Space")
        press(page, "input[name=ground][value=purpose-achieved]", "Space")
        press(page, "main form button", "Enter")
        page.wait_for_url("**/check")
        now.append(step_now(page))
        press(page, "main form button", "Enter")
        page.wait_for_url("**/requests/**")
        now.append(step_now(page))
        assert now == [f"{number}" for number in range(1, STEPS + 1)]
        assert "最晚" in page.locator("[role=status]").inner_text()


def test_an_error_leads_to_its_field_and_then_to_the_second_step(
    house: ServedRights, browser: Browser
) -> None:
    with house.visitor(browser).at(f"{PAGE}/delete") as page:
        page.locator("main form button").click()
        page.wait_for_url("**/check")
        page.wait_for_load_state()
        page.get_by_role("alert").get_by_role("link").first.click()
        assert page.evaluate("document.activeElement.id") == "scope"
        assert violations(page) == []
        fits(page)
        page.check("input[name=scope][value=all]")
        page.check("input[name=ground][value=unlawful]")
        page.locator("main form button").click()
        page.get_by_role("button", name="提交").wait_for()
        assert violations(page) == []
        fits(page)


def press(page: Page, wanted: str, key: str) -> None:
    """Walk to an element by Tab and the arrow keys, as whoever has no mouse, and press a key."""
    target = page.locator(wanted).first
    for _ in range(200):
        if target.evaluate("one => one === document.activeElement"):
            page.keyboard.press(key)
            return
        page.keyboard.press("Tab")
    message = f"{wanted} is not reached"
    raise AssertionError(message)


def step_now(page: Page) -> str:
    return page.locator(".three [aria-current=step] .three-number").inner_text()
