"""The authorisation matrix: every route of the app against everybody there is.

What is expected comes from the audiences that the routes declare; so a new route is in the
matrix at once, and one without an audience keeps the app from being built at all.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from litestar import Litestar, get
from tests.doors.browser_kit import Browser
from tests.doors.service_kit import Kit, start

from chengnuo.doors.http.audience import ANYONE, INDIVIDUAL, METER, ROLES, SIGNING_IN, requires
from chengnuo.doors.web.app import NoAudienceError, RouteAudience, build_app, route_audiences
from chengnuo.ports.accounts import Account, AccountId, Role

CALLERS = ("nobody", INDIVIDUAL, SIGNING_IN, *sorted(ROLES))
PLACEHOLDER = re.compile(r"\{[^}]+\}")


def with_everybody(data: Path, **said: object) -> Kit:
    """Start a service with an account of each role; the demo lets individuals in."""
    made = start(data, **{"demo": True, "require_totp": True, **said})
    accounts = made.service.services.accounts.store
    for role in Role:
        accounts.add(
            Account(
                id=AccountId(role.value),
                name=f"{role.value}.person",
                role=role,
                enabled=True,
                created_at=made.clock.now(),
            ),
            password_hash="none",  # noqa: S106  no hash, so no password fits
        )
    return made


@pytest.fixture(scope="module")
def matrix_kit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kit]:
    made = with_everybody(tmp_path_factory.mktemp("matrix") / "data")
    yield made
    made.service.close()


def routes(kit: Kit) -> tuple[RouteAudience, ...]:
    inner = kit.service.app.inner
    assert isinstance(inner, Litestar)
    return tuple(route_audiences(inner))


def browser_of(kit: Kit, caller: str) -> Browser:
    """Return a browser with a session of its own, which ends those before it."""
    browser = Browser(kit.service.app)
    services = kit.service.services
    if caller == INDIVIDUAL:
        browser.submit("/centre/enter", "/centre/demo")
    elif caller == SIGNING_IN:
        account = services.accounts.store.account(AccountId("admin"))
        browser.client.cookies.set("chengnuo-staff", services.sign_in.open(account).token)
    elif caller in ROLES:
        account = services.accounts.store.account(AccountId(caller))
        opened = services.sign_in.open_for_identity(account)
        browser.client.cookies.set("chengnuo-staff", opened.token)
    return browser


def outcome(browser: Browser, route: RouteAudience, caller: str) -> str:
    path = PLACEHOLDER.sub("abcdef0123", route.path)
    if route.method == "POST" and route.takes_forms:
        token = browser.form_token("/centre/enter")
        answer = browser.post(path, {"csrf_token": token})
    elif route.method == "POST":
        answer = browser.client.post(path, json={"token": "x"})
    else:
        answer = browser.get(path)
    to = answer.headers.get("location", "").partition("?")[0]
    turned_away = (
        answer.status_code == 303
        and route.method == "GET"
        and (to in {"/console/sign-in", "/console/totp", "/centre/enter"} and to != path)
    )
    if answer.status_code == 403:
        return "not allowed"
    if turned_away or (answer.status_code == 401 and "not-signed-in" in answer.text):
        return "not signed in"
    assert answer.status_code < 500, f"{route.method} {path} as {caller}: {answer.text}"
    return "in"


def expected(route: RouteAudience, caller: str) -> str:
    if ANYONE in route.who or caller in route.who:
        return "in"
    if caller in ROLES and route.who & ROLES:
        return "not allowed"
    return "not signed in"


@pytest.mark.parametrize("caller", CALLERS)
def test_every_route_lets_in_whom_it_names_and_nobody_else(matrix_kit: Kit, caller: str) -> None:
    table = routes(matrix_kit)
    assert len(table) > 30
    wrong = {}
    browser = browser_of(matrix_kit, caller)
    for route in table:
        found, wanted = outcome(browser, route, caller), expected(route, caller)
        if found != wanted:
            wrong[f"{route.method} {route.path}"] = (found, wanted)
        if route.method != "GET":
            browser = browser_of(matrix_kit, caller)
    assert wrong == {}


def test_a_route_without_an_audience_keeps_the_app_from_being_built(kit: Kit) -> None:
    @get("/v1/forgotten")
    async def forgotten() -> str:
        return ""

    with pytest.raises(NoAudienceError):
        build_app(kit.service.services, kit.web, pages=[forgotten])


def test_an_unknown_audience_is_no_audience() -> None:
    with pytest.raises(ValueError, match="no audience"):
        requires("boss")


def test_no_page_of_people_is_for_anybody_but_the_admin(matrix_kit: Kit) -> None:
    people = [route for route in routes(matrix_kit) if route.path.startswith("/console/people")]
    assert people
    assert {route.who for route in people} == {frozenset({"admin"})}


def test_the_metrics_token_opens_the_metrics_and_nothing_else(tmp_path: Path) -> None:
    kit = start(tmp_path / "data", metrics_token="a-long-monitor-token")  # noqa: S106
    browser = Browser(kit.service.app)
    bearer = {"authorization": "Bearer a-long-monitor-token"}
    assert browser.get("/metrics").status_code == 401
    assert browser.get("/metrics", headers={"authorization": "Bearer "}).status_code == 401
    assert browser.get("/metrics", headers=bearer).status_code == 200
    assert browser.get("/v1/findings", headers=bearer).status_code == 401
    assert METER in next(route.who for route in routes(kit) if route.path == "/metrics")
    kit.service.close()
