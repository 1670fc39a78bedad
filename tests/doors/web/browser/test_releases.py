"""The pages of releases in a browser: submitted without scripts and by keyboard, signed off."""

import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.axe import violations
from tests.doors.service_kit import start
from tests.doors.web.browser.evidence_house import cookies_of, serve_here
from tests.doors.web.browser.eyes import Eyes
from tests.doors.web.browser.houses import EXAMPLES, House
from tests.doors.web.browser.looks import NARROW, fits
from tests.doors.web.browser.visits import Visitor
from tests.doors.web.test_releases_page import PACKAGE, REASON, browser_of, inspected, submit

from chengnuo.ports.accounts import Role

pytestmark = pytest.mark.real
PAGE = "/console/releases"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """Two people and a release that waits for the second."""

    staff: Visitor
    reviewer: Visitor
    release: str


@pytest.fixture(scope="module")
def scene(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    folder = tmp_path_factory.mktemp("releases")
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        register = str(EXAMPLES / "shop" / "register")
        kit = start(folder / "data", port=port, register=register)
        house = House(address=f"http://127.0.0.1:{port}", link="")
        staff = browser_of(kit, "staff.one", Role.STAFF)
        reviewer = browser_of(kit, "reviewer.one", Role.REVIEWER)
        href = submit(staff, PACKAGE.read_bytes()).headers["location"]
        inspected(staff, href)

        def visitor(name: str, cookie: str) -> Visitor:
            state = cookies_of(folder / f"{name}.json", ("chengnuo-staff", cookie))
            return Visitor(browser=browser, house=house, state=state)

        with serve_here(kit, listening):
            yield Scene(
                staff=visitor("staff", staff.cookie("chengnuo-staff")),
                reviewer=visitor("reviewer", reviewer.cookie("chengnuo-staff")),
                release=href,
            )
        kit.service.close()


def holds(page: Page) -> None:
    assert violations(page) == []
    fits(page)


@pytest.mark.parametrize("eyes", [Eyes(), NARROW], ids=["wide", "narrow, dark, English"])
def test_everybody_can_read_the_pages(scene: Scene, eyes: Eyes) -> None:
    for path in (PAGE, scene.release):
        with scene.reviewer.at(path, eyes) as page:
            holds(page)


@pytest.mark.parametrize(("width", "shown"), [(1280, "wide"), (390, "narrow")])
def test_the_first_start_is_drawn_to_fit_with_the_colours_of_the_page(
    scene: Scene, width: int, shown: str
) -> None:
    for scheme in ("light", "dark"):
        with scene.reviewer.at(scene.release, Eyes(width=width, scheme=scheme)) as page:
            pictures = page.locator("section[aria-labelledby='start'] svg[class^='plot-']")
            seen = [one.get_attribute("class") for one in pictures.all() if one.is_visible()]
            assert seen == [f"plot-{shown}"]
            words = page.locator(f"svg.plot-{shown} g").first
            ink = page.evaluate("getComputedStyle(document.body).color")
            assert words.evaluate("it => getComputedStyle(it).fill") == ink
            page.get_by_text("以表格查看").click()
            expect(page.get_by_role("table", name="首次启动时各方读取的信息")).to_be_visible()
            assert violations(page) == []


def test_a_version_is_submitted_by_keyboard_without_scripts(scene: Scene, tmp_path: Path) -> None:
    file = tmp_path / "broken.apk"
    file.write_bytes(b"this is no package")
    with scene.staff.at(PAGE, Eyes(scripts=False)) as page:
        page.set_input_files("#package", file)
        page.focus("#app")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.tagName") == "BUTTON"
        page.keyboard.press("Enter")
        page.wait_for_url("**/console/releases/*")
        expect(page.locator("main h1")).to_contain_text("broken.apk")


def test_the_second_person_signs_off_and_takes_the_statement(scene: Scene) -> None:
    with scene.staff.at(scene.release) as page:
        assert page.get_by_role("button", name="签署放行").count() == 0
    with scene.reviewer.at(scene.release, Eyes(scripts=False)) as page:
        page.fill("#sign-off-reason", REASON)
        page.get_by_role("button", name="签署放行").click()
        expect(page.locator("main")).to_contain_text("已签署")
        with page.expect_download() as taken:
            page.get_by_role("link", name="签名声明").click()
        assert "attestation" in taken.value.suggested_filename
    with scene.staff.at(scene.release) as page:
        holds(page)
