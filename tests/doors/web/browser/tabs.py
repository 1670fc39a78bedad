"""Tabs that are kept open from visit to visit: a new one costs more than what is looked at in it.

Whoever visits gets the tab as if it were new: without what the last one left, with their own
cookies, at their size. A tab in which something failed is not used again.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, CDPSession, ConsoleMessage, Page, Request
from tests.doors.web.browser.eyes import Eyes

_PLAIN_TEXT = {"standard": 16, "fixed": 13}
_LARGE_TEXT = {"standard": 32, "fixed": 26}


@dataclass(kw_only=True, eq=False)
class Tab:
    """One page in a context of its own.

    Attributes:
        page: The page.
        own: Where an address must begin for the page to ask for it.
        complaints: What was complained of in this visit, and what was asked of elsewhere.

    """

    page: Page
    own: tuple[str, ...] = ()
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Listen for as long as the tab is open."""
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self._asked)

    def _said(self, message: ConsoleMessage) -> None:
        # A form that is not taken answers 400 with the form itself, which a browser tells, too.
        own = message.location["url"] == self.page.url and "status of 400" in message.text
        if message.type in {"error", "warning"} and not own:
            self.complaints.append(message.text)

    def _asked(self, request: Request) -> None:
        if not request.url.startswith(self.own):
            self.complaints.append(f"fetched {request.url}")

    def prepare(self, eyes: Eyes, address: str, state: Path | None) -> None:
        """Make it look like a new one."""
        if address not in self.own:
            self.page.goto("about:blank")  # a house that is closed is asked for nothing more
        self.own = (address, "data:")
        context = self.page.context
        for other in context.pages:
            if other is not self.page:
                other.close()
        context.clear_cookies()
        if state is not None:
            context.add_cookies(json.loads(state.read_text("utf-8"))["cookies"])
        self.page.set_viewport_size({"width": eyes.width, "height": eyes.height})
        self.page.emulate_media(media=eyes.media, color_scheme=eyes.scheme, reduced_motion="reduce")
        self.complaints.clear()


_idle: dict[tuple[Browser, bool], list[Tab]] = {}


@contextmanager
def tab_of(browser: Browser, *, scripts: bool) -> Iterator[Tab]:
    """Lend a tab that nobody uses; it is closed if the visit fails."""
    idle = _idle.setdefault((browser, scripts), [])
    tab = idle.pop() if idle else Tab(page=_new(browser, scripts=scripts))
    try:
        yield tab
    except BaseException:
        tab.page.context.close()
        raise
    idle.append(tab)


def _new(browser: Browser, *, scripts: bool) -> Page:
    return browser.new_context(reduced_motion="reduce", java_script_enabled=scripts).new_page()


@contextmanager
def _session(page: Page) -> Iterator[CDPSession]:
    session = page.context.new_cdp_session(page)
    yield session
    session.detach()


@contextmanager
def text_twice_as_large(page: Page) -> Iterator[None]:
    """What somebody sees who has set their browser's text to twice the size."""
    with _session(page) as session:
        session.send("Page.setFontSizes", {"fontSizes": _LARGE_TEXT})
        yield
        session.send("Page.setFontSizes", {"fontSizes": _PLAIN_TEXT})


@contextmanager
def zoomed(page: Page, times: int) -> Iterator[None]:
    """What somebody sees who has zoomed a window of 1280 by 900 pixels."""
    before = page.viewport_size
    assert before is not None
    with _session(page) as session:
        size = {"width": 1280 // times, "height": 900 // times, "deviceScaleFactor": times}
        session.send("Emulation.setDeviceMetricsOverride", {**size, "mobile": False})
        yield
    # The driver believes that its own size still holds and sends none that equals it.
    page.set_viewport_size({"width": before["width"] + 1, "height": before["height"]})
    page.set_viewport_size(before)
