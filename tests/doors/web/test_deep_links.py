"""Deep links: every screen at its address, through the code, and never to anywhere else."""

import re
from pathlib import Path
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.doors.browser_kit import Browser
from tests.doors.prompt_kit import come_in
from tests.doors.service_kit import Kit, start

from chengnuo.base.text import Lang
from chengnuo.doors.web.deep_links import HOME, SCREENS, own_path
from chengnuo.doors.web.wording import wording

ROOT = Path(__file__).parents[3]
SHOP = str(ROOT / "examples" / "shop" / "register")
ELSEWHERE = (
    "https://evil.example.com/centre",
    "//evil.example.com/centre",
    "/\\evil.example.com/centre",
    "/centre\\..\\console",
    "/centre/../console",
    "/centre/%2e%2e/console",
    "/centre//evil.example.com",
    "/centre@evil.example.com",
    "/centre.evil.example.com/",
    "/centreless",
    "/console",
    "javascript:alert(1)",
    " /centre/consents",
    "/centre/consents\n",
    "/centre/consents\r\nset-cookie: a=b",
    "/centre/consents?next=//evil.example.com/",
    "/centre/enter?code=stolen",
    "/centre/leave",
    "/centre/demo",
    "",
    "/centre/" + "a" * 500,
    "/%2f%2fevil.example.com",
    "%2f%2fevil.example.com/centre",
    "/centre/%2f%2fevil.example.com",
    "/\t/evil.example.com/centre",
    "/centre\t//evil.example.com",
    "\\\\evil.example.com\\centre",
    "https:/centre",
    "///centre",
    "/centre/；evil",
    "/centre\uff0f\uff0fevil.example.com",
    "/\uff43entre",
    "/centre\u2028/consents",
    "/centre\x00",
    "/centre/enter/",
    "/centre?x=" + "a" * 60_000,
    "/centre#//evil.example.com",
)


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Kit:
    return start(tmp_path_factory.mktemp("links") / "data", demo=True, register=SHOP)


def code_of(kit: Kit) -> str:
    services = kit.service.services
    assert services.entry is not None
    assert services.demo is not None
    return services.entry.exchange(services.demo.token()).code


@pytest.mark.parametrize("screen", SCREENS, ids=lambda one: one.path)
def test_a_code_leads_to_every_screen(shop: Kit, screen: object) -> None:
    path = screen.path  # type: ignore[attr-defined]  # a screen
    browser = Browser(shop.service.app)
    entered = browser.opened_by_app(f"/centre/enter?code={code_of(shop)}&to={path}")
    assert (entered.status_code, entered.headers["location"]) == (303, path)
    shown = browser.get(path)
    assert shown.status_code == 200
    assert "code=" not in shown.text


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_nothing_leads_out_of_the_centre(shop: Kit, wanted: str) -> None:
    browser = Browser(shop.service.app)
    parameters = {"code": code_of(shop), "to": wanted}
    entered = browser.opened_by_app(f"/centre/enter?{urlencode(parameters)}")
    assert (entered.status_code, entered.headers["location"]) == (303, HOME)


def test_a_code_opens_once_and_one_that_does_not_open_ends_no_session(shop: Kit) -> None:
    """A link that somebody else made neither comes in twice nor throws out who is inside."""
    code = code_of(shop)
    browser = Browser(shop.service.app)
    assert browser.opened_by_app(f"/centre/enter?code={code}").status_code == 303
    inside = browser.cookie("chengnuo-individual")
    for used in (code, "made-up", "x" * 100):
        again = Browser(shop.service.app).get(f"/centre/enter?code={used}&to=/centre/consents")
        assert again.status_code >= 400
        assert browser.get(f"/centre/enter?code={used}").status_code >= 400
        assert browser.cookie("chengnuo-individual") == inside
        assert browser.get("/centre/consents").status_code == 200


def test_a_session_is_made_anew_whatever_the_browser_brought(shop: Kit) -> None:
    """No session is fixed beforehand, and the one before a new code ends."""
    browser = Browser(shop.service.app)
    browser.opened_by_app(f"/centre/enter?code={code_of(shop)}")
    first = browser.cookie("chengnuo-individual")
    browser.opened_by_app(f"/centre/enter?code={code_of(shop)}")
    second = browser.cookie("chengnuo-individual")
    assert first != second
    assert browser.get("/centre/consents").status_code == 200
    fixed = Browser(shop.service.app)
    for brought in (first, "chosen-by-somebody-else"):
        fixed.client.cookies.set("chengnuo-individual", brought)
        assert fixed.get("/centre/consents").status_code == 303


@given(st.text(max_size=60) | st.from_regex(r"/centre[/a-z?=&:#.%\\@-]{0,40}", fullmatch=True))
def test_what_is_led_to_is_always_a_page_of_the_centre(wanted: str) -> None:
    led = own_path(wanted)
    assert re.match(r"/centre($|[/?#])", led)
    assert not re.search(r"//|\\|\.\.|[\s\x00-\x1f]|:/", led.partition("#")[0])


def test_whoever_has_not_come_in_is_led_on_afterwards(shop: Kit) -> None:
    browser = Browser(shop.service.app)
    wanted = "/centre/rights/delete?category=PI-LOC-PRECISE"
    sent = browser.get(wanted)
    assert sent.status_code == 303
    place = sent.headers["location"]
    assert place.startswith("/centre/enter?to=/centre/rights/delete")
    inside, _ = come_in(shop, "5")
    assert inside.get(place).headers["location"] == wanted
    demo = browser.submit(place, "/centre/demo", {"to": wanted})
    assert demo.headers["location"] == wanted
    sheet = browser.get(wanted).text
    assert re.search(r'value="PI-LOC-PRECISE"[^>]*checked', sheet)
    assert re.search(r'name="scope"[^>]*value="some"[^>]*checked', sheet)


def test_the_way_in_keeps_its_aim_in_both_languages_and_sizes(shop: Kit) -> None:
    page = Browser(shop.service.app).get("/centre/enter?to=/centre/consents").text
    assert "to=%2Fcentre%2Fconsents&amp;lang=en" in page
    assert "to=%2Fcentre%2Fconsents&amp;size=large" in page


def test_the_docs_have_every_screen_with_its_clicks() -> None:
    for page in ("docs/host-apps.md", "docs/zh/host-apps.md"):
        text = (ROOT / page).read_text("utf-8")
        for screen in SCREENS:
            row = next(line for line in text.splitlines() if f"| `{screen.path}` |" in line)
            assert row.split("|")[3].strip() == str(screen.clicks)


def test_every_screen_has_a_name_in_both_languages() -> None:
    for screen in SCREENS:
        assert wording(Lang.ZH)(screen.key)
        assert wording(Lang.EN)(screen.key)
