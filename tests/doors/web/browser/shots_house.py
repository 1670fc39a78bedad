"""The sample shop as it is pictured: people have chosen, records grew, the clock stands still."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain
from pathlib import Path

from tests.doors.evidence_kit import staff_of
from tests.doors.prompt_kit import come_in
from tests.doors.service_kit import Kit
from tests.doors.web.browser import places
from tests.doors.web.browser.consent_house import consent_house
from tests.doors.web.browser.evidence_house import cookies_of
from tests.doors.web.browser.houses import House
from tests.doors.web.drift_kit import recorded
from tests.doors.web.open_requests import let_people_ask
from tests.doors.web.price_kit import audits_recorded
from tests.doors.web.test_board_publishing import ask, settle
from tests.doors.web.test_borders_page import some, went

from chengnuo.domain.borders.counting import Sort
from chengnuo.domain.pricing.probe_verdict import Verdict
from chengnuo.ports.accounts import Role

STAFF, OWN = "chengnuo-staff", "chengnuo-individual"
_WEEK = (
    (3, (Verdict.ABSENT, Verdict.FOUND)),
    (5, (Verdict.INCONCLUSIVE,)),
    (9, (Verdict.ABSENT,) * 3),
)
"""Of each of some days how many hosts agreed, and what audits of prices said."""
FOR_ADMIN = frozenset({"/console/people"})


def every_place() -> tuple[str, ...]:
    """Return the path of every page that `places.py` names, each once."""
    named = (one for one in vars(places).values() if isinstance(one, tuple))
    paths = [one for one in chain(*named) if isinstance(one, str) and one.startswith("/")]
    return tuple(dict.fromkeys((*paths, places.BY_ITSELF)))


@dataclass(frozen=True, slots=True, kw_only=True)
class ShotsHouse:
    """The service and the cookies of who looks at what.

    Attributes:
        kit: The service itself.
        house: Where it answers.
        states: Cookies of a reviewer, an admin and an individual.

    """

    kit: Kit
    house: House
    states: dict[str, Path]

    def state_of(self, path: str) -> Path:
        """Return the cookies of whoever looks at a page."""
        if not path.startswith("/console"):
            return self.states["adult"]
        return self.states["admin" if path in FOR_ADMIN else "reviewer"]


@contextmanager
def shots_house(folder: Path) -> Iterator[ShotsHouse]:
    """Serve the sample shop of the consent tests: drift, people abroad, controls, its board."""
    with consent_house(folder) as made:
        kit = made.kit
        year = kit.clock.now().year
        went(kit, some(date(year, 2, 3), 1, 30_001))
        went(kit, some(date(year, 6, 9), 20_000, 85_001))
        went(kit, some(date(year, 5, 5), 1, 4_001, Sort.SENSITIVE))
        for agreed, verdicts in _WEEK:
            recorded(kit, agreed)
            audits_recorded(kit, *verdicts)
            kit.clock.pass_by(timedelta(days=1))
        let_people_ask(kit, 27)
        kit.run_controls()
        states = {}  # time has passed: everybody comes in anew
        staff = {role: staff_of(kit, role) for role in (Role.REVIEWER, Role.ADMIN)}
        if (ask(staff[Role.ADMIN]), settle(staff[Role.REVIEWER])) != (303, 303):
            raise AssertionError("the board was not published")
        for role, browser in staff.items():
            cookie = (STAFF, browser.cookie(STAFF))
            states[role.value] = cookies_of(folder / f"{role}-now.json", cookie)
        adult, _ = come_in(kit, "a")
        states["adult"] = cookies_of(folder / "adult-now.json", (OWN, adult.cookie(OWN)))
        yield ShotsHouse(kit=kit, house=made.house, states=states)
