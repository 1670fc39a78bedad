"""Signing in to the console, as a person does it: set-up link, password, code, session."""

import re
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest
from tests.doors.browser_kit import FORM_TOKEN, Browser
from tests.doors.people_kit import (
    PASSWORD,
    code_now,
    first_admin,
    join,
    next_code,
    seed_on,
    with_role,
)
from tests.doors.service_kit import Kit

from chengnuo.adapters.keys import AesSealer
from chengnuo.ports.accounts import Role
from chengnuo.ports.secrets import SealBrokenError

COOKIE = "chengnuo-staff"


def sign_in(browser: Browser, name: str, password: str = PASSWORD) -> str:
    answer = browser.submit(
        "/console/sign-in", "/console/sign-in", {"name": name, "password": password}
    )
    return answer.headers.get("location", str(answer.status_code))


def test_the_set_up_link_makes_the_first_admin_and_signs_in(kit: Kit) -> None:
    browser = first_admin(kit)
    assert browser.get("/console/people").status_code == 200


def test_the_set_up_link_works_once(kit: Kit) -> None:
    first_admin(kit)
    again = Browser(kit.service.app).get(kit.service.set_up_path)
    assert again.status_code == 410
    assert "link-refused" in again.text


def test_looking_at_the_set_up_page_does_not_use_it_up(kit: Kit) -> None:
    browser = Browser(kit.service.app)
    for _ in range(3):
        assert browser.get(kit.service.set_up_path).status_code == 200


def test_the_set_up_link_expires(kit: Kit) -> None:
    kit.clock.pass_by(timedelta(hours=24))
    assert Browser(kit.service.app).get(kit.service.set_up_path).status_code == 410


def test_a_second_set_up_link_dies_when_the_first_admin_is_made(kit: Kit) -> None:
    other = kit.service.services.accounts.first_link()
    first_admin(kit)
    assert Browser(kit.service.app).get(f"/console/set-up?token={other}").status_code == 410


def test_a_weak_password_is_refused_and_the_link_stays(kit: Kit) -> None:
    browser = Browser(kit.service.app)
    token = kit.service.set_up_path.partition("token=")[2]
    fields = {"token": token, "name": "ana", "password": "short", "again": "short"}
    answer = browser.submit(kit.service.set_up_path, "/console/set-up", fields)
    assert answer.status_code == 400
    assert "密码不够安全" in answer.text
    join(kit, kit.service.set_up_path, "ana.b")


def test_password_and_code_are_both_needed(kit: Kit) -> None:
    _, seed = join(kit, kit.service.set_up_path, "first.admin")
    next_code(kit)
    browser = Browser(kit.service.app)
    assert sign_in(browser, "first.admin") == "/console/totp"
    assert browser.get("/console/people").headers["location"] == "/console/totp"
    done = browser.submit("/console/totp", "/console/totp", {"code": code_now(seed, kit.clock)})
    assert done.headers["location"] == "/console"
    assert browser.get("/console/people").status_code == 200


def test_a_code_works_once(kit: Kit) -> None:
    _, seed = join(kit, kit.service.set_up_path, "first.admin")
    next_code(kit)
    code = code_now(seed, kit.clock)
    for expected in ("/console", "401"):
        browser = Browser(kit.service.app)
        sign_in(browser, "first.admin")
        answer = browser.submit("/console/totp", "/console/totp", {"code": code})
        assert answer.headers.get("location", str(answer.status_code)) == expected


def test_the_enrolling_code_does_not_work_again(kit: Kit) -> None:
    _, seed = join(kit, kit.service.set_up_path, "first.admin")
    browser = Browser(kit.service.app)
    sign_in(browser, "first.admin")
    answer = browser.submit("/console/totp", "/console/totp", {"code": code_now(seed, kit.clock)})
    assert answer.status_code == 401


def test_after_a_code_the_second_factor_rests_on_the_newest_key_alone(kit: Kit) -> None:
    _, seed = join(kit, kit.service.set_up_path, "first.admin")
    next_code(kit)
    sign_ins = kit.service.services.sign_in
    older, newer = sign_ins.sealer, AesSealer(b"n" * 32)

    class Both(AesSealer):
        def unseal(self, sealed: bytes, *, context: str) -> bytes:
            with suppress(SealBrokenError):
                return super().unseal(sealed, context=context)
            return older.unseal(sealed, context=context)

    for sealer in (Both(b"n" * 32), newer):
        now = replace(sign_ins, sealer=sealer)
        opened = now.with_password("first.admin", PASSWORD)
        assert now.with_code(opened.session, code_now(seed, kit.clock)).session.row.stage == "full"
        next_code(kit)


