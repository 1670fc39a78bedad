"""A service in which people have chosen for some weeks, and a child who waits for a guardian."""

import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Browser
from tests.doors.evidence_kit import staff_of
from tests.doors.prompt_kit import CHILD_BORN, come_in
from tests.doors.service_kit import Kit, start
from tests.doors.web.browser.evidence_house import cookies_of, serve_here
from tests.doors.web.browser.houses import EXAMPLES, House, earlier_register
from tests.doors.web.browser.places import CHOSEN_BY_AN_INDIVIDUAL, CONSENTS_OF_STAFF
from tests.doors.web.browser.visits import Visitor
from tests.doors.web.consent_kit import GENERAL, LOCATION, Choosing
from tests.doors.web.test_prompt_pages import answered

from chengnuo.domain.consent.event import Act
from chengnuo.domain.register.consent_items import ConsentItemId
from chengnuo.domain.register.ids import ActivityId
from chengnuo.ports.accounts import Role

MINORS = "browsing/minors"
ACCOUNT = "tea-guest-2"
"""Of somebody whose record the console can show."""
REASON = "核对撤回之后要做的事"
ONCE = ConsentItemId("scan-search/general")


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentHouse:
    """The service, and the cookies of those who visit it.

    Attributes:
        kit: The service itself.
        house: Where it answers.
        states: Cookies by who: `reviewer`, `adult`, `child`, `young`, `guardian`.
        places: Who visits and what: every page of theirs.

    """

    kit: Kit
    house: House
    states: dict[str, Path]
    places: dict[str, tuple[str, str]]

    def visitor(self, who: str, browser: Browser) -> Visitor:
        return Visitor(browser=browser, house=self.house, state=self.states[who])


@contextmanager
def consent_house(folder: Path) -> Iterator[ConsentHouse]:
    """Serve the sample shop, which has kept an earlier register too."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        data = folder / "data"
        earlier = earlier_register(folder / "earlier")
        start(data, port=port, register=str(earlier)).service.close()
        kit = start(data, port=port, demo=True, register=str(_register(folder / "register")))
        states = _people(kit, folder)
        house = House(address=f"http://127.0.0.1:{port}", link="")
        with serve_here(kit, listening):
            yield ConsentHouse(kit=kit, house=house, states=states, places=_places(kit))
        kit.service.close()


def _register(folder: Path) -> Path:
    """Return the sample register, with a consent that is asked for anew at each use."""
    shutil.copytree(EXAMPLES / "shop" / "register", folder)
    activity = folder / "activities" / f"{ONCE.partition('/')[0]}.yaml"
    text = activity.read_text("utf-8")
    assert "consent: general\n" in text
    activity.write_text(text.replace("consent: general\n", "consent: one-time\n"), "utf-8")
    return folder


def _people(kit: Kit, folder: Path) -> dict[str, Path]:
    choosing, consents = Choosing(kit=kit), kit.service.services.consents
    choosing.some_weeks(12)
    choosing.withdraw(choosing.person("tea-guest-4"), LOCATION, steps=2)
    young_born = kit.clock.now().date().replace(year=kit.clock.now().year - 14)
    young, _ = come_in(kit, "7", born=young_born)
    mother, _ = come_in(kit, "7", born=young_born, guardian="8")
    assert answered(mother, MINORS, answer="give", relation="mother").status_code == 303
    adult, person = come_in(kit, "a")
    for item in (GENERAL, LOCATION, ONCE):
        assert answered(adult, item, answer="give").status_code == 303
    consents.expire(person, ONCE, used=True)
    assert answered(adult, ONCE, answer="give").status_code == 303
    consents.clear_labels(person, ActivityId("personalised-ads"))
    consents.labels_cleared(person, ActivityId("personalised-ads"))
    consents.clear_labels(person, ActivityId("personalised-feed"))
    consents.clear_labels(choosing.person(ACCOUNT), ActivityId("personalised-feed"))
    consents.withdraw(person, LOCATION, surface="centre", steps=1)
    choosing.answer(choosing.born("tea-guest-99"), GENERAL, Act.REFUSE)
    kit.clock.pass_by(timedelta(days=2))
    young, _ = come_in(kit, "7", born=young_born)
    adult, _ = come_in(kit, "a")
    child, _ = come_in(kit, "c", born=CHILD_BORN)
    guardian, _ = come_in(kit, "d")
    answered(adult, ONCE, answer="give")
    people = {"adult": adult, "child": child, "young": young, "guardian": guardian}
    states = {
        name: cookies_of(
            folder / f"{name}.json", ("chengnuo-individual", one.cookie("chengnuo-individual"))
        )
        for name, one in people.items()
    }
    reviewer = staff_of(kit, Role.REVIEWER).cookie("chengnuo-staff")
    states["reviewer"] = cookies_of(folder / "reviewer.json", ("chengnuo-staff", reviewer))
    return states


def _places(kit: Kit) -> dict[str, tuple[str, str]]:
    register = kit.service.services.register
    served = register.served.version
    kept = next(one.id for one in register.kept() if one.id != served)
    return {
        **{path: ("reviewer", path) for path in CONSENTS_OF_STAFF},
        "change": ("reviewer", f"/console/consents/change?version={kept}"),
        "diff": ("reviewer", f"/console/versions/diff?old={served}&new={kept}"),
        **{f"own {path}": ("adult", path) for path in CHOSEN_BY_AN_INDIVIDUAL},
        "waiting": ("child", f"/centre/prompts/{MINORS}"),
        "young": ("young", "/centre/consents"),
        "young home": ("young", "/centre"),
        "guardian": ("guardian", f"/centre/handover?code=ABCD-EFGH-IJKL-MNOP&prompt={MINORS}"),
        "guardian types": ("guardian", "/centre/handover"),
    }


PLACES = (
    *CONSENTS_OF_STAFF,
    "change",
    "diff",
    *(f"own {path}" for path in CHOSEN_BY_AN_INDIVIDUAL),
    "waiting",
    "young",
    "young home",
    "guardian",
    "guardian types",
)
"""The names of the places of the house, which are known before it stands."""
