"""Every flow of the centre by keyboard alone, as it is and at 400 %, where it scrolls one way."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page
from tests.doors.prompt_kit import CHILD_BORN, come_in
from tests.doors.web.browser.evidence_house import cookies_of
from tests.doors.web.browser.eyes import Eyes
from tests.doors.web.browser.keys import fill, one_way, press, tab_to
from tests.doors.web.browser.prompt_house import PROMPTS, PromptHouse, prompt_house
from tests.doors.web.browser.rights_house import PAGE, ServedRights, served_rights
from tests.doors.web.browser.tabs import zoomed
from tests.doors.web.browser.test_centre_whole import WAYS
from tests.doors.web.browser.visits import Visitor

from chengnuo.domain.consent.event import Act
from chengnuo.domain.register.consent_items import ConsentItemId

pytestmark = pytest.mark.real

ZOOMS = [pytest.param(1, id="as it is"), pytest.param(4, id="400 %")]
SHEETS = {
    "access": {"scope": "all"},
    "copy": {"scope": "all", "format": "csv", "part": "512"},
    "transfer": {"scope": "all", "offer": "an offer"},
    "correct": {"what": "supplement", "set:main.customers:nickname": "Tea", "reason": "moved"},
    "delete": {"scope": "all", "ground": "purpose-achieved"},
    "restrict": {"what": "refuse", "target": "activity:personalised-ads", "on": "set"},
    "explain": {
        "what": "explain-automated",
        "about": "activity:fraud-control",
        "question": "Why?",
    },
}


@pytest.fixture(scope="module")
def asking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PromptHouse]:
    with prompt_house(tmp_path_factory.mktemp("asking")) as served:
        yield served


@pytest.fixture(scope="module")
def rights(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedRights]:
    with served_rights(tmp_path_factory.mktemp("rights")) as served:
        yield served


@contextmanager
def seen(page: Page, times: int) -> Iterator[Page]:
    """Lend a page as it is or zoomed."""
    if times == 1:
        yield page
    else:
        with zoomed(page, times):
            one_way(page)
            yield page


def answered(page: Page, act: str) -> None:
    """Answer the prompt that is open."""
    if act == "give":
        press(page, "[name=box]", "Space")
    press(page, f"button[value={act}]")
    page.wait_for_url("**/answered?**")
    one_way(page)


@pytest.mark.parametrize(
    ("times", "item"),
    [
        pytest.param(1, "one-key-login/general", id="as it is"),
        pytest.param(4, "customer-chat/general", id="400 %"),
    ],
)
def test_consent_is_given_withdrawn_and_undone(
    times: int, item: str, asking: PromptHouse, browser: Browser
) -> None:
    start = f"/centre/prompts/{item.partition('/')[0]}"
    with asking.visitor("adult", browser).at(start) as page, seen(page, times):
        press(page, f"main a[href='/centre/prompts/{item}']")
        page.locator("dialog[open]").wait_for()
        answered(page, "give")
        press(page, "main a[href='/centre/consents']")
        press(page, f"form:has([value='{item}']) button")
        page.locator("[role=status]", has_text="已撤回，即时生效").wait_for()
        press(page, "form[action='/centre/consents/undo'] button")
        page.locator("[role=status]", has_text="已恢复同意").wait_for()
        one_way(page)
    stands = asking.kit.service.services.consents.standing_of(asking.adult)
    assert stands[ConsentItemId(item)].event.act is Act.GIVE


@pytest.mark.parametrize("times", ZOOMS)
@pytest.mark.parametrize("screen", WAYS)
def test_every_screen_is_reached(screen: str, times: int, individual: Visitor) -> None:
    with individual.at("/centre") as page, seen(page, times):
        for way in WAYS[screen]:
            press(page, way)
            page.wait_for_url(f"**{urlsplit(page.url).path}*")
        assert urlsplit(page.url).path == screen


@pytest.mark.parametrize("times", ZOOMS)
@pytest.mark.parametrize("sheet", SHEETS)
def test_every_right_is_asked_for_up_to_its_receipt(
    sheet: str, times: int, rights: ServedRights, browser: Browser
) -> None:
    with rights.visitor(browser).at(f"{PAGE}/{sheet}") as page, seen(page, times):
        fill(page, SHEETS[sheet])
        press(page, "main form .answers button")
        page.wait_for_url("**/check*")
        press(page, "main form .answers button")
        page.wait_for_url("**/requests/**")
        one_way(page)
        assert "最晚" in page.locator("main [role=status]").first.inner_text()


@pytest.mark.parametrize("times", ZOOMS)
def test_an_account_is_closed(times: int, rights: ServedRights, browser: Browser) -> None:
    with rights.visitor(browser).at(f"{PAGE}/cancel-account") as page, seen(page, times):
        press(page, "main form .answers button")
        page.wait_for_url("**/requests/**")
        one_way(page)


@pytest.mark.parametrize(
    ("times", "name"), [pytest.param(1, "e", id="as it is"), pytest.param(4, "f", id="400 %")]
)
def test_a_child_asks_and_a_guardian_decides(
    times: int,
    name: str,
    asking: PromptHouse,
    browser: Browser,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder, cookie = tmp_path_factory.mktemp("guardian"), "chengnuo-individual"
    path = PROMPTS["guardian"].path

    def who(came: str, **more: object) -> Visitor:
        inside, _ = come_in(asking.kit, came, **more)  # type: ignore[arg-type]  # a birth date
        state = cookies_of(folder / f"{came}.json", (cookie, inside.cookie(cookie)))
        return Visitor(browser=browser, house=asking.house, state=state)

    with who(name, born=CHILD_BORN).at(path) as page, seen(page, times):
        press(page, "main form[action='/centre/handover'] button")
        code = page.locator(".code-large code").inner_text()
        one_way(page)
    there = f"/centre/handover?code={code}&prompt=browsing/minors"
    with who(str(times)).at(there) as page, seen(page, times):
        fill(page, {"relation": "mother", "rules": "yes"})
        press(page, "main form .answers button")
        page.locator("dialog[open]").wait_for()
        answered(page, "give")
        page.goto(f"{asking.house.address}/centre/guardians")
        one_way(page)
        tab_to(page, "main form[action='/centre/guardians/end'] button")


@pytest.mark.parametrize("times", ZOOMS)
def test_a_complaint_is_handed_in_and_added_to(times: int, individual: Visitor) -> None:
    with individual.at("/centre/complaints") as page, seen(page, times):
        fill(page, {"cause": "leak", "text": "Somebody calls me."})
        press(page, "main form .button-main")
        page.wait_for_url("**/complaints/cp-*")
        one_way(page)
        add = page.locator("main form[action$='/add']")
        press(page, add.locator("xpath=ancestor::details/summary"))
        tab_to(page, add.locator("textarea"))
        page.keyboard.type("Again today.")
        press(page, add.locator("button"))
        page.locator("main", has_text="Again today.").wait_for()
        one_way(page)


@pytest.mark.parametrize("times", ZOOMS)
def test_a_switch_is_turned_and_turned_back(times: int, individual: Visitor) -> None:
    button = "#personalised-feed form[action='/centre/switches'] button"
    with individual.at("/centre/switches") as page, seen(page, times):
        before = page.locator(button).inner_text()
        for after in (False, True):
            press(page, button)
            page.locator("main [role=status]").first.wait_for()
            one_way(page)
            assert (page.locator(button).inner_text() == before) is after


@pytest.mark.parametrize("times", ZOOMS)
@pytest.mark.parametrize(
    ("path", "where"), [("/centre", ".head"), (PROMPTS["first run"].path, ".prompt-who")]
)
def test_size_and_language_are_chosen(path: str, where: str, times: int, anyone: Visitor) -> None:
    with anyone.at(path) as page, seen(page, times):
        press(page, f"{where} a[href*='size=large']")
        assert "elder-large" in str(page.locator("html").get_attribute("class"))
        press(page, f"{where} a[hreflang=en]")
        assert page.locator("html").get_attribute("lang") == "en"
        press(page, f"{where} a[href*='size=usual']")
        assert page.locator("html").get_attribute("class") is None


@pytest.mark.parametrize("name", PROMPTS)
def test_a_prompt_at_400_percent_scrolls_one_way(
    name: str, asking: PromptHouse, browser: Browser
) -> None:
    prompt = PROMPTS[name]
    with asking.visitor(prompt.who, browser).at(prompt.path, Eyes()) as page, zoomed(page, 4):
        one_way(page)
        wider = page.evaluate(
            "(() => { const d = document.querySelector('dialog');"
            " return d.scrollWidth - d.clientWidth; })()"
        )
        assert wider <= 0
        tab_to(page, "button[value=refuse]")