def test_five_wrong_codes_end_the_sign_in(kit: Kit) -> None:
    _, seed = join(kit, kit.service.set_up_path, "first.admin")
    next_code(kit)
    browser = Browser(kit.service.app)
    sign_in(browser, "first.admin")
    wrong = "000000" if code_now(seed, kit.clock) != "000000" else "000001"
    for _ in range(4):
        browser.submit("/console/totp", "/console/totp", {"code": wrong})
    ended = browser.submit("/console/totp", "/console/totp", {"code": wrong})
    assert "sign-in-ended" in ended.text
    assert browser.get("/console/totp").headers["location"] == "/console/sign-in"


def test_a_recovery_code_works_once(kit: Kit) -> None:
    browser = Browser(kit.service.app)
    token = kit.service.set_up_path.partition("token=")[2]
    fields = {"token": token, "name": "ana", "password": PASSWORD, "again": PASSWORD}
    browser.submit(kit.service.set_up_path, "/console/set-up", fields)
    from_page = browser.get("/console/totp").text
    shown = browser.submit(
        "/console/totp", "/console/totp", {"code": code_now(seed_on(from_page), kit.clock)}
    )
    codes = re.findall(r"<code>([a-z2-7]{4}(?:-[a-z2-7]{4}){5})</code>", shown.text)
    assert len(set(codes)) == 10
    for expected in ("/console", "401"):
        other = Browser(kit.service.app)
        sign_in(other, "ana")
        answer = other.submit("/console/totp", "/console/totp", {"code": codes[3].upper()})
        assert answer.headers.get("location", str(answer.status_code)) == expected


def test_an_unknown_name_and_a_wrong_password_get_the_same_page(kit: Kit) -> None:
    first_admin(kit)
    pages = []
    for name in ("first.admin", "other.admin"):
        browser = Browser(kit.service.app)
        answer = browser.submit(
            "/console/sign-in", "/console/sign-in", {"name": name, "password": "x" * 20}
        )
        alike = FORM_TOKEN.sub("", answer.text.replace(name, ""))
        pages.append((answer.status_code, alike))
    assert pages[0] == pages[1]


@pytest.mark.parametrize("name", ["first.admin", "nobody.here"])
def test_a_name_is_locked_after_five_failures_whether_or_not_it_exists(kit: Kit, name: str) -> None:
    first_admin(kit)
    browser = Browser(kit.service.app)
    for _ in range(5):
        assert sign_in(browser, name, "not the password") == "401"
    store = kit.service.services.sign_in.failures
    key = kit.service.services.tokens.keyed("sign-in-name", name)
    assert store.failures(key).locked_until == kit.clock.now() + timedelta(minutes=1)


def test_a_locked_name_is_refused_even_with_the_right_password(kit: Kit) -> None:
    first_admin(kit)
    browser = Browser(kit.service.app)
    for _ in range(5):
        sign_in(browser, "first.admin", "not the password")
    assert sign_in(browser, "first.admin") == "401"
    kit.clock.pass_by(timedelta(minutes=1))
    assert sign_in(browser, "first.admin") == "/console/totp"


def test_the_session_changes_with_every_step_of_signing_in(kit: Kit) -> None:
    _, seed = join(kit, kit.service.set_up_path, "first.admin")
    next_code(kit)
    browser = Browser(kit.service.app)
    browser.client.cookies.set(COOKIE, "chosen-by-an-attacker", domain="127.0.0.1")
    sign_in(browser, "first.admin")
    cookies = list(browser.client.cookies.jar)
    pending = next(one.value for one in cookies if one.name == COOKIE and one.domain != "")
    browser.client.cookies.clear()
    browser.client.cookies.set(COOKIE, pending or "", domain="127.0.0.1")
    browser.submit("/console/totp", "/console/totp", {"code": code_now(seed, kit.clock)})
    full = [one.value for one in browser.client.cookies.jar if one.name == COOKIE][-1]
    assert len({"chosen-by-an-attacker", pending, full}) == 3
    old = Browser(kit.service.app)
    old.client.cookies.set(COOKIE, pending or "", domain="127.0.0.1")
    assert old.get("/console/people").headers["location"] == "/console/sign-in"


def test_an_idle_session_ends_after_thirty_minutes(kit: Kit) -> None:
    browser = first_admin(kit)
    kit.clock.pass_by(timedelta(minutes=29))
    assert browser.get("/console/people").status_code == 200
    kit.clock.pass_by(timedelta(minutes=30))
    assert browser.get("/console/people").status_code == 303


def test_a_busy_session_ends_after_twelve_hours(kit: Kit) -> None:
    browser = first_admin(kit)
    for _ in range(12 * 3 - 1):
        kit.clock.pass_by(timedelta(minutes=20))
        assert browser.get("/console/people").status_code == 200
    kit.clock.pass_by(timedelta(minutes=20))
    assert browser.get("/console/people").status_code == 303


def test_signing_out_ends_the_session_on_the_server(kit: Kit) -> None:
    browser = first_admin(kit)
    token = browser.cookie(COOKIE)
    browser.submit("/console/account", "/console/sign-out")
    other = Browser(kit.service.app)
    other.client.cookies.set(COOKIE, token, domain="127.0.0.1")
    assert other.get("/console/people").headers["location"] == "/console/sign-in"


