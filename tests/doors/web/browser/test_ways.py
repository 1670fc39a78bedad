"""How many clicks it is to each page, and what a person meets on the way."""

import re
from collections import deque
from collections.abc import Collection

import pytest
from tests.doors.web.browser.places import CENTRE, CONSOLE, LEADS
from tests.doors.web.browser.visits import Visitor

pytestmark = pytest.mark.real

LINKS = (
    "() => [...document.querySelectorAll('a[href^=\"/\"]:not(svg a)')].map((one) => one.pathname)"
)


def clicks_from(
    visitor: Visitor, home: str, most: int, wanted: Collection[str] = ()
) -> dict[str, int]:
    """How few clicks lead from a page to every page that can be had with so many.

    Once all that is wanted was found it goes no further.
    """
    found = {home: 0}
    queue = deque([home])
    while queue and not (wanted and found.keys() >= set(wanted)):
        here = queue.popleft()
        if found[here] == most:
            continue
        with visitor.at(here) as page:
            links = page.evaluate(LINKS)
        for link in links:
            if re.match(r"/(centre|console)\b", link) and "." not in link and link not in found:
                found[link] = found[here] + 1
                queue.append(link)
    return found


def test_both_lists_and_the_rules_are_one_click_from_the_home_of_the_centre(
    anyone: Visitor,
) -> None:
    clicks = clicks_from(anyone, "/centre", 1)
    assert {"/centre/information", "/centre/recipients", "/centre/rules"} <= set(clicks)


def test_every_page_of_the_centre_is_at_most_two_clicks_from_its_home(anyone: Visitor) -> None:
    clicks = clicks_from(anyone, "/centre", 2)
    # A prompt is opened by the app at the moment of use; nobody looks for it.
    # To the promises leads a link once they are published, as `test_board` sees.
    pages = [
        page for page in CENTRE if not page.startswith("/centre/prompts/") and page not in LEADS
    ]
    assert [page for page in pages if page not in clicks] == []


def test_every_page_of_the_console_is_at_most_three_clicks_from_today(staff: Visitor) -> None:
    clicks = clicks_from(staff, "/console", 3, CONSOLE)
    assert [page for page in CONSOLE if page not in clicks] == []


def test_a_person_who_came_in_is_greeted_and_can_leave(individual: Visitor) -> None:
    with individual.at("/centre") as page:
        assert "您已从示例集市进入" in page.locator("main").inner_text()
        assert page.locator("form[action='/centre/leave'] button").is_visible()


def test_a_finding_leads_to_the_row_that_is_wrong(faulty: Visitor) -> None:
    with faulty.at("/console/findings") as page:
        found = page.locator("details.finding:has(a[href^='/console/register/activities/'])").first
        found.locator("summary").first.click()
        link = found.locator("table a[href^='/console/register/activities/']").first
        name = link.inner_text()
        link.click()
        assert page.locator("h1").inner_text() == name
        assert page.locator("#findings").is_visible()


def test_two_versions_can_be_compared_in_words(staff: Visitor) -> None:
    with staff.at("/console/versions") as page:
        page.click("main form button")
        assert "/console/versions/diff" in page.url
        changes = page.locator("main").inner_text()
    assert "P180D" in changes
    assert "P30D" in changes
