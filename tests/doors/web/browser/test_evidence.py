"""The pages of the evidence log in a real browser: as every page, and what only they do."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from tests.axe import violations
from tests.doors.web.browser.evidence_house import EvidenceHouse, evidence_house
from tests.doors.web.browser.looks import holds_for_everybody
from tests.doors.web.browser.places import BY_ITSELF, EVIDENCE_OF_STAFF, OF_AN_INDIVIDUAL
from tests.doors.web.browser.visits import Visitor

pytestmark = pytest.mark.real

PLACES = (*EVIDENCE_OF_STAFF, *OF_AN_INDIVIDUAL, "receipt", "erased", BY_ITSELF)


@pytest.fixture(scope="module")
def full_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EvidenceHouse]:
    with evidence_house(tmp_path_factory.mktemp("evidence")) as served:
        yield served


def at(place: str, house: EvidenceHouse, browser: Browser) -> tuple[Visitor, str]:
    """Return who visits a place, and its path."""
    own = {"receipt": house.consented, "erased": house.provided}
    path = f"/centre/receipts/{own[place]}" if place in own else place
    state = house.individual if path.startswith("/centre") else house.reviewer
    return Visitor(browser=browser, house=house.house, state=state), path


@pytest.mark.parametrize("place", PLACES)
def test_a_page_as_people_see_it(place: str, full_house: EvidenceHouse, browser: Browser) -> None:
    visitor, path = at(place, full_house, browser)
    by_itself = place == BY_ITSELF
    hidden = {"INPUT "} if by_itself else set()  # its label is what one presses
    holds_for_everybody(visitor, path, hidden=hidden, framed=not by_itself)


def test_the_log_is_verified_by_a_button(full_house: EvidenceHouse, browser: Browser) -> None:
    visitor, path = at("/console/evidence", full_house, browser)
    with visitor.at(path) as page:
        page.get_by_role("button", name="立即核验").click()
        verdict = page.locator(".verdict")
        assert verdict.locator(".status-shown").inner_text() == "完好"
        assert verdict.locator(".mark").is_visible()
        assert violations(page) == []


def test_the_seal_is_not_shown_before_anything_is_proved(
    full_house: EvidenceHouse, browser: Browser
) -> None:
    visitor, path = at("/console/evidence", full_house, browser)
    with visitor.at(path) as page:
        assert page.locator("main .mark, main .status-shown").count() == 0


def test_a_payload_is_read_with_a_reason(full_house: EvidenceHouse, browser: Browser) -> None:
    visitor, _ = at("/console/evidence", full_house, browser)
    with visitor.at(f"/console/evidence/records/{full_house.consented}") as page:
        assert "单独同意" not in page.locator("main").inner_text()
        page.fill("[name=reason]", "处理投诉，核对同意的时间")
        page.get_by_role("button", name="查看内容").click()
        assert "单独同意" in page.locator("main").inner_text()
        assert page.locator("[role=status]", has_text="这次查看已记入日志").is_visible()
        assert violations(page) == []
    individual, mine = at("/centre/receipts", full_house, browser)
    with individual.at(mine) as page:
        assert "工作人员查看了关于您的记录" in page.locator("main").inner_text()


def download(page: Page, name: str, file: Path) -> Path:
    with page.expect_download() as started:
        page.get_by_role("link", name=name).click()
    started.value.save_as(file)
    return file


def test_what_was_taken_away_is_verified_in_the_browser(
    full_house: EvidenceHouse, browser: Browser, tmp_path: Path
) -> None:
    visitor, path = at("receipt", full_house, browser)
    with visitor.at(path) as page:
        receipt = download(page, "下载凭证文件", tmp_path / "receipt.json")
        page.get_by_role("link", name="核验凭证").first.click()
        page.wait_for_load_state()
        page.set_input_files("#picker", receipt)
        page.locator("#result").wait_for(state="visible")
        assert page.locator("#result").get_attribute("data-shape") == "seal"
    with visitor.at("/centre/receipts") as page:
        whole = download(page, "下载“这是全部”的证明", tmp_path / "all.json")
    changed = json.loads(whole.read_text("utf-8"))
    changed["chains"][0]["leaves"].pop(1)
    short = tmp_path / "short.json"
    short.write_text(json.dumps(changed), "utf-8")
    for file, shape in ((whole, "seal"), (short, "cross")):
        with visitor.at(BY_ITSELF) as page:
            page.set_input_files("#picker", file)
            page.locator("#result").wait_for(state="visible")
            assert page.locator("#result").get_attribute("data-shape") == shape
