"""A service whose individual has a request at every stage that looks different."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Browser
from tests.doors.service_kit import start
from tests.doors.web.browser.evidence_house import cookies_of, serve_here
from tests.doors.web.browser.houses import EXAMPLES, House
from tests.doors.web.browser.visits import Visitor
from tests.doors.web.rights_kit import (
    RightsHouse,
    answered,
    arrived,
    file_seen,
    plan_of,
    rights_house,
    sample_request,
)

from chengnuo.domain.rights.machine import Stage
from chengnuo.domain.rights.reply import Outcome

PAGE = "/centre/rights"
SHEETS = ("access", "copy", "transfer", "correct", "delete", "restrict", "explain")
PLACES = (
    "/centre",
    PAGE,
    *(f"{PAGE}/{sheet}" for sheet in SHEETS),
    f"{PAGE}/requests",
    f"{PAGE}/cancel-account",
    f"{PAGE}/child",
    f"{PAGE}/relative",
    "waiting",
    "partly",
    "letter",
)
"""Pages by path, and requests by how far they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServedRights:
    """The service and who visits it.

    Attributes:
        rights: The service in this process.
        house: Where it answers.
        state: Cookies of somebody who signed in just now.
        paths: Path of each place.

    """

    rights: RightsHouse
    house: House
    state: Path
    paths: dict[str, str]

    def visitor(self, browser: Browser) -> Visitor:
        return Visitor(browser=browser, house=self.house, state=self.state)


@contextmanager
def served_rights(folder: Path) -> Iterator[ServedRights]:
    """Serve the sample shop with the pages of rights."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        register = str(EXAMPLES / "shop" / "register")
        kit = start(folder / "data", port=port, demo=True, register=register)
        rights = rights_house(kit, folder / "exports")
        browser, person = rights.come_in()
        now = kit.clock.now()
        waiting = arrived(sample_request(person, now))
        waiting = replace(
            waiting,
            stage=Stage.WAITING,
            plan=plan_of(waiting.request, now),
            take_back_until=now + timedelta(minutes=8),
        )
        partly = answered(sample_request(person, now), Outcome.PARTLY, now)
        partly = replace(partly, files=(file_seen(now),))
        ids = {"waiting": rights.put(waiting), "partly": rights.put(partly)}
        paths = {path: path for path in PLACES}
        paths |= {name: f"{PAGE}/requests/{one}" for name, one in ids.items()}
        paths["letter"] = f"{paths['partly']}/letter"
        cookie = "chengnuo-individual"
        state = cookies_of(folder / "state.json", (cookie, browser.cookie(cookie)))
        house = House(address=f"http://127.0.0.1:{port}", link="")
        with serve_here(replace(kit, service=replace(kit.service, app=rights.app)), listening):
            yield ServedRights(rights=rights, house=house, state=state, paths=paths)
        kit.service.close()
