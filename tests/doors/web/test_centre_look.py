"""The version for elders, the theme, and what the centre is: kept by the browser, no script."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from tests.doors.browser_kit import Browser
from tests.doors.prompt_kit import come_in
from tests.doors.service_kit import Kit, start
from tests.doors.web.browser.places import CENTRE

from chengnuo.usecases.individual_entry import UNHURRIED_LIFE

SHOP = str(Path(__file__).parents[3] / "examples" / "shop" / "register")
COOKIE = "chengnuo-individual"
PROMPTS = ("/centre/prompts/first-run", "/centre/prompts/nearby-stores/moment-1")


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kit]:
    folder = tmp_path_factory.mktemp("look")
    theme = folder / "theme.toml"
    theme.write_text('radius = 6\n[light]\nink = "#10243e"\n', "utf-8")
    kit = start(folder / "data", demo=True, register=SHOP, centre_theme=str(theme))
    yield kit
    kit.service.close()


@pytest.mark.parametrize("path", [*CENTRE, *PROMPTS])
def test_the_way_into_the_version_for_elders_is_on_every_page(shop: Kit, path: str) -> None:
    browser = Browser(shop.service.app)
    zh, en = browser.get(path).text, browser.get(f"{path}?lang=en").text
    assert re.search(r'href="[^"]*size=large">长辈版</a>', zh)
    assert re.search(r'href="[^"]*size=large">Large text</a>', en)
    assert 'class="elder' not in zh


def test_a_size_stays_until_it_is_left_and_keeps_the_language(shop: Kit) -> None:
    browser = Browser(shop.service.app)
    browser.get("/centre?lang=en")
    assert 'class="elder elder-largest"' in browser.get("/centre?size=largest").text
    later = browser.get("/centre/rules").text
    assert 'class="elder elder-largest"' in later
    assert '<html lang="en"' in later
    assert "elder.css" in later
    assert 'class="elder' not in browser.get("/centre/rules?size=usual").text
    assert 'class="elder' not in browser.get("/centre").text


@pytest.mark.parametrize("size", ["huge", "", "LARGE", "large;x"])
def test_no_other_size_is_kept(shop: Kit, size: str) -> None:
    browser = Browser(shop.service.app)
    page = browser.get(f"/centre?size={size}")
    assert 'class="elder' not in page.text
    assert "chengnuo-size" not in page.headers.get("set-cookie", "")


def test_neither_size_nor_theme_reaches_the_console(shop: Kit) -> None:
    browser = Browser(shop.service.app)
    browser.get("/centre?size=large")
    page = browser.get("/console/sign-in").text
    assert "elder" not in page
    assert "theme.css" not in page


def test_a_session_lasts_two_hours_in_the_version_for_elders(shop: Kit) -> None:
    hurried, _ = come_in(shop, "1")
    browser, _ = come_in(shop, "2")
    services = shop.service.services
    assert services.entry is not None
    found = services.visitor(browser.cookie(COOKIE), unhurried=True)
    assert found is not None
    assert found.expires_at - found.since == UNHURRIED_LIFE
    again = services.visitor(browser.cookie(COOKIE))
    assert again is not None
    assert again.expires_at == found.expires_at
    assert services.visitor(hurried.cookie(COOKIE)) is not None


def test_the_demo_session_is_prolonged_by_choosing_the_size(tmp_path: Path) -> None:
    kit = start(tmp_path / "data", demo=True, register=SHOP)
    browsers = {}
    for size in ("usual", "large"):
        browser = browsers[size] = Browser(kit.service.app)
        browser.submit("/centre/enter", "/centre/demo")
        browser.get(f"/centre?size={size}")
    kit.clock.pass_by(timedelta(minutes=31))
    assert browsers["usual"].get("/centre/consents").status_code == 303
    assert browsers["large"].get("/centre/consents").status_code == 200
    kit.clock.pass_by(timedelta(minutes=89))
    assert browsers["large"].get("/centre/consents").status_code == 303
    kit.service.close()


def test_the_theme_is_on_every_page_of_the_centre_and_is_kept(shop: Kit) -> None:
    browser = Browser(shop.service.app)
    for path in (*CENTRE, *PROMPTS):
        found = re.search(
            r'<link rel="stylesheet" href="(/centre/theme.css[^"]*)">', browser.get(path).text
        )
        assert found is not None, path
    sheet = browser.get(found[1])
    assert sheet.headers["content-type"].startswith("text/css")
    assert "immutable" in sheet.headers["cache-control"]
    assert "--ink: #10243e;" in sheet.text
    assert "--radius: 6px;" in sheet.text


def test_without_a_theme_no_page_asks_for_one(quiet_kit: Kit) -> None:
    assert "theme.css" not in Browser(quiet_kit.service.app).get("/centre").text


def test_the_first_visit_explains_itself_until_one_goes_on(shop: Kit) -> None:
    browser, title = Browser(shop.service.app), "这是什么，能做什么</h2>"
    first = browser.get("/centre").text
    assert title in first
    assert "示例集市的隐私中心" in first
    assert title in browser.get("/centre?lang=zh").text, "another language is no going on"
    browser.get("/centre/rules")
    assert title not in browser.get("/centre").text
    assert "示例集市的隐私中心" in browser.get("/centre/about").text, "and can be called again"
    assert 'href="/centre/about"' in browser.get("/centre").text


def test_saying_i_see_is_enough(shop: Kit) -> None:
    browser, title = Browser(shop.service.app), "这是什么，能做什么</h2>"
    assert title in browser.get("/centre").text
    assert title not in browser.get("/centre?known=yes").text
    assert title not in browser.get("/centre").text
