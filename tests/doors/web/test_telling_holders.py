"""Holders of accounts hear of what they sign in with, and of nothing else."""

from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from tests.doors.browser_kit import Browser
from tests.doors.people_kit import (
    PASSWORD,
    code_now,
    first_admin,
    join,
    next_code,
    with_role,
)
from tests.doors.service_kit import Kit

from chengnuo.base.text import Lang
from chengnuo.ports.accounts import AccountEvent, AccountId, Role
from chengnuo.usecases.telling_holders import TOLD, TellingHolders

AT = datetime(2026, 11, 30, 20, tzinfo=UTC)


class Heard:
    """Takes what would be sent."""

    def __init__(self) -> None:
        self.mails: list[tuple[str, str, str]] = []

    def tell(self, address: str, subject: str, text: str) -> None:
        self.mails.append((address, subject, text))


def event(act: str, account: str | None) -> AccountEvent:
    return AccountEvent(
        at=AT,
        act=act,
        actor=None,
        account=None if account is None else AccountId(account),
        detail="",
        single_person=True,
    )


def telling(kit: Kit, heard: Heard, lang: Lang = Lang.EN) -> TellingHolders:
    services = kit.service.services.accounts
    return TellingHolders(acts=services.acts, accounts=services.store, notices=heard, lang=lang)


def account_of(kit: Kit, name: str) -> str:
    found = kit.service.services.accounts.store.by_name(name)
    assert found is not None
    return found.id


@pytest.mark.service
def test_each_change_of_credentials_is_told_to_an_address(kit: Kit) -> None:
    join(kit, kit.service.set_up_path, "ana@shop.example")
    heard = Heard()
    for act in TOLD:
        telling(kit, heard).act(event(act, account_of(kit, "ana@shop.example")))
    assert [address for address, _, _ in heard.mails] == ["ana@shop.example"] * len(TOLD)
    _, subject, text = heard.mails[0]
    assert subject == "Chengnuo: something changed with your account"
    # The day is that of Beijing, where it is the first of December by now.
    assert text.splitlines()[:2] == ["The password was changed.", "2026-12-01"]


@pytest.mark.service
def test_nobody_is_told_of_other_acts_or_without_an_address(kit: Kit) -> None:
    first_admin(kit)
    heard = Heard()
    mine = account_of(kit, "first.admin")
    telling(kit, heard).act(event("password-changed", mine))
    telling(kit, heard).act(event("invited", None))
    telling(kit, heard).act(event("role-changed", mine))
    assert heard.mails == []


@pytest.mark.service
def test_an_act_is_noted_whether_or_not_somebody_is_told(kit: Kit) -> None:
    join(kit, kit.service.set_up_path, "ana@shop.example")
    log = kit.service.services.evidence.log
    telling(kit, Heard()).act(event("invited", None))  # durable after the sign-in, which is queued
    before = log.status().size
    telling(kit, Heard()).act(event("password-changed", account_of(kit, "ana@shop.example")))
    telling(kit, Heard()).act(event("invited", None))
    assert log.status().size == before + 2


@pytest.mark.service
def test_a_code_that_comes_back_is_kept_as_such_and_shown_to_its_holder(kit: Kit) -> None:
    here, seed = join(kit, kit.service.set_up_path, "ana@shop.example")
    next_code(kit)
    code = code_now(seed, kit.clock)
    for expected in (303, 401):
        browser = Browser(kit.service.app)
        fields = {"name": "ana@shop.example", "password": PASSWORD}
        browser.submit("/console/sign-in", "/console/sign-in", fields)
        answer = browser.submit("/console/totp", "/console/totp", {"code": code})
        assert answer.status_code == expected
    mine = AccountId(account_of(kit, "ana@shop.example"))
    happened = kit.service.services.accounts.happened_to(mine)
    assert happened[0].act == "code-used-again"
    assert "一个已用过的验证码被再次提交并拒绝" in here.get("/console/account").text


@pytest.mark.service
def test_the_page_of_an_account_shows_what_happened_to_it_and_to_no_other(kit: Kit) -> None:
    admin = first_admin(kit)
    staff, _ = with_role(kit, Role.STAFF, "ana.b")
    other = account_of(kit, "ana.b")
    admin.submit("/console/people", f"/console/people/{other}/new-password")
    assert "生成重设密码链接" in staff.get("/console/account").text
    assert "生成重设密码链接" not in admin.get("/console/account").text


@pytest.mark.service
def test_a_hash_from_before_the_secret_is_made_anew_at_sign_in(kit: Kit) -> None:
    join(kit, kit.service.set_up_path, "first.admin")
    services = kit.service.services
    store, mine = services.accounts.store, AccountId(account_of(kit, "first.admin"))
    old = Argon2id(salt=bytes(16), length=32, iterations=1, lanes=1, memory_cost=64)
    store.set_password(mine, old.derive_phc_encoded(PASSWORD.encode()))
    services.sign_in.with_password("first.admin", PASSWORD)
    kept = store.credentials(mine).password_hash
    assert kept is not None
    assert not services.sign_in.hasher.is_old(kept)
    services.sign_in.with_password("first.admin", PASSWORD)
    assert store.credentials(mine).password_hash == kept
