"""A service with an adult who agreed to an earlier text, a child and a guardian."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser
from tests.doors.prompt_kit import CHILD_BORN, come_in
from tests.doors.service_kit import Kit, start
from tests.doors.web.browser.evidence_house import cookies_of, serve_here
from tests.doors.web.browser.houses import EXAMPLES, House, earlier_register
from tests.doors.web.browser.visits import Visitor
from tests.doors.web.test_prompt_pages import answered

from chengnuo.ports.individuals import PersonKey

CHANGED = "nearby-stores/sensitive:PI-LOC-PRECISE"
_COOKIE = "chengnuo-individual"


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompted:
    """One prompt, and who sees it.

    Attributes:
        who: `anyone`, `adult` or `guardian`.
        path: Its page.
        recorded: Whether an answer is recorded.

    """

    who: str
    path: str
    recorded: bool = True


PROMPTS = {
    "first run": Prompted(who="anyone", path="/centre/prompts/first-run", recorded=False),
    "moment": Prompted(who="anyone", path="/centre/prompts/nearby-stores/moment-1", recorded=False),
    "general": Prompted(who="adult", path="/centre/prompts/wechat-login/general"),
    "sensitive": Prompted(who="adult", path="/centre/prompts/voice-search/sensitive:PI-COMM-AUDIO"),
    "provision": Prompted(
        who="adult", path="/centre/prompts/payment-device-check/provision:alipay"
    ),
    "abroad": Prompted(who="adult", path="/centre/prompts/crash-reports-overseas/overseas:sentry"),
    "renewal": Prompted(who="adult", path=f"/centre/prompts/{CHANGED}"),
    "guardian": Prompted(who="guardian", path="/centre/prompts/browsing/minors"),
}
"""One of each kind."""
SETTLED = {
    "waiting": Prompted(who="child", path="/centre/prompts/browsing/minors"),
    "after a no": Prompted(
        who="adult", path="/centre/prompts/answered?answer=refuse&prompt=voice-search/general"
    ),
    "preview": Prompted(who="adult", path="/centre/prompts/nearby-stores"),
}
"""Pages in the place of a prompt."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptHouse:
    """The service, and who visits it."""

    kit: Kit
    house: House
    states: dict[str, Path]
    adult: PersonKey

    def visitor(self, who: str, browser: Browser) -> Visitor:
        """Return somebody with the cookies of who they are."""
        return Visitor(browser=browser, house=self.house, state=self.states.get(who))


@contextmanager
def prompt_house(folder: Path) -> Iterator[PromptHouse]:
    """Serve the sample shop, which has changed one text since the adult agreed to it."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        data = folder / "data"
        earlier = start(data, port=port, demo=True, register=str(earlier_register(folder / "old")))
        browser, _ = come_in(earlier, "a")
        assert answered(browser, CHANGED, answer="give").status_code == 303
        earlier.service.close()
        kit = start(data, port=port, demo=True, register=str(EXAMPLES / "shop" / "register"))
        adult, person = come_in(kit, "a")
        child, _ = come_in(kit, "c", born=CHILD_BORN)
        guardian, _ = come_in(kit, "c", born=CHILD_BORN, guardian="d")
        states = {
            name: cookies_of(folder / f"{name}.json", (_COOKIE, one.cookie(_COOKIE)))
            for name, one in (("adult", adult), ("child", child), ("guardian", guardian))
        }
        house = House(address=f"http://127.0.0.1:{port}", link="")
        with serve_here(kit, listening):
            yield PromptHouse(kit=kit, house=house, states=states, adult=person)
        kit.service.close()
