"""价格说明 in a browser: a price explained by a service that reads a log in a child of its own."""

from collections.abc import Iterator

import psutil
import pytest
from playwright.sync_api import Browser
from tests.axe import violations
from tests.doors.web.browser.houses import EXAMPLES, individual_state, serving
from tests.doors.web.browser.looks import holds_for_everybody
from tests.doors.web.browser.visits import Visitor
from tests.doors.web.price_kit import ALONE, MINE, NO_PRICE, OURS, priced

from chengnuo.adapters.demo_issuer import SUBJECT
from chengnuo.adapters.keys import KeyedTokens

pytestmark = pytest.mark.real

KEY = "between the shop and its log"
EXPLAINED = f"/centre/prices/{MINE}"
PLACES = (EXPLAINED, f"/centre/prices/{ALONE}")
"""One explained, one that cannot be."""


@pytest.fixture(scope="module")
def shopper(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    """The sample individual of a shop that keeps its quotes."""
    folder = tmp_path_factory.mktemp("prices")
    (folder / "people.key").write_text(KEY)
    name = KeyedTokens(KEY.encode()).keyed("price person", SUBJECT)
    prices = priced(folder / "quotes", first=name, second="somebody else")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CHENGNUO_PRICES__SPEC", str(prices["spec"]))
        patch.setenv("CHENGNUO_PRICES__LOGS", str(folder / "quotes" / "*.parquet"))
        patch.setenv("CHENGNUO_PRICES__AUDIT", str(prices["audit"]))
        patch.setenv("CHENGNUO_PRICES__PERSON_KEY_FILE", str(folder / "people.key"))
        patch.setenv("CHENGNUO_PRICES__SECONDS", "60")
        patch.setenv("CHENGNUO_REQUEST_TIMEOUT_S", "90")
        with serving(EXAMPLES / "shop" / "register", folder / "data") as house:
            state = individual_state(browser, house, folder / "state.json")
            yield Visitor(browser=browser, house=house, state=state, renew=individual_state)


@pytest.mark.parametrize("path", PLACES)
def test_a_page_as_people_see_it(path: str, shopper: Visitor) -> None:
    holds_for_everybody(shopper, path)


def test_a_number_is_typed_and_its_price_explained(shopper: Visitor) -> None:
    with shopper.at("/centre") as page:
        page.click("main a[href='/centre/prices']")
        page.fill("[name=quote]", MINE)
        page.keyboard.press("Enter")
        page.wait_for_url(f"**{EXPLAINED}")
        assert page.locator("h1").inner_text() == "价格 ¥18.36"
        bars = page.locator(".step-bar")
        assert bars.count() == page.locator(".step").count()
        assert all(bar.bounding_box()["width"] > 0 for bar in bars.all())
        picture = page.get_by_role("img", name="同样商品、同样条件的其他报价")
        assert picture.is_visible()
        page.get_by_text("以表格查看").click()
        assert page.get_by_role("table", name="价格是怎么得出的").is_visible()
        page.get_by_role("link", name="请工作人员说明").click()
        assert page.url.endswith("/centre/rights/explain")


def test_what_cannot_be_explained_is_said(shopper: Visitor) -> None:
    with shopper.at(f"/centre/prices/{NO_PRICE}") as page:
        assert "这次报价的记录不完整" in page.locator("main").inner_text()


def test_a_quote_that_is_not_theirs_is_asked_for_again(shopper: Visitor) -> None:
    with shopper.at("/centre/prices") as page:
        page.fill("[name=quote]", "")
        assert page.locator("[name=quote]").get_attribute("aria-invalid") is None
    context = shopper.browser.new_context(storage_state=shopper.state)
    page = context.new_page()
    answer = page.goto(f"{shopper.house.address}/centre/prices/{OURS}")
    assert answer is not None
    assert answer.status == 404
    assert page.locator("[name=quote]").get_attribute("aria-invalid") == "true"
    assert page.locator("[name=quote]").input_value() == OURS
    assert violations(page) == []
    context.close()


def test_the_service_itself_never_loads_what_reads_the_log(shopper: Visitor) -> None:
    with shopper.at(EXPLAINED):
        pass
    port = int(shopper.house.address.rpartition(":")[2])
    (process,) = {
        one.pid
        for one in psutil.net_connections("tcp")
        if one.laddr.port == port and one.status == psutil.CONN_LISTEN
    }
    loaded = [one.path for one in psutil.Process(process).memory_maps()]
    assert any("sqlite" in one for one in loaded)
    assert not any("duckdb" in one for one in loaded)
