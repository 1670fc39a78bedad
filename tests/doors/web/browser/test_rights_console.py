"""权利请求 in a real browser: axe, narrow and wide, and a release by keyboard without scripts."""

import socket
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from tests.axe import violations
from tests.doors.service_kit import start
from tests.doors.web.browser.evidence_house import cookies_of, serve_here
from tests.doors.web.browser.eyes import Eyes
from tests.doors.web.browser.houses import House
from tests.doors.web.browser.looks import fits
from tests.doors.web.browser.visits import Visitor
from tests.doors.web.rights_console_kit import QUEUE, Console, console_of
from tests.usecases.rights.rights_house import LIN, WANG, WITH_PAPER, RightsHouse

from chengnuo.domain.rights.machine import Stage
from chengnuo.domain.rights.request import ReadAsked, RequestId
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.rights import Right
from chengnuo.ports.accounts import Role
from chengnuo.usecases.rights.desk import RightsDesk

pytestmark = pytest.mark.real
PLACES = (
    *("queue", "narrowed", "review", "answered", "tasks", "new", "received"),
    *("today", "board"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """A console with requests of several stages.

    Attributes:
        console: The console.
        house: Where it answers.
        reviewer: Cookies of a reviewer.
        paths: Pages by name.
        waiting: Requests that wait for a reviewer.

    """

    console: Console
    house: House
    reviewer: Path
    paths: dict[str, str]
    waiting: tuple[RequestId, ...]

    def visitor(self, browser: Browser) -> Visitor:
        return Visitor(browser=browser, house=self.house, state=self.reviewer)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("console")
    tea = RightsHouse(folder / "tea", catalogue, register=WITH_PAPER)
    tea.room = replace(tea.room, release_all=True)
    tea.rights = RightsDesk(tea.room).start()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        kit = start(folder / "staff", port=port)
        console = console_of(kit, tea)
        console.browser(Role.STAFF)
        reviewer = console.browser(Role.REVIEWER)
        answered, *waiting = _grown(console)
        console.press(reviewer, answered, "release")
        console.move_here(folder / "moved", catalogue)
        tea.work(minutes=11)
        cookie = ("chengnuo-staff", reviewer.cookie("chengnuo-staff"))
        with serve_here(replace(kit, service=replace(kit.service, app=console.app)), listening):
            yield Served(
                console=console,
                house=House(address=f"http://127.0.0.1:{port}", link=""),
                reviewer=cookies_of(folder / "reviewer.json", cookie),
                paths={
                    "queue": QUEUE,
                    "narrowed": f"{QUEUE}?stage=needs-release&right=delete",
                    "review": f"{QUEUE}/{waiting[0]}",
                    "answered": f"{QUEUE}/{answered}",
                    "tasks": f"{QUEUE}/tasks?all=yes",
                    "new": f"{QUEUE}/new",
                    "received": f"{QUEUE}/received",
                    "today": "/console",
                    "board": "/console/board",
                },
                waiting=tuple(waiting),
            )
        kit.service.close()


def _grown(console: Console) -> list[RequestId]:
    """Let three people ask for deletion and one of them for a copy, twice."""
    requests = []
    for account in (LIN, WANG, "zhao-0003"):
        console.tea.fill(account)
        requests.append(console.tea.ask(account=account).request.id)
    for formats in (("json",), ("csv",)):
        console.tea.ask(Right.COPY, ReadAsked(formats=formats), account=WANG)
    console.tea.work()
    return requests


def press(page: Page, selector: str, key: str) -> None:
    """Walk to something with the tab key and press another there."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            page.keyboard.press(key)
            return
    message = f"the tab key never came to {selector}"
    raise AssertionError(message)


@pytest.mark.parametrize("place", PLACES)
def test_axe_finds_nothing_and_the_page_fits(place: str, served: Served, browser: Browser) -> None:
    path = served.paths[place]
    with served.visitor(browser).at(path) as page:
        assert violations(page) == []
        fits(page)
    with served.visitor(browser).at(path, Eyes(width=390, scheme="dark", lang="en")) as page:
        assert violations(page) == []
        fits(page)


def test_two_requests_are_released_by_keyboard_alone_after_a_look(
    served: Served, browser: Browser
) -> None:
    rights = served.console.tea.rights
    with served.visitor(browser).at(QUEUE) as page:
        page.check(f"#tick-{served.waiting[0]}")
        page.click("button[value=release]")
        page.wait_for_url("**/bulk")
        assert violations(page) == []
        fits(page)
    with served.visitor(browser).at(QUEUE, Eyes(scripts=False)) as page:
        for request in served.waiting:
            press(page, f"#tick-{request}", "Space")
        press(page, "button[value=release]", "Enter")
        page.wait_for_url("**/bulk")
        assert {rights.seen(one).stage for one in served.waiting} == {Stage.NEEDS_RELEASE}
        press(page, "main form button.button-main", "Enter")
        page.wait_for_url("**/bulk/do")
        assert page.locator("[role=status]").inner_text().startswith("2 件已办")
    assert {rights.seen(one).stage for one in served.waiting} == {Stage.WAITING}