def test_signing_out_everywhere_ends_the_other_sessions_too(kit: Kit) -> None:
    here, seed = join(kit, kit.service.set_up_path, "first.admin")
    next_code(kit)
    there = Browser(kit.service.app)
    sign_in(there, "first.admin")
    there.submit("/console/totp", "/console/totp", {"code": code_now(seed, kit.clock)})
    assert there.get("/console/people").status_code == 200
    here.submit("/console/account", "/console/account/sign-out-everywhere")
    assert there.get("/console/people").status_code == 303


def test_a_new_password_ends_the_other_sessions_and_counts_from_then_on(kit: Kit) -> None:
    here, _ = join(kit, kit.service.set_up_path, "first.admin")
    fresh = "five loud drums on the hill"
    changed = here.submit(
        "/console/account",
        "/console/account/password",
        {"old": PASSWORD, "new": fresh, "again": fresh},
    )
    assert changed.headers["location"] == "/console/account"
    assert here.get("/console/account").status_code == 200
    other = Browser(kit.service.app)
    assert sign_in(other, "first.admin") == "401"
    assert sign_in(other, "first.admin", fresh) == "/console/totp"


def test_a_disabled_account_is_out_at_once(kit: Kit) -> None:
    admin = first_admin(kit)
    browser, _ = with_role(kit, Role.AUDITOR, "second.person")
    assert browser.get("/console/account").status_code == 200
    account = kit.service.services.accounts.people().accounts[1]
    admin.submit("/console/people", f"/console/people/{account.id}/disable")
    assert browser.get("/console/account").status_code == 303
    assert sign_in(Browser(kit.service.app), "second.person") == "401"


def test_a_changed_role_ends_the_sessions(kit: Kit) -> None:
    admin = first_admin(kit)
    browser, _ = with_role(kit, Role.ADMIN, "second.person")
    account = kit.service.services.accounts.people().accounts[1]
    admin.submit("/console/people", f"/console/people/{account.id}/role", {"role": "auditor"})
    assert browser.get("/console/people").status_code == 303


@pytest.mark.parametrize("act", ["disable", "role"])
def test_the_last_admin_stays(kit: Kit, act: str) -> None:
    admin = first_admin(kit)
    account = kit.service.services.accounts.people().accounts[0]
    answer = admin.submit(
        "/console/people", f"/console/people/{account.id}/{act}", {"role": "staff"}
    )
    assert answer.status_code == 400
    assert "最后一个可用的管理员" in answer.text
    assert admin.get("/console/people").status_code == 200


def test_an_invitation_shows_its_link_once_and_makes_the_role(kit: Kit) -> None:
    admin = first_admin(kit)
    shown = admin.submit("/console/people", "/console/people/invite", {"role": "reviewer"})
    link = re.search(r"/console/set-up\?token=[\w-]+", shown.text)
    assert link is not None
    assert link.group(0) not in admin.get("/console/people").text
    join(kit, link.group(0), "second.person")
    assert kit.service.services.accounts.people().accounts[1].role is Role.REVIEWER


def test_whether_one_works_alone_is_recorded_and_shown(kit: Kit) -> None:
    admin = first_admin(kit)
    assert kit.service.services.accounts.single_person()
    assert "单人操作" in admin.get("/console/people").text
    with_role(kit, Role.REVIEWER, "second.person")
    assert not kit.service.services.accounts.single_person()
    events = kit.service.services.accounts.people().events
    assert [event.single_person for event in reversed(events) if event.act == "joined"] == [
        True,
        False,
    ]


def test_a_reset_second_factor_is_set_up_anew_at_the_next_sign_in(kit: Kit) -> None:
    admin = first_admin(kit)
    with_role(kit, Role.STAFF, "second.person")
    account = kit.service.services.accounts.people().accounts[1]
    admin.submit("/console/people", f"/console/people/{account.id}/reset-totp")
    browser = Browser(kit.service.app)
    assert sign_in(browser, "second.person") == "/console/totp"
    assert "密钥" in browser.get("/console/totp").text


def test_a_new_password_link_renews_the_password_of_its_account(kit: Kit) -> None:
    admin = first_admin(kit)
    with_role(kit, Role.STAFF, "second.person")
    account = kit.service.services.accounts.people().accounts[1]
    shown = admin.submit("/console/people", f"/console/people/{account.id}/new-password")
    link = re.search(r"/console/set-up\?token=([\w-]+)", shown.text)
    assert link is not None
    fresh = "five loud drums on the hill"
    browser = Browser(kit.service.app)
    browser.submit(
        link.group(0),
        "/console/set-up",
        {"token": link.group(1), "password": fresh, "again": fresh},
    )
    assert sign_in(Browser(kit.service.app), "second.person") == "401"
    assert sign_in(Browser(kit.service.app), "second.person", fresh) == "/console/totp"
