"""People who sign in to a test service, the way real ones do: through the pages."""

import base64
import re
from datetime import timedelta

from tests.doors.browser_kit import Browser
from tests.doors.clock_kit import StandingClock
from tests.doors.service_kit import Kit

from chengnuo.ports.accounts import Role
from chengnuo.usecases.totp import code_at, step_at

PASSWORD = "four quiet lanterns by the river"  # noqa: S105  a test's own
SEED = re.compile(r"\b([A-Z2-7]{4}(?: [A-Z2-7]{4}){7})\b")


def first_admin(kit: Kit, name: str = "first.admin") -> Browser:
    """Use the set-up link, enrol a second factor, and return the signed-in browser."""
    return join(kit, kit.service.set_up_path, name)[0]


def join(kit: Kit, link: str, name: str) -> tuple[Browser, bytes]:
    """Use a one-time link; returns the signed-in browser and the seed of its second factor."""
    browser = Browser(kit.service.app)
    token = link.partition("token=")[2]
    made = browser.submit(
        link,
        "/console/set-up",
        {"token": token, "name": name, "password": PASSWORD, "again": PASSWORD},
    )
    assert made.headers["location"] == "/console/totp", made.text
    return browser, enrol(browser, kit.clock)


def enrol(browser: Browser, clock: StandingClock) -> bytes:
    """Set up the second factor that the page offers."""
    seed = seed_on(browser.get("/console/totp").text)
    done = browser.submit("/console/totp", "/console/totp", {"code": code_now(seed, clock)})
    assert done.status_code == 200, done.text
    return seed


def seed_on(page: str) -> bytes:
    found = SEED.search(page)
    assert found is not None
    text = found.group(1).replace(" ", "")
    return base64.b32decode(text + "=" * (-len(text) % 8))


def code_now(seed: bytes, clock: StandingClock) -> str:
    return code_at(seed, step_at(clock.now()))


def with_role(kit: Kit, role: Role, name: str) -> tuple[Browser, bytes]:
    """Make somebody of a role through an invitation of the first admin."""
    accounts = kit.service.services.accounts
    token = accounts.invite(role, by=accounts.people().accounts[0].id)
    return join(kit, f"/console/set-up?token={token}", name)


def next_code(kit: Kit) -> None:
    """Let the code that has just been used go by."""
    kit.clock.pass_by(timedelta(seconds=90))
