"""Safeguards in a real browser, as who works on them sees the page, with its forms."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from tests.doors.web.browser.evidence_house import EvidenceHouse, evidence_house
from tests.doors.web.browser.looks import holds_for_everybody
from tests.doors.web.browser.visits import Visitor

pytestmark = pytest.mark.real

PAGE = "/console/safeguards/measures"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EvidenceHouse]:
    with evidence_house(tmp_path_factory.mktemp("safeguards")) as made:
        yield made


def test_the_page_as_who_works_on_safeguards_sees_it(
    house: EvidenceHouse, browser: Browser
) -> None:
    holds_for_everybody(Visitor(browser=browser, house=house.house, state=house.reviewer), PAGE)
