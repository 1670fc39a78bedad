"""The page beside an incident in a real browser: empty, counted, and a letter taken home."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from tests.axe import violations
from tests.doors.web.browser.evidence_house import EvidenceHouse, evidence_house
from tests.doors.web.browser.looks import holds_for_everybody
from tests.doors.web.browser.visits import Visitor
from tests.doors.web.test_incident_page import DESK, LIST, graded, incident

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EvidenceHouse]:
    with evidence_house(tmp_path_factory.mktemp("incidents")) as made:
        yield made


@pytest.fixture
def visitor(house: EvidenceHouse, browser: Browser) -> Visitor:
    return Visitor(browser=browser, house=house.house, state=house.reviewer)


@pytest.mark.parametrize("steps", [0, 3])
def test_the_page_as_people_see_it(house: EvidenceHouse, visitor: Visitor, steps: int) -> None:
    wanted = incident(house.kit, steps=steps, drill=not steps)
    if steps:
        graded(house.kit, wanted)
        room = house.kit.service.services.dossiers
        assert room is not None
        with visitor.at(f"{DESK}/{wanted}") as page:
            page.get_by_role("button", name="计算受影响的人").click()
            page.wait_for_url(f"**{DESK}/{wanted}")
    holds_for_everybody(visitor, f"{DESK}/{wanted}")


@pytest.mark.parametrize(
    "path", ["/console/canaries", "/console/canaries/new/make", "/console/canary-desk"]
)
def test_canaries_as_a_reviewer_sees_them(visitor: Visitor, path: str) -> None:
    holds_for_everybody(visitor, path)


def test_a_canary_is_drawn_and_shown_once(visitor: Visitor) -> None:
    with visitor.at("/console/canaries") as page:
        page.get_by_role("link", name="抽取一个诱饵值").click()
        page.wait_for_url("**/console/canary-desk")
        page.select_option("#kind", "email")
        page.fill("#own", "traps.example.com")
        page.fill("#reason", "查外泄渠道")
        page.get_by_role("button", name="抽取并登记为已交出").click()
        page.wait_for_selector("#drawn")
        assert page.get_by_text("@traps.example.com").count() == 1
        assert violations(page) == []
        page.goto(page.url)
        assert page.get_by_text("@traps.example.com").count() == 0


def test_a_letter_is_taken_home_from_the_dossier(house: EvidenceHouse, visitor: Visitor) -> None:
    wanted = incident(house.kit)
    graded(house.kit, wanted)
    with visitor.at(f"{LIST}/{wanted}") as page:
        page.get_by_role("link", name="受影响的人和信函").click()
        page.wait_for_url(f"**{DESK}/{wanted}")
        page.select_option("#kind", "people")
        with page.expect_download() as taken:
            page.get_by_role("button", name="生成并下载").click()
        assert taken.value.suggested_filename == f"{wanted}-people.zh.html"
        page.reload()
        assert violations(page) == []
