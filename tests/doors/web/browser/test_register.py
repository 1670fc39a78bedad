"""The register changed in a browser without scripts, by two people, and looked at on every page."""

import shutil
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from tests.doors.service_kit import start
from tests.doors.web.browser.evidence_house import cookies_of, serve_here
from tests.doors.web.browser.eyes import Eyes
from tests.doors.web.browser.houses import EXAMPLES, House
from tests.doors.web.browser.looks import NARROW
from tests.doors.web.browser.test_releases import holds
from tests.doors.web.browser.visits import Visitor
from tests.doors.web.test_releases_page import browser_of

from chengnuo.doors.web.register_edit_href import edit_href
from chengnuo.ports.accounts import Role

pytestmark = pytest.mark.real

NEARBY = edit_href("activity", "nearby-stores")
ENTRY = "/console/register/activities/nearby-stores"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """Two people and a register of their own."""

    staff: Visitor
    reviewer: Visitor
    folder: Path


@pytest.fixture(scope="module")
def scene(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    place = tmp_path_factory.mktemp("register")
    folder = place / "register"
    shutil.copytree(EXAMPLES / "shop" / "register", folder)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        kit = start(place / "data", port=port, register=str(folder))
        house = House(address=f"http://127.0.0.1:{port}", link="")
        people = {
            role: browser_of(kit, f"{role}.one", role) for role in (Role.STAFF, Role.REVIEWER)
        }

        def visitor(role: Role) -> Visitor:
            cookie = ("chengnuo-staff", people[role].cookie("chengnuo-staff"))
            return Visitor(
                browser=browser, house=house, state=cookies_of(place / f"{role}.json", cookie)
            )

        with serve_here(kit, listening):
            yield Scene(staff=visitor(Role.STAFF), reviewer=visitor(Role.REVIEWER), folder=folder)
        kit.service.close()


def test_a_period_goes_from_the_form_to_the_centre_without_scripts(scene: Scene) -> None:
    file = scene.folder / "activities" / "nearby-stores.yaml"
    before = file.read_text("utf-8")
    with scene.staff.at(ENTRY, Eyes(scripts=False)) as page:
        page.locator("main").get_by_role("link", name="修改", exact=True).first.click()
        page.wait_for_load_state()
        page.fill("[name='retention.keep']", "P15D")
        page.focus("[name='retention.keep']")
        page.keyboard.press("Enter")
        expect(page.locator("main")).to_contain_text("nearby-stores/general", timeout=60_000)
        expect(page.locator(".line-added")).to_have_text("+  keep: P15D\n")
        page.get_by_role("button", name="回到表单").click()
        expect(page.locator("[name='retention.keep']")).to_have_value("P15D", timeout=60_000)
        page.wait_for_load_state()  # of a form that has not come whole, nothing is taken
        page.get_by_role("button", name="看看会怎样").first.click()
        page.fill("#why", "规程缩短了期限")
        page.get_by_role("button", name="提出修改").click()
        page.wait_for_url("**/console/register/changes/*")
        href = page.url.partition("/console")[2]
    assert file.read_text("utf-8") == before
    for eyes in (Eyes(), NARROW):
        for path in (f"/console{href}", "/console/register/changes", NEARBY):
            with scene.reviewer.at(path, eyes) as page:
                holds(page)
    with scene.reviewer.at(f"/console{href}", Eyes(scripts=False)) as page:
        page.get_by_role("button", name="批准并启用").click()
        expect(page.locator("main")).to_contain_text("已启用", timeout=60_000)
    assert file.read_text("utf-8") == before.replace("keep: P30D", "keep: P15D")
    with scene.staff.at("/centre/information", Eyes(scripts=False)) as page:
        expect(page.locator("main")).to_contain_text("15 天")


def test_rows_of_a_list_are_added_and_taken_out_without_scripts(scene: Scene) -> None:
    with scene.staff.at(edit_href("store", "uploads"), Eyes(scripts=False)) as page:
        button = page.get_by_role("button", name="再加一项：表", exact=False).first
        count = page.locator("fieldset.part-member, .folded").count()
        button.click()
        page.wait_for_load_state()
        assert page.locator("fieldset.part-member, .folded").count() > count


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_forms_of_new_rows_hold_at_every_width(scene: Scene, lang: str) -> None:
    for plural in ("activities", "stores"):
        for eyes in (Eyes(), NARROW):
            with scene.staff.at(f"/console/register/new/{plural}?lang={lang}", eyes) as page:
                holds(page)


EVERYBODY = (
    Eyes(),
    Eyes(scheme="dark"),
    Eyes(width=390, lang="en"),
    NARROW,
)
UPLOADS, AMAP = edit_href("store", "uploads"), edit_href("recipient", "amap-location")


@pytest.mark.parametrize("eyes", EVERYBODY, ids=["zh", "zh dark", "en narrow", "en narrow dark"])
def test_what_is_wrong_or_in_the_way_can_be_read_by_everybody(scene: Scene, eyes: Eyes) -> None:
    """The form with faults, what follows, what does not hold, what is put together, a clash."""
    with scene.staff.at("/console/register/new/stores", eyes) as page:
        page.locator("[name=act][value=preview]").first.click()
        expect(page.locator(".errors")).to_be_visible(timeout=60_000)
        holds(page)
    with scene.staff.at(UPLOADS, eyes) as page:
        page.fill("[name='region.zh']", f"贵州贵阳 {eyes.scheme} {eyes.lang}")
        page.locator("[name=act][value=preview]").first.click()
        expect(page.locator("#collect")).to_be_visible(timeout=60_000)
        holds(page)
        page.locator("[name=act][value=collect]").click()
        page.wait_for_url("**/console/register/changes/*")
        draft = page.url.partition("/console")[2].partition("?")[0]
        holds(page)
    with scene.staff.at(AMAP, eyes) as page:
        page.locator("[name=rename_to]").fill("Not An Id")
        page.locator("[name=act][value=rename]").click()
        expect(page.locator(".alert, [role=alert]").first).to_be_visible(timeout=60_000)
        holds(page)
        page.locator("[name=act][value=remove]").click()
        expect(page.locator("#problems")).to_be_visible(timeout=60_000)
        holds(page)
        page.locator("[name=act][value=collect]").click()
        expect(page.locator(".changed-rows > li")).to_have_count(2, timeout=60_000)
        holds(page)
    with scene.staff.at(f"/console{draft}", eyes) as page:
        page.locator("form[action$='/drop'] button").nth(1).click()
        expect(page.locator(".changed-rows > li")).to_have_count(1, timeout=60_000)
        page.fill("#why", "机房搬迁")
        page.locator("form[action='/console/register/changes'] .button-main").click()
        expect(page.locator("form[action$='/withdraw']")).to_be_visible(timeout=60_000)
    with scene.reviewer.at(f"/console{draft}", eyes) as page:
        page.locator("form[action$='/refuse'] button").evaluate("it => it.form.noValidate = true")
        page.locator("form[action$='/refuse'] button").click()
        expect(page.locator("#reasons-error")).to_be_visible(timeout=60_000)
        holds(page)
    with scene.staff.at(f"/console{draft}", eyes) as page:
        page.locator("form[action$='/withdraw'] button").click()
        expect(page.locator("form[action$='/withdraw']")).to_have_count(0, timeout=60_000)
