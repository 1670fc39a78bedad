"""A visit to a page: opened with what the case asks for, and checked for what no page may do."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page
from tests.doors.web.browser.eyes import Eyes
from tests.doors.web.browser.houses import House
from tests.doors.web.browser.tabs import tab_of

_SURELY_GOOD_S = 600.0


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

    @contextmanager
    def at(self, path: str, eyes: Eyes | None = None) -> Iterator[Page]:
        """Open a page; afterwards nothing may have been complained of or fetched elsewhere."""
        seen = eyes or Eyes()
        if self.state and self.renew and monotonic() - self.last > _SURELY_GOOD_S:
            self.renew(self.browser, self.house, self.state)
        self.last = monotonic()
        with tab_of(self.browser, scripts=seen.scripts) as tab:
            tab.prepare(seen, self.house.address, self.state)
            query = "&" if "?" in path else "?"
            answer = tab.page.goto(f"{self.house.address}{path}{query}lang={seen.lang}")
            assert answer is not None
            assert answer.status == 200, f"{path}: {answer.status}"
            assert path.endswith("/sign-in") or not urlsplit(tab.page.url).path.endswith("/sign-in")
            yield tab.page
            assert tab.complaints == []
