"""A prompt in a WebView: the host app asks, opens the prompt, comes back and goes on as decided."""

import contextlib
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from tests.axe import violations
from tests.doors.web.browser.houses import EXAMPLES, serving
from tests.doors.web.browser.looks import WIDER_THAN_THE_PAGE
from tests.doors.web.browser.test_host_apps import PROGRAM, host, phone, say_yes

from chengnuo.doors.cli.root import run
from chengnuo.wiring.program import Program

pytestmark = pytest.mark.real

NEARBY = "**/centre/prompts/nearby-stores/**"
ASKED = "按距离排序要用到您的位置"
WITHOUT = "请手动选择城市"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shop:
    """A host app that asks before it uses the place, and the privacy centre it opens."""

    app: str
    centre: str


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    keys, settings, key = tmp_path / "keys", tmp_path / "centre.toml", tmp_path / "key"
    subprocess.run([sys.executable, str(PROGRAM), "keys", str(keys)], check=True)  # noqa: S603  ours
    settings.write_text(
        f'[individuals]\nissuer = "https://host.example"\njwks = "{keys / "jwks.json"}"\n', "utf-8"
    )
    with serving(EXAMPLES / "shop" / "register", tmp_path / "data", settings) as centre:
        made = ["keys", "make", "host", "--scope", "decide", "--data", str(tmp_path / "data")]
        with key.open("w") as out, contextlib.redirect_stdout(out):
            assert run(Program(), made) == 0
        with host(keys, centre, EXAMPLES / "host-webview", "--decide-with", str(key)) as app:
            yield Shop(app=app, centre=centre.address)


def opened(page: Page) -> Page:
    """Open the prompt as the app does, in a view of its own."""
    with page.context.expect_page() as view:
        page.get_by_role("link", name="查看并决定").click()
    return view.value


def back(page: Page, view: Page) -> str:
    """Close the view, and return what the app then says."""
    view.close()
    with page.expect_navigation():
        page.evaluate("dispatchEvent(new Event('focus'))")  # without a screen no window has it
    return str(page.get_by_role("status").text_content())


def agree(view: Page) -> None:
    view.wait_for_url(NEARBY)
    assert violations(view) == []
    assert view.evaluate(WIDER_THAN_THE_PAGE) <= 0
    view.check("[name=box]")
    view.locator("button[value=give]").click()
    view.wait_for_url(re.compile("/centre/prompts/answered.*answer=give"))


def test_the_app_goes_on_as_was_decided_in_the_view(shop: Shop, browser: Browser) -> None:
    with phone(browser, 390) as page:
        page.goto(f"{shop.app}/nearby")
        assert violations(page) == []
        assert page.evaluate(WIDER_THAN_THE_PAGE) <= 0
        assert ASKED in str(page.get_by_role("status").text_content())
        view = opened(page)
        say_yes(view)
        assert view.url.startswith(shop.centre)
        view.wait_for_url(NEARBY)
        view.locator("button[value=refuse]").click()
        view.wait_for_url(re.compile("/centre/prompts/answered.*answer=refuse"))
        # Refused, it goes on without the place, and asks no more by itself.
        assert WITHOUT in back(page, view)
        assert page.get_by_role("link", name="查看并决定").count() == 0
        # Whoever taps it again starts it themselves, and may be asked.
        page.goto(f"{shop.app}/nearby")
        assert ASKED in str(page.get_by_role("status").text_content())
        view = opened(page)
        agree(view)
        # The place is sensitive: its separate consent is a matter of its own, asked by itself.
        assert ASKED in back(page, view)
        view = opened(page)
        agree(view)
        assert "城南店" in back(page, view)
        assert page.get_by_role("link", name="查看并决定").count() == 0
