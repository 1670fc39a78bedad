"""The centre opened from a host app: the samples as they are, tokens and codes for real."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page
from tests.axe import violations
from tests.doors.web.browser.houses import EXAMPLES, House, serving
from tests.doors.web.browser.looks import WIDER_THAN_THE_PAGE

pytestmark = pytest.mark.real

PROGRAM = EXAMPLES / "host-webview" / "host.py"
SAMPLES = {"webview": EXAMPLES / "host-webview", "mini-program": EXAMPLES / "host-miniprogram"}
_AT = re.compile(r"host at (http://\S+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hosted:
    """A service and the host apps that open its centre.

    Attributes:
        centre: The service.
        hosts: Address of each sample.

    """

    centre: House
    hosts: dict[str, str]


@pytest.fixture(scope="module")
def hosted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosted]:
    folder = tmp_path_factory.mktemp("hosts")
    keys, settings = folder / "keys", folder / "centre.toml"
    subprocess.run([sys.executable, str(PROGRAM), "keys", str(keys)], check=True)  # noqa: S603  ours
    settings.write_text(
        f'[individuals]\nissuer = "https://host.example"\njwks = "{keys / "jwks.json"}"\n', "utf-8"
    )
    register = EXAMPLES / "shop" / "register"
    with (
        serving(register, folder / "data", settings) as centre,
        host(keys, centre, SAMPLES["webview"]) as webview,
        host(keys, centre, SAMPLES["mini-program"]) as mini,
    ):
        yield Hosted(centre=centre, hosts={"webview": webview, "mini-program": mini})


@contextmanager
def host(keys: Path, centre: House, pages: Path, *more: str) -> Iterator[str]:
    command = [sys.executable, str(PROGRAM), "serve", str(keys), "--centre", centre.address]
    command += ["--port", "0", "--pages", str(pages), *more]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603  ours
        try:
            assert process.stdout is not None
            found = _AT.search(process.stdout.readline())
            assert found is not None
            yield found[1]
        finally:
            process.terminate()
            process.wait(timeout=30)


@contextmanager
def phone(browser: Browser, width: int) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": width, "height": 812}, reduced_motion="reduce")
    try:
        yield context.new_page()
    finally:
        context.close()


def say_yes(page: Page) -> None:
    """Answer whether it was oneself who opened the centre, as one is asked once in a browser."""
    assert violations(page) == []
    assert page.evaluate(WIDER_THAN_THE_PAGE) <= 0
    yes, no = page.locator("main button[name=mine]").all()
    assert yes.bounding_box()["height"] == no.bounding_box()["height"] >= 44  # type: ignore[index]  # shown
    yes.click()
    page.wait_for_load_state()


@pytest.mark.parametrize(
    ("entry", "path", "says"),
    [
        ("隐私中心", "/centre", "您已从示例集市进入"),
        ("个人信息收集清单", "/centre/information", "申请查看内容"),
        ("第三方信息共享清单", "/centre/recipients", "停止提供"),
        ("我的同意", "/centre/consents", "我的同意"),
        ("个性化与广告", "/centre/switches", "非个性化结果"),
        ("删除我的位置", "/centre/rights/delete", "精准定位"),
        ("注销账户", "/centre/rights/cancel-account", "确认注销"),
    ],
)
def test_the_settings_page_opens_each_screen_in_a_window_of_its_own(
    hosted: Hosted, browser: Browser, entry: str, path: str, says: str
) -> None:
    with phone(browser, 390) as page:
        page.goto(hosted.hosts["webview"])
        with page.context.expect_page() as opened:
            page.get_by_role("link", name=entry, exact=True).click()
        view = opened.value
        view.wait_for_url("**/centre/enter?to=**")
        assert view.locator("form[action='/centre/leave']").count() == 0
        say_yes(view)
        view.wait_for_url(f"**{path}*")
        assert urlsplit(view.url).path == path
        assert view.url.startswith(hosted.centre.address)
        assert "code" not in view.url
        assert "eyJ" not in view.content(), "no token reaches the browser"
        assert says in str(view.locator("main").text_content())
        assert view.evaluate(WIDER_THAN_THE_PAGE) <= 0
        assert view.locator("form[action='/centre/leave']").count() == 1
        cookies = {one["name"]: one for one in page.context.cookies()}
        assert cookies["chengnuo-individual"]["httpOnly"]


def test_the_host_passes_on_its_version_for_elders_and_its_language(
    hosted: Hosted, browser: Browser
) -> None:
    with phone(browser, 390) as page:
        page.goto(f"{hosted.hosts['webview']}/open?size=largest")
        assert page.locator("html.elder-largest").count() == 1
        say_yes(page)
        assert page.locator("html.elder-largest").count() == 1
        page.goto(f"{hosted.hosts['webview']}/open?to=/centre/consents&lang=en")
        assert page.locator("html").get_attribute("lang") == "en"
        assert page.locator("html.elder-largest").count() == 1
        assert urlsplit(page.url).path == "/centre/consents"


def test_the_host_cannot_lead_out_of_the_centre(hosted: Hosted, browser: Browser) -> None:
    with phone(browser, 390) as page:
        page.goto(f"{hosted.hosts['webview']}/open?to=https://evil.example.com/")
        say_yes(page)
        assert page.url == f"{hosted.centre.address}/centre"


def test_a_mini_program_opens_the_centre_on_its_stack_of_pages(
    hosted: Hosted, browser: Browser
) -> None:
    with phone(browser, 375) as page:
        page.goto(hosted.hosts["mini-program"])
        assert violations(page) == []
        page.get_by_role("link", name="设置").click()
        capsule = page.locator("#settings .capsule").bounding_box()
        assert capsule is not None
        assert (capsule["width"], capsule["height"]) == (87, 32)
        assert capsule["x"] + capsule["width"] == 375 - 8
        assert violations(page) == []
        assert page.evaluate(WIDER_THAN_THE_PAGE) <= 0
        page.get_by_role("link", name="我的同意").click()
        page.wait_for_url("**/centre/enter?to=**")
        say_yes(page)
        page.wait_for_url("**/centre/consents")
        assert page.evaluate(WIDER_THAN_THE_PAGE) <= 0
        assert violations(page) == []
        page.go_back()
        page.go_back()
        assert page.url == f"{hosted.hosts['mini-program']}/#settings"
        page.go_back()
        assert page.locator("#mine").is_visible()


def test_the_settings_page_of_the_sample_is_accessible(hosted: Hosted, browser: Browser) -> None:
    with phone(browser, 390) as page:
        page.goto(hosted.hosts["webview"])
        assert violations(page) == []


def test_the_centre_is_shown_in_no_frame(hosted: Hosted, browser: Browser) -> None:
    with phone(browser, 390) as page:
        page.goto(hosted.hosts["webview"])
        page.evaluate(
            """(address) => {
              const frame = document.createElement("iframe");
              frame.src = address;
              document.body.append(frame);
              return new Promise((done) => { frame.onload = done; setTimeout(done, 3000); });
            }""",
            f"{hosted.centre.address}/centre",
        )
        assert all("centre" not in one.url for one in page.frames[1:])
