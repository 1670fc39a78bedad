"""One driver and one Chromium for all browser tests: a process can have no second driver.

With `--slow-link` every page comes over a link of a telephone far from its mast. A test that looks
before the page that it caused is there passes by luck on a quiet machine, and fails then.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

FLAGS = ["--no-sandbox", "--disable-gpu"]
# A page is committed with its first bytes and whole a second later: long enough to look at a half.
SLOW_LINK = {
    "offline": False,
    "latency": 100,
    "downloadThroughput": 20_000,
    "uploadThroughput": 20_000,
}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Take the option."""
    parser.addoption(
        "--slow-link", action="store_true", help="let every page of a browser test come slowly"
    )


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """The driver of the browsers; what is expected comes within what any other wait allows."""
    expect.set_options(timeout=30_000)
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(
    playwright: Playwright, chromium: Path, pytestconfig: pytest.Config
) -> Iterator[Browser]:
    """Chromium, without its sandbox: the tests run as root on some machines."""
    started = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
    with pytest.MonkeyPatch.context() as patch:
        if pytestconfig.getoption("--slow-link"):
            for kind in (Browser, BrowserContext):
                patch.setattr(kind, "new_page", _slowly(kind.new_page))
        yield started
    started.close()


def _slowly(new_page: Callable[..., Page]) -> Callable[..., Page]:
    def new(of: Browser | BrowserContext, **options: object) -> Page:
        page = new_page(of, **options)
        session = page.context.new_cdp_session(page)  # what it sets holds until the page is closed
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", SLOW_LINK)
        return page

    return new
