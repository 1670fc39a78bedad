"""A visit to a page: opened with what the case asks for, and checked for what no page may do."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Literal
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page
from tests.doors.web.browser.houses import House

_SURELY_GOOD_S = 600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Eyes:
    """With what a page is looked at."""

    width: int = 1280
    height: int = 900
    zoom: int = 1
    scheme: Literal["light", "dark"] = "light"
    scripts: bool = True
    lang: str = "zh"
    media: Literal["screen", "print"] = "screen"


@dataclass(slots=True, kw_only=True)
class Visitor:
    """Somebody who visits a house, with or without cookies of a session.

    `renew` comes in again and writes the cookies anew: other tests may have taken so long that
    the session has ended, and every page would be the sign-in page.
    """

    browser: Browser
    house: House
    state: Path | None = None
    renew: Callable[[Browser, House, Path], Path] | None = None
    last: float = field(default_factory=monotonic)
    complaints: list[str] = field(default_factory=list)

    @contextmanager
    def at(self, path: str, eyes: Eyes | None = None) -> Iterator[Page]:
        """Open a page; afterwards nothing may have been complained of or fetched elsewhere."""
        seen = eyes or Eyes()
        if self.state and self.renew and monotonic() - self.last > _SURELY_GOOD_S:
            self.renew(self.browser, self.house, self.state)
        self.last = monotonic()
        context = self.browser.new_context(
            storage_state=self.state,
            viewport={"width": seen.width, "height": seen.height},
            color_scheme=seen.scheme,
            device_scale_factor=seen.zoom,
            reduced_motion="reduce",
            java_script_enabled=seen.scripts,
        )
        complaints: list[str] = []
        page = context.new_page()
        page.on(
            "console",
            lambda said: (
                complaints.append(said.text) if said.type in {"error", "warning"} else None
            ),
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "request",
            lambda request: (
                None
                if request.url.startswith((self.house.address, "data:"))
                else complaints.append(f"fetched {request.url}")
            ),
        )
        page.emulate_media(media=seen.media)
        query = "&" if "?" in path else "?"
        answer = page.goto(f"{self.house.address}{path}{query}lang={seen.lang}")
        assert answer is not None
        assert answer.status == 200, f"{path}: {answer.status}"
        assert path.endswith("/sign-in") or not urlsplit(page.url).path.endswith("/sign-in")
        try:
            yield page
        finally:
            context.close()
        assert complaints == []
