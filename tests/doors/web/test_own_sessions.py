"""Where one is signed in: each session is shown, and any of them can be ended."""

import re
from datetime import timedelta

import pytest
from tests.doors.browser_kit import Browser
from tests.doors.people_kit import PASSWORD, code_now, join, next_code
from tests.doors.service_kit import Kit

END = re.compile(r"/console/account/sessions/([0-9a-f]{16})/end")
ACCOUNT = "/console/account"

pytestmark = pytest.mark.service


def signed_in_again(kit: Kit, seed: bytes) -> Browser:
    next_code(kit)
    browser = Browser(kit.service.app)
    fields = {"name": "first.admin", "password": PASSWORD}
    browser.submit("/console/sign-in", "/console/sign-in", fields)
    browser.submit("/console/totp", "/console/totp", {"code": code_now(seed, kit.clock)})
    return browser


def is_in(browser: Browser) -> bool:
    return browser.get(ACCOUNT).status_code == 200


def test_one_session_is_ended_and_the_others_stay(kit: Kit) -> None:
    here, seed = join(kit, kit.service.set_up_path, "first.admin")
    there, elsewhere = signed_in_again(kit, seed), signed_in_again(kit, seed)
    # The newest stands first, and this one cannot be ended here.
    numbers = END.findall(here.get(ACCOUNT).text)
    assert len(numbers) == 2
    assert here.submit(ACCOUNT, f"{ACCOUNT}/sessions/{numbers[0]}/end").status_code == 303
    assert (is_in(here), is_in(there), is_in(elsewhere)) == (True, True, False)


def test_all_others_are_ended_at_once(kit: Kit) -> None:
    here, seed = join(kit, kit.service.set_up_path, "first.admin")
    there, elsewhere = signed_in_again(kit, seed), signed_in_again(kit, seed)
    here.submit(ACCOUNT, f"{ACCOUNT}/sessions/end-others")
    assert (is_in(here), is_in(there), is_in(elsewhere)) == (True, False, False)
    assert f"{ACCOUNT}/sessions/end-others" not in here.get(ACCOUNT).text


def test_nobody_ends_a_session_of_somebody_else(kit: Kit) -> None:
    here, seed = join(kit, kit.service.set_up_path, "first.admin")
    there = signed_in_again(kit, seed)
    (number,) = END.findall(here.get(ACCOUNT).text)
    accounts = kit.service.services.accounts
    token = accounts.invite(accounts.people().accounts[0].role, by=accounts.people().accounts[0].id)
    stranger, _ = join(kit, f"/console/set-up?token={token}", "ana.b")
    assert stranger.submit(ACCOUNT, f"{ACCOUNT}/sessions/{number}/end").status_code == 303
    assert is_in(there)
    assert END.findall(stranger.get(ACCOUNT).text) == []


def test_sessions_that_have_ended_by_themselves_are_not_shown(kit: Kit) -> None:
    here, seed = join(kit, kit.service.set_up_path, "first.admin")
    signed_in_again(kit, seed)
    for _ in range(2):
        kit.clock.pass_by(timedelta(minutes=20))
        assert is_in(here)
    assert END.findall(here.get(ACCOUNT).text) == []


def test_no_number_of_a_session_is_part_of_what_is_kept_of_its_token(kit: Kit) -> None:
    here, seed = join(kit, kit.service.set_up_path, "first.admin")
    signed_in_again(kit, seed)
    (number,) = END.findall(here.get(ACCOUNT).text)
    services = kit.service.services
    (account,) = services.accounts.people().accounts
    kept = services.open_sessions.sessions.of(account.id, at=kit.clock.now())
    assert len(kept) == 2
    assert all(number not in row.token for row in kept)
