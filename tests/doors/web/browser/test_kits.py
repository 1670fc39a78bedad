"""The pages of vetted kits in a browser: submitted and decided without scripts, by keyboard too."""

import socket
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, expect
from tests.doors.service_kit import start
from tests.doors.web.browser.evidence_house import cookies_of, serve_here
from tests.doors.web.browser.eyes import Eyes
from tests.doors.web.browser.houses import EXAMPLES, House
from tests.doors.web.browser.looks import NARROW
from tests.doors.web.browser.test_releases import holds
from tests.doors.web.browser.visits import Visitor
from tests.doors.web.test_kits_page import AAR, CONDITIONS, PAGE, REASON, submit_kit
from tests.doors.web.test_releases_page import browser_of, inspected

from chengnuo.ports.accounts import Role

pytestmark = pytest.mark.real


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """Two people and a kit that waits for the second."""

    staff: Visitor
    reviewer: Visitor
    kit: str


@pytest.fixture(scope="module")
def scene(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    folder = tmp_path_factory.mktemp("kits")
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        kit = start(folder / "data", port=port, register=str(EXAMPLES / "shop" / "register"))
        house = House(address=f"http://127.0.0.1:{port}", link="")
        staff = browser_of(kit, "staff.one", Role.STAFF)
        reviewer = browser_of(kit, "reviewer.one", Role.REVIEWER)
        href = submit_kit(staff, AAR.read_bytes()).headers["location"]
        inspected(staff, href)

        def visitor(name: str, cookie: str) -> Visitor:
            state = cookies_of(folder / f"{name}.json", ("chengnuo-staff", cookie))
            return Visitor(browser=browser, house=house, state=state)

        with serve_here(kit, listening):
            yield Scene(
                staff=visitor("staff", staff.cookie("chengnuo-staff")),
                reviewer=visitor("reviewer", reviewer.cookie("chengnuo-staff")),
                kit=href,
            )
        kit.service.close()


def test_a_kit_goes_from_submission_to_withdrawal_without_scripts(scene: Scene) -> None:
    for eyes in (Eyes(), NARROW):
        for path in (PAGE, scene.kit):
            with scene.reviewer.at(path, eyes) as page:
                holds(page)
    with scene.staff.at(f"{PAGE}?recipient=umeng-analytics&version=9.8.5") as page:
        expect(page.locator("#recipient")).to_have_value("umeng-analytics")
        page.set_input_files("#package", AAR)
        page.focus("#version")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.tagName") == "BUTTON"
        page.keyboard.press("Enter")
        page.wait_for_url("**/console/releases/kits/*")
        expect(page.locator("main h1")).to_contain_text("box-aar")
    with scene.reviewer.at(scene.kit, Eyes(scripts=False)) as page:
        page.fill("#conditions", CONDITIONS)
        page.fill("#expires", "2027-06-30")
        page.get_by_role("button", name="批准使用").click()
        expect(page.locator("main")).to_contain_text("已批准")
        with page.expect_download() as taken:
            page.get_by_role("link", name="签名声明").click()
        assert "attestation" in taken.value.suggested_filename
    with scene.staff.at(scene.kit, Eyes(scripts=False)) as page:
        page.fill("#reason", REASON)
        page.get_by_role("button", name="申请撤销批准").click()
        expect(page.locator("main h1")).to_be_visible()
        asked = page.url.partition(str(scene.staff.house.address))[2]
    with scene.reviewer.at(asked) as page:
        holds(page)
        page.get_by_role("button", name="撤销批准", exact=True).click()
        expect(page.locator("main")).to_contain_text("从即日起不再有效")
    with scene.staff.at(PAGE, Eyes()) as page:
        expect(page.locator("main")).to_contain_text("批准已撤销")
        holds(page)
