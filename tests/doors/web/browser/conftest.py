"""Two real services for all browser tests: the sample shop and the faulty one."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from tests.doors.web.browser.houses import (
    EXAMPLES,
    House,
    earlier_register,
    individual_state,
    serving,
    signed_in_again,
    staff_state,
)
from tests.doors.web.browser.visits import Visitor


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The sample shop, which has changed its register once since it was first served."""
    folder = tmp_path_factory.mktemp("shop")
    with serving(earlier_register(folder / "earlier"), folder / "data"):
        pass
    with serving(EXAMPLES / "shop" / "register", folder / "data") as house:
        yield house


@pytest.fixture(scope="session")
def staff(browser: Browser, shop: House, tmp_path_factory: pytest.TempPathFactory) -> Visitor:
    """The admin of the shop's console."""
    state = staff_state(browser, shop, tmp_path_factory.mktemp("staff") / "state.json")
    return Visitor(browser=browser, house=shop, state=state, renew=signed_in_again)


@pytest.fixture(scope="session")
def anyone(browser: Browser, shop: House) -> Visitor:
    """Somebody who is not signed in anywhere."""
    return Visitor(browser=browser, house=shop)


@pytest.fixture(scope="session")
def individual(browser: Browser, shop: House, tmp_path_factory: pytest.TempPathFactory) -> Visitor:
    """The sample individual, come in from the app."""
    state = individual_state(browser, shop, tmp_path_factory.mktemp("individual") / "state.json")
    return Visitor(browser=browser, house=shop, state=state, renew=individual_state)


@pytest.fixture(scope="session")
def faulty(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    """The admin of a console whose register has every fault."""
    folder = tmp_path_factory.mktemp("faulty")
    with serving(EXAMPLES / "faulty" / "register", folder / "data") as house:
        state = staff_state(browser, house, folder / "state.json")
        yield Visitor(browser=browser, house=house, state=state, renew=signed_in_again)
