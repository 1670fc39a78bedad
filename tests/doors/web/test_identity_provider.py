"""Signing in through an identity provider, against a real one that is started here."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from tests.doors.browser_kit import Browser
from tests.doors.people_kit import join
from tests.doors.server_kit import wait_for
from tests.doors.service_kit import Kit, start

from chengnuo.ports.accounts import Role

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "oidc_provider_mock", "-p", str(port), "-n"]
    process = subprocess.Popen(  # noqa: S603  our own interpreter
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{address}/.well-known/openid-configuration")
        yield address
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture
def house(tmp_path: Path, provider: str) -> Iterator[Kit]:
    said = {
        "issuer": provider,
        "client_id": "chengnuo",
        "client_secret": "a-client-secret",
        "roles": {"privacy-admins": "admin", "privacy-team": "staff"},
        "label": "示例公司统一登录",
    }
    made = start(tmp_path / "data", oidc=said)
    made.clock.at = datetime.now(UTC)  # noqa: TID251  the provider's tokens are of today
    yield made
    made.service.close()


def member(provider: str, sub: str, *groups: str) -> str:
    claims = {"preferred_username": f"{sub}.name", "groups": list(groups)}
    httpx.put(f"{provider}/users/{sub}", json=claims).raise_for_status()
    return sub


def at_provider(url: str, sub: str) -> str:
    """Consent at the provider; returns where it sends the browser back to."""
    answer = httpx.post(url, data={"sub": sub}, follow_redirects=False)
    assert answer.status_code in {302, 303}, answer.text
    return answer.headers["location"]


def begin(browser: Browser) -> str:
    answer = browser.get("/console/sign-in/provider")
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def back(browser: Browser, location: str) -> httpx.Response:
    parts = urlsplit(location)
    return browser.get(f"{parts.path}?{parts.query}")


def test_a_member_of_a_mapped_group_comes_in_with_its_role(house: Kit, provider: str) -> None:
    sub = member(provider, "m1", "everybody", "privacy-team")
    browser = Browser(house.service.app)
    assert "示例公司统一登录" in browser.get("/console/sign-in").text
    came = back(browser, at_provider(begin(browser), sub))
    assert came.headers["location"] == "/console", came.text
    account = house.service.services.accounts.people().accounts[0]
    assert (account.name, account.role) == ("m1.name", Role.STAFF)
    assert browser.get("/console/account").status_code == 200


def test_the_browser_is_sent_with_pkce_state_and_nonce(house: Kit) -> None:
    query = parse_qs(urlsplit(begin(Browser(house.service.app))).query)
    assert query["code_challenge_method"] == ["S256"]
    assert len(query["code_challenge"][0]) == 43
    assert query["response_type"] == ["code"]
    assert query["state"][0] != query["nonce"][0]
    assert "openid" in query["scope"][0]


def test_the_role_follows_the_groups_at_the_next_sign_in(house: Kit, provider: str) -> None:
    for groups, role in ((["privacy-team"], Role.STAFF), (["privacy-admins"], Role.ADMIN)):
        sub = member(provider, "m2", *groups)
        browser = Browser(house.service.app)
        back(browser, at_provider(begin(browser), sub))
        assert house.service.services.accounts.people().accounts[0].role is role


def test_who_is_in_no_mapped_group_stays_out(house: Kit, provider: str) -> None:
    sub = member(provider, "m3", "everybody")
    browser = Browser(house.service.app)
    came = back(browser, at_provider(begin(browser), sub))
    assert came.status_code == 400
    assert "oidc-refused" in came.text
    assert house.service.services.accounts.people().accounts == ()


def test_another_browser_cannot_finish_what_this_one_began(house: Kit, provider: str) -> None:
    sub = member(provider, "m4", "privacy-team")
    victim, attacker = Browser(house.service.app), Browser(house.service.app)
    location = at_provider(begin(attacker), sub)
    begin(victim)
    assert back(victim, location).status_code == 400
    assert back(Browser(house.service.app), location).status_code == 400


def test_coming_back_twice_works_once(house: Kit, provider: str) -> None:
    sub = member(provider, "m5", "privacy-team")
    browser = Browser(house.service.app)
    location = at_provider(begin(browser), sub)
    flow = browser.cookie("chengnuo-flow")
    assert back(browser, location).status_code == 303
    browser.client.cookies.set("chengnuo-flow", flow)
    assert back(browser, location).status_code == 400


def test_a_state_and_a_code_that_nobody_sent_are_refused(house: Kit) -> None:
    browser = Browser(house.service.app)
    begin(browser)
    for query in ("", "?state=x&code=y", "?error=access_denied"):
        assert browser.get(f"/console/sign-in/provider/back{query}").status_code == 400


def test_a_code_of_another_sign_in_fails_its_pkce_or_nonce(house: Kit, provider: str) -> None:
    sub = member(provider, "m6", "privacy-team")
    browser, other = Browser(house.service.app), Browser(house.service.app)
    mine = parse_qs(urlsplit(at_provider(begin(browser), sub)).query)
    theirs = parse_qs(urlsplit(at_provider(begin(other), sub)).query)
    mixed = f"/console/sign-in/provider/back?state={mine['state'][0]}&code={theirs['code'][0]}"
    assert browser.get(mixed).status_code == 400


def test_a_disabled_account_stays_out(house: Kit, provider: str) -> None:
    admin = member(provider, "boss", "privacy-admins")
    boss = Browser(house.service.app)
    back(boss, at_provider(begin(boss), admin))
    sub = member(provider, "m7", "privacy-team")
    first = Browser(house.service.app)
    back(first, at_provider(begin(first), sub))
    account = house.service.services.accounts.people().accounts[1]
    boss.submit("/console/people", f"/console/people/{account.id}/disable")
    again = Browser(house.service.app)
    assert back(again, at_provider(begin(again), sub)).status_code == 400


def test_a_name_that_somebody_has_already_is_not_taken_over(house: Kit, provider: str) -> None:
    link = house.service.services.accounts.first_link()
    join(house, f"/console/set-up?token={link}", "m8.name")
    sub = member(provider, "m8", "privacy-team")
    browser = Browser(house.service.app)
    assert back(browser, at_provider(begin(browser), sub)).status_code == 303
    accounts = house.service.services.accounts.people().accounts
    assert accounts[0].identity is None
    assert accounts[1].name.startswith("m8.name~")


def test_a_provider_that_is_away_is_said_so(tmp_path: Path) -> None:
    said = {"issuer": "http://localhost:9", "client_id": "chengnuo", "roles": {"g": "staff"}}
    kit = start(tmp_path / "data", oidc=said)
    answer = Browser(kit.service.app).get("/console/sign-in/provider")
    assert answer.status_code == 502
    assert "oidc-unavailable" in answer.text
    kit.service.close()


def test_without_a_provider_there_is_no_such_sign_in(kit: Kit) -> None:
    browser = Browser(kit.service.app)
    assert "/console/sign-in/provider" not in browser.get("/console/sign-in").text
    assert browser.get("/console/sign-in/provider").status_code == 400
