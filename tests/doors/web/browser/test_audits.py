"""Working papers of an audit in a real browser: the whole, an item, and the dossier of a remedy."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from tests.axe import violations
from tests.doors.evidence_kit import staff_of
from tests.doors.web.browser.evidence_house import EvidenceHouse, evidence_house
from tests.doors.web.browser.looks import holds_for_everybody
from tests.doors.web.browser.visits import Visitor
from tests.doors.web.test_audit_pages import concluded, planned

from chengnuo.ports.accounts import Role

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[EvidenceHouse, str]]:
    with evidence_house(tmp_path_factory.mktemp("audits")) as house:
        staff = staff_of(house.kit, Role.STAFF)
        place = planned(staff)
        assert concluded(staff, place, "notice", samples="抽取 20 份") == 303
        faulty = {"result": "does-not", "finding": "缺少签到", "due": "2027-01-31"}
        assert concluded(staff, place, "training", **faulty) == 303
        yield house, place


@pytest.mark.parametrize("page", ["", "/papers", "/papers/training", "/papers/technical-measures"])
def test_a_page_of_an_audit_as_people_see_it(
    audited: tuple[EvidenceHouse, str], browser: Browser, page: str
) -> None:
    house, place = audited
    visitor = Visitor(browser=browser, house=house.house, state=house.reviewer)
    holds_for_everybody(visitor, f"{place}{page}")


def test_an_item_is_concluded_by_its_form(
    audited: tuple[EvidenceHouse, str], browser: Browser
) -> None:
    house, place = audited
    visitor = Visitor(browser=browser, house=house.house, state=house.reviewer)
    with visitor.at(f"{place}/papers/rights") as page:
        page.select_option("[name=result]", "partly")
        page.fill("[name=finding]", "两件逾期")
        page.fill("[name=due]", "2027-02-28")
        page.get_by_role("button", name="登记审计条目").click()
        page.wait_for_url(f"**{place}/papers")
        assert "2027-02-28" in page.locator("main").inner_text()
        assert violations(page) == []
